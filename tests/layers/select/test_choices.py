"""What a selection may ask for: values that exist, ranges of numbers and years only."""

from math import inf

import pytest

from layers.select.choices import Choice, Choices, limits


@pytest.fixture(scope="module")
def choices(made_up_package):
    return Choices.of(made_up_package)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("2017..2019", (2017, 2019)),
        ("2017..2017", (2017, 2017)),
        ("-1.5..", (-1.5, inf)),
        ("..0", (-inf, 0)),
        ("2019..2017", None),
        ("..", None),
        ("", None),
        ("2017", None),
        ("2017...2019", None),
        ("a..b", None),
        ("1e3..", None),
        ("1..2\n", None),
        ("\u0661..\u0662", None),
    ],
)
def test_a_range_has_one_end_at_least_and_both_in_order(text, read):
    assert limits(text) == read


@pytest.mark.parametrize("kind", ["category", "number", "date", "relation", "group"])
def test_ranges_are_for_numbers_and_dates(kind):
    choice = Choice("made_up", kind, ("a", "b"))

    assert choice.takes_ranges == (kind in {"number", "date"})
    assert choice.accepts("a")
    assert not choice.accepts("c")
    assert choice.accepts("2017..2019") == (kind in {"number", "date"})
    assert not choice.accepts("2019..2017")


def test_every_kind_offers_its_values_in_order(choices, made_up_package, made_up):
    where = choices.where

    assert where[made_up["category"]].values == ("low", "middle", "high")
    # A span, and a date that is not known in one year, are no value to ask for.
    assert where[made_up["date"]].values == (
        "2001",
        "2003",
        "2005",
        "2007",
        "2009",
        "2011",
        "2013",
    )
    assert where[made_up["relation"]].values == ("110000", "120000")
    assert where[made_up["number"]].values == (
        "0..0",
        "12.5..12.5",
        "33.25..33.25",
        "40..40",
    )
    for variable in made_up_package.variables.values():
        assert (variable.id in where) == (not variable.is_programme)


def test_groups_marked_as_filters_offer_their_programmes(choices, made_up_package):
    groups = [g for g in made_up_package.groups.values() if g.filter]

    assert [c.id for c in choices.where.values() if c.kind == "group"] == [
        g.id for g in groups
    ]
    for group in groups:
        assert choices.where[group.id].values == tuple(
            p.id for p in made_up_package.programmes.values() if p.group == group.id
        )


def test_partners_come_as_registered_without_the_districts_of_a_partner(package):
    variable = package.variables["partner"]
    offered = Choices.of(package).where["partner"].values
    known = tuple(c.value for c in variable.classes)

    assert offered[: len(known)] == known
    for code in offered:
        assert package.divisions[code].parent not in offered


def test_each_field_accepts_its_own_values_and_no_others(choices):
    county, prefecture = choices.counties[0], choices.prefectures[0]
    programme = choices.programmes[0]
    fields = ("all_of", "any_of", "none_of", "prefectures", "counties")
    own = dict.fromkeys(fields[:3], programme) | {
        "prefectures": prefecture,
        "counties": county,
    }
    for field in fields:
        accepted = {v for v in own.values() if choices.accepts(field, v)}
        assert accepted == {own[field]}
        assert own[field] in choices.for_field(field)
    assert not choices.accepts("made_up_field", programme)


def test_the_parameters_are_the_fields_in_the_order_of_an_address(choices):
    assert list(choices.parameters.values()) == [
        "all",
        "any",
        "none",
        "prefecture",
        *choices.where,
        "county" if "county" in choices.parameters.values() else "in",
    ]
    for former, today in choices.former.items():
        assert today in {*choices.programmes, *choices.where}
        assert former not in choices.parameters
