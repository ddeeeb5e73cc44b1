"""Fixtures that several test modules share: the real data, and copies to spoil."""

import csv
import io
import shutil
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import pytest
from hypothesis import settings

from layers.facts.package import DIRECTORY, Package
from tests import real

# How many examples a property is tried with: one that is dear divides this number.
# Chosen by --hypothesis-profile; no test is judged by the time that it takes.
settings.register_profile("quick", deadline=None, max_examples=10)
settings.register_profile("usual", deadline=None, max_examples=100)
settings.register_profile("thorough", deadline=None, max_examples=2000)
settings.load_profile("usual")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--cases", type=int, help="run at most so many cases of a test, spread evenly"
    )


def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> None:
    most = config.getoption("--cases")
    if not most:
        return
    tests = defaultdict(list)
    for item in items:
        tests[item.nodeid.partition("[")[0]].append(item)
    kept = {
        cases[round(i * (len(cases) - 1) / max(most - 1, 1))]
        for cases in tests.values()
        for i in range(most)
    }
    config.hook.pytest_deselected(items=[item for item in items if item not in kept])
    items[:] = [item for item in items if item in kept]


class Copy:
    """A copy of data/attributes in which a test may change one thing."""

    def __init__(self, directory: Path) -> None:
        shutil.copytree(DIRECTORY, directory)
        self.directory = directory

    def path(self, file: str) -> Path:
        return self.directory / file

    def restore(self, file: str) -> None:
        shutil.copyfile(DIRECTORY / file, self.path(file))

    def change_bytes(self, file: str, change: Callable[[bytes], bytes]) -> None:
        self.path(file).write_bytes(change(self.path(file).read_bytes()))

    def change_text(self, file: str, change: Callable[[str], str]) -> None:
        self.change_bytes(file, lambda raw: change(raw.decode("utf-8")).encode("utf-8"))

    def rows(self, file: str) -> dict[int, dict[str, str]]:
        """The rows by the line of the file on which they begin."""
        reader = csv.reader(io.StringIO(self.path(file).read_text("utf-8"), newline=""))
        header = next(reader)
        rows = {}
        begins = reader.line_num + 1
        for cells in reader:
            line, begins = begins, reader.line_num + 1
            rows[line] = dict(zip(header, cells, strict=True))
        return rows

    def line(self, file: str, **cells: str) -> int:
        """The line of the first row with these cells."""
        return next(
            line
            for line, row in self.rows(file).items()
            if all(row[column] == value for column, value in cells.items())
        )

    def set_cell(self, file: str, line: int, column: str, value: str) -> None:
        rows = self.rows(file)
        rows[line][column] = value
        self._write(file, list(rows.values()))

    def remove_row(self, file: str, line: int) -> None:
        rows = self.rows(file)
        del rows[line]
        self._write(file, list(rows.values()))

    def append_row(self, file: str, **cells: str) -> int:
        """Add a row, the cells not given left blank; returns its line."""
        rows = list(self.rows(file).values())
        rows.append({column: cells.pop(column, "") for column in rows[0]})
        assert not cells, f"{file} has no columns {sorted(cells)}"
        self._write(file, rows)
        return max(self.rows(file))

    def _write(self, file: str, rows: list[dict[str, str]]) -> None:
        with self.path(file).open("w", encoding="utf-8", newline="") as target:
            writer = csv.DictWriter(target, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)


@pytest.fixture(scope="session")
def package() -> Package:
    """The facts of the project, loaded and checked."""
    return real.package()


@pytest.fixture(scope="session")
def counties() -> gpd.GeoDataFrame:
    """The county table; a test that changes it takes a copy."""
    return real.counties()


@pytest.fixture(scope="session")
def spoiled(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Copy]:
    """A factory of copies of data/attributes, each in a folder of its own.

    Of the whole session, so that a property test may use it for many examples.
    """
    return lambda: Copy(tmp_path_factory.mktemp("spoiled") / "attributes")
