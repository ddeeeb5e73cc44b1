"""The atlas where it is installed: what the checkout holds lies beside this file.

``geo``, ``layers``, ``views``, ``data`` and ``locale`` are names that anybody may use;
below this one they meet no others. Importing the package puts its folder first on the
path, so that the code finds itself as it does in a checkout: a notebook imports
``hebei_programme_atlas`` and then ``layers``.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).resolve().parent
"""Where the atlas lies, with its data."""

if str(FOLDER) not in sys.path:
    sys.path.insert(0, str(FOLDER))


def main() -> int:
    """Run the command ``atlas``; ``docs/command-line.md`` tells how to use it.

    Returns
    -------
    int
        Exit code.
    """
    from layers.cli import commands
    from layers.cli.output import speak_utf8

    speak_utf8()
    return commands.main(program="atlas")
