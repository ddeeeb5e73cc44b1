"""The small map beside the large: where the selection lies, in the same colours."""

import pytest

from layers import sheet
from layers.select.selection import Selection
from layers.sheet import map_panel
from layers.sheet.page import Page


@pytest.fixture
def filled(monkeypatch):
    """Colours of the shapes that the small map of a sheet fills by county."""
    found = []
    plain = Page.shapes

    def shapes(page, geometries, *, fill=None, **how):
        if isinstance(fill, list):
            found.append(fill)
        plain(page, geometries, fill=fill, **how)

    monkeypatch.setattr(map_panel, "draw", lambda *_, **__: None)
    monkeypatch.setattr(Page, "shapes", shapes)
    return found


@pytest.mark.parametrize(
    ("asked", "theme", "n", "colours"),
    [
        ({}, "category", 167, 4),
        ({"any_of": ("poor_county",)}, "category", 62, 3),
        ({"any_of": ("poor_county",)}, "programmes", 62, 1),
        # All in one colour would hide the prefectures and show nothing.
        ({}, "programmes", 0, 0),
    ],
)
def test_the_small_map_has_the_colours_of_the_large_one(
    package, counties, filled, asked, theme, n, colours
):
    sheet.draw(package, counties, Selection(**asked), format="svg", theme=theme)

    everything = [colour for fills in filled for colour in fills]
    assert len(everything) == n
    assert len({*everything}) == colours
