"""Two censuses: what is carried over to counties of today, and what prefectures total.

The totals in ``census/`` are those of the source, of prefectures and province alone;
its column of those aged 15 and over is the long form's.
"""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.language import speaker
from layers.facts.changes import (
    Change,
    change_text,
    changes,
    known,
    parted,
    reason,
    uncertain,
)
from layers.facts.figures import as_fine, put_together
from layers.facts.package import examine
from layers.facts.variables import in_series
from layers.select.contrast import contrast
from layers.select.totals import totals

FOLDER = Path(__file__).parent / "census"
OTHER_NAME = {"population_15_over_sample": "population_15_over"}
SLIP = ("employed_farming_sample_2010", "130000")
"""The source's figure of the province is 2,006; its prefectures come to 2,390,479."""

MOVED = {
    # Units of 2010 whose territory is no county's of today, by what became of them.
    *("130102", "130104", "130207", "130209", "130302", "130304", "130306"),
    *("130402", "130403", "130404", "130408", "130427", "130502", "130503"),
    *("130702", "130703", "130705"),
    # Towns that went to a neighbour while both stayed what they are.
    *("130202", "130203", "130208", "130224", "130582"),
}
UNDER_ZONES = {
    # A zone counted apart in 2020 took people of 2010 from them, as lists of townships
    # of both times say; counties of MOVED left out.
    *("130108", "130109", "130111", "130225", "130303", "130322", "130602", "130607"),
    *("130684", "130722", "130724", "130802", "130902", "130983", "131003", "131102"),
    "131103",
}
RUN_BY_ANOTHER = {
    # Townships run by another county since 2018, which counted them in 2020; they are
    # drawn where they were, as 2010 counts them.
    *("130628", "130632", "130638", "130982"),
}


def published() -> dict[tuple[str, str], float]:
    found = {}
    for year in ("2010", "2020"):
        with (FOLDER / f"totals_{year}.csv").open(encoding="utf-8") as file:
            for row in csv.DictReader(file):
                for column, text in row.items():
                    if column not in {"code", "published_name", "level"} and text:
                        found[f"{column}_{year}", row["code"]] = float(text)
    return found


PUBLISHED = published()


def name_there(variable):
    series, _, year = variable.id.rpartition("_")
    return f"{OTHER_NAME.get(series, series)}_{year}"


def numbers(package, aggregate):
    return [v for v in package.variables.values() if v.aggregate == aggregate]


def test_twenty_six_series_of_two_censuses(package):
    series = in_series(v for v in package.variables.values() if v.series)

    assert len(series) == 26
    assert sorted({len(own) for own in series.values()}) == [1, 2]
    assert sum(map(len, series.values())) == 51
    for own in series.values():
        assert [v.period for v in own] == ["2020-11-01", "2010-11-01"][: len(own)]


def test_every_prefecture_and_the_province_is_what_is_shown_to_the_person(
    package, counties
):
    checked = 0
    for variable in numbers(package, "sum"):
        for total in totals(package, variable):
            own = counties[variable.id]
            if total.adcode != package.divisions.province.adcode:
                own = own[counties["prefecture_adcode"] == total.adcode]
                own = own.drop([*total.left_out])
            shown = own.sum() + sum(figure.number for figure in total.beside)
            assert total.number == shown
            if (variable.id, total.adcode) != SLIP and not total.left_out:
                expected = PUBLISHED[name_there(variable), total.adcode]
                assert shown == expected, (variable.id, total.adcode)
                checked += 1

    assert checked == 12 * (18 + 17) - 1


def test_the_mean_of_counties_zones_and_former_units_is_near_the_published_one(package):
    # Published to two decimals; floor area has its own weights in the source.
    for variable in numbers(package, "mean"):
        near = 0.2 if variable.series == "floor_area" else 0.05
        weights = known(package, package.variables[variable.denominator])
        values = known(package, variable)
        beside = {f.code: f.number for f in package.beside(variable.id)}
        apart = {f.code: f.number for f in package.beside(variable.denominator)}
        total = put_together(
            variable,
            [*values.values(), *beside.values()],
            [*map(weights.get, values), *map(apart.get, beside)],
        )
        assert total == pytest.approx(
            PUBLISHED[name_there(variable), "130000"], abs=near
        )


def test_a_rate_of_a_prefecture_is_the_published_one(package):
    for variable in numbers(package, "mean"):
        for total in totals(package, variable):
            if not total.left_out:  # of those the source publishes nothing
                assert total.number == PUBLISHED[name_there(variable), total.adcode]


def test_where_ground_moved_there_is_no_number_of_2010(package, counties):
    for variable in package.variables.values():
        if variable.since.startswith("2010"):
            empty = counties.index[counties[variable.id].isna()]
            assert set(empty) == MOVED
        elif variable.kind == "number":
            assert counties[variable.id].notna().all()


def test_two_districts_that_were_united_are_added_up(package):
    (people,) = package.values_by_county("population_2010")["130606"]
    (elders,) = package.values_by_county("age_65_share_2010")["130606"]

    assert people.value == 387339 + 287784
    assert people.published_name == "北市区、南市区"
    assert people.detail_zh == "由以下相加：北市区 387,339、南市区 287,784"
    assert people.detail_en == (
        "sum of: Beishi District 北市区 387,339, Nanshi District 南市区 287,784"
    )
    assert people.confidence == "derived"
    weighted = (387339 * 6.96 + 287784 * 7.41) / (387339 + 287784)
    assert elders.value == round(weighted, 2)


def test_a_change_is_told_only_of_the_same_ground(package):
    later, earlier = (package.variables[f"population_{year}"] for year in (2020, 2010))
    found = changes(package, earlier, later)
    since, until = earlier.since, later.since

    assert (MOVED | RUN_BY_ANOTHER).isdisjoint(found)
    assert "130606" in found
    assert parted(package, earlier, later) - MOVED == UNDER_ZONES
    assert set(found).isdisjoint(parted(package, earlier, later))
    say = speaker("en")
    for adcode in package.divisions.of_level("county"):
        why = reason(package, earlier, later, adcode, say)
        assert bool(why) == (adcode not in found)
        moved = package.divisions.territory_changes(adcode, since, until)
        merged = package.divisions.merged_since(adcode, since)
        # An oracle that does not know of units that can be added up.
        if len(moved) > len(merged):
            assert adcode not in found


def test_zones_without_a_known_county_are_named_beside_a_change(package):
    later, earlier = (package.variables[f"population_{year}"] for year in (2020, 2010))

    zones = uncertain(package, earlier, later, "130900")
    assert {zone.name for zone in zones} == {"沧州高新技术产业开发区"}
    for placed in ("130100", "130700"):
        assert uncertain(package, earlier, later, placed) == ()


def test_a_sample_tells_of_shares_and_not_of_size(package):
    later, earlier = (
        package.variables[f"tap_water_sample_{year}"] for year in (2020, 2010)
    )
    assert later.sample
    change = changes(package, earlier, later)["130725"]

    text = change_text(later, change, "en")

    assert "percentage points" in text
    assert "→" in text
    assert not text.startswith(("+", "−"))


@pytest.mark.parametrize(
    ("before", "after", "points"),
    [(0.4004, 0.4001, "0.0"), (0.4001, 0.4004, "0.0"), (0.4, 0.41, "+1.0")],
)
def test_what_rounds_to_nought_has_no_sign(package, before, after, points):
    sample = package.variables["tap_water_sample_2020"]
    change = Change(before=40, after=40, part_before=before, part_after=after)

    assert f"({points} percentage points)" in change_text(sample, change, "en")


def test_what_is_not_known_of_all_is_not_called_complete(package):
    counties = {*package.divisions.of_level("county")}
    for variable in package.variables.values():
        if variable.kind not in {"date", "number"}:
            continue
        among = package.members(variable.among) if variable.among else counties
        values = package.values_by_county(variable.id)
        known = {a for a, own in values.items() if any(v.is_known for v in own)}
        fitting = "complete" if known >= among else "partial"
        assert variable.completeness == fitting, variable.id


def test_changes_of_two_series_are_no_change(package):
    people, homes = (
        package.variables["population_2020"],
        package.variables["households_2010"],
    )
    with pytest.raises(ValueError, match="not of one series"):
        changes(package, homes, people)


def test_poor_counties_beside_the_others(package, counties):
    poor = package.members("poor_county")
    others = [a for a in counties.index if a not in poor]

    found = contrast(package, counties, [sorted(poor), others])

    inside, outside = found["population"]
    assert inside.summaries[0].number + outside.summaries[0].number == 71631306
    table = counties.loc[sorted(poor)]
    share = table["population_urban_2020"].sum() / table["population_2020"].sum()
    assert found["population_urban"][0].summaries[0].share == pytest.approx(
        float(share)
    )
    assert inside.compared == 59
    assert outside.compared == 65
    # Both times the same counties: a county that has no number of 2010 is in neither,
    # nor one that a zone was counted with only once.
    same = table["population_2010"].notna() & ~table.index.isin(UNDER_ZONES)
    assert inside.change is not None
    assert inside.change.after == table.loc[same, "population_2020"].sum()


@given(
    st.lists(st.tuples(st.floats(0, 100), st.floats(1, 1e6)), min_size=1, max_size=20)
)
def test_a_mean_lies_between_its_parts(package, pairs):
    variable = package.variables["age_65_share_2020"]
    rates, weights = zip(*pairs, strict=True)

    mean = put_together(variable, rates, weights)

    assert mean is not None
    assert min(rates) - 1e-9 <= mean <= max(rates) + 1e-9


@given(st.lists(st.integers(0, 9999).map(lambda n: n / 100), min_size=1))
def test_no_more_decimals_than_there_were(parts):
    assert as_fine(sum(parts) / len(parts), parts) == pytest.approx(
        sum(parts) / len(parts), abs=0.5
    )
    assert round(as_fine(1 / 3, parts), 2) == as_fine(1 / 3, parts)


@pytest.mark.parametrize(
    ("row", "column", "value", "says"),
    [
        # The prefecture's total is smaller than its counties.
        (("population_2020", "130700"), "value", "4000000", "come to 4118908"),
        # A county's number is not in the total.
        (("population_2020", "130722"), "value", "1", "come to"),
        (
            ("population_2020", "130772"),
            "published_name",
            "察北",
            "no zone of this code",
        ),
    ],
)
def test_a_total_that_is_not_its_parts_is_refused(spoiled, row, column, value, says):
    copy = spoiled()
    variable, code = row
    line = copy.line("numbers.csv", variable=variable, published_adcode=code)
    copy.set_cell("numbers.csv", line, column, value)

    _, problems = examine(copy.directory)

    assert any(p.table == "numbers.csv" and says in p.say("en") for p in problems), (
        problems
    )


@pytest.mark.parametrize(
    ("column", "value", "says"),
    [
        ("unit", "户", "not measured as"),
        ("period", "2020-11-01", "of the same time"),
    ],
)
def test_a_series_is_of_one_measure_and_several_times(spoiled, column, value, says):
    copy = spoiled()
    line = copy.line("variables.csv", id="illiterate_2010")
    copy.set_cell("variables.csv", line, column, value)

    _, problems = examine(copy.directory)

    assert any(p.column == "series" and says in p.say("en") for p in problems), problems


def test_two_numbers_of_one_county_are_refused_unless_units_were_merged(spoiled):
    copy = spoiled()
    copy.append_row(
        "numbers.csv",
        variable="population_2010",
        level="county",
        published_adcode="130709",  # which was 130733 崇礼县, and is there already
        published_name="崇礼区",
        value="1",
        source="S92",
        section="分县资料",
        confidence="stated",
    )

    _, problems = examine(copy.directory)

    assert any("already names this county" in p.say("en") for p in problems), problems


def test_poverty_figures_are_evidence_of_four_counties_and_no_column(package, counties):
    table = package.tables["evidence"]
    own = table[table["variable"] == "poor_county"]

    assert set(own["published_adcode"]) == {"130624", "130722", "130723", "130732"}
    assert len(own) == 15
    assert package.reported("poor_county") == frozenset()
    assert not any("incidence" in column for column in counties.columns)
