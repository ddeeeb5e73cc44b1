"""Modules of the scripts written into few files, each module into one of them only.

The page would ask for fifty modules one by one; a module that stands in two files would
be there twice, each with a state of its own. So a file holds whole modules, each in a
scope of its own, after those from which it imports; what another file has is imported
from there. Only the forms in which the scripts are written are understood; anything
else is refused when an edition is built, and so by every test that builds one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from posixpath import dirname, normpath, relpath
from typing import Final

_NAMED: Final = r"\{(?P<names>[^}]*)\}\s+from \"(?P<at>\.[\w./-]+)\";"
_IMPORT: Final = re.compile(rf"^import {_NAMED}", re.MULTILINE)
_PASSED_ON: Final = re.compile(rf"^export {_NAMED}", re.MULTILINE)
_EXPORT: Final = re.compile(
    r"^export (?=(?:async function|function|class|const) (?P<name>\w+))", re.MULTILINE
)
_OTHER_FORM: Final = re.compile(r"^\s*(?:import\b(?!\s*[.(])|export\b)", re.MULTILINE)
_WAITS: Final = re.compile(r"^(?!.*\basync\b)\S.*\bawait\b", re.MULTILINE)
_COMMENT: Final = re.compile(
    r"^[ \t]*/\*(?:(?!\*/).)*\*/[ \t]*$", re.MULTILINE | re.DOTALL
)
_WORD: Final = re.compile(r"\w+")
_DIGITS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"


class JoiningError(ValueError):
    """A module that cannot be joined; the message names it and says why."""


@dataclass(frozen=True, slots=True)
class Module:
    """One module.

    Attributes
    ----------
    name : str
        Path below the folder of the scripts.
    text : str
        As it is written.
    code : str
        Without imports, the word ``export`` and comments that have lines of their own,
        with as many lines.
    imports, passed_on : dict of str to str
        Module in which a name is looked for: of those imported, and of those that are
        exported as another module has them.
    exports : tuple of str
        Names that it exports itself.
    """

    name: str
    text: str
    code: str
    imports: dict[str, str]
    passed_on: dict[str, str]
    exports: tuple[str, ...]


def parsed(name: str, text: str) -> Module:
    """Read one module.

    Parameters
    ----------
    name : str
        Path below the folder of the scripts.
    text : str
        As it is written.

    Raises
    ------
    JoiningError
        If it imports, exports or waits in a form that is not joined.
    """
    imports: dict[str, str] = {}
    passed_on: dict[str, str] = {}
    code = text
    for pattern, found in ((_IMPORT, imports), (_PASSED_ON, passed_on)):
        for match in pattern.finditer(text):
            module = normpath(f"{dirname(name)}/{match['at']}")
            for word in match["names"].strip().rstrip(",").split(","):
                if not _WORD.fullmatch(word.strip()):
                    raise JoiningError(f"{name}: {word.strip()!r} is no single name")
                found[word.strip()] = module
        code = pattern.sub(_lines, code)
    exports = tuple(match["name"] for match in _EXPORT.finditer(code))
    code = _EXPORT.sub("", code)
    for line in code.splitlines():
        if "import(" in line.partition("/*")[0] and not line.lstrip().startswith("*"):
            raise JoiningError(f"{name}: imports while it runs: {line.strip()}")
    for pattern in (_OTHER_FORM, _WAITS):
        if refused := pattern.search(code):
            line = code[refused.start() :].strip().partition("\n")[0]
            raise JoiningError(f"{name}: not in a form that is joined: {line}")
    code = _COMMENT.sub(_lines, code)
    return Module(name, text, code, imports, passed_on, exports)


def _lines(match: re.Match[str]) -> str:
    """Leave the lines of a text empty, so that those after it keep their numbers."""
    return "\n" * match.group().count("\n")


@dataclass(slots=True)
class File:
    """A file of modules.

    Attributes
    ----------
    name : str
        Path at which it is served.
    modules : tuple of Module
        Each after those from which it imports.
    imports : dict of str to list of str
        Names by the file from which they are imported.
    before : str
        What stands before the modules as it is.
    """

    name: str
    modules: tuple[Module, ...]
    imports: dict[str, list[str]] = field(default_factory=dict)
    before: str = ""

    def exports(self) -> tuple[str, ...]:
        """List the names that its modules export."""
        return tuple(name for module in self.modules for name in module.exports)

    def script(self, end: str = "") -> str:
        """Write the file.

        Parameters
        ----------
        end : str
            What stands behind the modules, in place of the names that are exported.
        """
        end = end or f"export {{ {', '.join(self.exports())} }};\n"
        return "".join(text for text, _ in self._parts()) + end

    def source_map(self) -> bytes:
        """Say for tools of developers in which line of which module a line stands."""
        mappings: list[str] = []
        line_before = place_before = 0
        place = -1
        for text, module in self._parts():
            lines = text.count("\n")
            if module is None:
                mappings += [""] * lines
                continue
            place += 1
            for line in range(lines):
                steps = (0, place - place_before, line - line_before, 0)
                mappings.append("".join(map(_digits, steps)))
                place_before, line_before = place, line
        found = {
            "version": 3,
            "sources": [relpath(m.name, dirname(self.name)) for m in self.modules],
            "sourcesContent": [module.text for module in self.modules],
            "names": [],
            "mappings": ";".join(mappings),
        }
        return json.dumps(found, ensure_ascii=False).encode()

    def _parts(self) -> Iterator[tuple[str, Module | None]]:
        """Yield texts of whole lines; those of a module with it."""
        yield f"{self.before}\n" if self.before else "", None
        for file, words in sorted(self.imports.items()):
            at = relpath(file, dirname(self.name))
            at = at if at.startswith(".") else f"./{at}"
            yield f'import {{ {", ".join(sorted(words))} }} from "{at}";\n', None
        for module in self.modules:
            names = ", ".join(module.exports)
            opened = f"const {{ {names} }} = " if names else ""
            yield f"// {module.name}\n{opened}(() => {{\n", None
            yield f"{module.code.rstrip()}\n", module
            yield f"return {{ {names} }};\n}})();\n", None


class Modules:
    """Modules that import from each other.

    Parameters
    ----------
    texts : mapping of str to str
        By path below the folder of the scripts.
    """

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = texts
        self._parsed: dict[str, Module] = {}

    def module(self, name: str) -> Module:
        """Return a module, read once.

        Parameters
        ----------
        name : str
            Path below the folder of the scripts.

        Raises
        ------
        JoiningError
            If there is none, or it is in another form.
        """
        if name not in self._parsed:
            if name not in self._texts:
                raise JoiningError(f"{name}: imported, and not there")
            self._parsed[name] = parsed(name, self._texts[name])
        return self._parsed[name]

    def origin(self, name: str, word: str, asked_by: str) -> str:
        """Return the module that has a name, through those that only pass it on.

        Parameters
        ----------
        name : str
            Module from which it is imported.
        word : str
            The name.
        asked_by : str
            Module that imports it.

        Raises
        ------
        JoiningError
            If nobody exports it.
        """
        module = self.module(name)
        if word in module.exports:
            return name
        if word in module.passed_on:
            return self.origin(module.passed_on[word], word, asked_by)
        raise JoiningError(f"{asked_by}: {name} does not export {word}")

    def needed(self, entries: Iterable[str]) -> tuple[str, ...]:
        """Return modules with all that they import, each after what it imports.

        Parameters
        ----------
        entries : iterable of str
            The modules; those that only pass on names stand for those that have them.

        Raises
        ------
        JoiningError
            If modules import from each other in a circle.
        """
        found: dict[str, None] = {}

        def take(name: str, way: tuple[str, ...]) -> None:
            if name in way:
                raise JoiningError(f"a circle: {' → '.join((*way, name))}")
            if name in found:
                return
            module = self.module(name)
            for word, at in (module.imports | module.passed_on).items():
                take(self.origin(at, word, name), (*way, name))
            if not module.passed_on:
                found[name] = None

        for entry in entries:
            take(entry, ())
        return tuple(found)

    def file(
        self, name: str, entries: Sequence[str], elsewhere: Mapping[str, str]
    ) -> File:
        """Put modules and what they need into a file.

        Parameters
        ----------
        name : str
            Path of the file.
        entries : sequence of str
            The modules.
        elsewhere : mapping of str to str
            Files of the modules that others hold.

        Raises
        ------
        JoiningError
            If two modules export the same name, or one asks for its own address and
            lies in another folder than the file.
        """
        own = [found for found in self.needed(entries) if found not in elsewhere]
        file = File(name, tuple(map(self.module, own)))
        known: dict[str, str] = {}
        for module in file.modules:
            if "import.meta" in module.code and dirname(module.name) != dirname(name):
                raise JoiningError(f"{module.name}: asks where it is, away from home")
            for word in module.exports:
                self._only(known, word, module.name)
        for module in file.modules:
            for word, at in module.imports.items():
                origin = self.origin(at, word, module.name)
                self._only(known, word, origin)
                if origin in elsewhere:
                    words = file.imports.setdefault(elsewhere[origin], [])
                    words += [] if word in words else [word]
        return file

    @staticmethod
    def _only(known: dict[str, str], word: str, module: str) -> None:
        if known.setdefault(word, module) != module:
            raise JoiningError(f"{word}: of {known[word]} and of {module}")


def _digits(number: int) -> str:
    """Write a number as source maps have them (VLQ, Base64)."""
    left = -number << 1 | 1 if number < 0 else number << 1
    written = ""
    while True:
        left, digit = left >> 5, left & 31
        written += _DIGITS[digit | 32 if left else digit]
        if not left:
            return written
