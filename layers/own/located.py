"""A layer located by county: every row accounted for, counted, added up, measured.

located + outside + faulty = rows, whatever the layer is. A row counts in one county: a
point where it lies, a line or polygon where a point inside it lies; on a border that
several share, in the county of the smallest code.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, Literal

from geo.language import N_, Language, speaker
from layers.own.account import PROBLEMS as JOIN_PROBLEMS
from layers.own.figures import Figure, read_figure
from layers.own.header import cell_at
from layers.own.joined import JoinedTable
from layers.own.layout import Column
from layers.own.placing import Placed
from layers.own.row_numbers import row_numbers

Group = Literal["located", "outside", "faulty"]
GROUPS: Final[tuple[Group, ...]] = ("located", "outside", "faulty")

TITLES: Final = {
    "located": N_("located"),
    "outside": N_("outside of all counties"),
    "faulty": N_("without a usable position"),
}
COUNTED: Final = N_(
    "{rows} {rows:row|rows}: {located} located in {counties} "
    "{counties:county|counties}, {outside} outside, {faulty} without a usable "
    "position. Read in {crs}."
)
SHAPES: Final = {0: N_("points"), 1: N_("lines"), 2: N_("polygons")}

SENTENCES: Final = {
    "outside": N_("It lies {metres} m outside of {county}, the nearest county."),
    "far": N_("It lies {km} km outside of {county}, the nearest county."),
    "no_shape": N_("The row has no position."),
    "unreadable": N_("Its position cannot be read."),
    "impossible": N_("Its coordinates are no position on earth in {crs}."),
    "broken": N_("Its lines cross so that nothing of a shape is left."),
}

PROBLEMS: Final = {
    **JOIN_PROBLEMS,
    "outside": N_(
        "{n} {n:row lies|rows lie} outside of all counties ({n:row|rows} {rows})."
    ),
    "no_shape": N_("{n} {n:row has|rows have} no position ({n:row|rows} {rows})."),
    "unreadable": N_(
        "{n} {n:position|positions} cannot be read ({n:row|rows} {rows})."
    ),
    "impossible": N_(
        "{n} {n:row has|rows have} coordinates that are no position on earth "
        "({n:row|rows} {rows})."
    ),
    "broken": N_("{n} {n:shape is|shapes are} beyond repair ({n:row|rows} {rows})."),
    "mended": N_(
        "{n} {n:shape crosses itself and was|shapes cross themselves and were} made "
        "valid ({n:row|rows} {rows}). Look whether that is what is meant."
    ),
    "partly": N_(
        "{size} of {whole} {unit} of the layer lie outside of all counties and are in "
        "no figure."
    ),
    "overlap": N_(
        "Polygons overlap: {size} {unit} are covered more than once and counted once."
    ),
    "other_county": N_(
        "{n} of {total} rows {n:lies|lie} in another county than {n:it names|they "
        "name} ({n:row|rows} {rows})."
    ),
    "left_out": N_(
        "Column “{column}”: {n} located {n:row has|rows have} no figure and {n:is|are} "
        "left out of sums and means ({n:row|rows} {rows})."
    ),
    "assumed": N_(
        "Longitude and latitude were read as WGS 84. Points from web maps (GCJ-02) are "
        "shifted by up to 600 m, Baidu’s by twice as much, which points alone do not "
        "show."
    ),
    "datum": N_(
        "The layer is in {datum}, whose positions are known in WGS 84 only to some "
        "metres or tens of metres."
    ),
    "mixed": N_(
        "The layer mixes points, lines and polygons; only {kind} are measured."
    ),
}
"""What the planner should know, by code."""

_SAME_DATUM: Final = ("World Geodetic System 1984", "China 2000")
_FAR: Final = 10_000
_NEGLIGIBLE: Final = 0.001


@dataclass(frozen=True, slots=True, kw_only=True)
class Summed:
    """A column of figures over the rows of one county.

    Attributes
    ----------
    total, mean : float
        Over the rows that have a figure.
    rows : int
        How many these are.
    """

    total: float
    mean: float
    rows: int


@dataclass(frozen=True, eq=False, kw_only=True)
class Located:
    """A placed layer with its account.

    Attributes
    ----------
    placed : Placed
        The layer and where its rows lie.
    table : JoinedTable or None
        The same file joined by code or name, if it has them.
    complete : bool
        Whether the user says that the layer shows all there is in the province: then a
        county without a row has none. Without that nobody knows, and it has no value.
    """

    placed: Placed
    table: JoinedTable | None = None
    complete: bool = False

    @cached_property
    def reasons(self) -> tuple[str, ...]:
        """Of each row "located", "outside", or a reason of `SENTENCES`."""
        answer, layer = self.placed.answer, self.placed.layer
        known = dict.fromkeys(answer["impossible"], "impossible")
        known |= dict.fromkeys(answer["broken"], "broken")
        found = []
        for row, (shape, kind, county) in enumerate(
            zip(layer.shapes, self.placed.kinds, self.placed.county, strict=True)
        ):
            if shape is None:
                reason = "no_shape"
            elif row in known:
                reason = known[row]
            elif kind < 0:
                reason = "unreadable" if not shape else "no_shape"
            else:
                reason = "located" if county else "outside"
            found.append(reason)
        return tuple(found)

    def group(self, row: int) -> Group:
        """Say what becomes of a row, counted from 0 in the layer."""
        reason = self.reasons[row]
        return reason if reason in {"located", "outside"} else "faulty"  # type: ignore[return-value] # of the two

    @cached_property
    def counts(self) -> Mapping[Group, int]:
        """Rows in each group; their sum is the number of rows."""
        counted = Counter(self.group(row) for row in range(len(self.reasons)))
        return {group: counted[group] for group in GROUPS}

    @cached_property
    def rows_of(self) -> Mapping[str, tuple[int, ...]]:
        """Rows by county, counted from 0 in the layer; only counties that have one."""
        found: dict[str, list[int]] = {}
        for row, adcode in enumerate(self.placed.county):
            if adcode:
                found.setdefault(adcode, []).append(row)
        return {adcode: tuple(rows) for adcode, rows in sorted(found.items())}

    def figure(self, row: int, column: Column) -> Figure:
        """Return what a row, counted from 0 in the layer, says in a column."""
        layer = self.placed.layer
        cells = layer.upload.sheets[layer.layout.sheet].rows[layer.rows[row]]
        return read_figure(cell_at(cells, column.index))

    @cached_property
    def summed(self) -> Mapping[int, Mapping[str, Summed]]:
        """Sum and mean by column, from 0, and adcode; of rows that have a figure."""
        found: dict[int, dict[str, Summed]] = {}
        for column in self.placed.layer.layout.of_role("value"):
            own = found.setdefault(column.index, {})
            for adcode, rows in self.rows_of.items():
                figures = [self.figure(row, column).number for row in rows]
                known = [float(number) for number in figures if number is not None]
                if known:
                    total = sum(known)
                    own[adcode] = Summed(
                        total=total, mean=total / len(known), rows=len(known)
                    )
        return found

    @cached_property
    def elsewhere(self) -> tuple[tuple[int, ...], int]:
        """Rows that lie in another county than they name, of how many that name one."""
        if self.table is None:
            return (), 0
        layer = self.placed.layer
        numbers = {layer.number(row): row for row in range(len(layer.rows))}
        other, total = [], 0
        for detail in self.table.details:
            row = numbers.get(detail.row.number)
            if row is None or not self.placed.county[row]:
                continue
            if detail.county or detail.verdict.outcome == "duplicate":
                total += 1
                if detail.verdict.adcode != self.placed.county[row]:
                    other.append(row)
        return tuple(other), total

    def told(self, language: Language) -> str:
        """Say the counts, which add up to the rows, in a sentence."""
        return speaker(language)(
            COUNTED,
            rows=len(self.reasons),
            counties=len(self.rows_of),
            crs=self.placed.crs,
            located=self.counts["located"],
            outside=self.counts["outside"],
            faulty=self.counts["faulty"],
        )

    def say(self, row: int, language: Language) -> str:
        """Return why a row, counted from 0 in the layer, is not located; else ""."""
        reason = self.reasons[row]
        say = speaker(language)
        if reason == "located":
            return ""
        if reason != "outside":
            return say(SENTENCES[reason], crs=self.placed.crs)
        adcode, metres = self.placed.near[row]
        text = SENTENCES["far" if metres >= _FAR else "outside"]
        county = f"{self.called(adcode, language)}"
        return say(text, metres=round(metres), km=round(metres / 1000), county=county)

    def called(self, adcode: str, language: Language) -> str:
        """Return the name of a county, its code where no names are known."""
        names = self.placed.counties.names
        return names[adcode][language == "en"] if adcode in names else adcode

    def problems(self, language: Language) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """Yield what the planner should know: a key of `PROBLEMS` and its values."""
        say, placed = speaker(language), self.placed
        layer = placed.layer

        def named(rows: list[int]) -> dict[str, Any]:
            numbers = [layer.number(row) for row in rows]
            return {"n": len(rows), "rows": row_numbers(numbers, language)}

        for note in layer.upload.notes:
            yield note["code"], {}
        if layer.assumed and not placed.chosen:
            yield "assumed", {}
        datum = placed.answer["datum"]
        if datum and not datum.startswith(_SAME_DATUM):
            yield "datum", {"datum": datum}
        for reason in SENTENCES:
            rows = [row for row, why in enumerate(self.reasons) if why == reason]
            if rows and reason in PROBLEMS:
                yield reason, named(rows)
        if placed.answer["mended"]:
            yield "mended", named(placed.answer["mended"])
        if len({kind for kind in placed.kinds if kind >= 0}) > 1:
            yield "mixed", {"kind": say(SHAPES[placed.dimension])}
        yield from self._measured()
        other, total = self.elsewhere
        if other:
            yield "other_county", {**named(list(other)), "total": total}
        for column in layer.layout.of_role("value"):
            lacking = [
                row
                for rows in self.rows_of.values()
                for row in rows
                if self.figure(row, column).number is None
            ]
            if lacking:
                yield "left_out", {"column": column.name, **named(sorted(lacking))}

    def _measured(self) -> Iterator[tuple[str, Mapping[str, Any]]]:
        placed = self.placed
        if placed.dimension < 1:
            return
        unit = "km²" if placed.dimension == 2 else "km"
        beyond = placed.whole - placed.inside
        if beyond > _NEGLIGIBLE * placed.whole:
            about = {"size": f"{beyond:.4g}", "whole": f"{placed.whole:.4g}"}
            yield "partly", {**about, "unit": unit}
        twice = placed.inside - sum(placed.parts.values())
        if placed.dimension == 2 and twice > _NEGLIGIBLE * placed.inside:
            yield "overlap", {"size": f"{twice:.4g}", "unit": unit}
