"""A fault names its place, what is wrong and what to do, in both languages."""

import pytest

from geo.language import LANGUAGES
from geo.problems import DataFaultError, Problem

ALL_PARTS = Problem(
    table="memberships.csv",
    row=7,
    column="published_adcode",
    value="130799",
    rule="the row has {found} cells, the header {expected}.",
    remedy="Keep one of the two rows.",
    details={"found": 9, "expected": 8},
)


def test_a_message_names_file_line_column_value_rule_and_remedy():
    assert ALL_PARTS.say("en") == (
        "memberships.csv, line 7, column published_adcode, value “130799”: "
        "the row has 9 cells, the header 8. Remedy: Keep one of the two rows."
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_names_the_whole_place(language):
    said = ALL_PARTS.say(language)

    assert [
        part
        for part in ("memberships.csv", "7", "published_adcode", "130799", "9")
        if part not in said
    ] == []


def test_a_fault_of_a_file_has_no_line_column_or_value():
    problem = Problem(
        table="exits.csv", rule="the file does not exist.", remedy="Put it back."
    )

    assert problem.say("en") == (
        "exits.csv: the file does not exist. Remedy: Put it back."
    )


def test_an_empty_value_is_still_shown():
    problem = Problem(table="a.csv", value="", rule="wrong.", remedy="Mend it.")

    assert "value “”" in problem.say("en")


def test_a_long_value_is_shortened_to_one_line_of_sixty_characters():
    problem = Problem(
        table="a.csv",
        value="first\nsecond " + "长" * 100,
        rule="wrong.",
        remedy="Mend.",
    )

    shown = problem.say("en").split("“")[1].split("”")[0]

    assert shown.startswith("first second 长")
    assert shown.endswith("长…")
    assert len(shown) == 60


def test_a_value_of_just_sixty_characters_is_whole():
    problem = Problem(table="a.csv", value="长" * 60, rule="wrong.", remedy="Mend.")

    assert f"“{'长' * 60}”" in problem.say("en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_braces_in_the_data_do_not_break_the_message(language):
    problem = Problem(
        table="{0}.csv",
        column="{column}",
        value="{value} {",
        rule="the line is not valid CSV ({reason}).",
        remedy="Mend {reason}.",
        details={"reason": "{x}"},
    )

    said = problem.say(language)

    assert "{0}.csv" in said
    assert "{value} {" in said
    assert said.count("{x}") == 2


def test_a_title_among_the_details_is_said_in_the_language(monkeypatch):
    class Shouting:
        def __call__(self, message, /, **values):
            return message.upper() if not values else message.format(**values)

        def series(self, items):
            return " ".join(items)

    monkeypatch.setattr("geo.problems.speaker", lambda _: Shouting())
    problem = Problem(
        table="a", rule="no {title}.", remedy="-", details={"title": "Colour", "n": 1}
    )

    assert "no COLOUR." in problem.say("zh")


def test_an_error_holds_every_problem_in_both_languages():
    other = Problem(table="exits.csv", row=3, rule="wrong.", remedy="Mend it.")

    error = DataFaultError(iter([ALL_PARTS, other]))

    assert error.problems == (ALL_PARTS, other)
    assert str(error) == error.say("zh") + "\n" + error.say("en")
    assert error.say("en").splitlines() == [
        "The data have 2 faults; nothing was loaded.",
        f"- {ALL_PARTS.say('en')}",
        f"- {other.say('en')}",
    ]


def test_an_error_without_problems_cannot_be_raised():
    with pytest.raises(ValueError, match="at least one problem"):
        DataFaultError([])


def test_several_values_are_enumerated_as_the_language_does():
    problem = Problem(
        table="a.csv",
        rule="wrong.",
        remedy="Use one of: {allowed}.",
        details={"allowed": ("eq", "ge", "le")},
    )

    assert "eq, ge, le" in problem.say("en")
    assert "eq、ge、le" in problem.say("zh")
