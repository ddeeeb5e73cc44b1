"""The archives for machines without the internet.

What is read from lock files is tested always. That the archive for Linux installs and
serves on a bare Debian whose only network is itself takes minutes, root and
debootstrap: ``make test-bundle``.
"""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest
from packaging.utils import parse_wheel_filename

from deploy import bundle

ROOT = Path(__file__).parents[2]
LOCK = (ROOT / "requirements.lock").read_text("utf-8")
WHOLE = bool(os.environ.get("TEST_BUNDLE"))
whole = pytest.mark.skipif(not WHOLE, reason="minutes, root: make test-bundle")


def names(system: str, python: str) -> set[str]:
    found = bundle.needed(bundle.locked(LOCK), bundle.SYSTEMS[system], python)
    return {entry.name for entry in found}


def test_every_package_of_the_lock_is_read_with_its_hashes():
    entries = bundle.locked(LOCK)

    assert all(entry.hashes for entry in entries)
    assert sum(len(entry.hashes) for entry in entries) == LOCK.count("--hash=sha256:")


def test_a_line_that_is_not_understood_is_not_passed_over():
    with pytest.raises(ValueError, match="2 packages are named, 1 understood"):
        bundle.locked("a==1 \\\n    --hash=sha256:0f\nb @ file:///b.whl\n")


@pytest.mark.parametrize("python", bundle.PYTHONS)
def test_each_system_needs_its_own(python):
    assert names("windows", python) - names("linux", python) == {"colorama"}
    assert names("linux", python) <= names("windows", python)


@pytest.mark.parametrize("python", bundle.PYTHONS)
@pytest.mark.parametrize("system", bundle.SYSTEMS)
def test_no_package_is_needed_in_two_versions(system, python):
    found = bundle.needed(bundle.locked(LOCK), bundle.SYSTEMS[system], python)

    assert len(found) == len({entry.name for entry in found})


@pytest.mark.parametrize("name", ["start.sh", "start.bat", "README.txt"])
def test_all_that_is_to_be_filled_in_is_known(name):
    words = {"VERSION": "2", "PYTHONS": "3.11", "PIP": "pip.whl"}
    text = (bundle.OFFLINE / name).read_text("utf-8")

    for system in bundle.SYSTEMS.values():
        filled = bundle._filled(text, {**words, **system.words})
        assert re.findall(r"@\w+@", filled) == []


@pytest.fixture(scope="module")
def debian(tmp_path_factory) -> Path:
    """A bare Debian with Python: no pip, no venv package, no compiler."""
    folder = tmp_path_factory.mktemp("debian") / "root"
    release = dict(
        line.split("=", 1) for line in Path("/etc/os-release").read_text().splitlines()
    )
    codename = release["VERSION_CODENAME"].strip('"')
    about = ["Created-By: Packages", "Component: main", f"Codename: {codename}"]
    mirror = subprocess.run(
        ["apt-get", "indextargets", "--format", "$(REPO_URI)", *about],
        check=True,
        capture_output=True,
        text=True,
    ).stdout.split()[0]
    make = ["debootstrap", "--variant=minbase", "--include=python3", codename]
    subprocess.run([*make, folder, mirror], check=True, stdout=subprocess.DEVNULL)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def archive(debian, tmp_path_factory) -> Path:
    """The archive for the Python of that Debian."""
    said = subprocess.run(
        ["chroot", debian, "python3", "-V"], check=True, capture_output=True, text=True
    ).stdout
    python = ".".join(said.split()[1].split(".")[:2])
    folder = tmp_path_factory.mktemp("archive")
    make = [sys.executable, "-m", "deploy.bundle", "linux", "--python", python]
    subprocess.run([*make, "--into", folder], cwd=ROOT, check=True)
    (made,) = folder.glob("*.tar.gz")
    return made


@whole
def test_the_archive_says_what_is_in_it(archive):
    told = archive.with_name(f"{archive.name}.sha256").read_text().split()
    assert told == [hashlib.sha256(archive.read_bytes()).hexdigest(), archive.name]

    with tarfile.open(archive) as packed:
        folder = archive.name.removesuffix(".tar.gz")
        held = {
            name.removeprefix(f"{folder}/"): packed.extractfile(name).read()
            for name in packed.getnames()
            if packed.getmember(name).isfile()
        }
    sums = dict(
        reversed(line.split("  ", 1))
        for line in held.pop("SHA256SUMS").decode().splitlines()
    )
    assert sums == {n: hashlib.sha256(held[n]).hexdigest() for n in held}
    wheels = {
        parse_wheel_filename(Path(name).name)[0]
        for name in held
        if name.startswith("wheels/")
    }
    assert wheels >= {"hebei-programme-atlas", "pip", "streamlit", "pyproj"}


@whole
def test_it_installs_and_serves_where_there_is_no_network(debian, archive):
    opt, nobody = debian / "opt", 65534
    with tarfile.open(archive) as packed:
        packed.extractall(opt, filter="tar")
    (folder,) = opt.iterdir()
    visitor = shutil.copy(Path(__file__).with_name("visitor.py"), debian / "tmp")
    for path in (folder, *folder.rglob("*")):
        os.chown(path, nobody, nobody)
    enter = (
        f"ip link set lo up && mount -t proc proc {debian}/proc && "
        f"mount --rbind /dev {debian}/dev && exec chroot --userspec={nobody} {debian} "
        f"env -i PATH=/usr/bin:/bin python3 /tmp/{Path(visitor).name} "
        f"/opt/{folder.name}"
    )
    isolate = ["unshare", "--net", "--mount", "--pid", "--fork", "--kill-child"]

    said = subprocess.run(
        [*isolate, "sh", "-c", enter], check=True, stdout=subprocess.PIPE
    )

    seen = json.loads(said.stdout)
    assert seen["interfaces"] == ["lo"]
    assert seen["check"] == 0
    assert seen["health"] == seen["page"] == 200
    assert seen["counties"] == 167
    assert seen["sheet"].startswith("%PDF-")
    assert seen["exit"] in {0, -15, 143}
