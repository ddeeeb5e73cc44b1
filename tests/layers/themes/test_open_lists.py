"""A list that is not complete is said to be so wherever its legend does not say it."""

import pytest

from layers.files.metadata import metadata
from layers.select.selection import Selection
from layers.sheet.facts import Facts, definition_shown
from layers.themes.open_lists import open_lists, remarks
from layers.webmap.map_state import map_state

ASKED = {
    "any": Selection(any_of=("relocation", "deep_poverty")),
    "all": Selection(all_of=("relocation",)),
    "none": Selection(all_of=("poor_county",), none_of=("relocation",)),
}

SAID = {
    "zh": "易地扶贫搬迁县：未列全：来源写明38个，列明10个；未列明的县不等于不属于",
    "en": "10 named; a county that is not named may be in it",
}


@pytest.mark.parametrize("language", SAID)
@pytest.mark.parametrize("selection", ASKED.values(), ids=ASKED)
def test_a_theme_without_the_list_in_its_legend_says_it(
    package, counties, selection, language
):
    theme = "exit_assessed_year"
    (told,) = open_lists(package, selection, language, theme=theme)
    state = map_state(package, counties, selection, theme=theme, language=language)
    sheet = Facts(
        package=package,
        counties=counties,
        selection=selection,
        language=language,
        theme=theme,
    )

    assert told.endswith(SAID[language][-20:])
    assert package.programmes["relocation"].name(language) in told
    # Beside it: of which counties the dates drawn are of another ground, or of a part.
    assert state["remarks"][0] == told
    assert all("130" not in text and text != told for text in state["remarks"][1:])
    assert told in definition_shown(sheet)


def test_the_legend_of_programmes_says_it_already(package, counties):
    state = map_state(package, counties, ASKED["any"], theme="programmes")

    assert state["remarks"] == []
    assert any(line["note"] for line in state["legend"])


def test_every_list_that_is_not_whole_is_told_and_no_other(package):
    for programme in package.programmes.values():
        told = open_lists(package, Selection(any_of=(programme.id,)), "en")

        assert len(told) == (not programme.is_whole)


def test_a_file_says_it_whatever_it_shows(package, counties):
    features = counties.loc[ASKED["all"].apply(counties)].assign(evidence="")
    about = metadata(
        package, features, ASKED["all"], count_total=167, detail="overview"
    )

    assert [about["open_lists"][lang][0] for lang in ("zh", "en")] == [
        open_lists(package, ASKED["all"], lang)[0] for lang in ("zh", "en")
    ]


@pytest.mark.parametrize(
    ("language", "words"),
    [("zh", "另有{n}个县可能属于"), ("en", "{n} more counties may belong")],
)
def test_a_year_asked_for_says_of_how_many_it_is_not_known(
    package, counties, language, words
):
    selection = Selection(where=(("exit_assessed_year", ("2017",)),))
    known = counties.loc[[*package.members("poor_county")], "exit_assessed_year"]

    (told,) = open_lists(package, selection, language)

    # Of four it is inferred that it is the year asked for.
    assert words.format(n=int(known.isna().sum()) - 4) in told
    state = map_state(package, counties, selection, language=language)
    assert told in state["remarks"]


def test_the_theme_of_places_says_what_is_not_drawn(package, counties):
    state = map_state(package, counties, Selection(), theme="places", language="en")
    lines = package.tables["places"].to_dict("records")
    left = sum(not p["county_adcode"] and not p["coordinate_source"] for p in lines)

    assert state["remarks"][-1].startswith(f"In the whole province, {left} more places")


@pytest.mark.parametrize(
    ("chosen", "language", "words"),
    [
        (("130629",), "en", "Xiong’an New Area: Rongcheng County"),
        (("130682", "130623"), "zh", "省直管市：定州市"),
        (("130623",), "en", ""),
    ],
)
def test_who_runs_a_chosen_county_is_said_where_its_prefecture_does_not(
    package, chosen, language, words
):
    """A sheet lists 容城县 under 保定市, which has not run it since 2017."""
    told = remarks(package, Selection(counties=chosen), "programmes", language)

    assert any(words in one for one in told) if words else told == ()


def test_a_list_asked_for_by_its_group_says_so_too(package):
    selection = Selection(where=(("area", ("contiguous_heilonggang",)),))

    (told,) = open_lists(package, selection, "en", theme="exit_assessed_year")
    assert package.programmes["contiguous_heilonggang"].name_en in told


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_map_of_how_many_programmes_says_which_it_counts(package, language):
    only = {
        "zh": "只计所选的1个项目（深度贫困县）",
        "en": "1 programme asked for",
    }
    more = {"zh": "个的名单未列全", "en": "not all counties are known"}

    def told(selection):
        return "\n".join(remarks(package, selection, "overlap", language))

    deep = told(Selection(all_of=("deep_poverty",)))
    assert only[language] in deep and more[language] not in deep
    everything = told(Selection())
    assert only[language] not in everything and more[language] in everything
    unknown = sum(not programme.is_whole for programme in package.programmes.values())
    assert str(unknown) in everything
