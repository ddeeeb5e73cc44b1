"""What rests on which source, how counties left the list, and what is not known."""

import csv
from pathlib import Path

import pytest

from layers.facts import inventory, report

ATTRIBUTES = Path(__file__).parents[3] / "data" / "attributes"


def rows(table: str) -> list[dict[str, str]]:
    with (ATTRIBUTES / f"{table}.csv").open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


@pytest.fixture(scope="module")
def citations(package):
    return inventory.citations(package)


def test_every_source_is_listed_used_or_not(citations):
    ids = [cited.source.id for cited in citations]
    used = {c.source.id for c in citations if c.rows}
    cited = {
        source
        for path in ATTRIBUTES.glob("*.csv")
        for row in rows(path.stem)
        for source in (row.get("source") or "").split(";")
    } - {""}

    assert ids == [row["id"] for row in rows("sources")]
    assert used == cited
    assert set(ids) == used, "a source on which nothing rests is no source"


def test_citations_count_the_rows_of_each_table(citations):
    for cited in citations:
        for table, n in cited.rows.items():
            found = [
                row
                for row in rows(table)
                if cited.source.id in row["source"].split(";")
            ]
            assert len(found) == n


def test_citations_add_up_to_the_report(package, citations):
    total = {use.id: use.rows for use in report.source_uses(package)}

    assert {c.source.id: sum(c.rows.values()) for c in citations} == total


def test_the_plan_carries_every_programme_that_it_states(package, citations):
    plan = next(c for c in citations if c.source.id == "S00")
    expected = [p.id for p in package.programmes.values() if "S00" in p.source]

    assert list(plan.programmes) == expected


def test_the_rounds_of_exit(package):
    rounds = inventory.exit_rounds(package)

    assert [(r.assessed_year, r.approved, len(r.adcodes)) for r in rounds] == [
        (2016, "2017-11", 3),
        (2017, "2018-09", 11),
        (2018, "2019-05", 18),
        (2019, "2020-02", 13),
    ]
    counties = [adcode for r in rounds for adcode in r.adcodes]
    assert len(counties) == len(set(counties)) == 45


def test_rounds_and_other_exits_are_all_exits(package):
    rounds = inventory.exit_rounds(package)
    others = inventory.other_exits(package)

    assert sum(len(r.adcodes) for r in rounds) + len(others) == len(rows("exits"))
    assert sum(row["unit"] == "county" for row in others) == 17
    assert {row["level"] for row in others if row["unit"] == "county"} == {"provincial"}


def test_an_inferred_date_is_not_a_known_one(package):
    for row in inventory.other_exits(package):
        if row["confidence"] in {"inferred", "eliminated"}:
            assert not inventory.is_dated(row)


def test_outside_evidence_is_what_the_plan_does_not_state(package):
    found = inventory.outside_evidence(package)
    expected = [r["id"] for r in rows("evidence") if r["confidence"] != "stated"]

    assert [row["id"] for part in found.values() for row in part] == expected


def test_the_counties_without_a_known_partner_district(package):
    found = inventory.without_partner_district(package)
    names = {
        city: {package.divisions[adcode].name for adcode in adcodes}
        for city, adcodes in found.items()
    }

    assert names == {"110000": {"张北县", "怀来县", "顺平县", "易县", "唐县"}}
