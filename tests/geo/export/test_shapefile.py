"""A Shapefile cuts neither names nor values, and explains itself."""

import io
import re
import zipfile

import numpy as np
import pandas as pd
import pyogrio
import pytest

from geo.export import shapefile
from geo.export.document import Field
from geo.export.faults import ValueTooLongError
from geo.export.short_names import LONGEST, short_names


def test_the_parts_of_a_shapefile_and_what_explains_it(written):
    content = written(
        "shapefile",
        companions={"other": pd.DataFrame({"a": ["县"]}), "rows": pd.DataFrame()},
        row_tables={"note": "rows"},
        metadata={"licence": {"data": "CC-BY 4.0"}},
    )

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.namelist() == [
            *(f"places.{part}" for part in ("shp", "shx", "dbf", "prj", "cpg")),
            "places.qml",
            "places.sld",
            "fields.csv",
            "other.csv",
            "note.csv",
            "about.txt",
            "licence.txt",
        ]
        assert archive.read("places.cpg") == b"UTF-8"
        assert "名称\n地方" in archive.read("about.txt").decode("utf-8-sig")
        assert "CC-BY 4.0" in archive.read("licence.txt").decode("utf-8-sig")


def test_field_names_fit_and_are_explained(saved, places, csv_rows):
    names = ["县名", "名字", "paired_with_beijing", "paired_with_beijing_too", "given"]
    fields = (Field(name="given", short="g", label_zh="所给", label_en="as given"),)

    file = saved("shapefile", table=places(**dict.fromkeys(names, 1)), fields=fields)

    with zipfile.ZipFile(file) as archive:
        rows = csv_rows(archive.read("fields.csv"))
    there = [*pyogrio.read_info(file)["fields"]]
    assert there == [row["short_name"] for row in rows]
    assert [row["field"] for row in rows] == ["code", *names]
    assert there[-1] == "g"
    assert rows[-1]["label_zh"] == "所给"
    assert all(re.fullmatch(r"[a-z][a-z0-9_]{,9}", name) for name in there)


def test_a_text_that_fits_is_kept_and_one_byte_more_is_refused(saved, places, written):
    longest = "县" * 84 + "ab"
    assert len(longest.encode()) == shapefile.LONGEST_TEXT

    kept = pyogrio.read_dataframe(saved("shapefile", table=places(t=[longest, ""])))
    assert kept["t"][0] == longest
    with pytest.raises(ValueTooLongError, match=r"“t” in “b” .* 254 bytes") as caught:
        written("shapefile", table=places(t=["", f"{longest}c"]))
    assert "254" in caught.value.say("zh")


def test_bools_are_one_digit_and_missing_numbers_stay_missing(saved, places):
    table = places(flag=[True, False], year=pd.array([2018, None], dtype="Int64"))

    file = saved("shapefile", table=table)

    there = pyogrio.read_dataframe(file)
    assert [*there["flag"]] == [1, 0]
    assert there["year"][0] == 2018
    assert np.isnan(there["year"][1])


def test_short_names_differ_whatever_the_names():
    names = [f"a_very_long_programme_name_{i}" for i in range(120)] + [
        "field",
        "县",
        "",
    ]

    short = short_names(names, ["taken"])

    assert len({*short.values(), "taken"}) == len(names) + 1
    assert all(len(name) <= LONGEST and name.isascii() for name in short.values())
    assert short["field"] == "field"
