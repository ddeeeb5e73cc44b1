"""A village register made of real codes, of today and of the past, and who asks it."""

import csv
from collections import defaultdict
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from geo.boundaries import Boundaries
from geo.folders import attributes_folder, boundaries_folder
from layers.aggregate.question import Question
from layers.aggregate.run import aggregate
from layers.own.register import places_in

BOUNDARIES = Boundaries(boundaries_folder())


def rows_of(name: str) -> list[dict[str, str]]:
    with (attributes_folder() / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def register_of(seed: int, per_county: int = 12) -> pd.DataFrame:
    """Villages with the county that they are in, read from the tables themselves."""
    rng = np.random.default_rng(seed)
    divisions = rows_of("divisions.csv")
    counties = {r["adcode"]: r for r in divisions if r["level"] == "county"}
    names = {r["adcode"]: r["name"] for r in divisions}
    points = BOUNDARIES.load("county", "full").geometry.representative_point()
    followers = defaultdict(set)
    for row in rows_of("crosswalk.csv"):
        if row["former_adcode"] not in counties and row["adcode"] in counties:
            followers[row["former_adcode"]].add(row["adcode"])
    codes = {code: code for code in counties}
    codes |= {old: new.copy().pop() for old, new in followers.items() if len(new) == 1}
    rows = []
    for code, county in codes.items():
        for village in range(int(rng.integers(1, per_county))):
            rows.append(
                {
                    "village": f"{code}{101 + village % 4:03d}{200 + village:03d}",
                    "town": int(f"{code}{101 + village % 4:03d}"),
                    "county": float(code),
                    "county_name": names[county],
                    "prefecture": names[counties[county]["parent_adcode"]],
                    "lon": points[county].x + village / 1e5,
                    "lat": points[county].y,
                    "persons": int(rng.integers(0, 9)),
                    "income": round(float(rng.gamma(2, 6000)), 2),
                    "poor": bool(rng.integers(0, 2)),
                    "truth": county,
                }
            )
    table = pd.DataFrame(rows).sample(frac=1, random_state=seed, ignore_index=True)
    table.loc[rng.random(len(table)) < 0.1, "income"] = np.nan
    return table


@pytest.fixture(scope="session")
def register() -> pd.DataFrame:
    return register_of(7)


@pytest.fixture(scope="session")
def known():
    return places_in()


@pytest.fixture(scope="session")
def ask(known):
    """Ask a table; nothing is withheld unless a test says so."""

    def run(where: object, *measures: str, least: int = 0, **options):
        question = Question(where=str(where), measures=measures, least=least, **options)
        return aggregate(question, known, BOUNDARIES)

    return run


@pytest.fixture
def parquet(register, tmp_path) -> Path:
    file = tmp_path / "villages.parquet"
    register.drop(columns="truth").to_parquet(file)
    return file


def plainly(register: pd.DataFrame) -> pd.DataFrame:
    """The county table of a register, by pandas."""
    frame = register.assign(product=register["income"] * register["persons"])
    frame["weight"] = frame["persons"].where(frame["income"].notna())
    groups = frame.groupby("truth")
    return pd.DataFrame(
        {
            "count": groups.size(),
            "count_income": groups["income"].count(),
            "sum_persons": groups["persons"].sum(),
            "mean_income": groups["income"].mean(),
            "min_income": groups["income"].min(),
            "max_income": groups["income"].max(),
            "median_income": groups["income"].median(),
            "mean_poor": groups["poor"].mean(),
            "mean_income_by_persons": (
                groups["product"].sum() / groups["weight"].sum().replace(0, np.nan)
            ),
        }
    )


EVERY = (
    "count,count:income,sum:persons,mean:income,min:income,max:income,median:income",
    "mean:poor,mean:income*persons",
)


def same(found: pd.DataFrame, expected: pd.DataFrame) -> None:
    """Two county tables say the same; counties without rows count none."""
    empty = found.drop(index=expected.index)
    assert (empty["count"] == 0).all()
    assert sorted({*found.columns} - {"level", "withheld"}) == sorted(expected.columns)
    pd.testing.assert_frame_equal(
        found.loc[expected.index, [*expected.columns]].astype("float64"),
        expected.astype("float64"),
        check_names=False,
        rtol=1e-9,
    )
