"""What tests of the map do with it and read from it."""

import re

from driving import (
    see,
    view,
)
from playwright.sync_api import Page
from shapely import box

ZHANGBEI, FUPING, GUAN = "130722", "130624", "131022"


def press_theme(page: Page, theme: str) -> None:
    see(page, theme)


def fills(page: Page) -> dict[str, str]:
    """Fill of every county; a pattern by the picture that it is, not by its name."""
    return dict(
        page.eval_on_selector_all(
            "path.atlas-county",
            """all => all.map(path => {
              const fill = path.style.fill;
              const id = /#([\\w-]+)/.exec(fill.startsWith('url') ? fill : '');
              const look = id ? document.getElementById(id[1]).innerHTML : fill;
              return [path.dataset.adcode, look];
            })""",
        )
    )


def filled(page: Page, colour: str) -> set[str]:
    return {adcode for adcode, fill in fills(page).items() if fill == colour}


def zoom(page: Page) -> float:
    return float(view(page).split("/")[0])


def act_and_move(page: Page, act) -> None:
    """Do something that moves the map, and wait until it has moved."""
    before = view(page)
    act()
    page.wait_for_function(
        "before => document.querySelector('.folium-map').dataset.view !== before",
        arg=before,
    )


def zoom_in_to(page: Page, level: float) -> None:
    while zoom(page) < level:
        act_and_move(page, page.locator(".leaflet-control-zoom-in").click)


def tool(page: Page, name: str):
    names = ["home", "selection", "graticule", "box", "lasso"]
    return page.locator(".atlas-tool").nth(names.index(name))


def shown_labels(page: Page, selector: str) -> list[dict]:
    return page.eval_on_selector_all(
        selector,
        """all => all.filter(l => l.style.display !== 'none').map(l => {
          const { left, right, top, bottom } = l.getBoundingClientRect();
          return { text: l.textContent, left, right, top, bottom };
        })""",
    )


def overlapping(labels: list[dict]) -> list[tuple[str, str]]:
    shapes = [
        (
            label["text"],
            box(label["left"], label["top"], label["right"], label["bottom"]),
        )
        for label in labels
    ]
    return [
        (text, other)
        for i, (text, shape) in enumerate(shapes)
        for other, other_shape in shapes[:i]
        if shape.intersection(other_shape).area > 1
    ]


def in_link(page: Page) -> set[str]:
    page.wait_for_url(re.compile(r"[?&]in="))
    return set(
        re.search(r"[?&]in=([^&#]*)", page.url)[1].replace("%2C", ",").split(",")
    )


def drag(page: Page, points: list[tuple[float, float]]) -> None:
    page.mouse.move(*points[0])
    page.mouse.down()
    for point in points[1:]:
        page.mouse.move(*point, steps=4)
    page.mouse.up()
