"""The running application keeps the last good edition, whatever its files become."""

import gc
import os
import shutil
import threading
import time
import weakref
from dataclasses import dataclass
from pathlib import Path

import pytest

from geo.folders import data_folder
from geo.kept import kept_with_owner
from geo.problems import DataFaultError
from layers.edition import assets, build
from layers.edition import keeper as keepers
from layers.edition.keeper import EditionKeeper
from layers.facts.digest import digest as digest_of


@dataclass
class Office:
    """A folder of an office that edits its own copy, and the keeper that serves it."""

    data: Path
    keeper: EditionKeeper

    @property
    def tables(self) -> Path:
        return self.data / "attributes"

    def change(self, file: str, old: str, new: str) -> None:
        path = self.tables / file
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), "utf-8")

    def settle(self) -> None:
        """Look until the files have been seen twice alike."""
        self.keeper.look()
        self.keeper.look()


@pytest.fixture(scope="module")
def first():
    return build.build()


@pytest.fixture
def office(tmp_path, monkeypatch, first) -> Office:
    """An office whose tables are still those of the project: built once for all."""
    data = tmp_path / "data"
    shutil.copytree(data_folder(), data)
    keeper = EditionKeeper(directory=data / "attributes")
    with monkeypatch.context() as patch:
        patch.setattr(keepers, "build", lambda *_, **__: first)
        keeper.edition()
    return Office(data, keeper)


def spoil(office: Office) -> None:
    path = office.tables / "memberships.csv"
    path.write_text(path.read_text("utf-8").replace("130722", "999999", 1), "utf-8")


def test_a_faulty_edition_is_not_served_and_its_faults_are_kept(office):
    good = office.keeper.edition()
    spoil(office)
    office.settle()

    assert office.keeper.edition() is good
    assert office.keeper.problems[0].table == "memberships.csv"


def test_a_mended_edition_is_served_again(office):
    good = office.keeper.edition()
    whole = (office.tables / "memberships.csv").read_text("utf-8")
    spoil(office)
    office.settle()
    assert office.keeper.problems

    (office.tables / "memberships.csv").write_text(whole, "utf-8")
    office.settle()

    assert office.keeper.edition() is good
    assert office.keeper.problems == ()


def test_a_new_good_edition_replaces_the_old_one_under_another_address(office):
    good = office.keeper.edition()
    office.change("variables.csv", "#E69F00", "#E69F01")
    office.settle()

    new = office.keeper.edition()
    assert new is not good
    assert new.package.programmes["poor_county"].colour == "#E69F01"
    assert new.digest != good.digest


def test_another_credit_of_the_boundaries_is_another_edition(office):
    good = office.keeper.edition()
    descriptor = office.data / "boundaries" / "datapackage.json"
    text = descriptor.read_text("utf-8")
    descriptor.write_text(
        text.replace('"vintage": "2024"', '"vintage": "2031"'), "utf-8"
    )
    office.settle()

    new = office.keeper.edition()
    assert new.package.boundaries.metadata().vintage == "2031"
    assert good.package.boundaries.metadata().vintage == "2024"
    assert new.digest != good.digest


def test_a_faulty_table_stops_the_start(office):
    spoil(office)

    with pytest.raises(DataFaultError, match=r"memberships\.csv"):
        EditionKeeper(directory=office.tables).edition()


@pytest.mark.parametrize("file", ["relations.csv", "datapackage.json"])
def test_a_file_that_is_gone_does_not_stop_the_service_and_is_named(office, file):
    good = office.keeper.edition()
    (office.tables / file).unlink()
    office.settle()

    assert office.keeper.edition() is good
    assert office.keeper.problems[0].table == file


def test_a_damaged_boundary_file_does_not_stop_the_service_and_is_named(office):
    good = office.keeper.edition()
    path = office.data / "boundaries" / "county_2024_full.geojson"
    path.write_bytes(path.read_bytes()[:-20])
    office.settle()

    assert office.keeper.edition() is good
    (problem,) = office.keeper.problems
    assert problem.table == "boundaries/county_2024_full.geojson"
    assert "make data" in problem.say("zh")


def lock_of_an_editor(office: Office) -> None:
    (office.tables / ".#memberships.csv").symlink_to("user@host.1:2")


def copy_of_a_file_manager(office: Office) -> None:
    table = office.tables / "memberships.csv"
    shutil.copy(table, office.tables / "memberships - 副本.csv")


def lock_of_an_office_suite(office: Office) -> None:
    (office.tables / ".~lock.memberships.csv#").write_text(",user,host,")


def file_that_nobody_may_read(office: Office) -> None:
    path = office.tables / "notes.csv"
    path.write_text("x")
    path.chmod(0)


def folder_of_somebody(office: Office) -> None:
    (office.tables / "old.csv").mkdir()


def table_saved_by_renaming(office: Office) -> None:
    table = office.tables / "memberships.csv"
    beside = office.tables / "memberships.csv.tmp"
    beside.write_bytes(table.read_bytes())
    beside.rename(table)


def table_saved_without_a_change(office: Office) -> None:
    table = office.tables / "memberships.csv"
    table.write_bytes(table.read_bytes())


@pytest.mark.parametrize(
    "happens",
    [
        lock_of_an_editor,
        copy_of_a_file_manager,
        lock_of_an_office_suite,
        file_that_nobody_may_read,
        folder_of_somebody,
        table_saved_by_renaming,
        table_saved_without_a_change,
    ],
)
def test_what_the_descriptor_does_not_name_makes_nothing_happen(office, happens):
    good, digest = office.keeper.edition(), office.keeper.edition().package.digest
    happens(office)
    office.settle()

    assert office.keeper.edition() is good
    assert office.keeper.problems == ()
    assert digest_of(office.tables) == digest


@pytest.mark.parametrize("folder", ["", "attributes", "boundaries"])
def test_a_folder_renamed_for_a_moment_makes_nothing_happen(office, folder):
    good = office.keeper.edition()
    path = office.data / folder
    path.rename(office.data.parent / "away")
    office.keeper.look()
    (office.data.parent / "away").rename(path)
    office.settle()

    assert office.keeper.edition() is good
    assert office.keeper.problems == ()


def test_a_folder_that_stays_away_is_said_until_it_is_back(office):
    good = office.keeper.edition()
    away = office.data.rename(office.data.parent / "away")
    office.settle()
    assert office.keeper.edition() is good
    assert office.keeper.problems

    away.rename(office.data)
    office.settle()
    assert office.keeper.edition() is good
    assert office.keeper.problems == ()


def test_tables_that_are_still_being_saved_are_not_read(office, monkeypatch):
    built = []
    monkeypatch.setattr(
        keepers, "examine", lambda *_, **__: built.append(1) or (None, [])
    )
    for colour in ("#E69F01", "#E69F02", "#E69F03"):
        office.change("variables.csv", "#E69F0" + str(int(colour[-1]) - 1), colour)
        office.keeper.look()
    assert built == []

    office.keeper.look()
    assert built == [1]


def test_an_older_date_on_a_changed_table_is_a_change(office):
    office.change("variables.csv", "#E69F00", "#E69F01")
    os.utime(office.tables / "variables.csv", (0, 0))
    office.settle()

    poor = office.keeper.edition().package.programmes["poor_county"]
    assert poor.colour == "#E69F01"


def test_a_changed_table_with_its_old_date_and_size_is_a_change(office):
    table = office.tables / "variables.csv"
    before = table.stat()
    office.change("variables.csv", "#E69F00", "#E69F01")
    os.utime(table, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert table.stat().st_size == before.st_size
    office.settle()

    poor = office.keeper.edition().package.programmes["poor_county"]
    assert poor.colour == "#E69F01"


@pytest.mark.parametrize(
    "error", [KeyError("museum"), ValueError("1 to 5 steps, not 7"), RuntimeError()]
)
def test_whatever_fails_the_old_edition_goes_on_and_the_part_is_named(
    office, monkeypatch, error
):
    good = office.keeper.edition()

    def fails(edition, address):
        if address.theme == "exit_approved_year":
            raise error
        return b"{}"

    monkeypatch.setattr(build, "page_state", fails)
    office.change("variables.csv", "#E69F00", "#E69F01")
    office.settle()

    assert office.keeper.edition() is good
    (problem,) = office.keeper.problems
    assert "see=exit_approved_year" in problem.say("en")
    assert type(error).__name__ in problem.say("zh")


def test_an_old_edition_is_answered_while_another_is_built(office, monkeypatch):
    good = office.keeper.edition()
    begun, go_on = threading.Event(), threading.Event()
    real = keepers.examine

    def slow(*args, **named):
        begun.set()
        assert go_on.wait(30)
        return real(*args, **named)

    monkeypatch.setattr(keepers, "examine", slow)
    office.change("variables.csv", "#E69F00", "#E69F01")
    office.keeper.watch(every=0.01)
    try:
        assert begun.wait(30)
        # Would wait for ever, were there a lock or a build in its way.
        assert office.keeper.edition() is good
        go_on.set()
        deadline = time.monotonic() + 60
        while office.keeper.edition() is good and time.monotonic() < deadline:
            time.sleep(0.05)
    finally:
        go_on.set()
        office.keeper.stop()

    assert office.keeper.edition() is not good


def test_the_watch_goes_on_after_a_look_that_failed(office, monkeypatch):
    looks = []

    def fails(self):
        looks.append(1)
        if len(looks) == 1:
            raise OSError("the disk is tired")
        self.stop()

    monkeypatch.setattr(EditionKeeper, "look", fails)
    office.keeper.watch(every=0.01)
    deadline = time.monotonic() + 30
    while len(looks) < 2 and time.monotonic() < deadline:
        time.sleep(0.01)

    assert len(looks) == 2


def test_an_edition_that_is_no_longer_served_is_given_back(office, monkeypatch):
    office.keeper = EditionKeeper(directory=office.tables)
    old = office.keeper.edition()
    assets.bundle(old, "")
    # As what is made of an edition elsewhere may, and the OGC API does.
    kept_with_owner(lambda edition: [edition, edition.package])(old)
    kept = weakref.ref(old), weakref.ref(old.package), weakref.ref(old.counties())
    office.change("variables.csv", "#E69F00", "#E69F01")
    gc.collect()
    # What was frozen at the start is never collected: nothing may need it.
    gc.disable()
    try:
        office.settle()
        assert office.keeper.edition() is not old
        del old
        assert [reference() for reference in kept] == [None, None, None]
    finally:
        gc.enable()
