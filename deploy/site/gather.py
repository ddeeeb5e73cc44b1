"""Pages of the site, gathered from where they stand: files, code, tables.

Links between files of the repository become links between pages; one that leads to a
file that is no page keeps its words only, because the site does not hold the file.
"""

from __future__ import annotations

import posixpath
import re
import shutil
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Final

from deploy.site import commands, dictionary, python_api
from geo.language import LANGUAGES, Language

ROOT: Final = Path(__file__).parents[2]

MADE: Final[Mapping[str, Callable[[Language], str]]] = {
    "reference/tables.md": dictionary.tables,
    "reference/variables.md": dictionary.variables,
    "reference/parameters.md": dictionary.parameters,
    "reference/commands.md": commands.commands,
}
"""Pages that are written from code and tables."""

_BESIDE: Final[Mapping[str, str]] = {
    "contributing.md": "CONTRIBUTING.md",
    "changelog.md": "CHANGELOG.md",
    "security.md": "SECURITY.md",
    "licence.md": "LICENSE",
}
"""Pages whose sources stand beside ``docs/``."""

_API: Final = "reference/python/"

_ONLY_ENGLISH: Final = '!!! note "本页只有英文"\n'

_LINK: Final = re.compile(r"(!?)\[((?:[^\[\]]|\[[^\]]*\])*)\]\(([^()\s]+)\)")
_HAN: Final = re.compile("[\u4e00-\u9fff]")
_FENCE: Final = re.compile(r"^(```.*?^```[^\n]*$)", re.M | re.S)


def gather(folder: Path, language: Language, pages: Iterable[str]) -> None:
    """Write all pages of one language, and what they show, into a folder.

    Parameters
    ----------
    folder : pathlib.Path
        It is made.
    language : {"zh", "en"}
        The language of the site.
    pages : iterable of str
        Paths in the site.

    Raises
    ------
    FileNotFoundError
        If a page stands nowhere.
    """
    named = [*pages]
    api = [page for page in named if page.startswith(_API)]
    if api:
        written = python_api.pages()
        for page in api:
            _write(folder / page, written[page])
    for page in MADE.keys() & {*named}:
        _write(folder / page, MADE[page](language))
    sources = {
        page: source_of(page, language)
        for page in named
        if page not in MADE and page not in api
    }
    of_file = {source: page for page, source in sources.items()}
    for page, source in sources.items():
        text = (ROOT / source).read_text("utf-8")
        if source == "LICENSE":
            text = f"# LICENSE\n\n```text\n{text}```\n"
        if language == "zh" and not _HAN.search(text.partition("\n\n")[0]):
            head, _, rest = text.partition("\n\n")
            text = f"{head}\n\n{_ONLY_ENGLISH}\n{rest}"
        _write(folder / page, _led(text, source, page, of_file, folder))
    shutil.copytree(Path(__file__).parent / "assets", folder / "assets")


def source_of(page: str, language: Language) -> str:
    """Return where a page stands, as a path in the repository.

    A page that a language lacks is that of the other one.

    Examples
    --------
    >>> source_of("guide/map.md", "en"), source_of("settings.md", "zh")
    ('docs/guide/en/map.md', 'docs/settings.md')
    """
    name = page.removeprefix("guide/")
    found = [
        f"docs/guide/{language}/{name}",
        f"docs/{language}/{page}",
        f"docs/{page}",
        _BESIDE.get(page, ""),
    ]
    for source in found:
        if source and (ROOT / source).is_file():
            return source
    raise FileNotFoundError(f"{page} of the site in {LANGUAGES}: {found}")


def _led(
    text: str, source: str, page: str, pages: Mapping[str, str], folder: Path
) -> str:
    """Lead the links of a page to pages; bring along the pictures that it shows."""
    beside, here = posixpath.dirname(source), posixpath.dirname(page) or "."

    def led(found: re.Match[str]) -> str:
        mark, words, target = found.groups()
        if re.match(r"[a-z]+:|#|/", target):
            return found[0]
        path, sign, anchor = target.partition("#")
        file = posixpath.normpath(posixpath.join(beside, path))
        if mark or file.endswith((".webp", ".png")):
            place = f"pictures/{file.removeprefix('docs/').replace('/', '-')}"
            (folder / "pictures").mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / file, folder / place)
            # Pressed, a picture is shown as large as it is.
            shown = posixpath.relpath(place, here)
            return f"[{mark}[{words}]({shown})]({shown})"
        if file in pages:
            return f"[{words}]({posixpath.relpath(pages[file], here)}{sign}{anchor})"
        made = file.removeprefix("docs/")
        if made in MADE:
            return f"[{words}]({posixpath.relpath(made, here)}{sign}{anchor})"
        if not (ROOT / file).exists():
            raise FileNotFoundError(f"{source} leads to {target}")
        return words

    parts = _FENCE.split(text)
    return "".join(
        part if number % 2 else _LINK.sub(led, part)
        for number, part in enumerate(parts)
    )


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
