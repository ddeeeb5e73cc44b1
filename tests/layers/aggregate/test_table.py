"""A large table becomes a county table, and every row is accounted for."""

import codecs
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from tests.layers.aggregate.conftest import EVERY, plainly, same

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("column", ["village", "town", "county"])
def test_codes_of_any_length_lead_to_counties_of_today(ask, parquet, register, column):
    found = ask(parquet, *EVERY, roles={"code": column})

    same(found.table, plainly(register))
    former = ~register["town"].astype(str).str[:6].isin(found.table.index)
    assert found.account.outcomes["joined_past_code"] == former.sum() > 0
    assert found.account.groups == {
        "joined": len(register),
        "set_aside": 0,
        "unresolved": 0,
    }


@pytest.mark.parametrize("few", [0, 200_000])
@pytest.mark.parametrize("column", ["village", "lon"])
def test_adding_up_by_key_first_changes_nothing(
    ask, parquet, register, monkeypatch, few, column
):
    monkeypatch.setattr("layers.aggregate.run._FEW_KEYS", few)
    measures = EVERY[0].removesuffix(",median:income"), EVERY[1]
    roles = {"code": "village"} if column == "village" else {"lon": "lon", "lat": "lat"}

    found = ask(parquet, *measures, roles=roles)

    same(found.table, plainly(register).drop(columns="median_income"))


def test_codes_are_found_where_no_column_is_named(ask, parquet):
    assert ask(parquet).roles.keys == {"code": "county"}


def test_names_are_found_with_their_prefecture(ask, register, tmp_path):
    file = tmp_path / "names.csv"
    register[["income", "prefecture", "county_name"]].to_csv(file, index=False)

    found = ask(file, "mean:income")

    assert found.roles.keys == {"name": "county_name", "prefecture": "prefecture"}
    same(found.table, plainly(register)[["count", "mean_income"]])


def test_a_name_of_several_counties_is_not_guessed(ask, register, tmp_path, known):
    file = tmp_path / "names.csv"
    register[["county_name"]].to_csv(file, index=False)
    shared = register["county_name"].duplicated(keep=False) & (
        register.groupby("county_name")["truth"].transform("nunique") > 1
    )
    assert shared.any()

    found = ask(file, roles={"name": "county_name"})

    told = {
        t.says[1]: t for t in found.account.told if t.verdict.outcome == "ambiguous"
    }
    assert {*register.loc[shared, "county_name"]} <= {*told}
    for name, rows in register[shared].groupby("county_name"):
        assert told[name].rows == len(rows)
        assert {*rows["truth"]} <= {*told[name].verdict.suggestions}
        assert (found.table.loc[[*rows["truth"].unique()], "count"] == 0).all()


def test_a_code_and_a_name_must_agree(ask, register, tmp_path):
    other = register.copy()
    wrong = other.index[:5]
    other.loc[wrong, "county_name"] = "张北县"
    assert (other.loc[wrong, "truth"] != "130722").all()
    other.to_parquet(tmp_path / "t.parquet")

    found = ask(
        tmp_path / "t.parquet", roles={"code": "village", "name": "county_name"}
    )

    assert found.account.outcomes["disagreement"] >= 5
    assert found.account.rows == len(register)


def test_points_lead_to_the_county_in_which_they_lie(ask, parquet, register):
    found = ask(parquet, *EVERY, roles={"lon": "lon", "lat": "lat"})

    same(found.table, plainly(register))


def test_points_are_accounted_for(ask, tmp_path):
    points = pd.DataFrame(
        {"lng": [114.7, 116.4, 2.35, None, 200.0], "lat": [41.15, 39.9, 48.9, 41.0, 95]}
    )
    points.to_parquet(tmp_path / "p.parquet")

    found = ask(tmp_path / "p.parquet")

    assert found.table.loc["130722", "count"] == 1
    assert found.account.outcomes == {"joined_point": 1, "outside": 2, "no_point": 2}


def test_a_point_on_the_line_between_counties_is_not_guessed(ask, tmp_path, package):
    from tests.layers.aggregate.conftest import BOUNDARIES

    shapes = BOUNDARIES.load("county", "full").geometry
    line = shapes["130722"].boundary.intersection(shapes["130723"].boundary)
    lon, lat = next(iter(getattr(line, "geoms", [line]))).coords[0]
    pd.DataFrame({"lon": [lon, 114.7], "lat": [lat, 41.15]}).to_csv(
        tmp_path / "p.csv", index=False
    )

    found = ask(tmp_path / "p.csv")

    assert found.account.outcomes == {"joined_point": 1, "on_line": 1}


def test_what_is_not_joined_is_told_with_its_rows(ask, tmp_path):
    codes = ["130125101"] * 3 + ["130106"] * 2 + ["130100"] + ["110101"] * 4
    codes += ["", "12345", "130722000000"]
    pd.DataFrame({"code": codes}).to_csv(tmp_path / "t.csv", index=False)

    found = ask(tmp_path / "t.csv", roles={"code": "code"})

    assert found.account.groups == {"joined": 4, "set_aside": 1, "unresolved": 8}
    told = {t.says[0]: (t.rows, t.verdict.outcome) for t in found.account.told}
    assert told == {
        "110101": (4, "not_found"),
        "130106": (2, "split"),
        "130100": (1, "prefecture_row"),
        "": (1, "not_found"),
        "12345": (1, "not_found"),
    }
    assert sum(t.rows for t in found.account.told) == 9


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "big5"]
)
@pytest.mark.parametrize("separator", [",", "\t", ";", "，"])
def test_a_csv_is_read_in_its_encoding(ask, register, tmp_path, encoding, separator):
    names = {"village": "村代码", "income": "人均收入", "county_name": "縣名"}
    table = register[[*names]].rename(columns=names).assign(縣名="張北縣，內蒙")
    table["縣名"] = table["縣名"].str.split("，").str[0]
    lines = [separator.join(table.columns)]
    for row in table.itertuples(index=False):
        lines.append(separator.join("" if pd.isna(c) else str(c) for c in row))
    text = "\r\n".join(lines)
    if encoding == "big5":
        text = text.replace("村代码", "村代碼").replace("人均收入", "人均收入")
    code = "村代碼" if encoding == "big5" else "村代码"
    (tmp_path / "t.csv").write_bytes(text.encode(encoding))

    found = ask(tmp_path / "t.csv", "mean:人均收入", roles={"code": code})

    expected = plainly(register)[["count", "mean_income"]]
    same(found.table, expected.rename(columns={"mean_income": "mean_人均收入"}))
    wanted = {"utf-16": "utf-16-le" if sys.byteorder == "little" else "utf-16-be"}
    assert found.encoding == wanted.get(encoding, encoding)


def test_a_long_csv_is_made_readable_piece_by_piece(ask, tmp_path, monkeypatch):
    from layers.aggregate import texts

    monkeypatch.setattr(texts, "LOOKED_AT", 1001)
    monkeypatch.setattr(texts, "_PIECE", 7)
    lines = ["代码,县名", *["130722,张北县"] * 500]
    (tmp_path / "t.csv").write_bytes("\n".join(lines).encode("gb18030"))

    found = ask(tmp_path / "t.csv")

    assert found.table.loc["130722", "count"] == 500
    assert found.encoding == "gb18030"


def test_a_folder_of_files_is_one_table(ask, register, tmp_path):
    for kind, write in (("parquet", "to_parquet"), ("csv", "to_csv")):
        folder = tmp_path / f"{kind} [1]"
        (folder / "year=2020").mkdir(parents=True)
        (folder / "_SUCCESS").touch()
        half = len(register) // 2
        getattr(register[:half], write)(folder / f"a.{kind}", index=False)
        getattr(register[half:], write)(folder / "year=2020" / f"b.{kind}", index=False)

        found = ask(folder, *EVERY[:1], roles={"code": "village"})

        same(found.table, plainly(register)[found.table.columns[1:-1]])


def test_numbers_as_text_are_read_and_others_told(ask, tmp_path):
    texts = ["1,234.5", " 10 ", "-3", "1e3", "", "不详", "-", "12,34", "NaN", "1_000"]
    table = pd.DataFrame({"code": "130722", "v": texts})
    table.to_csv(tmp_path / "t.csv", index=False)
    table.to_parquet(tmp_path / "t.parquet")

    for file in ("t.csv", "t.parquet"):
        found = ask(tmp_path / file, "sum:v,count:v")

        assert found.table.loc["130722", "sum_v"] == 1234.5 + 10 - 3 + 1000
        assert found.table.loc["130722", "count_v"] == 4
        (wrong,) = found.unreadable
        assert (wrong.column, wrong.rows) == ("v", 5)
        assert set(wrong.examples) <= {"“不详”", "“-”", "“12,34”", "“NaN”", "“1_000”"}


def test_no_number_is_infinite_or_none(ask, tmp_path):
    table = pd.DataFrame({"code": "130722", "v": [float("nan"), float("inf"), 2.0]})
    table.to_parquet(tmp_path / "t.parquet")

    found = ask(tmp_path / "t.parquet", "sum:v,count:v,max:v")

    row = found.table.loc["130722"]
    assert (row["sum_v"], row["count_v"], row["max_v"]) == (2, 1, 2)


def test_prefectures_and_totals_add_the_counties_up(ask, parquet, register, known):
    parent = register["truth"].map(known.parent)

    found = ask(parquet, *EVERY, totals=True).table
    alone = ask(parquet, *EVERY, by="prefecture").table

    by_prefecture = plainly(register.assign(truth=parent))
    same(found[found["level"] == "prefecture"], by_prefecture)
    same(alone, by_prefecture)
    province = plainly(register.assign(truth="130000"))
    same(found[found["level"] == "province"], province)


def test_the_app_starts_without_ibis_and_duckdb():
    code = (
        "import sys, streamlit_app, views.pages.navigation, layers.cli.commands;"
        "print(sorted({'ibis', 'duckdb', 'sqlglot'} & {*sys.modules}))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True
    )

    assert ran.stdout.decode().strip().splitlines()[-1] == "[]"


def test_the_mark_of_utf_8_is_no_part_of_a_name(ask, tmp_path):
    (tmp_path / "t.csv").write_bytes(codecs.BOM_UTF8 + b"code,v\n130722,5\n")

    assert ask(tmp_path / "t.csv", "sum:v").table.loc["130722", "sum_v"] == 5
