"""The wheel, installed beside the packages of others and run far from the checkout."""

import contextlib
import csv
import io
import os
import shutil
import socket
import subprocess
import sys
import sysconfig
import time
import urllib.request
import zipfile
from pathlib import Path

import pytest

from geo import __version__

ROOT = Path(__file__).parents[2]
NAME = "hebei_programme_atlas"
START_SECONDS = 120


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (built,) = folder.iterdir()
    return built


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory) -> Path:
    """An environment with the wheel, which takes all it needs from this one."""
    environment = tmp_path_factory.mktemp("installed") / "venv"
    make = [sys.executable, "-m", "venv", "--without-pip", environment]
    subprocess.run(make, check=True)
    packages = Path(sysconfig.get_path("purelib", vars={"base": str(environment)}))
    (packages / "others.pth").write_text(sysconfig.get_path("purelib"))
    install = [sys.executable, "-m", "uv", "pip", "install", "--no-deps", "--offline"]
    install += ["--compile-bytecode"]
    subprocess.run(
        [*install, "--python", environment / "bin" / "python", wheel],
        check=True,
        capture_output=True,
    )
    yield environment
    # What was made unwritable is pytest's to remove.
    subprocess.run(["chmod", "-R", "u+w", environment.parent], check=True)


class Far:
    """Commands run in a folder that nobody may write to, without HOME or a locale."""

    def __init__(self, environment: Path, folder: Path) -> None:
        self.environment, self.folder = environment, folder
        for path in (environment, folder):
            subprocess.run(["chmod", "-R", "a-w", path], check=True)
        # Root may write everywhere, unless it gives that up.
        is_root = os.name == "posix" and os.geteuid() == 0 and shutil.which("setpriv")
        caps = "-dac_override,-dac_read_search"
        self._before = ["setpriv", "--bounding-set", caps] if is_root else []

    def command(self, *arguments: str) -> list[str]:
        return [*self._before, str(self.environment / "bin" / "atlas"), *arguments]

    def can_write(self) -> bool:
        """Whether a file can be written here after all, or beside the installed."""
        tried = (self.folder, self.environment / "lib")
        touch = [[*self._before, "touch", str(folder / "new")] for folder in tried]
        return any(subprocess.run(one, check=False).returncode == 0 for one in touch)

    def about(self) -> dict:
        known = {"PATH": os.environ["PATH"]}
        return {"cwd": self.folder, "env": known}

    def run(self, *arguments: str) -> subprocess.CompletedProcess:
        return subprocess.run(
            self.command(*arguments), capture_output=True, check=False, **self.about()
        )


@pytest.fixture(scope="module")
def far(installed, tmp_path_factory) -> Far:
    return Far(installed, tmp_path_factory.mktemp("far"))


def test_the_wheel_bears_the_version_and_one_name(wheel):
    with zipfile.ZipFile(wheel) as archive:
        tops = {name.partition("/")[0] for name in archive.namelist()}

    assert wheel.name == f"{NAME}-{__version__}-py3-none-any.whl"
    assert tops == {NAME, f"{NAME}-{__version__}.dist-info"}


def test_the_wheel_holds_what_the_repository_does(wheel):
    git = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    parts = ["geo", "layers", "views", "data", "locale", "streamlit_app.py"]
    listed = subprocess.run(
        [*git, *parts, ".streamlit"], cwd=ROOT, check=True, capture_output=True
    ).stdout.decode()
    with zipfile.ZipFile(wheel) as archive:
        held = {name.partition("/")[2] for name in archive.namelist()}
        requires = [
            line
            for line in archive.read(f"{NAME}-{__version__}.dist-info/METADATA")
            .decode()
            .splitlines()
            if line.startswith("Requires-Dist: ")
        ]
        about = {name for name in archive.namelist() if ".dist-info/" in name}

    held -= {name.partition("/")[2] for name in about}
    # The help is built, not kept: all of it, or none where it was not built.
    site = {
        p.relative_to(ROOT).as_posix() for p in ROOT.glob("site/**/*") if p.is_file()
    }
    assert {name for name in held if name.startswith("site/")} == site
    held -= site
    assert held == {*filter(None, listed.split("\0"))} | {"__init__.py", "__main__.py"}
    asked = [
        line
        for line in (ROOT / "requirements.txt").read_text("utf-8").splitlines()
        if line and not line.startswith("#")
    ]
    assert len(requires) == len(asked)


def test_it_checks_its_own_data_where_nothing_can_be_written(far):
    checked = far.run("check", "--lang", "zh")

    assert checked.returncode == 0, checked.stderr.decode()
    assert "167" in checked.stdout.decode("utf-8")
    assert [*far.folder.iterdir()] == []
    assert not far.can_write()


def test_it_says_how_it_is_called(far):
    shown = far.run("list", "--help").stdout.decode()

    assert shown.startswith("usage: atlas list")
    assert "\n  atlas list --json\n" in shown
    assert "python -m layers" not in shown


def test_it_reads_a_file_of_ones_own_in_a_process_of_its_own(far, tmp_path):
    table = tmp_path / "own.csv"
    table.write_text("县,数\n张北县,3\n康保县,5\n", "utf-8")

    joined = far.run("join", str(table), "--lang", "en")

    assert joined.returncode == 0, joined.stderr.decode()
    assert "2" in joined.stdout.decode()


def test_a_notebook_finds_its_packages(far):
    code = f"import {NAME}; from geo.folders import data_folder; print(data_folder())"
    python = str(far.environment / "bin" / "python")

    said = subprocess.run(
        [python, "-c", code], check=True, capture_output=True, **far.about()
    )

    folder = Path(said.stdout.decode().strip())
    assert folder.is_relative_to(far.environment)
    assert (folder / "boundaries").is_dir()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def get(address: str) -> tuple[int, str]:
    with urllib.request.urlopen(address, timeout=60) as answer:
        return answer.status, answer.read().decode("utf-8")


def test_it_serves_the_page_below_a_prefix_and_stops_when_told(far, tmp_path):
    port = free_port()
    command = far.command("serve", "--port", str(port), "--prefix", "/gis/")
    command += ["--address", "127.0.0.1"]
    with (tmp_path / "log").open("w+b") as log:
        server = subprocess.Popen(command, stdout=log, stderr=log, **far.about())
        try:
            here = f"http://127.0.0.1:{port}/gis"
            until = time.monotonic() + START_SECONDS
            while True:
                with contextlib.suppress(OSError):
                    health = get(f"{here}/health")
                    break
                assert server.poll() is None, (tmp_path / "log").read_text()
                assert time.monotonic() < until, (tmp_path / "log").read_text()
                time.sleep(0.5)

            page, table = get(f"{here}/"), get(f"{here}/layers/counties.csv")
        finally:
            server.terminate()
            server.wait(60)

    assert health[0] == page[0] == table[0] == 200
    assert "atlasHash" in page[1], "the page that the atlas sends, not Streamlit's"
    assert len([*csv.reader(io.StringIO(table[1]))]) == 1 + 167
    # The signal has reached the server itself: nobody answers any more.
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port)).close()
