"""The naive page for a table of one's own: merged by code, drawn by folium.Choropleth.

What a tutorial shows. It reads UTF-8 with a column ``adcode`` only, says nothing of
rows that match no county, and draws the last year of a table that has several.
"""

import folium
import geopandas as gpd
import pandas as pd
import streamlit as st
from streamlit_folium import st_folium  # type: ignore[import-untyped]

from layers.facts.county_table import county_table
from layers.facts.package import load


@st.cache_resource
def facts() -> gpd.GeoDataFrame:
    """Load the same table as ours, in the same detail, once."""
    return county_table(load(), "overview")[["name", "geometry"]].reset_index()


counties = facts()
uploaded = st.file_uploader("CSV")
if uploaded is not None:
    table = pd.read_csv(uploaded, dtype={"adcode": str})
    value = table.columns[-1]
    if "year" in table:
        table = table[table["year"] == table["year"].max()]
    merged = counties.merge(table, on="adcode", how="left")
    naive = folium.Map(location=(39.3, 116.7), zoom_start=7, tiles=None)
    naive.default_js = [("leaflet", "../../leaflet/leaflet.js")]
    naive.default_css = [("leaflet", "../../leaflet/leaflet.css")]
    drawn = folium.Choropleth(
        geo_data=merged,
        data=merged,
        columns=["adcode", value],
        key_on="feature.properties.adcode",
    )
    # Its legend asks an outside host for a library, and without it nothing is drawn.
    if drawn.color_scale is not None:
        del drawn._children[drawn.color_scale.get_name()]
    drawn.add_to(naive)
    st_folium(naive, height=600, width=900, returned_objects=["last_active_drawing"])
