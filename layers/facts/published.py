"""Counties of today behind the codes and names that rows of the tables give."""

from __future__ import annotations

import pandas as pd

from geo.divisions import Divisions, UnknownDivisionError


def adcodes_of(rows: pd.DataFrame, divisions: Divisions) -> set[str]:
    """Return the adcodes of the counties that rows name.

    Parameters
    ----------
    rows : pandas.DataFrame
        With ``published_adcode`` and ``published_name``.
    divisions : Divisions
        Codes and names with their crosswalk.
    """
    named = zip(rows["published_adcode"], rows["published_name"], strict=True)
    return {adcode_of(code, name, divisions) for code, name in named}


def adcode_of(code: str, name: str, divisions: Divisions) -> str:
    """Return the adcode of today; the code itself where none follows it.

    For checks, which go on where another one has its fault to say.
    """
    try:
        return divisions.current(code, name)
    except UnknownDivisionError:
        return code
