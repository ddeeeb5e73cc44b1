"""What the attribute tables must look like, read from their own descriptor.

``data/attributes/datapackage.json`` (Data Package v2) is the one description of every
table, field, type, key and allowed value; the pandera schemas here are built from it,
so code and descriptor cannot differ. Checks collect every fault before anybody stops.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import pandera.pandas as pa

from geo.language import N_, Label
from geo.problems import Problem

DESCRIPTOR = "datapackage.json"

# int() and float() also take "nan", "1_000" and full-width digits: none is a table's
# number. Eighteen digits are the most that fit a column of integers.
_INTEGER = re.compile(r"-?[0-9]{1,18}")
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One column of a table."""

    name: str
    type: str
    title: str
    description: str = ""
    unit: str = ""
    required: bool = False
    unique: bool = False
    pattern: str | None = None
    minimum: float | None = None
    language: str = ""
    """Of its texts: ``zh``; empty if they are in English or the same in both."""
    labels: Mapping[str, str]
    """Allowed values and their English labels; empty if any value is allowed."""
    item_reference: tuple[str, str, str] | None = None
    """Table, field and delimiter, where the cell lists keys of another table."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignKey:
    """A column whose values must be keys of another table."""

    field: str
    table: str
    target: str
    delimiter: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One CSV file of the package."""

    name: str
    path: str
    title: str
    description: str
    fields: tuple[Field, ...]
    primary_key: tuple[str, ...]
    foreign_keys: tuple[ForeignKey, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the fields, in order."""
        return tuple(field.name for field in self.fields)

    def field(self, name: str) -> Field:
        """Return one field by name."""
        return next(field for field in self.fields if field.name == name)


def read_descriptor(directory: Path) -> dict[str, Table]:
    """Read the tables that a data package describes, in order."""
    path = directory / DESCRIPTOR
    descriptor = json.loads(path.read_text(encoding="utf-8"))
    tables = (_table(resource) for resource in descriptor["resources"])
    return {table.name: table for table in tables}


def read_licence(directory: Path) -> str:
    """Read the terms on which a data package stands, in words.

    Raises
    ------
    KeyError, TypeError
        If the descriptor says none.
    """
    path = directory / DESCRIPTOR
    terms = json.loads(path.read_text(encoding="utf-8"))["licenses"]
    return "; ".join(term["title"] for term in terms)


def check_table(table: Table, frame: pd.DataFrame) -> list[Problem]:
    """Check one table by itself: types, patterns, allowed values, keys.

    Parameters
    ----------
    table : Table
        Its description.
    frame : pandas.DataFrame
        Text cells as :func:`geo.reading.read_table` gives them; the index is the
        line of the file.

    Returns
    -------
    list of Problem
        In order of line.
    """
    blank_as_missing = frame.replace("", pd.NA).astype("object")
    problems: list[Problem] = []
    try:
        pandera_schema(table).validate(blank_as_missing, lazy=True)
    except pa.errors.SchemaErrors as errors:
        problems += [
            _problem(table, failure)
            for failure in errors.failure_cases.to_dict("records")
        ]
    problems += _check_key(table, frame)
    return sorted(problems, key=lambda p: (p.row or 0, p.column or ""))


def check_references(
    table: Table, frame: pd.DataFrame, frames: Mapping[str, pd.DataFrame]
) -> list[Problem]:
    """Check that every foreign key has its row in the other table.

    Parameters
    ----------
    table : Table
        Description of the table whose references are checked.
    frame : pandas.DataFrame
        Its text cells; the index is the line of the file.
    frames : mapping of str to pandas.DataFrame
        The text cells of every table, by name.
    """
    problems = []
    for key in table.foreign_keys:
        known = set(frames[key.table][key.target])
        for line, cell in frame[key.field].items():
            values = cell.split(key.delimiter) if key.delimiter else [cell]
            for value in values:
                if value and value not in known:
                    problems.append(
                        Problem(
                            table=table.path,
                            row=int(str(line)),
                            column=key.field,
                            value=value,
                            rule=N_("{other} has no such {target}."),
                            remedy=N_("Correct the value, or add its row to {other}."),
                            details={"other": f"{key.table}.csv", "target": key.target},
                        )
                    )
    return problems


def typed(table: Table, frame: pd.DataFrame) -> pd.DataFrame:
    """Give checked text its types: integers and numbers as nullable, the rest text."""
    result = frame.copy()
    for field in table.fields:
        if field.type in {"integer", "number"}:
            numbers = pd.to_numeric(result[field.name].replace("", pd.NA))
            nullable = pd.Int64Dtype() if field.type == "integer" else pd.Float64Dtype()
            result[field.name] = numbers.astype(nullable)
    return result


def pandera_schema(table: Table) -> pa.DataFrameSchema:
    """Build the pandera schema of a table of text cells (a blank is missing)."""
    return pa.DataFrameSchema(
        {field.name: _column(field) for field in table.fields}, strict=True
    )


def _column(field: Field) -> pa.Column:
    checks = []
    if field.type == "integer":
        checks.append(_each("integer", lambda text: bool(_INTEGER.fullmatch(text))))
    if field.type == "number":
        checks.append(_each("number", lambda text: _number(text) is not None))
    if field.minimum is not None:
        least = field.minimum
        checks.append(_each("minimum", lambda text: _at_least(text, least)))
    if field.pattern is not None:
        # ASCII: to Python the full-width digits of an input method are \d as well.
        checks.append(pa.Check.str_matches(f"(?a:{field.pattern})$", error="pattern"))
    if field.labels:
        checks.append(pa.Check.isin(list(field.labels), error="enum"))
    return pa.Column(object, checks, nullable=not field.required)


def _each(rule: str, test: Callable[[str], bool]) -> pa.Check:
    return pa.Check(test, element_wise=True, error=rule)


def _number(text: str) -> float | None:
    return float(text) if _NUMBER.fullmatch(text) else None


def _at_least(text: str, least: float) -> bool:
    number = _number(text)
    return number is None or number >= least


def _check_key(table: Table, frame: pd.DataFrame) -> list[Problem]:
    keys = [table.primary_key, *((f.name,) for f in table.fields if f.unique)]
    problems = []
    for key in dict.fromkeys(keys):
        # An empty cell is no key: what is optional may be missing in many rows.
        stands = (frame[list(key)] != "").any(axis=1)
        again = frame.duplicated(subset=list(key), keep="first") & stands
        for line in frame.index[again]:
            value = " + ".join(str(frame.at[line, column]) for column in key)
            problems.append(
                Problem(
                    table=table.path,
                    row=int(line),
                    column=" + ".join(key),
                    value=value,
                    rule=N_("the same key already stands in an earlier row."),
                    remedy=N_("Remove the row, or correct its key."),
                )
            )
    return problems


_RULES = {
    "not_nullable": (
        N_("the cell is empty but must not be."),
        N_("Fill it in: {title}."),
    ),
    "integer": (
        N_("this is not a whole number."),
        N_("Write digits only, without unit or separators."),
    ),
    "number": (
        N_("this is not a number."),
        N_("Write digits and at most one point, without unit or separators."),
    ),
    "minimum": (
        N_("the number is too small."),
        N_("The least possible value is {minimum}."),
    ),
    "pattern": (
        N_("the value does not have the form of “{title}”."),
        N_("The form is {pattern}; look for spaces or full-width characters."),
    ),
    "enum": (
        N_("the value is not one of those allowed."),
        N_("Use one of: {allowed}."),
    ),
}


def _problem(table: Table, failure: Mapping[str, Any]) -> Problem:
    field = table.field(str(failure["column"]))
    rule, remedy = _RULES[str(failure["check"])]
    value = failure["failure_case"]
    return Problem(
        table=table.path,
        row=int(failure["index"]),
        column=field.name,
        value=None if pd.isna(value) else str(value),
        rule=rule,
        remedy=remedy,
        details={
            "title": Label(field.title),
            "pattern": field.pattern,
            "minimum": field.minimum,
            "allowed": tuple(field.labels),
        },
    )


def _table(resource: Mapping[str, Any]) -> Table:
    schema = resource["schema"]
    fields = tuple(_field(entry) for entry in schema["fields"])
    foreign_keys = [
        ForeignKey(
            field=key["fields"],
            table=key["reference"]["resource"],
            target=key["reference"]["fields"],
        )
        for key in schema.get("foreignKeys", [])
    ]
    for field in fields:
        if field.item_reference:
            other, target, delimiter = field.item_reference
            foreign_keys.append(
                ForeignKey(
                    field=field.name, table=other, target=target, delimiter=delimiter
                )
            )
    key = schema["primaryKey"]
    return Table(
        name=resource["name"],
        path=resource["path"],
        title=resource["title"],
        description=resource["description"],
        fields=fields,
        primary_key=(key,) if isinstance(key, str) else tuple(key),
        foreign_keys=tuple(foreign_keys),
    )


def _field(entry: Mapping[str, Any]) -> Field:
    constraints = entry.get("constraints", {})
    items = entry.get("itemReference")
    return Field(
        name=entry["name"],
        type=entry["type"],
        title=entry["title"],
        description=entry.get("description", ""),
        unit=entry.get("unit", ""),
        required=constraints.get("required", False),
        unique=constraints.get("unique", False),
        pattern=constraints.get("pattern"),
        minimum=constraints.get("minimum"),
        language="zh" if entry["name"].endswith("_zh") else entry.get("language", ""),
        labels={c["value"]: c["label"] for c in entry.get("categories", [])},
        item_reference=(
            (items["resource"], items["field"], items["delimiter"]) if items else None
        ),
    )
