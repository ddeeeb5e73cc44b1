"""A faulty table stops the loading, and the message says where and what to do."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import frictionless
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from geo.folders import attributes_folder
from geo.language import speaker
from geo.problems import DataFaultError, Problem
from layers.facts.columns import reserved_words
from layers.facts.digest import digest
from layers.facts.package import Package, examine, load
from layers.facts.schema import Field, Table, read_descriptor
from layers.facts.variable_checks import ids_are_free
from layers.facts.variables import VALUE_TABLES

DIRECTORY = attributes_folder()

TABLES = read_descriptor(DIRECTORY)
FILES = {table.path: table for table in TABLES.values()}
HAN = re.compile(r"[\u4e00-\u9fff]")

each_file = pytest.mark.parametrize("file", FILES)


# --- Copies that differ in nothing that matters -------------------------------------

HARMLESS: dict[str, Callable[[bytes], bytes]] = {
    "a byte-order mark": lambda raw: b"\xef\xbb\xbf" + raw,
    "Windows line ends": lambda raw: raw.replace(b"\n", b"\r\n"),
    "blank lines at the end": lambda raw: raw + b"\n\n  \n",
    "normalised Chinese": lambda raw: unicodedata.normalize(
        "NFC", raw.decode()
    ).encode(),
}


@pytest.mark.parametrize("change", HARMLESS.values(), ids=HARMLESS.keys())
def test_harmless_differences_give_the_same_tables(package, spoiled, change):
    copy = spoiled()
    for file in FILES:
        copy.change_bytes(file, change)

    found = load(copy.directory)

    assert found.tables.keys() == package.tables.keys()
    for name, table in package.tables.items():
        pd.testing.assert_frame_equal(found.tables[name], table)


@each_file
def test_the_committed_table_is_plain_utf8_in_normal_form(file):
    text = (DIRECTORY / file).read_bytes().decode("utf-8")

    assert not text.startswith("\ufeff")
    assert "\r" not in text
    assert text.endswith("\n")
    assert unicodedata.is_normalized("NFC", text)


# --- The loaded package ---------------------------------------------------------------


def test_every_described_table_is_loaded_with_its_columns(package):
    assert {name: tuple(t.columns) for name, t in package.tables.items()} == {
        name: table.columns for name, table in TABLES.items()
    }
    assert [name for name, t in package.tables.items() if t.empty] == []


def test_a_coded_value_has_a_label_and_an_unknown_one_is_itself(package):
    assert package.label("memberships", "confidence", "inferred") == (
        "inferred, no source names it"
    )
    assert package.label("memberships", "confidence", "?") == "?"


def test_a_class_has_a_name_and_an_unknown_one_is_itself(package):
    category = package.variables["category"]

    assert category.class_name("national_key", "en") == "national key county"
    assert category.class_name("?", "zh") == "?"


@pytest.mark.parametrize("taken", sorted(reserved_words()))
def test_an_id_that_a_service_or_an_address_uses_is_refused(
    package, spoiled_ids, taken
):
    problems = [*ids_are_free(spoiled_ids(taken))]

    assert [(p.table, p.column, p.value) for p in problems] == [
        ("variables.csv", "id", taken)
    ]
    assert taken in problems[0].say("en")


@pytest.fixture(scope="session")
def spoiled_ids(package):
    """The registry's frames as text, the last variable with another id."""

    def frames(identifier: str) -> dict[str, pd.DataFrame]:
        table = package.tables["variables"].copy()
        table.loc[table.index[-1], "id"] = identifier
        return {"variables": table, "groups": package.tables["groups"]}

    return frames


def test_the_registries_come_in_their_order(package):
    for registry in (package.variables, package.groups):
        orders = [entry.order for entry in registry.values()]
        assert orders == sorted(orders)
        assert {key: entry.id for key, entry in registry.items()} == {
            key: key for key in registry
        }


def test_every_source_that_a_row_names_is_in_the_registry(package):
    named = {
        source
        for name, table in package.tables.items()
        if "source" in table.columns
        for cell in table["source"]
        for source in cell.split(";")
    }

    assert named <= package.sources.keys()


def test_the_digest_changes_with_every_file(spoiled):
    digests = {digest(DIRECTORY), digest(spoiled().directory)}
    for file in [*FILES, "datapackage.json"]:
        copy = spoiled()
        copy.change_bytes(file, lambda raw: raw + b"\n")
        digests.add(digest(copy.directory))

    assert len(digests) == 1 + len(FILES) + 1


# --- Faults, one by one ---------------------------------------------------------------


@dataclass(frozen=True)
class Expected:
    """What the message about a fault must name."""

    file: str
    row: int | None
    column: str | None
    value: str | None
    rule: str
    remedy: str

    def is_about(self, problem: Problem) -> bool:
        place = (problem.table, problem.row, problem.column, problem.value)
        return (
            place == (self.file, self.row, self.column, self.value)
            and self.rule in problem.say("en").split(" Remedy: ")[0]
        )


ZHANGBEI = {"variable": "poor_county", "published_name": "张北县"}
M, V, R = "memberships.csv", "variables.csv", "relations.csv"


def in_cell(
    file: str,
    column: str,
    value: str,
    rule: str,
    remedy: str,
    *,
    shown=None,
    at=None,
    **row,
) -> Callable:
    """Spoil one cell, of the first row with the cells `row`; it shows `at` another."""

    def spoil(copy) -> Expected:
        line = copy.line(file, **row)
        copy.set_cell(file, line, column, value)
        said = value if shown is None else shown
        return Expected(file, line, at or column, said or None, rule, remedy)

    return spoil


def in_bytes(file: str, change, row, column, rule: str, remedy: str) -> Callable:
    """Spoil the bytes of a file."""

    def spoil(copy) -> Expected:
        copy.change_bytes(file, change)
        return Expected(file, row, column, None, rule, remedy)

    return spoil


def duplicate_row(copy) -> Expected:
    line = copy.append_row(M, **copy.rows(M)[5])
    row = copy.rows(M)[line]
    key = f"{row['variable']} + {row['published_adcode']}"
    return Expected(
        M, line, "variable + published_adcode", key, "the same key", "Remove the row"
    )


def named_twice(copy) -> Expected:
    first = copy.line(M, variable="poor_county", published_name="崇礼县")
    again = copy.rows(M)[first] | {
        "published_adcode": "130709",
        "published_name": "崇礼区",
    }
    line = copy.append_row(M, **again)
    return Expected(
        M,
        line,
        "published_adcode",
        "130709 崇礼区",
        f"already names this county in line {first}",
        "Keep one of the two rows.",
    )


def removed_membership(copy) -> Expected:
    copy.remove_row(M, copy.line(M, variable="poor_county", published_name="张北县"))
    line = copy.line(V, id="poor_county")
    return Expected(
        V,
        line,
        "named_count",
        "62",
        "has 61 counties of poor_county",
        "Add the missing",
    )


def removed_pair(copy) -> Expected:
    copy.remove_row(R, copy.line(R, partner_adcode="110000", published_name="怀来县"))
    line = copy.line(M, variable="paired_with_beijing", published_name="怀来县")
    return Expected(
        M,
        line,
        "published_adcode",
        "130730",
        "relations.csv has no such",
        "Add the row to",
    )


def reported_pair_without_its_programme(copy) -> Expected:
    file = "evidence.csv"
    copy.remove_row(file, copy.line(file, id="E45"))
    line = copy.line(R, published_name="怀安县", listed="no")
    return Expected(
        R,
        line,
        "published_adcode",
        "130728",
        "evidence.csv has no such",
        "Add the row to",
    )


def pair_without_membership(copy) -> Expected:
    template = copy.rows(R)[2]
    line = copy.append_row(
        R, **template | {"published_adcode": "130728", "published_name": "怀安县"}
    )
    return Expected(
        R, line, "published_adcode", "130728", "memberships.csv has no such", "Add"
    )


def unlisted_boundary(copy) -> Expected:
    copy.remove_row(
        "divisions.csv", copy.line("divisions.csv", name="围场满族蒙古族自治县")
    )
    return Expected(
        "divisions.csv", None, "adcode", "130828", "boundary is not listed", "Correct"
    )


def title_above(raw: bytes) -> bytes:
    first = raw.split(b"\n", 1)[0]
    return "河北省贫困县".encode() + b"," * first.count(b",") + b"\n" + raw


def surplus_cell(copy) -> Expected:
    copy.change_text(M, lambda text: text.replace(",stated\n", ",stated,x\n", 1))
    return Expected(M, 2, None, None, "the row has 9 cells, the header 8", "surplus")


def open_quotation(copy) -> Expected:
    line = copy.line(M, variable="poor_county", published_name="张北县")
    copy.change_text(M, lambda text: text.replace(",张北县", ',"张北县', 1))
    return Expected(M, line, None, None, "is not valid CSV", "quotation mark")


def missing_file(copy) -> Expected:
    copy.path("dates.csv").unlink()
    return Expected("dates.csv", None, None, None, "does not exist", "Put the file bac")


def reserved_id(copy) -> Expected:
    line = copy.line(V, id="care_service_model")
    copy.change_text(V, lambda text: text.replace("care_service_model", "counties"))
    copy.change_text(M, lambda text: text.replace("care_service_model", "counties"))
    return Expected(V, line, "id", "counties", "identifier is reserved", "Choose anot")


def changed_stated_count(copy) -> Expected:
    line = copy.line(V, id="poor_county")
    copy.set_cell(V, line, "stated_count", "63")
    return Expected(
        V, line, "completeness", "complete", "counts 63 and names 62", "“incomplete”"
    )


def value_outside(copy) -> Expected:
    template = copy.rows("categories.csv")[2]
    line = copy.append_row(
        "categories.csv",
        **template | {"published_adcode": "130730", "published_name": "怀来县"},
    )
    return Expected(
        "categories.csv",
        line,
        "published_adcode",
        "130730 怀来县",
        "category applies to members of poor_county only",
        "Add the county to memberships.csv",
    )


def mean_without_weights(copy) -> Expected:
    line = copy.line(V, id="population_2020")
    copy.set_cell(V, line, "aggregate", "mean")
    return Expected(
        V, line, "denominator", None, "weighted by a denominator", "the kind (number)"
    )


def without_classes(copy) -> Expected:
    for _ in range(3):
        copy.remove_row("classes.csv", copy.line("classes.csv", variable="category"))
    line = copy.line(V, id="category")
    return Expected(V, line, "id", "category", "has no class of it", "the kind (categ")


def county_as_prefecture(copy) -> Expected:
    file = "evidence.csv"
    line = copy.line(file, scope="county", published_name="张北县")
    copy.set_cell(file, line, "scope", "prefecture")
    shown = "130722 张北县"
    return Expected(
        file, line, "published_adcode", shown, "not a prefecture", "Correct the code"
    )


def prefecture_as_member(copy) -> Expected:
    line = copy.line(M, **ZHANGBEI)
    copy.set_cell(M, line, "published_adcode", "130700")
    copy.set_cell(M, line, "published_name", "张家口市")
    return Expected(
        M,
        line,
        "published_adcode",
        "130700 张家口市",
        "this is not a county",
        "Correct the code or the name",
    )


def gone_column(raw: bytes) -> bytes:
    return raw.replace(b"section,confidence\n", b"confidence\n", 1).replace(
        b",stated\n", b"\n"
    )


NO_DIVISION = "no division has, or had, this code and name."


def approval_too_early(copy) -> Expected:
    which = {"variable": "exit_approved_year", "published_name": "行唐县"}
    line = copy.line("dates.csv", **which)
    for column in ("earliest", "latest"):
        copy.set_cell("dates.csv", line, column, "2017-05")
    rule = "exit_approved_year cannot be before exit_assessed_year: 2018"
    remedy = "Correct one of the two dates"
    return Expected("dates.csv", line, "latest", "2017-05", rule, remedy)


def total_too_small(copy) -> Expected:
    which = {"variable": "population_2020", "published_name": "石家庄市"}
    line = copy.line("numbers.csv", **which)
    copy.set_cell("numbers.csv", line, "value", "1000000")
    rule, remedy = "counties and zones of population_2020 come to", "Correct the total"
    return Expected("numbers.csv", line, "value", "1000000", rule, remedy)


FAULTS: dict[str, Callable] = {
    "wrong code": in_cell(
        M,
        "published_adcode",
        "130723",
        NO_DIVISION,
        "bear or bore the name: 130722.",
        shown="130723 张北县",
        variable="general_airport",
        published_name="张北县",
    ),
    "unknown code": in_cell(
        M,
        "published_adcode",
        "130799",
        NO_DIVISION,
        "bear or bore the name: 130722.",
        shown="130799 张北县",
        **ZHANGBEI,
    ),
    "unknown code in a reference": in_cell(
        R,
        "partner_adcode",
        "110199",
        "divisions.csv has no such adcode.",
        "add its row to divisions.csv",
        partner_name="东城区",
    ),
    "wrong name for the code": in_cell(
        M,
        "published_name",
        "张北区",
        NO_DIVISION,
        "add the change to crosswalk.csv",
        shown="130722 张北区",
        **ZHANGBEI,
    ),
    "duplicate row": duplicate_row,
    "blank source": in_cell(M, "source", "", "is empty", "Fill it in", **ZHANGBEI),
    "a change of ground that ends before it begins": in_cell(
        "territory_changes.csv",
        "not_before",
        "2016",
        "ends before it begins",
        "Correct one of the dates",
        from_adcode="130582",
    ),
    "unknown source": in_cell(
        M, "source", "S89", "sources.csv has no such id", "add its row", **ZHANGBEI
    ),
    "unknown source among known ones": in_cell(
        M, "source", "S00;S89", "no such id", "add its row", shown="S89", **ZHANGBEI
    ),
    "GBK": in_bytes(
        M,
        lambda raw: raw.decode().encode("gbk"),
        2,
        None,
        "not UTF-8; it looks like GBK",
        "Save it again as “CSV UTF-8”",
    ),
    "UTF-16": in_bytes(
        M,
        lambda raw: raw.decode().encode("utf-16"),
        1,
        None,
        "not UTF-8; it looks like UTF-16",
        "Save it again as “CSV UTF-8”",
    ),
    "missing header": in_bytes(
        M,
        lambda raw: raw.split(b"\n", 1)[1],
        1,
        "published_adcode",
        "the header lacks this column",
        "The first line of the file is the header: variable,",
    ),
    "title row above the header": in_bytes(
        M,
        title_above,
        1,
        "variable",
        "the header lacks this column; it has: 河北省贫困县",
        "without merged cells or a title above it",
    ),
    "missing column": in_bytes(
        M, gone_column, 1, "section", "the header lacks this column", "Restore it"
    ),
    "unknown column": in_bytes(
        M,
        lambda raw: raw.replace(b"\n", b",note\n").replace(b",note\n", b",\n"),
        1,
        "∅",
        "column that the table does not know",
        "describe it in datapackage.json",
    ),
    "renamed column": in_bytes(
        M,
        lambda raw: raw.replace(b"section", b"Section", 1),
        1,
        "Section",
        "column that the table does not know",
        "Remove it",
    ),
    "too many cells": surplus_cell,
    "unclosed quotation mark": open_quotation,
    "stated count that no longer fits": changed_stated_count,
    "named count that no longer fits": in_cell(
        V,
        "named_count",
        "11",
        "memberships.csv has 10 counties of deep_poverty",
        "change the count only if",
        id="deep_poverty",
    ),
    "removed membership": removed_membership,
    "unknown value": in_cell(
        M,
        "confidence",
        "肯定",
        "not one of those allowed",
        "Use one of: stated, ",
        **ZHANGBEI,
    ),
    "unknown class": in_cell(
        "categories.csv",
        "value",
        "国家重点县",
        "classes.csv has no such class of category",
        "Use one of: contiguous_area_only, national_key, provincial_key.",
        published_name="张北县",
    ),
    "value of another kind": in_cell(
        "numbers.csv",
        "variable",
        "category",
        "the variable is of another kind: category",
        "Move the row to categories.csv",
        published_adcode="130102",
    ),
    "span that ends before it begins": in_cell(
        "dates.csv",
        "earliest",
        "2019-06",
        "the earliest date is after the latest",
        "Correct one of the two dates",
        published_name="献县",
    ),
    "date without a source": in_cell(
        "dates.csv",
        "source",
        "",
        "the cell is empty but must not be",
        "Fill it in: Sources",
        published_name="行唐县",
    ),
    "approval before the year assessed": approval_too_early,
    "date that follows one that follows": in_cell(
        V,
        "after",
        "exit_approved_year",
        "follows another itself",
        "the kind (date)",
        id="exit_assessed_year",
    ),
    "stated count without the section that states it": in_cell(
        V,
        "stated_in",
        "",
        "stand together",
        "a sum of ours is no stated count",
        id="deep_poverty",
    ),
    "section of a count that is not there": in_cell(
        V,
        "stated_in",
        "七(二)",
        "stand together",
        "leave both cells empty",
        id="grassland_subsidy_around_capital",
    ),
    "list confined to what is no prefecture": in_cell(
        V,
        "confined_to",
        "130400;130500;130900;131100;130104",
        "this is none",
        "Name the prefectures",
        shown="130104",
        id="contiguous_heilonggang",
    ),
    "list that names counties beyond where it is confined to": in_cell(
        V,
        "confined_to",
        "130400;130500;130900",
        "a prefecture beyond these",
        "Name the prefectures",
        shown="131100",
        id="contiguous_heilonggang",
    ),
    "complete list that is confined": in_cell(
        V,
        "confined_to",
        "130600;130700;130800",
        "need not be confined",
        "leave the cell empty",
        shown="complete",
        id="deep_poverty",
    ),
    "stated count smaller than what is named": in_cell(
        V,
        "stated_count",
        "9",
        "count fewer than the 10 it names",
        "Correct the count",
        id="deep_poverty",
    ),
    "total smaller than its counties": total_too_small,
    "scope whose rule selects nobody": in_cell(
        "scopes.csv",
        "rule",
        "category=provincial_key&none=poor_county",
        "no county is in this scope",
        "say “none”",
        id="provincial_poor_county",
    ),
    "scope that names nobody and does not say so": in_cell(
        "scopes.csv",
        "listed",
        "complete",
        "without programme, adcodes and rule",
        "Name the counties",
        id="mountain_area",
    ),
    "target held against what is no date": in_cell(
        "targets.csv",
        "outcome",
        "category",
        "nothing to hold against it",
        "Name dates only",
        id="T227",
    ),
    "target held against dates of unlisted counties": in_cell(
        "targets.csv",
        "scope",
        "mountain_area",
        "nothing to hold against it",
        "all listed",
        shown="exit_assessed_year;exit_approved_year",
        at="outcome",
        id="T227",
    ),
    "variable that lacks what its kind needs": in_cell(
        V, "unit", "", "needs it", "the kind (number)", id="population_2020"
    ),
    "variable with what is another kind's": in_cell(
        V,
        "colour",
        "#ABCDEF",
        "has no such thing",
        "the kind (date)",
        id="exit_approved_year",
    ),
    "denominator that is no number": in_cell(
        V,
        "denominator",
        "poor_county",
        "not of the kind that belongs here",
        "the kind (number)",
        id="population_2020",
    ),
    "mean without weights": mean_without_weights,
    "former id that is another's id": in_cell(
        V,
        "former_ids",
        "poor_county",
        "is taken by",
        "Choose another",
        id="exit_approved_year",
    ),
    "value of a county to which the variable does not apply": value_outside,
    "category without classes": without_classes,
    "number with unit": in_cell(
        V, "named_count", "62个", "not a whole number", "without unit", id="poor_county"
    ),
    "full-width digits in a code": in_cell(
        M,
        "published_adcode",
        "１３０７２２",
        "does not have the form of “Published adcode”",
        "full-width characters",
        **ZHANGBEI,
    ),
    "code that lost its text form": in_cell(
        M, "published_adcode", "130722.0", "the form of", r"\d{6}", **ZHANGBEI
    ),
    "county named under its old and its new name": named_twice,
    "prefecture in the place of a county": prefecture_as_member,
    "pairing without its pair": removed_pair,
    "pair without its membership": pair_without_membership,
    "partner with another's name": in_cell(
        R,
        "partner_name",
        "西城区",
        "110101 is 东城区 in divisions.csv",
        "Correct the code or the name",
        partner_name="东城区",
    ),
    "reserved id": reserved_id,
    "missing file": missing_file,
    "boundary without division": unlisted_boundary,
    "division with another name than its boundary": in_cell(
        "divisions.csv",
        "name",
        "张北区",
        "the boundary has another name",
        "Correct divisions.csv",
        adcode="130722",
    ),
    "county in another prefecture": in_cell(
        "divisions.csv",
        "parent_adcode",
        "130800",
        "the boundary lies in another division",
        "Correct divisions.csv",
        adcode="130722",
    ),
    "crosswalk to another name": in_cell(
        "crosswalk.csv",
        "name",
        "崇礼县",
        "130709 is 崇礼区 in divisions.csv",
        "Correct the code or the name",
        former_name="崇礼县",
    ),
    "evidence for a division of another level": county_as_prefecture,
    "code of a body without its source": in_cell(
        "administrations.csv",
        "code_source",
        "",
        "a code stands with its source, section and confidence",
        "Correct the code",
        at="code",
        shown="133100",
        adcode="130629",
    ),
    "two codes of one body": in_cell(
        "administrations.csv",
        "code",
        "133200",
        "another county of the same body has another code",
        "Correct the code",
        adcode="130638",
    ),
    "code of a body that is a county's": in_cell(
        "administrations.csv",
        "code",
        "130629",
        "has, or had, this code itself",
        "Correct the code",
        adcode="130629",
    ),
    "date with Chinese": in_cell(
        "evidence.csv",
        "date",
        "2019(未显示具体日期)",
        "does not have the form of “Date of the report”",
        "The form is",
        id="E20",
    ),
    "Chinese for readers of English": in_cell(
        "evidence.csv",
        "period_en",
        "2018—2019年",
        "readers of English are shown this text",
        "Write it in English",
        id="E20",
    ),
    "section without English": in_cell(
        M,
        "section",
        "分报告第三节",
        "the section holds a word that has no English",
        "Use the numbers of the plan",
        **ZHANGBEI,
    ),
    "publisher in Chinese only": in_cell(
        "sources.csv",
        "publisher_en",
        "",
        "one of the two languages only",
        "Write it in both",
        id="S02",
    ),
    "part of no county": in_cell(
        "dates.csv",
        "published_adcode",
        "130700",
        "this is not a county",
        "Correct the code or the name",
        published_name="赵家蓬区",
    ),
}


@pytest.fixture(scope="module", params=FAULTS.values(), ids=FAULTS.keys())
def refused(request, spoiled):
    """What was spoiled, and the error with which the tables were not loaded."""
    copy = spoiled()
    expected = request.param(copy)
    with pytest.raises(DataFaultError) as caught:
        load(copy.directory)
    return expected, caught.value


def test_a_fault_stops_the_loading_and_says_where_and_what_to_do(refused):
    expected, error = refused

    about = [p for p in error.problems if expected.is_about(p)]
    assert about, f"{expected} is not among:\n{error.say('en')}"
    said = about[0].say("en")
    assert said.startswith(expected.file)
    assert expected.row is None or f", line {expected.row}" in said
    assert expected.column is None or f", column {expected.column}" in said
    assert expected.value is None or f", value “{expected.value}”" in said
    assert expected.remedy in said.split(" Remedy: ")[1]
    assert said in str(error)


def test_the_chinese_message_about_a_fault_is_chinese_and_as_complete(refused):
    expected, error = refused

    problem = next(p for p in error.problems if expected.is_about(p))

    said, say = problem.say("zh"), speaker("zh")
    shown = (expected.file, expected.row, expected.column, expected.value)
    assert [part for part in shown if part is not None and str(part) not in said] == []
    assert " Remedy: " not in said
    for message in (problem.rule, problem.remedy, "line {row}", "column {column}"):
        assert HAN.search(say(message)), f"no Chinese for: {message}"


def test_all_faults_of_all_tables_are_said_at_once(spoiled):
    copy = spoiled()
    for file in ("memberships.csv", "dates.csv", "relations.csv"):
        copy.set_cell(file, 3, "confidence", "certain")

    _, problems = examine(copy.directory)

    assert [(p.table, p.row, p.column, p.value) for p in problems] == [
        ("memberships.csv", 3, "confidence", "certain"),
        ("dates.csv", 3, "confidence", "certain"),
        ("relations.csv", 3, "confidence", "certain"),
    ]


@each_file
def test_no_table_may_be_missing(spoiled, file):
    copy = spoiled()
    copy.path(file).unlink()

    found, problems = examine(copy.directory)

    assert found is None
    assert [(p.table, p.rule) for p in problems] == [(file, "the file does not exist.")]


# --- A second implementation of the same descriptor ---------------------------------


def fresh_report(directory: Path) -> frictionless.Report:
    return frictionless.Package(str(directory / "datapackage.json")).validate()


def test_another_implementation_finds_the_package_valid():
    report = fresh_report(DIRECTORY)

    assert report.flatten(["type", "note", "rowNumber", "fieldName"]) == []
    assert [task.name for task in report.tasks] == list(TABLES)


# What Table Schema can say; relations and counts of ours are beyond it, lists of keys
# in a cell (`itemReference`) are no part of it; its patterns take full-width digits.
FOUND_BY_FRICTIONLESS = {
    "unknown code in a reference": {"foreign-key"},
    "duplicate row": {"primary-key"},
    "blank source": {"constraint-error"},
    "GBK": {"encoding-error"},
    "UTF-16": {"encoding-error"},
    "missing header": {"incorrect-label"},
    "title row above the header": {"incorrect-label"},
    "missing column": {"incorrect-label", "missing-label"},
    "unknown column": {"blank-label", "extra-label"},
    "renamed column": {"incorrect-label"},
    "too many cells": {"extra-cell"},
    "unknown value": {"constraint-error"},
    "number with unit": {"type-error"},
    "code that lost its text form": {"constraint-error"},
    "missing file": {"scheme-error"},
}


@pytest.mark.spread(8)
@pytest.mark.parametrize(
    ("fault", "types"), FOUND_BY_FRICTIONLESS.items(), ids=FOUND_BY_FRICTIONLESS
)
def test_another_implementation_finds_the_fault_in_the_same_table(
    spoiled, fault, types
):
    copy = spoiled()
    expected = FAULTS[fault](copy)

    report = fresh_report(copy.directory)

    found = {
        error.type
        for task in report.tasks
        if task.place.endswith(expected.file)
        for error in task.errors
    }
    assert found & types, f"{found} in {expected.file}"


# --- Any cell -------------------------------------------------------------------------

FREE_TEXT = {
    "caution_zh": "prose",
    "caution_en": "prose",
    "stated_in": "a section, as far as it is shown; stands with the stated count",
    "title_zh": "a document's or a scope's title, as its publisher wrote it",
    "title_en": "our translation of the title",
    "publisher_zh": "who published: people, offices, sites, without a list of them",
    "publisher_en": "our translation of the publisher",
    "code_section": "a section, of the code",
    "date": "as far as it is shown, in the source's own precision",
    "name_zh": "a name that we give to programme, group or place",
    "name_en": "our romanisation or translation of a name",
    "name_en_one": "our translation of a unit, of one",
    "alias": "a code or name that others use, in their form",
    "alias_en": "our translation of such a name",
    "what_zh": "prose",
    "what_en": "prose",
    "short_zh": "a name that we shorten",
    "short_en": "a name that we shorten",
    "short_name": "a name without its generic part, by usage and not by rule",
    "definition_zh": "prose",
    "definition_en": "prose",
    "rule_zh": "prose",
    "rule_en": "prose",
    "missing_zh": "prose",
    "missing_en": "prose",
    "earliest": "blank where not known; its form and its order are checked",
    "detail_zh": "what the source says of the county, in its words",
    "detail_en": "our translation of the detail",
    "statement_zh": "prose",
    "statement_en": "prose",
    "note_zh": "prose",
    "note_en": "prose",
    "section": "the source's own numbering, which differs from source to source",
    "responsible_zh": "names of bodies, as the plan has them",
    "responsible_en": "our translation of the bodies",
    "subject_zh": "whom or what a target concerns, in the plan's words",
    "subject_en": "our translation of the subject",
    "indicator_zh": "what a target counts, in the plan's words",
    "indicator_en": "our translation of the indicator",
    "end_a": "where a line begins, often outside the province",
    "end_b": "where a line ends, often outside the province",
    "dated_zh": "one or several dates with words such as “from”",
    "dated_en": "our translation of the dates",
    "period_zh": "a span of time in the source's words",
    "period_en": "our translation of the span",
    "period": "a span of time: of a variable in ISO 8601, of evidence in words",
    "unit_zh": "the unit of the reported quantity, in the source's words",
    "unit_en": "our translation of the unit",
    "also": "names of zones in use; a county's is found by a rule of its own",
}
"""Fields that may hold any text, and why; of a required one blanks are still found."""

HISTORY = {
    ("crosswalk", "former_adcode"),
    ("crosswalk", "former_name"),
    ("zones", "code"),
    ("zones", "name"),
}
"""What is no more, or of statistics only, is known to no other table;
tests/geo/test_divisions.py holds the former against the ministry's lists. The form of
the code is checked."""

NAMES = {
    ("divisions", "name"),
    ("crosswalk", "name"),
    ("relations", "partner_name"),
    *((table, "published_name") for table in VALUE_TABLES.values()),
    ("categories", "value"),
    ("classes", "value"),
    ("evidence", "published_name"),
    ("territory_changes", "from_name"),
    ("territory_changes", "to_name"),
    ("scopes", "rule"),
    ("units", "unit_base"),
    ("targets", "unit_base"),
}
"""Texts that must be what another table says of the same code."""

BLANK = st.sampled_from(["", " ", "\u3000", "\t"])
TEXT = (
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=12)
    | st.sampled_from(["-", "NA", "无", "130722", "１", "1.0", "S00；S01", "{x}", "￥"])
).filter(str.strip)
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


def wrong_values(
    package: Package, table: Table, field: Field, original: str
) -> list[st.SearchStrategy[str]]:
    """Ways in which a cell can be wrong for its kind."""
    ways = []
    where = (table.name, field.name)
    numeric = field.type in {"integer", "number"}
    form = re.compile(f"(?a:{field.pattern or '.*'})")
    if field.required:
        ways.append(BLANK)
    if field.pattern is not None:
        ways.append(TEXT.filter(lambda text: not form.fullmatch(text.strip())))
    if field.pattern == r"^\d{6}$" and where not in HISTORY:
        codes = {change.former_adcode for change in package.divisions.changes}
        codes |= set(package.tables["divisions"]["adcode"])
        digits = st.from_regex(r"\A[0-9]{6}\Z")
        ways.append(digits.filter(lambda text: text not in codes))
    if field.labels:
        ways.append(TEXT.filter(lambda text: text.strip() not in field.labels))
    if numeric:
        ways.append(TEXT.filter(lambda t: not re.fullmatch(r"-?[\d.]+", t.strip())))
        ways.append(st.just(f"{original}县"))
    if field.minimum is not None:
        below = st.integers(-(10**9), int(field.minimum) - 1)
        ways.append(below.map(str))
    full_width = original.translate(FULL_WIDTH)
    if full_width != original and (numeric or not form.fullmatch(full_width)):
        ways.append(st.just(full_width))
    if field.unique or table.primary_key == (field.name,):
        others = sorted({*package.tables[table.name][field.name]} - {original, ""})
        ways.append(st.sampled_from(others))
    for key in table.foreign_keys:
        if key.field == field.name:
            known = {"", *package.tables[key.table][key.target]}
            outer = f" \t\u3000{key.delimiter or ''}"
            ways.append(
                TEXT.filter(
                    lambda t, known=known, outer=outer: t.strip(outer) not in known
                )
            )
            if key.delimiter and original:
                ways.append(st.just(f"{original}{key.delimiter}S89"))
    if where in NAMES:
        ways.append(TEXT)
    return ways


def test_every_field_is_checked_or_is_free_text_for_a_reason(package):
    unchecked = [
        f"{table.name}.{field.name}"
        for table in TABLES.values()
        for field in table.fields
        if field.name not in FREE_TEXT
        and (table.name, field.name) not in HISTORY
        and len(wrong_values(package, table, field, "130722")) <= field.required
    ]

    assert unchecked == []


CELLS = [
    f"{table.name}.{field.name}"
    for table in TABLES.values()
    for field in table.fields
    if field.required or field.name not in FREE_TEXT
]


def is_about_cell(
    problem: Problem, table: Table, line: int, field: Field, values: set[str]
) -> bool:
    """Tell whether a problem is of this cell, or of a relation in which it stands."""
    here = problem.table == table.path and problem.row == line
    in_column = field.name in (problem.column or "").split(" + ")
    said = [problem.value or "", *map(str, problem.details.values())]
    said += [word for text in said for word in text.split()]
    return (here and in_column) or not values.isdisjoint(said)


@settings(max_examples=settings().max_examples // 8)  # each loads the tables
@given(data=st.data())
def test_any_spoiled_cell_is_found_where_it_stands(package, shared_copy, data):
    table_name, field_name = data.draw(st.sampled_from(CELLS), "cell of").split(".")
    table, field = TABLES[table_name], TABLES[table_name].field(field_name)
    rows = shared_copy.rows(table.path)
    line = data.draw(st.sampled_from(sorted(rows)), "in line")
    original = rows[line][field.name]
    # The name of a part of a county is no division's.
    assume(field.name != "published_name" or rows[line].get("unit") != "part_of_county")
    ways = wrong_values(package, table, field, original)
    assume(ways)
    wrong = data.draw(st.one_of(ways), "becomes")
    assume(wrong.strip() != original)

    shared_copy.set_cell(table.path, line, field.name, wrong)
    try:
        found, problems = examine(shared_copy.directory)
    finally:
        shared_copy.restore(table.path)

    values = {text for text in (original, wrong.strip()) if text}
    assert found is None, f"{table.path}, line {line}, {field.name}: {wrong!r} loaded"
    assert any(is_about_cell(p, table, line, field, values) for p in problems), problems


@pytest.fixture(scope="module")
def shared_copy(spoiled):
    return spoiled()


def test_a_zone_with_the_name_of_a_county_is_a_fault(spoiled):
    copy = spoiled()
    copy.change_bytes(
        "zones.csv", lambda raw: raw.replace("察北".encode(), "康保".encode())
    )
    copy.change_bytes(
        "zones.csv",
        lambda raw: raw.replace("康保管理区;康保".encode(), "康保县".encode()),
    )

    _, problems = examine(copy.directory)

    # That a number is of a zone which is not listed any more is another fault.
    assert [
        (p.table, p.column, p.value) for p in problems if p.table == "zones.csv"
    ] == [("zones.csv", "also", "康保县")]
