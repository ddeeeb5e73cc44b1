"""Own figures that are kept: whole or not at all, bounded, and gone in time."""

import logging
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from layers import settings
from layers.store.faults import NotKeptError, StoreError
from layers.store.folder import Folder
from layers.store.item import Item, key_of, new_id
from layers.store.store import Store, tidy_meanwhile
from tests.layers.publish.databases import execute

ITEM = Item(
    name="收入.csv",
    content="县,收入\n张北县,5000\n".encode(),
    decided={"rows": [[2, "130722"]], "boxes": {"own_by": "columns"}},
)
ROOT = Path(__file__).parents[3]
MONTH = 30 * 24 * 3600


def in_folder(path) -> Store:
    return Store.of(settings.read({"ATLAS_STORE": str(path)}))


def age(place, ident, seconds):
    """Let an item have been written so long ago."""
    key = key_of(ident)
    if isinstance(place, Path):
        written = time.time() - seconds
        os.utime(place / f"{key}.own", (written, written))
    else:
        execute(
            place,
            f"UPDATE atlas_kept SET written = written - interval '{seconds} s'"
            f" WHERE key = '{key}'",
        )


def everything_in(place) -> bytes:
    """Names and contents of all that a store holds."""
    if isinstance(place, Path):
        return b"".join(p.name.encode() + p.read_bytes() for p in place.iterdir())
    try:
        found = execute(place, "SELECT key, content FROM atlas_kept")
    except psycopg.errors.UndefinedTable:
        return b""
    return b"".join(key.encode() + bytes(content) for key, content in found)


@pytest.fixture(params=["folder", "database"])
def place(request, tmp_path):
    """Where is kept: a folder, or the address of a database of Debian's server."""
    if request.param == "folder":
        return tmp_path
    return request.getfixturevalue("database")(postgis=False)


def test_what_is_kept_is_found_by_its_id_on_any_replica(place):
    ident = in_folder(place).keep(ITEM)

    kept = in_folder(place).find(ident)
    assert kept.item == ITEM
    assert (kept.until - kept.since).days == 30


def test_nobody_guesses_an_id_or_reads_it_in_the_store(place):
    ident = in_folder(place).keep(ITEM)

    assert len(ident) * 6 >= 128  # each sign is one of 64
    assert len({new_id() for _ in range(100)}) == 100
    held = everything_in(place)
    assert ITEM.content in held
    assert ident.encode() not in held


@pytest.mark.parametrize(
    "ident",
    ["", "x", "../../etc/passwd", "a" * 32, "é" * 32, "a" * 31 + "\0", "%s" * 16],
)
def test_what_is_no_id_or_unknown_finds_nothing(place, ident):
    with pytest.raises(NotKeptError):
        in_folder(place).find(ident)
    with pytest.raises(NotKeptError):
        in_folder(place).remove(ident)
    assert everything_in(place) == b""


def test_whoever_has_the_link_removes_it(place):
    store = in_folder(place)
    ident, other = store.keep(ITEM), store.keep(ITEM)
    store.remove(ident)

    with pytest.raises(NotKeptError):
        store.find(ident)
    with pytest.raises(NotKeptError):
        store.remove(ident)
    assert store.find(other).item == ITEM


def test_what_is_old_is_found_no_more_and_removed_with_the_next(place):
    store = in_folder(place)
    old, young = store.keep(ITEM), store.keep(ITEM)
    age(place, old, MONTH + 60)
    age(place, young, MONTH - 60)

    with pytest.raises(NotKeptError):
        store.find(old)
    assert key_of(old).encode() in everything_in(place)
    store.keep(ITEM)
    assert key_of(old).encode() not in everything_in(place)
    assert store.find(young).item == ITEM


def test_what_is_old_is_removed_when_the_server_starts(place):
    old = in_folder(place).keep(ITEM)
    age(place, old, MONTH + 60)
    tidy_meanwhile(settings.read({"ATLAS_STORE": str(place)})).join(20)

    assert everything_in(place) == b""


def test_one_file_and_all_together_are_bounded(place):
    store = replace(in_folder(place), file_mb=1, all_mb=2)
    with pytest.raises(StoreError, match="larger than 1 MB"):
        store.keep(replace(ITEM, content=bytes(2**20)))
    assert everything_in(place) == b""

    big = replace(ITEM, content=bytes(900_000))
    first, _ = store.keep(big), store.keep(big)
    before = everything_in(place)
    with pytest.raises(StoreError, match="2 MB"):
        store.keep(big)
    assert everything_in(place) == before
    store.remove(first)
    assert store.find(store.keep(big)).item == big


def test_without_a_setting_there_is_no_store():
    assert Store.of(settings.read({})) is None
    assert tidy_meanwhile(settings.read({})) is None


def test_a_file_that_breaks_off_leaves_nothing(tmp_path, monkeypatch):
    store = in_folder(tmp_path)

    def full(_number):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StoreError) as refused:
        store.keep(ITEM)
    assert list(tmp_path.iterdir()) == []
    assert "暂时不能使用" in refused.value.say("zh")


@pytest.mark.parametrize("step", ["os.fsync", "Path.replace"])
def test_a_server_that_is_killed_while_it_keeps_leaves_no_half_file(tmp_path, step):
    ident = in_folder(tmp_path).keep(ITEM)
    script = (
        "import os, signal, sys\nfrom pathlib import Path\n"
        "from layers.store.folder import Folder\n"
        f"{step} = lambda *_: os.kill(os.getpid(), signal.SIGKILL)\n"
        "Folder(Path(sys.argv[1])).write('f' * 64, b'2', 100_000)\n"
    )

    ended = subprocess.run(
        [sys.executable, "-c", script, tmp_path], cwd=ROOT, check=False
    )

    assert ended.returncode == -signal.SIGKILL
    assert in_folder(tmp_path).find(ident).item == ITEM
    assert Folder(tmp_path).read("f" * 64) is None
    # What it left is removed by whoever keeps something an hour later.
    (left,) = tmp_path.glob("*.part")
    hours_ago = time.time() - 2 * 3600
    os.utime(left, (hours_ago, hours_ago))
    in_folder(tmp_path).tidy()
    assert [*tmp_path.glob("*.part")] == []


def test_a_folder_that_is_gone_refuses(tmp_path):
    folder = tmp_path / "store"
    folder.mkdir()
    store = in_folder(folder)
    folder.rmdir()

    with pytest.raises(StoreError, match="cannot be used now"):
        store.keep(ITEM)
    tidy_meanwhile(settings.read({"ATLAS_STORE": str(tmp_path)})).join(20)


def test_what_others_have_in_the_folder_stays(tmp_path):
    (tmp_path / "notes.txt").write_text("ours")
    os.utime(tmp_path / "notes.txt", (0, 0))
    (tmp_path / "half.part").write_text("never finished")
    os.utime(tmp_path / "half.part", (0, 0))
    in_folder(tmp_path).tidy()

    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


@pytest.mark.parametrize(
    "written", [b"", b"\n", b"{}\n", b"[]\nx", b"[" * 100_000, ITEM.to_bytes()[:-1]]
)
def test_what_is_damaged_is_nothing(tmp_path, written):
    store = in_folder(tmp_path)
    ident = store.keep(ITEM)
    (tmp_path / f"{key_of(ident)}.own").write_bytes(written)

    with pytest.raises(NotKeptError):
        store.find(ident)


def test_only_the_account_of_the_server_reads_what_is_kept(tmp_path):
    in_folder(tmp_path).keep(ITEM)
    (file,) = tmp_path.iterdir()

    assert file.stat().st_mode & 0o077 == 0


def test_a_database_that_is_down_refuses_without_its_password(caplog):
    caplog.set_level(logging.DEBUG)
    store = in_folder("postgresql://office:geheim@127.0.0.1:9/atlas?connect_timeout=1")
    with pytest.raises(StoreError, match="cannot be used now") as refused:
        store.keep(ITEM)
    ident = new_id()
    with pytest.raises(StoreError):
        store.find(ident)

    said = caplog.text + refused.value.say("zh") + repr(store)
    assert "the store refuses" in caplog.text
    assert "geheim" not in said
    assert ident not in said
    assert key_of(ident) not in said


def test_an_account_that_may_not_make_tables_uses_the_one_there_is(database):
    address = database(postgis=False)
    in_folder(address).keep(ITEM)
    execute(address, "DROP ROLE IF EXISTS clerk")
    execute(address, "CREATE ROLE clerk LOGIN")
    execute(address, "GRANT SELECT, INSERT, DELETE ON atlas_kept TO clerk")
    clerk = in_folder(address.replace("office@", "clerk@"))

    ident = clerk.keep(ITEM)
    assert clerk.find(ident).item == ITEM
    clerk.remove(ident)
    execute(address, "REVOKE ALL ON atlas_kept FROM clerk")
    with pytest.raises(StoreError, match="cannot be used now"):
        clerk.keep(ITEM)
    execute(address, "DROP ROLE clerk")
