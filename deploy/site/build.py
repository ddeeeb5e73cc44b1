"""Sources gathered, the generator run for each language, what nobody needs removed."""

from __future__ import annotations

import logging
import shutil
import tempfile
from pathlib import Path
from typing import Final

import yaml

from deploy.site.gather import ROOT, gather
from geo.language import LANGUAGES, Language

SITE: Final = ROOT / "site"
HERE: Final = Path(__file__).parent

_UNUSED: Final = (
    "**/*.map",
    "sitemap.xml*",
    "404.html",
    "assets/javascripts/lunr/tinyseg.js",
    "assets/javascripts/lunr/wordcut.js",
)
"""Parts that are for other languages, or for a site at an address known beforehand."""

_STEMMERS: Final = "assets/javascripts/lunr/min/lunr.*.js"
_KEPT: Final = frozenset({"multi", "stemmer", "zh"})


class SiteError(Exception):
    """Why the site was not built; the generator has said more in its log."""


def build(site: Path = SITE) -> None:
    """Build the site in both languages, Chinese at its top and English below ``en/``.

    Parameters
    ----------
    site : pathlib.Path
        Where it is to stand; what stands there is replaced once all has gone well.

    Raises
    ------
    SiteError
        If a page has a link that leads nowhere, or any other warning.
    """
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        made = folder / "site"
        for language in LANGUAGES:
            pages = folder / language
            gather(pages, language, pages_of(language))
            target = made if language == LANGUAGES[0] else made / language
            _generate(language, pages, target)
            _prune(target)
        shutil.rmtree(site, ignore_errors=True)
        shutil.copytree(made, site)


def configuration(language: Language) -> Path:
    """Return the file with the navigation and texts of one language."""
    return HERE / f"{language}.yml"


def pages_of(language: Language) -> list[str]:
    """Return the pages that the navigation of a language names, in its order.

    Parameters
    ----------
    language : {"zh", "en"}
        The language of the site.

    Returns
    -------
    list of str
        Paths in the site, ending in ``.md``; one that ends in a slash is a folder.
    """
    read = yaml.safe_load(configuration(language).read_text("utf-8"))

    def named(entry: object) -> list[str]:
        if isinstance(entry, str):
            return [entry] if entry.endswith((".md", "*")) else []
        parts = entry.values() if isinstance(entry, dict) else entry
        return [page for part in parts for page in named(part)]  # type: ignore[attr-defined]

    return named(read["nav"])


def _generate(language: Language, pages: Path, target: Path) -> None:
    """Run the generator; its warnings are faults."""
    import jieba
    from mkdocs.commands.build import build as run
    from mkdocs.config import load_config
    from mkdocs.exceptions import MkDocsException

    jieba.setLogLevel(logging.ERROR)
    logging.getLogger("mkdocs").setLevel(logging.WARNING)
    # The theme draws the language switch from here: see theme/partials.
    config = load_config(
        str(configuration(language)),
        docs_dir=str(pages),
        site_dir=str(target),
        strict=True,
    )
    config.plugins.on_startup(command="build", dirty=False)
    try:
        run(config)
    except MkDocsException as fault:
        raise SiteError(f"{language}: {fault}") from fault


def _prune(site: Path) -> None:
    unused = [path for pattern in _UNUSED for path in site.glob(pattern)]
    unused += [
        path for path in site.glob(_STEMMERS) if path.name.split(".")[1] not in _KEPT
    ]
    for path in unused:
        path.unlink()
