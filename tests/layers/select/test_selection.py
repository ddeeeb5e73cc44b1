"""A selection is set algebra, goes through an address unharmed and says itself."""

import csv
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.language import LANGUAGES
from layers.select.choices import FIXED_FIELDS, Choice, Choices, limits
from layers.select.rejected import MOST_ALLOWED, Rejected, SelectionError
from layers.select.selection import Selection
from tests.spellings import OF_XIONGAN, SEVERAL, WRITTEN, XIONGAN

ATTRIBUTES = Path(__file__).parents[3] / "data" / "attributes"


def rows(table: str) -> list[dict[str, str]]:
    with (ATTRIBUTES / f"{table}.csv").open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


# The second implementation: sets of codes straight from the tables, by other ways than
# the county table goes: prefectures by the codes, partner cities by the pairs.

TODAY = {
    (row["former_adcode"], row["former_name"]): row["adcode"]
    for row in rows("crosswalk")
}
DIVISIONS = {row["adcode"]: row for row in rows("divisions")}
ALL = {adcode for adcode, row in DIVISIONS.items() if row["level"] == "county"}
VARIABLES = {row["id"]: row for row in rows("variables")}
PROGRAMMES = {i: r for i, r in VARIABLES.items() if r["kind"] == "membership"}


def today(row: dict[str, str]) -> str:
    published = (row["published_adcode"], row["published_name"])
    return TODAY.get(published, row["published_adcode"])


MEMBERS = {
    programme: {today(r) for r in rows("memberships") if r["variable"] == programme}
    for programme in PROGRAMMES
}
AREAS = [p for p, row in PROGRAMMES.items() if row["group"] == "area"]
PREFECTURES = sorted({adcode[:4] + "00" for adcode in ALL})
PAIRED = {
    city: {today(r) for r in rows("relations") if r["partner_adcode"] == city}
    for city in ("110000", "120000")
}
KINDS = {today(row): row["value"] for row in rows("categories")}
YEARS = {
    today(row): int(row["latest"][:4])
    for row in rows("dates")
    if row["variable"] == "exit_approved_year"
    and row["unit"] == "county"
    and row["earliest"] == row["latest"]
    and row["confidence"] in {"stated", "high", "medium"}
}
PEOPLE = {
    row["published_adcode"]: float(row["value"])
    for row in rows("numbers")
    if (row["variable"], row["level"]) == ("population_2020", "county")
}


def expected(selection: Selection) -> set[str]:
    found = set() if selection.no_county else set(ALL)
    for programme in selection.all_of:
        found &= MEMBERS[programme]
    for programme in selection.none_of:
        found -= MEMBERS[programme]
    if selection.any_of:
        found &= set().union(*(MEMBERS[p] for p in selection.any_of))
    if selection.prefectures:
        found &= {a for a in ALL if a[:4] + "00" in selection.prefectures}
    for field, values in selection.where:
        found &= set().union(*(having(field, value) for value in values))
    if selection.counties:
        found &= set(selection.counties)
    return found


def having(field: str, value: str) -> set[str]:
    """The counties with one value of a variable, or in a programme of a group."""
    if field == "area":
        return MEMBERS[value]
    if field == "partner":
        return PAIRED[value]
    if field == "category":
        return {a for a, kind in KINDS.items() if kind == value}
    low, _, high = value.partition("..") if ".." in value else (value, "", value)
    known = YEARS if field == "exit_approved_year" else PEOPLE
    return {
        a
        for a, number in known.items()
        if (not low or number >= float(low)) and (not high or number <= float(high))
    }


def some(values) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(sorted(values)), max_size=3).map(tuple)


years = st.integers(2015, 2021)
spans = st.tuples(years, years).map(lambda pair: "{}..{}".format(*sorted(pair)))
people = st.integers(0, 2_000_000)
conditions = st.fixed_dictionaries(
    {},
    optional={
        "area": some(AREAS),
        "partner": some(PAIRED),
        "category": some(set(KINDS.values())),
        "exit_approved_year": st.lists(
            st.sampled_from(sorted(map(str, set(YEARS.values())))) | spans, max_size=2
        ).map(tuple),
        "population_2020": st.lists(
            people.map("{}..".format) | people.map("..{}".format), max_size=2
        ).map(tuple),
    },
)
selections = st.builds(
    Selection,
    all_of=some(PROGRAMMES),
    any_of=some(PROGRAMMES),
    none_of=some(PROGRAMMES),
    prefectures=some(PREFECTURES),
    where=conditions,
    counties=st.one_of(st.just(()), some(ALL)),
)
a_programme = st.sampled_from(sorted(PROGRAMMES))


@pytest.fixture(scope="session")
def choices(package) -> Choices:
    return Choices.of(package)


def test_choices_are_those_of_the_tables(choices):
    in_order = sorted(PROGRAMMES, key=lambda p: int(PROGRAMMES[p]["order"]))

    assert choices.programmes == tuple(in_order)
    assert choices.prefectures == tuple(PREFECTURES)
    assert choices.counties == tuple(sorted(ALL))
    others = sorted(
        VARIABLES.keys() - PROGRAMMES.keys(), key=lambda v: int(VARIABLES[v]["order"])
    )
    assert [*choices.where] == ["area", *others]
    assert choices.where["area"] == Choice(
        "area", "group", tuple(p for p in in_order if p in AREAS)
    )
    assert choices.where["partner"] == Choice(
        "partner", "relation", ("110000", "120000")
    )
    assert choices.where["exit_approved_year"].values == (
        "2017",
        "2018",
        "2019",
        "2020",
    )
    assert choices.former == dict.fromkeys(("exit", "exit_year"), "exit_approved_year")


def test_the_ranges_offered_for_a_number_hold_each_county_once(choices, counties):
    offered = choices.where["population_2020"].values
    found = [
        code
        for value in offered
        for code in Selection(where={"population_2020": (value,)}).apply(counties)
    ]

    assert len(offered) == 5
    assert sorted(found) == sorted(ALL)


@pytest.mark.parametrize(
    "text", ["..", "5..3", "a..b", "1e9..", "１..2", "1..2..3", "-..", "1.", "1..2 "]
)
def test_what_is_no_range_is_none(text):
    assert limits(text) is None


@given(selection=selections)
def test_a_selection_comes_back_from_its_query_with_nothing_rejected(
    choices, selection
):
    query = selection.to_query()

    assert Selection.from_query(query, choices) == (selection, ())
    assert Selection.from_query(selection.to_parameters(), choices) == (selection, ())
    assert Selection.from_query(query, choices)[0].to_query() == query


@given(selection=selections)
def test_counties_selected_are_those_that_sets_give(counties, selection):
    found = selection.apply(counties)

    assert set(found) == expected(selection)
    assert found.is_unique
    assert found.is_monotonic_increasing


@pytest.mark.parametrize("programme", PROGRAMMES)
def test_each_programme_alone_selects_its_members(counties, programme):
    assert set(Selection(all_of=(programme,)).apply(counties)) == MEMBERS[programme]
    assert set(Selection(none_of=(programme,)).apply(counties)) == (
        ALL - MEMBERS[programme]
    )


@given(selection=selections, programme=a_programme)
def test_a_programme_more_in_all_of_or_none_of_never_adds_a_county(
    counties, selection, programme
):
    before = set(selection.apply(counties))
    all_of = replace(selection, all_of=(*selection.all_of, programme))
    none_of = replace(selection, none_of=(*selection.none_of, programme))

    assert set(all_of.apply(counties)) <= before
    assert set(none_of.apply(counties)) <= before
    assert set(all_of.apply(counties)).isdisjoint(none_of.apply(counties))
    assert set(all_of.apply(counties)) | set(none_of.apply(counties)) == before


@given(programmes=st.lists(a_programme, min_size=1, max_size=4), more=a_programme)
def test_a_programme_more_in_any_of_never_loses_a_county(counties, programmes, more):
    before = Selection(any_of=tuple(programmes)).apply(counties)
    after = Selection(any_of=(*programmes, more)).apply(counties)

    assert set(before) <= set(after)


@pytest.mark.parametrize("programme", PROGRAMMES)
def test_any_of_one_is_all_of_one(counties, programme):
    assert (
        Selection(any_of=(programme,)).apply(counties).tolist()
        == Selection(all_of=(programme,)).apply(counties).tolist()
    )


def test_the_empty_selection_is_all_167_counties(counties):
    assert Selection().apply(counties).tolist() == sorted(ALL)
    assert len(ALL) == 167
    assert not Selection()
    assert Selection().to_query() == ""


@given(selection=selections, data=st.data())
def test_the_order_of_ids_and_their_repetition_do_not_matter(selection, data):
    values = {
        field: data.draw(st.permutations(getattr(selection, field) * 2))
        for field in FIXED_FIELDS
    }
    where = data.draw(st.permutations(selection.where))
    values["where"] = {field: own * 2 for field, own in where}

    again = Selection(**values)

    assert again == selection
    assert hash(again) == hash(selection)
    assert again.to_query() == selection.to_query()


@given(selection=selections)
def test_applying_a_selection_leaves_the_table_as_it_was(counties, selection):
    before = counties.drop(columns="geometry").copy()

    selection.apply(counties)

    assert counties.drop(columns="geometry").equals(before)


def test_deep_poverty_in_one_prefecture_is_what_the_plan_says(counties):
    selection = Selection(all_of=("deep_poverty",), prefectures=("130700",))

    assert counties.loc[selection.apply(counties), "name"].tolist() == [
        "张北县",
        "康保县",
        "沽源县",
        "尚义县",
        "阳原县",
    ]


REJECTED = {
    "unknown parameter": (
        "all=relocation&programme=poor_county",
        Selection(all_of=("relocation",)),
        [("programme", None)],
        "There is no parameter “programme”; there are 61, the first of them: all",
    ),
    "unknown value": (
        "all=relocation,poor_countys&prefecture=130700",
        Selection(all_of=("relocation",), prefectures=("130700",)),
        [("all", "poor_countys")],
        "“poor_countys” is no value of “all”; there are 18, the first",
    ),
    "programme as area": (
        "area=poor_county,contiguous_heilonggang",
        Selection(where={"area": ("contiguous_heilonggang",)}),
        [("area", "poor_county")],
        "there are: contiguous_yanshan_taihang, contiguous_heilonggang, ethnic",
    ),
    "county as prefecture": (
        "prefecture=130722,130800",
        Selection(prefectures=("130800",)),
        [("prefecture", "130722")],
        "“130722” is no value of “prefecture”; there are: 130100, 130200",
    ),
    "city that is no partner": (
        "partner=上海市&none=relocation",
        Selection(none_of=("relocation",)),
        [("partner", "上海市")],
        "“上海市” is no value of “partner”; there are: 110000, 120000.",
    ),
    "several": (
        "x=1&all=y,relocation&any=z",
        Selection(all_of=("relocation",)),
        [("x", None), ("all", "y"), ("any", "z")],
        "There is no parameter “x”",
    ),
}


@pytest.mark.parametrize(
    ("query", "kept", "rejected", "said"), REJECTED.values(), ids=REJECTED
)
def test_what_means_nothing_is_reported_with_what_exists_and_the_rest_is_kept(
    choices, query, kept, rejected, said
):
    selection, found = Selection.from_query(query, choices)

    assert selection == kept
    assert [(r.parameter, r.value) for r in found] == rejected
    assert said in found[0].say("en")
    for language in LANGUAGES:
        for one in found:
            message = one.say(language)
            assert (one.value or one.parameter) in message
            assert [a for a in one.allowed[:MOST_ALLOWED] if a not in message] == []
            assert len(message) < 1000


@pytest.mark.parametrize("query", ["in=", "in=,", "prefecture=", "any=", "partner="])
def test_an_empty_list_is_an_empty_list(choices, counties, package, query):
    selection, rejected = Selection.from_query(f"all=relocation&{query}", choices)

    assert rejected == ()
    assert list(selection.apply(counties)) == []
    assert selection
    assert selection.to_query() == "all=relocation&in="
    assert Selection.from_query(selection.to_query(), choices)[0] == selection
    assert "empty" in selection.sentence("en", package)
    assert selection.with_values("counties", ["130722"]).counties == ("130722",)
    assert not selection.with_values("counties", ()).no_county


@pytest.mark.parametrize("query", ["all=", "none=", "in=&in=130722", "all=&none="])
def test_no_condition_is_met_by_every_county(choices, query):
    selection, _ = Selection.from_query(query, choices)

    assert not selection.no_county


def test_an_error_about_much_is_short():
    wrong = Rejected(parameter="x" * 999, value="y" * 999, allowed=("z",) * 9999)

    assert len(str(SelectionError([wrong] * 9999))) < 10_000


@given(query=st.text(max_size=80) | st.text("alny=&,%+;_rtp0137", max_size=80))
def test_no_query_string_whatsoever_is_an_error(choices, counties, query):
    selection, rejected = Selection.from_query(query, choices)

    assert set(selection.apply(counties)) == expected(selection)
    for one in rejected:
        assert one.say("zh")
        assert one.say("en")


@pytest.mark.parametrize(("text", "adcode"), WRITTEN.items())
def test_counties_are_asked_for_by_any_code_and_name(choices, text, adcode):
    selection, rejected = Selection.from_query([("in", text)], choices)

    assert rejected == ()
    assert selection == Selection(counties=(adcode,))


def test_several_counties_stand_in_one_list(choices):
    text = (
        "130721,Yuxian County, Zhangjiakou,蔚县（张家口市）、崇礼县，１３０７２２; 魏县"
    )
    selection, rejected = Selection.from_query([("in", text)], choices)

    assert rejected == ()
    assert selection.counties == ("130434", "130705", "130709", "130722", "130726")


def test_two_counties_in_a_list_are_not_one_in_the_other(choices):
    # 承德 is a county's name and its prefecture's; 130103 was divided.
    selection, rejected = Selection.from_query(
        "in=承德县,承德&in=130103,130104", choices
    )

    assert selection.counties == ("130104", "130821")
    assert [one.value for one in rejected] == ["130103"]


@pytest.mark.parametrize(("text", "adcodes"), SEVERAL.items())
def test_what_may_be_several_counties_is_said_with_all_of_them(
    choices, package, text, adcodes
):
    selection, (wrong,) = Selection.from_query([("in", text)], choices)

    assert not selection
    assert (wrong.value, wrong.allowed) == (text, adcodes)
    for language in LANGUAGES:
        for adcode in adcodes:
            named = f"{adcode} {package.divisions.called(adcode, language)}"
            assert named in wrong.say(language)


def test_what_is_no_county_is_said_with_what_to_write(choices):
    _, (alike, unlike) = Selection.from_query("in=张比县,999999", choices)

    assert "130722" in alike.allowed
    assert "张北县" in alike.say("zh")
    assert unlike.allowed == ()
    assert "code of six digits or a name" in unlike.say("en")
    assert "六位代码或名称" in unlike.say("zh")


def test_regions_are_asked_for_by_name_as_well(choices):
    selection, rejected = Selection.from_query(
        "prefecture=张家口市,Chengde,1302&partner=北京", choices
    )

    assert rejected == ()
    assert selection.prefectures == ("130200", "130700", "130800")
    assert dict(selection.where) == {"partner": ("110000",)}


@pytest.mark.parametrize("text", OF_XIONGAN)
@pytest.mark.parametrize("name", ["in", "prefecture"])
def test_a_body_is_the_counties_that_it_runs(choices, name, text):
    selection, rejected = Selection.from_query([(name, text)], choices)

    assert rejected == ()
    assert selection == Selection(counties=XIONGAN)


@pytest.mark.parametrize(
    ("query", "selected"),
    [
        ("in=雄安新区,蔚县", {*XIONGAN, "130726"}),
        ("in=雄县,雄安新区", {*XIONGAN}),
        ("prefecture=雄安&in=雄县,蔚县", {"130638"}),
        ("prefecture=雄安&in=蔚县", set()),
        ("prefecture=雄安&in=", set()),
        ("prefecture=雄安,雄安&all=", {*XIONGAN}),
        ("prefecture=雄安,张家口", {*XIONGAN, *(a for a in ALL if a[:4] == "1307")}),
        ("prefecture=雄安&all=poor_county", {*XIONGAN} & MEMBERS["poor_county"]),
        ("prefecture=雄安&in=雄县&any=", set()),
    ],
)
def test_a_body_beside_other_conditions(choices, counties, query, selected):
    selection, rejected = Selection.from_query(query, choices)

    assert rejected == ()
    assert {*selection.apply(counties)} == selected


def test_a_selection_by_a_body_names_it_and_its_counties(package):
    selection = Selection(counties=XIONGAN)
    for language, body in (("zh", "河北雄安新区"), ("en", "Xiong’an New Area")):
        said = selection.sentence(language, package)
        assert body in said
        for adcode in XIONGAN:
            assert package.divisions.called(adcode, language) in said
    two = Selection(counties=XIONGAN[:2])
    assert "雄安" not in two.sentence("zh", package)


@pytest.mark.parametrize("text", ["133101", "133126", "133199000000"])
def test_a_code_beneath_that_of_a_body_is_refused_with_what_it_is(choices, text):
    selection, (wrong,) = Selection.from_query([("in", text)], choices)

    assert not selection
    for language, body in (("zh", "河北雄安新区"), ("en", "Xiong’an New Area")):
        said = wrong.say(language)
        assert all(part in said for part in (text, body, "in=133100", *XIONGAN))


def test_a_parameter_given_twice_counts_twice(choices):
    selection, rejected = Selection.from_query(
        "all=relocation&all=poor_county&all=", choices
    )

    assert selection == Selection(all_of=("relocation", "poor_county"))
    assert rejected == ()


def test_an_address_stays_readable():
    selection = Selection(all_of=("deep_poverty",), prefectures=("130800", "130700"))

    assert selection.to_query() == "all=deep_poverty&prefecture=130700%2C130800"


def test_an_error_says_all_that_was_rejected():
    error = SelectionError(
        [
            Rejected(parameter="x", value=None, allowed=("all", "any")),
            Rejected(parameter="all", value="y" * 99, allowed=("relocation",)),
        ]
    )

    assert str(error) == (
        "There is no parameter “x”; there are: all, any.; "
        f"“{'y' * 60}” is no value of “all”; there are: relocation."
    )
    assert [r.parameter for r in error.rejected] == ["x", "all"]


@given(selection=selections)
def test_a_selection_names_every_value_chosen_in_both_languages(package, selection):
    programmes = {*selection.all_of, *selection.any_of, *selection.none_of}
    programmes |= set(selection.values("area"))
    divisions = {*selection.prefectures, *selection.values("partner")}

    in_zh, in_en = (selection.sentence(language, package) for language in ("zh", "en"))

    for chosen in programmes:
        assert PROGRAMMES[chosen]["name_zh"] in in_zh
        assert PROGRAMMES[chosen]["name_en"] in in_en
    for chosen in divisions:
        assert DIVISIONS[chosen]["name"] in in_zh
        assert DIVISIONS[chosen]["name_en"] in in_en


def test_a_selection_says_how_its_values_are_meant(package):
    selection = Selection(
        all_of=("relocation", "deep_poverty"),
        none_of=("general_airport",),
        prefectures=("130700",),
        where={"partner": ("110000",)},
    )

    assert selection.sentence("en", package) == (
        "Counties of Hebei that are in all of: deep-poverty counties, relocation; "
        "are not named by the sources for: general-aviation airports; "
        "lie in: Zhangjiakou; have as partner city: Beijing"
    )
    assert Selection().sentence("en", package) == "All counties of Hebei"


@given(selection=selections, programme=a_programme)
def test_a_programme_toggled_is_in_one_list_at_most_and_nothing_else_changes(
    selection, programme
):
    toggled = selection.toggle("any_of", programme)

    assert set(toggled.any_of) ^ set(selection.any_of) == {programme}
    for other in ("all_of", "none_of"):
        assert set(getattr(toggled, other)) == {
            p for p in getattr(selection, other) if p != programme
        }
    assert toggled.prefectures == selection.prefectures
    assert toggled.where == selection.where


@given(selection=selections, prefecture=st.sampled_from(PREFECTURES))
def test_a_region_toggled_twice_changes_nothing(selection, prefecture):
    toggled = selection.toggle("prefectures", prefecture)

    assert toggled != selection
    assert toggled.toggle("prefectures", prefecture) == selection


@given(selection=selections)
def test_programmes_shown_are_those_asked_for_each_once(package, selection):
    asked = {*selection.all_of, *selection.any_of, *selection.values("area")}

    assert set(selection.shown(package)) == asked
    assert len(selection.shown(package)) == len(asked)


@given(selection=selections, data=st.data())
def test_a_value_of_a_variable_toggled_twice_changes_nothing(selection, data):
    field = data.draw(st.sampled_from(["partner", "category"]))
    value = data.draw(st.sampled_from(sorted(PAIRED) + sorted(set(KINDS.values()))))
    toggled = selection.toggle(field, value)

    assert toggled != selection
    assert set(toggled.values(field)) ^ set(selection.values(field)) == {value}
    assert toggled.toggle(field, value) == selection


def test_none_of_a_complete_list_and_of_an_open_one_are_said_apart(package):
    selection = Selection(none_of=("poor_county", "relocation"))

    assert selection.sentence("en", package) == (
        "Counties of Hebei that are in none of: poor counties; "
        "are not named by the sources for: relocation"
    )


def test_an_address_of_an_earlier_edition_may_use_a_former_id(choices):
    selection, rejected = Selection.from_query("exit=2018", choices)

    assert selection == Selection(where={"exit_approved_year": ("2018",)})
    assert rejected == ()


def test_every_field_is_asked_once_in_the_order_of_an_address(package):
    selection = Selection(
        counties=("130722", "130102"),
        prefectures=("130700",),
        none_of=("relocation",),
        any_of=("poor_county",),
        all_of=("deep_poverty",),
        where={"partner": ("120000",), "area": ("contiguous_heilonggang",)},
    )

    assert [field for field, _ in selection.asked()] == [
        "all_of",
        "any_of",
        "none_of",
        "prefectures",
        "area",
        "partner",
        "counties",
    ]
    assert dict(selection.asked())["counties"] == ("130102", "130722")
    assert selection.sentence("en", package).count("Zhangbei") == 1
    assert not list(Selection().asked())


@pytest.mark.parametrize("text", ["130700", "张家口市", "Zhangjiakou", "130700000000"])
def test_a_prefecture_among_counties_is_told_where_it_belongs(choices, text):
    _, (rejected,) = Selection.from_query(f"in={text}", choices)

    for language in LANGUAGES:
        said = rejected.say(language)
        assert "prefecture=130700" in said
        assert ("张家口市" if language == "zh" else "Zhangjiakou") in said
