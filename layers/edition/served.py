"""The edition that this process serves: every page and every address asks here."""

from typing import Final

from layers.edition.keeper import EditionKeeper

SERVED: Final = EditionKeeper()
"""Its folder is that of the environment when the first edition is asked for."""
