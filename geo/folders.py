"""Where the data lie."""

import os
from pathlib import Path
from typing import Final

VARIABLE: Final = "ATLAS_DATA"
"""Environment variable with a folder to use instead of the project's ``data``."""


def data_folder() -> Path:
    """Return the folder that has ``boundaries`` and ``attributes``.

    An office that edits its own copy of the tables points ``ATLAS_DATA`` to it and
    leaves the project's as they are.
    """
    own = os.environ.get(VARIABLE)
    return Path(own) if own else Path(__file__).parents[1] / "data"
