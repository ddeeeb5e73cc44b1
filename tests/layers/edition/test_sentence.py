"""The sentence over the map says what is true, and its words are controls."""

import pytest

from layers.edition.opening import opening
from layers.edition.sentence import sentence_text, sentence_tokens
from layers.facts.county_table import county_table
from layers.select.selection import Selection

LANGUAGES = ("zh", "en")
SELECTIONS = {
    "all": Selection(),
    "one": Selection(all_of=("deep_poverty",)),
    "lists": Selection(
        all_of=("deep_poverty", "poor_county"),
        any_of=("relocation", "paired_with_beijing"),
        none_of=("paired_with_tianjin",),
        prefectures=("130700", "130800"),
    ),
    "others": Selection(
        counties=("130722", "130723"),
        where={"exit_approved_year": ("2020",), "area": ("ethnic_autonomous_county",)},
    ),
    "five": Selection(
        any_of=(
            "deep_poverty",
            "poor_county",
            "relocation",
            "paired_with_beijing",
            "paired_with_tianjin",
        )
    ),
}


def counts(tokens) -> list[int]:
    return [token for token in tokens if isinstance(token, int)]


def values(tokens) -> set[tuple[str, str]]:
    return {(t[0], t[1]) for t in tokens if isinstance(t, list) and len(t) == 3}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", SELECTIONS)
def test_every_value_of_a_selection_is_a_word(package, counties, name, language):
    selection = SELECTIONS[name]
    tokens = sentence_tokens(package, counties, selection, language)
    asked = {
        (field, "" if field == "counties" else value)
        for field, own in selection.asked()
        for value in own
    }

    assert values(tokens) == asked
    assert len(selection.apply(counties)) in counts(tokens)
    assert "{" not in sentence_text(tokens)


def test_counties_of_one_body_are_named_with_it(package, counties):
    whole = Selection(counties=("130629", "130632", "130638"))
    said = sentence_text(sentence_tokens(package, counties, whole, "zh"))
    assert "河北雄安新区（容城县、安新县、雄县）" in said
    assert "逐个选定" not in said
    said = sentence_text(sentence_tokens(package, counties, whole, "en"))
    assert "Xiong’an New Area (Rongcheng County, Anxin County, Xiongxian" in said

    part = Selection(counties=("130629", "130638"))
    said = sentence_text(sentence_tokens(package, counties, part, "zh"))
    assert "逐个选定的2个县" in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_opening_counts_each_programme_and_the_prefectures(
    package, counties, language
):
    selection = opening(package)
    tokens = sentence_tokens(package, counties, selection, language)
    chosen = counties.loc[selection.apply(counties)]

    assert sorted(counts(tokens)) == sorted(
        [
            *(len(package.members(p)) for p in selection.any_of),
            chosen["prefecture_adcode"].nunique(),
        ]
    )


def test_a_programme_inside_another_is_said_as_a_part_of_it(package, counties):
    nested = Selection(any_of=("poor_county", "deep_poverty"))
    apart = Selection(any_of=("paired_with_beijing", "paired_with_tianjin"))

    assert "of them" in sentence_text(sentence_tokens(package, counties, nested, "en"))
    said = sentence_text(sentence_tokens(package, counties, apart, "en"))
    assert "of them" not in said
    assert f"{len(apart.apply(counties))} counties in total" in said


def test_who_is_not_named_by_an_open_list_is_not_said_to_be_outside(package, counties):
    whole = Selection(none_of=("deep_poverty",))
    open_ended = Selection(none_of=("relocation",))

    assert "not in" in sentence_text(sentence_tokens(package, counties, whole, "en"))
    said = sentence_text(sentence_tokens(package, counties, open_ended, "en"))
    assert "not named for" in said and "not in" not in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_made_up_variable_of_each_kind_has_its_words(made_up_package, language):
    table = county_table(made_up_package, "overview")
    for variable in made_up_package.variables.values():
        if variable.group != "made_up":
            continue
        own = made_up_package.values_by_county(variable.id).values()
        first = next((v for values_ in own for v in values_ if v.is_known), None)
        if variable.is_programme:
            selection = Selection(all_of=(variable.id,))
        elif first is None or variable.kind == "date":
            continue
        else:
            value = f"{first.value}.." if variable.kind == "number" else first.value
            selection = Selection(where={variable.id: (str(value),)})
        tokens = sentence_tokens(made_up_package, table, selection, language)
        assert values(tokens), variable.id
