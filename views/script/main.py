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
# Before the navigation, which would call the document by the path of its page.
asked = navigation.asked_for(st.context.url or "")
st.set_page_config(
    page_title=navigation.title(asked, language), page_icon="🗺️", layout="wide"
)
page = st.navigation([entry.page for entry in entries], position="hidden")
if page.url_path != asked:  # a button has led elsewhere
    st.set_page_config(page_title=navigation.title(page.url_path, language))
bar(assets.bundle(edition, chrome.prefix()), entries, page.url_path)
page.run()
