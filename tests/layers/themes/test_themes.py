"""Every way of seeing shows the same counties; legends count what is drawn."""

import csv
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.language import LANGUAGES
from layers.facts.county_table import county_table
from layers.facts.package import load
from layers.select.selection import Selection
from layers.themes.palette import NONE, NOT_KNOWN, SELECTED
from layers.themes.style import MapStyle
from layers.themes.themes import WAYS, overlap_programmes, style_way

ATTRIBUTES = Path(__file__).parents[3] / "data" / "attributes"
PARTITIONS = ("overlap", "category", "exit")
FEIXIANG, WEICHANG = "130407", "130828"
SELECTIONS = {
    "all": Selection(),
    "deep": Selection(all_of=("deep_poverty",)),
    "two": Selection(any_of=("poor_county", "paired_with_beijing")),
    "area": Selection(areas=("contiguous_yanshan_taihang",)),
    "not": Selection(none_of=("poor_county",), prefectures=("130700",)),
    "none": Selection(all_of=("deep_poverty", "paired_with_tianjin", "pumped_storage")),
}


def rows(table: str) -> list[dict[str, str]]:
    with (ATTRIBUTES / f"{table}.csv").open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


def looks(style: MapStyle) -> dict[str, tuple[tuple[str, str], ...]]:
    """Fills of every selected county."""
    return {adcode: style.classes[i].fills for adcode, i in style.counties.items()}


def drawn_with(style: MapStyle, colour: str, texture: str) -> set[str]:
    """Counties, selected or hinted, that have this sign."""
    return {
        adcode
        for adcode, i in {**style.counties, **style.hints}.items()
        if (colour, texture) in style.classes[i].fills
    }


def counts(style: MapStyle) -> dict[str, int]:
    return {entry.name: entry.selected for entry in style.legend}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("selection", SELECTIONS.values(), ids=SELECTIONS)
def test_every_selected_county_has_one_look_in_every_way(
    package, counties, way, selection
):
    style = style_way(package, counties, selection, way)

    assert list(style.counties) == list(selection.apply(counties))
    assert set(style.counties.values()) | set(style.hints.values()) == set(
        range(len(style.classes))
    )
    assert len(set(style.classes)) == len(style.classes)
    assert not set(style.hints) & set(style.counties)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("selection", SELECTIONS.values(), ids=SELECTIONS)
def test_the_legend_explains_every_sign_on_the_map(package, counties, way, selection):
    style = style_way(package, counties, selection, way)
    signs = {(entry.colour, entry.texture) for entry in style.legend}

    for look in style.classes:
        assert set(look.fills) <= signs


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("way", PARTITIONS)
@pytest.mark.parametrize("selection", SELECTIONS.values(), ids=SELECTIONS)
def test_counts_of_classes_add_up_to_the_selection(
    package, counties, way, selection, language
):
    style = style_way(package, counties, selection, way, language)

    assert sum(entry.selected for entry in style.legend) == len(style.counties)
    for entry in style.legend:
        own = drawn_with(style, entry.colour, entry.texture)
        assert entry.selected == len(own), entry.name
    assert len({entry.name for entry in style.legend}) == len(style.legend)


@pytest.mark.parametrize("selection", SELECTIONS.values(), ids=SELECTIONS)
def test_counts_of_programmes_are_their_counties_on_the_map(
    package, counties, selection
):
    style = style_way(package, counties, selection)

    for entry in style.legend:
        own = drawn_with(style, entry.colour, entry.texture)
        own &= set(style.counties) if entry.texture != "dots" else own
        assert entry.selected == len(own), entry.name


def test_reports_outside_the_selection_are_not_counted_in_the_legend(package, counties):
    selection = Selection(any_of=("relocation",), prefectures=("130700",))
    style = style_way(package, counties, selection)
    dotted = [entry for entry in style.legend if entry.texture == "dots"]

    assert len(dotted) == 1
    assert dotted[0].selected == len(drawn_with(style, dotted[0].colour, "dots"))


def independent_overlap() -> Counter:
    """Programmes of each county, from the tables by another way."""
    today = {
        (row["former_adcode"], row["former_name"]): row["adcode"]
        for row in rows("crosswalk")
    }
    pairs = {
        (
            today.get(
                (row["published_adcode"], row["published_name"]),
                row["published_adcode"],
            ),
            row["programme"],
        )
        for row in rows("memberships")
    }
    return Counter(adcode for adcode, _ in pairs)


def test_overlap_counts_all_programmes_when_none_is_asked_for(package, counties):
    style = style_way(package, counties, Selection(), "overlap", "en")
    found = independent_overlap()
    upper = [(0, 0), (1, 1), (2, 2), (3, 3), (4, 5), (6, 18)]
    expected = [
        sum(low <= found[adcode] <= high for adcode in counties.index)
        for low, high in upper
    ]

    assert [entry.selected for entry in style.legend] == expected
    assert [entry.name for entry in style.legend] == [
        "in none of them",
        "in 1",
        "in 2",
        "in 3",
        "in 4 to 5",
        "in 6 to 18",
    ]
    assert overlap_programmes(package, Selection()) == list(package.programmes)


def test_overlap_counts_the_programmes_asked_for_and_no_others(package, counties):
    asked = ("poor_county", "paired_with_beijing", "relocation")
    selection = Selection(any_of=asked)
    style = style_way(package, counties, selection, "overlap", "en")
    members = {
        programme: set(counties.index[counties[programme]]) for programme in asked
    }
    times = Counter(adcode for own in members.values() for adcode in own)

    assert counts(style) == {
        "in none of them": 0,
        **{f"in {n}": sum(t == n for t in times.values()) for n in (1, 2, 3)},
    }
    of_count = {(times[adcode], fills) for adcode, fills in looks(style).items()}
    assert len(of_count) == len(set(times.values()))


@settings(max_examples=settings().max_examples // 3)
@given(data=st.data())
def test_ways_agree_on_any_selection(package, counties, data):
    def some(values):
        return tuple(data.draw(st.lists(st.sampled_from(values), max_size=3)))

    selection = Selection(
        all_of=some(list(package.programmes)),
        any_of=some(list(package.programmes)),
        none_of=some(list(package.programmes)),
        prefectures=some(sorted(set(counties["prefecture_adcode"]))),
    )
    chosen = list(selection.apply(counties))
    for way in WAYS:
        style = style_way(package, counties, selection, way)
        assert list(style.counties) == chosen
        if way in PARTITIONS:
            assert sum(entry.selected for entry in style.legend) == len(chosen)


def test_exits_are_by_year_of_approval_and_a_sourced_one_is_a_year_of_its_own(
    package, counties
):
    selection = Selection(all_of=("poor_county",))
    style = style_way(package, counties, selection, "exit", "en")

    # 2018: eleven national counties and Feixiang, a provincial one that a source dates.
    assert counts(style) == {
        "exit approved in 2017": 3,
        "exit approved in 2018": 12,
        "exit approved in 2019": 18,
        "exit approved in 2020": 13,
        "poor county, year not known": 16,
        "not a poor county": 0,
    }
    assert counties.at[FEIXIANG, "exit_year"] == 2018
    year_2018 = next(e for e in style.legend if e.name.endswith("2018"))
    assert FEIXIANG in drawn_with(style, year_2018.colour, year_2018.texture)
    assert len(drawn_with(style, NOT_KNOWN, "hatch")) == 16


def test_kinds_of_poor_county_are_39_6_and_17(package, counties):
    style = style_way(package, counties, Selection(), "category", "en")

    assert list(counts(style).values()) == [39, 6, 17, 167 - 62]
    assert list(counts(style)) == [
        "national key county",
        "national level only by the contiguous area",
        "provincial key county",
        "not a poor county",
    ]


@pytest.mark.parametrize(("way", "kind"), [("area", "area"), ("partner", "pairing")])
def test_areas_and_partners_are_drawn_whatever_is_selected(
    package, counties, way, kind
):
    style = style_way(package, counties, Selection(), way)
    of_kind = [p.id for p in package.programmes.values() if p.kind == kind]

    assert [e.programme for e in style.legend if e.programme] == of_kind
    assert [e.selected for e in style.legend if e.programme] == [
        int(counties[programme].sum()) for programme in of_kind
    ]


def test_places_are_seen_over_the_programmes(package, counties):
    selection = Selection(any_of=("poor_county",))

    assert style_way(package, counties, selection, "places") == style_way(
        package, counties, selection
    )


@pytest.mark.parametrize("way", ["", "Programmes", "exits", "programmes "])
def test_a_way_that_does_not_exist_is_refused_with_those_that_do(
    package, counties, way
):
    with pytest.raises(ValueError, match="programmes, overlap, category, exit"):
        style_way(package, counties, Selection(), way)


def test_a_programme_without_members_in_the_selection_stays_in_the_legend(
    package, counties
):
    selection = Selection(
        any_of=("poor_county", "pumped_storage"), prefectures=("130100",)
    )
    style = style_way(package, counties, selection)

    pumped = next(e for e in style.legend if e.programme == "pumped_storage")
    assert (pumped.selected, pumped.matched) == (0, 3)
    assert drawn_with(style, pumped.colour, pumped.texture) == set()


def test_an_empty_selection_has_a_legend_and_no_looks(package, counties):
    for way in WAYS:
        style = style_way(package, counties, SELECTIONS["none"], way)
        assert style.counties == {} and style.legend
        assert all(e.selected == 0 for e in style.legend if e.texture != "dots")


def add_members(copy, programme: str, adcodes: set[str]) -> None:
    """Write counties into a programme, and its new count into the registry."""
    names = {row["adcode"]: row["name"] for row in rows("divisions")}
    for adcode in sorted(adcodes):
        copy.append_row(
            "memberships.csv",
            programme=programme,
            published_adcode=adcode,
            published_name=names[adcode],
            source="S00",
            section="made up",
            confidence="stated",
        )
    line = copy.line("programmes.csv", id=programme)
    named = int(copy.rows("programmes.csv")[line]["named_count"]) + len(adcodes)
    copy.set_cell("programmes.csv", line, "named_count", str(named))
    if copy.rows("programmes.csv")[line]["stated_count"]:
        copy.set_cell("programmes.csv", line, "stated_count", str(named))


def test_a_programme_of_all_167_counties_covers_the_map(spoiled, counties):
    copy = spoiled()
    others = set(counties.index[~counties["general_airport"]])
    add_members(copy, "general_airport", others)
    package = load(copy.directory)
    table = county_table(package, "overview")
    everything = Selection(all_of=("general_airport",))

    style = style_way(package, table, everything)
    assert len(style.counties) == 167 and len(style.classes) == 1
    assert [(e.selected, e.matched, e.listed) for e in style.legend] == [
        (167, 167, 167)
    ]
    overlap = style_way(package, table, Selection(), "overlap", "en")
    assert counts(overlap)["in none of them"] == 0
    nothing = style_way(package, table, Selection(none_of=("general_airport",)))
    assert nothing.counties == {}


def test_a_county_in_twelve_programmes_shows_all_twelve(spoiled, package, counties):
    free = [
        p.id
        for p in package.programmes.values()
        if p.kind == "membership"
        and p.completeness == "open"
        and not counties.at[WEICHANG, p.id]
    ]
    own = [p for p in package.programmes if counties.at[WEICHANG, p]]
    wanted = free[: 12 - len(own)]
    assert len(own) + len(wanted) == 12
    copy = spoiled()
    for programme in wanted:
        add_members(copy, programme, {WEICHANG})
    changed = load(copy.directory)
    table = county_table(changed, "overview")
    twelve = tuple(own + wanted)

    selection = Selection(all_of=twelve)
    style = style_way(changed, table, selection)
    assert list(style.counties) == [WEICHANG]
    fills = looks(style)[WEICHANG]
    assert len(fills) == len(set(fills)) == 12
    assert fills == tuple(
        (entry.colour, entry.texture) for entry in style.legend if entry.programme
    )
    overlap = style_way(changed, table, selection, "overlap", "en")
    assert counts(overlap)["in 6 to 12"] == 1


def test_neutral_colours_mean_one_thing_each(package, counties):
    """Selected in none of what is shown, having none of it, not known."""
    plain = style_way(package, counties, Selection())
    assert set(looks(plain).values()) == {((SELECTED, "solid"),)}
    category = style_way(package, counties, Selection(), "category")
    assert looks(category)["130102"] == ((NONE, "solid"),)
