"""Every theme shows the same counties; legends count what is drawn."""

import csv
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.language import LANGUAGES, speaker
from layers.facts.county_table import county_table
from layers.facts.package import load
from layers.select.selection import Selection
from layers.themes.classes import bins_of
from layers.themes.palette import (
    NONE,
    NOT_KNOWN,
    NOT_SAID,
    SELECTED,
    STATED_TEXTURES,
)
from layers.themes.style import (
    MapStyle,
    completeness_note,
    style_selection,
    textures_of,
)
from layers.themes.themes import overlap_programmes, style_theme, theme_id, themes

ATTRIBUTES = Path(__file__).parents[3] / "data" / "attributes"
THEMES = (
    "programmes",
    "overlap",
    "category",
    "partner",
    "exit_assessed_year",
    "exit_approved_year",
    "population_2020",
    "area",
    "places",
)
PARTITIONS = ("overlap", "category", "exit_approved_year", "population_2020", "partner")
FEIXIANG, WEICHANG = "130407", "130828"
SELECTIONS = {
    "all": Selection(),
    "deep": Selection(all_of=("deep_poverty",)),
    "two": Selection(any_of=("poor_county", "paired_with_beijing")),
    "area": Selection(where={"area": ("contiguous_yanshan_taihang",)}),
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


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("selection", SELECTIONS.values(), ids=SELECTIONS)
def test_every_selected_county_has_one_look_in_every_theme(
    package, counties, theme, selection
):
    style = style_theme(package, counties, selection, theme)

    assert list(style.counties) == list(selection.apply(counties))
    assert set(style.counties.values()) | set(style.hints.values()) == set(
        range(len(style.classes))
    )
    assert len(set(style.classes)) == len(style.classes)
    assert not set(style.hints) & set(style.counties)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("selection", SELECTIONS.values(), ids=SELECTIONS)
def test_the_legend_explains_every_sign_on_the_map(package, counties, theme, selection):
    style = style_theme(package, counties, selection, theme)
    signs = {(entry.colour, entry.texture) for entry in style.legend}

    for look in style.classes:
        assert set(look.fills) <= signs


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("theme", PARTITIONS)
@pytest.mark.parametrize("selection", SELECTIONS.values(), ids=SELECTIONS)
def test_counts_of_classes_add_up_to_the_selection(
    package, counties, theme, selection, language
):
    style = style_theme(package, counties, selection, theme, language)

    assert sum(entry.selected for entry in style.legend) == len(style.counties)
    for entry in style.legend:
        own = drawn_with(style, entry.colour, entry.texture)
        assert entry.selected == len(own), entry.name
    assert len({entry.name for entry in style.legend}) == len(style.legend)


@pytest.mark.parametrize("selection", SELECTIONS.values(), ids=SELECTIONS)
def test_counts_of_programmes_are_their_counties_on_the_map(
    package, counties, selection
):
    style = style_theme(package, counties, selection)

    for entry in style.legend:
        own = drawn_with(style, entry.colour, entry.texture)
        own &= set(style.counties) if entry.texture != "dots" else own
        assert entry.selected == len(own), entry.name


def test_reports_outside_the_selection_are_not_counted_in_the_legend(package, counties):
    selection = Selection(any_of=("relocation",), prefectures=("130700",))
    style = style_theme(package, counties, selection)
    dotted = [entry for entry in style.legend if entry.texture == "dots"]

    assert len(dotted) == 1
    assert dotted[0].selected == len(drawn_with(style, dotted[0].colour, "dots"))


def independent_overlap() -> Counter:
    """Programmes of each county, from the tables by another theme."""
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
            row["variable"],
        )
        for row in rows("memberships")
    }
    return Counter(adcode for adcode, _ in pairs)


def test_overlap_counts_all_programmes_when_none_is_asked_for(package, counties):
    style = style_theme(package, counties, Selection(), "overlap", "en")
    found = independent_overlap()
    upper = [(0, 0), (1, 1), (2, 2), (3, 3), (4, 5), (6, 18)]
    expected = [
        sum(low <= found[adcode] <= high for adcode in counties.index)
        for low, high in upper
    ]

    assert [entry.selected for entry in style.legend] == expected
    assert [entry.name for entry in style.legend] == [
        "named in none of them",
        "in 1",
        "in 2",
        "in 3",
        "in 4 to 5",
        "in 6 or more",
    ]
    assert overlap_programmes(package, Selection()) == list(package.programmes)


def test_overlap_counts_the_programmes_asked_for_and_no_others(package, counties):
    asked = ("poor_county", "paired_with_beijing", "relocation")
    selection = Selection(any_of=asked)
    style = style_theme(package, counties, selection, "overlap", "en")
    members = {programme: set(package.members(programme)) for programme in asked}
    times = Counter(adcode for own in members.values() for adcode in own)

    assert counts(style) == {
        "named in none of them": 0,
        **{f"in {n}": sum(t == n for t in times.values()) for n in (1, 2, 3)},
    }
    of_count = {(times[adcode], fills) for adcode, fills in looks(style).items()}
    assert len(of_count) == len(set(times.values()))


@settings(max_examples=settings().max_examples // 3)
@given(data=st.data())
def test_themes_agree_on_any_selection(package, counties, data):
    def some(values):
        return tuple(data.draw(st.lists(st.sampled_from(values), max_size=3)))

    selection = Selection(
        all_of=some(list(package.programmes)),
        any_of=some(list(package.programmes)),
        none_of=some(list(package.programmes)),
        prefectures=some(sorted(set(counties["prefecture_adcode"]))),
    )
    chosen = list(selection.apply(counties))
    for theme in THEMES:
        style = style_theme(package, counties, selection, theme)
        assert list(style.counties) == chosen
        if theme in PARTITIONS:
            assert sum(entry.selected for entry in style.legend) == len(chosen)


def test_exits_are_by_year_of_approval_and_a_sourced_one_is_a_year_of_its_own(
    package, counties
):
    selection = Selection(all_of=("poor_county",))
    style = style_theme(package, counties, selection, "exit_approved_year", "en")

    # 2018: eleven national counties and Feixiang, a provincial one that a source dates.
    assert counts(style) == {
        "2017": 3,
        "2018": 12,
        "2019": 18,
        "2020": 13,
        "the date of approval is not known for certain, or only inferred": 16,
        "not among poor counties": 0,
    }
    assert counties.at[FEIXIANG, "exit_approved_year"] == 2018
    year_2018 = next(e for e in style.legend if e.name.endswith("2018"))
    assert FEIXIANG in drawn_with(style, year_2018.colour, year_2018.texture)
    assert len(drawn_with(style, NOT_KNOWN, "hatch")) == 16


def test_kinds_of_poor_county_are_39_6_and_17(package, counties):
    style = style_theme(package, counties, Selection(), "category", "en")

    assert list(counts(style).values()) == [39, 6, 17, 167 - 62]
    assert list(counts(style)) == [
        "national key county",
        "national level as part of the area only",
        "provincial key county",
        "not among poor counties",
    ]


def test_programmes_of_a_group_are_drawn_whatever_is_selected(package, counties):
    style = style_theme(package, counties, Selection(), "area")
    own = [p.id for p in package.programmes.values() if p.group == "area"]

    assert [e.programme for e in style.legend if e.programme] == own
    assert [e.selected for e in style.legend if e.programme] == [
        len(package.members(programme)) for programme in own
    ]


def test_what_a_source_does_not_say_is_a_class_of_its_own(package, counties):
    # The area plan of Heilonggang counts 36 counties of four prefectures, names none.
    style = style_theme(package, counties, Selection(), "area", "en")
    heilonggang = next(
        e for e in style.legend if e.programme == "contiguous_heilonggang"
    )
    unknown = [e for e in style.legend if (e.colour, e.texture) == (NOT_SAID, "lines")]

    within = {
        adcode
        for adcode in counties.index
        if not package.is_beyond("contiguous_heilonggang", adcode)
    }
    assert (heilonggang.selected, heilonggang.not_said) == (27, len(within) - 27)
    assert [e.selected for e in unknown] == [len(drawn_with(style, NOT_SAID, "lines"))]
    in_any = {
        adcode
        for programme in package.programmes.values()
        if programme.group == "area"
        for adcode in package.members(programme.id)
    }
    assert drawn_with(style, NOT_SAID, "lines") == within - in_any


def test_a_complete_list_leaves_no_county_unsaid(package, counties):
    selection = Selection(any_of=("poor_county",), prefectures=("130100",))
    style = style_theme(package, counties, selection)

    assert [e.not_said for e in style.legend] == [0]
    assert drawn_with(style, NOT_SAID, "lines") == set()


def test_partners_are_drawn_in_their_colours(package, counties):
    style = style_theme(package, counties, Selection(), "partner", "en")

    assert counts(style) == {
        "Beijing": 16,
        "Tianjin": 5,
        "Beijing: reported only": 3,
        "the plan pairs the county with neither city": 143,
    }
    assert [e.value for e in style.legend] == ["110000", "120000", None, None]


def test_an_address_of_an_earlier_edition_finds_its_theme(package):
    assert theme_id(package, "exit") == "exit_approved_year"
    assert theme_id(package, "exit_year") == "exit_approved_year"
    assert theme_id(package, "category") == "category"
    assert theme_id(package, "exits") is None
    kinds = {identifier: theme.kind for identifier, theme in themes(package).items()}
    figures = {i for i, kind in kinds.items() if kind == "number"} - {*THEMES}
    assert [i for i in kinds if i not in figures] == [*THEMES]


# --- Themes follow from the kind ------------------------------------------------------


def test_a_made_up_variable_of_each_kind_is_a_theme(
    made_up_package, made_up_counties, made_up
):
    known = themes(made_up_package)

    for kind, identifier in made_up.items():
        if kind == "membership":
            continue
        assert known[identifier].kind == kind
        style = style_theme(made_up_package, made_up_counties, Selection(), identifier)
        assert sum(entry.selected for entry in style.legend) >= 167
        assert len(style.legend) > 2
    assert known["made_up"].kind == "group"


def test_seven_years_are_seven_looks_in_order(
    made_up_package, made_up_counties, made_up
):
    style = style_theme(
        made_up_package, made_up_counties, Selection(), made_up["date"], "en"
    )
    years = [entry for entry in style.legend if entry.value]

    assert [entry.name for entry in years] == [str(y) for y in range(2001, 2014, 2)]
    assert [entry.selected for entry in years] == [1] * 7
    assert len({(entry.colour, entry.texture) for entry in years}) == 7


def test_a_county_with_two_partners_is_striped_in_both_colours(
    made_up_package, made_up_counties, made_up
):
    style = style_theme(
        made_up_package, made_up_counties, Selection(), made_up["relation"], "en"
    )

    assert len(looks(style)["130722"]) == 2
    assert counts(style)["Beijing"] == 1
    assert counts(style)["Tianjin"] == 2


def test_a_number_is_drawn_by_class_breaks_and_missing_is_a_class_of_its_own(
    made_up_package, made_up_counties, made_up
):
    style = style_theme(
        made_up_package, made_up_counties, Selection(), made_up["number"], "en"
    )

    assert [entry.selected for entry in style.legend] == [1, 1, 1, 1, 163]
    assert drawn_with(style, NOT_KNOWN, "hatch") == set(style.counties) - {
        "130102",
        "130722",
        "130723",
        "130724",
    }


def test_a_programme_without_members_has_a_line_and_leaves_all_unsaid(
    made_up_package, made_up_counties
):
    style = style_theme(made_up_package, made_up_counties, Selection(), "made_up", "en")
    empty = next(e for e in style.legend if e.programme == "made_up_empty")

    assert (empty.selected, empty.matched, empty.not_said) == (0, 0, 167)


def test_places_are_seen_over_the_programmes(package, counties):
    selection = Selection(any_of=("poor_county",))

    assert style_theme(package, counties, selection, "places") == style_theme(
        package, counties, selection
    )


@pytest.mark.parametrize("theme", ["", "Programmes", "exits", "programmes "])
def test_a_theme_that_does_not_exist_is_refused_with_those_that_do(
    package, counties, theme
):
    with pytest.raises(ValueError, match="programmes, overlap, category, partner"):
        style_theme(package, counties, Selection(), theme)


def test_a_programme_without_members_in_the_selection_stays_in_the_legend(
    package, counties
):
    selection = Selection(
        any_of=("poor_county", "pumped_storage"), prefectures=("130100",)
    )
    style = style_theme(package, counties, selection)

    pumped = next(e for e in style.legend if e.programme == "pumped_storage")
    assert (pumped.selected, pumped.matched) == (0, 3)
    assert drawn_with(style, pumped.colour, pumped.texture) == set()


def test_an_empty_selection_has_a_legend_and_no_looks(package, counties):
    for theme in THEMES:
        style = style_theme(package, counties, SELECTIONS["none"], theme)
        assert style.counties == {} and style.legend
        assert all(e.selected == 0 for e in style.legend if e.texture != "dots")


def add_members(copy, programme: str, adcodes: set[str]) -> None:
    """Write counties into a programme, and its new count into the registry."""
    names = {row["adcode"]: row["name"] for row in rows("divisions")}
    for adcode in sorted(adcodes):
        copy.append_row(
            "memberships.csv",
            variable=programme,
            published_adcode=adcode,
            published_name=names[adcode],
            source="S00",
            section="made up",
            confidence="stated",
        )
    line = copy.line("variables.csv", id=programme)
    named = int(copy.rows("variables.csv")[line]["named_count"]) + len(adcodes)
    copy.set_cell("variables.csv", line, "named_count", str(named))
    if copy.rows("variables.csv")[line]["stated_count"]:
        copy.set_cell("variables.csv", line, "stated_count", str(named))


def test_a_programme_of_all_167_counties_covers_the_map(spoiled, package, counties):
    copy = spoiled()
    others = set(counties.index) - package.members("general_airport")
    add_members(copy, "general_airport", others)
    changed = load(copy.directory)
    table = county_table(changed, "overview")
    everything = Selection(all_of=("general_airport",))

    style = style_theme(changed, table, everything)
    assert len(style.counties) == 167 and len(style.classes) == 1
    assert [(e.selected, e.matched, e.listed) for e in style.legend] == [
        (167, 167, 167)
    ]
    overlap = style_theme(changed, table, Selection(), "overlap", "en")
    assert counts(overlap)["named in none of them"] == 0
    nothing = style_theme(changed, table, Selection(none_of=("general_airport",)))
    assert nothing.counties == {}


def test_a_county_in_twelve_programmes_shows_all_twelve(spoiled, package, counties):
    free = [
        p.id
        for p in package.programmes.values()
        if p.completeness == "open" and WEICHANG not in package.members(p.id)
    ]
    own = [p for p in package.programmes if WEICHANG in package.members(p)]
    wanted = free[: 12 - len(own)]
    assert len(own) + len(wanted) == 12
    copy = spoiled()
    for programme in wanted:
        add_members(copy, programme, {WEICHANG})
    changed = load(copy.directory)
    table = county_table(changed, "overview")
    twelve = tuple(own + wanted)

    selection = Selection(all_of=twelve)
    style = style_theme(changed, table, selection)
    assert list(style.counties) == [WEICHANG]
    fills = looks(style)[WEICHANG]
    assert len(fills) == len(set(fills)) == 12
    assert fills == tuple(
        (entry.colour, entry.texture) for entry in style.legend if entry.programme
    )
    overlap = style_theme(changed, table, selection, "overlap", "en")
    assert counts(overlap)["in 6 or more"] == 1


def test_neutral_colours_mean_one_thing_each(package, counties):
    """Selected in none of what is shown, having none of it, not known."""
    plain = style_theme(package, counties, Selection())
    assert set(looks(plain).values()) == {((SELECTED, "solid"),)}
    category = style_theme(package, counties, Selection(), "category")
    assert looks(category)["130102"] == ((NONE, "solid"),)


def test_programmes_seen_together_have_textures_that_differ(package):
    stated = [p for p in package.programmes.values() if p.basis == "stated"][:5]
    derived = [p for p in package.programmes.values() if p.basis == "derived"]
    textures = textures_of([derived[0], *stated, *derived[1:]])

    assert [textures[p.id] for p in stated] == list(STATED_TEXTURES)
    assert {textures[p.id] for p in derived} == {"hatch"}
    for programme in stated:
        assert textures_of([programme]) == {programme.id: "solid"}


@pytest.mark.parametrize(
    ("about", "note"),
    [
        ({}, ""),
        ({"completeness": "open"}, "open-ended list: 7 named"),
        ({"completeness": "incomplete"}, "incomplete: 9 counted, 7 named"),
        ({"basis": "derived"}, "derived; the source counts 9"),
        ({"basis": "derived", "stated_count": 7}, "derived by a rule"),
        ({"basis": "derived", "stated_count": None}, "derived by a rule"),
    ],
)
def test_a_line_of_the_legend_says_how_completely_its_members_are_known(
    package, about, note
):
    any_programme = next(iter(package.programmes.values()))
    told = {"completeness": "complete", "basis": "stated", "stated_count": 9}
    programme = replace(any_programme, named_count=7, **{**told, **about})

    assert completeness_note(programme, "en") == note


@pytest.mark.parametrize("selection", SELECTIONS.values(), ids=SELECTIONS)
def test_counts_of_the_legend_are_those_of_the_tables(package, counties, selection):
    chosen = set(selection.apply(counties))
    shown = list(package.programmes)
    legend = style_selection(package, counties, selection, "en", shown).legend

    assert [e.programme for e in legend if e.programme] == shown
    for entry in legend:
        if not entry.programme:
            assert (entry.matched, entry.listed, entry.not_said) == (None, None, 0)
            continue
        programme = package.programmes[entry.programme]
        members = package.members(programme.id)
        assert entry.selected == len(members & chosen)
        assert entry.matched == len(members)
        # A rule has no list to be held against.
        is_list = programme.basis == "stated"
        assert entry.listed == (programme.named_count if is_list else None)
        # Of a whole list nobody is unsaid, whatever is reported beside it.
        rest = sum(
            package.standing(programme.id, a) in {"not_said", "reported"}
            for a in {*chosen} - {*members}
        )
        assert entry.not_said == (0 if programme.is_whole else rest)
        assert entry.note == completeness_note(programme, "en")


@pytest.mark.parametrize(("years", "width"), [(10, 1), (11, 2), (20, 2), (21, 3)])
def test_more_than_ten_years_are_put_together_in_spans_as_short_as_can_be(
    made_up_package, made_up_counties, made_up, years, width
):
    table = made_up_counties.copy()
    told = [2000 + i if i < years else None for i in range(len(table))]
    table[made_up["date"]] = pd.array(told, dtype="Int64")
    theme = made_up["date"]
    legend = style_theme(made_up_package, table, Selection(), theme, "en").legend
    spans = [entry for entry in legend if entry.value]

    assert len(spans) == -(-years // width) <= 10
    assert [int(e.value) for e in spans] == [
        min(2000 + width * (i + 1), 2000 + years) - 1 for i in range(len(spans))
    ]
    assert sum(entry.selected for entry in spans) == years
    names = [f"{2000 + width * i} to {2000 + width * (i + 1) - 1}" for i in range(4)]
    if width > 1:
        assert [entry.name for entry in spans][:4] == names


def test_where_a_list_is_not_complete_a_gap_is_not_known_and_where_it_is_nothing(
    made_up_package, made_up_counties, made_up
):
    for kind, sign in (
        ("relation", (NONE, "solid")),  # a complete list: it has none
        ("category", (NOT_KNOWN, "hatch")),  # an open one: no source says
        ("number", (NOT_KNOWN, "hatch")),
        ("date", (NOT_KNOWN, "hatch")),
    ):
        variable = made_up_package.variables[made_up[kind]]
        legend = style_theme(
            made_up_package, made_up_counties, Selection(), variable.id, "en"
        ).legend
        assert (legend[-1].colour, legend[-1].texture) == sign
        assert legend[-1].name == variable.missing("en")


def test_a_class_with_a_colour_of_its_own_is_plain_however_many_there_are(
    package, counties
):
    variable = next(v for v in package.variables.values() if v.kind == "category")
    many = tuple(
        replace(
            variable.classes[0], value=f"class_{n}", order=n, colour=f"#0000{n:02x}"
        )
        for n in range(30)
    )
    own = replace(variable, classes=many, ordered=False)
    without = replace(own, classes=tuple(replace(c, colour="") for c in many))

    stated, usual = (
        [b for b in bins_of(package, v, counties, speaker("en")) if b.value]
        for v in (own, without)
    )

    assert {b.texture for b in stated} == {"solid"}
    assert [b.colour for b in stated] == [c.colour for c in many]
    assert {b.texture for b in usual} != {"solid"}
