"""Geography of Hebei: boundaries, codes, names, files.

Knows counties and how to read and write them; knows no programme, no Folium and
no Streamlit.
"""

from typing import Final

__version__: Final = "2.0.0.dev0"
"""Of the whole product; CHANGELOG.md says what each version changed."""
