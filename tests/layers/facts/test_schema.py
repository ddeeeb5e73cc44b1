"""A table is checked as its descriptor says, and every fault has its place."""

import json
import re

import frictionless
import pandas as pd
import pytest

from geo.folders import attributes_folder
from layers.facts.schema import (
    DESCRIPTOR,
    Field,
    ForeignKey,
    Table,
    check_references,
    check_table,
    read_descriptor,
    typed,
)

DIRECTORY = attributes_folder()

TABLES = read_descriptor(DIRECTORY)

each_table = pytest.mark.parametrize("table", TABLES.values(), ids=TABLES.keys())


def field(name: str, type_: str = "string", **constraints) -> Field:
    return Field(
        name=name, type=type_, title=f"Title of {name}", **{"labels": {}, **constraints}
    )


TOWNS = Table(
    name="towns",
    path="towns.csv",
    title="Towns",
    description="Made up.",
    fields=(
        field("code", required=True, unique=True, pattern=r"^\d{3}$"),
        field("kind", labels={"old": "old town", "new": "new town"}),
        field("people", "integer", minimum=1),
        field("area", "number", minimum=0),
        field("note"),
    ),
    primary_key=("code",),
    foreign_keys=(
        ForeignKey(field="kind", table="kinds", target="id"),
        ForeignKey(field="note", table="notes", target="id", delimiter=";"),
    ),
)
GOOD = ("101", "old", "5", "2.5", "")


def towns(*rows: tuple[str, ...], first_line: int = 2) -> pd.DataFrame:
    lines = range(first_line, first_line + len(rows))
    return pd.DataFrame(list(rows), columns=list(TOWNS.columns), index=lines)


def faults(problems) -> list[tuple[int | None, str | None, str | None, str]]:
    return [(p.row, p.column, p.value, p.rule) for p in problems]


def test_a_sound_table_has_no_problems():
    assert check_table(TOWNS, towns(GOOD, ("102", "", "", "", ""))) == []


EMPTY = "the cell is empty but must not be."
INTEGER = "this is not a whole number."
NUMBER = "this is not a number."
SMALL = "the number is too small."
FORM = "the value does not have the form of “{title}”."
ENUM = "the value is not one of those allowed."

CELLS = {
    "empty but required": ("code", "", EMPTY, "Fill it in: Title of code."),
    "form": ("code", "1O1", FORM, r"The form is ^\d{3}$;"),
    "form with something before": ("code", "x101", FORM, "The form is"),
    "form with something after": ("code", "101 县", FORM, "The form is"),
    "form in full-width digits": ("code", "１０１", FORM, "full-width characters"),
    "form in Arabic digits": ("code", "١٠١", FORM, "The form is"),
    "not allowed": ("kind", "Old", ENUM, "Use one of: old, new."),
    "integer with unit": ("people", "5人", INTEGER, "without unit or separators."),
    "integer with comma": ("people", "5,000", INTEGER, "Write digits only"),
    "integer with a point": ("people", "5.0", INTEGER, "Write digits only"),
    "integer in words": ("people", "五", INTEGER, "Write digits only"),
    "integer in full-width digits": ("people", "５", INTEGER, "Write digits only"),
    "integer with two signs": ("people", "--5", INTEGER, "Write digits only"),
    "integer beyond any column": ("people", "9" * 30, INTEGER, "Write digits only"),
    "integer too small": ("people", "-1", SMALL, "The least possible value is 1."),
    "zero where one is least": ("people", "0", SMALL, "The least possible value is 1."),
    "number with unit": ("area", "2.5km²", NUMBER, "Write digits and at most one"),
    "number that is not one": ("area", "nan", NUMBER, "Write digits"),
    "number beyond all": ("area", "inf", NUMBER, "Write digits"),
    "number with exponent": ("area", "1e5", NUMBER, "Write digits"),
    "number with underscore": ("area", "1_000", NUMBER, "Write digits"),
    "number in full-width digits": ("area", "２.５", NUMBER, "Write digits"),
    "number with two points": ("area", "1.2.3", NUMBER, "Write digits"),
    "number with two signs": ("area", "--5", NUMBER, "Write digits"),
    "number too small": ("area", "-0.1", SMALL, "The least possible value is 0."),
}


@pytest.mark.parametrize(
    ("column", "value", "rule", "remedy"), CELLS.values(), ids=CELLS.keys()
)
def test_a_wrong_cell_is_found_in_its_line_and_column(column, value, rule, remedy):
    frame = towns(GOOD, ("102", "new", "7", "1", ""), first_line=8)
    frame.loc[9, column] = value

    problems = check_table(TOWNS, frame)

    assert faults(problems) == [(9, column, value or None, rule)]
    assert problems[0].table == "towns.csv"
    assert remedy in problems[0].say("en")


def test_the_least_value_itself_is_allowed():
    assert check_table(TOWNS, towns(("101", "old", "1", "0", ""))) == []


def test_every_fault_of_a_table_is_found_in_order_of_line():
    frame = towns(("1", "x", "", "", ""), GOOD, ("103", "", "many", "much", ""))

    problems = check_table(TOWNS, frame)

    assert [(p.row, p.column) for p in problems] == [
        (2, "code"),
        (2, "kind"),
        (4, "area"),
        (4, "people"),
    ]


def test_a_key_may_stand_only_once():
    problems = check_table(TOWNS, towns(GOOD, ("102", "", "", "", ""), GOOD))

    assert faults(problems) == [
        (4, "code", "101", "the same key already stands in an earlier row.")
    ]


def test_a_key_of_several_columns_is_named_whole():
    table = Table(
        name="pairs",
        path="pairs.csv",
        title="",
        description="",
        fields=(field("city"), field("county")),
        primary_key=("city", "county"),
        foreign_keys=(),
    )
    frame = pd.DataFrame(
        [("a", "x"), ("a", "y"), ("b", "x"), ("a", "x")],
        columns=["city", "county"],
        index=[2, 3, 4, 5],
    )

    assert [(p.row, p.column, p.value) for p in check_table(table, frame)] == [
        (5, "city + county", "a + x")
    ]


def test_references_must_have_their_row_and_lists_are_looked_at_one_by_one():
    frame = towns(GOOD, ("102", "new", "", "", "N1;N9"), ("103", "", "", "", "N8"))
    others = {
        "kinds": pd.DataFrame({"id": ["old"]}),
        "notes": pd.DataFrame({"id": ["N1", "N2"]}),
    }

    problems = check_references(TOWNS, frame, others)

    assert [(p.row, p.column, p.value) for p in problems] == [
        (3, "kind", "new"),
        (3, "note", "N9"),
        (4, "note", "N8"),
    ]
    assert "notes.csv has no such id." in problems[1].say("en")


def test_checked_text_gets_its_types_and_blanks_become_missing():
    result = typed(TOWNS, towns(GOOD, ("102", "", "", "", "")))

    assert result["people"].tolist() == [5, pd.NA]
    assert result["area"].tolist() == [2.5, pd.NA]
    assert (str(result["people"].dtype), str(result["area"].dtype)) == (
        "Int64",
        "Float64",
    )
    assert result["code"].tolist() == ["101", "102"]
    assert result["kind"].tolist() == ["old", ""]


@each_table
def test_every_field_says_what_it_is(table):
    assert table.title
    assert table.description
    for column in table.fields:
        assert column.title, column.name
        assert column.type in {"string", "integer", "number"}, column.name


@each_table
def test_every_key_and_reference_names_what_exists(table):
    assert set(table.primary_key) <= set(table.columns)
    for key in table.foreign_keys:
        target = TABLES[key.table]
        assert key.field in table.columns
        assert target.primary_key == (key.target,) or target.field(key.target).unique


@each_table
def test_every_pattern_is_one_and_holds_the_whole_cell(table):
    for column in table.fields:
        if column.pattern is not None:
            re.compile(column.pattern)
            assert column.pattern.startswith("^"), column.name
            assert column.pattern.endswith("$"), column.name


WORDS = {"sources", "groups", "series", "units", "classes", "place_kinds"}


@pytest.mark.parametrize(
    "table",
    # Sources have no source but themselves; headings, units, classes and kinds of place
    # are words of ours.
    [t for t in TABLES.values() if t.name not in WORDS],
    ids=lambda table: table.name,
)
def test_every_table_of_facts_demands_source_section_and_confidence(table):
    references = {(key.field, key.table) for key in table.foreign_keys}

    assert table.field("source").required
    assert ("source", "sources") in references
    assert table.field("section").required
    assert table.field("confidence").required


def test_codes_are_text_everywhere():
    codes = [
        (table.name, column.name, column.type)
        for table in TABLES.values()
        for column in table.fields
        if column.name.endswith(("adcode", "adcodes"))
    ]

    assert codes
    assert {type_ for _, _, type_ in codes} == {"string"}


def test_every_table_of_the_folder_that_is_described_exists_and_no_two_are_one():
    paths = [table.path for table in TABLES.values()]

    assert sorted(set(paths)) == sorted(paths)
    assert [path for path in paths if not (DIRECTORY / path).is_file()] == []


def test_allowed_values_and_their_labels_are_the_same_set():
    descriptor = json.loads((DIRECTORY / DESCRIPTOR).read_text("utf-8"))
    differing = [
        (resource["name"], entry["name"])
        for resource in descriptor["resources"]
        for entry in resource["schema"]["fields"]
        if [c["value"] for c in entry.get("categories", [])]
        != entry.get("constraints", {}).get("enum", [])
    ]

    assert differing == []


def test_the_descriptor_is_one_that_another_implementation_reads():
    package = frictionless.Package(str(DIRECTORY / DESCRIPTOR))

    assert [resource.name for resource in package.resources] == list(TABLES)
    for resource in package.resources:
        assert tuple(resource.schema.field_names) == TABLES[resource.name].columns
