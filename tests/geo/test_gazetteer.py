"""Whatever one types of a county finds it; what is only like it is only suggested."""

from collections import defaultdict

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from geo.divisions import Divisions
from geo.gazetteer import Gazetteer, division_entries
from geo.ranking import SUGGESTED, Key, rank, unlike
from layers.facts.package import Package


@pytest.fixture(scope="module")
def gazetteer(package: Package) -> Gazetteer:
    divisions = package.divisions
    return Gazetteer(division_entries(divisions), divisions.province_names)


def found(gazetteer: Gazetteer, text: str, limit: int = 200) -> list[str]:
    return [hit.id for hit in gazetteer.search(text, limit) if not hit.suggestion]


def texts_of(divisions: Divisions, adcode: str) -> dict[str, set[str]]:
    """What the tables say that a county is or was called, by what kind of name it is.

    Read from the tables, not from the keys under test.
    """
    county = divisions[adcode]
    changes = divisions.changes_to(adcode)
    return {
        "code": {adcode, *(change.former_adcode for change in changes)},
        "name": {county.name, *(change.former_name for change in changes)},
        "short": {county.short_name},
        "english": {county.name_en},
        "pinyin": {county.pinyin},
        "initials": {county.initials},
    }


@pytest.fixture(scope="module")
def called(package: Package) -> dict[str, set[str]]:
    """Each text, and the counties that are or were called so."""
    everything: dict[str, set[str]] = defaultdict(set)
    for adcode in package.divisions.of_level("county"):
        for texts in texts_of(package.divisions, adcode).values():
            for text in texts:
                everything[text].add(adcode)
    return everything


def test_every_name_and_code_finds_its_county_first_unless_shared(gazetteer, called):
    assert len(set().union(*called.values())) == 167
    for text, adcodes in called.items():
        hits = found(gazetteer, text)
        assert adcodes <= set(hits), text
        assert hits[0] in adcodes, text
        if len(adcodes) == 1:
            assert set(hits[:1]) == adcodes, text


def test_all_who_share_a_name_are_offered_before_a_page_is_full(gazetteer, called):
    for text, adcodes in called.items():
        assert adcodes <= set(found(gazetteer, text, limit=12)), text


@pytest.mark.parametrize(
    "disguise",
    [
        lambda text: "".join(
            chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text
        ),
        lambda text: f"\u3000 {text}\u00a0\n",
        lambda text: "\u200b".join(text),
        lambda text: " ".join(text),
        str.upper,
        lambda text: f"🙂{text}。",
    ],
    ids=["full-width", "spaces", "zero-width", "spread", "upper case", "emoji"],
)
def test_disguises_do_not_matter(gazetteer, called, disguise):
    for text in [*called][::7]:
        assert found(gazetteer, disguise(text)) == found(gazetteer, text), text


def test_traditional_characters_find_the_same(gazetteer, called):
    opencc = pytest.importorskip("opencc")
    for config in ("s2t", "s2tw", "s2hk"):
        convert = opencc.OpenCC(config).convert
        for text in called:
            other = convert(text)
            if other != text:
                assert found(gazetteer, other) == found(gazetteer, text), text


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("崇礼县", "130709"),
        ("崇礼", "130709"),
        ("chongli", "130709"),
        ("Chóng lǐ", "130709"),
        ("chonglixian", "130709"),
        ("chongliqu", "130709"),
        ("130733", "130709"),
        ("130709", "130709"),
        ("圍場", "130828"),
        ("围场县", "130828"),
        ("weichangxian", "130828"),
        ("丰宁县", "130826"),
        ("任县", "130505"),
        ("renxian", "130505"),
        ("平泉县", "130881"),
        ("宣化县", "130705"),
        ("滦县", "130284"),
        ("石家庄桥西区", "130104"),
        ("张家口市桥西区", "130703"),
        ("张家口桥西", "130703"),
        ("邢台桥西区", "130503"),
        ("邢台", "130500"),
        ("xingtai", "130500"),
        ("张家口", "130700"),
        ("zjk", "130700"),
        ("1307", "130700"),
        ("13", "130000"),
        ("guan", "131022"),
        ("bazhou", "131081"),
        ("海淀", "110108"),
        ("北京朝阳区", "110105"),
        ("tianjin", "120000"),
    ],
)
def test_the_best_hit_comes_first(gazetteer, text, first):
    assert found(gazetteer, text)[0] == first


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("桥西区", [("130104", "石家庄市"), ("130703", "张家口市")]),
        ("新华区", [("130105", "石家庄市"), ("130902", "沧州市")]),
        ("井陉", [("130107", "石家庄市"), ("130121", "石家庄市")]),
        ("jizhou", [("131103", "衡水市"), ("120119", "天津市")]),
        ("cl", [("130322", "秦皇岛市"), ("130709", "张家口市")]),
        ("邯郸县", [("130402", "邯郸市"), ("130403", "邯郸市")]),
    ],
)
def test_a_shared_name_offers_all_with_their_prefecture(gazetteer, text, expected):
    best = gazetteer.search(text)[: len(expected)]

    assert [(hit.id, hit.within) for hit in best] == expected
    assert len({hit.rank for hit in best}) == 1


def test_a_hit_by_a_name_of_the_past_says_so(gazetteer):
    (hit,) = gazetteer.search("崇礼县")
    assert hit.former == ("崇礼县",)
    (by_code,) = gazetteer.search("130733")
    assert by_code.former == ("崇礼县",)
    (of_today,) = gazetteer.search("崇礼区")
    assert of_today.former == ()
    mixed = gazetteer.search("桥西区")
    assert [(h.id, h.former) for h in mixed] == [
        ("130104", ()),
        ("130703", ()),
        ("130503", ("桥西区", "邢台县")),
    ]


def test_the_beginning_of_a_code_finds_all_below(gazetteer, package):
    inside = {
        adcode
        for adcode in package.divisions.of_level("county")
        if any(
            code.startswith("13073")
            for code in texts_of(package.divisions, adcode)["code"]
        )
    }
    assert "130709" in inside  # which was 130733

    assert set(found(gazetteer, "13073")) == inside


@pytest.mark.parametrize(
    ("text", "kind", "name"),
    [
        ("133100", "administration", "河北雄安新区"),
        ("1331", "administration", "河北雄安新区"),
        ("133100000000", "administration", "河北雄安新区"),
        ("１３３１００", "administration", "河北雄安新区"),
        ("雄安", "administration", "河北雄安新区"),
        ("雄安新区", "administration", "河北雄安新区"),
        ("Xiong'an", "administration", "河北雄安新区"),
        ("xiong an", "administration", "河北雄安新区"),
        ("赵家蓬区", "part", "赵家蓬区"),
        ("zhaojiapeng", "part", "赵家蓬区"),
        ("139001", "county", "定州市"),
        ("130721.0", "county", "宣化区"),
        ("130721000000", "county", "宣化区"),
        ("河北省张家口市蔚县", "county", "蔚县"),
        ("蔚县（张家口）", "county", "蔚县"),
        ("chongli county", "county", "崇礼区"),
        ("yu county", "county", "蔚县"),
        ("she county", "county", "涉县"),
        ("daicheng", "county", "大城县"),
        ("leting", "county", "乐亭县"),
        ("mongolian", "county", "围场满族蒙古族自治县"),
    ],
)
def test_what_is_no_name_of_today_finds_what_it_means(gazetteer, text, kind, name):
    (first, *_) = gazetteer.search(text)

    assert (first.kind, first.name, first.suggestion) == (kind, name, False)


def test_both_of_one_english_name_are_found(gazetteer):
    assert {hit.name for hit in gazetteer.search("wei county")} == {"威县", "魏县"}


def test_a_real_name_of_the_past_never_suggests_another_county(package, gazetteer):
    assert [hit.name for hit in gazetteer.search("唐海县")] == ["曹妃甸区"]
    for change in package.divisions.changes:
        hits = gazetteer.search(change.former_name, 200)
        assert not any(hit.suggestion for hit in hits)
        assert change.adcode in {hit.id for hit in hits}


@pytest.mark.parametrize(
    ("slip", "meant"),
    [
        ("涞原县", "130630"),
        ("zhangbie", "130722"),
        ("藳城区", "130109"),
        ("涿洲市", "130681"),
        ("chongly", "130709"),
        ("zhangjiakuo", "130700"),
        ("丰宁满族自治区", "130826"),
    ],
)
def test_a_slip_suggests_and_does_not_pick(gazetteer, slip, meant):
    hits = gazetteer.search(slip)

    assert meant in [hit.id for hit in hits]
    assert all(hit.suggestion and hit.rank == SUGGESTED for hit in hits)


def test_the_same_sound_is_suggested_first(gazetteer):
    alike = [hit.id for hit in gazetteer.search("涞原县")]

    assert alike[0] == "130630"
    assert set(alike[1:]) == {"130623", "130727"}  # 涞水县, 阳原县


@pytest.mark.parametrize(
    "nothing",
    ["", " ", "\u200b", "？！", "🙂", "Москва", "999999", "130799", "1' OR '1'='1"],
)
def test_what_means_nothing_finds_nothing(gazetteer, nothing):
    assert gazetteer.search(nothing) == ()


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "'; DROP TABLE divisions; --",
        "张" * 10_000,
        "a" * 10_000,
        "\ud800",
        "\x00",
        "(((((",
        "ﷺ" * 1000,
    ],
)
def test_hostile_texts_get_an_answer(gazetteer, hostile):
    assert len(gazetteer.search(hostile)) <= 12


@given(text=st.text(max_size=300), limit=st.integers(-3, 400))
@example(text="İ", limit=12)
@example(text="ǖǘ", limit=12)
def test_any_text_gets_an_answer(gazetteer, text, limit):
    hits = gazetteer.search(text, limit)

    assert len(hits) <= max(limit, 0)
    assert [hit.rank for hit in hits] == sorted(hit.rank for hit in hits)
    assert len({hit.suggestion for hit in hits}) <= 1


def test_initials_and_codes_are_not_guessed():
    assert unlike(Key.INITIALS, "zjk", "zjkk") is None
    assert unlike(Key.CODE, "130722", "13072b") is None
    assert rank(Key.INITIALS, "zjk", "jk") == SUGGESTED
