"""A table that was found sound is not checked again, as long as nothing changed."""

from dataclasses import replace

import pandas as pd
import pytest

from geo.folders import attributes_folder
from layers.facts.schema import read_descriptor
from layers.facts.sound_tables import read_sound_table

TABLES = read_descriptor(attributes_folder())


@pytest.fixture
def units(tmp_path):
    table = TABLES["units"]
    path = tmp_path / table.path
    path.write_bytes((attributes_folder() / table.path).read_bytes())
    return path


def test_the_second_reading_gives_the_same_rows(units):
    first, _ = read_sound_table(units, TABLES["units"])
    first.loc[:, "unit"] = "spoiled by who got it"

    second, problems = read_sound_table(units, TABLES["units"])

    assert problems == []
    committed, _ = read_sound_table(
        attributes_folder() / TABLES["units"].path, TABLES["units"]
    )
    pd.testing.assert_frame_equal(second, committed)
    assert "spoiled by who got it" not in set(second["unit"])


def test_a_table_that_was_sound_is_checked_again_when_it_changed(units):
    read_sound_table(units, TABLES["units"])
    text = units.read_text(encoding="utf-8")
    units.write_text(text + text.splitlines()[1] + "\n", encoding="utf-8")

    _, problems = read_sound_table(units, TABLES["units"])

    assert problems


def test_a_table_that_was_sound_is_checked_again_under_another_description(units):
    table = TABLES["units"]
    read_sound_table(units, table)
    stricter = replace(
        table,
        fields=tuple(
            replace(f, pattern="[0-9]+") if f.name == "unit" else f
            for f in table.fields
        ),
    )

    _, problems = read_sound_table(units, stricter)

    assert problems and {p.column for p in problems} == {"unit"}


def test_a_faulty_table_is_found_faulty_each_time(units):
    units.write_bytes(b"id\n1\n")

    assert read_sound_table(units, TABLES["units"])[1]
    assert read_sound_table(units, TABLES["units"])[1]
