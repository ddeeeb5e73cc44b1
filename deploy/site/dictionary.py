"""Pages that the tables write themselves: columns, variables, parameters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Final

from geo.export import ENCODINGS, FORMATS
from geo.folders import attributes_folder
from geo.language import Language, speaker
from layers.facts.package import Package, load
from layers.facts.schema import Field, Table, read_descriptor
from layers.facts.sections import section_name
from layers.facts.variables import Variable
from layers.select.choices import Choice, Choices

_WORDS: Final = {
    "zh": {
        "tables": "数据字典：各表各列",
        "tables_about": "`data/attributes/`中各CSV表的说明，由`datapackage.json`"
        "自动生成；程序读表时按同一份说明逐项检查。",
        "variables": "变量",
        "variables_about": "图集已知的全部变量，由`variables.csv`自动生成。标识符"
        "用于网址、命令行和导出文件的列名。",
        "parameters": "网址参数",
        "parameters_about": "地图页、`/layers`和`/ogc`共用的筛选参数及其取值，由数据表"
        "自动生成。用法见[按网址取图层](../layers-by-url.md)。",
        "column": "列",
        "title": "名称",
        "type": "类型",
        "meaning": "说明",
        "key": "主键",
        "required": "必填",
        "values": "取值",
        "links": "指向",
        "kind": "种类",
        "unit": "单位",
        "definition": "定义",
        "missing": "没有数值时",
        "completeness": "名单",
        "source": "依据",
        "formats": "导出格式",
        "suffix": "后缀",
        "format": "格式",
        "layers": "图层",
        "layer": "图层标识符",
        "parameter": "参数",
        "range": "范围，如",
        "stop": "。",
        "colon": "：",
        "all_of": "同属这些项目的县",
        "any_of": "至少属于其中一项的县",
        "none_of": "不属于其中任何一项的县",
        "prefectures": "设区市的行政区划代码",
        "counties": "县的代码或名称（现用的或曾用的）",
    },
    "en": {
        "tables": "Data dictionary: tables and columns",
        "tables_about": "The CSV tables in `data/attributes/`, as `datapackage.json` "
        "describes them; the same description checks every table that is read.",
        "variables": "Variables",
        "variables_about": "Everything that the atlas knows of counties, written from "
        "`variables.csv`. The identifier stands in addresses, on the command line and "
        "as the column of every file.",
        "parameters": "Parameters of addresses",
        "parameters_about": "What the map page, `/layers` and `/ogc` can be asked, and "
        "which values there are, written from the tables. How to use them: [layers by "
        "address](../layers-by-url.md).",
        "column": "Column",
        "title": "Title",
        "type": "Type",
        "meaning": "Meaning",
        "key": "Primary key",
        "required": "required",
        "values": "Values",
        "links": "Key of",
        "kind": "Kind",
        "unit": "Unit",
        "definition": "Definition",
        "missing": "Where there is none",
        "completeness": "List",
        "source": "Evidence",
        "formats": "Formats",
        "suffix": "Suffix",
        "format": "Format",
        "layers": "Layers",
        "layer": "Identifier of the layer",
        "parameter": "Parameter",
        "range": "a range, such as",
        "stop": ".",
        "colon": ": ",
        "all_of": "counties in all of these programmes",
        "any_of": "counties in one of these programmes at least",
        "none_of": "counties in none of these programmes",
        "prefectures": "adcodes of prefectures",
        "counties": "counties by code or name, of today or of the past",
    },
}


def tables(language: Language) -> str:
    """Write the page about tables and their columns, as Markdown.

    Parameters
    ----------
    language : {"zh", "en"}
        Of the page; names of columns are what they are.
    """
    words = _WORDS[language]
    described = read_descriptor(attributes_folder())
    parts = [f"# {words['tables']}", words["tables_about"]]
    for table in described.values():
        parts += _table(table, language)
    return _page(parts)


@cache
def facts() -> Package:
    """Return the tables, read once for all pages of both languages."""
    return load()


def variables(language: Language) -> str:
    """Write the page about variables, by group, as Markdown.

    Parameters
    ----------
    language : {"zh", "en"}
        Of the page.
    """
    words, package = _WORDS[language], facts()
    parts = [f"# {words['variables']}", words["variables_about"]]
    for group in package.groups.values():
        own = [v for v in package.variables.values() if v.group == group.id]
        if own:
            parts.append(f"## {group.name(language)}")
        for variable in own:
            parts += _variable(variable, package, language)
    return _page(parts)


def parameters(language: Language) -> str:
    """Write the page about layers, formats and parameters, as Markdown.

    Parameters
    ----------
    language : {"zh", "en"}
        Of the page.
    """
    words, package, say = _WORDS[language], facts(), speaker(language)
    choices = Choices.of(package)
    programmes = package.programmes.values()
    layers = [(f"`{one.id}`", one.name(language)) for one in programmes]
    rows = [
        (f"`{parameter}`", _asked(field, choices, package, language))
        for field, parameter in choices.parameters.items()
    ]
    formats = [
        (f"`{form.suffix}`", say(form.title), f"`{form.media_type}`")
        for form in FORMATS.values()
    ]
    return _page(
        [
            f"# {words['parameters']}",
            words["parameters_about"],
            f"## {words['layers']}",
            *_grid((words["layer"], words["title"]), layers),
            f"## {words['parameters']}",
            *_grid((words["parameter"], words["values"]), rows),
            f"## {words['formats']}",
            *_grid((words["suffix"], words["format"], words["type"]), formats),
            f"`encoding`{words['colon']}{say.series(f'`{e}`' for e in ENCODINGS)}",
        ]
    )


def _table(table: Table, language: Language) -> Iterator[str]:
    words, say = _WORDS[language], speaker(language)
    yield f"## {say(table.title)}"
    key = say.series(f"`{name}`" for name in table.primary_key)
    yield (
        f"`{table.path}`{words['colon']}{say(table.description)}\n"
        f"{words['key']}{words['colon']}{key}"
    )
    links = {key.field: f"`{key.table}`" for key in table.foreign_keys}
    head = (words["column"], words["title"], words["type"], words["meaning"])
    rows = [
        (f"`{f.name}`", say(f.title), f.type, _meaning(f, links, language))
        for f in table.fields
    ]
    yield from _grid(head, rows)


def _meaning(field: Field, links: dict[str, str], language: Language) -> str:
    words, say = _WORDS[language], speaker(language)
    parts = [say(field.description).rstrip(".。")] if field.description else []
    if field.required:
        parts.append(words["required"])
    if field.unit:
        parts.append(f"{words['unit']}{words['colon']}{say(field.unit)}")
    if field.name in links:
        parts.append(f"{words['links']}{words['colon']}{links[field.name]}")
    if field.labels:
        told = (f"`{value}` {say(text)}" for value, text in field.labels.items())
        parts.append(f"{words['values']}{words['colon']}{say.series(told)}")
    return say.clauses(parts)


def _variable(
    variable: Variable, package: Package, language: Language
) -> Iterator[str]:
    words, say = _WORDS[language], speaker(language)

    def label(field: str, value: str) -> str:
        return say(package.label("variables", field, value))

    sources = (package.sources[name].title(language) for name in variable.source)
    unit = package.units.get(variable.unit)
    section = section_name(variable.section, say)
    told = {
        "kind": label("kind", variable.kind),
        "unit": say.pick(unit.name_zh, unit.name_en) if unit and variable.unit else "",
        "definition": variable.definition(language),
        "missing": variable.missing(language),
        "completeness": label("completeness", variable.completeness),
        "source": say.clauses([*sources, section] if section else sources),
        "values": say.series(
            f"`{one.value}` {one.name(language)}" for one in variable.classes
        ),
    }
    yield f"### {variable.name(language)}"
    lines = [f"`{variable.id}`"]
    lines += [f"{words[k]}{words['colon']}{text}" for k, text in told.items() if text]
    yield "\n".join(f"- {_plain(line)}" for line in lines)


def _asked(field: str, choices: Choices, package: Package, language: Language) -> str:
    """Say what a parameter of a selection takes."""
    words, say = _WORDS[language], speaker(language)
    if field in words:
        return words[field]
    choice = choices.where[field]
    name = (
        package.groups[field].name(language)
        if choice.kind == "group"
        else package.variables[field].name(language)
    )
    shown = say.series(f"`{value}`" for value in choice.values)
    before = f"{words['range']} " if choice.takes_ranges else ""
    return f"{name}{words['colon']}{before}{_first(shown, choice)}"


def _first(shown: str, choice: Choice) -> str:
    return f"`{choice.values[0]}`" if choice.takes_ranges and choice.values else shown


def _grid(head: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    head = [*head]
    lines = [head, ["---"] * len(head), *([_plain(c) for c in row] for row in rows)]
    yield "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _plain(text: str) -> str:
    """Keep a text of the tables from being read as markup."""
    return text.replace("|", "\\|").replace("<", "&lt;").replace("*", "\\*")


def _page(parts: Iterable[str]) -> str:
    return "\n\n".join(parts) + "\n"
