"""The process of a lane: its limits, its end, its beginning anew."""

import io
import sys
from dataclasses import replace

import pytest

from layers.edition.served import SERVED
from layers.lanes import handover, protocol, work
from layers.lanes.process import ProcessEndedError, WorkerProcess
from layers.lanes.protocol import Message
from layers.select.selection import Selection

ECHO = """
import os, sys, time
from layers.lanes.protocol import Message, receive, send
source, target = sys.stdin.buffer, sys.stdout.buffer
while (asked := receive(source, 1 << 20)) is not None:
    if asked.head.get("do") == "hang": time.sleep(600)
    if asked.head.get("do") == "crash": os._exit(3)
    if asked.head.get("do") == "half": target.write(b"12"); target.flush(); os._exit(0)
    send(target, Message({"pid": os.getpid(), **asked.head}, asked.content))
"""


@pytest.fixture
def echo():
    process = WorkerProcess("", 1000, (sys.executable, "-c", ECHO))
    yield process
    process.close()


def test_a_process_is_kept_between_works(echo):
    first = echo.ask(Message({"n": 1}, b"abc"), 60)
    again = echo.ask(Message({"n": 2}), 60)

    assert first.content == b"abc"
    assert (first.head["n"], again.head["n"]) == (1, 2)
    assert first.head["pid"] == again.head["pid"]


@pytest.mark.parametrize("end", ["crash", "half"])
def test_a_process_that_ends_is_started_anew(echo, end):
    first = echo.ask(Message({"n": 1}), 60)
    with pytest.raises(ProcessEndedError):
        echo.ask(Message({"do": end}), 60)
    assert echo.ask(Message({"n": 2}), 60).head["pid"] != first.head["pid"]


def test_a_work_that_takes_too_long_is_ended(echo):
    echo.ask(Message({"n": 1}), 60)
    with pytest.raises(TimeoutError):
        echo.ask(Message({"do": "hang"}), 0.2)
    assert echo.ask(Message({"n": 2}), 60).head["n"] == 2


def test_a_process_ended_from_outside_hurts_no_later_work(echo):
    echo.ask(Message({"n": 1}), 60)
    echo.kill()
    assert echo.ask(Message({"n": 2}), 60).head["n"] == 2


def test_a_closed_process_is_not_started_again(echo):
    echo.close()
    with pytest.raises(ProcessEndedError):
        echo.ask(Message({"n": 1}), 60)


def test_a_message_that_is_too_long_or_cut_off_is_none():
    stream = io.BytesIO()
    protocol.send(stream, Message({"a": "张"}, b"12345"))
    whole = stream.getvalue()

    assert protocol.receive(io.BytesIO(whole), 1000) == Message({"a": "张"}, b"12345")
    assert protocol.receive(io.BytesIO(b""), 1000) is None
    with pytest.raises(ValueError):
        protocol.receive(io.BytesIO(whole), 10)
    for cut in (3, len(whole) - 1):
        with pytest.raises(EOFError):
            protocol.receive(io.BytesIO(whole[:cut]), 1000)


@pytest.fixture(scope="module")
def edition():
    return SERVED.edition()


def test_an_edition_is_handed_over_whole_and_without_what_was_derived(edition):
    edition.counties("full")
    content = handover.packed(edition.package)
    there = handover.unpacked(content)

    assert there.package.digest == edition.package.digest
    # Divisions are equal by what they hold, which has no comparison of its own.
    divisions = edition.choices.divisions
    assert replace(there.choices, divisions=divisions) == edition.choices
    for own in ("changes", "administrations", "aliases"):
        assert getattr(there.choices.divisions, own) == getattr(divisions, own)
    assert there.counties().equals(edition.counties())
    assert "_kept" in vars(edition)  # and nothing was taken away here


def test_the_folder_of_editions_is_bounded_and_goes(edition, monkeypatch):
    class Other:
        package = edition.package

        def __init__(self, digest):
            self.digest = digest

    there = handover.Handover()
    files = [there.file(Other(str(n))) for n in range(5)]
    assert [file.exists() for file in files] == [False, False, True, True, True]
    assert oct(files[-1].parent.stat().st_mode)[-3:] == "700"
    there.close()
    assert not files[-1].parent.exists()


def test_a_sheet_is_drawn_in_the_process_as_here(edition, tmp_path):
    selection = Selection(all_of=("deep_poverty",))
    file = tmp_path / "edition"
    file.write_bytes(handover.packed(edition.package))
    about = {
        "programme": None,
        "suffix": "svg",
        "paper": "A4",
        "orientation": "portrait",
        "theme": "programmes",
        "language": "en",
        "address": "https://maps.example",
    }
    asked = {
        "work": "sheet",
        "edition": str(file),
        "query": selection.to_query(),
        "about": about,
    }
    process = WorkerProcess("drawing", 4096)
    try:
        there = process.ask(Message(asked), 120)
        wrong = process.ask(Message(asked | {"work": "no such"}), 120)
        again = process.ask(Message(asked), 120)
    finally:
        process.close()

    assert there == again == work.do(Message(asked))
    assert there.head["file_name"] == "hebei_deep_poverty_a4.svg"
    assert b"Zhangbei" in there.content or there.content.startswith(b"<?xml")
    assert wrong.head["failed"].startswith("KeyError")


def test_a_process_without_memory_says_so(edition, tmp_path):
    process = WorkerProcess("drawing", 100)
    try:
        with pytest.raises(ProcessEndedError):
            process.ask(Message({"work": "sheet"}), 60)
    finally:
        process.close()
