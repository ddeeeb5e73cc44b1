"""What a page needs to move the limits of classes by itself, without asking again."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from geo.language import Language
from layers.facts.package import Package
from layers.facts.units import Unit, with_unit
from layers.facts.variables import Variable
from layers.select.breaks import MOST
from layers.select.classing import USUAL_CLASSING, Classing
from layers.themes.palette import ordered_looks

_N = "{n}"


def class_limits(
    package: Package,
    variable: Variable,
    classing: Classing,
    counties: pd.DataFrame,
    language: Language,
) -> dict[str, Any]:
    """Describe the classes of a number, plain enough for JSON.

    Parameters
    ----------
    package : Package
        The facts.
    variable : Variable
        A number.
    classing : Classing
        How it is parted.
    counties : pandas.DataFrame
        The county table.
    language : {"zh", "en"}
        Of the texts.

    Returns
    -------
    dict
        ``method`` and ``classes`` asked for; ``breaks``, the upper bounds of all
        classes but the last; ``values`` in the order of the table, None where there is
        none; ``factor`` by which numbers are multiplied before they are written, and
        ``written``, how then: of any number, of one, of nought.
    """
    column = counties[variable.id].to_numpy(dtype=float, na_value=np.nan)
    known = column[np.isfinite(column)]
    bounds = classing.bounds(known)
    if variable.breaks and classing == USUAL_CLASSING:
        bounds = variable.breaks
    most = float(known.max()) if len(known) else 0.0
    return {
        "method": classing.called,
        "classes": classing.classes,
        "breaks": [_plain(bound) for bound in bounds if bound < most],
        "values": [_plain(value) for value in column.tolist()],
        **_written(package.units.get(variable.unit), language),
    }


def class_looks() -> list[list[list[str]]]:
    """Return colour and texture of each class for one class, for two, and so on."""
    return [[[*look] for look in ordered_looks(n)] for n in range(1, MOST + 1)]


def _written(unit: Unit | None, language: Language) -> dict[str, Any]:
    if unit is None:
        return {"factor": 1, "written": [_N, _N, _N]}
    one, nought = unit.quantity(1, language), unit.quantity(0, language)
    factor = float(unit.number(1, language).replace(",", ""))
    single = unit.number(1, language)
    return {
        "factor": _plain(factor),
        "written": [
            with_unit(_N, unit.name(language), language),
            one.replace(single, _N, 1) if factor == 1 else "",
            nought.replace("0", _N, 1),
        ],
    }


def _plain(value: float) -> float | int | None:
    if not np.isfinite(value):
        return None
    return int(value) if value == int(value) else float(f"{value:.10g}")
