"""What the map page shows at an address, as JSON for its scripts.

The page asks for it as soon as something is pressed, without waiting for Streamlit to
run; see ``scripts/page/state-client.js``. The same address always means the same
counties.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from functools import lru_cache
from typing import Any, Final

from layers.edition.address import Address
from layers.edition.edition import Atlas, compact_json
from layers.edition.overview import head
from layers.facts.catalogue import by_group
from layers.select.facets import SINGLE_FIELDS, facets
from layers.select.selection import PARAMETERS, Selection
from layers.webmap.map_state import map_state

CLEAR: Final = "clear"


def pressed(address: Address, press: str) -> Address | None:
    """Return where a press leads.

    Parameters
    ----------
    address : Address
        Where the page is.
    press : str
        ``field:value``, a value of a field of a selection that is toggled, or `CLEAR`.

    Returns
    -------
    Address or None
        None if a selection has no such field. The value is checked when the address
        is read again.
    """
    field, _, value = press.partition(":")
    if field == CLEAR:
        return replace(address, selection=Selection())
    if field not in PARAMETERS:
        return None
    return replace(address, selection=address.selection.toggle(field, value))


@lru_cache(maxsize=512)
def page_state(atlas: Atlas, address: Address) -> bytes:
    """Describe what map, head, filters, table and counts show at an address.

    Returns
    -------
    bytes
        JSON: the message of :func:`layers.webmap.map_state.map_state` without theme and
        focus, which Streamlit knows; ``head`` of :func:`layers.edition.overview.head`;
        ``selection`` and ``facets`` for the filters; ``query``, the address itself in
        its usual form, without its language; ``version``, a hash of all of it.
    """
    package, counties = atlas.package, atlas.counties()
    selection, way, language = address.selection, address.way, address.language
    state = map_state(package, counties, selection, way=way, language=language)
    # The head says the same and labels the map; theme and focus are not of the address.
    for name in ("summary", "theme", "focus", "version"):
        del state[name]
    content = {
        **state,
        "query": address.query(),
        "head": head(package, counties, selection, language),
        "selection": {
            field: values
            for field in PARAMETERS
            if (values := getattr(selection, field))
        },
        "facets": _facets(atlas, selection),
    }
    version = hashlib.sha256(compact_json(content)).hexdigest()[:12]
    return compact_json({**content, "version": version})


def _facets(atlas: Atlas, selection: Selection) -> dict[str, Any]:
    """Count in the order in which the catalogue lists programmes and values."""
    counts = facets(atlas.counties(), selection, atlas.choices)
    package = atlas.package
    in_order = [
        programme.id
        for members in by_group(package.programmes, package.groups).values()
        for programme in members
    ]
    return {
        "programmes": [counts["programmes"][p] for p in in_order],
        **{field: [*counts[field].values()] for field in SINGLE_FIELDS},
    }
