"""Layers as data sets of catalogues: schema.org for search engines, DCAT for portals.

There is no STAC: it describes scenes and assets over time and space, and would say of a
table of counties no more than that it has a box.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from geo.export import FORMATS
from geo.language import LANGUAGES
from layers.facts.package import Package
from layers.files.terms import terms

MEDIA_TYPE: Final = "application/ld+json"

_DCAT: Final[Mapping[str, Any]] = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "locn": "http://www.w3.org/ns/locn#",
    "geosparql": "http://www.opengis.net/ont/geosparql#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_IANA: Final = "https://www.iana.org/assignments/media-types/"


def schema_org(
    package: Package, layers: Iterable[Mapping[str, Any]], address: str
) -> dict[str, Any]:
    """Describe the layers in the words of schema.org.

    Parameters
    ----------
    package : layers.facts.package.Package
        The facts.
    layers : iterable of mapping
        ``id``, ``name`` and ``description`` (by language) and ``bbox`` of each.
    address : str
        Of the catalogue, absolute: files stand below it.
    """
    drawn = package.boundaries.metadata()
    return {
        "@context": "https://schema.org/",
        "@type": "DataCatalog",
        "@id": address,
        "url": address,
        "name": _in_languages({"zh": "冀图", "en": "Hebei Programme Atlas"}),
        "dataset": [
            {
                "@type": "Dataset",
                "@id": f"{address}/{layer['id']}",
                "url": f"{address}/{layer['id']}.html",
                "name": _in_languages(layer["name"]),
                "description": _in_languages(layer["description"]),
                "identifier": f"{package.digest[:16]}-{layer['id']}",
                "inLanguage": ["zh-CN", "en"],
                "isAccessibleForFree": True,
                "license": [term.address for term in terms(package)],
                "creditText": f"{drawn.credit_zh} · {drawn.credit_en}",
                "spatialCoverage": {
                    "@type": "Place",
                    "geo": {
                        "@type": "GeoShape",
                        # South west and north east, latitude first.
                        "box": "{1} {0} {3} {2}".format(*layer["bbox"]),
                    },
                },
                "distribution": [
                    {
                        "@type": "DataDownload",
                        "encodingFormat": form.media_type.partition(";")[0],
                        "contentUrl": f"{address}/{layer['id']}{form.suffix}",
                        "name": form.label,
                    }
                    for form in FORMATS.values()
                ],
            }
            for layer in layers
        ],
    }


def dcat(
    package: Package, layers: Iterable[Mapping[str, Any]], address: str, service: str
) -> dict[str, Any]:
    """Describe the layers as DCAT 3 in JSON-LD.

    Parameters
    ----------
    package, layers, address
        As for :func:`schema_org`.
    service : str
        Address of the OGC API.
    """
    drawn = package.boundaries.metadata()
    credit = _in_languages({"zh": drawn.credit_zh, "en": drawn.credit_en})
    served = f"{service}#service"
    return {
        "@context": dict(_DCAT),
        "@id": address,
        "@type": "dcat:Catalog",
        "dct:title": _in_languages({"zh": "冀图", "en": "Hebei Programme Atlas"}),
        "dcat:service": {
            "@id": served,
            "@type": "dcat:DataService",
            "dct:title": "OGC API - Features",
            "dcat:endpointURL": {"@id": service},
            "dcat:endpointDescription": {"@id": f"{service}/api"},
            "dct:conformsTo": {
                "@id": "http://www.opengis.net/spec/ogcapi-features-1/1.0/req/core"
            },
        },
        "dcat:dataset": [
            {
                "@id": f"{address}/{layer['id']}",
                "@type": "dcat:Dataset",
                "dct:identifier": layer["id"],
                "dct:title": _in_languages(layer["name"]),
                "dct:description": _in_languages(layer["description"]),
                "dct:publisher": {
                    "@type": "foaf:Agent",
                    "foaf:name": _in_languages(
                        {"zh": drawn.publisher_zh, "en": drawn.publisher_en}
                    ),
                },
                "dct:license": [{"@id": term.address} for term in terms(package)],
                "dct:rights": {
                    "@type": "dct:RightsStatement",
                    "dct:description": credit,
                },
                "dcat:version": package.digest[:16],
                "dct:spatial": {
                    "@type": "dct:Location",
                    "dcat:bbox": {
                        "@type": "geosparql:wktLiteral",
                        "@value": _polygon(layer["bbox"]),
                    },
                },
                "dcat:distribution": [
                    {
                        "@type": "dcat:Distribution",
                        "dct:title": form.label,
                        "dcat:downloadURL": {
                            "@id": f"{address}/{layer['id']}{form.suffix}"
                        },
                        "dcat:mediaType": {
                            "@id": _IANA + form.media_type.partition(";")[0]
                        },
                    }
                    for form in FORMATS.values()
                ]
                + [
                    {
                        "@type": "dcat:Distribution",
                        "dct:title": "OGC API - Features",
                        "dcat:accessURL": {
                            "@id": f"{service}/collections/{layer['id']}"
                        },
                        "dcat:accessService": {"@id": served},
                    }
                ],
            }
            for layer in layers
        ],
    }


def _in_languages(texts: Mapping[str, str]) -> list[dict[str, str]]:
    return [
        {"@language": language, "@value": texts[language]} for language in LANGUAGES
    ]


def _polygon(bounds: tuple[float, float, float, float]) -> str:
    west, south, east, north = bounds
    corners = [(west, south), (east, south), (east, north), (west, north)]
    corners.append(corners[0])
    return f"POLYGON(({', '.join(f'{x} {y}' for x, y in corners)}))"
