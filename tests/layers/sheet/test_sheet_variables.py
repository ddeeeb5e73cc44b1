"""A variable that is rows more is on paper: map, legend, table; forty programmes too.

The variables are made up: nothing of the code knows them.
"""

import io
from dataclasses import replace

import numpy as np
import pytest
from pypdf import PdfReader

from geo.language import speaker
from layers import sheet
from layers.facts.columns import adcode_column
from layers.facts.county_table import county_table
from layers.facts.date_texts import unsure_text
from layers.facts.package import load
from layers.facts.value_texts import cell_text
from layers.select.selection import Selection
from layers.sheet import atlas_book
from layers.sheet.drawing import drawing
from layers.sheet.facts import Facts, definition_shown, sources_shown
from layers.sheet.sheet import laid_out
from layers.themes.themes import style_theme
from tests.pictures import rendered, text_of

PROGRAMME, CLASS, RATE, YEAR, PARTNER = (
    f"made_up_{name}" for name in ("programme", "class", "rate", "year", "partner")
)
EMPTY = "made_up_empty"
NORTH = Selection(counties=("130722", "130723", "130724", "130725"))


def squeezed(text: str) -> str:
    return "".join(text.split())


def printed(content: bytes) -> str:
    return squeezed(text_of(content))


@pytest.mark.spread(2)
@pytest.mark.parametrize("theme", ["exit_assessed_year", "category"])
@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh", "：行政区域有过变动"),
        ("en", "): Its territory changed (7 January 2016)"),
    ],
)
def test_a_sheet_says_which_values_are_of_another_territory(
    package, counties, theme, language, words
):
    about = {"theme": theme, "language": language}
    prefecture = Selection(prefectures=("130700",))
    there = sheet.draw(package, counties, prefecture, **about)
    text = printed(there)
    assert squeezed(words) in text
    # It says of what: other values beside it are of today's ground.
    named = package.variables[theme].short(language)
    assert squeezed(named) in text.partition(squeezed(words))[0][-40:]

    elsewhere = Selection(prefectures=("130800",))
    facts = Facts(package=package, counties=counties, selection=elsewhere, **about)
    assert squeezed(words) not in squeezed(definition_shown(facts))


@pytest.mark.spread(4)
@pytest.mark.parametrize("identifier", [CLASS, RATE, YEAR, PARTNER])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_theme_has_its_legend_and_its_column(
    made_up_package, made_up_counties, identifier, language
):
    variable = made_up_package.variables[identifier]
    text = printed(
        sheet.draw(
            made_up_package,
            made_up_counties,
            NORTH,
            theme=identifier,
            language=language,
        )
    )

    style = style_theme(made_up_package, made_up_counties, NORTH, identifier, language)
    assert squeezed(variable.name(language)) in text
    assert squeezed(variable.short(language)) in text
    assert style.legend
    for entry in style.legend:
        assert squeezed(entry.name) in text
    known = 0
    for adcode in NORTH.counties:
        row = made_up_counties.loc[adcode]
        value = cell_text(made_up_package, variable, row, language)
        known += bool(value)
        values = made_up_package.values_by_county(identifier).get(adcode, ())
        shown = value or unsure_text(values, speaker(language)) or "–"
        assert squeezed(f"{row['area_km2']:,.0f} {shown}") in text
    assert known in {2, 3}


def test_a_county_with_two_partners_is_striped(made_up_package, made_up_counties):
    style = style_theme(made_up_package, made_up_counties, NORTH, PARTNER, "en")
    text = printed(
        sheet.draw(
            made_up_package, made_up_counties, NORTH, theme=PARTNER, language="en"
        )
    )

    cell = made_up_counties.at["130722", adcode_column(PARTNER)]
    assert (
        len(style.classes[style.counties["130722"]].fills) == len(cell.split(";")) == 2
    )
    assert "severalofthese" in text
    assert "programmes" not in text.split("severalofthese")[1][:12]


def test_an_open_list_says_of_how_many_nothing_is_said(
    made_up_package, made_up_counties
):
    selection = Selection(any_of=(PROGRAMME, "poor_county"))
    chosen = made_up_counties.loc[selection.apply(made_up_counties)]
    text = printed(
        sheet.draw(made_up_package, made_up_counties, selection, language="en")
    )

    not_said = int(chosen[PROGRAMME].isna().sum())
    assert not_said > 0
    assert f"{not_said}notsaid" in text


@pytest.mark.parametrize("form", sheet.FORMATS)
def test_a_programme_without_members_is_an_empty_sheet(
    made_up_package, made_up_counties, form
):
    selection = Selection(all_of=(EMPTY,))
    content = sheet.draw(made_up_package, made_up_counties, selection, format=form)

    assert content
    if form == "pdf":
        name = made_up_package.programmes[EMPTY].name("zh")
        assert squeezed(name) in printed(content)


def test_a_sheet_cites_what_it_shows_and_no_more(made_up_package, made_up_counties):
    def cited(selection: Selection, theme: str = "programmes") -> set[str]:
        return set(
            sources_shown(
                Facts(
                    package=made_up_package,
                    counties=made_up_counties,
                    selection=selection,
                    language="zh",
                    theme=theme,
                )
            )
        )

    assert cited(Selection()) == set()
    assert cited(Selection(any_of=(PROGRAMME,))) == {"S00"}
    # Where a place is said to be, the database that has its position.
    places = made_up_package.tables["places"]
    points = {one for cell in places["coordinate_source"] for one in cell.split(";")}
    assert len(points - {""}) == 3
    assert points - {""} <= cited(Selection(), "places")
    population = {
        source
        for values in made_up_package.values_by_county("population_2020").values()
        for value in values
        for source in value.source
    }
    assert population <= cited(NORTH, "population_2020")
    assert cited(NORTH, "population_2020") <= population | set(
        made_up_package.variables["population_2020"].source
    )


def test_the_book_has_its_programmes_under_their_groups(
    made_up_package, made_up_counties
):
    content = atlas_book.make(
        made_up_package,
        made_up_counties,
        Selection(counties=("130722",)),
        language="en",
    )
    outline = PdfReader(io.BytesIO(content)).outline
    heads = [item.title for item in outline if not isinstance(item, list)]
    assert "Programmes" in heads
    at = next(
        i
        for i, item in enumerate(outline)
        if not isinstance(item, list) and item.title == "Programmes"
    )
    under = outline[at + 1]
    groups = [item.title for item in under if not isinstance(item, list)]
    members = [item.title for item in under[-1]]

    assert groups[-1] == made_up_package.groups["made_up"].name("en")
    assert members == [made_up_package.programmes[PROGRAMME].name("en")]


# --- forty programmes -----------------------------------------------------------------


@pytest.fixture(scope="module")
def forty(spoiled):
    """The facts with forty programmes more, of one county each, all of open lists."""
    copy = spoiled()
    for number in range(40):
        identifier = f"another_{number}"
        copy.append_row(
            "variables.csv",
            id=identifier,
            kind="membership",
            order=str(800 + number),
            group="energy",
            name_zh=f"编造的第{number}个很长的项目名称",
            name_en=f"Made-up programme number {number} of a long name",
            short_zh=f"第{number}个",
            short_en=f"No. {number}",
            colour=f"#12{number + 16:02x}56",
            completeness="open",
            named_count="1",
            basis="stated",
            missing_zh="没有说",
            missing_en="not said",
            definition_zh="编造",
            definition_en="Made up.",
            source="S00",
            section="一(一)",
            confidence="stated",
        )
        copy.append_row(
            "memberships.csv",
            variable=identifier,
            published_adcode="130722",
            published_name="张北县",
            source="S00",
            section="一(一)",
            confidence="stated",
        )
    package = load(copy.directory)
    return package, county_table(package, "overview")


FORTY = Selection(any_of=tuple(f"another_{number}" for number in range(40)))


MORE = replace(FORTY, any_of=(*FORTY.any_of, "poor_county"))


@pytest.mark.spread(2)
@pytest.mark.parametrize(  # each two of the choices meet
    ("paper", "orientation", "language", "selection"),
    [
        ("A4", "portrait", "zh", FORTY),
        ("A4", "portrait", "en", MORE),
        ("A4", "landscape", "en", FORTY),
        ("A3", "portrait", "en", FORTY),
        ("A3", "landscape", "zh", MORE),
    ],
)
def test_the_legend_of_forty_programmes_stays_on_the_paper(
    forty, paper, orientation, language, selection
):
    package, counties = forty
    options = {"paper": paper, "orientation": orientation, "language": language}
    content = sheet.draw(package, counties, selection, **options)
    text = printed(content)
    image = np.asarray(rendered(content, 30))

    margin = round(8 / 25.4 * 30)
    edge = np.ones(image.shape[:2], dtype=bool)
    edge[margin:-margin, margin:-margin] = False
    assert (image[edge] == 255).all()
    named = [
        squeezed(package.programmes[p].name(language)) in text for p in FORTY.any_of
    ]
    left_out = squeezed(speaker(language)("and {n} more", n="")).strip()
    # What has no room is counted, and nothing is left out without a word.
    assert all(named) or left_out[:2] in text
    assert sum(named) >= 10


@pytest.mark.parametrize("paper", ["A3", "A4"])
def test_all_of_forty_programmes_are_in_an_english_legend(forty, paper):
    # Longer than Chinese: the frame had no room for them, and a line said how many.
    package, counties = forty
    about = Facts(package=package, counties=counties, selection=MORE, language="en")

    with drawing():
        page, _ = laid_out(about, paper, "landscape")

    text = squeezed("".join(line.get_text() for line in page.axes.texts))
    for identifier in MORE.any_of:
        assert squeezed(package.variables[identifier].name("en")) in text


def test_forty_programmes_leave_three_fifths_of_a_landscape_to_the_map(forty):
    package, counties = forty
    about = Facts(package=package, counties=counties, selection=MORE, language="zh")

    with drawing():
        page, frame = laid_out(about, "A3", "landscape")

    assert frame.box.width * frame.box.height >= 0.6 * page.width * page.height
    # The legend goes on in the frame, where the map has no use for the room.
    text = "".join(line.get_text() for line in page.axes.texts)
    for identifier in MORE.any_of:
        assert package.variables[identifier].name("zh") in text
