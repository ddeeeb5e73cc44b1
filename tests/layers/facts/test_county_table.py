"""The county table says of each county what the rows say, and who says so."""

import geopandas as gpd
import pandas as pd
import pytest

from geo.boundaries import Boundaries
from geo.folders import boundaries_folder
from layers.facts import catalogue
from layers.facts.columns import DETAIL_COLUMNS
from layers.facts.county_table import county_table, memberships, rows_of
from layers.facts.package import load
from layers.select.selection import Choices, Selection

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
    "grassland_subsidy_around_capital": (5, 14, "incomplete", "stated"),
    "carbon_sink_forestry": (3, None, "open", "stated"),
    "olympic_low_carbon_zone": (1, None, "complete", "stated"),
    "general_airport": (4, None, "open", "stated"),
    "pumped_storage": (3, None, "complete", "stated"),
    "supporting_power_source": (1, None, "open", "stated"),
    "care_service_model": (2, None, "complete", "stated"),
}
"""Counties in the table; counties the source counts; completeness; basis."""


def names(counties: pd.DataFrame, programme: str) -> set[str]:
    return set(counties.loc[counties[programme], "name"])


def test_there_is_one_row_a_county_and_one_column_a_programme(package, counties):
    assert len(counties) == 167
    assert counties.index.name == "adcode"
    assert counties.index.is_unique
    assert counties.index.is_monotonic_increasing
    assert list(counties.columns) == [
        *DETAIL_COLUMNS,
        *package.programmes,
        "geometry",
    ]
    assert {str(counties[p].dtype) for p in package.programmes} == {"bool"}
    assert str(counties["exit_year"].dtype) == "Int64"
    assert counties.crs == "EPSG:4326"


def test_no_text_is_missing_and_no_name_is_empty(counties):
    texts = [c for c in DETAIL_COLUMNS if c not in {"area_km2", "exit_year"}]
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
        assert (counties["partner_adcode"] == city).equals(
            counties[programme].rename("partner_adcode")
        )


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


def test_the_45_national_counties_left_in_four_rounds(package):
    exits = package.tables["exits"].query("unit == 'county'")
    national = exits[exits["level"] == "national"]

    assert len(national) == 45
    assert national["assessed_year"].value_counts().to_dict() == {
        2016: 3,
        2017: 11,
        2018: 18,
        2019: 13,
    }
    assert len(exits) == 62


def test_each_exit_was_approved_in_the_year_after_its_assessment(package):
    exits = package.tables["exits"].dropna(subset="assessed_year")

    approved = exits["approved_to"].str[:4].astype("Int64")

    assert (approved - exits["assessed_year"]).unique().tolist() == [1]


def test_the_exits_are_those_of_the_62(package, counties):
    exits = package.tables["exits"].query("unit == 'county'")
    left = {
        package.divisions.current(code, name): level
        for code, name, level in zip(
            exits["published_adcode"],
            exits["published_name"],
            exits["level"],
            strict=True,
        )
    }
    poor = counties[counties["poor_county"]]

    assert left == {
        adcode: "provincial" if category == "provincial_key" else "national"
        for adcode, category in poor["category"].items()
    }


def test_exit_years_are_the_approvals_that_are_known(counties):
    years = counties["exit_year"].dropna()

    assert years.value_counts().to_dict() == {2017: 3, 2018: 12, 2019: 18, 2020: 13}
    # Of the provincial counties only one has a source of its own.
    provincial = counties[counties["category"] == "provincial_key"]
    assert provincial["exit_year"].dropna().to_dict() == {"130407": 2018}
    assert set(years.index) <= set(counties.index[counties["poor_county"]])


@pytest.mark.parametrize(
    ("column", "value"), [("approved_from", "2016-11"), ("confidence", "inferred")]
)
def test_a_date_that_is_a_span_or_inferred_is_no_exit_year(spoiled, column, value):
    copy = spoiled()
    line = copy.line("exits.csv", published_name="望都县")
    copy.set_cell("exits.csv", line, column, value)

    table = county_table(load(copy.directory), "overview")

    assert pd.isna(table.at["130631", "exit_year"])
    assert table.at["130924", "exit_year"] == 2017


def test_zhuolu_has_no_exit_year_of_its_own_although_a_part_of_it_has(
    package, counties
):
    assert pd.isna(counties.at["130731", "exit_year"])

    exits = rows_of(package, "exits", "130731")

    assert {row["published_name"]: row["approved_to"] for row in exits} == {
        "涿鹿县": "2019-05",
        "赵家蓬区": "2020-02-29",
    }


def test_a_part_of_a_county_is_no_county(counties):
    assert "赵家蓬区" not in set(counties["name"])
    assert "赵家蓬区" not in "、".join(counties["published_name"])


def test_rows_of_a_county_come_under_every_name_it_had(package):
    found = rows_of(package, "memberships", "130709")

    by_name = {(row["published_adcode"], row["published_name"]) for row in found}
    assert by_name == {("130733", "崇礼县"), ("130709", "崇礼区")}
    assert {row["programme"] for row in found} == {
        "poor_county",
        "paired_with_beijing",
        "whole_area_tourism_demonstration",
        "olympic_low_carbon_zone",
    }


def test_rows_of_a_county_are_not_those_of_a_namesake(package):
    # 桥西区 is in Shijiazhuang and in Zhangjiakou, and was in Xingtai.
    assert rows_of(package, "memberships", "130104") == []


def test_every_row_of_a_naming_table_is_some_countys(package, counties):
    for table in ("memberships", "pairs", "exits"):
        found = sum(len(rows_of(package, table, adcode)) for adcode in counties.index)
        assert found == len(package.tables[table]), table


def test_every_membership_has_its_evidence(package):
    members = memberships(package)

    assert len(members) == len(package.tables["memberships"])
    for member in members:
        assert member.section
        assert member.source
        assert set(member.source) <= set(package.sources)


def test_a_membership_keeps_what_was_published_beside_todays_code(package):
    wanquan = next(
        m
        for m in memberships(package)
        if m.published_name == "万全县" and m.programme == "poor_county"
    )

    assert (wanquan.adcode, wanquan.published_adcode) == ("130708", "130729")
    assert wanquan.source == ("S00", "S01", "S56")


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
    template = copy.rows("programmes.csv")[2]
    copy.append_row(
        "programmes.csv",
        **template
        | {
            "id": "pear_growing",
            "order": "99",
            "group": "tourism",
            "name_zh": "梨树种植",
            "name_en": "Pear growing",
            "colour": "#123456",
            "stated_count": "3",
            "named_count": "3",
        },
    )
    member = copy.rows("memberships.csv")[2] | {
        "programme": "pear_growing",
        "category": "",
    }
    for code, name in (("130533", "威县"), ("130733", "崇礼县"), ("130102", "长安区")):
        copy.append_row(
            "memberships.csv",
            **member | {"published_adcode": code, "published_name": name},
        )

    package = load(copy.directory)
    table = county_table(package, "overview")

    programme = package.programmes["pear_growing"]
    assert (programme.name("zh"), programme.name("en")) == ("梨树种植", "Pear growing")
    shown = catalogue.by_group(package.programmes, package.groups)
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
