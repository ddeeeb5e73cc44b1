"""What the page of the map will ask for, named in its document, fetched meanwhile.

Its files import each other, so that a browser that finds them one by one asks in
rounds, and asks for the state last of all; Streamlit's own scripts take longer to come
and to run than all of that.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

from geo.markup import Markup, element, joined
from layers.edition.assets import bundle, bundle_address
from layers.edition.edition import Edition
from layers.edition.opening import Opened
from layers.webmap.script_files import FIRST, FIRST_STYLES


def links(edition: Edition, opened: Opened, prefix: str) -> Markup:
    """Return links to what is fetched before the map of an address is painted.

    Parameters
    ----------
    edition : layers.edition.edition.Edition
        The edition served.
    opened : layers.edition.opening.Opened
        What the address says.
    prefix : str
        Path under which the application runs.
    """
    return joined(_links(edition, opened, prefix))


def _links(edition: Edition, opened: Opened, prefix: str) -> Iterator[Markup]:
    files = bundle(edition, prefix)
    for name in FIRST:
        yield element("link", {"rel": "modulepreload", "href": files.address(name)})
    for name in FIRST_STYLES:
        about = {"rel": "preload", "as": "style", "href": files.address(name)}
        yield element("link", about)
    fetched = [bundle_address(edition, "overview", prefix)]
    if opened.address.beside is None:
        parameters = opened.address.parameters() | {"lang": opened.address.language}
        fetched.append(f"{files.address('state.json')}?{urlencode(parameters)}")
    for address in fetched:
        about = {"rel": "preload", "as": "fetch", "crossorigin": "anonymous"}
        yield element("link", {**about, "href": address})
