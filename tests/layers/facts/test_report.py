"""The report counts what the tables hold, by another way than the code does."""

import csv
import json
import re
from collections import Counter
from dataclasses import asdict

import pytest

from geo.folders import attributes_folder
from layers.facts import report
from layers.facts.descriptor_checks import descriptor_problems
from layers.facts.package import load
from layers.facts.schema import DESCRIPTOR, read_descriptor

DIRECTORY = attributes_folder()


def rows(file: str) -> list[dict[str, str]]:
    with (DIRECTORY / file).open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


@pytest.fixture(scope="module")
def found(package) -> report.Report:
    return report.build(package)


def test_every_table_is_counted_as_its_file_has_it(found):
    files = [table.path for table in read_descriptor(DIRECTORY).values()]

    assert {t.file: t.rows for t in found.tables} == {f: len(rows(f)) for f in files}


def test_programmes_have_the_counts_of_their_row_and_are_all_matched(found):
    listed = {
        row["id"]: row for row in rows("variables.csv") if row["kind"] == "membership"
    }

    assert [count.id for count in found.programmes] == [*listed]
    for count in found.programmes:
        row = listed[count.id]
        assert str(count.stated or "") == row["stated_count"]
        assert (count.derived is None) == (row["basis"] == "stated")
        assert (count.named is None) == (row["basis"] == "derived")
        assert count.completeness == row["completeness"]
        assert (
            count.matched == int(row["named_count"]) == (count.named or count.derived)
        )


def test_the_counts_of_the_plan_are_those_that_it_states(found):
    counts = {c.id: (c.stated, c.named, c.derived, c.matched) for c in found.programmes}

    assert counts["poor_county"] == (62, 62, None, 62)
    assert counts["relocation"] == (38, 10, None, 10)
    assert counts["contiguous_heilonggang"] == (36, None, 27, 27)
    assert counts["ethnic_autonomous_county"] == (None, None, 6, 6)


def test_a_source_counts_the_rows_of_all_tables_that_name_it(found):
    named: Counter[str] = Counter()
    for table in read_descriptor(DIRECTORY).values():
        columns = {"source", "code_source", "coordinate_source"} & {*table.columns}
        for row in rows(table.path) if columns else ():
            cited = {one for name in columns for one in row[name].split(";")}
            named.update(cited - {""})

    assert [s.id for s in found.sources] == [row["id"] for row in rows("sources.csv")]
    assert {s.id: s.rows for s in found.sources if s.rows} == named


def test_a_source_that_no_row_names_is_in_the_report_too(spoiled):
    copy = spoiled()
    row = dict.fromkeys(copy.rows("sources.csv")[2], "")
    row |= copy.rows("sources.csv")[2] | {"id": "S90", "title_en": "Nobody cites this"}
    copy.append_row("sources.csv", **row)

    last = report.build(load(copy.directory)).sources[-1]

    assert (last.id, last.rows, last.name("en")) == ("S90", 0, "Nobody cites this")


def test_counties_without_membership_are_those_in_no_programme(
    found, package, counties
):
    outside = counties.index[~counties[[*package.programmes]].any(axis=1)]

    assert [county.id for county in found.without_membership] == [*outside]
    assert found.counties == len(counties) == 167
    assert found.without_membership[0].name("zh") == counties.at[outside[0], "name"]


def test_evidence_beyond_the_plan_is_of_counties_that_it_does_not_name(found):
    relocation = next(e for e in found.evidence if e.id == "relocation")
    members = {
        row["published_adcode"]
        for row in rows("memberships.csv")
        if row["variable"] == "relocation"
    }
    reported = {
        row["published_adcode"]
        for row in rows("evidence.csv")
        if (row["scope"], row["variable"]) == ("county", "relocation")
    }

    assert (relocation.id, relocation.counted, relocation.named) == (
        "relocation",
        38,
        10,
    )
    assert {county.id for county in relocation.beyond} == reported - members
    assert len(relocation.beyond) == 7


def test_every_target_is_counted_once_by_section_and_once_by_sector(found):
    # What only describes, or sets a condition, is no target.
    aims = [row for row in rows("targets.csv") if row["nature"] == "target"]
    assert 0 < len(aims) < len(rows("targets.csv"))

    for counts in (found.targets_by_section, found.targets_by_sector):
        assert sum(count.targets for count in counts) == len(aims)
        values = [count.value for count in counts]
        assert len(values) == len(set(values))
    sectors = Counter(row["sector"] for row in aims)
    assert {c.value: c.targets for c in found.targets_by_sector} == sectors
    # A figure that several sections repeat stands where the plan says it first.
    assert all(
        re.fullmatch(r"[一二三四五六七八九十]+(\([一二三四五六七八九十]+\))?", c.value)
        for c in found.targets_by_section
    )


def test_the_report_names_its_edition(found, package):
    assert found.digest == package.digest
    assert found.boundary_vintage == "2024"


def test_the_report_is_fit_for_json(found):
    assert json.loads(json.dumps(asdict(found)))["counties"] == 167


# --- a descriptor that cannot be used -------------------------------------------------


def test_the_descriptor_of_the_project_has_no_fault():
    assert descriptor_problems(DIRECTORY) == []


def test_a_folder_without_descriptor_is_named(tmp_path):
    (problem,) = descriptor_problems(tmp_path)

    assert str(tmp_path) in problem.say("en")
    assert problem.table == DESCRIPTOR


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b"null", b"{}", b'{"resources": [{}]}', b"\xff\xfe{}"]
)
def test_a_damaged_descriptor_is_one_fault(tmp_path, content):
    (tmp_path / DESCRIPTOR).write_bytes(content)

    (problem,) = descriptor_problems(tmp_path)

    assert "does not describe tables" in problem.say("en")


def test_a_table_or_column_that_is_not_described_is_named(spoiled):
    copy = spoiled()
    descriptor = json.loads(copy.path(DESCRIPTOR).read_text("utf-8"))
    resources = {entry["name"]: entry for entry in descriptor["resources"]}
    descriptor["resources"].remove(resources["dates"])
    fields = resources["variables"]["schema"]["fields"]
    fields[:] = [field for field in fields if field["name"] != "colour"]
    copy.path(DESCRIPTOR).write_text(json.dumps(descriptor), "utf-8")

    problems = descriptor_problems(copy.directory)

    missing = {(problem.value, problem.column) for problem in problems}
    dates = read_descriptor(DIRECTORY)["dates"].columns
    assert missing == {("variables", "colour"), *(("dates", c) for c in dates)}
