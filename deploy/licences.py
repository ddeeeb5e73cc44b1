"""Write the table of licences: ``python -m deploy.licences``.

What is listed is what ``requirements.lock`` names and this environment has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import Final

LOCK: Final = Path(__file__).parents[1] / "requirements.lock"


def locked(text: str) -> list[tuple[str, str]]:
    r"""Return names and versions of a lock file.

    Examples
    --------
    >>> locked("a==1.0\n    --hash=sha256:0\nb==2 ; sys_platform == 'win32'\n")
    [('a', '1.0'), ('b', '2')]
    """
    return re.findall(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", text, re.M)


def licence(package: Distribution) -> str:
    """Return what a package says of its licence: its expression, or what it classifies.

    Parameters
    ----------
    package : importlib.metadata.Distribution
        The package.
    """
    about = package.metadata
    for expression in about.get_all("License-Expression") or []:
        return str(expression)
    classified = [
        str(line).rpartition(" :: ")[2]
        for line in about.get_all("Classifier") or []
        if str(line).startswith("License ::")
    ]
    if classified:
        return ", ".join(classified)
    said = next(iter(about.get_all("License") or []), "") or "not said"
    return str(said).partition("\n")[0]


def table() -> Iterator[str]:
    """Yield the lines of the page."""
    yield "# Licences"
    yield ""
    yield "Of all that the atlas needs to run, as each package says; `make licences`"
    yield "writes this page from `requirements.lock`."
    yield ""
    yield "| package | version | licence |"
    yield "| --- | --- | --- |"
    for name, version in locked(LOCK.read_text("utf-8")):
        try:
            told = licence(distribution(name)).replace("|", "/")
        except PackageNotFoundError:
            told = "not installed here"
        yield f"| {name} | {version} | {told} |"


if __name__ == "__main__":
    print("\n".join(table()))
