"""The script that Streamlit runs for each session: frame and pages."""

import streamlit as st

from geo.language import speaker
from views import chrome, map_page, state
from views.atlas import KEEPER

st.set_page_config(
    page_title="冀图 · Hebei Programme Atlas",
    page_icon="🗺️",
    layout="wide",
    initial_sidebar_state="expanded",
)
state.restore(KEEPER.atlas())
with st.sidebar:
    chrome.language_switch()
say = speaker(state.language())
page = st.navigation(
    [st.Page(map_page.show, title=say("Map"), url_path="map", default=True)],
    position="top",
)
page.run()
