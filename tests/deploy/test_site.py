"""The help: built without a warning, whole by itself, served as a part of the atlas."""

import gzip
import json
import posixpath
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
import yaml
from starlette.applications import Starlette
from starlette.testclient import TestClient

from deploy.site import build as building
from deploy.site import commands, gather
from geo.language import LANGUAGES
from layers.cli import commands as cli
from layers.facts.package import load
from views.http import help as served
from views.http.front import front
from views.http.routes import routes
from views.pages.bar import HELP

ROOT = Path(__file__).parents[2]


LOADS = {("link", "href"), ("script", "src"), ("img", "src"), ("iframe", "src")}


class Page(HTMLParser):
    """What a page loads, what it links to, where one can arrive."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.loads, self.links, self.ids = [], [], set()
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        for name, value in attributes:
            if name == "id":
                self.ids.add(value)
            elif (tag, name) in LOADS:
                self.loads.append(value)
            elif (tag, name) == ("a", "href"):
                self.links.append(value)
            elif name in {"srcset", "data", "poster", "action"}:
                self.loads.append(value)


@pytest.fixture(scope="session")
def pages(site) -> dict[str, Page]:
    """Every page by its path in the site."""
    return {
        path.relative_to(site).as_posix(): Page(path.read_text("utf-8"))
        for path in site.rglob("*.html")
    }


def arrived(page: str, link: str) -> str:
    """Where a link leads, as a path in the site; ``..`` is outside of it."""
    path = unquote(urlsplit(link).path)
    if not path:
        return page
    found = posixpath.normpath(posixpath.join(posixpath.dirname(page), path))
    if path.endswith(("/", ".")) and not found.startswith(".."):
        found = posixpath.normpath(posixpath.join(found, "index.html"))
    return found


def test_every_page_of_the_navigation_is_there_in_its_language(site):
    for language in LANGUAGES:
        root = site / served.ROOTS[language]
        for page in building.pages_of(language):
            name = page.removesuffix(".md")
            name = re.sub(r"(^|/)(index|README)$", r"\1", name)
            text = (root / name / "index.html").read_text("utf-8")
            assert f'<html lang="{language}"' in text, page


def test_every_link_leads_to_a_page_and_a_place_on_it(site, pages):
    lost = []
    for name, page in pages.items():
        for link in page.links + page.loads:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            there = arrived(name, link)
            if there in {"..", "../"}:
                continue  # the atlas
            if not (site / there).is_file() or (
                parts.fragment
                and there in pages
                and unquote(parts.fragment) not in pages[there].ids
                and not parts.fragment.startswith("__")
            ):
                lost.append((name, link))

    assert lost == []


def test_no_page_loads_anything_from_another_host(site, pages):
    loads = {
        (name, link)
        for name, page in pages.items()
        for link in page.loads
        if urlsplit(link).netloc
    }
    styles = {
        (path.name, address)
        for path in site.rglob("*.css")
        for address in re.findall(
            r"(?:url\(|@import )[\"']?(//|https?:)", path.read_text()
        )
    }

    assert loads == set()
    assert styles == set()


def test_the_other_language_has_the_same_page(pages):
    other = pages["guide/map/index.html"].links
    back = pages["en/guide/map/index.html"].links

    assert "../../en/guide/map/" in [posixpath.normpath(x) + "/" for x in other]
    assert any(
        arrived("en/guide/map/index.html", x) == "guide/map/index.html" for x in back
    )


def test_the_search_knows_chinese_words(site):
    index = json.loads((site / "search" / "search_index.json").read_text("utf-8"))
    words = {
        w for entry in index["docs"] for w in re.split("[\u200b\\s]", entry["text"])
    }

    assert index["config"]["lang"] == ["zh"]
    assert {"贫困县", "审图号"} & words
    assert "map" not in index["config"]["lang"]


def test_the_reference_holds_every_table_variable_and_command(site):
    variables, tables = (
        (site / "reference" / name / "index.html").read_text("utf-8")
        for name in ("variables", "tables")
    )

    for variable in load().variables.values():
        assert f"<code>{variable.id}</code>" in variables
    for table in (ROOT / "data" / "attributes").glob("*.csv"):
        assert table.name in tables
    told = commands.commands("en")
    for command in cli.COMMANDS:
        assert f"usage: atlas {command}" in told


def test_a_link_to_no_file_stops_the_building(tmp_path, monkeypatch):
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "a.md").write_text("# A\n\n[b](b.md)\n")
    monkeypatch.setattr(gather, "ROOT", tmp_path)

    with pytest.raises(FileNotFoundError, match=r"docs/a\.md leads to b\.md"):
        gather.gather(tmp_path / "out", "en", ["a.md"])


def test_a_link_to_code_keeps_its_words_only(tmp_path, monkeypatch):
    (tmp_path / "docs").mkdir()
    (tmp_path / "code.py").touch()
    (tmp_path / "docs" / "a.md").write_text(
        "# A\n\n[code](../code.py), [self](a.md#a)\n"
    )
    monkeypatch.setattr(gather, "ROOT", tmp_path)

    gather.gather(tmp_path / "out", "en", ["a.md"])

    assert (tmp_path / "out" / "a.md").read_text() == "# A\n\ncode, [self](a.md#a)\n"


def test_the_bar_leads_to_pages_that_are_there(site):
    for language in LANGUAGES:
        for page in HELP.values():
            assert (site / served.ROOTS[language] / page / "index.html").is_file()


@pytest.fixture(scope="module")
def client(site):
    app = Starlette(routes=served.routes("/gis", site), middleware=front("/gis"))
    with TestClient(app, follow_redirects=False) as client:
        yield client


@pytest.mark.parametrize(
    ("asked", "led"),
    [
        ("/gis/help", "help/"),
        ("/gis/help/en", "en/"),
        ("/gis/help/guide/map", "map/"),
    ],
)
def test_an_address_without_a_slash_leads_to_the_one_with(client, asked, led):
    answer = client.get(asked)

    assert (answer.status_code, answer.headers["location"]) == (308, led)


def test_a_page_is_packed_tagged_and_guarded(client, site):
    with client.stream("GET", "/gis/help/", headers={"Accept-Encoding": "gzip"}) as one:
        content = b"".join(one.iter_raw())

    assert one.headers["content-encoding"] == "gzip"
    assert gzip.decompress(content) == (site / "index.html").read_bytes()
    assert one.headers["content-type"] == "text/html; charset=utf-8"
    policy = one.headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "http" not in policy
    again = client.get("/gis/help/", headers={"If-None-Match": one.headers["etag"]})
    assert again.status_code == 304


def test_what_bears_a_hash_is_kept_for_ever_and_what_does_not_is_asked_again(
    client, site
):
    bundle = next(site.glob("assets/javascripts/bundle.*.min.js"))
    name = bundle.relative_to(site).as_posix()

    assert "immutable" in client.get(f"/gis/help/{name}").headers["cache-control"]
    assert client.get("/gis/help/en/").headers["cache-control"] == "no-cache"


@pytest.mark.parametrize(
    "path",
    [
        "none/",
        "index.htm",
        "..%2f..%2fREADME.md",
        "%2e%2e/views/http/help.py",
        "/etc/passwd",
        "index.html%00",
        "..%5cREADME.md",
        "guide/map/index.html/",
    ],
)
def test_what_is_no_page_is_said_in_both_languages(client, path):
    answer = client.get(f"/gis/help/{path}")

    assert answer.status_code == 404
    assert "帮助中没有这一页" in answer.text
    assert "The help has no such page" in answer.text
    assert 'href="/gis/help/en/"' in answer.text


def test_a_link_out_of_the_site_is_not_followed(site, tmp_path):
    copy = tmp_path / "site"
    copy.mkdir()
    shutil.copyfile(site / "index.html", copy / "index.html")
    (copy / "out.html").symlink_to(ROOT / "pyproject.toml")

    client = TestClient(Starlette(routes=served.routes("", copy)))

    assert client.get("/help/").status_code == 200
    assert client.get("/help/out.html").status_code == 404


def test_without_a_site_the_address_says_what_to_do(tmp_path):
    client = TestClient(Starlette(routes=served.routes("", tmp_path)))

    answer = client.get("/help/")

    assert answer.status_code == 404
    assert "尚未生成" in answer.text
    assert "make site" in answer.text
    assert "README.md" in answer.text
    assert "README.zh.md" in answer.text


def test_the_application_has_the_help_among_its_routes():
    assert "/gis/help/{path:path}" in {route.path for route in routes("/gis")}


LABEL = re.compile(r"\*\*(.+?)\*\*")


def labels(language):
    """What the guide calls by the words of the interface: all that is bold."""
    for path in sorted((ROOT / "docs" / "guide" / language).glob("*.md")):
        for found in LABEL.finditer(path.read_text("utf-8")):
            yield path.name, found[1]


def known(language) -> re.Pattern[str]:
    """Match any text that the interface can say in a language."""
    from babel.messages.pofile import read_po

    with (ROOT / "locale/zh/LC_MESSAGES/atlas.po").open("rb") as file:
        catalogue = [message for message in read_po(file) if message.id]
    said = {m.string if language == "zh" else m.id for m in catalogue}
    package = load()
    for one in (*package.variables.values(), *package.groups.values()):
        said |= {one.name(language), one.within(language)}
        said |= {c.name(language) for c in getattr(one, "classes", ())}
    # A message that is places and punctuation only would be any text.
    place = re.compile(r"\{\w+(:[^}]*)?\}")
    parts = (place.split(text)[::2] for text in said)
    forms = (
        r"\w{1,8}".join(map(re.escape, texts))
        for texts in parts
        if len(texts) == 1 or re.search(r"\w\w", "".join(texts))
    )
    return re.compile("|".join(f"(?:{form})" for form in forms))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_label_that_the_guide_quotes_stands_in_the_interface(language):
    may = known(language)

    assert [
        (page, label) for page, label in labels(language) if not may.fullmatch(label)
    ] == []


def test_both_guides_have_the_same_pages_and_pictures():
    guide = ROOT / "docs" / "guide"
    names = [{p.name for p in (guide / lang).glob("*.md")} for lang in LANGUAGES]
    shown = [
        {
            picture
            for page in (guide / lang).glob("*.md")
            for picture in re.findall(
                rf"pictures/{lang}/([\w-]+)\.webp", page.read_text()
            )
        }
        for lang in LANGUAGES
    ]
    there = [
        {p.stem for p in (guide / "pictures" / lang).iterdir()} for lang in LANGUAGES
    ]

    assert names[0] == names[1]
    assert shown[0] == shown[1] == there[0] == there[1]


def test_the_pictures_are_small():
    pictures = [*(ROOT / "docs/guide/pictures").rglob("*.webp")]

    assert sum(path.stat().st_size for path in pictures) < 3_000_000


def test_every_page_of_the_navigation_stands_once():
    for language in LANGUAGES:
        pages = building.pages_of(language)
        assert len(pages) == len({*pages})
    read = yaml.safe_load((ROOT / "deploy/site/base.yml").read_text("utf-8"))
    assert read["theme"]["font"] is False
