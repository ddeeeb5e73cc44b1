"""Names of the county table's columns, besides the programmes' own."""

from typing import Final

DETAIL_COLUMNS: Final = (
    "name",
    "name_en",
    "published_name",
    "prefecture_adcode",
    "prefecture",
    "prefecture_en",
    "area_km2",
    "category",
    "partner_adcode",
    "partner",
    "partner_en",
    "exit_year",
)
"""What is known of a county; the index is ``adcode``, the last column ``geometry``."""

RESERVED: Final = frozenset({*DETAIL_COLUMNS, "adcode", "geometry", "evidence"})
"""Names that no programme may take: columns, and properties of exported features."""
