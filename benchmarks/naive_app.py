"""The naive application: its page and Leaflet from the same package as ours."""

from typing import Final

import streamlit as st
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from layers.webmap.script_files import asset

MEDIA_TYPES: Final = {"leaflet.js": "text/javascript", "leaflet.css": "text/css"}


async def leaflet(request: Request) -> Response:
    """Answer a file of Leaflet, as cacheable as ours."""
    name = request.path_params["name"]
    if name not in MEDIA_TYPES:
        return Response(status_code=404)
    return Response(
        asset(name),
        media_type=MEDIA_TYPES[name],
        headers={"Cache-Control": "public, max-age=31536000, immutable"},
    )


app = st.App("naive_page.py", routes=[Route("/leaflet/{name}", leaflet)])
