"""The page of a county in a browser: drawn as told, printed on two pages, and found."""

import io
import re
import unicodedata

import pytest
from driving import painted
from playwright.sync_api import Page, expect
from pypdf import PdfReader
from test_accessibility import go_to

from layers.webmap.map_texts import credit

MOST_PAGES = 2
A4 = (595, 842)  # points


@pytest.fixture
def open_county(app, watched_page):
    def opened(county: str = "", language: str = "zh") -> Page:
        page = watched_page(f"{app}/?county={county}&lang={language}")
        painted(page)
        go_to(page, "county")
        page.locator(".stMain .atlas-panel h1").wait_for()
        # A page comes part by part; the last part of each kind of page is waited for.
        last = ".atlas-foot" if county else ".atlas-county-list"
        page.locator(last).wait_for(state="attached")
        return page

    return opened


def plain(text: str) -> str:
    """Text as it is meant: a PDF spells some characters by their radicals."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def spelled(text: str) -> str:
    """A pattern of a text, of which each character may be a radical like it."""
    return "".join(f"[{re.escape(sign)}\u2e80-\u2eff]" for sign in text)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("county", ["130731", "130434"])
def test_a_county_is_printed_on_two_pages(open_county, package, county, language):
    page = open_county(county, language)
    page.locator("path.atlas-locator-county").wait_for()
    pages = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages

    assert len(pages) <= MOST_PAGES
    for one in pages:
        assert [round(float(side)) for side in one.mediabox[2:]] == pytest.approx(
            A4, abs=1
        )
    text = plain("".join(one.extract_text() for one in pages))
    name = package.divisions.named(county, language)
    approval = re.search(r"GS\(\d+\)\d+", credit(package.boundaries, language))[0]
    told = [name, approval, f"county={county}&lang={language}"]
    told += [programme.name(language) for programme in package.programmes.values()]
    for wanted in told:
        # A dash is of another font and may be read out elsewhere.
        for part in re.findall(r"[\w]+", wanted):
            assert re.search(spelled(plain(part)), text), wanted


def test_what_is_folded_is_not_printed_and_what_is_opened_is(open_county):
    page = open_county("130731")
    fold = page.locator(".atlas-groups details").first
    line = fold.locator(".atlas-evidence").first
    page.emulate_media(media="print")
    expect(fold).to_be_hidden()
    page.emulate_media(media="screen")
    fold.locator("summary").first.click()
    page.emulate_media(media="print")
    expect(line).to_be_visible()


def test_marks_lie_where_their_numbers_are(open_county):
    page = open_county("130731")
    rows = page.locator(".atlas-indicator").all()
    assert rows
    for row in rows[:6]:
        line = row.locator(".atlas-dots-line").bounding_box()
        marks = row.locator("svg[data-who]").evaluate_all(
            """all => all.map(one => {
              const box = one.firstElementChild.getBoundingClientRect();
              return [one.dataset.who, box.x + box.width / 2];
            })"""
        )
        numbers = {
            who: float(
                row.locator(f".atlas-of-{who}").inner_text().replace("%", "").strip()
            )
            for who, _ in marks
        }
        # Marks stand in the order of their numbers, and within the line.
        by_place = sorted(marks, key=lambda mark: mark[1])
        by_number = sorted(marks, key=lambda mark: numbers[mark[0]])
        for (_, x), (who, wanted) in zip(by_place, by_number, strict=True):
            assert x == pytest.approx(wanted, abs=2), who
            assert line["x"] - 1 <= x <= line["x"] + line["width"] + 1
        # One scale: two distances are in proportion to two differences.
        (_, first), *_, (_, last) = by_place
        low, *_, high = (numbers[who] for who, _ in by_number)
        for who, x in marks:
            wanted = first + (last - first) * (numbers[who] - low) / (high - low or 1)
            assert x == pytest.approx(wanted, abs=3), who


def test_the_list_filters_as_one_types_and_is_worked_by_keys(open_county):
    page = open_county()
    box = page.locator(".atlas-county-list input")
    shown = page.locator(".atlas-county-list li:not([hidden])")
    count = page.locator(".atlas-county-list .atlas-county-count")
    expect(shown).to_have_count(167)
    expect(count).to_contain_text("167")

    box.fill("zjk")
    expect(shown).to_have_count(16)
    expect(page.locator(".atlas-county-list [role=status]")).to_contain_text("16")
    box.press("ArrowDown")
    expect(shown.first.locator("a")).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(box).to_be_focused()
    page.keyboard.press("Escape")
    expect(shown).to_have_count(167)

    for text in ("崇礼县", "130709", "chongli"):
        box.fill(text)
        expect(shown).to_have_count(1)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("county=130709"))
    expect(page.get_by_role("heading", level=1)).to_have_text("崇礼区")
    # Whoever is back before the list has gone finds it as it was left.
    expect(box).to_have_count(0)
    page.locator(".atlas-back").click()
    expect(shown).to_have_count(167)
