"""A sheet is one page with everything a map needs, whatever is selected or named."""

import io
import re
import subprocess
import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from PIL import ImageFilter
from pypdf import PdfReader

from geo.divisions import Divisions
from geo.language import speaker
from layers import sheet
from layers.select.rejected import SelectionError
from layers.select.selection import Selection
from layers.sheet.drawing import drawing
from layers.sheet.facts import Facts
from layers.sheet.marginalia import INTERNAL_USE
from layers.sheet.projection import ground, to_ground
from layers.sheet.sheet import laid_out
from layers.sheet.table_rows import MOST_ROWS
from layers.themes.relations import place_points
from layers.themes.themes import PLACES, themes
from layers.webmap.map_state import map_state
from layers.webmap.map_texts import TEXTS
from tests import real
from tests.pictures import image_of, rendered

DAY = date(2026, 11, 24)
DEEP = Selection(all_of=("deep_poverty",))
SELECTIONS = {
    "0": Selection(all_of=("deep_poverty",), none_of=("poor_county",)),
    "1": Selection(all_of=("olympic_low_carbon_zone",)),
    "10": DEEP,
    "62": Selection(all_of=("poor_county",)),
    "167": Selection(),
}
each_selection = pytest.mark.parametrize(
    "selection", SELECTIONS.values(), ids=SELECTIONS
)
HOSTILE = [
    "$\\frac{1}{0}$ 100% _x^2_",
    "{name} {0} %s %(a)s",
    "\\alpha & <b>bold</b> -- ]]>",
    "unbalanced $ and } and \\",
]


def text_of(content: bytes) -> str:
    """What an independent reader finds in a PDF."""
    done = subprocess.run(
        ["pdftotext", "-", "-"], input=content, capture_output=True, check=True
    )
    return done.stdout.decode()


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.fixture(scope="module")
def deep_pdf(package, counties):
    return sheet.draw(package, counties, DEEP, format="pdf", made_on=DAY)


@pytest.mark.spread(5)
@each_selection
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_sheet_says_what_it_shows(package, counties, selection, language):
    content = sheet.draw(
        package,
        counties,
        selection,
        language=language,
        made_on=DAY,
        orientation="landscape",
    )
    text = squeezed(text_of(content))
    say = speaker(language)

    assert len(PdfReader(io.BytesIO(content)).pages) == 1
    for line in (
        selection.sentence(language, package),
        "GS(2024)0650号",
        "2026-11-24",
        "WGS84",
        say(INTERNAL_USE),
        speaker("zh")(INTERNAL_USE),
        speaker("en")(INTERNAL_USE),
        "2024",
    ):
        assert squeezed(line) in text
    assert re.search(r"11[2-9]°E", text)
    state = map_state(package, counties, selection, language=language)
    for entry in state["legend"]:
        assert squeezed(entry["name"]) in text
        assert squeezed(entry["count"]) in text
        assert squeezed(entry["note"]) in text


def test_the_table_names_every_county_with_its_code(package, counties, deep_pdf):
    text = text_of(deep_pdf)

    for adcode in DEEP.apply(counties):
        assert adcode in text
        assert counties.at[adcode, "name"] in text


@pytest.mark.parametrize("number", ["62", "167"])
def test_a_longer_selection_is_counted_by_prefecture(package, counties, number):
    selection = SELECTIONS[number]
    chosen = counties.loc[selection.apply(counties)]
    text = squeezed(text_of(sheet.draw(package, counties, selection)))

    assert len(chosen) > MOST_ROWS
    for prefecture, own in counties.groupby("prefecture"):
        n = (chosen["prefecture"] == prefecture).sum()
        assert f"{prefecture}{n}/{len(own)}" in text


@pytest.mark.spread(7)
@each_selection
@pytest.mark.parametrize("paper", ["A4", "A3"])
@pytest.mark.parametrize("orientation", ["portrait", "landscape"])
def test_nothing_is_drawn_outside_the_margins(
    package, counties, selection, paper, orientation
):
    content = sheet.draw(
        package,
        counties,
        selection,
        paper=paper,
        orientation=orientation,
        format="png",
        dpi=30,
        title="河北省县域规划分布图" * 20,
    )
    image = np.asarray(image_of(content))
    height, width = image.shape[:2]
    short, long = {"A4": (210, 297), "A3": (297, 420)}[paper]
    size = (short, long) if orientation == "portrait" else (long, short)

    assert (width, height) == pytest.approx([mm / 25.4 * 30 for mm in size], abs=1)
    margin = round(8 / 25.4 * 30)
    inside = image[margin:-margin, margin:-margin]
    assert (image == 255).all(axis=2).sum() - (inside == 255).all(axis=2).sum() == (
        height * width - inside.shape[0] * inside.shape[1]
    )


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_title_of_200_characters_is_printed_whole(package, counties, language):
    word = "规划所列深度贫困县、" if language == "zh" else "mountains and plains"
    title = (word * 20)[:200]

    text = text_of(sheet.draw(package, counties, DEEP, title=title, language=language))

    assert squeezed(title) in squeezed(text)


@pytest.mark.spread(2)
@pytest.mark.parametrize("name", HOSTILE)
def test_names_are_printed_as_they_are(package, counties, name):
    called = {"张北县": name, "张北": name, "张家口市": name}
    tables = {key: table.replace(called) for key, table in package.tables.items()}
    divisions = Divisions(tables["divisions"], tables["crosswalk"])
    hostile = replace(package, tables=tables, divisions=divisions)
    table = counties.replace({"name": called, "prefecture": called})

    pdf = sheet.draw(hostile, table, DEEP, title=name)
    svg = sheet.draw(hostile, table, DEEP, title=name, format="svg")

    assert squeezed(text_of(pdf)).count(squeezed(name)) >= 2
    assert PdfReader(io.BytesIO(pdf)).metadata.title == name
    ET.fromstring(svg)


def test_a_character_that_no_font_has_does_no_harm(package, counties):
    content = sheet.draw(package, counties, DEEP, title="🏔️ 𠀀 \u202e\x00 end")

    assert "end" in text_of(content)


def test_a_pdf_embeds_its_font_and_its_text_can_be_found(package, deep_pdf):
    done = subprocess.run(
        ["pdffonts", "-"], input=deep_pdf, capture_output=True, check=True
    )
    fonts = done.stdout.decode().splitlines()[2:]

    assert done.stderr == b""
    assert fonts
    for font in fonts:
        assert "NotoSansSC-Regular" in font
        assert "CID Type 0C" in font
        assert "yes yes yes" in font


def test_a_pdf_looks_like_the_png(package, counties, deep_pdf):
    png = sheet.draw(package, counties, DEEP, format="png", dpi=60, made_on=DAY)
    one, other = image_of(png), rendered(deep_pdf, 60)
    assert one.size == pytest.approx(other.size, abs=1)

    # Two programs draw lines of less than a dot each in its own way.
    blurred = [
        np.asarray(image.resize(other.size).filter(ImageFilter.GaussianBlur(2)), float)
        for image in (one, other)
    ]
    assert np.abs(blurred[0] - blurred[1]).mean() < 3


def test_an_svg_has_no_text_that_needs_a_font(package, counties):
    content = sheet.draw(package, counties, DEEP, format="svg", made_on=DAY)
    root = ET.fromstring(content)

    assert not root.findall(".//{http://www.w3.org/2000/svg}text")
    assert not root.findall(".//{http://www.w3.org/2000/svg}image")
    assert "深度贫困县" in content.decode()


@pytest.mark.parametrize("form", sheet.FORMATS)
def test_the_same_facts_give_the_same_bytes(package, counties, form):
    one, other = (
        sheet.draw(package, counties, DEEP, format=form, dpi=40) for _ in range(2)
    )

    assert one == other


@pytest.mark.parametrize(
    "wrong",
    [
        {"paper": "A5"},
        {"orientation": "square"},
        {"format": "jpg"},
        {"language": "de"},
        {"theme": "crystal_ball"},
        {"dpi": 5},
        {"dpi": 20_000},
    ],
    ids=lambda wrong: next(iter(wrong)),
)
def test_what_does_not_exist_is_refused_by_name(package, counties, wrong):
    name, value = next(iter(wrong.items()))

    with pytest.raises(ValueError, match=f"{name} .*{value}"):
        sheet.draw(package, counties, DEEP, **wrong)


def test_an_unknown_programme_is_refused(package, counties):
    with pytest.raises((SelectionError, KeyError)):
        sheet.draw(package, counties, Selection(all_of=("nonesuch",)))


@pytest.mark.spread(4)
@pytest.mark.parametrize("name", real.themes_to_try())
def test_every_theme_can_be_printed(package, counties, name):
    theme = themes(package)[name]
    text = squeezed(text_of(sheet.draw(package, counties, DEEP, theme=name)))

    state = map_state(package, counties, DEEP, theme=name)
    assert squeezed(theme.title("zh")) in text or theme.kind == "programmes"
    for entry in state["legend"]:
        assert squeezed(entry["name"]) in text
        assert squeezed(entry["count"]) in text
    say = speaker("zh")
    for key, own in (
        ("pair_district", theme.has_lines),
        ("symbol_water", theme.kind == PLACES),
    ):
        assert (squeezed(say(TEXTS[key])) in text) == own


@pytest.mark.parametrize(
    "selection",
    [Selection(counties=("130121",)), Selection(prefectures=("130700",)), Selection()],
    ids=["county", "prefecture", "province"],
)
def test_a_sheet_counts_the_places_that_stand_on_it(package, counties, selection):
    facts = Facts(
        package=package,
        counties=counties,
        selection=selection,
        language="en",
        theme=PLACES,
    )
    with drawing():
        _, frame = laid_out(facts, "A4", "portrait")
    west, south, east, north = frame.bounds
    middles = ground(package.boundaries, "county").representative_point()
    expected = 0
    for place in place_points(package):
        middle = middles[place["county"]] if place["county"] else None
        x, y = to_ground(*place["point"]) if "point" in place else middle.coords[0]
        expected += west < x < east and south < y < north

    content = sheet.draw(package, counties, selection, theme=PLACES, language="en")
    said = re.findall(r"\((\d+)onthemap\)", squeezed(text_of(content)))
    rings = re.findall(r"notknown\((\d+)onthemap\)", squeezed(text_of(content)))

    assert expected
    assert sum(map(int, said)) - sum(map(int, rings)) == expected
