"""The command: files, report, refusals; each message in both languages."""

import json
import re

import geopandas as gpd
import pandas as pd
import pytest

from geo.language import LANGUAGES
from layers.cli.commands import main

GOOD = "code,名称,v,w\n130722,张北县,5,x\n130723,康保县,6,y\n130724,沽源县,7,z\n"


@pytest.fixture
def run(capfd, monkeypatch):
    """Run the command: exit code, standard output, standard error."""
    monkeypatch.delenv("ATLAS_AGGREGATE_SUPPRESS", raising=False)

    def command(*arguments):
        code = main(["aggregate", *map(str, arguments)])
        said = capfd.readouterr()
        return code, said.out, said.err

    return command


@pytest.fixture
def good(tmp_path):
    file = tmp_path / "good.csv"
    file.write_text(GOOD, "utf-8")
    return file


def test_the_table_goes_to_standard_output_and_the_account_beside_it(run, good):
    code, out, err = run(good, "--measure", "mean:v", "--suppress", 0, "--lang", "zh")

    assert code == 0
    lines = out.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}").splitlines()
    head = lines[0].split(",")
    cells = {line.split(",")[0]: line.split(",") for line in lines[1:]}
    assert len(cells) == 167
    row = dict(zip(head, cells["130722"], strict=True))
    assert (row["name"], row["prefecture_en"]) == ("张北县", "Zhangjiakou")
    assert (row["count"], row["mean_v"], row["withheld"]) == ("1", "5.0", "false")
    assert "共3行：已匹配3行，不参与匹配0行，待处理0行。" in err


def test_three_persons_are_the_least_unless_said_otherwise(run, good, monkeypatch):
    _, out, err = run(good, "--lang", "en")
    assert out.count(",true") == 3
    assert "3 rows of fewer than 3 persons" in err

    monkeypatch.setenv("ATLAS_AGGREGATE_SUPPRESS", "1")
    assert ",true" not in run(good)[1]


@pytest.mark.parametrize("suffix", ["csv", "xlsx", "geojson", "gpkg", "parquet"])
def test_the_end_of_the_name_says_the_format(run, good, tmp_path, suffix):
    file = tmp_path / f"made.{suffix}"

    code, out, _ = run(
        good,
        "--measure",
        "sum:v",
        "--suppress",
        0,
        "--totals",
        "-o",
        file,
        "--lang",
        "en",
    )

    assert (code, out) == (0, "")
    if suffix == "csv":
        table = pd.read_csv(file, dtype={"adcode": str})
    elif suffix == "xlsx":
        table = pd.read_excel(file, dtype=str, engine="calamine").rename(
            columns=lambda c: c.strip()
        )
        assert list(table.columns[:3]) == ["Adcode", "Level", "Name (Chinese)"]
        assert "Sum of v" in table.columns
        return
    elif suffix == "parquet":
        table = gpd.read_parquet(file)
        table = table.reset_index() if "adcode" not in table else table
    else:
        table = gpd.read_file(file)
    table = table.set_index("adcode")
    assert table.loc["130722", "sum_v"] == 5
    assert table.loc["130000", ["count", "sum_v"]].to_list() == [3, 18]
    if suffix != "csv":
        assert table.geometry.notna().sum() == 167
        assert table.geometry["130722"].contains(
            gpd.points_from_xy([114.7], [41.15])[0]
        )


def test_the_report_accounts_for_every_row(run, tmp_path):
    table = tmp_path / "t.csv"
    table.write_text("code,v\n130722001,1\n130722,不详\n110101,3\n130100,4\n", "utf-8")
    report = tmp_path / "report.json"

    code, _, err = run(
        table,
        "--code",
        "code",
        "--measure",
        "sum:v",
        "--report",
        report,
        "--lang",
        "en",
    )

    assert (code, err) == (0, "")
    told = json.loads(report.read_text("utf-8"))
    assert told["outcomes"] == {"joined": 2, "set_aside": 1, "unresolved": 1}
    assert sum(told["outcomes"].values()) == told["rows"] == 4
    assert sum(told["reasons"].values()) == 4
    assert [(d["code"], d["rows"], d["outcome"]) for d in told["details"]] == [
        ("110101", 1, "not_found"),
        ("130100", 1, "prefecture_row"),
    ]
    assert told["unreadable"] == [{"column": "v", "rows": 1, "examples": ["“不详”"]}]
    assert told["columns"] == {"code": "code"}
    assert told["suppressed"] == {"below": 3, "primary": 1, "complementary": 0}


def test_a_setting_that_cannot_be_read_ends_it(run, good, monkeypatch):
    monkeypatch.setenv("ATLAS_AGGREGATE_SUPPRESS", "few")

    code, out, err = run(good, "--lang", "en")

    assert (code, out) == (1, "")
    assert "ATLAS_AGGREGATE_SUPPRESS" in err


def refused(tmp_path):
    """Files that are not read, by name; each wrong in one way."""
    files = {
        "empty.csv": b"",
        "header.csv": b"code,v\n",
        "twice.csv": b"code,v,v\n130722,1,2\n",
        "broken.csv": b"code,v\n130722,1\n130723,2,3,4\n",
        "neither.csv": b"code,v\n130722,\xff\xff\xfe\n",
        "none.csv": "a,b\n甲,1\n".encode(),
        "good.csv": GOOD.encode(),
        "book.xlsx": b"PK\x03\x04" + b"\0" * 100,
        "torn.parquet": b"PAR1" + b"\0" * 50,
        "points.csv": b"lon,lat\n41.15,114.7\n",
    }
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    for name in ("nothing", "mixed", "unlike"):
        (tmp_path / name).mkdir()
    pd.DataFrame({"code": ["130722"]}).to_parquet(tmp_path / "mixed/a.parquet")
    (tmp_path / "mixed/b.csv").write_text("code\n130722\n")
    (tmp_path / "unlike/a.csv").write_text("code,v\n130722,1\n")
    (tmp_path / "unlike/b.csv").write_text("code,z\n130722,1\n")
    days = pd.to_datetime(["2020-01-01"])
    pd.DataFrame({"code": ["130722"], "day": days}).to_parquet(tmp_path / "day.parquet")


@pytest.mark.parametrize(
    ("file", "options", "told"),
    [
        ("missing.csv", [], ["missing.csv"]),
        ("empty.csv", [], ["empty.csv"]),
        ("header.csv", [], ["header.csv"]),
        ("twice.csv", [], ["twice.csv", "“v”"]),
        ("broken.csv", [], ["broken.csv", "3"]),
        ("neither.csv", [], ["neither.csv", "2", "iconv"]),
        ("none.csv", [], ["a", "b", "--code", "--lon"]),
        ("book.xlsx", [], ["book.xlsx", "join"]),
        ("torn.parquet", [], ["torn.parquet"]),
        ("nothing", [], ["nothing", "Parquet"]),
        ("mixed", [], ["mixed", "Parquet", "CSV"]),
        ("unlike", [], ["b.csv", "“v”"]),
        ("points.csv", ["--lon", "lon", "--lat", "lat"], ["lon", "lat"]),
        ("good.csv", ["--measure", "mean:income"], ["“income”", "code", "名称", "v"]),
        ("good.csv", ["--measure", "average:v"], ["“average:v”", "mean:income"]),
        ("good.csv", ["--measure", "mean:"], ["“mean:”"]),
        ("good.csv", ["--measure", "sum:v,sum:v"], ["“sum:v”"]),
        ("good.csv", ["--measure", "sum:w"], ["“w”", "“x”"]),
        ("day.parquet", ["--measure", "sum:day"], ["“day”", "timestamp"]),
        ("good.csv", ["--code", "codes"], ["“codes”", "code"]),
        ("good.csv", ["--code", "code", "--name", "code"], ["“code”"]),
        ("good.csv", ["--lon", "v"], ["--lon", "--lat"]),
        ("good.csv", ["--code", "code", "--lon", "v", "--lat", "w"], ["--code"]),
        ("good.csv", ["--persons", "people"], ["“people”"]),
        ("good.csv", ["--report", "-"], ["-o", "--report"]),
        ("good.csv", ["-o", "made.doc"], ["made.doc", ".gpkg", ".csv"]),
    ],
)
def test_what_is_wrong_is_said_with_where_and_what_to_do(
    run, tmp_path, file, options, told
):
    refused(tmp_path)

    for language in LANGUAGES:
        code, out, err = run(tmp_path / file, *options, "--lang", language)

        assert (code, out) == (2, "")
        assert "Traceback" not in err
        assert all(part in err for part in told), err
        assert bool(re.search("[\u4e00-\u9fff]{4}", err)) == (language == "zh")


def test_a_column_may_have_commas_and_stars_in_its_name(run, tmp_path):
    file = tmp_path / "t.csv"
    file.write_text('code,"a,b","c*d",人 均\n130722,1,2,3\n', "utf-8")

    _, out, _ = run(
        file, "--measure", "sum:a,b,mean:c*d,mean:c*d*a,b,count", "--measure",
        "max:人 均", "--suppress", 0,
    )  # fmt: skip

    head = out.splitlines()[0]
    for name in ('"sum_a,b"', "mean_c*d", '"mean_c*d_by_a,b"', "max_人 均"):
        assert name in head
