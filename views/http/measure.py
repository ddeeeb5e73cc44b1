"""Lengths and areas of what is drawn on the map, measured on the ellipsoid."""

from __future__ import annotations

from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from geo.crs import enclosed_km2, path_km
from geo.language import N_
from views.http import answers

MOST_POINTS: Final = 100
"""Of one line; the map ends there as well."""

_FORM: Final = "at=longitude,latitude,longitude,latitude"


async def measure(request: Request) -> Response:
    """Answer length and enclosed area of a line, ``?at=lon,lat,lon,lat``."""
    try:
        points = _points(request.query_params.getlist("at"))
        body = {"length_km": path_km(points), "area_km2": enclosed_km2(points)}
    except ValueError:
        return answers.refuse(
            400,
            N_(
                "A line of 2 to {most} positions in degrees is measured, longitude "
                "before latitude."
            ),
            [{"parameter": "at", "allowed": [_FORM]}],
            {"most": MOST_POINTS},
        )
    return await answers.answer(
        *(request, answers.as_json(body), "application/json", answers.FOR_EVER),
        shared=False,
    )


def _points(given: list[str]) -> list[tuple[float, float]]:
    (at,) = given
    numbers = [float(number) for number in at.split(",")]
    points = list(zip(numbers[::2], numbers[1::2], strict=True))
    on_earth = all(abs(lon) <= 180 and abs(lat) <= 90 for lon, lat in points)
    if not on_earth or not 2 <= len(points) <= MOST_POINTS:
        raise ValueError(at)
    return points
