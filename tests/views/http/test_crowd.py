"""``atlas serve --workers`` as it runs: minutes on two cores, ``make test-workers``."""

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from geo.folders import data_folder
from views.http.hand_on import COOKIE

ROOT = Path(__file__).parents[3]
SECONDS = 240
COUNT = 2

pytestmark = pytest.mark.skipif(
    not os.environ.get("TEST_WORKERS"), reason="minutes: make test-workers"
)


class Served:
    """Two processes behind one address, on a copy of the data."""

    def __init__(self, folder: Path) -> None:
        self.data = shutil.copytree(data_folder(), folder / "data")
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        command = [sys.executable, "-m", "layers", "serve", "--workers", str(COUNT)]
        command += ["--port", str(self.port), "--address", "127.0.0.1"]
        # A relative name leads from where it was typed.
        self.process = subprocess.Popen(
            [*command, "--prefix", "gis"],
            cwd=folder,
            env=os.environ | {"PYTHONPATH": str(ROOT), "ATLAS_DATA": "data"},
        )

    def get(self, path: str, number: int | None = None) -> tuple[int, bytes]:
        headers = {} if number is None else {"Cookie": f"{COOKIE}={number}"}
        address = f"http://127.0.0.1:{self.port}/gis{path}"
        asked = urllib.request.Request(address, headers=headers)
        with urllib.request.urlopen(asked, timeout=60) as answer:
            return answer.status, answer.read()

    def ready(self, number: int) -> dict:
        return json.loads(self.get("/ready", number)[1])

    def until(self, holds) -> None:
        end = time.monotonic() + SECONDS
        while True:
            with contextlib.suppress(OSError):
                if holds():
                    return
            assert self.process.poll() is None
            assert time.monotonic() < end
            time.sleep(0.5)

    def processes(self) -> list[int]:
        return started_by(self.process.pid)

    def below(self) -> list[int]:
        """Those that its processes have started."""
        return [one for process in self.processes() for one in started_by(process)]


def started_by(process: int) -> list[int]:
    ask = ["ps", "--ppid", str(process), "-o", "pid="]
    said = subprocess.run(ask, check=False, capture_output=True, text=True).stdout
    return [int(word) for word in said.split()]


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    served = Served(tmp_path_factory.mktemp("crowd"))
    try:
        served.until(lambda: len(served.processes()) == COUNT and served.get("/health"))
        yield served
    finally:
        served.process.kill()
        for process in served.processes():
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)


def test_each_process_answers_the_same(served):
    tables = {served.get("/layers/counties.csv", number)[1] for number in range(COUNT)}

    assert len(tables) == 1


def test_tables_that_change_change_in_all(served):
    before = {served.ready(number)["edition"] for number in range(COUNT)}
    assert len(before) == 1
    table = served.data / "attributes" / "groups.csv"
    text = table.read_text("utf-8")
    table.write_text(text.replace(",poor counties,", ",poor counties here,"), "utf-8")

    def changed() -> bool:
        now = {served.ready(number)["edition"] for number in range(COUNT)}
        return len(now) == 1 and now != before

    served.until(changed)


def test_one_that_dies_is_missed_by_nobody_and_comes_back(served):
    victim, other = served.processes()
    os.kill(victim, signal.SIGKILL)

    served.until(lambda: victim not in served.processes())
    for number in range(COUNT):
        served.until(lambda number=number: served.get("/", number)[0] == 200)
    served.until(lambda: len(served.processes()) == COUNT)

    assert other in served.processes()


def test_a_port_that_is_taken_is_said(served):
    command = [sys.executable, "-m", "layers", "serve", "--workers", "2"]
    command += ["--port", str(served.port), "--address", "127.0.0.1"]

    ended = subprocess.run(
        command, cwd=ROOT, capture_output=True, timeout=SECONDS, check=False
    )

    assert ended.returncode == 1
    said = ended.stderr.decode("utf-8")
    assert f"端口{served.port}已被占用" in said
    assert f"Port {served.port} is taken" in said


def test_it_ends_with_all_its_processes_when_told(served):
    processes = served.processes()

    served.process.terminate()

    assert served.process.wait(SECONDS) == 0
    assert [p for p in processes if Path(f"/proc/{p}").exists()] == []


def test_none_runs_on_when_the_first_is_killed(tmp_path):
    killed = Served(tmp_path)
    killed.until(lambda: len(killed.processes()) == COUNT and killed.get("/health"))
    # With what draws, which a process has started of its own.
    assert killed.get("/layers/counties.svg")[0] == 200
    below = [*killed.processes(), *killed.below()]
    assert len(below) > COUNT

    killed.process.kill()
    killed.process.wait()

    end = time.monotonic() + SECONDS
    while left := [one for one in below if Path(f"/proc/{one}").exists()]:
        assert time.monotonic() < end, left
        time.sleep(0.5)
