"""Which counties: selections, their facets, search, comparison, overlaps."""
