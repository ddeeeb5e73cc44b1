"""The county table says of each county what the rows say, and who says so."""

import geopandas as gpd
import pandas as pd
import pytest
from shapely import box

from geo.boundaries import Boundaries
from geo.crs import area_km2
from geo.folders import boundaries_folder
from layers.facts.columns import BASE_COLUMNS, columns_of, in_column_order
from layers.facts.county_table import county_table, neighbours, rows_of
from layers.facts.package import load
from layers.facts.values import Span
from layers.facts.variables import by_group
from layers.select.choices import Choices
from layers.select.selection import Selection

DRAWN = Boundaries(boundaries_folder())

RENAMED = {
    "130705": ("宣化区", "宣化县"),
    "130708": ("万全区", "万全县"),
    "130709": ("崇礼区", "崇礼县"),
    "130881": ("平泉市", "平泉县"),
    "130407": ("肥乡区", "肥乡县"),
    "130505": ("任泽区", "任县"),
    "130506": ("南和区", "南和县"),
}
COUNTS = {
    "poor_county": (62, 62, "complete", "stated"),
    "deep_poverty": (10, 10, "complete", "stated"),
    "contiguous_yanshan_taihang": (22, 22, "complete", "stated"),
    "contiguous_heilonggang": (27, 36, "incomplete", "derived"),
    "ethnic_autonomous_county": (6, None, "complete", "derived"),
    "paired_with_beijing": (16, 16, "complete", "stated"),
    "paired_with_tianjin": (5, 5, "complete", "stated"),
    "relocation": (10, 38, "incomplete", "stated"),
    "whole_area_tourism_demonstration": (7, None, "open", "stated"),
    "red_tourism_site": (4, None, "open", "stated"),
    "folk_culture_brand": (2, None, "open", "stated"),
    "grassland_subsidy_around_capital": (5, None, "open", "stated"),
    "carbon_sink_forestry": (3, None, "open", "stated"),
    "olympic_low_carbon_zone": (1, None, "complete", "stated"),
    "general_airport": (4, None, "open", "stated"),
    "pumped_storage": (3, None, "open", "stated"),
    "supporting_power_source": (1, None, "open", "stated"),
    "care_service_model": (2, None, "complete", "stated"),
}
"""Counties in the table; counties the source counts; completeness; basis."""


def names(counties: pd.DataFrame, programme: str) -> set[str]:
    return set(counties.loc[counties[programme].fillna(False), "name"])


def test_there_is_one_row_a_county_and_one_column_a_programme(package, counties):
    assert len(counties) == 167
    assert counties.index.name == "adcode"
    assert counties.index.is_unique
    assert counties.index.is_monotonic_increasing
    assert list(counties.columns) == [
        *BASE_COLUMNS,
        *(c for v in in_column_order(package.variables) for c in columns_of(v)),
        "geometry",
    ]
    assert list(counties.columns[-19:-1]) == list(package.programmes)
    assert {str(counties[p].dtype) for p in package.programmes} == {"boolean"}
    assert str(counties["exit_approved_year"].dtype) == "Int64"
    assert counties.crs == "EPSG:4326"


def test_no_text_is_missing_and_no_name_is_empty(counties):
    texts = [*BASE_COLUMNS, "category", "partner_adcode", "partner", "partner_en"]
    always = ["name", "name_en", "published_name", "prefecture", "prefecture_en"]

    assert not counties[texts].isna().any(axis=None)
    assert not (counties[always] == "").any(axis=None)


@pytest.mark.parametrize("programme", COUNTS)
def test_a_programme_has_the_counties_that_its_source_counts_or_names(
    package, counties, programme
):
    known = package.programmes[programme]

    assert (
        int(counties[programme].sum()),
        known.stated_count,
        known.completeness,
        known.basis,
    ) == COUNTS[programme]
    assert known.named_count == COUNTS[programme][0]


@pytest.mark.parametrize("programme", COUNTS)
def test_what_a_source_does_not_say_is_missing_and_never_no(
    package, counties, programme
):
    whole = COUNTS[programme][2] == "complete"
    confined_to = package.programmes[programme].confined_to
    meant = counties["prefecture_adcode"].isin(
        confined_to or counties.prefecture_adcode
    )
    others = counties.loc[~counties.index.isin(package.members(programme)), programme]

    assert len(others) == 167 - COUNTS[programme][0]
    assert set(others.index[others.isna()]) == (
        set() if whole else set(others.index[meant[others.index]])
    )
    assert (others.fillna(False) == False).all()  # noqa: E712 - elementwise


def test_every_programme_of_the_registry_has_its_counts_in_this_test(package):
    assert set(package.programmes) == set(COUNTS)


def test_the_62_poor_counties_are_39_national_6_of_the_area_and_17_provincial(counties):
    poor = counties[counties["poor_county"]]

    assert poor["category"].value_counts().to_dict() == {
        "national_key": 39,
        "provincial_key": 17,
        "contiguous_area_only": 6,
    }
    assert set(counties.loc[~counties["poor_county"], "category"]) == {""}


def test_the_62_poor_counties_lie_in_nine_prefectures(counties):
    poor = counties[counties["poor_county"]]

    assert poor["prefecture"].value_counts().to_dict() == {
        "张家口市": 12,
        "邢台市": 10,
        "保定市": 9,
        "承德市": 7,
        "沧州市": 7,
        "邯郸市": 6,
        "衡水市": 6,
        "石家庄市": 4,
        "秦皇岛市": 1,
    }


def test_the_ten_deep_poverty_counties_are_among_the_62_and_are_those_of_relocation(
    counties,
):
    deep = names(counties, "deep_poverty")

    assert deep == {
        "阜平县",
        "涞源县",
        "张北县",
        "康保县",
        "沽源县",
        "尚义县",
        "阳原县",
        "丰宁满族自治县",
        "围场满族蒙古族自治县",
        "隆化县",
    }
    assert deep < names(counties, "poor_county")
    assert names(counties, "relocation") == deep


def test_both_contiguous_areas_are_poor_and_do_not_overlap(counties):
    yanshan = names(counties, "contiguous_yanshan_taihang")
    heilonggang = names(counties, "contiguous_heilonggang")

    assert yanshan | heilonggang < names(counties, "poor_county")
    assert yanshan & heilonggang == set()


def test_the_derived_part_of_heilonggang_follows_from_its_rule(counties):
    in_four = counties["prefecture"].isin(["邯郸市", "邢台市", "沧州市", "衡水市"])
    by_rule = set(counties.loc[counties["poor_county"] & in_four, "name"])

    assert names(counties, "contiguous_heilonggang") == by_rule - {"临城县", "内丘县"}


def test_the_six_of_the_area_only_are_in_that_area(counties):
    area_only = counties[counties["category"] == "contiguous_area_only"]

    assert area_only["contiguous_yanshan_taihang"].tolist() == [True] * 6


def test_autonomous_counties_are_those_whose_name_says_so(counties):
    by_name = set(counties.loc[counties["name"].str.endswith("自治县"), "name"])

    assert names(counties, "ethnic_autonomous_county") == by_name


def test_beijing_supports_counties_of_three_prefectures_and_tianjin_of_one(counties):
    by_city = counties.groupby(["partner", "prefecture"]).size().drop("")

    assert by_city.to_dict() == {
        ("北京市", "张家口市"): 8,
        ("北京市", "承德市"): 2,
        ("北京市", "保定市"): 6,
        ("天津市", "承德市"): 5,
    }
    for city, programme in (
        ("110000", "paired_with_beijing"),
        ("120000", "paired_with_tianjin"),
    ):
        supported = counties.index[counties["partner_adcode"] == city]
        assert [*supported] == [*counties.index[counties[programme]]]


def test_huailai_is_paired_with_beijing_and_not_poor(counties):
    huailai = counties.loc["130730"]

    assert huailai["name"] == "怀来县"
    assert huailai["paired_with_beijing"]
    assert huailai["partner_en"] == "Beijing"
    assert not huailai["poor_county"]
    paired = counties["paired_with_beijing"] | counties["paired_with_tianjin"]
    assert set(counties.loc[paired & ~counties["poor_county"], "name"]) == {"怀来县"}


@pytest.mark.parametrize("adcode", RENAMED)
def test_a_renamed_county_is_poor_under_todays_code_and_keeps_its_published_name(
    counties, adcode
):
    name, published = RENAMED[adcode]

    assert counties.at[adcode, "name"] == name
    assert published in counties.at[adcode, "published_name"].split("、")
    assert counties.at[adcode, "poor_county"]


def test_a_county_published_under_two_names_shows_both_once(counties):
    assert counties.at["130709", "published_name"] == "崇礼县、崇礼区"
    assert counties.at["130722", "published_name"] == "张北县"


def test_only_renamed_counties_have_another_published_name(counties):
    differing = counties[counties["name"] != counties["published_name"]]

    assert set(differing.index) == set(RENAMED)


NATIONAL = {"national_key", "contiguous_area_only"}


def test_the_45_national_counties_left_in_four_rounds(package, counties):
    assessed = package.values_by_county("exit_assessed_year")
    national = counties.index[counties["category"].isin(NATIONAL)]
    years = [own.value.year for a in national for own in assessed[a] if not own.of_part]

    assert {year: years.count(year) for year in years} == {
        2016: 3,
        2017: 11,
        2018: 18,
        2019: 13,
    }


def test_each_exit_was_approved_in_the_year_after_its_assessment(package):
    approved = package.values_by_county("exit_approved_year")
    for adcode, values in package.values_by_county("exit_assessed_year").items():
        for value in values:
            (own,) = [v for v in approved[adcode] if v.of_part == value.of_part]
            for one, other in (
                (own.value.latest, value.value.latest),
                (own.value.earliest, value.value.earliest),
            ):
                assert bool(one) == bool(other)
                assert not one or int(one[:4]) - int(other[:4]) == 1
            assert (own.source, own.confidence) == (value.source, value.confidence)


def test_the_exits_are_those_of_the_62(package, counties):
    left = package.values_by_county("exit_approved_year")
    whole = {a for a, own in left.items() if any(not v.of_part for v in own)}

    assert whole == set(counties.index[counties["poor_county"]])


def test_exit_years_are_the_approvals_that_are_known(counties):
    years = counties["exit_approved_year"].dropna()

    assert years.value_counts().to_dict() == {2017: 3, 2018: 12, 2019: 18, 2020: 13}
    # Of the provincial counties only one has a source of its own.
    provincial = counties[counties["category"] == "provincial_key"]
    assert provincial["exit_approved_year"].dropna().to_dict() == {"130407": 2018}
    assert set(years.index) <= set(counties.index[counties["poor_county"]])


def test_the_assessed_year_is_the_one_before_where_both_are_known(counties):
    both = counties[["exit_assessed_year", "exit_approved_year"]].dropna()

    assert len(both) == 46
    assert set(both["exit_approved_year"] - both["exit_assessed_year"]) == {1}


@pytest.mark.parametrize(
    ("column", "value"), [("earliest", "2016-11"), ("confidence", "inferred")]
)
def test_a_date_that_is_a_span_or_inferred_is_no_year(spoiled, column, value):
    copy = spoiled()
    line = copy.line(
        "dates.csv", published_name="望都县", variable="exit_approved_year"
    )
    copy.set_cell("dates.csv", line, column, value)

    table = county_table(load(copy.directory), "overview")

    assert pd.isna(table.at["130631", "exit_approved_year"])
    assert table.at["130924", "exit_approved_year"] == 2017


def test_zhuolu_has_no_exit_year_of_its_own_although_a_part_of_it_has(
    package, counties
):
    assert pd.isna(counties.at["130731", "exit_approved_year"])

    exits = package.values_by_county("exit_approved_year")["130731"]

    assert {v.published_name: (v.value, v.of_part) for v in exits} == {
        "涿鹿县": (Span("2018-09", "2019-05"), False),
        "赵家蓬区": (Span("2020-02-29", "2020-02-29"), True),
    }


def test_a_part_of_a_county_is_no_county(counties):
    assert "赵家蓬区" not in set(counties["name"])
    assert "赵家蓬区" not in "、".join(counties["published_name"])


def test_values_of_a_county_come_under_every_name_it_had(package):
    found = [v for v in package.values_of("130709") if v.variable in package.programmes]

    by_name = {(v.published_adcode, v.published_name) for v in found}
    assert by_name == {("130733", "崇礼县"), ("130709", "崇礼区")}
    assert {v.variable for v in found} == {
        "poor_county",
        "paired_with_beijing",
        "whole_area_tourism_demonstration",
        "olympic_low_carbon_zone",
    }


def test_values_of_a_county_are_not_those_of_a_namesake(package):
    # 桥西区 is in Shijiazhuang and in Zhangjiakou, and was in Xingtai.
    found = {v.variable for v in package.values_of("130104")}
    assert {package.variables[variable].kind for variable in found} == {"number"}


def test_every_row_of_a_table_of_values_is_some_countys(package, counties):
    found = [v for adcode in counties.index for v in package.values_of(adcode)]
    tables = ("memberships", "categories", "dates", "relations")
    in_tables = sum(len(package.tables[table]) for table in tables)
    numbers = [v for v in found if package.variables[v.variable].kind == "number"]

    assert len(found) == len(package.values)
    assert len(found) == in_tables + len(numbers)


def test_every_number_is_a_countys_or_stands_beside_or_is_a_total(package):
    # A unit of the day whose ground moved is both: it is said of the county, but the
    # county's number it is not.
    table = package.tables["numbers"]
    of_counties = [
        part
        for value in package.numbers.values
        if not value.of_other_ground
        for part in value.parts or (value,)
    ]
    beside = [f for own in package.numbers.beside.values() for f in own]
    totals = package.numbers.totals.values()
    found = [(v.variable, v.published_adcode) for v in of_counties]
    found += [(figure.variable, figure.code) for figure in [*beside, *totals]]

    assert sorted(found) == sorted(
        zip(table["variable"], table["published_adcode"], strict=True)
    )


def test_values_come_in_the_order_of_the_registry(package):
    order = {identifier: place for place, identifier in enumerate(package.variables)}
    places = [order[value.variable] for value in package.values_of("130709")]

    assert places == sorted(places)


def test_every_value_has_its_evidence(package):
    for value in package.values:
        assert value.section
        assert value.source
        assert set(value.source) <= set(package.sources)
        assert value.confidence


def test_a_membership_keeps_what_was_published_beside_todays_code(package):
    (wanquan,) = package.values_by_county("poor_county")["130708"]

    assert (wanquan.published_name, wanquan.published_adcode) == ("万全县", "130729")
    assert wanquan.source == ("S00", "S01", "S56")


# --- What is known of a county and a programme ---------------------------------------


def test_a_complete_list_says_no_an_open_one_does_not(package):
    assert package.standing("poor_county", "130722") == "yes"
    assert package.standing("poor_county", "130730") == "no"  # 怀来县 is not poor
    assert package.standing("relocation", "130722") == "yes"
    assert package.standing("relocation", "130102") == "not_said"


def test_what_others_report_is_neither_yes_nor_not_said(package):
    # Seven counties with reports of relocation that the plan does not name.
    names = {package.divisions[a].name for a in package.reported("relocation")}

    assert names == {
        "赤城县",
        "怀安县",
        "滦平县",
        "曲阳县",
        "临城县",
        "内丘县",
        "魏县",
    }
    for adcode in package.reported("relocation"):
        assert package.standing("relocation", adcode) == "reported"
        assert adcode not in package.members("relocation")


@pytest.mark.parametrize("programme", COUNTS)
def test_the_standings_of_all_counties_add_up(package, counties, programme):
    standings = [package.standing(programme, a) for a in counties.index]

    assert standings.count("yes") == COUNTS[programme][0]
    variable = package.programmes[programme]
    assert ("no" in standings) == (variable.is_whole or bool(variable.confined_to))
    assert ("not_said" in standings) == (not variable.is_whole)


# --- A variable more is rows more -----------------------------------------------------


def test_a_made_up_variable_of_each_kind_has_its_columns(
    made_up_package, made_up_counties, made_up
):
    table = made_up_counties
    zhangbei, kangbao, changan = (table.loc[a] for a in ("130722", "130723", "130102"))

    assert (zhangbei[made_up["category"]], table.at["130705", made_up["category"]]) == (
        "high",
        "",
    )
    assert (zhangbei[made_up["number"]], kangbao[made_up["number"]]) == (40.0, 0.0)
    assert pd.isna(table.at["130705", made_up["number"]])
    assert (zhangbei[made_up["date"]], table.at["130104", made_up["date"]]) == (
        2009,
        2003,
    )
    # 2013 or 2014: which is not known.
    assert pd.isna(table.at["130725", made_up["date"]])
    assert changan[made_up["membership"]]
    assert pd.isna(table.at["130705", made_up["membership"]])
    assert made_up_package.members("made_up_empty") == frozenset()
    assert table["made_up_empty"].isna().all()


def test_a_county_with_two_partners_has_both(made_up_counties, made_up):
    relation = made_up["relation"]
    zhangbei = made_up_counties.loc["130722"]

    assert zhangbei[f"{relation}_adcode"] == "110000;120000"
    assert zhangbei[relation] == "北京市、天津市"
    assert zhangbei[f"{relation}_en"] == "Beijing, Tianjin"
    for city in ("110000", "120000"):
        chosen = Selection(where={relation: (city,)}).apply(made_up_counties)
        assert "130722" in chosen


def test_a_category_more_leaves_the_others_alone(made_up_counties, counties):
    pd.testing.assert_series_equal(made_up_counties["category"], counties["category"])


def test_areas_are_the_same_whatever_the_geometry_drawn(package, counties):
    full = county_table(package, "full")

    pd.testing.assert_frame_equal(
        pd.DataFrame(full.drop(columns="geometry")),
        pd.DataFrame(counties.drop(columns="geometry")),
    )
    assert not full.geometry.geom_equals(counties.geometry).all()
    assert full["area_km2"].sum() == pytest.approx(188_000, rel=0.01)


def test_boundaries_that_are_not_the_divisions_are_refused(package, monkeypatch):
    real = package.boundaries.load

    def one_less(level: str, detail: str = "full") -> gpd.GeoDataFrame:
        return real(level, detail).iloc[1:]

    monkeypatch.setattr(package.boundaries, "load", one_less)

    with pytest.raises(ValueError, match="divisions and boundaries differ"):
        county_table(package)


def test_a_new_programme_needs_rows_and_nothing_else(spoiled, counties):
    copy = spoiled()
    template = copy.rows("variables.csv")[2]
    copy.append_row(
        "variables.csv",
        **template
        | {
            "id": "pear_growing",
            "order": "99",
            "group": "tourism",
            "name_zh": "梨树种植",
            "name_en": "Pear growing",
            "colour": "#123456",
            "stated_count": "3",
            "stated_in": "二(一)",
            "named_count": "3",
        },
    )
    member = copy.rows("memberships.csv")[2] | {"variable": "pear_growing"}
    for code, name in (("130533", "威县"), ("130733", "崇礼县"), ("130102", "长安区")):
        copy.append_row(
            "memberships.csv",
            **member | {"published_adcode": code, "published_name": name},
        )

    package = load(copy.directory)
    table = county_table(package, "overview")

    programme = package.programmes["pear_growing"]
    assert (programme.name("zh"), programme.name("en")) == ("梨树种植", "Pear growing")
    shown = by_group(package.programmes.values(), package.groups)
    assert shown[package.groups["tourism"]][-1] == programme
    assert Choices.of(package).programmes[-1] == "pear_growing"
    members = ["130102", "130533", "130709"]
    assert table.index[table["pear_growing"]].tolist() == members
    assert Selection(all_of=("pear_growing",)).apply(table).tolist() == members
    # Nothing else has changed.
    pd.testing.assert_frame_equal(
        pd.DataFrame(table.drop(columns=["pear_growing", "geometry"])),
        pd.DataFrame(counties.drop(columns="geometry")),
    )


def test_areas_are_those_of_the_full_geometry_to_a_tenth(counties):
    full = DRAWN.load("county", "full").geometry
    measured = area_km2(full)

    assert (counties["area_km2"] - measured).abs().max() <= 0.05 + 1e-9
    assert (counties["area_km2"] % 1 != 0).any()


def test_squares_that_meet_in_a_point_are_no_neighbours():
    squares = {
        "130001": box(0, 0, 1, 1),
        "130002": box(1, 0, 2, 1),
        "130003": box(0, 1, 1, 2),
        "130004": box(1, 1, 2, 2),
        "130005": box(5, 5, 6, 6),
    }
    table = gpd.GeoDataFrame(geometry=gpd.GeoSeries(squares, crs="EPSG:4326"))

    assert neighbours(table, "130001") == ["130002", "130003"]
    assert neighbours(table, "130004") == ["130002", "130003"]
    assert neighbours(table, "130005") == []


def test_neighbours_are_those_whose_boundaries_share_a_line(counties):
    # Second implementation: the dimension of the common boundary, as DE-9IM has it.
    shapes = counties.geometry
    for adcode in ("130722", "130709", "130102", "131182"):
        lines = shapes.boundary.relate_pattern(shapes[adcode].boundary, "1********")
        assert neighbours(counties, adcode) == sorted(
            set(shapes.index[lines]) - {adcode}
        )


def test_who_is_a_neighbour_has_the_other_as_one(counties):
    near = {adcode: neighbours(counties, adcode) for adcode in counties.index}

    for adcode, own in near.items():
        assert own
        assert all(adcode in near[other] for other in own)


def test_rows_of_a_county_are_those_that_name_it_today_or_formerly(package, counties):
    divisions, table = package.divisions, package.tables["evidence"]
    found = {adcode: rows_of(package, "evidence", adcode) for adcode in counties.index}

    assert sum(map(len, found.values())) == (table["scope"] == "county").sum()
    for adcode, own in found.items():
        for row in own:
            published = row["published_adcode"], row["published_name"]
            assert divisions.current(*published) == adcode
    # Pingquan County is Pingquan City today.
    assert {row["published_name"] for row in found["130881"]} <= {"平泉县", "平泉市"}
    assert any(found.values())
    assert not all(found.values())
