"""Tables that are edited while a page is open: it goes on with the new edition."""

import shutil
import time

import httpx2
import pytest
from driving import (
    MAP,
    ROOT,
    add_condition,
    choose,
    expect_selected,
    painted,
    running_app,
    take,
)
from playwright.sync_api import expect

from layers.select.selection import Selection


@pytest.fixture
def edited(tmp_path):
    """A copy of the data to edit, and the address of an app that serves it."""
    data = tmp_path / "data"
    shutil.copytree(ROOT / "data", data)
    with running_app(tmp_path / "server.log", data) as address:
        yield data / "attributes" / "variables.csv", address


def test_an_open_page_goes_on_with_the_tables_as_edited(edited, watched_page, counties):
    table, address = edited
    page = watched_page(f"{address}/?prefecture=130700&see=programmes")
    painted(page)
    before = page.locator(MAP).get_attribute("data-view")
    page.locator(".leaflet-control-zoom-in").click()
    expect(page.locator(MAP)).not_to_have_attribute("data-view", before)
    page.wait_for_function("() => location.hash.length > 1")
    position = page.locator(MAP).get_attribute("data-view")

    text = table.read_text("utf-8")
    assert "深度贫困" in text
    table.write_text(text.replace("深度贫困", "特别困难"), "utf-8")
    deadline = time.monotonic() + 60
    while "特别困难" not in httpx2.get(f"{address}/layers").text:
        assert time.monotonic() < deadline, "the new edition is not served"
        time.sleep(0.2)
    page.evaluate("window.ofTheEditionBefore = true")
    add_condition(page, "all_of")
    take(page, "poor_county").click()

    # The page loads anew; until then it answers as before, and what is open is lost.
    page.wait_for_function("() => !window.ofTheEditionBefore")
    painted(page)
    expect(page.locator(MAP)).to_have_count(1)
    expect(page.locator(MAP)).to_have_attribute("data-view", position)
    wanted = Selection(all_of=("poor_county",), prefectures=("130700",))
    expect_selected(page, wanted.apply(counties))

    choose(page, "deep_poverty", "all_of")
    expect(page.locator(".atlas-sentence")).to_contain_text("特别困难")
    both = Selection(all_of=("poor_county", "deep_poverty"), prefectures=("130700",))
    expect_selected(page, both.apply(counties))
    said = page.locator(".atlas-sentence")
    expect(said).to_contain_text(f"{len(both.apply(counties))}个")
