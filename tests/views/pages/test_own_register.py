"""A register on the page: rows that are villages or persons, added up to counties."""

import io
import time

import numpy as np
import pandas as pd
import pytest

from layers.aggregate.asking import Work
from layers.own.register import places_in
from tests.views.pages.conftest import given, taken


@pytest.fixture(scope="module")
def villages() -> pd.DataFrame:
    """Villages by twelve-digit codes; one county has two persons, one row none."""
    rng = np.random.default_rng(5)
    counties = [*places_in().counties]
    codes = rng.choice(counties[:12], 400)
    table = pd.DataFrame(
        {
            "村代码": [f"{c}{101 + i % 4}{200 + i % 90}" for i, c in enumerate(codes)],
            "人口(人)": rng.integers(20, 90, 400),
            "收入(元)": rng.integers(3000, 9000, 400),
            "贫困村": np.where(rng.random(400) < 0.3, "是", "否"),
        }
    )
    few = {"村代码": f"{counties[20]}101200", "人口(人)": 2, "收入(元)": 4000}
    away = {"村代码": "110101001001", "人口(人)": 50, "收入(元)": 9000}
    rest = pd.DataFrame([{**few, "贫困村": "是"}, {**away, "贫困村": "否"}])
    return pd.concat([table, rest], ignore_index=True)


def added_up(page) -> None:
    """Press the button and wait, as the page does, until the process has answered."""
    page.button(key="own-add-up").click().run()
    for _ in range(120):
        assert not page.exception
        if "own-account" in page.told or "own-refused" in page.told:
            return
        time.sleep(0.25)
        page.run()


def choose(page, **chosen: list[str]) -> None:
    for box in page.multiselect:
        for begin, values in chosen.items():
            if box.key.startswith(f"own_{begin}_"):
                box.set_value(values)
    page.run()
    assert not page.exception


def test_villages_become_variables_of_the_session(page, villages):
    given(page, "村.csv", villages.to_csv(index=False))
    choose(
        page,
        mean=["收入(元)"],
        median=["收入(元)"],
        share=["share:贫困村=是"],
    )

    added_up(page)

    assert "共402行：已匹配401行，不参与匹配0行，待处理1行" in page.told["own-account"]
    table = pd.read_csv(io.BytesIO(taken(page, "csv")), dtype={"adcode": str})
    own = table.set_index("adcode").filter(like="own_")
    villages["county"] = villages["村代码"].str[:6]
    inside = villages[villages["county"].isin(own.index)].groupby("county")
    expected = pd.DataFrame(
        {
            "count": inside.size(),
            "persons": inside["人口(人)"].sum(),
            "mean": inside.apply(
                lambda g: np.average(g["收入(元)"], weights=g["人口(人)"])
            ),
            "median": inside["收入(元)"].median(),
            "share": inside["贫困村"].apply(lambda v: 100 * (v == "是").mean()),
        }
    )
    shown = own.dropna(how="all")
    # Six significant digits are shown.
    np.testing.assert_allclose(
        shown.to_numpy(float), expected.loc[shown.index].to_numpy(float), rtol=5e-6
    )


def test_few_persons_are_withheld_and_another_county_with_them(page, villages):
    given(page, "村.csv", villages.to_csv(index=False))

    added_up(page)

    table = pd.read_csv(io.BytesIO(taken(page, "csv")), dtype={"adcode": str})
    own = table.set_index("adcode").filter(like="own_").dropna(how="all")
    # Thirteen counties have rows: one has two persons, another goes with it.
    assert len(own) == 11
    assert "少于3人" in page.told["own-account"]


def test_a_register_may_be_parquet(page, villages, tmp_path):
    file = tmp_path / "村.parquet"
    villages.to_parquet(file)

    given(page, "村.parquet", file.read_bytes())
    added_up(page)

    assert "共402行：已匹配401行" in page.told["own-account"]


def test_adding_up_can_be_ended(page, villages, monkeypatch):
    monkeypatch.setattr(Work, "_talk", lambda *_: time.sleep(5))
    given(page, "村.csv", villages.to_csv(index=False))
    page.button(key="own-add-up").click().run()

    page.button(key="own-cancel").click().run()

    assert any("已取消" in info.value for info in page.info)


def test_one_row_a_county_is_asked_nothing_about_registers(page):
    given(page, "t.csv", "县,收入(元)\n张北县,5000\n尚义县,4000\n")

    assert not [r for r in page.radio if r.key.startswith("own_rows_are")]
