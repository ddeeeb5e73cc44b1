"""Examples for the help of each command, made of what the tables hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from layers.cli.county_answer import counties_called
from layers.facts.package import Package
from layers.select.choices import Choices


def examples(command: str, package: Package, program: str) -> list[str]:
    """Return commands that can be typed as they are.

    Parameters
    ----------
    command : str
        Name of the command; ``""`` for the program as a whole.
    package : Package
        The facts: names of programmes, variables and counties come from there.
    program : str
        What is typed before a command.
    """
    return [f"{program} {typed}" for typed in _EXAMPLES[command](package)]


def _whole(package: Package) -> Iterator[str]:
    programme, *_ = _programmes(package)
    yield "list"
    yield f"show {_county(package)}"
    yield f"select --all {programme} -o {programme}.geojson"
    yield f"sheet --all {programme} -o {programme}.pdf"
    yield "check"


def _list(package: Package) -> Iterator[str]:  # noqa: ARG001 - one shape for all
    yield from ("list", "list --lang zh", "list --json")


def _join(package: Package) -> Iterator[str]:  # noqa: ARG001 - one shape for all
    yield from (
        "join incomes.xlsx",
        "join incomes.xlsx --report -",
        "join incomes.xlsx --report account.json --lang zh",
        "join schools.csv --locate",
        "join forest.zip --locate --crs 4547 --complete --report -",
    )


def _aggregate(package: Package) -> Iterator[str]:  # noqa: ARG001 - one shape for all
    yield from (
        "aggregate villages.parquet --measure mean:income,count",
        "aggregate persons.csv --code village --measure sum:persons -o persons.gpkg",
        "aggregate points.csv --lon lng --lat lat --suppress 5 --totals",
        "aggregate postgresql://me@host/office#register.persons --report account.json",
    )


def _show(package: Package) -> Iterator[str]:
    divisions = package.divisions
    adcode = _county(package)
    yield f"show {adcode}"
    yield f"show {divisions[adcode].name} --lang zh"
    former = (
        name
        for county in divisions.of_level("county").values()
        for name in county.former_names
        if len(counties_called(divisions, name)) == 1
    )
    yield f"show {next(former, divisions[adcode].name)}"


def _select(package: Package) -> Iterator[str]:
    first, second, *_ = _programmes(package)
    prefecture = package.divisions[_county(package)].parent
    yield f"select --all {first} --none {second}"
    yield f"select --any {first},{second} --prefecture {prefecture}"
    choices = Choices.of(package)
    for identifier, choice in choices.where.items():
        if choice.kind == "relation" and choice.values:
            condition = f"--{identifier} {choice.values[0]}"
            yield f"select --programme {first} {condition} -o {first}.geojson"
            break
    for identifier, choice in choices.where.items():
        if choice.kind == "date" and choice.values:
            condition = f"--where {identifier}=..{choice.values[-1]}"
            yield f"select {condition} --detail overview --lang en -o -"
            break


def _sheet(package: Package) -> Iterator[str]:
    first, second, *_ = _programmes(package)
    yield f"sheet --all {first} -o {first}.pdf"
    others = (v.id for v in package.variables.values() if not v.is_programme)
    for seen in others:
        yield f"sheet --any {second} --see {seen} --paper A3 -o {seen}.png"
        break


def _atlas(package: Package) -> Iterator[str]:
    programme, *_ = _programmes(package)
    prefecture = package.divisions[_county(package)].parent
    yield f"atlas --any {programme} -o atlas.pdf"
    yield f"atlas --prefecture {prefecture} --lang en -o {prefecture}.pdf"


def _publish(package: Package) -> Iterator[str]:  # noqa: ARG001 - one shape for all
    yield "publish postgresql://user:password@host:5432/database"


def _serve(package: Package) -> Iterator[str]:  # noqa: ARG001 - one shape for all
    yield from ("serve", "serve --port 8600 --address 127.0.0.1 --prefix gis")


def _prepare(package: Package) -> Iterator[str]:  # noqa: ARG001 - one shape for all
    yield "prepare"


def _settings(package: Package) -> Iterator[str]:  # noqa: ARG001 - one shape for all
    yield from ("settings", "settings --lang zh --json")


def _check(package: Package) -> Iterator[str]:  # noqa: ARG001 - one shape for all
    yield from ("check", "check data/attributes --lang zh", "check --json")


def _programmes(package: Package) -> list[str]:
    """Return programmes with members, the one with the fewest counties last."""
    whole = [p.id for p in package.programmes.values() if package.members(p.id)]
    return sorted(whole, key=lambda p: -len(package.members(p)))


def _county(package: Package) -> str:
    """Return a county that has a programme, and a name that no other has."""
    programme, *_ = _programmes(package)
    divisions = package.divisions
    return next(
        adcode
        for adcode in sorted(package.members(programme))
        if len(counties_called(divisions, divisions[adcode].name)) == 1
    )


_EXAMPLES: Final[Mapping[str, Callable[[Package], Iterator[str]]]] = {
    "": _whole,
    "list": _list,
    "show": _show,
    "select": _select,
    "join": _join,
    "aggregate": _aggregate,
    "sheet": _sheet,
    "atlas": _atlas,
    "publish": _publish,
    "serve": _serve,
    "prepare": _prepare,
    "settings": _settings,
    "check": _check,
}
