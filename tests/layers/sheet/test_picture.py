"""A picture of the map: what a reader sees, with what a map must say."""

import io
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from layers.facts.county_table import county_table
from layers.select.selection import Selection
from layers.sheet import draw, picture
from layers.sheet.drawing import drawing
from layers.sheet.facts import Facts
from layers.sheet.projection import to_ground
from layers.themes.themes import style_theme
from layers.webmap.map_notes import Note
from layers.webmap.map_window import Window, read_window, take_picture
from tests import real

PACKAGE = real.package()
COUNTIES = county_table(PACKAGE)
POOR = Selection(any_of=("poor_county",))
NORTH = "114,40,117.2,42"
EXIT = "exit_assessed_year"


def words(**about) -> list[str]:
    """Lines of text of a picture whose text stays text."""
    about = {"window": NORTH, "language": "en", **about}
    svg = draw(PACKAGE, COUNTIES, POOR, format="svg", text_as_text=True, **about)
    texts = ET.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")
    return ["".join(text.itertext()).strip() for text in texts]


@given(
    west=st.floats(105, 127),
    south=st.floats(30, 47),
    wide=st.floats(0.1, 1),
    high=st.floats(0.1, 1),
)
def test_a_window_is_shown_whole(west, south, wide, high):
    window = Window(west, south, west + wide, south + high)

    left, bottom, right, top = picture.on_the_ground(window)

    for lon in (window.west, west + wide / 3, window.east):
        for lat in (window.south, south + high / 3, window.north):
            x, y = to_ground(lon, lat)
            # A parallel bends between two of the places that are looked at.
            assert left - 200 <= x <= right + 200
            assert bottom - 200 <= y <= top + 200


@pytest.mark.parametrize(
    "value", [NORTH, "113,36,120,43", "114,40,114.2,42", "selection"]
)
def test_the_map_shows_the_window_and_little_more(value):
    facts = Facts(package=PACKAGE, counties=COUNTIES, selection=POOR, language="en")
    window = read_window(value)
    with drawing():
        page, frame = picture.laid_out(facts, window, None)

    assert page.height < 300
    if window is None:
        return
    left, bottom, right, top = picture.on_the_ground(window)
    shown = frame.bounds
    assert shown[0] <= left and shown[1] <= bottom
    assert shown[2] >= right and shown[3] >= top
    # In one direction at least the window fills the frame, but for the round scale.
    fill = max(
        (right - left) / (shown[2] - shown[0]), (top - bottom) / (shown[3] - shown[1])
    )
    assert fill > 0.9


def test_it_says_what_it_is_its_scale_and_its_approval_number():
    said = words(theme=EXIT, notes=(Note(115, 41, "three villages"),))

    whole = " ".join(said)
    assert "Year of exit" in whole
    assert "GS(2024)0650" in whole
    assert "Scale 1:" in whole
    assert "internal use" in whole
    assert {"three villages", "2016", "2017", "2018", "2019"} <= {*said}


def test_names_beyond_the_window_are_not_written():
    said = words()

    assert "Zhangbei" in said
    assert "Daming" not in said  # in the far south
    assert "Daming" in words(window="selection")


def test_up_to_a_year_later_ones_are_counted_apart():
    style = style_theme(PACKAGE, COUNTIES, POOR, EXIT, "en")
    years = {line.value: line.selected for line in style.legend}

    said = words(theme=EXIT, until=2017)

    assert {"2016", "2017", "after 2017"} <= {*said}
    assert not {"2018", "2019"} & {*said}
    later = said[said.index("after 2017") + 1]
    assert later == f"{years['2018'] + years['2019']} counties"


def test_a_year_means_nothing_where_no_date_is_shown():
    assert words(until=2017) == words()


def test_a_png_is_as_wide_as_it_says():
    content = draw(PACKAGE, COUNTIES, POOR, format="png", window=NORTH, dpi=60)

    with Image.open(io.BytesIO(content)) as image:
        assert image.width == pytest.approx(270 / 25.4 * 60, abs=2)
        assert image.height < image.width


@pytest.mark.parametrize(
    "value",
    [
        "",
        "all",
        "114,40,117",
        "114,40,117,42,1",
        "117,40,114,42",
        "114,42,117,40",
        "114,40,114.01,42",
        "nan,40,117,42",
        "-180,-90,180,90",
        "inf,40,117,42",
    ],
)
def test_what_is_no_window_is_said(value):
    asked, rest, (wrong,) = take_picture([("window", value), ("all", "x")])

    assert (asked, rest) == ({}, [("all", "x")])
    assert "114,40" not in wrong.say("en") or value in wrong.say("en")
    assert "selection" in wrong.say("en") and "selection" in wrong.say("zh")


def test_a_picture_is_asked_for_once():
    twice = [("window", NORTH), ("window", "selection"), ("until", "2017")]
    assert len(take_picture(twice)[2]) == 1
    years = [("window", NORTH), ("until", "2017"), ("until", "201x")]
    assert {part.parameter for part in take_picture(years)[2]} == {"until"}
    # Without a window there is no picture, and no year of one.
    assert take_picture([("until", "2017")]) == ({}, [("until", "2017")], ())
