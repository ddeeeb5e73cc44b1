"""Programmes and places are found beside divisions, and what is chosen leads there."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.gazetteer import KINDS, Gazetteer
from geo.ranking import RANKS, Key
from layers.facts.package import Package, load
from layers.select.search import Target, gazetteer, index, search, target
from layers.select.selection import Choices, Selection
from tests.spellings import SEVERAL, WRITTEN

BY_BEIJING = Selection(where={"partner": ("110000",)})


@pytest.fixture(scope="module")
def everything(package: Package) -> Gazetteer:
    return gazetteer(package)


def test_every_programme_is_found_by_each_of_its_names(package, everything):
    for programme in package.programmes.values():
        for text in (
            programme.name_zh,
            programme.name_en,
            programme.short_zh,
            programme.short_en,
        ):
            hits = everything.search(text)
            best = [(hit.kind, hit.id) for hit in hits if hit.rank == hits[0].rank]
            assert ("programme", programme.id) in best, text


def test_every_place_is_found_by_each_of_its_names(package, everything):
    for place in package.tables["places"].to_dict("records"):
        for text in (place["name_zh"], place["name_en"]):
            hits = everything.search(text)
            best = [(hit.kind, hit.id) for hit in hits if hit.rank == hits[0].rank]
            assert ("place", place["id"]) in best, text


def test_a_zone_is_found_by_each_of_its_names_and_leads_to_its_ground(
    package, everything
):
    zones = package.tables["zones"]
    for zone in zones[zones["kind"] == "named"].to_dict("records"):
        names = [zone["code"], zone["name"], zone["name_en"], *zone["also"].split(";")]
        for text in filter(None, names):
            hits = everything.search(text)
            best = [(hit.kind, hit.id) for hit in hits if hit.rank == hits[0].rank]
            assert ("zone", zone["code"]) in best, text
        reached = target(package, "zone", zone["code"])
        counties = [*filter(None, zone["county_adcodes"].split(";"))]
        if len(counties) == 1:
            assert reached == Target(county=counties[0])
        else:  # of several counties, or nobody says of which
            around = Selection(prefectures=(zone["prefecture_adcode"],))
            assert reached == Target(selection=around)


def test_places_do_not_come_between_a_name_and_its_county(package, everything):
    for county in package.divisions.of_level("county").values():
        for text in (county.name, county.short_name, county.pinyin):
            assert everything.search(text)[0].kind == "county", text


@pytest.mark.parametrize(("text", "adcode"), WRITTEN.items())
def test_every_way_to_write_a_county_finds_it_first(everything, text, adcode):
    hits = everything.search(text)

    assert [hit.id for hit in hits if hit.rank == hits[0].rank] == [adcode]
    assert not hits[0].suggestion


@pytest.mark.parametrize(("text", "adcodes"), SEVERAL.items())
def test_what_may_be_several_counties_finds_all_of_them_first(
    everything, text, adcodes
):
    hits = everything.search(text)

    assert {hit.id for hit in hits if hit.rank == hits[0].rank} == {*adcodes}


def test_a_name_of_the_past_is_found_and_nothing_else_is_suggested(package, everything):
    for change in package.divisions.changes:
        hits = everything.search(change.former_name, 20)
        assert not any(hit.suggestion for hit in hits), change.former_name
        assert change.adcode in {hit.id for hit in hits}, change.former_name


def test_a_part_of_a_county_is_shown_as_what_it_is(everything):
    for text in ("赵家蓬区", "涿鹿县赵家蓬区", "zhaojiapeng"):
        hit = everything.search(text)[0]
        assert (hit.kind, hit.name, hit.within) == ("part", "赵家蓬区", "涿鹿县")


def test_names_in_english_that_are_more_usual_find_the_county(everything):
    for text in ("Mongolian", "mongol"):
        assert "围场满族蒙古族自治县" in {hit.name for hit in everything.search(text)}
    assert [hit.name for hit in everything.search("wei county")] == ["魏县", "威县"]


def test_among_equals_counties_come_first(everything):
    hits = everything.search("承德")
    assert [(hit.kind, hit.name) for hit in hits[:2]] == [
        ("county", "承德县"),
        ("prefecture", "承德市"),
    ]
    for text in ("山", "z", "chengde", "北"):
        hits = everything.search(text, 400)
        order = [(hit.rank, KINDS.index(hit.kind)) for hit in hits]
        assert order == sorted(order), text


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("西柏坡", "西柏坡"),
        ("xibaipo", "西柏坡"),
        ("xbp", "西柏坡"),
        ("G112", "G112"),
        ("ｇ１１２", "G112"),
        ("pumped storage", "抽水蓄能电站"),
        ("深度貧困", "深度贫困县"),
        ("quanyulvyou", "全域旅游示范县（区）"),
        ("quán yù lǚ yóu", "全域旅游示范县（区）"),
        ("quanyuluyou", "全域旅游示范县（区）"),
        ("taihangshan", "太行山蛋鸡散养区"),
    ],
)
def test_programmes_and_places_are_found_as_one_types(everything, text, name):
    assert everything.search(text)[0].name == name


def test_a_place_says_its_county(package):
    (hit, *_) = search(package, "西柏坡")

    assert (hit.within, hit.within_en) == ("平山县", "Pingshan County")


# Who runs them: the bulletin of 2013 on 定州 and 辛集, and that of Xiong'an of 2017.
@pytest.mark.parametrize(
    ("adcode", "zh", "en"),
    [
        ("130181", "省直管市", "City directly under the province"),
        ("130682", "省直管市", "City directly under the province"),
        ("130638", "河北雄安新区", "Xiong’an New Area"),
        ("130130", None, None),
    ],
)
def test_a_county_is_not_left_with_a_prefecture_that_does_not_run_it(
    package, adcode, zh, en
):
    """“辛集市 · 石家庄市” alone reads as if 石家庄 ran it."""
    entries = {(e["kind"], e["id"]): e for e in index(package)["entries"]}
    entry = entries["county", adcode]

    assert (entry.get("run_by_zh"), entry.get("run_by_en")) == (zh, en)


def test_a_made_up_programme_is_found(spoiled):
    copy = spoiled()
    line = copy.line("variables.csv", id="pumped_storage")
    for column, value in {"name_zh": "雪场", "name_en": "Ski resorts"}.items():
        copy.set_cell("variables.csv", line, column, value)

    package = load(copy.directory)

    for text in ("雪场", "ski", "Ski Resorts"):
        assert search(package, text)[0].id == "pumped_storage"


def test_the_index_is_small_plain_json_and_the_same_each_time(package):
    made = index(package)
    text = json.dumps(made, ensure_ascii=False, separators=(",", ":"), allow_nan=False)

    assert json.loads(text) == made == index(package)
    assert len(text.encode()) < 170_000
    assert len(made["ranks"]) == len(Key) == len(RANKS)


def test_the_index_has_everything_once(package):
    made = [(entry["kind"], entry["id"]) for entry in index(package)["entries"]]

    assert len(made) == len(set(made))
    divisions = package.divisions
    assert len(made) == sum(
        map(len, (package.tables["divisions"], package.programmes))
    ) + len(package.tables["places"]) + len(
        {a.id for a in divisions.administrations}
    ) + (sum(alias.kind == "part" for alias in divisions.aliases)) + (
        sum(package.tables["zones"]["kind"] == "named")
    )


@pytest.mark.parametrize(
    ("kind", "identifier", "expected"),
    [
        ("county", "130722", Target(county="130722")),
        (
            "prefecture",
            "130700",
            Target(selection=Selection(prefectures=("130700",))),
        ),
        (
            "programme",
            "deep_poverty",
            Target(selection=Selection(all_of=("deep_poverty",))),
        ),
        (
            "municipality",
            "110000",
            Target(selection=Selection(where={"partner": ("110000",)})),
        ),
        (
            "district",
            "110108",
            Target(selection=Selection(where={"partner": ("110000",)})),
        ),
        ("province", "130000", Target(selection=Selection())),
        (
            "administration",
            "xiongan",
            Target(selection=Selection(counties=("130629", "130632", "130638"))),
        ),
        ("administration", "no_such", None),
        ("part", "赵家蓬区", Target(county="130731")),
        ("part", "中关村", None),
        ("zone", "130772", Target(county="130722")),
        ("zone", "130771", Target(selection=Selection(prefectures=("130700",)))),
        ("zone", "130972", Target(selection=Selection(prefectures=("130900",)))),
        ("zone", "", None),
        ("place", "P026", Target(county="130131")),
        ("place", "P012", Target(selection=Selection(prefectures=("130100",)))),
        (
            "place",
            "P085",
            Target(county="130709", selection=Selection(prefectures=("130700",))),
        ),
        ("place", "P001", Target()),
        ("county", "130700", None),
        ("county", "999999", None),
        ("programme", "no_such", None),
        ("place", "P999", None),
        ("", "", None),
    ],
)
def test_what_is_chosen_leads_somewhere(package, kind, identifier, expected):
    assert target(package, kind, identifier) == expected


def test_whatever_is_found_leads_to_something_that_exists(package, everything):
    choices = Choices.of(package)
    for entry in everything.entries:
        reached = target(package, entry.kind, entry.id)
        assert reached is not None
        if reached.county:
            assert package.divisions[reached.county].level == "county"
        if reached.selection:
            _, rejected = Selection.from_query(reached.selection.to_query(), choices)
            assert rejected == ()


@given(text=st.text(max_size=200))
def test_any_text_gets_an_answer(everything, text):
    assert len(everything.search(text)) <= 12


@given(kind=st.text(max_size=20), identifier=st.text(max_size=20))
def test_whatever_the_browser_sends_is_no_error(package, kind, identifier):
    target(package, kind, identifier)


def test_a_name_of_the_past_is_told_in_both_languages(package):
    entries = {(e["kind"], e["id"]): e for e in index(package)["entries"]}
    district = entries["county", "130709"]
    assert district["former_zh"] == ["崇礼县"]
    assert district["former_en"] == ["Chongli County 崇礼县"]
    assert "former_en" not in entries["county", "130722"]
