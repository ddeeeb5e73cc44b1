"""Own figures are variables like those of the tables, wherever variables are used."""

import json
import weakref
from urllib.parse import parse_qsl

import openpyxl
import pytest
from geopandas.testing import assert_geodataframe_equal

from geo.export import FORMATS
from layers.edition.address import Address
from layers.edition.edition import Edition
from layers.edition.page_state import page_state
from layers.facts.county_table import county_table
from layers.facts.values import Span
from layers.files.export import export
from layers.files.readback.changes import changes
from layers.files.readback.reading import read_back
from layers.own.joined import join
from layers.own.reading import Sheet, Upload
from layers.own.variables import MOST_CLASSES, own_facts
from layers.profile.county_profile import county_profile
from layers.select.choices import Choices
from layers.select.facets import facets
from layers.select.selection import Selection
from layers.select.summaries import summarise, summary_text
from layers.sheet import draw
from layers.themes.themes import style_theme, themes
from layers.webmap.one_file import one_file_map
from tests.pictures import text_of

ZHANGBEI, KANGBAO, GUYUAN, CHANGAN = "130722", "130723", "130724", "130102"
HEADER = ["县名", "收入（元）", "类型", "验收日期", "户数"]
ROWS = [
    ["张北县", "8,010", "坝上", ["date", "2018-09-29"], "120"],
    ["康保县", "7250.5", "坝上", "2019年5月", "80"],
    ["沽源", "—", "坝下, 沿线", None, "95"],
    ["长安区", "21000", None, "以后", "4000"],
    ["某某县", "1", "坝上", None, "1"],
]
INCOME, KIND, DAY, HOUSEHOLDS = (f"own_{n}" for n in range(1, 5))
OWN = {"zh": "用户自有数据，非规划内容", "en": "own data of the user, not of the plan"}


def table_of(places, *rows, name="收入.xlsx", sheet="表1", **about):
    """A table as it comes out of the reader, joined."""
    page = Sheet(name=sheet, visible=True, rows=rows, merged=())
    upload = Upload(name=name, format="xlsx", encoding=None, sheets=(page,))
    return join(upload, places, **about)


@pytest.fixture(scope="module")
def facts(places, package):
    table = table_of(places, HEADER, *ROWS)
    return own_facts(table, package.divisions, summed={4})


@pytest.fixture(scope="module")
def own_package(package, facts):
    return package.with_variables(facts)


@pytest.fixture(scope="module")
def own_counties(own_package):
    return county_table(own_package, "overview")


def test_columns_are_variables_with_their_file_and_values_with_their_row(facts):
    by_id = {variable.id: variable for variable in facts.variables}

    assert {i: v.kind for i, v in by_id.items()} == {
        INCOME: "number",
        KIND: "category",
        DAY: "date",
        HOUSEHOLDS: "number",
    }
    income, households = by_id[INCOME], by_id[HOUSEHOLDS]
    assert (income.unit, income.measure, income.aggregate) == ("元", "amount", "none")
    assert (households.measure, households.aggregate) == ("count", "sum")
    assert income.named_count == 3
    assert [c.name_zh for c in by_id[KIND].classes] == ["坝上", "坝下, 沿线"]
    found = {(v.variable, v.adcode): v for v in facts.values}
    assert found[INCOME, ZHANGBEI].value == 8010
    assert (INCOME, GUYUAN) not in found  # a sign for no value is none, and not zero
    assert found[INCOME, KANGBAO].section == "第3行"
    assert found[INCOME, KANGBAO].detail_zh == "按名称匹配"
    assert found[DAY, KANGBAO].value == Span("2019-05", "2019-05")
    assert (DAY, CHANGAN) not in found
    assert {v.adcode for v in facts.values} == {ZHANGBEI, KANGBAO, GUYUAN, CHANGAN}


def test_the_package_of_the_tables_stays_as_it_is(package, own_package, facts):
    assert not {*package.variables} & {v.id for v in facts.variables}
    assert [*own_package.variables][: len(package.variables)] == [*package.variables]
    assert own_package.values[: len(package.values)] == package.values
    assert own_package.digest != package.digest
    assert own_package.digest == package.with_variables(facts).digest
    assert own_package.tables is package.tables


@pytest.mark.parametrize("again", ["variables", "own column", "source"])
def test_an_id_that_is_taken_is_refused(package, own_package, places, facts, again):
    if again == "variables":
        with pytest.raises(ValueError, match="own_1 has another meaning"):
            own_package.with_variables(facts)
        return
    prefix = {"own column": "own", "source": "S00"}[again]
    other = own_facts(
        table_of(places, ["县名", "数"], ["张北县", "1"]),
        package.divisions,
        prefix=prefix,
    )
    with pytest.raises(ValueError, match=f"{prefix} or {prefix} is taken"):
        own_package.with_variables(other)


def test_two_files_of_a_session_stand_side_by_side(own_package, places):
    other = own_facts(
        table_of(places, ["县名", "数"], ["张北县", "1"], name="b.csv"),
        own_package.divisions,
        prefix="own2",
    )
    both = own_package.with_variables(other)

    assert {INCOME, "own2_1"} <= {*both.variables}
    assert both.values_by_county("own2_1")[ZHANGBEI][0].value == 1


def test_the_county_table_has_its_columns(own_counties, counties):
    income = own_counties[INCOME]
    assert str(income.dtype) == "Float64"
    assert income[ZHANGBEI] == 8010
    assert income.notna().sum() == 3
    assert own_counties.loc[GUYUAN, KIND] == "坝下_沿线"
    assert own_counties.loc[ZHANGBEI, DAY] == 2018
    # What users call a county is no name that a source of the plan gives it.
    assert (own_counties["published_name"] == counties["published_name"]).all()


def test_each_is_a_theme_with_its_classes(own_package, own_counties):
    known = themes(own_package)
    for identifier, kind in ((INCOME, "number"), (KIND, "category"), (DAY, "date")):
        assert known[identifier].kind == kind
        style = style_theme(own_package, own_counties, Selection(), identifier, "en")
        *classes, rest = style.legend
        values = own_package.values_by_county(identifier)
        assert sum(entry.selected for entry in classes) == len(values)
        assert rest.selected == len(own_counties) - len(values)
        assert rest.name == "the file has no value of this county"
    income = style_theme(own_package, own_counties, Selection(), INCOME, "zh").legend
    assert any("元" in entry.name for entry in income)
    # An amount that is coloured as if it were a rate is called so.
    english = style_theme(own_package, own_counties, Selection(), INCOME, "en").legend
    assert any("not a rate" in entry.note for entry in english)


@pytest.mark.parametrize(
    ("header", "measure"),
    [
        ("农村居民人均可支配收入（元）", "rate"),
        ("户均耕地（亩）", "rate"),
        ("每千人床位数（张）", "rate"),
        ("城镇化率", "rate"),
        ("人口密度（人/平方公里）", "rate"),
        ("粮食单产（公斤/亩）", "rate"),
        ("平均受教育年限（年）", "rate"),
        ("GDP比上年增长（%）", "rate"),
        ("Income per capita (yuan)", "rate"),
        ("Mean income", "rate"),
        ("Unemployment rate", "rate"),
        ("收入（元）", "amount"),
        ("总人口（人）", "amount"),
        ("地区生产总值（万元）", "amount"),
        ("就业人数（人）", "amount"),
        ("Shareholders", "amount"),
        ("Grain output (t)", "amount"),
        ("Corporate tax (yuan)", "amount"),
    ],
)
def test_what_does_not_grow_with_the_county_is_a_rate_whatever_its_unit(
    places, package, header, measure
):
    """A planner was told that income per head is dark because the county is large."""
    table = table_of(places, ["县名", header], ["张北县", "8"], ["康保县", "9"])
    (variable,) = own_facts(table, package.divisions).variables

    assert variable.measure == measure


def test_each_is_a_filter(own_package, own_counties):
    choices = Choices.of(own_package)
    asked = Selection(where={INCOME: ("7000..9000",), KIND: ("坝上",)})

    assert [*asked.apply(own_counties)] == [ZHANGBEI, KANGBAO]
    assert choices.accepts(KIND, "坝上")
    assert not choices.accepts(KIND, "山区")
    found = facets(own_counties, Selection(), choices, {INCOME})
    assert found[KIND] == {"坝上": 2, "坝下_沿线": 1}
    assert sum(found[INCOME].values()) == 3
    assert "坝上" in asked.sentence("en", own_package)


def test_the_profile_says_value_file_row_and_how_it_was_joined(
    own_package, own_counties
):
    profile = county_profile(own_package, own_counties.loc[KANGBAO], KANGBAO, "en")
    (section,) = (s for s in profile.sections if s.id == "own")
    lines = {line.variable: line for line in section.statements}

    assert section.title == "Own data: 收入.xlsx"
    assert "7,250.5 yuan" in lines[INCOME].text
    assert "joined by name" in lines[INCOME].notes
    assert lines[INCOME].evidence[0].section == "row 3"
    assert lines[INCOME].evidence[0].sources == ("own",)
    assert "坝上" in lines[KIND].text
    assert "own" in profile.sources
    without = county_profile(own_package, own_counties.loc["130104"], "130104", "zh")
    (section,) = (s for s in without.sections if s.id == "own")
    (line,) = (line for line in section.statements if line.variable == INCOME)
    assert "文件中没有该县的数值" in line.notes


def test_the_statistics_add_up_only_what_adds_up(own_package, own_counties):
    three = [ZHANGBEI, KANGBAO, GUYUAN]
    income = summarise(own_package, own_package.variables[INCOME], own_counties, three)
    houses = summarise(
        own_package, own_package.variables[HOUSEHOLDS], own_counties, three
    )

    assert (income.number, income.least, income.most) == (None, 7250.5, 8010)
    assert income.missing == 1
    assert houses.number == 295
    said = summary_text(own_package, own_package.variables[HOUSEHOLDS], houses, "en")
    assert said.startswith("sum 295")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_file_says_that_they_are_the_users_own(own_package, own_counties, language):
    chosen = Selection(counties=(ZHANGBEI, GUYUAN))
    made = export(
        own_package, own_counties, chosen, format="geojson", language=language
    )
    told = json.loads(made.content)
    here, there = (f["properties"] for f in told["features"])

    assert (here[INCOME], here[DAY], there[INCOME]) == (8010, 2018, None)
    assert there[KIND] == "坝下_沿线"
    (source,) = (s for s in told["metadata"]["sources"] if s["id"] == "own")
    assert source["title"][language] == "收入.xlsx"
    assert source["publisher"] == OWN
    assert OWN[language] in told["metadata"]["licence"]["attributes"]
    (stated,) = (s for s in here["evidence"] if s["variable"] == INCOME)
    assert (stated["section"], stated["source"]) == ("第2行", ["own"])
    assert told["metadata"]["data_digest"] == own_package.digest


def test_a_workbook_explains_each_column(own_package, own_counties, tmp_path):
    made = export(own_package, own_counties, Selection(), format="xlsx", language="en")
    file = tmp_path / "a.xlsx"
    file.write_bytes(made.content)
    book = openpyxl.load_workbook(file, read_only=True)
    rows = [[str(c) for c in row] for row in book["dictionary"].values]
    (income,) = (row for row in rows if INCOME in row)

    assert any("Own data of the user, not of the plan" in cell for cell in income)
    assert any("sheet 表1" in cell for cell in income)


def test_with_a_column_of_years_each_column_comes_once_a_year(places, package):
    table = table_of(
        places,
        ["县名", "年份", "收入（元）", "类型"],
        ["张北县", "2015", "1.2万", "坝上"],
        ["张北县", "2016", "较多", "坝上"],
        ["康保县", "2016", "5", None],
    )
    facts = own_facts(table, package.divisions)
    found = {variable.id: variable for variable in facts.variables}

    assert {i: (v.kind, v.period) for i, v in found.items()} == {
        "own_2_2015": ("number", "2015"),
        "own_2_2016": ("number", "2016"),
        "own_3_2015": ("category", "2015"),
        "own_3_2016": ("category", "2016"),
    }
    assert found["own_2_2016"].name_zh == "收入（元） 2016"
    assert found["own_2_2016"].series == found["own_2_2015"].series == "own_series_2"
    assert [s.name_zh for s in facts.series] == ["收入（元）"]
    numbers = {(v.variable, v.adcode): v.value for v in facts.values}
    assert numbers["own_2_2015", ZHANGBEI] == 12000
    assert ("own_2_2016", ZHANGBEI) not in numbers


def test_years_in_the_header_make_one_series_with_a_change(places, package):
    facts = own_facts(
        table_of(
            places,
            ["县名", "2015年户数", "2016年户数", "户数2016年", "2016年村数"],
            ["张北县", "100", "90", "1", "3"],
        ),
        package.divisions,
    )
    # The same year twice is no series.
    assert facts.series == ()

    facts = own_facts(
        table_of(
            places,
            ["县名", "2015年户数", "2016年户数", "2016年村数"],
            ["张北县", "100", "90", "3"],
        ),
        package.divisions,
    )
    assert [v.series for v in facts.variables] == ["own_series_1"] * 2 + [""]
    assert [s.name_zh for s in facts.series] == ["户数"]
    own = package.with_variables(facts)
    row = county_table(own, "overview").loc[ZHANGBEI]
    profile = county_profile(own, row, ZHANGBEI, "en")
    (section,) = (s for s in profile.sections if s.id == "own")
    line = section.statements[0]
    assert line.text == "户数: 90 (2016); 100 (2015)"
    assert any("change" in note for note in line.notes)


def test_remarks_and_empty_columns_are_no_variables(places, package):
    counties = [d.name for d in package.divisions.of_level("county").values()]
    unique = [name for name in counties if counties.count(name) == 1][:30]
    rows = [[name, f"说明{i}", str(i), None] for i, name in enumerate(unique)]
    facts = own_facts(
        table_of(places, ["县名", "说明", "数", "空"], *rows), package.divisions
    )

    assert len(unique) > MOST_CLASSES
    assert [v.name_zh for v in facts.variables] == ["数"]


def test_words_that_differ_only_in_marks_are_classes_of_their_own(places, package):
    facts = own_facts(
        table_of(
            places,
            ["县名", "类型"],
            ["张北县", "甲,乙"],
            ["康保县", "甲;乙"],
            ["沽源县", "<b>甲</b>"],
        ),
        package.divisions,
    )
    (kind,) = facts.variables

    assert [c.value for c in kind.classes] == ["甲_乙", "甲_乙_", "b_甲_b"]
    assert [c.name_zh for c in kind.classes] == ["甲,乙", "甲;乙", "<b>甲</b>"]
    for value in (c.value for c in kind.classes):
        own = package.with_variables(facts)
        query = Selection(where={kind.id: (value,)}).to_query()
        back, rejected = Selection.from_query(query, Choices.of(own))
        assert (back.values(kind.id), rejected) == ((value,), ())


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_carries_them_and_leads_back(own_package, own_counties, form):
    chosen = Selection(counties=(ZHANGBEI, KANGBAO))
    made = export(own_package, own_counties, chosen, format=form, detail="overview")

    assert read_back(made.content, made.file_name).selection == chosen


def test_a_file_made_with_own_data_opens_where_they_are_not(
    package, counties, own_package, own_counties
):
    chosen = Selection(where={INCOME: ("7000..9000",)})
    made = export(own_package, own_counties, chosen, format="geojson")
    found = changes(package, counties, read_back(made.content, made.file_name))

    assert found.data_are_same is False
    assert any(INCOME in sentence for sentence in found.sentences(package, "en"))


@pytest.mark.parametrize("link", [f"see={INCOME}", f"{INCOME}=10..", "see=own_9:x"])
def test_a_link_to_them_says_elsewhere_what_is_missing(package, link):
    _, rejected = Address.read(parse_qsl(link), package, Choices.of(package))

    (told,) = rejected
    assert "own data" in told.say("en")
    assert "自有数据" in told.say("zh")
    assert "poor_county" not in told.say("en")


@pytest.mark.parametrize("detail", ["overview", "full"])
def test_the_county_table_of_the_session_is_made_of_that_of_the_atlas(
    package, own_package, detail
):
    base = Edition(package)
    own = Edition(own_package, base=base)

    assert_geodataframe_equal(own.counties(detail), county_table(own_package, detail))
    assert [*base.counties(detail)] == [*county_table(package, detail)]
    assert own.counties() is own.counties("overview")


def test_an_edition_that_is_served_no_more_is_not_kept_by_a_session(
    package, own_package
):
    base = Edition(package)
    gone, own = weakref.ref(base), Edition(own_package, base=base)
    del base

    assert gone() is None
    assert INCOME in own.counties()


def test_the_page_and_the_map_in_one_file_have_them(own_package):
    edition = Edition(own_package)
    asked = {"see": INCOME, KIND: "坝上", "lang": "en"}
    address, rejected = Address.read(asked, own_package, edition.choices)
    page = json.loads(page_state(edition, address))
    one_file = one_file_map(
        own_package, edition.counties(), Selection(), theme=INCOME, language="en"
    ).decode()

    assert rejected == ()
    assert page["head"]["selected"] == 2
    assert "yuan" in json.dumps(page["legend"], ensure_ascii=False)
    assert "own data of the user, not of the plan" in one_file
    assert "Own data: 收入.xlsx" in one_file


def test_a_sheet_shows_and_cites_them(own_package, own_counties):
    drawn = draw(
        own_package,
        own_counties,
        Selection(counties=(ZHANGBEI, KANGBAO)),
        theme=INCOME,
        language="en",
    )
    text = text_of(drawn)

    assert "8,010" in text
    assert "own data of the user" in " ".join(text.split())
