"""A file comes home through a process of its own, and spoils no other."""

import pytest

from geo.language import LANGUAGES
from layers.files.export import export
from layers.files.readback.asking import LIMITS, come_home
from layers.files.readback.faults import MOST_BYTES, ReadBackError
from layers.files.readback.reading import READABLE, read_back
from layers.own.limits import Limits
from layers.select.selection import Selection
from tests import real

CHOSEN = Selection(all_of=("deep_poverty",), prefectures=("130700",))


def made(form):
    table = real.counties()
    return export(real.package(), table, CHOSEN, format=form, detail="overview").content


@pytest.mark.spread(4)
@pytest.mark.parametrize("form", READABLE)
def test_it_is_told_as_if_it_were_read_here(form):
    content = made(form)
    home = come_home(content, f"C:\\made\\x.{form}")

    assert home == read_back(content, f"x.{form}")
    assert home.selection == CHOSEN and len(home.adcodes) == home.count > 0


@pytest.mark.parametrize("content", [b"", b"name;value\n1;2\n", b"PAR1 cut off"])
def test_what_is_not_ours_is_refused_in_the_same_words(content):
    with pytest.raises(ReadBackError) as there:
        come_home(content, "x.csv")
    with pytest.raises(ReadBackError) as here:
        read_back(content, "x.csv")
    for language in LANGUAGES:
        assert there.value.say(language) == here.value.say(language)


@pytest.mark.parametrize(
    ("limits", "words"),
    [
        (Limits(memory_mb=150), "cannot be read"),
        (Limits(seconds=1, memory_mb=1024), "it took longer than 1 second,"),
    ],
    ids=["memory", "time"],
)
def test_a_reader_that_is_ended_is_a_message(monkeypatch, limits, words):
    if limits.seconds == 1:  # this much a reader never needs, but a process that hangs
        monkeypatch.setattr("layers.files.readback.asking._CHILD", "tests.hanging")
    with pytest.raises(ReadBackError) as refusal:
        come_home(made("geoparquet"), "x.parquet", limits)
    assert words in refusal.value.say("en")


def test_what_is_too_large_is_not_handed_on(monkeypatch):
    monkeypatch.setattr("layers.files.readback.asking.ask", None)
    with pytest.raises(ReadBackError, match="larger than 20 MB"):
        come_home(b"x" * (MOST_BYTES + 1), "x.csv")
    assert LIMITS.file_mb * 1024 * 1024 == MOST_BYTES
