"""Several counties together: counts add up, means are weighted, gaps are counted."""

import numpy as np
import pandas as pd
import pytest

from layers.select.selection import Selection
from layers.select.summaries import Summary, summarise, summary_text

ZHANGBEI, KANGBAO, GUYUAN, CHANGAN = "130722", "130723", "130724", "130102"
FOUR = [ZHANGBEI, KANGBAO, GUYUAN, CHANGAN]


@pytest.fixture(scope="module")
def sum_up(made_up_package, made_up_counties):
    """Sums up the variable of an id, also said in English."""

    def summed(identifier, adcodes):
        variable = made_up_package.variables[identifier]
        found = summarise(made_up_package, variable, made_up_counties, adcodes)
        return found, summary_text(made_up_package, variable, found, "en")

    return summed


def test_standings_of_a_programme_add_up_to_the_counties(
    made_up_package, made_up_counties
):
    everywhere = list(made_up_counties.index)
    for programme in made_up_package.programmes.values():
        found = summarise(made_up_package, programme, made_up_counties, everywhere)
        reported = made_up_package.reported(programme.id)
        members = made_up_package.members(programme.id)
        rest = len(everywhere) - len(members) - len(reported)
        beyond = sum(
            made_up_package.is_beyond(programme.id, a) for a in {*everywhere} - members
        )
        expected = {
            "yes": len(members),
            "no": rest if programme.is_whole else beyond,
            "not_said": 0 if programme.is_whole else rest - beyond,
            "reported": len(reported),
        }
        assert found.counts == {k: n for k, n in expected.items() if n}
        assert found.missing == 0


def test_a_county_with_two_partners_counts_under_both(sum_up, made_up):
    found, text = sum_up(made_up["relation"], [ZHANGBEI, KANGBAO, GUYUAN])

    assert found == Summary(
        variable=made_up["relation"], counts={"110000": 1, "120000": 2}, missing=1
    )
    assert text == "Beijing: 1, Tianjin: 2"


def test_partners_come_in_the_order_of_the_registry_the_others_behind(
    package, counties
):
    variable = package.variables["partner"]
    poor = list(Selection(all_of=("poor_county",)).apply(counties))
    found = summarise(package, variable, counties, poor)
    cells = counties.loc[poor, "partner_adcode"].str.split(";").explode()

    assert found.counts == cells[cells != ""].value_counts().to_dict()
    known = [c.value for c in variable.classes]
    assert [c for c in found.counts if c in known] == known
    assert [*found.counts][: len(known)] == known


def test_classes_come_in_their_order_without_those_that_nobody_has(sum_up, made_up):
    found, text = sum_up(made_up["category"], [ZHANGBEI, KANGBAO, CHANGAN, "130104"])

    assert list(found.counts.items()) == [("low", 1), ("high", 2)]
    assert found.missing == 1
    assert text == "made-up low: 1, made-up high: 2"


def test_years_come_in_their_order_and_spans_are_missing(sum_up, made_up):
    # Shangyi has a span, which is no year.
    found, text = sum_up(made_up["date"], [KANGBAO, CHANGAN, ZHANGBEI, "130725"])

    assert list(found.counts.items()) == [("2001", 1), ("2009", 1), ("2011", 1)]
    assert found.missing == 1
    assert text == "2001: 1, 2009: 1, 2011: 1"


def test_a_rate_is_a_mean_weighted_by_its_denominator(
    sum_up, made_up, made_up_counties
):
    found, text = sum_up(made_up["number"], [*FOUR, "130104", "130105"])
    own = made_up_counties.loc[FOUR]
    rates = own[made_up["number"]].to_numpy(float)
    mean = np.average(rates, weights=own["population_2020"].to_numpy(float))

    # As fine as the rates, which have two decimals.
    assert found.number == round(mean, 2)
    assert (found.least, found.most, found.missing) == (0, 40, 2)
    assert found.median == round(np.median(rates), 2) == 22.88
    assert not found.counts
    assert text.startswith("mean ")
    for part in ("median 22.88", "0 per cent", "40 per cent", "2 without a value"):
        assert part in text


def test_a_county_without_denominator_has_no_weight(made_up_package, made_up_counties):
    table = made_up_counties.copy()
    variable = made_up_package.variables["made_up_rate"]
    table.loc[ZHANGBEI, "population_2020"] = pd.NA
    found = summarise(made_up_package, variable, table, FOUR)
    rest = table.loc[FOUR[1:]]
    weights = rest["population_2020"].to_numpy(float)

    mean = np.average(rest["made_up_rate"].to_numpy(float), weights=weights)
    assert found.number == round(mean, 2)
    assert (found.most, found.missing) == (40, 0)

    table.loc[FOUR, "population_2020"] = pd.NA
    found = summarise(made_up_package, variable, table, FOUR)
    assert found.number is None
    assert found.median == 22.88
    assert "mean" not in summary_text(made_up_package, variable, found, "en")


def test_an_amount_is_a_sum(package, counties):
    variable = package.variables["population_2020"]
    some = list(counties.index[:7])
    found = summarise(package, variable, counties, some)
    own = counties.loc[some, "population_2020"]
    text = summary_text(package, variable, found, "en")

    assert found.number == own.sum()
    assert (found.least, found.most) == (own.min(), own.max())
    assert (found.median, found.missing) == (own.median(), own.isna().sum())
    assert text.startswith("sum ")
    assert "without" not in text


def test_where_nothing_is_known_nothing_is_said(sum_up, made_up):
    for kind in ("category", "number", "date", "relation"):
        found, text = sum_up(made_up[kind], ["130127", "130128"])
        assert found == Summary(variable=made_up[kind], counts={}, missing=2)
        assert text == "–"
