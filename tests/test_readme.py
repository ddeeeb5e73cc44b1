"""What the README says of the project holds."""

import json
import re
import subprocess
import sys
from pathlib import Path

from geo import __version__

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")


def test_the_notebook_example_draws_a_map(tmp_path):
    (example,) = re.findall(r"^```python\n(.*?)^```$", README, re.M | re.S)
    (file,) = re.findall(r'\.save\("(.+?)"\)', example)

    subprocess.run(
        [sys.executable, "-c", example],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT)},
        check=True,
    )

    page = (tmp_path / file).read_text("utf-8")
    assert page.startswith("<!DOCTYPE html>")
    assert "AtlasMap.attach" in page


def test_every_table_is_told_of_once():
    descriptor = json.loads((ROOT / "data/attributes/datapackage.json").read_text())
    rows = README.partition("| tables of `data/attributes/`")[2].partition("\n\n")[0]

    assert sorted(re.findall(r"`(\w+\.csv)`", rows)) == sorted(
        resource["path"] for resource in descriptor["resources"]
    )


def test_links_lead_somewhere():
    links = re.findall(r"\]\(([^)#:]+)\)", README)

    assert [link for link in links if not (ROOT / link).exists()] == []


def test_the_changelog_begins_with_the_version_that_runs():
    first, *older = re.findall(
        r"^## (.+)$", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.M
    )
    number = __version__.removesuffix(".dev0")

    is_released = number == __version__
    begin = f"{number} (" if is_released else f"Unreleased ({number})"
    assert first.startswith(begin)
    for released in older:
        assert re.fullmatch(r"\d+\.\d+\.\d+ \(\d{4}-\d{2}-\d{2}\)", released)
