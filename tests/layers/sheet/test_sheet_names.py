"""A cartographer asks: every county named, whole, on a map that fills its sheet."""

import io
import re
from dataclasses import replace

import pytest
from pypdf import PdfReader

from layers import sheet
from layers.select.selection import Selection
from layers.sheet import layout
from layers.sheet.drawing import drawing
from layers.sheet.facts import Facts
from layers.sheet.sheet import laid_out
from tests.pictures import text_of

ONE = Selection(counties=("130722",))
TEN = Selection(all_of=("deep_poverty",))
MANY = Selection(all_of=("poor_county",))

CASES = [
    (ONE, "A4", "portrait", 1),
    (TEN, "A4", "landscape", 10),
    (MANY, "A3", "landscape", 62),
    (Selection(), "A3", "portrait", 167),
]


def text_on(page):
    return " ".join(text.get_text() for text in page.axes.texts)


def facts_of(package, counties, selection, language="zh"):
    return Facts(
        package=package, counties=counties, selection=selection, language=language
    )


@pytest.mark.parametrize(("selection", "paper", "orientation", "count"), CASES)
def test_every_selected_county_is_named_whole_or_by_its_number_in_the_list(
    package, counties, selection, paper, orientation, count
):
    drawn = sheet.draw(
        package, counties, selection, paper=paper, orientation=orientation
    )

    text = text_of(drawn)
    plain = re.sub(r"\s", "", text)
    chosen = counties.loc[selection.apply(counties)]
    assert len(chosen) == count
    for number, (adcode, name) in enumerate(chosen["name"].items(), start=1):
        listed = f"{number}{name}" if count > 80 else name
        # Once in the list, once on the map.
        assert listed in plain, adcode
        if count <= 80:
            assert plain.count(name) >= 2, name


@pytest.mark.parametrize(
    "theme", ["programmes", "population_2010-classes", "places", "overlap"]
)
def test_no_number_stands_on_a_map_without_its_key(package, counties, theme):
    """Names of counties are longest in English, and take the room of the list."""
    drawn = sheet.draw(package, counties, Selection(), theme=theme, language="en")

    text = text_of(drawn)
    plain = re.sub(r"\s", "", text)
    for number, name in enumerate(counties["name_en"], start=1):
        begins = re.sub(r"\W", "", name.split(" ")[0].replace("’", "'"))
        assert f"{number}{begins}" in re.sub(r"[^\w]", "", plain), name


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    ("selection", "theme"),
    [
        (MANY, "programmes"),
        (MANY, "population_2020"),
        (TEN, "programmes"),
        (TEN, "population_2020"),
    ],
)
def test_the_map_of_the_province_fills_three_fifths_of_a_landscape(
    package, counties, selection, theme, language
):
    about = replace(facts_of(package, counties, selection, language), theme=theme)
    with drawing():
        page, frame = laid_out(about, "A3", "landscape")
        text = text_on(page)

    valued = selection is TEN and theme != "programmes"
    for adcode in TEN.apply(counties) if valued else ():
        cell = counties.loc[adcode, "population_2020"]
        assert f"{cell:,.0f}" in text  # a table of few counties keeps its values

    width, height = layout.paper_size("A3", "landscape")
    assert frame.box.width * frame.box.height >= 0.6 * width * height


@pytest.mark.parametrize("form", ["pdf", "png", "svg"])
def test_a_sheet_says_who_made_it_and_comes_home(package, counties, form):
    from layers.files.readback.reading import read_back

    drawn = sheet.draw(package, counties, TEN, format=form, dpi=40)

    home = read_back(drawn, f"sheet.{form}")
    assert (home.format, home.selection, home.language) == (form, TEN, "zh")
    assert home.adcodes == tuple(TEN.apply(counties))


def test_a_pdf_has_language_metadata_and_its_place_on_earth(package, counties):
    drawn = sheet.draw(package, counties, TEN, language="en")

    reader = PdfReader(io.BytesIO(drawn))
    catalogue = reader.trailer["/Root"]
    assert catalogue["/Lang"] == "en"
    assert catalogue["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata.author
    assert "Hebei" in reader.metadata.keywords
    assert reader.xmp_metadata.dc_title["x-default"] == reader.metadata.title
    (viewport,) = reader.pages[0]["/VP"]
    latitudes = [float(v) for v in viewport["/Measure"]["/GPTS"][::2]]
    longitudes = [float(v) for v in viewport["/Measure"]["/GPTS"][1::2]]
    west, south, east, north = counties.total_bounds
    assert min(latitudes) < south < north < max(latitudes)
    assert min(longitudes) < west < east < max(longitudes)


def test_the_world_file_puts_each_county_where_it_is_drawn(package, counties):
    beside = sheet.georeference(package, counties, TEN, dpi=100)

    dot, _, _, down, x, y = map(float, beside["pgw"].split())
    assert dot == -down > 0
    with drawing():
        page, frame = laid_out(facts_of(package, counties, TEN), "A4", "portrait")
    left, _, _, top = frame.bounds
    pixels = frame.box.left / 25.4 * 100, (page.height - frame.box.top) / 25.4 * 100
    assert x + (pixels[0] - 0.5) * dot == pytest.approx(left, abs=dot / 10)
    assert y + (pixels[1] - 0.5) * down == pytest.approx(top, abs=dot / 10)


def test_text_in_an_svg_stays_text_for_who_asks(package, counties):
    drawn = sheet.draw(package, counties, ONE, format="svg", text_as_text=True)

    assert "张北县" in re.sub(r"<[^>]+>", "", drawn.decode())
    families = {*re.findall(r"font-family: ([^;\"]*)", drawn.decode())}
    assert families
    assert all(one.startswith("'Noto Sans SC'") for one in families)
    outlined = sheet.draw(package, counties, ONE, format="svg").decode()
    assert "<text" not in outlined
