"""The OGC API's answers for people: links that can be followed, and the JSON.

tipg's own pages load scripts and styles from other hosts.
"""

from __future__ import annotations

import json
from typing import Any, Final

from starlette.responses import HTMLResponse

from views.http import layer_page

TITLE: Final = {"zh": "冀图 OGC API", "en": "Hebei Programme Atlas, OGC API"}


def page(title: str, data: dict[str, Any]) -> HTMLResponse:
    """Answer what the service says as a page.

    Parameters
    ----------
    title : str
        What is answered.
    data : dict
        The answer as for programs.
    """
    parts = [data, *data.get("collections", []), *data.get("features", [])]
    # By address: tipg links from each feature to the collection again.
    links: dict[str, str] = {}
    for part in parts:
        for known in part.get("links", []):
            if not known.get("templated"):
                text = known.get("title") or known["rel"]
                if part is not data:
                    text = f"{_name(part)}: {text}"
                links.setdefault(known["href"], text)
    items = "".join(
        f"<li>{layer_page.link(address, text)}</li>" for address, text in links.items()
    )
    text = json.dumps(_legible(data), ensure_ascii=False, indent=2)
    heading = {language: f"{name}: {title}" for language, name in TITLE.items()}
    body = f"<ul>{items}</ul>\n<pre>{layer_page.both({'zh': text, 'en': text})}</pre>"
    return HTMLResponse(layer_page.frame(heading, body), headers=layer_page.POLICY)


def _name(part: dict[str, Any]) -> str:
    name = part.get("title") or part.get("properties", {}).get("name")
    return " ".join(filter(None, (part["id"], name)))


def _legible(data: Any) -> Any:
    """Leave out links, which stand above, and the many numbers of coordinates."""
    if isinstance(data, dict):
        return {
            name: "…" if name == "coordinates" else _legible(value)
            for name, value in data.items()
            if name != "links"
        }
    return [_legible(value) for value in data] if isinstance(data, list) else data
