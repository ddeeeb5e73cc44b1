"""The running application keeps the last good edition of the tables."""

import shutil

import pytest

from geo.problems import DataFaultError
from layers.edition.edition import Keeper
from layers.facts.package import DIRECTORY


@pytest.fixture
def folder(tmp_path):
    copy = tmp_path / "attributes"
    shutil.copytree(DIRECTORY, copy)
    return copy


@pytest.fixture
def keeper(folder, monkeypatch):
    monkeypatch.setattr("layers.edition.edition.LOOK_EVERY_SECONDS", 0.0)
    return Keeper(directory=folder)


def spoil(folder):
    path = folder / "memberships.csv"
    path.write_text(path.read_text("utf-8").replace("130722", "999999", 1), "utf-8")


def test_a_faulty_edition_is_not_served_and_its_faults_are_kept(keeper, folder):
    good = keeper.atlas()
    spoil(folder)

    assert keeper.atlas() is good
    assert keeper.problems[0].table == "memberships.csv"


def test_a_mended_edition_is_served_again(keeper, folder):
    good = keeper.atlas()
    whole = (folder / "memberships.csv").read_text("utf-8")
    spoil(folder)
    keeper.atlas()

    (folder / "memberships.csv").write_text(whole, "utf-8")

    assert keeper.atlas() is good
    assert keeper.problems == ()


def test_a_new_good_edition_replaces_the_old_one_under_another_address(keeper, folder):
    good = keeper.atlas()
    path = folder / "programmes.csv"
    path.write_text(path.read_text("utf-8").replace("#E69F00", "#E69F01"), "utf-8")

    new = keeper.atlas()

    assert new is not good
    assert new.package.programmes["poor_county"].colour == "#E69F01"
    assert new.digest != good.digest


def test_a_faulty_table_stops_the_start(keeper, folder):
    spoil(folder)

    with pytest.raises(DataFaultError, match=r"memberships\.csv"):
        keeper.atlas()


def test_a_file_half_written_or_gone_does_not_stop_the_service(keeper, folder):
    good = keeper.atlas()
    (folder / "pairs.csv").unlink()

    assert keeper.atlas() is good
    assert keeper.problems
