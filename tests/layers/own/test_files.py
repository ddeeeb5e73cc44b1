"""Each of the planners' files gives the account that is right for it.

The right answers were written down before the engine was; `expected.json` holds only
what is certain. `{"any": [...]}` is one of several answers, `include` and `exclude` say
what a list holds and does not, `*` in the name of a column stands for any text.
"""

import json
import math
import os
import re
import socket
import subprocess
import sys
import threading
import zipfile
from collections import Counter
from pathlib import Path

import pytest

from layers.own.account import report
from layers.own.joined import join
from layers.own.outcomes import GROUPS
from layers.own.reading import read
from layers.own.refusals import KINDS, RefusedError

FILES = Path(__file__).parent / "files"
ROOT = Path(__file__).parents[3]
EXPECTED = json.loads((FILES / "expected.json").read_text("utf-8"))["files"]
PORT = 48613
"""The address that some files name: nothing may call it."""


def fits(want, got) -> bool:
    """Whether a value is what `want` allows."""
    if isinstance(want, dict):
        if "any" in want:
            return any(fits(one, got) for one in want["any"])
        if "some" in want:
            return len(got) > 0
        if "include" in want or "exclude" in want:
            return all(one in got for one in want.get("include", [])) and not any(
                one in got for one in want.get("exclude", [])
            )
        return all(fits(value, got.get(key)) for key, value in want.items())
    if isinstance(want, str) and "*" in want:
        return bool(re.fullmatch(".*".join(map(re.escape, want.split("*"))), got or ""))
    if isinstance(want, int | float) and isinstance(got, int | float):
        return math.isclose(want, got, rel_tol=1e-9, abs_tol=1e-12)
    return type(want) is type(got) and want == got


def row_fits(want: dict, got: dict) -> bool:
    if "any_of" in want:
        return any(fits(one, got) for one in want["any_of"])
    joined = got["outcome"] in GROUPS["joined"]
    if "county_or_none" in want:
        return not joined or got["adcode"] == want["county_or_none"]
    if want.get("not_joined"):
        return not joined
    return fits({k: v for k, v in want.items() if k != "row"}, got)


def faults(want: dict, told: dict) -> list[str]:
    """Say how an account differs from the right one."""
    if "any_of" in want:
        return min((faults(one, told) for one in want["any_of"]), key=len)
    if "refused" in want:
        return [] if fits(want["refused"], told.get("refused")) else [str(told)[:300]]
    if "refused" in told:
        return [f"refused: {told['message']}"]
    wanted = want["report"]
    found = [
        f"{key}: {told[key]!r}, not {wanted[key]!r}"
        for key in ("format", "encoding", "sheet", "rows", "header_rows", "problems")
        if key in wanted and not fits(wanted[key], told[key])
    ]
    for part in ("outcomes", "columns"):
        if not fits(wanted.get(part, {}), told[part]):
            found.append(f"{part}: {told[part]}, not {wanted[part]}")
    rows = {detail["row"]: detail for detail in told["details"]}
    found += [
        f"row {one['row']}: {rows.get(one['row'])}, not {one}"
        for one in wanted.get("details", [])
        if one["row"] not in rows or not row_fits(one, rows[one["row"]])
    ]
    for column, cells in wanted.get("values", {}).items():
        named = [name for name in told["values"] if fits(column, name)]
        if not any(
            all(
                fits(number, told["values"][name].get(code))
                for code, number in cells.items()
            )
            for name in named
        ):
            found.append(f"values of {column}: {told['values']}"[:300])
    never = set(want.get("never", []))
    found += [
        f"row {detail['row']} joined to {detail['adcode']}"
        for detail in told["details"]
        if detail["outcome"] in GROUPS["joined"] and detail["adcode"] in never
    ]
    return found


def account(content: bytes, name: str, places) -> dict:
    """Read, join and tell, as the command does."""
    try:
        told = report(join(read(content, name), places), "zh")
    except RefusedError as refused:
        told = {"refused": refused.kind, "message": refused.say("zh")}
    return json.loads(json.dumps(told, allow_nan=False))


def adds_up(told: dict) -> None:
    """Hold what holds for every account, whatever the file."""
    groups = {name: group for group, names in GROUPS.items() for name in names}
    counted = Counter(groups[detail["outcome"]] for detail in told["details"])
    assert sum(told["outcomes"].values()) == told["rows"] == len(told["details"])
    assert told["outcomes"] == {group: counted[group] for group in GROUPS}
    assert len({detail["row"] for detail in told["details"]}) == told["rows"]
    joined = {d["adcode"] for d in told["details"] if groups[d["outcome"]] == "joined"}
    assert all(re.fullmatch(r"13\d{4}", code) for code in joined)
    for cells in told["values"].values():
        assert cells.keys() <= joined
        assert not any(isinstance(value, str | bool) for value in cells.values())


@pytest.fixture(scope="module")
def calls() -> list[object]:
    """Calls to the address that hostile files name."""
    heard: list[object] = []
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(("127.0.0.1", PORT))
    except OSError:
        # Another worker of the same run listens; it counts our calls as well.
        yield heard
        return
    listener.listen()

    def listen() -> None:
        while True:
            try:
                heard.append(listener.accept())
            except OSError:
                return

    threading.Thread(target=listen, daemon=True).start()
    yield heard
    listener.close()


@pytest.mark.parametrize(
    "name", [name for name, want in EXPECTED.items() if not want.get("made")]
)
def test_the_account_of_the_file_is_right(name, places, calls):
    want = EXPECTED[name]

    told = account((FILES / name).read_bytes(), name, places)

    assert faults(want, told) == []
    assert calls == []
    assert not any(text in str(told) for text in want.get("not_in_output", []))
    if "refused" in told:
        assert told["refused"] in KINDS
        assert told["message"]
    else:
        adds_up(told)


def test_a_wrong_account_is_noticed(places):
    # The comparison itself must be able to fail, in each of its parts.
    name = "merged_counties_2015.csv"
    told = account((FILES / name).read_bytes(), name, places)
    for path, wrong in [
        (("rows",), 8),
        (("header_rows",), []),
        (("columns", "name"), "县"),
        (("outcomes", "joined"), 4),
        (("details", 0, "outcome"), "joined_name"),
        (("values", "人口(万人)", "130602"), 60.2),
    ]:
        spoiled = json.loads(json.dumps(told))
        place = spoiled
        for step in path[:-1]:
            place = place[step]
        place[path[-1]] = wrong
        assert faults(EXPECTED[name], spoiled), path
    assert faults(EXPECTED[name], {"refused": "empty", "message": "-"})
    assert faults(EXPECTED["nothing.csv"], told)


def test_the_command_answers_with_the_account(places):
    name = "zones_zhangjiakou.csv"
    done = _command(FILES / name)

    assert done.returncode == 0
    told = json.loads(done.stdout)
    assert faults(EXPECTED[name], told) == []
    adds_up(told)


def _command(path: Path, **options) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-m", "layers", "join", str(path), "--report", "-"],
        cwd=ROOT,
        capture_output=True,
        check=False,
        timeout=120,
        **options,
    )


SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"


@pytest.fixture(scope="module")
def bomb(tmp_path_factory) -> Path:
    """A workbook of 1 MB whose one sheet unpacks to 300 MB."""
    path = tmp_path_factory.mktemp("bomb") / "bomb_sheet.xlsx"
    row = '<row><c t="inlineStr"><is><t>唐县</t></is></c><c><v>1</v></c></row>'
    block = row.encode() * 4000
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{PACKAGE}/content-types"><Override '
            f'PartName="/xl/workbook.xml" ContentType="{KIND}.sheet.main+xml"/>'
            "</Types>",
        )
        packed.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{SHEET}" xmlns:r="{OFFICE}"><sheets>'
            '<sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>',
        )
        with packed.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as out:
            out.write(f'<worksheet xmlns="{SHEET}"><sheetData>'.encode())
            for _ in range(300_000_000 // len(block)):
                out.write(block)
            out.write(b"</sheetData></worksheet>")
    return path


# The kernel counts for a process also what its parent held when it was forked: the
# command is started by a small process, not by that of all tests before.
MEASURED = """
import resource, subprocess, sys
code = subprocess.call(sys.argv[1:])
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=sys.stderr)
sys.exit(code)
"""


@pytest.mark.skipif(os.name == "nt", reason="memory is measured by getrusage")
@pytest.mark.parametrize("name", ["bomb_sheet.xlsx", "hostile_two_cells.xlsx"])
def test_a_bomb_is_refused_within_its_memory(name, bomb, tmp_path):
    file = bomb if name == bomb.name else FILES / name
    command = [sys.executable, "-m", "layers", "join", str(file), "--report", "-"]
    with (tmp_path / "told").open("wb") as out:
        ran = subprocess.run(
            [sys.executable, "-c", MEASURED, *command],
            cwd=ROOT,
            stdout=out,
            stderr=subprocess.PIPE,
        )

    assert ran.returncode == 2
    told = json.loads((tmp_path / "told").read_bytes())
    assert told["refused"] == "too_large"
    assert "MB" in told["message"]
    assert int(ran.stderr.split()[-1]) / 1024 < 700
