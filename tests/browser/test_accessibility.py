"""Every page without a fault that axe finds, and every act of the map without a mouse.

What axe leaves undetermined because text is dimmed is measured here: the colour of
every text of ours against the ground behind it, dimming included.
"""

import re

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from driving import MAP, THEME, act_and_wait, painted, selected_on_map, take_focus
from playwright.sync_api import Page, expect

from layers.themes.themes import themes

PAGES = {
    "map": "?",
    "profile": "?county=130722&all=deep_poverty",
    "exit": "?see=exit&prefecture=130700",
    "partner": "?see=partner&all=deep_poverty&theme=contrast",
    "nothing": "?all=deep_poverty,paired_with_tianjin,pumped_storage,no_such"
    "&beside=see%3Dexit",
    "targets": "targets",
    "own": "own",
    "about": "about",
    "county": "county",
    "one": "county?county=130722",
    "compare": "compare",
    "compared": "compare?compared=130722,130709",
    "statistics": "statistics",
    "print": "print",
}
BY_ADDRESS = {"compared"}
"""Pages whose own address says what is on them."""
ON_THE_MAP = {name for name, query in PAGES.items() if query.startswith("?")}
GRAVE = {"serious", "critical"}
LEAST = {"contrast": {"color-contrast"}, "rest": {"button-name", "html-has-lang"}}
LEAST["everything"] = LEAST["contrast"] | LEAST["rest"]
"""What axe looks at in any case, by the part of its rules."""
TALL = 6000
"""So tall a window that nothing has to be scrolled to: axe gives up the whole rule of
contrast if it cannot find one element's middle."""

AXE = """async part => {
  const options = { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa',
    'wcag22aa'], resultTypes: ['violations', 'incomplete'] };
  if (part === 'contrast') options.runOnly = ['color-contrast'];
  if (part === 'rest') options.rules = { 'color-contrast': { enabled: false } };
  const { violations, incomplete, passes } = await axe.run(document, options);
  return {
    broken: incomplete.filter(rule => rule.error).map(rule => rule.error.message),
    passes: passes.map(rule => rule.id),
    violations: violations.map(({ id, impact, nodes }) => ({
      id, impact, where: nodes.map(({ target, html }) => `${target}: ${html}`),
    })),
  };
}"""

APPEARANCE = """scheme => {
  const [r, g, b] = getComputedStyle(document.querySelector('.stApp'))
    .backgroundColor.match(/[\\d.]+/g).map(Number);
  const map = document.querySelector('.folium-map');
  const page = r + g + b > 382 ? 'light' : 'dark';
  return page === scheme && (!map || map.dataset.appearance === scheme);
}"""

CONTRAST = """() => {
  const parse = text => {
    const [r, g, b, a = 1] = (text.match(/[\\d.]+%?/g) || []).map(Number);
    return text.startsWith('color(') ? [r * 255, g * 255, b * 255, a] : [r, g, b, a];
  };
  const over = ([r, g, b, a], [R, G, B]) =>
    [r * a + R * (1 - a), g * a + G * (1 - a), b * a + B * (1 - a)];
  const light = rgb => {
    const [r, g, b] = rgb.map(v => v / 255)
      .map(v => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = node => {
    const layers = [];
    for (let at = node; at; at = at.parentElement) {
      const colour = parse(getComputedStyle(at).backgroundColor);
      if (colour[3] > 0) layers.push(colour);
      if (colour[3] === 1) break;
    }
    const paper = [255, 255, 255];
    return layers.reverse().reduce((below, layer) => over(layer, below), paper);
  };
  const poor = [];
  const boxes = '.atlas-panel, .atlas-bar-top, .atlas-drawer, .atlas-legend';
  for (const box of document.querySelectorAll(boxes)) {
    const walker = document.createTreeWalker(box, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode.parentElement;
      const text = walker.currentNode.textContent.trim();
      if (!text || !node.getClientRects().length || node.closest(':disabled')) continue;
      const behind = ground(node);
      let colour = over(parse(getComputedStyle(node).color), behind);
      for (let at = node; at; at = at.parentElement) {
        const dim = Number(getComputedStyle(at).opacity);
        if (dim < 1) colour = over([...colour, dim], ground(at.parentElement || at));
      }
      const [one, other] = [light(colour), light(behind)].sort((a, b) => b - a);
      const ratio = (one + 0.05) / (other + 0.05);
      const style = getComputedStyle(node);
      const size = parseFloat(style.fontSize);
      const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
      if (ratio < (large ? 3 : 4.5)) {
        poor.push(`${ratio.toFixed(2)} ${node.className || node.tagName}: ${text}`);
      }
    }
  }
  return [...new Set(poor)];
}"""


def go_to(page: Page, name: str) -> None:
    """Go to a page through the menu.

    Opened by its own address, Streamlit's script first asks for two files below that
    address, which are not there: an error in the console that is not the atlas's.
    """
    painted(page)
    page.locator(f"a[href$='/{name}']").first.evaluate("link => link.click()")
    page.wait_for_url(f"**/{name}**")
    page.locator(MAP).wait_for(state="detached")


def whole(page: Page, name: str) -> None:
    """Wait until everything on a page is there."""
    if name in ON_THE_MAP:
        painted(page)
        page.wait_for_selector(".atlas-add", state="attached")
        page.wait_for_selector(".atlas-tab", state="attached")
    if "beside" in PAGES[name]:
        page.wait_for_selector(f"{MAP}[data-beside]", state="attached")
    page.locator(".stMain .atlas-panel").first.wait_for()
    expect(page.locator("[data-testid='stSkeleton']")).to_have_count(0)


@pytest.fixture
def open_page(app, watched_page):
    def opened(name: str, language: str = "zh", scheme: str = "light", **size) -> Page:
        path, _, query = PAGES[name].partition("?")
        at = path if name in BY_ADDRESS else ""
        address = f"{app}/{at}?{query}&lang={language}"
        page = watched_page(address, color_scheme=scheme, **size)
        if name not in ON_THE_MAP | BY_ADDRESS:
            go_to(page, path)
        whole(page, name)
        return page

    return opened


@pytest.mark.parametrize(("language", "code"), [("zh", "zh-Hans"), ("en", "en")])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_no_serious_fault(open_page, name, language, code):
    page = open_page(name, language, height=TALL)
    expect(page.locator("html")).to_have_attribute("lang", code)
    page.evaluate(AXE_SCRIPT)

    # Contrast is the same in every language, and all else by day and by night.
    both = [("light", "everything"), ("dark", "contrast")]
    for scheme, part in both if language == "zh" else [("light", "rest")]:
        # The same reader, in the evening: page and map follow the machine.
        page.emulate_media(color_scheme=scheme)
        if "contrast" not in PAGES[name]:
            page.wait_for_function(APPEARANCE, arg=scheme)
        found = page.evaluate(AXE, part)

        assert found["broken"] == [], scheme
        assert LEAST[part] <= set(found["passes"]), scheme
        grave = [fault for fault in found["violations"] if fault["impact"] in GRAVE]
        assert grave == [], scheme
        assert part == "rest" or page.evaluate(CONTRAST) == [], scheme


def test_axe_and_the_measure_of_contrast_find_what_is_wrong(open_page):
    page = open_page("about")
    page.evaluate(
        """() => {
          const box = document.createElement('div');
          box.className = 'atlas-panel';
          box.innerHTML = '<p style="opacity:.4">dimmed</p><img src="data:,">'
            + '<button></button>';
          document.querySelector('.atlas-panel').prepend(box);
        }"""
    )
    page.evaluate(AXE_SCRIPT)

    faults = {fault["id"] for fault in page.evaluate(AXE, "rest")["violations"]}
    assert {"button-name", "image-alt"} <= faults
    assert any("dimmed" in line for line in page.evaluate(CONTRAST))


def test_a_line_that_is_switched_off_can_still_be_read(open_page):
    page = open_page("exit")
    page.locator(".atlas-legend-toggle").first.click()
    expect(page.locator(".atlas-legend-off")).to_have_count(1)

    assert page.evaluate(CONTRAST) == []


def test_the_map_says_its_selection_and_count(open_page):
    page = open_page("profile")
    region = page.get_by_role("region", name=re.compile("深度贫困.*10"))

    expect(region).to_have_count(1)
    names = page.eval_on_selector_all(
        "path.atlas-county", "all => all.map(p => p.getAttribute('aria-label'))"
    )
    assert len(set(names)) > 150 and all(names)
    expect(page.get_by_role("button", name="张北县").first).to_be_attached()


def test_the_tab_key_reaches_everything_on_the_map(open_page):
    page = open_page("exit")
    take_focus(page.locator(".atlas-add"))
    wanted = {
        "atlas-theme",
        "leaflet-control-zoom-in",
        "leaflet-control-zoom-out",
        "atlas-tool",
        "atlas-county",
        "SUMMARY",
        "atlas-legend-toggle",
        "atlas-play",
        "INPUT",
    }
    reached = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        reached |= set(
            page.evaluate(
                """() => {
                  const at = document.activeElement;
                  return [at.tagName, ...(at.getAttribute('class') || '').split(' ')];
                }"""
            )
        )
        if wanted <= reached:
            break
    assert wanted - reached == set()


def test_themes_are_chosen_with_the_keyboard_and_keep_the_focus(open_page, package):
    page = open_page("map")
    list_ = page.locator(THEME)
    take_focus(list_)
    for theme in [*themes(package)][1:3]:
        act_and_wait(page, lambda: page.keyboard.press("ArrowDown"))
        expect(page.locator(MAP)).to_have_attribute("data-theme", theme)
        expect(list_).to_have_value(theme)
        expect(list_).to_be_focused()


def test_tools_and_legend_work_with_the_keyboard(open_page):
    page = open_page("exit")
    graticule = page.locator(".atlas-tool").nth(2)
    take_focus(graticule)
    page.keyboard.press("Enter")
    expect(graticule).to_have_attribute("aria-pressed", "true")

    before = page.locator(MAP).get_attribute("data-view")
    take_focus(page.locator(".atlas-tool").nth(1))
    page.keyboard.press("Space")
    page.wait_for_function(
        "before => document.querySelector('.folium-map').dataset.view !== before",
        arg=before,
    )

    toggle = page.locator(".atlas-legend-toggle").first
    take_focus(toggle)
    page.keyboard.press("Enter")
    expect(toggle).to_have_attribute("aria-pressed", "false")
    expect(toggle).to_be_focused()
    # Where there is room the prefectures stand there at once.
    rows = page.locator(".atlas-by-prefecture tbody tr")
    expect(rows).to_have_count(11)
    take_focus(page.locator(".atlas-by-prefecture summary"))
    page.keyboard.press("Enter")
    expect(rows).to_have_count(0)
    page.keyboard.press("Enter")
    expect(rows).to_have_count(11)

    names = page.eval_on_selector_all(
        ".atlas-tool", "all => all.map(b => b.getAttribute('aria-label'))"
    )
    assert len(set(names)) == 9 and all(names)


def test_arrows_walk_over_counties_and_say_where_they_are(open_page):
    page = open_page("map")
    take_focus(page.locator("path.atlas-county[tabindex='0']"))
    visited = []
    for key in ("ArrowUp", "ArrowUp", "ArrowRight", "ArrowDown", "ArrowLeft"):
        page.keyboard.press(key)
        code = page.evaluate("() => document.activeElement.dataset.adcode")
        label = page.evaluate("() => document.activeElement.getAttribute('aria-label')")
        visited.append(code)
        expect(page.locator(".leaflet-tooltip")).to_contain_text(label)
        expect(page.locator("path.atlas-county[tabindex='0']")).to_have_count(1)
    assert len(set(visited)) >= 4


def test_enter_opens_the_profile_and_the_focus_stays_on_the_county(open_page):
    page = open_page("map")
    take_focus(page.locator("path.atlas-county[tabindex='0']"))
    page.keyboard.press("ArrowUp")
    code = page.evaluate("() => document.activeElement.dataset.adcode")
    act_and_wait(page, lambda: page.keyboard.press("Enter"))

    expect(page.locator(".atlas-side h2")).to_be_visible()
    expect(page.locator(".atlas-side")).to_contain_text(code)
    assert page.evaluate("() => document.activeElement.dataset.adcode") == code


def test_counties_are_chosen_without_box_or_lasso(open_page):
    page = open_page("map")
    take_focus(page.locator("path.atlas-county[tabindex='0']"))
    marked = set()
    for key in ("ArrowUp", "ArrowUp", "ArrowRight"):
        page.keyboard.press(key)
        page.keyboard.press("Space")
        marked.add(page.evaluate("() => document.activeElement.dataset.adcode"))
        expect(page.locator("path.atlas-mark")).to_have_count(len(marked))
    choose = page.locator(".atlas-marks button").first
    take_focus(choose)
    act_and_wait(page, lambda: page.keyboard.press("Enter"))

    assert selected_on_map(page) == marked


def test_who_a_line_comes_from_stands_in_the_profile(open_page):
    """Lines have no focus of their own; the county at their end has."""
    page = open_page("profile")

    expect(page.locator(".atlas-side")).to_contain_text("北京市")
