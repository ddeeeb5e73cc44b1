"""Files that were made are kept up to a number of bytes, without their edition."""

import gc
import weakref

import pytest

from layers.files.export import Export
from views.http import made


class Edition:
    digest = "0123456789abcdef"


@pytest.fixture(autouse=True)
def empty(monkeypatch):
    made._FILES.clear()
    yield
    made._FILES.clear()


@pytest.fixture
def make():
    calls = []

    @made.kept
    def make(edition, name, size=10):
        calls.append(name)
        return Export(content=bytes(size), media_type="x/y", file_name=name)

    return make, calls


def test_the_same_is_made_once(make):
    make, calls = make
    edition = Edition()

    assert make(edition, "a") is make(edition, "a")
    assert make(edition, "a", size=20) is not make(edition, "a")
    assert calls == ["a", "a"]


def test_another_edition_has_files_of_its_own(make):
    make, _ = make
    other = Edition()
    other.digest = "other"

    assert make(Edition(), "a") is not make(other, "a")


def test_no_more_bytes_are_kept_than_said(make):
    make, _ = make
    edition = Edition()
    for number in range(100):
        make(edition, f"{number}", size=made.MOST_BYTES // 10)

    assert made._FILES.currsize <= made.MOST_BYTES
    assert len(made._FILES) == 10


def test_what_is_larger_than_all_that_is_kept_is_made_all_the_same(make):
    make, calls = make
    edition = Edition()
    for _ in range(2):
        assert len(make(edition, "a", size=made.MOST_BYTES + 1).content) > 10

    assert calls == ["a", "a"]


def test_a_file_that_is_kept_keeps_no_edition(make):
    make, _ = make
    edition = Edition()
    make(edition, "a")
    gone = weakref.ref(edition)
    del edition
    gc.collect()

    assert gone() is None
    assert len(made._FILES) == 1


def test_a_few_dozen_files_of_a_megabyte_are_kept(make):
    make, calls = make
    edition = Edition()
    for _ in range(2):
        for number in range(30):
            make(edition, f"{number}", size=1024**2)

    assert len(calls) == 30
    # The memory of a small machine is not all for files.
    assert made.MOST_BYTES <= 128 * 1024**2


def test_threads_share_what_is_kept_and_do_not_wait_for_what_is_made(monkeypatch):
    class Watched:
        times, held = 0, False

        def __enter__(self):
            self.times += 1
            self.held = True

        def __exit__(self, *_):
            self.held = False

    lock = Watched()
    monkeypatch.setattr(made, "_LOCK", lock)
    held = []

    @made.kept
    def make(edition, name):
        held.append(lock.held)
        return Export(content=b"x", media_type="x/y", file_name=name)

    make(Edition(), "a")
    looked_up_and_put_in = lock.times
    make(Edition(), "a")

    assert held == [False]
    assert looked_up_and_put_in >= 2
    assert lock.times > looked_up_and_put_in
