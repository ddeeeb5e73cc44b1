"""The OGC API's answers for people: links that can be followed, and the JSON.

tipg's own pages load scripts and styles from other hosts.
"""

from __future__ import annotations

import json
from html import escape
from typing import Any, Final

from layers.edition.served import SERVED
from layers.files.terms import terms as terms_of
from views.http import layer_page

TITLE: Final = {"zh": "冀图 OGC API", "en": "Hebei Programme Atlas, OGC API"}


def page(data: dict[str, Any], title: str = "") -> bytes:
    """Write what the service says as a page.

    Parameters
    ----------
    data : dict
        The answer as for programs.
    title : str, optional
        What is answered, if the answer has no title of its own.
    """
    title = title or data.get("title") or next(iter(data), "")
    parts = [data, *data.get("collections", []), *data.get("features", [])]
    # By address: tipg links from each feature to the collection again.
    links: dict[str, str] = {}
    for part in parts:
        for known in part.get("links", []):
            # To other hosts, of which terms are, no page leads.
            if not known.get("templated") and known["rel"] != "license":
                text = known.get("title") or known["rel"]
                if part is not data:
                    text = f"{_name(part)}: {text}"
                links.setdefault(known["href"], text)
    items = "".join(
        f"<li>{layer_page.link(address, text)}</li>" for address, text in links.items()
    )
    text = json.dumps(_legible(data), ensure_ascii=False, indent=2)
    heading = {language: f"{name}: {title}" for language, name in TITLE.items()}
    body = (
        f"<ul>{items}</ul>\n<pre>{layer_page.both({'zh': text, 'en': text})}</pre>\n"
        f"<footer>{_credit()}</footer>"
    )
    return layer_page.frame(heading, body)


def _credit() -> str:
    """Write the credit of the boundaries and the terms, as every page bears them."""
    package = SERVED.edition().package
    drawn = package.boundaries.metadata()
    credit = {"zh": drawn.credit_zh, "en": drawn.credit_en}
    terms = (
        f"<li>{escape(t.title)} {escape(t.address)}</li>" for t in terms_of(package)
    )
    return f"<p>{layer_page.both(credit)}</p><ul>{''.join(terms)}</ul>"


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
