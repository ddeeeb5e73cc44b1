"""What rests on which source, how counties left the list, and what is not known."""

import csv
from pathlib import Path

import pytest

from layers.facts import inventory, report
from layers.facts.package import load

ATTRIBUTES = Path(__file__).parents[3] / "data" / "attributes"


def rows(table: str) -> list[dict[str, str]]:
    with (ATTRIBUTES / f"{table}.csv").open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


@pytest.fixture(scope="module")
def citations(package):
    return inventory.citations(package)


CITING = ("source", "code_source", "coordinate_source")
"""Columns that name sources: of a value, and of a code or a point beside it."""


def sources_of(row: dict[str, str]) -> set[str]:
    cells = (row.get(column, "") for column in CITING)
    return {source for cell in cells for source in cell.split(";")} - {""}


def test_every_source_is_listed_used_or_not(citations):
    ids = [cited.source.id for cited in citations]
    used = {c.source.id for c in citations if c.rows}
    cited = {
        source
        for path in ATTRIBUTES.glob("*.csv")
        for row in rows(path.stem)
        for source in sources_of(row)
    }

    assert ids == [row["id"] for row in rows("sources")]
    assert used == cited
    assert set(ids) == used, "a source on which nothing rests is no source"


def test_citations_count_the_rows_of_each_table(citations):
    for cited in citations:
        for table, n in cited.rows.items():
            # A row may cite one source for its value and another for its code.
            found = [
                source
                for row in rows(table)
                for column in CITING
                for source in row.get(column, "").split(";")
            ]
            assert found.count(cited.source.id) == n


def test_citations_add_up_to_the_report(package, citations):
    total = {use.id: use.rows for use in report.source_uses(package)}

    assert {c.source.id: sum(c.rows.values()) for c in citations} == total


def test_the_plan_carries_every_programme_that_it_states(package, citations):
    plan = next(c for c in citations if c.source.id == "S00")
    expected = {v.id for v in package.variables.values() if "S00" in v.source}

    assert expected <= set(plan.variables)
    assert [v for v in package.variables if v in plan.variables] == [*plan.variables]


def test_counties_by_the_date_of_their_exit(package):
    found = inventory.dated(package, package.variables["exit_approved_year"])

    assert [(dated.date, len(dated.adcodes)) for dated in found] == [
        ("2017-11", 3),
        ("2018-09", 10),
        ("2018-09-29", 2),
        ("2019-05", 18),
        ("2020-02-29", 13),
    ]
    counties = [adcode for dated in found for adcode in dated.adcodes]
    assert len(counties) == len(set(counties)) == 46


@pytest.mark.parametrize("variable", ["exit_approved_year", "exit_assessed_year"])
def test_dated_and_undated_are_all_rows_of_a_date(package, variable):
    known = inventory.dated(package, package.variables[variable])
    others = inventory.undated(package, package.variables[variable])
    own = [row for row in rows("dates") if row["variable"] == variable]

    assert sum(len(one.adcodes) for one in known) + len(others) == len(own)
    for value in others:
        assert value.of_part or value.confidence in {"inferred", "eliminated"}


@pytest.mark.parametrize("variable", ["exit_approved_year", "exit_assessed_year"])
def test_of_every_poor_county_something_is_known_of_its_exit(package, variable):
    assert inventory.without_value(package, package.variables[variable]) == ()


def test_counties_without_a_date_are_told(spoiled):
    copy = spoiled()
    for variable in ("exit_approved_year", "exit_assessed_year"):
        row = {"variable": variable, "published_name": "献县"}
        copy.remove_row("dates.csv", copy.line("dates.csv", **row))
        copy.set_cell(
            "variables.csv",
            copy.line("variables.csv", id=variable),
            "named_count",
            "61",
        )
        copy.set_cell(
            "variables.csv",
            copy.line("variables.csv", id=variable),
            "completeness",
            "incomplete",
        )
    package = load(copy.directory)

    found = inventory.without_value(package, package.variables["exit_assessed_year"])
    assert found == ("130929",)


def test_outside_evidence_is_what_the_plan_does_not_state(package):
    found = inventory.outside_evidence(package)
    expected = [r["id"] for r in rows("evidence") if r["confidence"] != "stated"]

    assert [row["id"] for part in found.values() for row in part] == expected


def test_the_counties_without_a_known_partner_district(package):
    found = inventory.without_partner_district(package, package.variables["partner"])
    names = {
        city: {package.divisions[adcode].name for adcode in adcodes}
        for city, adcodes in found.items()
    }

    assert names == {"110000": {"张北县", "怀来县", "顺平县", "易县", "唐县"}}
