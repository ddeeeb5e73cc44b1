"""Base maps under the counties: none by default, others by the office's settings.

The atlas needs no base map and asks no outside host for one unless whoever runs it sets
an address or a key, and the reader switches it on. The settings are environment
variables: they belong to the machine, not to the data.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any, Final

from geo.language import LANGUAGES, N_, speaker

TILES: Final = "ATLAS_TILES"
"""Address of XYZ tiles with ``{x}``, ``{y}``, ``{z}``, in Web Mercator and WGS 84."""

TILES_CREDIT: Final = "ATLAS_TILES_CREDIT"
"""Credit of those tiles."""

TIANDITU_KEY: Final = "ATLAS_TIANDITU_KEY"
"""Key of the national platform's tile service; a browser's key, it is sent to it."""

_TIANDITU: Final = (
    "https://t{s}.tianditu.gov.cn/%(set)s_w/wmts?SERVICE=WMTS&REQUEST=GetTile"
    "&VERSION=1.0.0&LAYER=%(set)s&STYLE=default&TILEMATRIXSET=w&FORMAT=tiles"
    "&TILEMATRIX={z}&TILEROW={y}&TILECOL={x}&tk=%(key)s"
)


def base_maps(settings: Mapping[str, str] = os.environ) -> list[dict[str, Any]]:
    """List the base maps that the settings allow, each with its credit.

    Parameters
    ----------
    settings : mapping of str to str
        The environment.

    Returns
    -------
    list of dict
        ``name`` and ``credit`` by language, ``url``, ``subdomains``; empty without
        settings. An address without ``{x}``, ``{y}`` and ``{z}`` is left out.

    Examples
    --------
    >>> base_maps({})
    []
    >>> base_maps({TIANDITU_KEY: "abc"})[0]["credit"]["en"]
    'Base map: Tianditu'
    """
    found = []
    url = settings.get(TILES, "")
    if all(place in url for place in ("{x}", "{y}", "{z}")):
        credit = settings.get(TILES_CREDIT) or url.split("/")[2]
        found.append(
            {
                "name": _both(N_("Own base map")),
                "credit": dict.fromkeys(LANGUAGES, credit),
                "url": url,
                "subdomains": "abc",
            }
        )
    key = settings.get(TIANDITU_KEY, "")
    if key.isalnum():
        for layer, title in (
            ("vec", N_("Tianditu vector")),
            ("img", N_("Tianditu imagery")),
        ):
            found.append(
                {
                    "name": _both(title),
                    "credit": _both(N_("Base map: Tianditu")),
                    "url": _TIANDITU % {"set": layer, "key": key},
                    "subdomains": "01234567",
                }
            )
    return found


def _both(message: str) -> dict[str, str]:
    return {language: speaker(language)(message) for language in LANGUAGES}
