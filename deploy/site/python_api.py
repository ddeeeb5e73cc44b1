"""The Python interface, written from the docstrings; nothing is imported."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import griffe

ROOT: Final = Path(__file__).parents[2]

ROOMS: Final = (
    "geo",
    "geo.export",
    "layers.facts",
    "layers.select",
    "layers.themes",
    "layers.own",
    "layers.profile",
    "layers.files",
    "layers.publish",
    "layers.aggregate",
    "layers.webmap",
    "layers.sheet",
)
"""Rooms that a notebook or a script of an office may use; the others are the server's
own."""

_ROLE: Final = re.compile(r":(?:mod|class|func|meth|data|attr|exc):`~?\.?([^`]+)`")
_CODE: Final = re.compile(r"``([^`]+)``")


def pages() -> dict[str, str]:
    """Write a page for each room, by its path in the site."""
    written = {}
    loader = griffe.GriffeLoader(search_paths=[ROOT], docstring_parser="numpy")
    houses = {
        name: loader.load(name) for name in {room.split(".")[0] for room in ROOMS}
    }
    for room in ROOMS:
        house, _, inner = room.partition(".")
        package = houses[house][inner] if inner else houses[house]
        text = "\n\n".join(_room(package)) + "\n"
        written[f"reference/python/{room}.md"] = text
    return written


def _room(package: Any) -> Iterator[str]:
    yield f"# {package.path}"
    yield from _told(package)
    if _members(package):
        yield from _module_members(package)
    for module in sorted(package.modules.values(), key=lambda one: one.name):
        if module.name.startswith("_") or module.is_package or module.is_subpackage:
            continue
        if not _members(module):
            continue
        yield f"## {module.path}"
        yield from _told(module)
        yield from _module_members(module)


def _module_members(module: Any) -> Iterator[str]:
    for member in _members(module):
        yield f"### {member.name}"
        yield _signature(member)
        yield from _told(member)
        if member.is_class:
            methods = [
                one
                for one in member.members.values()
                if not one.is_alias and one.is_public and one.is_function
            ]
            for method in methods:
                yield f"#### {member.name}.{method.name}"
                yield _signature(method)
                yield from _told(method)


def _members(module: Any) -> list[Any]:
    """Return the public functions and classes that a module defines."""
    return [
        one
        for one in module.members.values()
        if not one.is_alias
        and not one.name.startswith("_")
        and (one.is_class or one.is_function)
        and one.docstring
    ]


def _signature(member: Any) -> str:
    if member.is_class:
        bases = ", ".join(str(base) for base in member.bases)
        text = f"class {member.name}({bases})" if bases else f"class {member.name}"
    elif "property" in member.labels:
        text = f"{member.name}: {member.returns}"
    else:
        text = f"{member.signature()}"
    return f"```python\n{text}\n```"


def _told(member: Any) -> Iterator[str]:
    """Write a docstring as Markdown, section by section."""
    if not member.docstring:
        return
    for section in member.docstring.parsed:
        kind = section.kind.value
        if kind == "text":
            yield _words(section.value)
        elif kind == "examples":
            yield f"```pycon\n{_examples(section.value)}\n```"
        elif kind == "admonition":
            yield _words(section.value.description)
        elif isinstance(section.value, list):
            yield f"**{kind.capitalize()}**"
            yield "\n".join(_item(one) for one in section.value)


def _examples(parts: Any) -> str:
    return "\n\n".join(text for _, text in parts)


def _item(one: Any) -> str:
    name = getattr(one, "name", "") or ""
    annotation = getattr(one, "annotation", None)
    shown = [f"`{name}`"] if name else []
    if annotation:
        shown.append(f"`{annotation}`" if not name else f": `{annotation}`")
    told = re.sub(r"\s*\n\s*", " ", _words(one.description or ""))
    return f"- {''.join(shown)} – {told}" if told else f"- {''.join(shown)}"


def _words(text: str) -> str:
    """Turn the roles and literals of reStructuredText into code."""
    text = _ROLE.sub(lambda found: f"`{found[1].lstrip('~')}`", text)
    text = _CODE.sub(r"`\1`", text)
    return re.sub(r"<(?=[a-zA-Z/])", "&lt;", text) if "`" not in text else text
