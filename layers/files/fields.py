"""What each column of a file is called and means, in both languages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from geo.export.document import Field
from geo.language import LANGUAGES, N_, Language, speaker
from layers.facts.columns import EVIDENCE, in_column_order
from layers.facts.package import Package
from layers.facts.variables import Variable
from layers.files.features import variable_properties
from layers.files.registry import unit_name


@dataclass(frozen=True, slots=True, kw_only=True)
class _Described:
    """A column of every file that is no variable, in message ids."""

    short: str
    label: str
    meaning: str = ""


_BASE: Final[Mapping[str, _Described]] = {
    "adcode": _Described(
        short="adcode",
        label=N_("Adcode"),
        meaning=N_("Six-digit code, GB/T 2260, as of the boundary vintage"),
    ),
    "name": _Described(short="name", label=N_("Name"), meaning=N_("Name of today")),
    "name_en": _Described(
        short="name_en",
        label=N_("Name in Latin letters"),
        meaning=N_("Name of today, in Latin letters"),
    ),
    "published_name": _Described(
        short="publ_name",
        label=N_("Name in the sources"),
        meaning=N_("Name or names under which the sources list it"),
    ),
    "prefecture_adcode": _Described(
        short="pref_code", label=N_("Code of the prefecture")
    ),
    "prefecture": _Described(short="prefecture", label=N_("Prefecture")),
    "area_km2": _Described(
        short="area_km2",
        label=N_("Area (km²)"),
        meaning=N_(
            "On the WGS 84 ellipsoid, of the full boundaries, also in files with "
            "generalised ones"
        ),
    ),
    "longitude": _Described(
        short="longitude",
        label=N_("Longitude (WGS 84)"),
        meaning=N_("Of a point inside the county, in degrees"),
    ),
    "latitude": _Described(
        short="latitude",
        label=N_("Latitude (WGS 84)"),
        meaning=N_("Of a point inside the county, in degrees"),
    ),
    "former_adcodes": _Described(
        short="former_cod",
        label=N_("Former adcodes"),
        meaning=N_(
            "Codes under which its ground stood before, in tables of other years"
        ),
    ),
    "run_by": _Described(
        short="run_by",
        label=N_("Run by"),
        meaning=N_(
            "Body that runs the county, where that is not the prefecture of its code"
        ),
    ),
}

_EVIDENCE: Final = _Described(
    short=EVIDENCE,
    label=N_("Evidence"),
    meaning=N_("Who says what of the county, as JSON"),
)


def described_columns(package: Package) -> tuple[Field, ...]:
    """Say what each column of a file is called and means, in both languages.

    Returns
    -------
    tuple of geo.export.document.Field
        In the order of the columns. Those of a variable have no short name: one is
        made of the name, unlike all others.
    """
    fields = [_fixed(name, column) for name, column in _BASE.items()]
    for variable in in_column_order(package.variables):
        fields += _of_variable(package, variable)
    return (*fields, _fixed(EVIDENCE, _EVIDENCE))


def _fixed(name: str, column: _Described) -> Field:
    texts = {lang: speaker(lang) for lang in LANGUAGES}
    return Field(
        name=name,
        short=column.short,
        label_zh=texts["zh"](column.label),
        label_en=texts["en"](column.label),
        meaning_zh=texts["zh"](column.meaning) if column.meaning else "",
        meaning_en=texts["en"](column.meaning) if column.meaning else "",
    )


def _of_variable(package: Package, variable: Variable) -> Iterator[Field]:
    for name in variable_properties(variable):
        yield Field(
            name=name,
            label_zh=_label(variable, "zh", name),
            label_en=_label(variable, "en", name),
            meaning_zh=_meaning(package, variable, "zh"),
            meaning_en=_meaning(package, variable, "en"),
            values=_values(variable) if name == variable.id else {},
        )


def _values(variable: Variable) -> dict[str, tuple[str, str]]:
    """Return the names of the codes of a category, Chinese and English."""
    if variable.kind != "category":
        return {}
    return {known.value: (known.name_zh, known.name_en) for known in variable.classes}


def _label(variable: Variable, language: Language, column: str) -> str:
    name = variable.name(language)
    if variable.kind == "category" and column == variable.id:
        return speaker(language)(N_("{name}, code"), name=name)
    if variable.kind == "relation" and column != variable.id:
        return speaker(language)(N_("{name}, adcode"), name=name)
    return name


def _meaning(package: Package, variable: Variable, language: Language) -> str:
    """Say what a variable is, what its values mean, and what it means to have none."""
    say = speaker(language)
    parts = [variable.definition(language).rstrip("。.")]
    if variable.kind in {"category", "relation"}:
        parts += [f"{c.value}: {c.name(language)}" for c in variable.classes]
    if variable.unit:
        unit = unit_name(package, variable, language)
        parts.append(say(N_("unit: {unit}"), unit=unit))
    if variable.kind == "number" and variable.period:
        parts.append(say(N_("period: {period}"), period=variable.period))
    if variable.among:
        among = package.variables[variable.among].within(language)
        parts.append(say(N_("applies to: {among}"), among=among))
    is_list = variable.is_programme and variable.is_whole
    text = N_("false means: {text}") if is_list else N_("no value means: {text}")
    parts.append(say(text, text=variable.missing(language)))
    return say.clauses(parts)
