"""The account of a located layer as plain data.

The keys are a contract with other programs; see docs/own-figures.md.
"""

from __future__ import annotations

from typing import Any

from geo.language import Language, speaker
from layers.own.located import PROBLEMS, TITLES, Located
from layers.own.moved import told as told_moved


def report(located: Located, language: Language) -> dict[str, Any]:
    """Return the account of a located layer as plain JSON.

    Parameters
    ----------
    located : Located
        The layer.
    language : {"zh", "en"}
        Of its sentences.

    Returns
    -------
    dict
        ``file``, ``format``, ``sheet``, ``crs``, ``crs_chosen``, ``shapes``, ``rows``,
        ``outcomes``, ``details``, ``complete``, ``counties``, ``displacement``,
        ``problems``; see docs/own-figures.md.
    """
    say, placed = speaker(language), located.placed
    layer, upload = placed.layer, placed.layer.upload
    moved = placed.moved
    return {
        "file": upload.name,
        "format": upload.format,
        "sheet": upload.sheets[layer.layout.sheet].name,
        "crs": placed.crs,
        "crs_chosen": placed.chosen,
        "shapes": {0: "points", 1: "lines", 2: "polygons"}.get(placed.dimension),
        "rows": len(located.reasons),
        "outcomes": dict(located.counts),
        "details": [
            {
                "row": layer.number(row),
                "outcome": located.reasons[row],
                "adcode": placed.county[row] or None,
                "message": located.say(row, language) or say(TITLES["located"]),
            }
            for row in range(len(located.reasons))
        ],
        "complete": located.complete,
        "counties": by_county(located),
        "displacement": None
        if moved is None
        else {
            "level": moved[0],
            "areas": moved[1].areas,
            "metres": round(moved[1].metres),
            "bearing": round(moved[1].bearing),
            "spread": round(moved[1].spread),
            "like": moved[1].like or None,
            "searched": moved[1].searched,
        },
        "problems": [
            {"code": code, "message": say(PROBLEMS[code], **about)}
            for code, about in located.problems(language)
        ]
        + [{"code": "displacement", "message": told_moved(placed, say)}],
    }


def by_county(located: Located) -> dict[str, dict[str, Any]]:
    """Return all figures by adcode.

    Returns
    -------
    dict
        ``count``; of polygons ``area_km2`` and ``share`` of the county's area in
        percent, of lines ``length_km``; ``columns``: name → ``sum``, ``mean``,
        ``rows``. A county with nothing is left out, unless the layer is complete.
    """
    placed = located.placed
    columns = placed.layer.layout.of_role("value")
    shown = {*located.rows_of, *placed.parts}
    if located.complete:
        shown |= {*placed.counties.adcodes}
    found = {}
    for adcode in sorted(shown):
        own: dict[str, Any] = {"count": len(located.rows_of.get(adcode, ()))}
        size = placed.parts.get(adcode, 0.0)
        if placed.dimension == 2:
            own["area_km2"] = round(size, 4)
            own["share"] = round(100 * size / placed.counties.areas[adcode], 3)
        elif placed.dimension == 1:
            own["length_km"] = round(size, 3)
        own["columns"] = {
            column.name: {"sum": of.total, "mean": of.mean, "rows": of.rows}
            for column in columns
            if (of := located.summed[column.index].get(adcode)) is not None
        }
        found[adcode] = own
    return found
