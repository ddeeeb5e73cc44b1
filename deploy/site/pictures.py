"""Pictures of the guide, taken from the running atlas: ``make pictures``.

Each scene is what a page of the guide tells of, opened in either language as a reader
would come to it. Letters are those of the machine's fonts.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Final

from PIL import Image
from playwright.sync_api import FloatRect, Page, sync_playwright

from geo.language import LANGUAGES, Language

ROOT: Final = Path(__file__).parents[2]
FOLDER: Final = ROOT / "docs" / "guide" / "pictures"
CHROMIUM: Final = "/usr/bin/chromium-headless-shell"

WIDTH, HEIGHT = 1366, 768
QUALITY: Final = 78
_PATIENCE: Final = 90_000

_OWN: Final = """县名,农民收入(元)
张北县,11620
康保县,11180
沽源县,11540
尚义县,10990
蔚县,12870
阳原县,11910
怀安县,12460
万全县,13350
赤城县,11770
涿鹿县,14280
崇礼区,13760
宣化县,13120
下花园区,14890
张家口经开区,15200
"""
"""Made up, to show how a table is joined: a former name, a zone, the rest as it is."""

Scene = Callable[[Page, str, Language], FloatRect | None]


def _map(page: Page, address: str) -> None:
    page.goto(address)
    page.wait_for_selector(".folium-map[data-painted]", state="attached")
    _settle(page)


def _settle(page: Page, pause: int = 1500) -> None:
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(pause)


def _opening(page: Page, here: str, language: Language) -> FloatRect | None:
    _map(page, f"{here}/?lang={language}")
    return None


def _sentence(page: Page, here: str, language: Language) -> FloatRect | None:
    _map(page, f"{here}/?lang={language}")
    page.locator(".atlas-sentence button").first.click()
    _settle(page)
    return {"x": 0, "y": 50, "width": 1120, "height": 560}


def _condition(page: Page, here: str, language: Language) -> FloatRect | None:
    _map(page, f"{here}/?lang={language}")
    page.locator(".atlas-add").click()
    _settle(page)
    return {"x": 0, "y": 50, "width": WIDTH, "height": 640}


def _card(page: Page, here: str, language: Language) -> FloatRect | None:
    _map(page, f"{here}/?all=deep_poverty&county=130722&lang={language}")
    return None


def _exits(page: Page, here: str, language: Language) -> FloatRect | None:
    _map(page, f"{here}/?all=poor_county&see=exit_assessed_year&lang={language}")
    return None


def _numbers(page: Page, here: str, language: Language) -> FloatRect | None:
    pair = "age_65_share_2020.illiterate_share_2020"
    _map(page, f"{here}/?see={pair}&lang={language}")
    return None


def _county(page: Page, here: str, language: Language) -> FloatRect | None:
    page.goto(f"{here}/county?county=130709&lang={language}")
    page.wait_for_selector("h1")
    _settle(page, 3000)
    return None


def _why(page: Page, here: str, language: Language) -> FloatRect | None:
    _county(page, here, language)
    why = page.locator(".atlas-block summary, summary").filter(
        has_text={"zh": "为什么？", "en": "Why?"}[language]
    )
    why.nth(3).click()
    why.nth(4).scroll_into_view_if_needed()
    page.mouse.move(0, 0)
    _settle(page)
    return None


def _compare(page: Page, here: str, language: Language) -> FloatRect | None:
    page.goto(f"{here}/compare?compared=130722,130709,130828&lang={language}")
    page.wait_for_selector("table")
    page.mouse.move(0, 0)
    _settle(page, 3000)
    return None


def _statistics(page: Page, here: str, language: Language) -> FloatRect | None:
    page.goto(f"{here}/statistics?lang={language}")
    page.wait_for_selector("table")
    _settle(page, 3000)
    return None


def _targets(page: Page, here: str, language: Language) -> FloatRect | None:
    page.goto(f"{here}/targets?lang={language}")
    page.wait_for_selector("h1")
    _settle(page, 3000)
    return None


def _export(page: Page, here: str, language: Language) -> FloatRect | None:
    _map(page, f"{here}/?lang={language}")
    page.locator(".atlas-tab").nth(1).click()
    _settle(page)
    return {"x": 0, "y": 300, "width": WIDTH, "height": HEIGHT - 300}


def _print(page: Page, here: str, language: Language) -> FloatRect | None:
    _map(page, f"{here}/?lang={language}")
    page.locator(".atlas-tab").nth(2).click()
    _settle(page)
    return {"x": 0, "y": 300, "width": WIDTH, "height": HEIGHT - 300}


def _own(page: Page, here: str, language: Language) -> FloatRect | None:
    page.goto(f"{here}/own?lang={language}")
    page.wait_for_selector("input[type=file]", state="attached")
    table = {"name": "收入.csv", "mimeType": "text/csv", "buffer": _OWN.encode()}
    page.locator("input[type=file]").set_input_files(table)  # type: ignore[arg-type]
    inside = page.frame_locator("iframe")
    inside.locator("path.atlas-county").first.wait_for(state="attached")
    _settle(page, 4000)
    page.set_viewport_size({"width": WIDTH, "height": 2200})
    _settle(page, 2500)
    return {"x": 0, "y": 0, "width": WIDTH, "height": 1500}


def _two(page: Page, here: str, language: Language) -> FloatRect | None:
    beside = "beside=all%3Ddeep_poverty&split=side"
    _map(page, f"{here}/?all=poor_county&{beside}&lang={language}")
    _settle(page, 2500)
    return None


SCENES: Final[Mapping[str, Scene]] = {
    "map": _opening,
    "sentence": _sentence,
    "condition": _condition,
    "card": _card,
    "exits": _exits,
    "two-numbers": _numbers,
    "county": _county,
    "why": _why,
    "compare": _compare,
    "statistics": _statistics,
    "targets": _targets,
    "export": _export,
    "print": _print,
    "own": _own,
    "two-maps": _two,
}
"""Each picture of a page, by its name."""

SHEETS: Final = {"sheet": "poor_county.png?see=exit_assessed_year"}
"""Pictures that the atlas draws itself, made small."""
_SHEET_WIDTH: Final = 620


def take(here: str, folder: Path, names: list[str]) -> Iterator[Path]:
    """Take pictures in both languages; yield each file.

    Parameters
    ----------
    here : str
        Address of the atlas, without a final slash.
    folder : pathlib.Path
        Where they are to lie, by language.
    names : list of str
        Which scenes.
    """
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        for language in LANGUAGES:
            (folder / language).mkdir(parents=True, exist_ok=True)
            for name in names:
                context = browser.new_context(
                    viewport={"width": WIDTH, "height": HEIGHT},
                    locale={"zh": "zh-CN", "en": "en-GB"}[language],
                    reduced_motion="reduce",
                )
                page = context.new_page()
                page.set_default_timeout(_PATIENCE)
                shot = _shot(page, here, language, name)
                context.close()
                file = folder / language / f"{name}.webp"
                image = Image.open(io.BytesIO(shot)).convert("RGB")
                if name in SHEETS:
                    image.thumbnail((_SHEET_WIDTH, 2 * _SHEET_WIDTH))
                image.save(file, "WEBP", quality=QUALITY, method=6)
                yield file


def _shot(page: Page, here: str, language: Language, name: str) -> bytes:
    if name in SHEETS:
        address = f"{here}/layers/{SHEETS[name]}&lang={language}"
        return page.request.get(address, timeout=_PATIENCE).body()
    clip = SCENES[name](page, here, language)
    return page.screenshot(clip=clip) if clip else page.screenshot()


@contextlib.contextmanager
def running() -> Iterator[str]:
    """Start the atlas of this checkout, give its address, stop it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "streamlit_app.py"]
    command += ["--server.port", str(port), "--server.fileWatcherType", "none"]
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)  # noqa: S603
    here = f"http://127.0.0.1:{port}"
    try:
        for _ in range(180):
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"{here}/ready", timeout=5).close()  # noqa: S310
                break
            time.sleep(1)
        yield here
    finally:
        server.terminate()
        server.wait(60)


def main() -> None:
    """Take all pictures, or those that are named."""
    parser = argparse.ArgumentParser(prog="python -m deploy.site.pictures")
    parser.add_argument("scenes", nargs="*", metavar="SCENE")
    parser.add_argument("--address", help="of an atlas that runs already")
    options = parser.parse_args()
    names = options.scenes or [*SCENES, *SHEETS]
    where = contextlib.nullcontext(options.address) if options.address else running()
    with where as here:
        for file in take(here, FOLDER, names):
            print(f"{file.relative_to(ROOT)}: {file.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
