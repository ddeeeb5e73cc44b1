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
