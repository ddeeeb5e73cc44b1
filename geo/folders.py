"""Where the data lie."""

import os
from pathlib import Path
from typing import Final

VARIABLE: Final = "ATLAS_DATA"
"""Environment variable with a folder to use instead of the project's ``data``."""


def data_folder() -> Path:
    """Return the folder that has ``boundaries`` and ``attributes``.

    An office that edits its own copy of the tables points ``ATLAS_DATA`` to it and
    leaves the project's as they are. The variable is read here and nowhere else, and
    when it is asked for, not when a module is imported.
    """
    own = os.environ.get(VARIABLE)
    return Path(own) if own else Path(__file__).parents[1] / "data"


def attributes_folder() -> Path:
    """Return the folder of the tables and their descriptor."""
    return data_folder() / "attributes"


def boundaries_folder(attributes: Path | None = None) -> Path:
    """Return the folder of the boundaries that belong to a folder of tables.

    Parameters
    ----------
    attributes : pathlib.Path, optional
        Folder of the tables; by default :func:`attributes_folder`.

    Returns
    -------
    pathlib.Path
        The folder ``boundaries`` beside the tables. Tables that lie alone, e.g. a
        copy to be checked, belong to the boundaries of :func:`data_folder`.
    """
    if attributes is not None:
        beside = attributes.absolute().parent / "boundaries"
        if beside.is_dir():
            return beside
    return data_folder() / "boundaries"
