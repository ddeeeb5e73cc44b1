"""The county table as collections of an OGC API, without a database.

tipg brings a collection for PostGIS and a base class for others; this is ours.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Any, Final, NoReturn

import geopandas as gpd
import pandas as pd
from pydantic import PrivateAttr
from starlette.concurrency import run_in_threadpool
from tipg.collections import Collection, Column, Feature, ItemList

from geo.export import geojson
from geo.export.document import as_text
from geo.kept import kept_with_owner
from geo.language import LANGUAGES, N_, speaker
from layers.edition.edition import Edition
from layers.facts.columns import ALL_COUNTIES, EVIDENCE
from layers.files.features import feature_table
from layers.select.choices import Choices
from layers.select.selection import Selection
from layers.themes.style import completeness_note
from views.http.ogc.cql import choose
from views.http.ogc.properties import BETWEEN_LANGUAGES, queryables, separators
from views.http.ogc.query import (
    having,
    in_order,
    no_property,
    not_one_county,
    within_box,
)

GEOMETRY: Final = "geometry"

_ONE_AT_A_TIME: Final = Lock()
"""A crowd that comes first waits for one to make the collections, not each for all."""


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter, read.

    Attributes
    ----------
    condition : dict
        As :func:`views.http.ogc.cql.read` gives it.
    place : callable
        Brings its geometries into longitude and latitude.
    """

    condition: Any
    place: Callable[[Any], Any]


@dataclass(frozen=True, slots=True, eq=False)
class Counties:
    """All counties of one edition as they are answered.

    Attributes
    ----------
    table : geopandas.GeoDataFrame
        Of :func:`layers.files.features.feature_table`.
    features : mapping of str to mapping
        By adcode: the same GeoJSON features as in the file of all counties, but each
        of several polygons, even of one: clients take a layer's type from its first
        feature.
    """

    table: gpd.GeoDataFrame
    features: Mapping[str, Mapping[str, Any]]


class CountyCollection(Collection):
    """The counties of one layer."""

    _every: Counties = PrivateAttr()
    _members: list[str] = PrivateAttr()
    _queryables: Mapping[str, Mapping[str, Any]] = PrivateAttr()
    _separators: Mapping[str, str] = PrivateAttr()
    _choices: Choices = PrivateAttr()

    @classmethod
    def of(cls, edition: Edition, layer: str) -> CountyCollection:
        """Make the collection of a programme, or of all counties.

        Parameters
        ----------
        edition : Edition
            The edition.
        layer : str
            Id of a programme, or :data:`layers.facts.columns.ALL_COUNTIES`.
        """
        every = _counties(edition)
        members = every.table
        if layer != ALL_COUNTIES:
            members = members[members.index.isin(edition.package.members(layer))]
        adcode = Column(name=str(every.table.index.name), type="text")
        attributes = every.table.drop(columns=GEOMETRY)
        properties = [adcode, *(_column(*item) for item in attributes.items())]
        drawn = Column(
            name=GEOMETRY,
            type="geometry",
            geometry_type="MULTIPOLYGON",
            srid=4326,
            # A layer without members has no bounds of its own: those of Hebei then.
            bounds=_bounds(members if len(members) else every.table),
        )
        title, description = _told(edition, layer)
        made = cls(
            type="Table",
            id=layer,
            table=layer,
            title=title,
            description=description,
            table_columns=[*properties, drawn],
            properties=properties,
            id_column=adcode,
            geometry_column=drawn,
        )
        made._every = every
        made._members = list(members.index)
        made._queryables = queryables(
            edition.package,
            {
                column.name: column.json_type
                for column in properties
                if column.name != EVIDENCE
            },
        )
        made._separators = separators(edition.package)
        made._choices = edition.choices
        return made

    @property
    def count(self) -> int:
        """Number of counties."""
        return len(self._members)

    @property
    def queryables(self) -> dict[str, dict[str, Any]]:
        """JSON schemas of the properties by which features can be asked for."""
        return {name: {**schema} for name, schema in self._queryables.items()}

    async def features(self, *_: Any, **asked: Any) -> ItemList:
        """Answer a page of features; see :meth:`page`."""
        # What else tipg hands over belongs to parameters that we do not offer.
        known = (
            "ids_filter",
            "bbox_filter",
            "properties_filter",
            "sortby",
            "properties",
            "limit",
            "offset",
            "cql_filter",
        )
        # Not on the loop, on which all other requests and sessions wait.
        return await run_in_threadpool(
            self.page, **{name: asked[name] for name in known if name in asked}
        )

    async def get_tile(self, *_: Any, **__: Any) -> NoReturn:
        """Refuse: there are no tiles."""
        raise NotImplementedError("no tiles are served")

    def page(
        self,
        *,
        ids_filter: Sequence[str] | None = None,
        bbox_filter: Sequence[float] | None = None,
        properties_filter: Iterable[tuple[str, str]] | None = None,
        sortby: str | None = None,
        properties: Sequence[str] | None = None,
        limit: int | None = None,
        offset: int | None = None,
        cql_filter: Filter | None = None,
    ) -> ItemList:
        """Choose features, sort them, and take a page of them.

        Parameters
        ----------
        ids_filter : sequence of str, optional
            Adcodes, or other codes and names of counties.
        bbox_filter : sequence of float, optional
            As read by :func:`views.http.ogc.query.box`.
        properties_filter : iterable of tuple of str and str, optional
            Property and value; all must be met.
        sortby : str, optional
            As for :func:`views.http.ogc.query.in_order`; without it, by adcode.
        properties : sequence of str, optional
            Which properties to answer.
        limit, offset : int, optional
            How many features from which one.
        cql_filter : Filter, optional
            What must be true of them.

        Raises
        ------
        views.http.ogc.query.RefusedQueryError
            If there is no such property, or it cannot have such a value.
        """
        table = self._every.table.loc[self._members]
        if ids_filter is not None:
            # An empty list is a list: of no county.
            wanted = [self._meant(text) for text in ids_filter]
            table = table[table.index.isin(wanted)]
        for name, value in properties_filter or ():
            if name not in self._queryables:
                raise no_property(name)
            if name == table.index.name:
                value = self._meant(value)
            table = having(
                table,
                name,
                value,
                allowed=self._queryables[name].get("enum"),
                separator=self._separators.get(name),
            )
        if cql_filter is not None:
            table = choose(
                table, cql_filter.condition, self._queryables, cql_filter.place
            )
        if bbox_filter is not None:
            table = within_box(table, bbox_filter)
        if sortby is not None:
            table = in_order(table, sortby, self._queryables)
        names = self._names(properties)

        first = offset or 0
        until = len(table) if limit is None else first + limit
        items = [self._feature(adcode, names) for adcode in table.index[first:until]]
        return ItemList(
            items=items,
            matched=len(table),
            next=until if until < len(table) else None,
            prev=min(max(first - (limit or 0), 0), max(len(table) - (limit or 0), 0))
            if first
            else None,
        )

    def _meant(self, text: str) -> str:
        """Return the adcode of the county that an id is or was; itself if of none."""
        meant = self._choices.meant("counties", text)
        if len(meant) > 1:
            # An address that stands for several things stands for none.
            raise not_one_county(self._choices.divisions, "id", text, status=404)
        return meant[0] if meant else text

    def _names(self, asked: Sequence[str] | None) -> list[str]:
        names = [column.name for column in self.properties]
        if asked is None:
            return names
        for name in asked:
            # ``properties=`` without a name asks for none.
            if name and name not in names:
                raise no_property(name)
        return [name for name in names if name in asked]

    def _feature(self, adcode: str, names: list[str]) -> Feature:
        whole = self._every.features[adcode]
        return Feature(
            type="Feature",
            id=adcode,
            geometry=whole["geometry"],
            properties={name: whole["properties"][name] for name in names},
        )


def collections(edition: Edition) -> Mapping[str, CountyCollection]:
    """Return the collections of an edition by id: all counties, then each programme."""
    with _ONE_AT_A_TIME:
        return _collections(edition)


@kept_with_owner
def _collections(edition: Edition) -> Mapping[str, CountyCollection]:
    layers = (ALL_COUNTIES, *edition.package.programmes)
    return {layer: CountyCollection.of(edition, layer) for layer in layers}


@kept_with_owner
def _counties(edition: Edition) -> Counties:
    table = feature_table(edition.package, edition.counties("full"), Selection())
    written = json.loads(geojson.write(table, {}))["features"]
    for feature in written:
        # As text: QGIS shows a list in a property as nothing.
        own = feature["properties"]
        own[EVIDENCE] = as_text(own[EVIDENCE])
        drawn = feature["geometry"]
        if drawn["type"] == "Polygon":
            drawn |= {"type": "MultiPolygon", "coordinates": [drawn["coordinates"]]}
    return Counties(table, {feature["id"]: feature for feature in written})


def _told(edition: Edition, layer: str) -> tuple[str, str]:
    titles, descriptions = [], []
    for language in LANGUAGES:
        say = speaker(language)
        note = ""
        if layer == ALL_COUNTIES:
            title = say(N_("All counties of Hebei"))
        else:
            programme = edition.package.programmes[layer]
            title = programme.name(language)
            note = completeness_note(programme, language)
        titles.append(title)
        descriptions.append(say.clauses(filter(None, (title, note))))
    return BETWEEN_LANGUAGES.join(titles), BETWEEN_LANGUAGES.join(descriptions)


def _column(name: object, values: pd.Series) -> Column:
    kind = "text"
    if pd.api.types.is_bool_dtype(values):
        kind = "boolean"
    elif pd.api.types.is_integer_dtype(values):
        kind = "integer"
    elif pd.api.types.is_float_dtype(values):
        kind = "float8"
    return Column(name=str(name), type=kind)


def _bounds(table: gpd.GeoDataFrame) -> list[float]:
    return [round(float(bound), geojson.DECIMALS) for bound in table.total_bounds]
