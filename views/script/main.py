"""The script that Streamlit runs for each session: frame and pages.

It stands in a folder of its own: Streamlit takes the modules of a folder ``pages``
beside it for pages, until the first session has come as far as the navigation.
"""

import streamlit as st

from geo.language import speaker
from layers.edition.served import SERVED
from views.frame import chrome
from views.frame import session as state
from views.pages.navigation import pages

st.set_page_config(
    page_title="冀图 · Hebei Programme Atlas",
    page_icon="🗺️",
    layout="wide",
    initial_sidebar_state=340,
)
state.restore(SERVED.edition())
with st.sidebar:
    chrome.language_switch()
st.navigation(pages(speaker(state.language())), position="top").run()
