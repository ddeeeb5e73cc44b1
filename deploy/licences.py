"""Write the table of licences: ``python -m deploy.licences``.

What is listed is what ``requirements.lock`` names and this environment has; of the
largest packages what each is for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import Final

LOCK: Final = Path(__file__).parents[1] / "requirements.lock"
MEGABYTE: Final = 1_000_000
LARGEST: Final = 20

PURPOSES: Final = {
    "pyarrow": "GeoParquet; tables on their way to the browser",
    "pyogrio": "GDAL: GeoPackage, Shapefile, FlatGeobuf and others written and read",
    "vl-convert-python": "charts as SVG and PNG, without a browser",
    "duckdb": "large tables added up where they lie",
    "numpy": "coordinates and numbers",
    "fiona": "layers of others read, in a process with limits",
    "pydeck": "nothing: Streamlit asks for it",
    "pandas": "tables",
    "pyproj": "coordinate systems",
    "streamlit": "pages, sessions, the server",
    "babel": "the Chinese catalogue, read in source form",
    "matplotlib": "sheets and the printed atlas",
    "fonttools": "of a font what a sheet or a page shows",
    "pillow": "pictures as PNG",
    "pylopdf-fonts-zh-cn": "the Chinese font of sheets",
    "ezdxf": "drawings for CAD",
    "cql2": "filters of the OGC API",
    "rapidfuzz": "how unlike two names are",
    "asyncpg": "nothing: tipg asks for it, for databases that are not used",
    "psycopg-binary": "databases of the office",
    "shapely": "geometry",
    "aiohttp": "requests handed on to several processes",
}
"""What a package is for, of those that may be among the largest."""


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


def largest() -> list[tuple[str, int]]:
    """Return the largest packages with the bytes of their files, the largest first."""
    found = []
    for name in dict(locked(LOCK.read_text("utf-8"))):
        try:
            package = distribution(name)
        except PackageNotFoundError:
            continue
        files = (package.locate_file(file) for file in package.files or ())
        paths = (Path(str(file)) for file in files)
        size = sum(
            path.stat().st_size
            for path in paths
            if path.is_file() and path.parent.name != "__pycache__"
        )
        found.append((name, size))
    return sorted(found, key=lambda item: -item[1])[:LARGEST]


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
    yield ""
    yield "## The largest"
    yield ""
    yield "Of their files as installed on Linux for Python 3.11, what each is for."
    yield ""
    yield "| package | MB | for |"
    yield "| --- | --- | --- |"
    for name, size in largest():
        yield f"| {name} | {size / MEGABYTE:.0f} | {PURPOSES.get(name, 'not said')} |"


if __name__ == "__main__":
    print("\n".join(table()))
