"""Each theme of the map: its colours, legend, years, lines and symbols."""

import re

import pytest
from driving import (
    LOOK,
    MAP,
    THEME,
    act_and_wait,
    selected_on_map,
    take_focus,
    view,
)
from instrument import (
    drag,
    filled,
    fills,
    press_theme,
    zoom_in_to,
)
from playwright.sync_api import expect

from layers.select.selection import Selection, members
from layers.themes.circles import sizes
from layers.themes.relations import pair_lines, place_points
from layers.themes.themes import USUAL, style_theme
from tests import real

FEW = Selection(prefectures=("130800",))

ZHANGBEI, FUPING, GUAN = "130722", "130624", "131022"

MUTED = "var(--atlas-muted)"

LATER = "var(--atlas-later)"


THEMES = real.themes_to_try()

OTHER_THEMES = [theme for theme in THEMES if theme != USUAL]


def expect_drawn(page, package, counties, theme):
    """Map and legend show a theme of all counties, class by class."""
    style = style_theme(package, counties, Selection(), theme)

    expect(page.locator(MAP)).to_have_attribute("data-theme", theme)
    expect(page.locator(THEME)).to_have_value(theme)
    assert selected_on_map(page) == set(style.counties)
    drawn = fills(page)
    of_class = {(style.counties[code], drawn[code]) for code in style.counties}
    assert len(of_class) == len(style.classes) == len({look for _, look in of_class})
    expect(page.locator(".atlas-legend-toggle")).to_have_count(len(style.legend))
    for line, entry in zip(
        page.locator(".atlas-legend-toggle").all(), style.legend, strict=True
    ):
        expect(line).to_contain_text(entry.name)
        expect(line).to_contain_text(str(entry.selected))


def test_each_theme_is_drawn_by_button(open_map, package, counties):
    page = open_map()
    for theme in OTHER_THEMES:
        press_theme(page, theme)
        page.wait_for_url(f"**see={theme}**")
        expect_drawn(page, package, counties, theme)


@pytest.mark.parametrize("theme", OTHER_THEMES[::3])
def test_a_theme_is_drawn_by_link(open_map, package, counties, theme):
    expect_drawn(open_map(f"see={theme}"), package, counties, theme)


def test_the_limit_of_a_class_is_moved_and_stands_in_the_address(open_map, package):
    page = open_map("see=age_65_share_2020&method=equal&classes=2&lang=en")
    limit = page.get_by_role("slider")
    counts = page.locator(".atlas-legend-count")
    expect(limit).to_have_count(1)
    before = [int(text) for text in counts.all_inner_texts()]

    box = limit.bounding_box()
    page.mouse.move(box["x"], box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + 40, box["y"] + 20)
    # Without the server: the legend follows before the limit is let go.
    expect(counts.first).not_to_have_text(str(before[0]))
    assert "method=equal" in page.url
    page.mouse.up()

    page.wait_for_url("**breaks=**")
    assert "method" not in page.url
    moved = float(limit.get_attribute("aria-valuenow"))
    ages = [
        float(own[0].value)
        for own in package.values_by_county("age_65_share_2020").values()
    ]
    below = sum(age <= moved for age in ages)
    expect(counts.first).to_have_text(str(below))
    page.reload()
    expect(counts.first).to_have_text(str(below))
    page.go_back()
    expect(counts.first).to_have_text(str(before[0]))


def test_an_unknown_theme_in_a_link_is_named_and_the_first_is_shown(open_map):
    page = open_map("see=heat")

    expect(page.locator(".atlas-notice")).to_contain_text("heat")
    expect(page.locator(MAP)).to_have_attribute("data-theme", "programmes")


def test_a_line_of_the_legend_hides_and_shows_its_counties(open_map, counties):
    page = open_map("see=category")
    before = fills(page)
    first = page.locator(".atlas-legend-toggle").first
    own = set(counties.index[counties["category"] == "national_key"])

    first.click()
    expect(first).to_have_attribute("aria-pressed", "false")
    assert filled(page, MUTED) == own
    assert selected_on_map(page) == set(counties.index)

    first.click()
    expect(first).to_have_attribute("aria-pressed", "true")
    assert fills(page) == before


def test_a_hidden_programme_leaves_the_stripes_of_the_others(open_map, counties):
    page = open_map("any=poor_county,deep_poverty")
    before = fills(page)
    page.locator(".atlas-legend-toggle").nth(1).click()
    after = fills(page)

    poor, deep = members(counties, ["poor_county", "deep_poverty"]).T
    assert (poor & deep).any() and (poor & ~deep).any()
    for code in counties.index[poor & deep]:
        assert after[code] != before[code] and after[code] != MUTED
    for code in counties.index[poor & ~deep]:
        assert after[code] == before[code]


def test_the_slider_of_years_shows_the_exits_up_to_each(open_map, counties):
    page = open_map("see=exit")
    years = counties["exit_approved_year"]
    slider = page.locator(".atlas-years input")
    output = page.locator(".atlas-years output")
    assert filled(page, LATER) == set()

    for year in (2018, 2017, 2019, 2020):
        slider.fill(str(year))
        expect(output).to_have_text(f"≤ {year}")
        assert filled(page, LATER) == set(counties.index[(years > year).fillna(False)])


def test_the_slider_of_years_keeps_the_focus_and_follows_the_arrow_keys(open_map):
    page = open_map("see=exit")
    take_focus(page.locator(".atlas-years input"))
    for year in (2019, 2018, 2017):
        page.keyboard.press("ArrowLeft")
        expect(page.locator(".atlas-years output")).to_have_text(f"≤ {year}")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".atlas-years output")).to_have_text("≤ 2018")


def test_the_slider_of_years_can_be_dragged(open_map):
    page = open_map("see=exit")
    bounds = page.locator(".atlas-years input").bounding_box()
    y = bounds["y"] + bounds["height"] / 2
    right = bounds["x"] + bounds["width"] - 4
    drag(page, [(right, y), (right - bounds["width"] / 2, y), (bounds["x"] + 3, y)])

    expect(page.locator(".atlas-years output")).to_have_text("≤ 2017")


def test_play_goes_through_the_rounds_and_stops_at_the_last(open_map, counties):
    page = open_map("see=exit")
    years = counties["exit_approved_year"]
    output = page.locator(".atlas-years output")
    play = page.locator(".atlas-play")

    # Written down in the page: a slow machine may look after the next year has come.
    output.evaluate(
        """output => {
          window.atlasRounds = [];
          new MutationObserver(() => window.atlasRounds.push(output.textContent))
            .observe(output, { childList: true, characterData: true, subtree: true });
        }"""
    )
    take_focus(play)
    page.keyboard.press("Enter")
    expect(output).to_have_text("≤ 2020")
    page.wait_for_function("() => window.atlasRounds.length > 3")
    expect(play).to_have_text("▶")
    rounds = [f"≤ {year}" for year in (2017, 2018, 2019, 2020)]
    assert list(dict.fromkeys(page.evaluate("window.atlasRounds"))) == rounds
    assert filled(page, LATER) == set(counties.index[(years > 2020).fillna(False)])
    expect(play).to_be_focused()
    press_theme(page, "category")
    assert filled(page, LATER) == set()


def test_pairings_are_lines_that_say_who_and_light_up(open_map, package, counties):
    page = open_map("see=partner")
    lines = pair_lines(package, "partner", counties.index)
    drawn = page.locator(".leaflet-atlas-relations-pane path.atlas-pair")
    expect(drawn).to_have_count(len(lines))
    expect(page.locator("path.atlas-pair-district").first).to_be_attached()
    for level in ("district", "city"):
        wanted = sum(line[2] == level for line in lines)
        pane = page.locator(f".leaflet-atlas-relations-pane path.atlas-pair-{level}")
        expect(pane).to_have_count(wanted)
    assert page.locator("marker#atlas-arrow").count() == 1

    x, y = drawn.first.evaluate(
        """path => { const p = path.getPointAtLength(path.getTotalLength() * 0.6);
           const at = new DOMPoint(p.x, p.y).matrixTransform(path.getScreenCTM());
           return [at.x, at.y]; }"""
    )
    page.mouse.move(x, y)
    expect(page.locator(".leaflet-tooltip")).to_contain_text("→")
    expect(page.locator("path.atlas-pair-strong")).not_to_have_count(0)

    code = lines[0][1]
    page.locator(f"path[data-adcode='{code}']").dispatch_event("mouseover")
    own = sum(line[1] == code for line in lines)
    expect(page.locator("path.atlas-pair-strong")).to_have_count(own)


def test_pairings_of_a_selection_are_its_own_only(open_map, package, counties):
    page = open_map(f"see=partner&{FEW.to_query()}")
    own = pair_lines(package, "partner", FEW.apply(counties))

    expect(page.locator(".leaflet-atlas-relations-pane path.atlas-pair")).to_have_count(
        len(own)
    )
    press_theme(page, "programmes")
    expect(page.locator(".leaflet-atlas-relations-pane path.atlas-pair")).to_have_count(
        0
    )


def test_places_are_symbols_that_say_their_name(open_map, package):
    page = open_map("see=places")
    places = place_points(package)
    symbols = page.locator(".atlas-place")
    expect(symbols).to_have_count(len(places))
    kinds = {place["symbol"] for place in places}
    # And one for those of which only the county is known.
    keys = page.locator(".atlas-legend-key:has(svg[viewBox])")
    expect(keys).to_have_count(len(kinds) + 1)
    expect(keys.last).to_contain_text("虚线圈")

    at = next(i for i, place in enumerate(places) if "point" in place)
    bounds = symbols.nth(at).bounding_box()
    page.mouse.move(
        bounds["x"] + bounds["width"] / 2, bounds["y"] + bounds["height"] / 2
    )
    expect(page.locator(".leaflet-tooltip")).to_contain_text(places[at]["name_zh"])
    press_theme(page, "programmes")
    expect(symbols).to_have_count(0)


@pytest.mark.parametrize("size", [(1366, 768), (390, 844)], ids=str)
def test_a_long_legend_scrolls_in_its_card_and_leaves_the_map_free(open_map, size):
    every = ",".join(real.package().programmes)
    page = open_map(f"any={every}&lang=en", width=size[0], height=size[1])
    card = page.locator(".st-key-atlas_card")
    expect(page.locator(".atlas-legend-toggle")).not_to_have_count(0)
    shown, frame = card.bounding_box(), page.locator(MAP).bounding_box()

    assert card.evaluate("box => box.scrollHeight") > shown["height"]
    covered = shown["width"] * shown["height"]
    assert covered <= 0.3 * frame["width"] * frame["height"]


@pytest.mark.parametrize("query", ["see=area", "any=relocation,poor_county"])
def test_the_legend_says_no_texture_twice(open_map, query):
    page = open_map(query)
    lines = page.locator(".atlas-legend-toggle")
    keys = page.locator(".atlas-legend-key")

    expect(lines.filter(has_text=re.compile("按规则推导|仅有报道"))).not_to_have_count(
        0
    )
    expect(keys).to_have_count(1)
    expect(keys).to_have_text("同属其中几项")


def test_high_contrast_is_a_switch_and_a_link(open_map):
    page = open_map()
    before = view(page)
    act_and_wait(page, lambda: page.locator(LOOK).select_option("contrast"))
    expect(page.locator(MAP)).to_have_attribute("data-appearance", "contrast")
    page.wait_for_url("**theme=contrast**")
    assert view(page) == before
    colours = page.locator(MAP).evaluate(
        "map => ['--atlas-land', '--atlas-line', '--atlas-text']"
        ".map(name => getComputedStyle(map).getPropertyValue(name).trim())"
    )
    assert colours == ["#fff", "#000", "#000"]

    again = open_map("theme=contrast")
    expect(again.locator(MAP)).to_have_attribute("data-appearance", "contrast")


def test_the_view_is_kept_through_every_theme_and_a_profile(open_map):
    page = open_map()
    zoom_in_to(page, 7.5)
    before = view(page)
    for theme in [*OTHER_THEMES, "programmes"]:
        press_theme(page, theme)
        assert view(page) == before, theme
    act_and_wait(page, page.locator(f"path[data-adcode='{GUAN}']").click)
    expect(page.locator(".atlas-side h2")).to_have_text("固安县")
    assert view(page) == before
    expect(page.locator("path.atlas-focus")).to_have_count(1)


def test_a_count_is_circles_colours_or_one_of_two_numbers(open_map, package, counties):
    count, *others = (
        v.id
        for v in package.variables.values()
        if v.kind == "number" and sizes(package, v.id)
    )
    page = open_map(f"see={count}")
    known = sizes(package, count)
    circles = page.locator("path.atlas-circle")

    expect(circles).to_have_count(sum(1 for value in known.values() if value))
    page.locator(".atlas-legend-toggle").first.click()
    expect(circles).to_have_count(0)
    page.locator(".atlas-legend-toggle").first.click()
    expect(circles).to_have_count(sum(1 for value in known.values() if value))

    page.locator(".atlas-ways button").nth(1).click()
    page.wait_for_url(f"**see={count}-classes**")
    expect(circles).to_have_count(0)

    pair = f"{count}.{others[0]}"
    page.locator("select[data-way=second]").select_option(pair)
    page.wait_for_url(f"**see={pair}**")
    cells = page.locator(".atlas-pair-cell")
    style = style_theme(package, counties, Selection(), pair)
    said = {entry.colour: entry.selected for entry in style.legend if entry.value}
    expect(cells).to_have_count(len(said))
    assert sorted(map(int, cells.all_inner_texts())) == sorted(said.values())
    take_focus(cells.first)
    page.keyboard.press("Enter")
    expect(cells.first).to_have_attribute("aria-pressed", "false")
    expect(cells.first).to_be_focused()
    drawn = fills(page)
    hidden = [a for a, fill in drawn.items() if fill == MUTED]
    assert len(hidden) == int(cells.first.inner_text())
