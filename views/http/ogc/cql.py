"""Filters in CQL2 (OGC 21-065r2), read by the library of that name.

Every comparison has three values: of a county of which nothing is known, neither a
condition nor its contrary is true, and it is not chosen.
"""

from __future__ import annotations

import json
import operator
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely.geometry import shape

from geo.language import N_
from views.http.ogc.query import SHOWN, RefusedQueryError, no_property

LANGUAGES: Final = ("cql2-text", "cql2-json")

LONGEST: Final = 4_000
"""Characters of a filter."""

DEEPEST: Final = 30
"""Brackets within brackets. The library's parser calls itself for each."""

MOST_OPERATORS: Final = 200
"""Signs and words that join or turn parts: the parser calls itself for these, too, and
some thousands of them end the whole server."""

_OPERATOR: Final = re.compile(r"[-+*/%^]|\b(?:and|or|not|div)\b", re.IGNORECASE)

GEOMETRY: Final = "geometry"

Node = Any
"""A part of a filter as CQL2 JSON has it."""

_COMPARISONS: Final[Mapping[str, Callable[[Any, Any], Any]]] = {
    "=": operator.eq,
    "<>": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_ARITHMETIC: Final[Mapping[str, Callable[[Any, Any], Any]]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "%": operator.mod,
    "div": operator.floordiv,
    "^": operator.pow,
}
_SPATIAL: Final[Mapping[str, Callable[[Any, Any], Any]]] = {
    "s_intersects": shapely.intersects,
    "s_disjoint": shapely.disjoint,
    "s_within": shapely.within,
    "s_contains": shapely.contains,
    "s_touches": shapely.touches,
    "s_crosses": shapely.crosses,
    "s_overlaps": shapely.overlaps,
    "s_equals": shapely.equals,
}


def read(text: str, language: str) -> Node:
    """Read a filter.

    Parameters
    ----------
    text : str
        The filter.
    language : {"cql2-text", "cql2-json"}
        In which it is written.

    Raises
    ------
    RefusedQueryError
        If it is none, or too long or too deep to be read.
    """
    import cql2  # slow to load

    depth = deepest = 0
    for mark in text:
        depth += (mark in "([{") - (mark in ")]}")
        deepest = max(deepest, depth)
    operators = sum(1 for _ in _OPERATOR.finditer(text[: LONGEST + 1]))
    if len(text) > LONGEST or deepest > DEEPEST or operators > MOST_OPERATORS:
        raise RefusedQueryError(
            N_(
                "The filter is too long: at most {length} characters, {operators} "
                "operators, and {depth} brackets in one another."
            ),
            length=LONGEST,
            operators=MOST_OPERATORS,
            depth=DEEPEST,
        )
    try:
        if language == "cql2-json":
            json.loads(text)
            return cql2.parse_json(text).to_json()
        return cql2.parse_text(text).to_json()
    except (ValueError, RecursionError, cql2.ParseError, cql2.ValidationError) as error:
        raise RefusedQueryError(
            N_("The filter is no CQL2: {filter} ({why})"),
            filter=text,
            why=" ".join(str(error).split())[:SHOWN],
        ) from error


def choose(
    table: gpd.GeoDataFrame,
    condition: Node,
    known: Iterable[str],
    place: Callable[[Any], Any] = lambda geometry: geometry,
) -> gpd.GeoDataFrame:
    """Choose the rows of which a filter is true.

    Parameters
    ----------
    table : geopandas.GeoDataFrame
        The rows.
    condition
        As :func:`read` gives it.
    known : iterable of str
        Properties that can be asked for, besides the geometry.
    place : callable, optional
        Brings a geometry of the filter into the system of the table.

    Raises
    ------
    RefusedQueryError
        If it asks for what there is not, or compares what cannot be compared.
    """
    try:
        found = _Evaluation(table, {*known}, place).truth(condition)
    except RecursionError as error:
        raise _impossible("…") from error
    return table[found.fillna(False).to_numpy(dtype=bool)]


class _Evaluation:
    def __init__(
        self,
        table: gpd.GeoDataFrame,
        known: set[str],
        place: Callable[[Any], Any],
    ) -> None:
        self._table = table
        self._known = known
        self._place = place

    def truth(self, node: Node) -> pd.Series:
        """Return whether a condition is true of each row; missing if not known."""
        if isinstance(node, bool):
            return self._column(pd.array([node] * len(self._table), dtype="boolean"))
        if "property" in node if isinstance(node, dict) else False:
            value = self.value(node)
            if not pd.api.types.is_bool_dtype(value):
                raise _impossible(node)
            return value.astype("boolean")
        if not isinstance(node, dict) or "op" not in node:
            raise _impossible(node)
        op, args = str(node["op"]).lower(), node.get("args", [])
        if op in {"and", "or"}:
            parts = [self.truth(part) for part in args]
            joined = operator.and_ if op == "and" else operator.or_
            found = parts[0]
            for part in parts[1:]:
                found = joined(found, part)
            return found
        if op == "not":
            return ~self.truth(args[0])
        if op == "isnull":
            return self._column(self.value(args[0]).isna().astype("boolean"))
        if op in _SPATIAL:
            return self._spatial(op, args, node)
        if op == "between":
            low, high = (
                {"op": way, "args": [args[0], bound]}
                for way, bound in ((">=", args[1]), ("<=", args[2]))
            )
            return self.truth(low) & self.truth(high)
        if op == "in":
            parts = [self.truth({"op": "=", "args": [args[0], v]}) for v in args[1]]
            found = parts[0]
            for part in parts[1:]:
                found = found | part
            return found
        if op == "like":
            return self._like(args, node)
        if op in _COMPARISONS:
            return self._compare(op, args, node)
        raise _impossible(node)

    def value(self, node: Node) -> pd.Series:
        """Return what an expression is in each row."""
        if isinstance(node, dict) and "property" in node:
            name = str(node["property"])
            if name == self._table.index.name:
                index: pd.Series = self._table.index.to_series()
                return index
            if name not in self._known:
                raise no_property(name)
            column: pd.Series = self._table[name]
            return column
        if isinstance(node, bool | int | float | str):
            return self._column(pd.array([node] * len(self._table)))
        if isinstance(node, dict) and "op" in node:
            op, args = str(node["op"]).lower(), node.get("args", [])
            if op == "casei":
                folded: pd.Series = self._text(args[0]).str.casefold()
                return folded
            if op in _ARITHMETIC:
                left, right = (self._number(part) for part in (*args, 0)[:2])
                if op == "^" and bool((right.abs() > 64).any()):
                    raise _impossible(node)  # of such powers none is a number here
                found: pd.Series = _ARITHMETIC[op](left, right)
                return found.replace([np.inf, -np.inf], np.nan)
        raise _impossible(node)

    def _compare(self, op: str, args: list[Node], node: Node) -> pd.Series:
        left, right = (self.value(part) for part in args)
        kinds = {_kind(left), _kind(right)}
        if kinds == {"truth", "number"}:
            # A program may have only 0 and 1 for what is true or not.
            left, right = left.astype("Float64"), right.astype("Float64")
        elif len(kinds) > 1 or (kinds == {"truth"} and op not in {"=", "<>"}):
            raise _impossible(node)
        found = pd.Series(pd.NA, self._table.index, dtype="boolean")
        both = (left.notna() & right.notna()).to_numpy()
        compared = _COMPARISONS[op](left[both].to_numpy(), right[both].to_numpy())
        found[both] = np.asarray(compared, dtype=bool)
        return found

    def _like(self, args: list[Node], node: Node) -> pd.Series:
        pattern = args[1]
        fold = isinstance(pattern, dict) and str(pattern.get("op")).lower() == "casei"
        if fold:
            pattern = str(pattern["args"][0]).casefold()
        if not isinstance(pattern, str):
            raise _impossible(node)
        texts = self.value(args[0])
        if _kind(texts) != "text":
            raise _impossible(node)
        found = texts.astype("string").str.fullmatch(_expression(pattern))
        return found.astype("boolean").mask(texts.isna())

    def _spatial(self, op: str, args: list[Node], node: Node) -> pd.Series:
        if len(args) != 2 or args[0] != {"property": GEOMETRY}:
            raise _impossible(node)
        try:
            literal = args[1]
            asked = (
                shapely.box(*literal["bbox"]) if "bbox" in literal else shape(literal)
            )
        except (TypeError, KeyError, ValueError, AttributeError, shapely.GEOSException):
            raise _impossible(node) from None
        found = _SPATIAL[op](self._table.geometry.to_numpy(), self._place(asked))
        return self._column(pd.array(found, dtype="boolean"))

    def _number(self, node: Node) -> pd.Series:
        value = self.value(node)
        if _kind(value) != "number":
            raise _impossible(node)
        return value.astype("Float64")

    def _text(self, node: Node) -> pd.Series:
        value = self.value(node)
        if _kind(value) != "text":
            raise _impossible(node)
        return value.astype("string")

    def _column(self, values: Any) -> pd.Series:
        return pd.Series(np.asarray(values) if values is None else values).set_axis(
            self._table.index
        )


def _kind(values: pd.Series) -> str:
    if pd.api.types.is_bool_dtype(values):
        return "truth"
    return "number" if pd.api.types.is_numeric_dtype(values) else "text"


def _expression(pattern: str) -> str:
    r"""Return the regular expression of a pattern of LIKE.

    Examples
    --------
    >>> _expression("张%"), _expression("a_b"), _expression("100\\%")
    ('张.*', 'a.b', '100%')
    """
    parts = re.findall(r"\\.|.", pattern, re.DOTALL)
    wild = {"%": ".*", "_": "."}
    return "".join(wild.get(p) or re.escape(p[-1]) for p in parts)


def _impossible(node: Node) -> RefusedQueryError:
    text = node if isinstance(node, str) else json.dumps(node, ensure_ascii=False)
    return RefusedQueryError(
        N_("The filter asks for what cannot be: {part}"), part=text
    )
