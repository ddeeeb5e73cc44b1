"""A table of one's own in the browser: dropped, drawn, taken away."""

import contextlib
import re

import pyogrio
from driving import PATIENCE
from playwright.sync_api import Download, Page, expect
from playwright.sync_api import TimeoutError as TimedOut

INCOME = (
    "县名,年份,农民收入(元)\n张北县,2015,5000\n康宝县,2015,4000\n长安区,2015,9000\n"
    "尚义县,2015,6000\n"
)


def downloaded(page: Page, patience: int) -> Download | None:
    """Press the button; nothing comes of it if the page is just being run again."""
    with contextlib.suppress(TimedOut):
        with page.expect_download(timeout=patience) as started:
            page.get_by_role("button", name="下载", exact=True).click()
        return started.value
    return None


def test_a_dropped_table_is_drawn_and_taken_away(app, watched_page, tmp_path):
    page = watched_page(f"{app}/own")
    page.locator("input[type=file]").set_input_files(
        {"name": "收入.csv", "mimeType": "text/csv", "buffer": INCOME.encode()}
    )

    expect(
        page.get_by_text("共4行：已匹配3行，不参与匹配0行，待处理1行")
    ).to_be_visible(timeout=PATIENCE)
    inside = page.frame_locator("iframe")
    expect(inside.locator("path.atlas-county")).to_have_count(167, timeout=PATIENCE)
    expect(inside.locator(".atlas-legend")).to_contain_text("文件中没有该县的数值")

    # The map asks for what is said of a county when somebody wants it, and finds one.
    expect(inside.locator("#one-file-notes")).to_contain_text("收入.csv")
    inside.get_by_role("combobox").press_sequentially("zhangbei")
    inside.get_by_role("option", name="张北县").first.click(timeout=PATIENCE)
    panel = inside.locator("#one-file-panel")
    expect(panel.get_by_role("heading", name="张北县")).to_be_focused()
    expect(panel).to_contain_text("5,000元", timeout=PATIENCE)
    expect(panel).to_contain_text("深度贫困")
    panel.get_by_role("button", name="关闭").click()
    expect(panel).to_contain_text("点击")

    # The limit of a class is moved by keys: the map in its frame follows, and the
    # breaks are typed in.
    limit = page.get_by_role("slider", name="分级界限，第2个，共2个")
    limit.press("Home")
    second = inside.locator(".atlas-legend-name").nth(1)
    expect(second).to_have_text("6,000至9,000元")
    expect(page.get_by_role("textbox", name="各级上限（末级除外）")).to_have_value(
        re.compile(r"5000; 50\d\d"), timeout=PATIENCE
    )
    expect(second).to_have_text("6,000至9,000元")

    # A county of the scatter chart opens on the map, where it is brought into sight.
    behind = page.locator(".st-key-own-scatter-table")
    behind.locator("summary").click()
    behind.get_by_role("button", name="张北县").click()
    expect(panel.get_by_role("heading", name="张北县")).to_be_visible(timeout=PATIENCE)
    expect(panel.get_by_role("heading", name="张北县")).to_be_in_viewport()

    # What has no county is offered to be settled, by name and reason.
    expect(page.get_by_text("未匹配到县的行：待处理1行")).to_be_visible()

    choice = page.get_by_role("combobox", name="导出文件（含自有数据列）")
    choice.click()
    choice.fill("GeoPackage")
    page.get_by_role("option", name="GeoPackage").first.click()
    # Until the page has run with the choice: a first press is often lost, so that it is
    # not waited for as long as for those that a slow machine answers late.
    for patience in (PATIENCE // 30, PATIENCE // 9, *[PATIENCE // 3] * 18):
        download = downloaded(page, patience)
        if download and download.suggested_filename.endswith(".gpkg"):
            break
        page.wait_for_timeout(500)
    file = tmp_path / "own.gpkg"
    download.save_as(file)
    table = pyogrio.read_dataframe(file, layer="hebei_counties", read_geometry=False)
    known = table.set_index("adcode").filter(like="own_").dropna(how="all")
    assert {code: row.iloc[0] for code, row in known.iterrows()} == {
        "130722": 5000,
        "130102": 9000,
        "130725": 6000,
    }

    # Kept by a press, they go with the link of the map: a colleague has them there.
    page.locator("summary").filter(has_text="留给同事").click()
    page.get_by_role("button", name="留给同事", exact=True).click()
    expect(page.get_by_text("任何人有了下面的链接")).to_be_visible(timeout=PATIENCE)
    page.get_by_role("link", name="地图", exact=True).click()
    beside = page.locator(".st-key-own-kept-map")
    expect(beside).to_contain_text("本页链接带有自有数据“收入.csv”", timeout=PATIENCE)
    expect(page).to_have_url(re.compile("kept="))

    colleague = watched_page(page.url)
    expect(colleague.locator(".st-key-own-kept-map")).to_contain_text("收入.csv")
    colleague.get_by_role("link", name="打开自有数据").click()
    expect(
        colleague.get_by_text("共4行：已匹配3行，不参与匹配0行，待处理1行")
    ).to_be_visible(timeout=PATIENCE)
    beside.get_by_role("button", name="链接中不再带上").click()
    expect(beside).to_have_count(0)
    expect(page).not_to_have_url(re.compile("kept="))


def test_a_layer_is_drawn_over_the_counties_with_its_columns_as_text(app, watched_page):
    table = "学校,经度,纬度\n<b>甲</b>{{7*7}},114.54,38.05\n乙,116.9,38.3\n"
    page = watched_page(f"{app}/own")
    page.locator("input[type=file]").set_input_files(
        {"name": "学校.csv", "mimeType": "text/csv", "buffer": table.encode()}
    )

    expect(page.get_by_text("共2行：已定位2行")).to_be_visible(timeout=PATIENCE)
    inside = page.frame_locator("iframe")
    points = inside.locator("path.atlas-own-point")
    expect(points).to_have_count(2, timeout=PATIENCE)
    points.first.hover()
    expect(inside.locator(".atlas-tooltip")).to_contain_text("学校: <b>甲</b>{{7*7}}")

    inside.get_by_role("checkbox", name="学校.csv").uncheck()
    expect(points).to_have_count(0)
