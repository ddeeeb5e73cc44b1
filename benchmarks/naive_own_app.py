"""The naive application for a table of one's own: its page, and Leaflet as for ours."""

import streamlit as st
from starlette.routing import Route

from benchmarks.naive_app import leaflet

app = st.App("naive_own_page.py", routes=[Route("/leaflet/{name}", leaflet)])
