"""Jobs of a new user take the presses that docs/keyboard.md counts, and no more."""

import json
import re

from driving import expect_selected, painted, take
from playwright.sync_api import expect

from layers.select.selection import Selection


def test_a_selection_is_a_geojson_after_four_presses(app, watched_page, counties):
    page = watched_page(f"{app}/", locale="en-US", width=1366, height=768)
    painted(page)
    page.locator("[data-word='any_of:poor_county:remove']").click()
    page.locator(".atlas-add").click()
    # Why fewer are named than counted is said before anything is pressed.
    relocation = page.locator(".atlas-option", has=take(page, "relocation"))
    expect(relocation).to_contain_text("38 counted, 10 named")
    take(page, "paired_with_beijing").click()
    wanted = Selection(all_of=("paired_with_beijing",), any_of=("deep_poverty",))
    expect_selected(page, wanted.apply(counties))
    save = page.get_by_role("button", name="Save the selected counties as GeoJSON")
    with page.expect_download() as saved:
        save.click()

    content = json.loads(saved.value.path().read_text("utf-8"))
    found = {feature["properties"]["adcode"] for feature in content["features"]}
    assert found == {*wanted.apply(counties)}
    told = page.locator(".atlas-quick-told")
    expect(told).to_have_text(re.compile(r"^Downloaded: .*\.geojson"))
    expect(told).to_have_attribute("data-how", "done")


def test_two_prefectures_take_two_presses_and_arrows_lead_to_them(
    app, watched_page, counties
):
    page = watched_page(f"{app}/", locale="en-US", width=1366, height=768)
    painted(page)
    poor = ("poor_county", "deep_poverty")
    page.get_by_role("button", name="Zhangjiakou", exact=True).click()
    one = Selection(any_of=poor, prefectures=("130700",))
    expect_selected(page, one.apply(counties))
    expect(page.locator("[data-prefecture='130700']")).to_have_attribute(
        "aria-pressed", "true"
    )
    expect(page.locator("[data-prefecture='130700']")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    both = Selection(any_of=poor, prefectures=("130700", "130800"))
    expect_selected(page, both.apply(counties))
    expect(page.locator("[data-prefecture][tabindex='0']")).to_have_count(1)


def test_what_is_typed_finds_every_kind_of_condition(app, watched_page):
    page = watched_page(f"{app}/?lang=zh")
    painted(page)
    page.locator(".atlas-add").click()
    box = page.get_by_role("searchbox")
    for typed, value in (
        ("shendu", "deep_poverty"),
        ("ydfpbq", "relocation"),
        ("zjk", "130700"),
        ("Zhangjiakou", "130700"),
    ):
        box.fill(typed)
        expect(page.locator(".atlas-take").first).to_have_attribute("data-value", value)
    box.fill("changzhurenkou2020")
    box.press("Enter")
    expect(page.locator(".atlas-range input").first).to_be_focused()
