"""Headers that every answer bears: what a page may do, load and be shown in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final
from urllib.parse import urlsplit

from layers.settings import Settings

_OF_PAGES: Final[Mapping[str, str]] = {
    "default-src": "'self'",
    # Folium's map and Streamlit's page have scripts in the page itself; those of the
    # page's components are loaded from blobs.
    "script-src": "'self' 'unsafe-inline' blob:",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "connect-src": "'self' data: blob:",
    "frame-src": "'self' blob:",
    "worker-src": "'self' blob:",
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
}

_OF_FILES: Final[Mapping[str, str]] = {
    "default-src": "'none'",
    "script-src": "'unsafe-inline'",
    "style-src": "'unsafe-inline'",
    "img-src": "data: blob:",
    "font-src": "data:",
    "base-uri": "'none'",
    "form-action": "'none'",
    # A file that is opened here is no page of ours: its scripts reach nothing of it.
    "sandbox": "allow-scripts allow-downloads allow-popups allow-modals "
    "allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation",
}

_OF_DATA: Final[Mapping[str, str]] = {"default-src": "'none'"}
"""Shown as a page by nobody but who opens its address. It comes with every press on
the map, on slow lines too, where a page's policy would weigh as much as the answer."""

_DATA: Final = ".json"

_FILES: Final = (".html", ".svg")
"""Ends of paths of files that a browser would run as pages of ours."""


class Headers:
    """The headers of answers under some settings.

    Parameters
    ----------
    settings : layers.settings.Settings
        What the office has set.
    base_maps : sequence of mapping
        Of :func:`layers.webmap.basemaps.base_maps`.
    """

    def __init__(self, settings: Settings, base_maps: Iterable[Mapping[str, Any]]):
        tiles = [source for known in base_maps for source in _sources(known)]
        images = " ".join([_OF_PAGES["img-src"], *tiles])
        ancestors = {"frame-ancestors": " ".join(["'self'", *settings.embed])}
        self._page = _policy({**_OF_PAGES, "img-src": images} | ancestors)
        file_images = " ".join([_OF_FILES["img-src"], *tiles])
        self._file = _policy({**_OF_FILES, "img-src": file_images} | ancestors)
        self._data = _policy({**_OF_DATA, **ancestors})
        self._all = {
            "X-Content-Type-Options": "nosniff",
            # Who serves tiles may ask from which site they are wanted, never more.
            "Referrer-Policy": "strict-origin" if tiles else "same-origin",
            "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
        }
        if not settings.embed:
            # For browsers that do not know frame-ancestors.
            self._all["X-Frame-Options"] = "SAMEORIGIN"

    def of(self, path: str) -> Mapping[str, str]:
        """Return the headers of the answer at a path, where it has none of its own."""
        is_file = "/layers/" in path and path.endswith(_FILES)
        policy = self._file if is_file else self._page
        if path.endswith(_DATA):
            policy = self._data
        return {"Content-Security-Policy": policy, **self._all}


def _policy(rules: Mapping[str, str]) -> str:
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def _sources(base_map: Mapping[str, Any]) -> list[str]:
    """List the hosts of a base map, as sources of images."""
    url = str(base_map["url"])
    wanted = base_map["subdomains"] if "{s}" in url else [""]
    parts = [urlsplit(url.replace("{s}", name)) for name in wanted]
    return [f"{part.scheme}://{part.netloc}" for part in parts]
