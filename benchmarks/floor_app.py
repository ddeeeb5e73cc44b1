"""The floor: the least that Streamlit does for a choice, without any map.

The choices stand here, so that nothing but Streamlit is loaded: what lies in memory
costs time on every rerun, because Streamlit collects garbage after each.
"""

import streamlit as st

CHOICES = [
    "poor_county",
    "contiguous_yanshan_taihang",
    "deep_poverty",
    "paired_with_tianjin",
    "relocation",
    "carbon_sink_forestry",
    "whole_area_tourism_demonstration",
]

st.text(f"chosen: {st.sidebar.radio('Programme', CHOICES)}")
