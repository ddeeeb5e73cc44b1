"""The naive page: a new Folium map with the geometry in it on every rerun.

What a tutorial shows, helped where ours is helped: the table is cached, Leaflet is
local, nothing but Leaflet is loaded, and the map reports only a click.
"""

from typing import Any

import folium
import geopandas as gpd
import streamlit as st
from streamlit_folium import st_folium  # type: ignore[import-untyped]

from layers.facts.county_table import county_table
from layers.facts.package import Package, load


@st.cache_resource
def facts() -> tuple[Package, gpd.GeoDataFrame]:
    """Load the same table as ours, in the same detail, once."""
    package = load()
    return package, county_table(package, "overview")


package, counties = facts()
chosen = st.sidebar.radio("Programme", list(package.programmes))
colour = package.programmes[chosen].colour


def style(feature: dict[str, Any]) -> dict[str, Any]:
    """Colour the counties of the chosen programme."""
    inside = feature["properties"][chosen]
    return {
        "fillColor": colour if inside else "#f5f2ea",
        "fillOpacity": 1,
        "color": "#777777",
        "weight": 1,
    }


naive = folium.Map(location=(39.3, 116.7), zoom_start=7, tiles=None)
# On the instance: the lists of the class belong to every Folium map. The address is
# relative to the frame of streamlit-folium, two folders deep.
naive.default_js = [("leaflet", "../../leaflet/leaflet.js")]
naive.default_css = [("leaflet", "../../leaflet/leaflet.css")]
folium.GeoJson(counties[["name", chosen, "geometry"]], style_function=style).add_to(
    naive
)
st_folium(naive, height=600, width=900, returned_objects=["last_active_drawing"])
