"""What a reader chooses on a page stands in its address, and is read from it."""

import pytest

from geo.language import LANGUAGES
from layers.edition.address import BESIDE, SPLIT
from layers.edition.served import SERVED
from layers.webmap.map_notes import PARAMETER
from views.frame import page_parts
from views.pages import compare, navigation

PARTS = [(path, part) for path in navigation.PATHS for part in page_parts.of(path)]
OF_EVERY_PAGE = {"lang", "theme", "see", "county", BESIDE, SPLIT, PARAMETER}

each_part = pytest.mark.parametrize(
    ("path", "part"), PARTS, ids=[f"{path}-{part.parameter}" for path, part in PARTS]
)


@pytest.fixture(scope="module")
def edition():
    return SERVED.edition()


@each_part
def test_no_part_has_the_name_of_something_else(edition, path, part):
    others = {*edition.choices.parameters, *OF_EVERY_PAGE}
    same = [p for p in page_parts.of(path) if p.parameter == part.parameter]

    assert part.parameter not in others
    assert same == [part]


@each_part
def test_what_is_written_is_read(edition, path, part):
    values = ["水"]
    if isinstance(part, page_parts.Counties):
        values = [["130726", "130709"]]
    elif hasattr(part, "options"):
        every = [*part.options(edition).values()]
        several = isinstance(part, page_parts.Several)
        values = (
            [every[:2], every] if several else [v for v in every if v != part.usual]
        )
        assert every
    for value in values:
        assert part.read([part.write(value)], edition) == (value, [])
    assert part.write(part.usual) == ""


@each_part
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_means_nothing_is_said_and_left_out(edition, path, part, language):
    value, rejected = part.read(["<b>nix"], edition)
    if isinstance(part, page_parts.Text):
        assert (value, rejected) == ("<b>nix", [])
    else:
        assert not value or value == part.usual
        (one,) = rejected
        assert "<b>nix" in one.say(language)


def test_a_typed_text_is_no_longer_than_a_link_bears():
    part = page_parts.Text(parameter="find", widget="w")
    value, _ = part.read(["水" * 10_000], SERVED.edition())
    assert value == "水" * page_parts.LONGEST
    assert len(part.write("水" * 10_000)) == page_parts.LONGEST


def test_counties_are_found_by_names_of_the_past_each_once(edition):
    (part,) = (p for p in compare.PARTS if p.parameter == "compared")
    asked = ["崇礼县,130726", "130733,Chongli District"]
    assert part.read(asked, edition)[0] == ["130709", "130726"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_more_counties_than_stand_side_by_side_are_left_out(edition, language):
    (part,) = (p for p in compare.PARTS if p.parameter == "compared")
    codes = [*edition.package.divisions.of_level("county")][:8]
    value, rejected = part.read([",".join(codes)], edition)

    assert value == codes[: compare.MOST_COUNTIES]
    assert [one.value for one in rejected] == codes[compare.MOST_COUNTIES :]
    assert str(compare.MOST_COUNTIES) in rejected[0].say(language)


def test_only_what_is_on_the_page_stands_in_its_address():
    held = {"statistics_section": "coverage", "statistics_base": "poor_county"}
    assert page_parts.written("statistics", held.get) == {
        "section": "coverage",
        "covered": "poor_county",
    }
    held["statistics_section"] = "matrix"
    assert page_parts.written("statistics", held.get) == {"section": "matrix"}
    # A widget that is not made yet holds what is usual.
    counties = {"compare_counties": ["130726"]}
    assert page_parts.written("compare", counties.get) == {"compared": "130726"}
