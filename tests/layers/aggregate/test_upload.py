"""An upload is added up in a process of its own, as the command line adds a file up."""

import io
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from layers.aggregate import asking
from layers.aggregate.asking import Bounds, Wanted, Work
from tests.layers.aggregate.conftest import BOUNDARIES, EVERY, plainly

ROOT = Path(__file__).parents[3]
BOUNDS = Bounds(file_mb=60, seconds=60, memory_mb=256, threads=2)


@pytest.fixture
def work(known):
    """Let the process work, and return what became of it."""

    def run(content, *measures, bounds=BOUNDS, least=0, roles=None, persons=""):
        wanted = Wanted(
            measures=measures, roles=roles or {}, least=least, persons=persons
        )
        found = Work(content, "村.csv", known, BOUNDARIES, bounds, wanted).start()
        found.wait(90)
        return found

    return run


def as_csv(register: pd.DataFrame) -> bytes:
    return register.drop(columns="truth").to_csv(index=False).encode()


@pytest.mark.parametrize("form", ["csv", "gb18030", "parquet"])
def test_the_upload_gives_what_the_file_gives(work, register, form):
    content = as_csv(register.assign(poor=register["poor"].astype(int)))
    if form == "gb18030":
        content = content.decode().encode("gb18030")
    if form == "parquet":
        target = io.BytesIO()
        register.drop(columns="truth").to_parquet(target)
        content = target.getvalue()

    found = work(content, *EVERY, roles={"code": "village"})

    assert found.error is None
    table = pd.DataFrame(found.answer["figures"])
    expected = plainly(register)
    pd.testing.assert_frame_equal(
        table.loc[expected.index, [*expected.columns]].astype("float64"),
        expected.astype("float64"),
        check_names=False,
        rtol=1e-9,
    )
    outcomes = found.answer["reports"]["zh"]["outcomes"]
    assert sum(outcomes.values()) == len(register)


def test_points_lead_to_counties_there_as_well(work, register):
    found = work(as_csv(register), roles={"lon": "lon", "lat": "lat"})

    counted = pd.Series(found.answer["figures"]["count"]).replace(0, np.nan).dropna()
    pd.testing.assert_series_equal(
        counted.sort_index(),
        register.groupby("truth").size().astype(float),
        check_names=False,
        check_dtype=False,
    )


def test_a_share_hides_few_who_say_a_thing_and_few_who_do_not(ask, register, tmp_path):
    counties = sorted(register["truth"].unique())[:6]
    rows = [
        (county, "是" if n < yes else "否")
        for county, yes in zip(counties, (1, 19, 9, 10, 11, 12), strict=True)
        for n in range(20)
    ]
    file = tmp_path / "t.csv"
    pd.DataFrame(rows, columns=["县代码", "贫困"]).to_csv(file, index=False)

    found = ask(file, "share:贫困=是", least=3, roles={"code": "县代码"})

    shares = found.table.loc[counties, "share_贫困_是"]
    assert shares.isna().tolist() == [True, True, False, False, False, False]
    assert shares.iloc[2:].tolist() == [45, 50, 55, 60]


def test_what_is_wrong_is_told_in_words(work, register):
    content = as_csv(register)

    broken = work(content + b"1,2\n")
    words = work(content, "mean:county_name")
    large = work(content * 12, bounds=Bounds(**{**vars_of(BOUNDS), "file_mb": 1}))

    line = str(len(register) + 2)
    assert line in broken.error.say("zh").replace(",", "")
    assert "county_name" in words.error.say("en")
    assert "ATLAS_AGGREGATE_FILE_MB" in large.error.say("en")


def vars_of(bounds: Bounds) -> dict[str, int]:
    return {
        n: getattr(bounds, n) for n in ("file_mb", "seconds", "memory_mb", "threads")
    }


def test_one_that_takes_too_long_is_ended_and_says_so(work, register, monkeypatch):
    monkeypatch.setattr(asking, "_MODULE", "tests.hanging")

    found = work(as_csv(register), bounds=Bounds(**{**vars_of(BOUNDS), "seconds": 1}))

    assert "ATLAS_AGGREGATE_SECONDS" in found.error.say("en")


def test_one_that_is_cancelled_leaves_no_process(known, register, monkeypatch):
    monkeypatch.setattr(asking, "_MODULE", "tests.hanging")
    wanted = Wanted(measures=(), roles={})
    found = Work(as_csv(register), "t.csv", known, BOUNDARIES, BOUNDS, wanted).start()
    while found._process is None:
        found.wait(0.05)

    found.cancel()

    assert found.is_done and found.is_cancelled
    found._thread.join(20)
    assert found._process.poll() is not None


def test_the_page_imports_no_engine():
    code = (
        "import sys, layers.aggregate.asking, layers.aggregate.facts, "
        "layers.aggregate.upload; print({'ibis', 'duckdb'} & {*sys.modules})"
    )

    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT
    )

    assert run.stdout.strip() == "set()"
