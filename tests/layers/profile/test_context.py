"""A county beside others, against a second reading of the published rows alone."""

import csv
from functools import cache

import pytest

from geo.folders import attributes_folder
from geo.language import LANGUAGES, speaker
from layers.profile.context import blocks, peers_of
from tests import real

TRIED = ("130731", "130133", "130629", "130709", "130434", "130284")


@cache
def published():
    """Number by variable, level and code, as the table has it."""
    path = attributes_folder() / "numbers.csv"
    with path.open(encoding="utf-8", newline="") as source:
        return {
            (row["variable"], row["level"], row["published_adcode"]): float(
                row["value"]
            )
            for row in csv.DictReader(source)
        }


def number(variable, level, code):
    """What is compared: the figure, of a count its part of the published whole."""
    own = published().get((variable.id, level, code))
    if own is None or variable.aggregate != "sum":
        return own
    return own / published()[variable.denominator, level, code]


def weighted(variable, codes):
    """The same over some counties, put together row by row."""
    whole = sum(published()[variable.denominator, "county", code] for code in codes)
    if variable.aggregate == "sum":
        return sum(published()[variable.id, "county", c] for c in codes) / whole
    return (
        sum(
            published()[variable.id, "county", c]
            * published()[variable.denominator, "county", c]
            for c in codes
        )
        / whole
    )


@cache
def shown(adcode, language="zh"):
    return blocks(real.package(), real.counties(), adcode, speaker(language))


def indicators(adcode):
    return [one for block in shown(adcode) for one in block.indicators]


@pytest.mark.parametrize("adcode", TRIED)
def test_every_mark_is_what_the_rows_say(adcode):
    divisions = real.package().divisions
    peers = [code for code in real.package().members("poor_county") if code != adcode]
    assert len(indicators(adcode)) > 10
    for one in indicators(adcode):
        wanted = {
            "county": number(one.variable, "county", adcode),
            "peers": weighted(one.variable, peers),
            "prefecture": number(one.variable, "prefecture", divisions[adcode].parent),
            "province": number(one.variable, "province", divisions.province.adcode),
        }
        for who, value in wanted.items():
            # Averages are rounded to the decimals of what they are made of.
            assert one.mark(who).number == pytest.approx(value, abs=0.006), (
                one.variable.id,
                who,
            )


def column(variable):
    """The same of all counties, from the county table."""
    table = real.counties()
    own = table[variable.id].astype("float64")
    if variable.aggregate == "sum":
        own = own / table[variable.denominator].astype("float64")
    return own.dropna()


def test_a_place_on_the_line_is_that_among_all_counties():
    poor = real.package().members("poor_county") - {"130731"}
    for one in indicators("130731"):
        times = [column(v) for v in (one.variable, one.earlier) if v]
        low, high = min(t.min() for t in times), max(t.max() for t in times)
        assert (one.least, one.most) == pytest.approx((low, high))
        own = one.mark("county").number
        assert one.place(own) == pytest.approx((own - low) / (high - low))
        assert (one.place(low), one.place(high)) == (0, 1)
        last = times[0]
        assert sorted(one.peers) == pytest.approx(sorted(last[last.index.isin(poor)]))
        before = one.mark("before")
        if before:
            assert before.number == pytest.approx(times[1]["130731"])


def test_both_times_are_joined_only_on_the_same_ground():
    package = real.package()
    seen = set()
    for adcode in real.counties().index:
        for one in indicators(adcode):
            if one.earlier is None:
                assert not one.is_joined
                continue
            moved = package.divisions.moved_since(adcode, one.earlier.since)
            if moved:
                assert not one.is_joined
                is_drawn_so = {t.boundary for t in moved} == {"stayed"}
                assert (one.mark("before") is not None) == is_drawn_so
                assert one.notes
            seen.add((bool(moved), one.is_joined))
    assert (True, False) in seen
    assert (False, True) in seen


def test_of_two_counts_that_make_up_a_whole_one_is_enough():
    names = [one.variable.id for one in indicators("130731")]
    assert "population_urban_2020" in names
    assert "population_rural_2020" not in names
    # What may not be compared between a large county and a small one is not.
    assert "population_2020" not in names


def test_a_county_is_not_its_own_peer():
    for adcode, n in (("130731", 61), ("130133", 62)):
        assert len(peers_of(real.package())) == 62
        for one in indicators(adcode):
            assert len(one.peers) == n


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_marks_stand_for_is_said_in_words(language):
    (block,) = shown("130731", language)
    assert [*block.terms] == ["county", "before", "peers", "prefecture", "province"]
    assert len({*block.terms.values()}) == 5
    assert "2020" in block.terms["county"]
    assert "2010" in block.terms["before"]
