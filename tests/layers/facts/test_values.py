"""What counts as known, and what a county and a programme are to each other."""

from dataclasses import replace
from itertools import product

import pytest

from layers.facts.values import KNOWN, Span, Value, partners, standing

SURE = ("stated", "derived", "high", "medium")


def value(content, **about) -> Value:
    told = {
        "adcode": "130722",
        "variable": "x",
        "published_adcode": "130722",
        "published_name": "张北县",
        "source": ("S00",),
        "section": "一",
        "confidence": "stated",
    }
    return Value(value=content, **{**told, **about})


@pytest.mark.parametrize(
    ("earliest", "latest", "is_one", "year"),
    [
        ("2019", "2019", True, 2019),
        ("2019-05", "2019-05", True, 2019),
        ("2018-02-01", "2018-02-01", True, 2018),
        ("2019-01", "2019-12", False, 2019),
        ("2018-09", "2019-05", False, None),
        ("", "2019", False, None),
    ],
)
def test_a_span_has_a_year_if_it_lies_in_one(earliest, latest, is_one, year):
    span = Span(earliest, latest)

    assert (span.is_one, span.year) == (is_one, year)


@pytest.mark.parametrize("confidence", [*SURE, "inferred", "low"])
def test_a_date_is_known_if_it_is_one_sure_and_of_the_whole_county(confidence):
    one, two = Span("2019", "2019"), Span("2018", "2019")
    sure = confidence in SURE

    assert (confidence in KNOWN) == sure
    assert value(one, confidence=confidence).is_known == sure
    assert not value(two, confidence=confidence).is_known
    assert not value(one, confidence=confidence, of_part=True).is_known


def test_any_other_value_is_known_if_it_is_listed_and_of_the_whole_county():
    for content, listed, of_part in product(
        (True, "high", 12.5, "110000"), (True, False), (True, False)
    ):
        told = value(content, listed=listed, of_part=of_part)
        assert told.is_known == (listed and not of_part)
        # How sure a source is, is said beside the value and does not hide it.
        assert replace(told, confidence="inferred").is_known == told.is_known


def test_a_value_is_of_the_whole_county_and_listed_if_nothing_else_is_said():
    assert value("high").is_known
    assert not value("high").of_part


def test_partners_are_those_of_the_list_cities_and_not_their_districts(package):
    told = [
        value("110105"),  # Chaoyang District lies in Beijing
        value("120000"),
        value("110000"),
        value("120000"),
        value("120101", listed=False),
        value("130100", listed=False),
    ]

    assert partners(told, package.divisions) == ("120000", "110000")
    # A district alone stands for itself.
    assert partners(told[:1], package.divisions) == ("110105",)
    assert partners([], package.divisions) == ()


def test_only_a_list_that_is_whole_or_says_where_it_ends_says_no(package):
    for programme in package.programmes.values():
        whole = programme.completeness == "complete"
        for member, reported, beyond in product((True, False), repeat=3):
            said = standing(
                programme, is_member=member, is_reported=reported, is_beyond=beyond
            )
            if member:
                assert said == "yes"
            elif reported:
                assert said == "reported"
            else:
                assert said == ("no" if whole or beyond else "not_said")


def test_the_tables_are_read_as_they_stand(made_up_package, made_up):
    of = made_up_package.values_by_county

    (told,) = of(made_up["membership"])["130722"]
    assert told.value is True
    assert (told.published_adcode, told.published_name) == ("130722", "张北县")
    assert (told.source, told.section, told.confidence) == (
        ("S00",),
        "一(一)",
        "stated",
    )
    assert [v.value for v in of(made_up["category"])["130724"]] == ["middle"]
    assert [v.value for v in of(made_up["number"])["130102"]] == [12.5]
    assert [v.value for v in of(made_up["date"])["130725"]] == [Span("2013-02", "2014")]
    pairs = of(made_up["relation"])["130722"]
    assert [(v.value, v.listed, v.dated_zh, v.dated_en) for v in pairs] == [
        ("110000", True, "2019年", "2019"),
        ("120000", True, "2019年", "2019"),
    ]
