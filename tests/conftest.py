"""Fixtures that several test modules share: the real data, and copies to spoil."""

import csv
import fcntl
import gc
import io
import os
import shutil
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import pytest
from hypothesis import Phase, settings

from geo.folders import attributes_folder
from layers.facts.county_table import county_table
from layers.facts.package import Package, load
from tests import real

DIRECTORY = attributes_folder()

# How many examples a property is tried with: one that is dear divides this number.
# Chosen by --hypothesis-profile; no test is judged by the time that it takes.
settings.register_profile("quick", deadline=None, max_examples=10)
settings.register_profile("usual", deadline=None, max_examples=100)
settings.register_profile("thorough", deadline=None, max_examples=2000)
# For `make mutants`: that a property fails is enough, not how small it can fail.
settings.register_profile(
    "mutants", deadline=None, max_examples=10, phases=(Phase.explicit, Phase.generate)
)
settings.load_profile("usual")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--cases", type=int, help="run at most so many cases of a test, spread evenly"
    )


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers",
        "spread(most): cases are dear, and much the same way through the code: run at "
        "most so many of them, spread evenly; the profile “thorough” runs all.",
    )


def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> None:
    asked = config.getoption("--cases")
    is_thorough = config.getoption("--hypothesis-profile") == "thorough"
    tests = defaultdict(list)
    for item in items:
        tests[item.nodeid.partition("[")[0]].append(item)
    kept = set()
    for cases in tests.values():
        spread = cases[0].get_closest_marker("spread")
        limits = [asked or len(cases), len(cases)]
        if spread is not None and not is_thorough:
            limits.append(spread.args[0])
        most = min(limits)
        kept |= {
            cases[round(i * (len(cases) - 1) / max(most - 1, 1))] for i in range(most)
        }
    left_out = [item for item in items if item not in kept]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item in kept]


def pytest_collection_finish() -> None:
    # As the server does: what is loaded for good is not looked through for garbage
    # again and again, which took a tenth of all tests together.
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 10, 10)


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


MADE_UP = {
    "membership": "made_up_programme",
    "category": "made_up_class",
    "number": "made_up_rate",
    "date": "made_up_year",
    "relation": "made_up_partner",
}
"""Ids of the variables of :func:`made_up_package`, one of each kind."""

MADE_UP_EMPTY = "made_up_empty"
"""A programme without members."""

_ABOUT = {
    "group": "made_up",
    "source": "S00",
    "section": "一(一)",
    "confidence": "stated",
}

_OF_COUNTIES = {
    # variable's table: (county of the boundary vintage, cells)
    "memberships": [
        ("130102", "长安区", {}),
        ("130722", "张北县", {}),
        ("130723", "康保县", {}),
    ],
    "categories": [
        ("130102", "长安区", {"value": "low"}),
        ("130722", "张北县", {"value": "high"}),
        ("130723", "康保县", {"value": "high"}),
        ("130724", "沽源县", {"value": "middle"}),
    ],
    "numbers": [
        ("130102", "长安区", {"value": "12.5"}),
        ("130722", "张北县", {"value": "40"}),
        ("130723", "康保县", {"value": "0"}),
        ("130724", "沽源县", {"value": "33.25"}),
    ],
    "dates": [
        ("130102", "长安区", {"earliest": "2001", "latest": "2001"}),
        ("130104", "桥西区", {"earliest": "2003-05", "latest": "2003-05"}),
        ("130105", "新华区", {"earliest": "2005", "latest": "2005"}),
        ("130107", "井陉矿区", {"earliest": "2007", "latest": "2007"}),
        ("130722", "张北县", {"earliest": "2009", "latest": "2009"}),
        ("130723", "康保县", {"earliest": "2011", "latest": "2011"}),
        ("130724", "沽源县", {"earliest": "2013", "latest": "2013"}),
        ("130725", "尚义县", {"earliest": "2013-02", "latest": "2014"}),
    ],
    "relations": [
        ("130722", "张北县", {"partner_adcode": "110000", "partner_name": "北京市"}),
        ("130722", "张北县", {"partner_adcode": "120000", "partner_name": "天津市"}),
        ("130723", "康保县", {"partner_adcode": "120000", "partner_name": "天津市"}),
    ],
}

_OF_KINDS = {
    "membership": {"colour": "#123456", "completeness": "open", "named_count": "3"},
    "category": {"ordered": "yes", "completeness": "open", "named_count": "4"},
    "number": {
        "unit": "%",
        "measure": "rate",
        "aggregate": "mean",
        "denominator": "population_2020",
        "completeness": "open",
        "named_count": "4",
    },
    "date": {"completeness": "open", "named_count": "8"},
    "relation": {"completeness": "complete", "named_count": "2"},
}


@pytest.fixture(scope="session")
def made_up_directory(spoiled: Callable[[], Copy]) -> Path:
    """A copy of the tables with a made-up variable of each kind, as rows only.

    Also a programme without members, and a kind of place with one place.
    """
    copy = spoiled()
    copy.append_row(
        "groups.csv",
        id="made_up",
        order="90",
        name_zh="编造的组",
        name_en="Made-up group",
        filter="yes",
        opening="no",
    )
    tables = dict(zip(MADE_UP, _OF_COUNTIES, strict=True))
    for place, (kind, identifier) in enumerate(MADE_UP.items()):
        _add_variable(copy, identifier, kind, 900 + place, **_OF_KINDS[kind])
        for code, name, cells in _OF_COUNTIES[tables[kind]]:
            about = {k: v for k, v in _ABOUT.items() if k != "group"}
            if kind == "relation":
                about |= {"listed": "yes", "dated_zh": "2019年", "dated_en": "2019"}
            if kind == "date":
                about["unit"] = "county"
            if kind == "number":
                about["level"] = "county"
            copy.append_row(
                f"{tables[kind]}.csv",
                variable=identifier,
                published_adcode=code,
                published_name=name,
                **cells,
                **about,
            )
    for order, value in enumerate(("low", "middle", "high"), start=1):
        copy.append_row(
            "classes.csv",
            variable=MADE_UP["category"],
            value=value,
            order=str(order),
            name_zh=f"编造的{value}",
            name_en=f"made-up {value}",
        )
    _add_variable(
        copy,
        MADE_UP_EMPTY,
        "membership",
        950,
        colour="#654321",
        completeness="open",
        named_count="0",
    )
    copy.append_row(
        "place_kinds.csv",
        id="made_up_kind",
        order="99",
        symbol="other",
        name_zh="编造的地点",
        name_en="made-up place",
    )
    copy.append_row(
        "places.csv",
        id="P999",
        kind="made_up_kind",
        name_zh="编造的地点一号",
        name_en="Made-up place number one",
        county_adcode="130722",
        status="plan",
        section="一(一)",
        source="S00",
        confidence="stated",
    )
    return copy.directory


@pytest.fixture(scope="session")
def made_up() -> dict[str, str]:
    """Ids of the variables of :func:`made_up_package` by kind."""
    return dict(MADE_UP)


@pytest.fixture(scope="session")
def made_up_package(made_up_directory: Path) -> Package:
    """The facts with a made-up variable of each kind."""
    return load(made_up_directory)


@pytest.fixture(scope="session")
def made_up_counties(made_up_package: Package) -> gpd.GeoDataFrame:
    """The county table of :func:`made_up_package`."""
    return county_table(made_up_package, "overview")


def _add_variable(
    copy: Copy, identifier: str, kind: str, order: int, **cells: str
) -> None:
    copy.append_row(
        "variables.csv",
        id=identifier,
        kind=kind,
        order=str(order),
        name_zh=f"编造的变量{identifier}",
        name_en=f"Made-up variable {identifier}",
        short_zh=f"编造{kind}",
        short_en=f"Made-up {kind}",
        definition_zh=f"为测试编造的{identifier}。",
        definition_en=f"Made up for a test: {identifier}.",
        missing_zh="来源没有说",
        missing_en="no source says",
        basis="stated",
        **cells,
        **_ABOUT,
    )


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The help, built once for all workers of a run."""
    from deploy.site.build import build

    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    folder, ready = shared / "site", shared / "site.ready"
    with (shared / "site.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not ready.exists():
            build(folder)
            ready.touch()
    return folder
