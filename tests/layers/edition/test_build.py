"""An edition is built whole or not at all, and names what is wrong with its tables."""

import json
import shutil

import pytest

from geo.boundaries import DETAILS
from geo.folders import data_folder
from layers.edition.build import build, examine
from layers.facts.package import load
from layers.files.export import export
from layers.select.selection import Selection


@pytest.fixture(scope="module")
def other(tmp_path_factory):
    """Another edition in the same process: its own title, licence and credit."""
    data = tmp_path_factory.mktemp("other") / "data"
    shutil.copytree(data_folder(), data)
    tables = data / "attributes"
    described = json.loads((tables / "datapackage.json").read_text("utf-8"))
    described["licenses"] = [{"name": "other", "title": "Our own terms"}]
    (tables / "datapackage.json").write_text(json.dumps(described), "utf-8")
    text = (tables / "variables.csv").read_text("utf-8")
    (tables / "variables.csv").write_text(text.replace("贫困县", "脱贫县"), "utf-8")
    drawn = json.loads((data / "boundaries" / "datapackage.json").read_text("utf-8"))
    drawn["credit"]["en"], drawn["titles"]["en"] = "Drawn elsewhere", "Other lines"
    (data / "boundaries" / "datapackage.json").write_text(json.dumps(drawn), "utf-8")
    return build(tables)


def test_two_editions_of_one_process_say_each_its_own(other):
    ours = build()

    def said(edition):
        made = export(
            edition.package,
            edition.counties("full"),
            Selection(),
            programme="poor_county",
        )
        return json.loads(made.content)["metadata"]

    first, second, again = said(ours), said(other), said(ours)
    assert again == first
    assert second["licence"]["attributes"] == "Our own terms"
    assert first["licence"]["attributes"] == ours.package.licence != "Our own terms"
    assert second["credit"]["en"] == "Drawn elsewhere" != first["credit"]["en"]
    assert second["sources"][-1]["title"]["en"] == "Other lines"
    assert second["title"]["zh"] == first["title"]["zh"].replace("贫困县", "脱贫县")
    assert ours.digest != other.digest


def test_the_geometry_of_an_edition_bears_its_own_credit(other):
    for detail in DETAILS:
        content = json.loads(other.bundle(detail))
        assert content["texts"]["en"]["credit"] == "Drawn elsewhere"


def test_tables_alone_belong_to_the_boundaries_of_the_atlas(spoiled):
    package = load(spoiled().directory)

    assert package.boundaries.directory == data_folder() / "boundaries"


def test_a_kind_of_place_without_a_symbol_is_shown_or_named(spoiled):
    copy = spoiled()
    line = copy.line("places.csv", kind="culture_protection")
    copy.set_cell("places.csv", line, "kind", "museum")
    copy.change_text(
        "datapackage.json",
        lambda text: text.replace('"culture_protection"', '"museum"'),
    )
    _fine_or_named(copy, "places.csv", line, "kind", "museum")


def test_seven_years_of_exit_more_are_shown(spoiled):
    copy = spoiled()
    rows = [
        line
        for line, row in copy.rows("dates.csv").items()
        if (row["unit"], row["variable"]) == ("county", "exit_assessed_year")
    ]
    for line, year in zip(rows, range(2012, 2019), strict=False):
        for column in ("earliest", "latest"):
            copy.set_cell("dates.csv", line, column, f"{year}-02-28")
        copy.set_cell("dates.csv", line, "confidence", "stated")

    edition, problems = examine(copy.directory)

    assert problems == []
    years = edition.counties()["exit_assessed_year"].dropna().unique()
    assert {*range(2012, 2019)} <= {*years}


def _fine_or_named(copy, file, line, column, value):
    edition, problems = examine(copy.directory)
    if edition is not None:
        assert problems == []
        return
    assert (file, line, column, value) in {
        (p.table, p.row, p.column, p.value) for p in problems
    }


def test_what_was_looked_for_in_vain_is_found_in_the_tables(spoiled, monkeypatch):
    def fails(edition, address):
        raise KeyError("130722")

    monkeypatch.setattr("layers.edition.build.page_state", fails)
    copy = spoiled()
    edition, problems = examine(copy.directory)

    assert edition is None
    problem = problems[0]
    row = copy.rows(problem.table)[problem.row]
    assert row[problem.column] == problem.value == "130722"


def test_tables_that_cannot_be_read_at_all_are_a_fault_too(spoiled, monkeypatch):
    def fails(*_):
        raise RuntimeError("out of luck")

    monkeypatch.setattr("layers.facts.package.examine", fails)
    edition, (problem,) = examine(spoiled().directory)

    assert edition is None
    assert "RuntimeError: out of luck" in problem.say("en")


def test_tables_changed_while_they_are_read_are_not_taken(spoiled, monkeypatch):
    from layers.facts import package as packages

    copy = spoiled()
    real = packages.check_references
    changed = []

    def slow(*args):
        if not changed:
            changed.append(1)
            copy.change_text("groups.csv", lambda text: text + "\n")
        return real(*args)

    monkeypatch.setattr(packages, "check_references", slow)
    edition, (problem,) = examine(copy.directory)

    assert edition is None
    assert "while they were read" in problem.say("en")
    assert examine(copy.directory)[0] is not None


def test_a_descriptor_without_terms_is_refused(spoiled):
    copy = spoiled()
    copy.change_text(
        "datapackage.json", lambda text: text.replace('"licenses"', '"license"')
    )
    edition, problems = examine(copy.directory)

    assert edition is None
    assert problems[0].table == "datapackage.json"
