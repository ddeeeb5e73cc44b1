"""What the OGC API says of itself: conformance classes and its OpenAPI document."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from geo import __version__
from geo.kept import kept_with_owner
from layers.edition.edition import Edition
from views.http.layer_page import FORMS
from views.http.ogc import LIMIT_MOST
from views.http.ogc.cql import LANGUAGES, LONGEST
from views.http.ogc.provider import collections
from views.http.ogc.systems import OFFERED

CONFORMS_TO: Final = tuple(
    f"http://www.opengis.net/spec/{standard}/conf/{name}"
    for standard, names in {
        "ogcapi-common-1/1.0": ("core", "landingPage", "json", "html", "oas30"),
        "ogcapi-common-2/1.0": ("collections",),
        "ogcapi-features-1/1.0": ("core", "geojson", "html", "oas30"),
        "ogcapi-features-2/1.0": ("crs",),
        "ogcapi-features-3/1.0": (
            "filter",
            "features-filter",
            "queryables",
            "queryables-query-parameters",
        ),
        "cql2/1.0": (
            "cql2-text",
            "cql2-json",
            "basic-cql2",
            "advanced-comparison-operators",
            "case-insensitive-comparison",
            "basic-spatial-functions",
            "arithmetic",
        ),
    }.items()
    for name in names
)

LIMIT_USUAL: Final = 10

_OF_ITEMS: Final = (
    *("bbox", "bbox-crs", "crs", "datetime", "ids", "properties", "sortby"),
    *("filter", "filter-lang", "filter-crs"),
)

PARAMETERS: Final[Mapping[str, tuple[str, ...]]] = {
    "/": ("f",),
    "/conformance": ("f",),
    "/collections": ("f",),
    "/collections/{collectionId}": ("f",),
    "/collections/{collectionId}/queryables": ("f",),
    "/collections/{collectionId}/items": ("f", *_OF_ITEMS, "limit", "offset"),
    "/collections/{collectionId}/items/{itemId}": ("f", "crs", "properties"),
}
"""Parameters by path; of items also the queryables of their collection."""

_DESCRIBED: Final[Mapping[str, tuple[str, dict[str, Any]]]] = {
    "f": ("Page or JSON", {"type": "string", "enum": [*FORMS]}),
    "bbox": (
        "West, south, east, north in degrees (CRS84), or six numbers with heights",
        {
            "type": "array",
            "items": {"type": "number"},
            "oneOf": [{"minItems": n, "maxItems": n} for n in (4, 6)],
        },
    ),
    "bbox-crs": ("System of the box", {"type": "string", "enum": [*OFFERED]}),
    "crs": ("System of the answer", {"type": "string", "enum": [*OFFERED]}),
    "filter": ("What must be true, in CQL2", {"type": "string", "maxLength": LONGEST}),
    "filter-lang": (
        "Language of the filter",
        {"type": "string", "enum": [*LANGUAGES], "default": LANGUAGES[0]},
    ),
    "filter-crs": (
        "System of the geometries in the filter",
        {"type": "string", "enum": [*OFFERED]},
    ),
    "datetime": (
        "An instant or a period; counties bear no date and are in any",
        {"type": "string"},
    ),
    "ids": (
        "Counties by code or name, of today or of the past",
        {"type": "array", "items": {"type": "string"}},
    ),
    "properties": (
        "Names of the properties to answer",
        {"type": "array", "items": {"type": "string"}},
    ),
    "sortby": (
        "Names of properties, - before one for descending",
        {"type": "array", "items": {"type": "string"}},
    ),
    "limit": (
        "Features of a page",
        {
            "type": "integer",
            "minimum": 1,
            "maximum": LIMIT_MOST,
            "default": LIMIT_USUAL,
        },
    ),
    "offset": (
        "Features before the first of the page",
        {"type": "integer", "minimum": 0, "default": 0},
    ),
}

_OF_SCHEMA: Final = frozenset({"type", "enum"})
"""Parts of a queryable that OpenAPI 3.0 knows: it has no ``const``."""

_JSON: Final = "application/json"
_GEOJSON: Final = "application/geo+json"
_SCHEMA: Final = "application/schema+json"


@kept_with_owner
def described(edition: Edition) -> dict[str, Any]:
    """Return the OpenAPI 3.0 document of an edition.

    tipg's own is OpenAPI 3.1, whatever it says, and names parameters that are not
    offered here. This one names every collection by its path: clients such as GDAL's
    read there which properties they may ask for.
    """
    paths: dict[str, Any] = {}
    known = dict(_DESCRIBED)
    for path in ("/", "/conformance", "/collections"):
        paths[path] = _operation(path.strip("/") or "landing", PARAMETERS[path], _JSON)
    for layer, collection in collections(edition).items():
        here = f"/collections/{layer}"
        own = collection.queryables
        known |= {name: _told(schema) for name, schema in own.items()}
        for rest, media_type, more in (
            ("", _JSON, ()),
            ("/queryables", _SCHEMA, ()),
            ("/items", _GEOJSON, own),
            ("/items/{itemId}", _GEOJSON, ()),
        ):
            names = (*PARAMETERS[f"/collections/{{collectionId}}{rest}"], *more)
            called = f"{rest.strip('/').replace('/{itemId}', '_one')}_{layer}"
            paths[here + rest] = _operation(called.strip("_"), names, media_type)
            if "{itemId}" in rest:
                paths[here + rest]["get"]["parameters"].append(
                    {
                        "name": "itemId",
                        "in": "path",
                        "required": True,
                        "schema": {"type": "string"},
                    }
                )
    return {
        "openapi": "3.0.3",
        "info": {"title": "冀图 · Hebei Programme Atlas", "version": __version__},
        "paths": paths,
        "components": {
            "parameters": {
                name: {
                    "name": name,
                    "in": "query",
                    "description": text,
                    "required": False,
                    "schema": schema,
                    "style": "form",
                    "explode": False,
                }
                for name, (text, schema) in known.items()
            }
        },
    }


def _told(schema: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """Split a queryable into the description of a parameter and what it may be."""
    rest = {name: part for name, part in schema.items() if name in _OF_SCHEMA}
    return schema["title"], rest


def _operation(called: str, names: tuple[str, ...], media_type: str) -> dict[str, Any]:
    fault: dict[str, Any] = {"content": {_JSON: {}}}
    answers: dict[str, Any] = {
        "200": {
            "description": "What was asked for",
            "content": {media_type: {}, "text/html": {}},
        },
        "206": {"description": "The part that was asked for, of the same"},
        "304": {"description": "What the client has is what it would get"},
        "400": {"description": "A parameter or its value does not exist", **fault},
        "404": {"description": "There is no such collection or feature", **fault},
        "414": {"description": "The address is too long", **fault},
        "416": {"description": "The part lies beyond the end", **fault},
    }
    return {
        "get": {
            "operationId": called,
            "parameters": [
                {"$ref": f"#/components/parameters/{name}"} for name in names
            ],
            "responses": answers,
        }
    }
