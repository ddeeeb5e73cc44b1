"""Make archives that install without the internet: ``python -m deploy.bundle linux``.

Each holds the wheel of the atlas, the wheels of all that ``requirements.lock`` names
for a system and its Pythons, pip itself, and what sets them up and starts the atlas.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from packaging.markers import Marker

from geo import __version__

ROOT: Final = Path(__file__).parents[1]
PYTHONS: Final = ("3.11", "3.12", "3.13")
OFFLINE: Final = Path(__file__).with_name("offline")

_ENTRY: Final = re.compile(
    r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^\s;\\]+)"
    r"(?: ; (?P<marker>[^\\\n]+?))? \\\n(?P<hashes>(?:    --hash=\S+(?: \\)?\n)+)",
    re.M,
)


@dataclass(frozen=True, slots=True)
class System:
    """A system that an archive is for.

    Attributes
    ----------
    platforms : tuple of str
        Tags of its wheels, as pip takes them.
    markers : mapping of str to str
        What it says of itself in an environment marker (PEP 508).
    start : str
        Name of the file that starts the atlas.
    words : mapping of str to str
        What stands in the page that goes with the archive.
    """

    platforms: tuple[str, ...]
    markers: Mapping[str, str]
    start: str
    words: Mapping[str, str]


SYSTEMS: Final[Mapping[str, System]] = {
    "linux": System(
        # glibc 2.28: Debian 10, Red Hat 8, Ubuntu 20.04 and what came after them.
        platforms=(
            *(f"manylinux_2_{minor}_x86_64" for minor in range(28, 16, -1)),
            "manylinux2014_x86_64",
            "manylinux_2_12_x86_64",
            "manylinux2010_x86_64",
            "manylinux_2_5_x86_64",
            "manylinux1_x86_64",
        ),
        markers={
            "sys_platform": "linux",
            "platform_system": "Linux",
            "os_name": "posix",
            "platform_machine": "x86_64",
        },
        start="start.sh",
        words={
            "SYSTEM": "Linux",
            "START": "./start.sh",
            "COMMAND": "venv/bin/atlas",
            "CHECK": "sha256sum -c SHA256SUMS",
        },
    ),
    "windows": System(
        platforms=("win_amd64",),
        markers={
            "sys_platform": "win32",
            "platform_system": "Windows",
            "os_name": "nt",
            "platform_machine": "AMD64",
        },
        start="start.bat",
        words={
            "SYSTEM": "Windows",
            "START": "start.bat",
            "COMMAND": r"venv\Scripts\atlas",
            "CHECK": r"certutil -hashfile FILE SHA256",
        },
    ),
}
"""The systems, by name."""


@dataclass(frozen=True, slots=True)
class Locked:
    """An entry of a lock file.

    Attributes
    ----------
    name, version : str
        Of the package.
    marker : str
        Where it is needed; empty if everywhere.
    hashes : tuple of str
        SHA-256 of its files.
    """

    name: str
    version: str
    marker: str
    hashes: tuple[str, ...]

    def requirement(self) -> str:
        """Return it as pip reads it, for one environment."""
        hashes = " ".join(f"--hash=sha256:{one}" for one in self.hashes)
        return f"{self.name}=={self.version} {hashes}"


def locked(text: str) -> list[Locked]:
    r"""Read a lock file.

    Raises
    ------
    ValueError
        If a line names a package that is not understood.

    Examples
    --------
    >>> locked("a==1 ; os_name == 'nt' \\\n    --hash=sha256:0f\n")
    [Locked(name='a', version='1', marker="os_name == 'nt'", hashes=('0f',))]
    """
    found = [
        Locked(
            entry["name"],
            entry["version"],
            entry["marker"] or "",
            tuple(re.findall(r"sha256:([0-9a-f]+)", entry["hashes"])),
        )
        for entry in _ENTRY.finditer(text)
    ]
    named = re.findall(r"^[A-Za-z0-9].*", text, re.M)
    if len(named) != len(found):
        raise ValueError(f"{len(named)} packages are named, {len(found)} understood")
    return found


def needed(entries: Iterable[Locked], system: System, python: str) -> list[Locked]:
    """Return the entries that one system needs with one Python.

    pip evaluates markers for the machine where it runs, whatever it downloads for: the
    archive for Windows made on Linux would lack what only Windows needs.

    Parameters
    ----------
    entries : iterable of Locked
        All of the lock file.
    system : System
        Where it is to run.
    python : str
        Version of Python: ``3.12``.
    """
    environment = {
        **system.markers,
        "python_version": python,
        "python_full_version": f"{python}.0",
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
    }
    return [
        entry
        for entry in entries
        if not entry.marker or Marker(entry.marker).evaluate(environment)
    ]


def download(
    entries: Iterable[Locked], system: System, python: str, folder: Path
) -> None:
    """Fetch the wheels of entries; each is checked against its hashes.

    Raises
    ------
    subprocess.CalledProcessError
        If one has no wheel for the system, or cannot be had; pip has said which.
    """
    with tempfile.TemporaryDirectory() as temporary:
        asked = Path(temporary) / "requirements.txt"
        asked.write_text("\n".join(entry.requirement() for entry in entries), "utf-8")
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
        command += ["--require-hashes", "--only-binary=:all:", "-r", str(asked)]
        command += ["--implementation", "cp", "--python-version", python]
        for platform in system.platforms:
            command += ["--platform", platform]
        subprocess.run([*command, "--dest", str(folder)], check=True)  # noqa: S603 - our own


def build_wheel(folder: Path) -> Path:
    """Build the wheel of the atlas; return its file."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel"]
    subprocess.run([*command, "-d", str(folder)], cwd=ROOT, check=True)  # noqa: S603 - our own
    (wheel,) = folder.glob("hebei_programme_atlas-*.whl")
    return wheel


def fill(folder: Path, name: str, pythons: Sequence[str]) -> None:
    """Put everything into a folder that is to be packed.

    Parameters
    ----------
    folder : pathlib.Path
        An empty one.
    name : str
        Key of :data:`SYSTEMS`.
    pythons : sequence of str
        Versions of Python that it is to run with, the best first.
    """
    system, wheels = SYSTEMS[name], folder / "wheels"
    wheels.mkdir()
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    entries = locked(lock)
    for python in pythons:
        download(needed(entries, system, python), system, python, wheels)
    tools = locked((ROOT / "requirements-dev.lock").read_text("utf-8"))
    pip = [entry for entry in tools if entry.name == "pip"]
    download(pip, system, pythons[0], wheels)
    (pip_wheel,) = wheels.glob("pip-*.whl")
    own = build_wheel(wheels)
    (folder / "requirements.lock").write_text(
        f"{lock}hebei-programme-atlas=={__version__} \\\n"
        f"    --hash=sha256:{_sum(own)}\n",
        "utf-8",
    )
    words = {
        **system.words,
        "VERSION": __version__,
        "PYTHONS": " ".join(pythons),
        "PIP": pip_wheel.name,
    }
    # cmd.exe loses its place in a file of which lines end without a carriage return.
    newline = "\r\n" if name == "windows" else "\n"
    for file in (system.start, "README.txt"):
        text = _filled((OFFLINE / file).read_text("utf-8"), words)
        (folder / file).write_text(text, "utf-8", newline=newline)
    if name == "linux":
        (folder / system.start).chmod(0o755)
        finder = (ROOT / "deploy" / "find_python.sh").read_bytes()
        (folder / "find_python.sh").write_bytes(finder)
    (folder / "LICENSE").write_bytes((ROOT / "LICENSE").read_bytes())
    sums = "".join(
        f"{_sum(path)}  {path.relative_to(folder).as_posix()}\n"
        for path in _files(folder)
    )
    (folder / "SHA256SUMS").write_text(sums, "utf-8", newline="\n")


def pack(folder: Path, name: str, target: Path) -> Path:
    """Pack a folder; return the archive. Wheels are packed already: it is quick."""
    if name == "windows":
        archive = target / f"{folder.name}.zip"
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as packed:
            for path in _files(folder):
                packed.write(path, path.relative_to(folder.parent))
    else:
        archive = target / f"{folder.name}.tar.gz"
        with tarfile.open(archive, "w:gz", compresslevel=1) as packed:
            packed.add(folder, folder.name, filter=_of_nobody)
    return archive


def _of_nobody(member: tarfile.TarInfo) -> tarfile.TarInfo:
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    member.mode |= 0o444
    return member


def _filled(text: str, words: Mapping[str, str]) -> str:
    return re.sub(r"@([A-Z]+)@", lambda found: words[found[1]], text)


def _files(folder: Path) -> Iterator[Path]:
    yield from sorted(path for path in folder.rglob("*") if path.is_file())


def _sum(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def main(arguments: Sequence[str] | None = None) -> None:
    """Make archives of the systems that are named."""
    parser = argparse.ArgumentParser(prog="python -m deploy.bundle")
    parser.add_argument("systems", nargs="+", choices=[*SYSTEMS], metavar="SYSTEM")
    parser.add_argument(
        "--python", action="append", choices=PYTHONS, help="one of them; else all"
    )
    parser.add_argument("--into", type=Path, default=ROOT / "dist")
    options = parser.parse_args(arguments)
    options.into.mkdir(parents=True, exist_ok=True)
    for name in options.systems:
        with tempfile.TemporaryDirectory() as temporary:
            whole = f"hebei_programme_atlas-{__version__}-{name}-x86_64"
            folder = Path(temporary) / whole
            folder.mkdir()
            fill(folder, name, options.python or PYTHONS)
            archive = pack(folder, name, options.into)
        sums = f"{_sum(archive)}  {archive.name}\n"
        archive.with_name(f"{archive.name}.sha256").write_text(sums, "utf-8")
        print(f"{archive}: {archive.stat().st_size / 1e6:.0f} MB")


if __name__ == "__main__":
    main()
