"""What the README says of the project holds."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from geo import __version__

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
CHINESE = (ROOT / "README.zh.md").read_text("utf-8")


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


@pytest.mark.parametrize("text", [README, CHINESE], ids=["en", "zh"])
def test_links_lead_somewhere(text):
    links = re.findall(r"\]\(([^)#:]+)\)", text)

    assert [link for link in links if not (ROOT / link).exists()] == []


def commands(text: str) -> list[str]:
    """What a reader may type, without the words beside it."""
    lines = re.findall(r"^    (\S.*)$", text, re.M)
    blocks = re.findall(r"^```\w*\n(.*?)^```$", text, re.M | re.S)
    typed = [re.split(r"\s{2,}|\s+#", line)[0] for line in lines]
    return (
        typed + blocks + sorted({*re.findall(r"`(make [^`]+|python -m [^`]+)`", text)})
    )


def test_both_languages_name_the_same_commands_tables_and_settings():
    assert commands(README) == commands(CHINESE)
    for pattern in (r"`([a-z_]+\.csv)`", r"`(ATLAS_\w+)`", r"`(data/[\w/]*)`"):
        found = [{*re.findall(pattern, text)} for text in (README, CHINESE)]
        assert found[0] == found[1]


def test_both_languages_have_the_same_parts():
    parts = [re.findall("^(#+) ", text, re.M) for text in (README, CHINESE)]

    assert parts[0] == parts[1]


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
