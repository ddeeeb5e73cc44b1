"""Geography of Hebei: boundaries, codes, names, files.

Knows counties and how to read and write them; knows no programme, no Folium and
no Streamlit.
"""
