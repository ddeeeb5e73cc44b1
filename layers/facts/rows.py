"""Rows of a table as plain objects, read column by column.

Much faster than ``DataFrame.to_dict`` for the ten thousand rows of a census.
"""

from __future__ import annotations

from typing import Any

import pandas as pd


def records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a table by column, None where a number is missing.

    Parameters
    ----------
    table : pandas.DataFrame
        Text, which is never missing, and nullable numbers.
    """
    columns = [_cells(table[name]) for name in table.columns]
    names = [str(name) for name in table.columns]
    return [
        dict(zip(names, cells, strict=True)) for cells in zip(*columns, strict=True)
    ]


def _cells(column: pd.Series) -> list[Any]:
    if pd.api.types.is_string_dtype(column):  # a text is never missing
        return column.tolist()
    return [None if cell is pd.NA else cell for cell in column.tolist()]
