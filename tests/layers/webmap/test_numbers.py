"""The numbers that the page fetches when one of them is wanted."""

import json

import pandas as pd

from geo.language import LANGUAGES
from layers.edition import assets
from layers.edition.address import Address
from layers.edition.edition import Edition
from layers.edition.page_state import page_state
from layers.select.facets import facets
from layers.select.selection import Selection
from layers.webmap.bundle import county_numbers, geometry_bundle
from tests import real

MOST_BYTES = 4096
"""What a filter may send."""


def numbers_of(package):
    return [v for v in package.variables.values() if v.kind == "number"]


def test_the_file_of_numbers_holds_the_table(package, counties):
    made = county_numbers(package, counties)

    assert made["counties"] == list(counties.index)
    assert list(made["values"]) == [v.id for v in numbers_of(package)]
    for name, values in made["values"].items():
        column = counties[name]
        for cell, value in zip(column, values, strict=True):
            assert (value is None) == pd.isna(cell)
            assert value is None or abs(value - cell) < 1e-4


def test_records_and_catalogue_hold_no_number_and_the_file_names_each(
    package, counties
):
    edition = Edition(package)
    ids = {v.id for v in numbers_of(package)}
    files = assets.bundle(edition).files
    catalogue = json.loads(files["catalogue.json"])

    records = geometry_bundle(package, counties, "overview")["counties"]
    assert all(ids.isdisjoint(record) for record in records.values())
    assert ids.isdisjoint(entry["id"] for entry in catalogue["columns"])
    assert ids.isdisjoint(entry["id"] for entry in catalogue["choices"])
    offered = {t["id"]: t for t in catalogue["themes"] if t["kind"] == "number"}
    assert set(offered) == ids
    assert all(theme["heading_zh"] for theme in offered.values())
    columns = json.loads(files["numbers.json"])["columns"]
    assert [column["id"] for column in columns] == [v.id for v in numbers_of(package)]


def test_a_filter_sends_the_ranges_of_the_numbers_that_are_seen_or_asked_for():
    edition = Edition(real.package())
    asked = "population_2010"
    low, high = edition.choices.where[asked].values[0].split("..")
    selection = Selection(where={asked: (f"{low}..{high}",)})
    for theme in ("programmes", "age_65_share_2020"):
        for language in LANGUAGES:
            address = Address(selection=selection, theme=theme, language=language)
            sent = page_state(edition, address)
            state = json.loads(sent)
            shown = [one["id"] for one in state["ranges"]]
            counted = {
                field
                for field in state["facets"]
                if field in edition.package.variables
                and edition.package.variables[field].kind == "number"
            }

            assert set(shown) == {asked, theme} - {"programmes"}
            assert counted == set(shown)
            for one in state["ranges"]:
                assert len(one["values"]) == len(state["facets"][one["id"]])
            assert len(sent) <= MOST_BYTES


def test_counts_of_a_number_are_those_of_its_ranges(package, counties):
    edition = Edition(package)
    name = "age_65_share_2020"
    counted = facets(counties, Selection(), edition.choices, [name])[name]

    for value, left in counted.items():
        assert left == len(Selection(where={name: (value,)}).apply(counties))
    assert name not in facets(counties, Selection(), edition.choices)
