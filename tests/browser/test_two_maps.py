"""Two maps at once: swiped with a line between them, or side by side, at one place."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from driving import MAP, painted, see, take_focus
from playwright.sync_api import Page, expect

from layers.select.selection import Selection

POOR, DEEP = Selection(all_of=("poor_county",)), Selection(all_of=("deep_poverty",))
BESIDE = f"{POOR.to_query()}&beside=all%3Ddeep_poverty"
SECOND = ".atlas-second > .leaflet-container"
ZHANGBEI = "130722"

PLACES = """() => [...document.querySelectorAll("path[data-adcode='130722']")]
  .map(path => path.getBoundingClientRect()).map(({ x, y, width }) => [x, y, width])"""
"""Where a county is on either map, the second first: it lies in the other."""

ABOVE = (
    """([x, y]) => document.elementFromPoint(x, y).closest(".atlas-second") !== null"""
)
"""Whether the second map is what one sees and presses at a point."""


def both(page: Page) -> None:
    page.wait_for_selector(f"{MAP}[data-beside]", state="attached")


def line(page: Page) -> float:
    frame = page.locator(".atlas-two-rule").bounding_box()
    return frame["x"] + frame["width"] / 2


def geometry(requests: list[str]) -> list[str]:
    return [url for url in requests if "/boundaries/" in url]


def test_a_view_is_kept_beside_and_one_goes_on_from_there(open_map):
    page = open_map(POOR.to_query())
    home = urlsplit(page.url).query
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    page.locator(".atlas-tool[aria-label*='双图']").click()
    both(page)
    page.wait_for_url(re.compile("beside="))
    expect(page.locator(".atlas-two-count")).to_have_text(
        ["仅此图0个，两图都有62个"] * 2
    )
    see(page, "exit_approved_year")
    page.wait_for_url(re.compile("see=exit"))

    # Each side says what it is; the first only has moved on.
    expect(page.locator(".atlas-two-way")).to_have_text(
        [re.compile("退出年度|退出"), "政策项目"]
    )
    expect(page.locator(".atlas-card-legend .atlas-legend")).to_have_count(2)
    assert parse_qs(urlsplit(page.url).query)["beside"] == [POOR.to_query()]
    # Of the geometry nothing came once more, of the rest a few states.
    assert geometry(asked) == []

    page.go_back()
    page.wait_for_function("() => !location.search.includes('see=exit')")
    expect(page.locator(".atlas-two-way")).to_have_text(["", ""])
    page.locator("[data-act=alone]").click()
    expect(page.locator(MAP)).not_to_have_attribute("data-beside", re.compile("."))
    page.wait_for_function("() => !location.search.includes('beside')")
    assert urlsplit(page.url).query == home
    expect(page.locator(".atlas-card-legend .atlas-legend")).to_have_count(1)


def test_a_link_opens_both_and_the_line_is_drawn_aside(open_map):
    page = open_map(BESIDE)
    both(page)
    expect(page.locator(".atlas-two-count")).to_have_text(
        ["仅此图52个，两图都有10个", "仅此图0个，两图都有10个"]
    )
    slider = page.get_by_role("slider", name="两图分界线")
    middle = line(page)
    first, second = page.evaluate(PLACES)
    assert first == pytest.approx(second, abs=1.5)
    row = page.locator(MAP).bounding_box()["y"] + 300
    assert page.evaluate(ABOVE, [middle + 40, row])
    assert not page.evaluate(ABOVE, [middle - 40, row])

    grip = page.locator(".atlas-swipe-grip").bounding_box()
    at = grip["x"] + grip["width"] / 2, grip["y"] + grip["height"] / 2
    page.mouse.move(*at)
    page.mouse.down()
    page.mouse.move(at[0] - 120, at[1], steps=3)
    page.mouse.up()
    assert line(page) == pytest.approx(middle - 120, abs=2)
    assert page.evaluate(ABOVE, [middle - 40, row])
    assert page.evaluate(PLACES)[1] == first, "the map stays where it was"

    take_focus(slider)
    page.keyboard.press("End")
    expect(slider).to_have_attribute("aria-valuenow", "100")
    page.keyboard.press("ArrowLeft")
    expect(slider).to_have_attribute("aria-valuetext", "左图占98%")
    page.keyboard.press("Home")
    expect(slider).to_have_attribute("aria-valuenow", "0")
    assert line(page) == pytest.approx(page.locator(MAP).bounding_box()["x"], abs=2)

    # Where it stands is a part of the address, and of each step of the way back.
    page.wait_for_function("() => location.hash === '#~line=0'")
    page.locator("[data-act=side]").click()
    page.wait_for_function("() => location.search.includes('split=side')")
    page.locator("[data-act=alone]").click()
    page.wait_for_function("() => !location.search.includes('beside')")
    page.go_back()
    page.go_back()
    page.wait_for_function("() => location.hash === '#~line=0'")
    expect(page.locator(MAP)).to_have_attribute("data-split", "swipe")
    expect(slider).to_have_attribute("aria-valuenow", "0")
    page.evaluate("location.hash = '#~line=33.5'")  # as a pasted link does
    expect(slider).to_have_attribute("aria-valuenow", "34")
    page.reload()
    both(page)
    expect(slider).to_have_attribute("aria-valuenow", "34")
    assert page.url.endswith("#~line=33.5")


def test_both_go_to_paper_each_in_its_half(open_map):
    page = open_map(BESIDE)
    both(page)
    before = page.locator(MAP).get_attribute("data-view")
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")

    expect(page.locator(MAP)).to_have_attribute("data-split", "side")
    expect(page.locator(".atlas-two-label")).to_have_text(
        [re.compile("62"), re.compile("10")]
    )
    for shown in page.locator(".atlas-two-label").all():
        expect(shown).to_be_visible()
    second, first = page.evaluate(PLACES)
    assert 0 < first[0] < second[0], "each is on the paper, and no other over it"
    names = page.locator(".atlas-card-legend .atlas-legend-toggle")
    expect(names.filter(has_text="深度贫困县")).to_be_visible()
    expect(page.locator(".atlas-bar-top")).to_be_hidden()

    page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen")
    expect(page.locator(MAP)).to_have_attribute("data-split", "swipe")
    expect(page.locator(MAP)).to_have_attribute("data-view", before)
    assert not urlsplit(page.url).fragment, "no reader has moved it"


def test_side_by_side_they_are_moved_together(open_map):
    page = open_map(f"{BESIDE}&split=side")
    both(page)
    middle = line(page)
    expect(page.get_by_role("slider", name="两图分界线")).to_be_hidden()

    def apart() -> list[float]:
        second, first = page.evaluate(PLACES)
        frame = page.locator(SECOND).bounding_box()["x"]
        left = page.locator(MAP).bounding_box()["x"]
        return [(second[0] - frame) - (first[0] - left), second[1] - first[1]]

    assert apart() == pytest.approx([0, 0], abs=1.5)
    before = page.evaluate(PLACES)
    # From the second half, which moves both.
    page.mouse.move(middle + 150, 500)
    page.mouse.down()
    page.mouse.move(middle + 190, 540, steps=4)
    assert apart() == pytest.approx([0, 0], abs=1.5)
    page.mouse.up()
    page.locator(".leaflet-control-zoom-in").click()
    page.wait_for_function(
        "([w, now]) => document.querySelector(now).getBoundingClientRect().width > w",
        arg=[before[0][2] * 1.3, f"{SECOND} path[data-adcode='{ZHANGBEI}']"],
    )
    page.wait_for_selector(".leaflet-zoom-anim", state="detached")
    assert apart() == pytest.approx([0, 0], abs=1.5)
    # A press on the second opens the county that is seen there.
    place = page.locator(f"{SECOND} path[data-adcode='{ZHANGBEI}']")
    place.click()
    page.wait_for_url(re.compile(f"county={ZHANGBEI}"))


def test_by_finger_on_a_phone_and_a_wrong_word_said(app, watched_page):
    page = watched_page(
        f"{app}/?lang=en&{BESIDE},no_such", width=390, height=844, has_touch=True
    )
    painted(page)
    both(page)
    expect(page.get_by_text("The link was opened as far as possible")).to_be_visible()
    grip = page.locator(".atlas-swipe-grip").bounding_box()
    x, y = grip["x"] + grip["width"] / 2, grip["y"] + grip["height"] / 2
    finger = page.context.new_cdp_session(page)

    def touch(kind: str, *points: tuple[float, float]) -> None:
        finger.send(
            "Input.dispatchTouchEvent",
            {"type": kind, "touchPoints": [{"x": a, "y": b} for a, b in points]},
        )

    touch("touchStart", (x, y))
    touch("touchMove", (x + 40, y))
    touch("touchMove", (x + 90, y))
    touch("touchEnd")
    assert line(page) == pytest.approx(x + 90, abs=2)
    wide = page.evaluate("() => document.documentElement.scrollWidth")
    assert wide <= 390
