"""Fixed texts of the map, in both languages; they travel with the geometry."""

from __future__ import annotations

from typing import Final

from geo.boundaries import Boundaries
from geo.language import LANGUAGES, N_, Language, speaker

TEXTS: Final = {
    "legend": N_("Legend"),
    "gesture_wheel": N_("Hold Ctrl and scroll to zoom the map"),
    "gesture_touch": N_("Move the map with two fingers"),
    "counties": N_("Counties"),
    "square_km": N_("Area (km²)"),
    "later": N_("after {year}"),
    "range": N_("{low} to {high}"),
    "rest": N_("other counties, not selected"),
    "several": N_("several of these programmes"),
    "several_values": N_("several of these"),
    "derived": N_("derived by a rule"),
    "reported": N_("reported elsewhere only"),
    "toggle": N_("Show or hide on the map"),
    "zoom_in": N_("Zoom in"),
    "zoom_out": N_("Zoom out"),
    "tool_home": N_("Whole province"),
    "tool_selection": N_("Zoom to the selection"),
    "tool_graticule": N_("Graticule"),
    "tool_box": N_("Choose counties with a box"),
    "tool_lasso": N_("Choose counties with a line round them"),
    "tool_picture": N_("Picture of this map"),
    "picture_which": N_("Which of the two maps"),
    "picture_what": N_("The picture shows"),
    "picture_seen": N_("what is seen now"),
    "picture_whole": N_("the whole selection"),
    "picture_told": N_("With title, legend, scale and credit."),
    "picture_close": N_("Close"),
    "picture_making": N_("The picture is being drawn …"),
    "picture_failed": N_("The picture could not be fetched; try again."),
    "tool_beside": N_("Two maps: keep this one beside"),
    "two_first": N_("Left map"),
    "two_second": N_("Right map, kept beside"),
    "two_right": N_("Right map"),
    "two_count": N_("{only} only here, {both} on both maps"),
    "two_line": N_("Line between the two maps"),
    "two_line_at": N_("{n}% left map"),
    "two_swipe": N_("One over the other, with a line to drag"),
    "two_side": N_("Side by side"),
    "two_swap": N_("Exchange left and right"),
    "two_end": N_("End two maps"),
    "tool_measure": N_("Measure a distance or an area"),
    "measure_hint": N_("Press on the map to add points. As the crow flies (WGS 84)."),
    "measure_keys": N_(
        "Enter adds the middle of the map, Backspace takes a point back, Esc ends."
    ),
    "measure_length": N_("Distance {km} km"),
    "measure_area": N_("area enclosed {km2} km²"),
    "measure_crossed": N_("the line crosses itself and encloses no area"),
    "measure_failed": N_(
        "Not measured: the server does not answer. Take a point back and add it again."
    ),
    "measure_close": N_("End measuring"),
    "tool_note": N_("Put a note on the map"),
    "note_hint": N_("Press where the note is to stand."),
    "note_keys": N_("By keyboard: Enter puts it in the middle of the map, Esc ends."),
    "note_label": N_("Note, {most} characters at most"),
    "note_save": N_("Save"),
    "note_cancel": N_("Cancel"),
    "note_delete": N_("Delete"),
    "note_open": N_("Change or delete this note: {text}"),
    "note_most": N_("A map holds {most} notes: delete one first."),
    "note_told": N_(
        "Notes stand in the address of this page, on map sheets and in the one-file "
        "map, and are kept nowhere else."
    ),
    "tool_base": N_("Base map: none, then each in turn"),
    "pair_district": N_("supported by a district of the city"),
    "pair_city": N_("supported by the city; which district is not known"),
    "pair_reported": N_("reported only, not in the list"),
    "symbol_tourism": N_("tourism and culture"),
    "symbol_ecology": N_("ecology"),
    "symbol_water": N_("water"),
    "symbol_energy": N_("energy"),
    "symbol_transport": N_("transport"),
    "symbol_people": N_("services and industry"),
    "symbol_other": N_("other place"),
    "place_count": N_("{name} ({n} on the map)"),
    "place_inexact": N_("dashed ring: in this county, where in it is not known"),
    "circle_key": N_("Circles as large as the number"),
    "pair_key": N_("Colours of two numbers"),
    "play": N_("Play the years"),
    "until": N_("Up to this year"),
}


def map_texts(boundaries: Boundaries) -> dict[str, dict[str, str]]:
    """Return the texts by language, with the credit line that every map shows."""
    return {
        language: {
            **{key: speaker(language)(text) for key, text in TEXTS.items()},
            "credit": credit(boundaries, language),
        }
        for language in LANGUAGES
    }


def credit(boundaries: Boundaries, language: Language) -> str:
    """Return the credit line that every map shows, with the approval number."""
    vintage = boundaries.metadata()
    return speaker(language).pick(vintage.credit_zh, vintage.credit_en)
