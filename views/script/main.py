"""The script that Streamlit runs for each session: frame and pages.

It stands in a folder of its own: Streamlit takes the modules of a folder ``pages``
beside it for pages, until the first session has come as far as the navigation.
"""

import streamlit as st

from layers.edition import assets
from layers.edition.served import SERVED
from views.frame import chrome
from views.frame import session as state
from views.pages import navigation
from views.pages.bar import bar

edition = SERVED.edition()
state.restore(edition)
language = state.language()
entries = navigation.entries(language)
page = st.navigation([entry.page for entry in entries], position="hidden")
title = navigation.title(page.url_path, language)
st.set_page_config(page_title=title, page_icon="🗺️", layout="wide")
bar(assets.bundle(edition, chrome.prefix()), entries, page.url_path)
page.run()
