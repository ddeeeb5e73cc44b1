"""Which Python the atlas is set up with, and what is said where none fits."""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from deploy import bundle

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "deploy" / "find_python.sh"


@pytest.fixture
def find(tmp_path):
    """Run the script on a machine that has these interpreters: ``{name: version}``."""

    def run(machine, **environment):
        (tmp_path / "cat").symlink_to(shutil.which("cat"))
        for name, version in machine.items():
            pretends = f"import sys; sys.version_info = {version}; exec(sys.argv[1])"
            path = tmp_path / name
            path.write_text(
                f'#!/bin/sh\nexec "{sys.executable}" -c "{pretends}" "$2"\n'
            )
            path.chmod(0o755)
        found = subprocess.run(
            [shutil.which("sh"), SCRIPT],
            env={"PATH": str(tmp_path), **environment},
            capture_output=True,
            text=True,
            check=False,
        )
        return found.returncode, Path(found.stdout.strip()).name, found.stderr

    return run


@pytest.mark.parametrize(
    ("machine", "name"),
    [
        ({"python3.12": (3, 12, 1), "python3.11": (3, 11, 2)}, "python3.11"),
        ({"python3.13": (3, 13, 0), "python3": (3, 9, 2)}, "python3.13"),
        ({"python3.14": (3, 14, 0), "python3": (3, 12, 4)}, "python3"),
    ],
)
def test_the_first_that_fits_is_taken(find, machine, name):
    assert find(machine) == (0, name, "")


@pytest.mark.parametrize(
    "machine", [{}, {"python3": (3, 10, 9)}, {"python3": (3, 14, 0)}]
)
def test_where_none_fits_it_is_said_how_to_get_one(find, machine):
    code, name, said = find(machine)

    assert (code, name) == (1, "")
    assert "需要Python（3.11 3.12 3.13之一）" in said
    assert "apt-get install python3 python3-venv" in said


def test_one_that_was_named_is_not_passed_over(find):
    machine = {"mine": (3, 8, 1), "python3.11": (3, 11, 2)}

    code, _, said = find(machine, PYTHON="mine")

    assert code == 1
    assert "mine" in said


def test_project_and_script_name_the_same_versions():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]

    assert "${*:-3.11 3.12 3.13}" in SCRIPT.read_text("utf-8")
    assert bundle.PYTHONS == ("3.11", "3.12", "3.13")
    assert project["requires-python"] == ">=3.11,<3.14"
