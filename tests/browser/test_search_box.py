"""The search box finds in the browser what Python finds, and works without a mouse."""

import random
from pathlib import PurePosixPath

import pytest
from playwright.sync_api import Page, Route, expect

from layers.edition.assets import MEDIA_TYPES
from layers.edition.edition import compact_json
from layers.edition.texts import request_texts
from layers.facts.package import Package
from layers.select.search import gazetteer, index
from layers.webmap.script_files import page_files
from layers.webmap.search_texts import TEXTS

ADDRESS = "http://localhost:1/"

MOUNT = """async ([texts, language]) => {
  const { SearchBox, searchIndex } = await import('/page/frame.js');
  window.chosen = [];
  const data = { index: '/search.json', language, texts };
  const send = (choice) => window.chosen.push(['choose', choice]);
  const box = new SearchBox(document.querySelector('main'), data, send, searchIndex);
  window.rerun = () => box.update(data, send);
}"""

SEARCH = """async (queries) => {
  const { search } = await import('/page/frame.js');
  const index = await (await fetch('/search.json')).json();
  return queries.map((text) => search(text, index).map((hit) =>
    [hit.entry.kind, hit.entry.id, hit.rank, hit.past, hit.suggestion]));
}"""


@pytest.fixture
def empty_page(browser, package: Package):
    """A page with nothing but the project's scripts within reach."""
    content = compact_json(index(package))
    texts = compact_json(request_texts()).decode()
    made = {
        "page/request-texts.js": f"export const texts = {texts};",
        "page/folium-map.js": "export function mount() {}",
    }
    files = page_files(made)

    def answer(route: Route) -> None:
        name = route.request.url.removeprefix(ADDRESS)
        if name == "":
            route.fulfill(
                content_type="text/html",
                body="<!doctype html><html lang=zh><title>t</title><main></main>",
            )
        elif name == "search.json":
            route.fulfill(content_type="application/json", body=content)
        elif name in files:
            media_type = MEDIA_TYPES[PurePosixPath(name).suffix]
            route.fulfill(content_type=media_type, body=files[name])
        else:
            route.fulfill(status=404)

    context = browser.new_context()
    page = context.new_page()
    page.route("**/*", answer)
    page.goto(ADDRESS)
    yield page
    context.close()


@pytest.fixture
def box(empty_page: Page) -> Page:
    empty_page.evaluate(MOUNT, [TEXTS, "zh"])
    return empty_page


def options(page: Page) -> list[str]:
    return page.eval_on_selector_all(
        "[role=option]", "all => all.map((option) => option.dataset.id)"
    )


def typed(page: Page, text: str) -> None:
    page.get_by_role("combobox").fill(text)


def slips_of(keys: list[str], draw: random.Random) -> list[str]:
    made = []
    for key in keys:
        at = draw.randrange(len(key))
        made += [
            key,
            key[: draw.randint(1, len(key))],
            key[:at] + draw.choice("abcxz县城山1 ü") + key[at + 1 :],
            key[:at] + key[at + 1 : at + 2] + key[at : at + 1] + key[at + 2 :],
        ]
    return made


def test_the_browser_finds_what_python_finds(empty_page, package):
    everything = gazetteer(package)
    draw = random.Random(20161212)
    keys = [key for entry in everything.entries for _, key in entry.keys]
    names = [entry.name_en for entry in everything.entries]
    signs = [*range(32, 0x3400), *range(0x4E00, 0x4F00), *range(0xE000, 0x1FFFF)]
    queries = slips_of(draw.sample([*keys, *names], 100), draw)
    queries += ["".join(map(chr, draw.sample(signs, 5))) + "北" for _ in range(100)]
    queries += [
        "",
        "張北縣",
        "１３０７３３",
        "Zhāng běi",
        "lǚyóu",
        "张" * 10_000,
        "ﷺ" * 99,
    ]

    found = empty_page.evaluate(SEARCH, queries)

    for text, in_browser in zip(queries, found, strict=True):
        in_python = [
            [hit.kind, hit.id, hit.rank, bool(hit.former), hit.suggestion]
            for hit in everything.search(text)
        ]
        assert in_browser == in_python, text


def test_arrows_move_and_enter_chooses(box):
    typed(box, "桥西区")
    combobox = box.get_by_role("combobox")
    expect(combobox).to_have_attribute("aria-expanded", "true")
    assert options(box) == ["130104", "130703", "130503"]
    assert combobox.get_attribute("aria-activedescendant") is None

    for key, at in [("ArrowDown", 0), ("ArrowDown", 1), ("ArrowUp", 0), ("ArrowUp", 2)]:
        combobox.press(key)
        active = box.locator("[role=option][aria-selected=true]")
        assert active.get_attribute("data-id") == options(box)[at]
        assert combobox.get_attribute("aria-activedescendant") == active.get_attribute(
            "id"
        )
    combobox.press("ArrowUp")
    combobox.press("Enter")

    expect(combobox).to_have_attribute("aria-expanded", "false")
    assert box.evaluate("chosen") == [["choose", {"kind": "county", "id": "130703"}]]
    expect(combobox).to_have_value("桥西区")
    expect(combobox).to_be_focused()


def test_enter_takes_what_is_sure_and_nothing_else(box):
    combobox = box.get_by_role("combobox")
    for text in ["桥西区", "涞原县", "张", "没有的"]:
        typed(box, text)
        combobox.press("Enter")
        assert box.evaluate("chosen") == [], text
    typed(box, "崇礼县")
    combobox.press("Enter")
    expect(combobox).to_have_value("崇礼区")
    assert box.evaluate("chosen") == [["choose", {"kind": "county", "id": "130709"}]]


def test_escape_closes_then_clears(box):
    combobox = box.get_by_role("combobox")
    typed(box, "cl")
    expect(box.get_by_role("listbox")).to_be_visible()
    combobox.press("Escape")
    expect(box.get_by_role("listbox")).to_be_hidden()
    expect(combobox).to_have_value("cl")
    combobox.press("Escape")
    expect(combobox).to_have_value("")


def test_a_click_chooses_and_leaving_closes(box):
    typed(box, "chongli")
    box.locator("[role=option]").first.click()
    assert box.evaluate("chosen") == [["choose", {"kind": "county", "id": "130709"}]]

    typed(box, "weichang")
    expect(box.get_by_role("listbox")).to_be_visible()
    box.get_by_role("combobox").blur()
    expect(box.get_by_role("listbox")).to_be_hidden()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("桥西区", "3 results."),
        ("崇礼县", "1 result."),
        ("涞原县", TEXTS["suggestions"]),
        ("<b>qqq🙂", TEXTS["none"]),
    ],
)
def test_the_number_of_hits_is_said(box, text, sentence):
    typed(box, text)

    expect(box.get_by_role("status")).to_have_text(sentence)


def test_an_option_says_prefecture_and_past_name(box):
    typed(box, "崇礼县")

    expect(box.locator("[role=option]")).to_have_text(
        "崇礼区 Chongli District County · 张家口市 · formerly 崇礼县"
    )


def test_a_rerun_keeps_text_focus_and_list(box):
    typed(box, "桥西区")
    expect(box.get_by_role("listbox")).to_be_visible()
    box.evaluate("rerun()")

    combobox = box.get_by_role("combobox")
    expect(combobox).to_have_value("桥西区")
    expect(combobox).to_be_focused()
    expect(box.get_by_role("listbox")).to_be_visible()
    assert box.locator(".atlas-search").count() == 1


def test_enter_of_an_input_method_chooses_nothing(box):
    typed(box, "崇礼县")
    box.get_by_role("combobox").evaluate(
        "node => node.dispatchEvent(new KeyboardEvent('keydown',"
        " { key: 'Enter', isComposing: true, bubbles: true }))"
    )

    assert box.evaluate("chosen") == []


def test_names_stay_text(box, package):
    hostile = '<img src=x onerror="window.hit = 1">'
    made = index(package)
    made["entries"][0]["name_zh"] = hostile
    box.route(
        "**/hostile.json",
        lambda route: route.fulfill(
            content_type="application/json", body=compact_json(made)
        ),
    )
    box.evaluate(
        MOUNT.replace("/search.json", "/hostile.json").replace("'main'", "'body'"),
        [TEXTS, "zh"],
    )
    box.get_by_role("combobox").last.fill("长安区")

    expect(box.locator("[role=option] strong").last).to_have_text(hostile)
    assert box.evaluate("window.hit") is None
