"""The script that Streamlit runs for each session: frame and pages."""

import streamlit as st

from geo.language import speaker
from views import (
    about_page,
    chrome,
    county_page,
    map_page,
    state,
    targets_page,
)
from views.atlas import KEEPER

st.set_page_config(
    page_title="冀图 · Hebei Programme Atlas",
    page_icon="🗺️",
    layout="wide",
    initial_sidebar_state=340,
)
state.restore(KEEPER.atlas())
with st.sidebar:
    chrome.language_switch()
say = speaker(state.language())
page = st.navigation(
    [
        st.Page(map_page.show, title=say("Map"), url_path="map", default=True),
        st.Page(county_page.show, title=say("County"), url_path="county"),
        st.Page(targets_page.show, title=say("Plan targets"), url_path="targets"),
        st.Page(about_page.show, title=say("About the data"), url_path="about"),
    ],
    position="top",
)
page.run()
