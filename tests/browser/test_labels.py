"""Names on the map: which stand, and that none lies over another."""

import pytest
from instrument import overlapping, shown_labels, zoom_in_to
from shapely import Point, box

from layers.select.selection import Selection

DEEP = Selection(all_of=("deep_poverty",))


ZHANGBEI, FUPING, GUAN = "130722", "130624", "131022"


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("width", [1440, 1100])
def test_labels_of_prefectures_do_not_overlap(open_map, language, width):
    page = open_map(f"see=programmes&lang={language}", width=width)
    labels = shown_labels(page, ".atlas-label-prefecture")

    assert len(labels) >= 11
    assert overlapping(labels) == []


def test_no_label_hides_behind_the_symbol_of_a_place(open_map):
    page = open_map("see=places")
    labels = shown_labels(page, ".atlas-label-prefecture")
    symbols = page.eval_on_selector_all(
        ".atlas-place",
        """all => all.map(it => {
          const { left, top, right, bottom } = it.getBoundingClientRect();
          return [left, top, right, bottom];
        })""",
    )

    assert len(labels) == 13 and len(symbols) > 20
    for label in labels:
        x = (label["left"] + label["right"]) / 2
        y = (label["top"] + label["bottom"]) / 2
        assert not any(box(*symbol).covers(Point(x, y)) for symbol in symbols), label


def test_labels_of_counties_come_with_the_zoom_and_never_overlap(open_map):
    page = open_map()
    county = ".atlas-label:not(.atlas-label-prefecture)"
    before = len(shown_labels(page, county))
    zoom_in_to(page, 8.5)
    after = shown_labels(page, ".atlas-label")

    assert len(after) - 13 > before + 40
    assert overlapping(after) == []


def test_a_small_selection_has_its_names_at_once(open_map, counties):
    page = open_map(DEEP.to_query())
    county = ".atlas-label:not(.atlas-label-prefecture)"
    names = {label["text"] for label in shown_labels(page, county)}

    assert {"张北", "康保", "丰宁", "围场", "阜平"} <= names
    assert len(names) <= len(DEEP.apply(counties))
