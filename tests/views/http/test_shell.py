"""What the server sends for a page: true before any script, and safe."""

import gzip
import re
from html import unescape
from html.parser import HTMLParser

import brotli
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from geo.language import LANGUAGES
from layers.edition.address import Address
from layers.edition.opening import Opened, opening
from layers.edition.sentence import sentence_text, sentence_tokens
from layers.edition.served import SERVED
from layers.edition.texts import NAMES
from layers.select.selection import Selection
from layers.webmap.script_files import FOLDER as SCRIPTS
from views.http.front import front
from views.http.prepare import FOLDER
from views.http.routes import routes
from views.http.shell import document
from views.http.shell_page import TAGS
from views.pages.navigation import PATHS

MOST_BYTES = 25_000

ENGLISH = {"Accept-Language": "en-GB,en;q=0.9"}


class Page(HTMLParser):
    """Reads a page: its elements in order, and the text of one of them."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.links, self.language = [], [], None
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        self.tags.append((tag, found))
        if tag == "a":
            self.links.append(found["href"])
        if tag == "html":
            self.language = found["lang"]

    def place(self, tag, **wanted):
        return next(
            place
            for place, (name, found) in enumerate(self.tags)
            if name == tag and wanted.items() <= found.items()
        )


def of(prefix=""):
    app = Starlette(routes=routes(prefix), middleware=front(prefix, PATHS))
    return TestClient(app)


@pytest.fixture(scope="module")
def client():
    return of()


def heading(html):
    found = re.search(r"<h1>(.*?)</h1>", html, re.DOTALL)
    return unescape(re.sub(r"<[^>]+>", "", found[1]))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_map_says_what_the_edition_says(client, language):
    edition = SERVED.edition()
    shown = opening(edition.package)
    tokens = sentence_tokens(edition.package, edition.counties(), shown, language)
    text = client.get(f"/?lang={language}").text

    assert heading(text) == sentence_text(tokens)
    assert f"<title>{sentence_text(tokens)} · {NAMES[language]}</title>" in text
    assert str(len(shown.apply(edition.counties()))) in text
    assert edition.package.boundaries.metadata().map_approval_number in text


@pytest.mark.parametrize(
    ("address", "headers", "language"),
    [
        ("/", {}, "zh"),
        ("/", ENGLISH, "en"),
        ("/?lang=zh", ENGLISH, "zh"),
        ("/compare?lang=en", {}, "en"),
        ("/?lang=xx", ENGLISH, "en"),
    ],
)
def test_it_is_in_the_language_of_address_or_reader(client, address, headers, language):
    answer = client.get(address, headers=headers)

    assert Page(answer.text).language == TAGS[language]
    assert "Accept-Language" in answer.headers["vary"]


def test_what_runs_the_components_stands_in_every_page(client):
    """What travels with each rerun calls it, and brings no other."""
    for path in PATHS:
        before, root, _ = client.get(f"/{path}").text.partition('<div id="root">')
        assert root and "window.atlasRun = " in before, path


def test_other_pages_show_no_map_that_they_are_not(client):
    for path in [path for path in PATHS if path not in {"", "map"}]:
        text = client.get(f"/{path}").text
        assert "atlas-picture" not in text.partition("</style>")[2], path
        assert heading(text)


def test_a_county_is_named_with_what_is_known_first(client):
    division = SERVED.edition().package.divisions["130722"]
    text = client.get("/county?county=130722").text

    assert heading(text) == division.name
    assert "<dd>130722</dd>" in text
    assert "/plain/county/130722?lang=zh" in text


def test_a_link_shows_its_own_selection(client):
    counties = SERVED.edition().counties()
    chosen = Selection(all_of=("deep_poverty",)).apply(counties)
    text = client.get("/?all=deep_poverty").text

    assert f"<b>{len(chosen)}</b>" in text
    assert "/layers/counties.pdf?all=deep_poverty&amp;lang=zh" in text


@pytest.mark.parametrize("hostile", ["<script>alert(1)</script>", '"><svg onload=x>'])
def test_nothing_of_an_address_becomes_markup(client, hostile):
    for name in ("all", "see", "county", "lang", "beside", "theme", "x"):
        answer = client.get("/", params={name: hostile})
        assert answer.status_code == 200
        assert hostile not in answer.text


def test_text_of_the_data_stays_text():
    opened = Opened(
        address=Address(selection=Selection(), theme="", language="zh"),
        county="",
        contrast=False,
        rejected=(),
    )
    streamlits = (FOLDER / "index.html").read_text()
    page = document(streamlits, opened, "</title><script>x", "")

    assert "<title>&lt;/title&gt;&lt;script&gt;x</title>" in page


def test_scripts_and_styles_are_fetched_behind_what_is_painted(client):
    page = Page(client.get("/").text)
    still = page.place("div", id="atlas-still")
    fetched = [
        place
        for place, (tag, found) in enumerate(page.tags)
        if found.get("rel") in {"stylesheet", "modulepreload", "preload"}
        or "src" in found
    ]

    assert min(fetched) > page.place("div", id="root") > still
    preloaded = (FOLDER / "index.html").read_text().count("modulepreload")
    named = [f["href"] for _, f in page.tags if f.get("rel") == "modulepreload"]
    # Streamlit's own first: without them nothing of the atlas's runs.
    assert all(name.startswith("./static/") for name in named[:preloaded])
    assert all(name.startswith("/assets/") for name in named[preloaded:])
    assert not [f for _, f in page.tags if f.get("as") == "font"]
    assert "JavaScript to run this app" not in client.get("/").text


@pytest.mark.parametrize(
    ("accepts", "unpack"), [("br", brotli.decompress), ("gzip", gzip.decompress)]
)
def test_it_is_small_and_asked_for_again(client, accepts, unpack):
    headers = {"Accept-Encoding": accepts}
    with client.stream("GET", "/", headers=headers) as answer:
        raw = b"".join(answer.iter_raw())

    assert len(raw) <= MOST_BYTES
    assert unpack(raw).decode() == client.get("/").text
    assert answer.headers["cache-control"] == "no-cache"
    tag = {"If-None-Match": answer.headers["etag"]}
    assert client.get("/", headers=headers | tag).status_code == 304
    assert client.head("/", headers=headers).headers["etag"] == answer.headers["etag"]
    policy = answer.headers["content-security-policy"]
    assert "script-src 'self' 'unsafe-inline' blob:" in policy


@pytest.mark.parametrize(
    ("prefix", "address", "begins"),
    [
        ("", None, "/"),
        ("/gis", None, "/gis/"),
        ("/gis", "https://maps.example/atlas", "/atlas/"),
    ],
)
def test_every_link_leads_where_the_atlas_is(monkeypatch, prefix, address, begins):
    if address:
        monkeypatch.setenv("ATLAS_ADDRESS", address)
    text = of(prefix).get(f"{prefix}/").text
    links = Page(text).links

    assert len(links) >= 8
    assert all(link.startswith(begins) for link in links)
    if not address:
        for link in {link for link in links if ".pdf" not in link}:
            if ".html?" not in link:
                assert of(prefix).get(link).status_code == 200, link


def test_why_no_more_comes_is_said_in_both_languages(client):
    text = client.get("/").text
    off = re.search(r"<noscript>(.*?)</noscript>", text, re.DOTALL)[1]

    for language in LANGUAGES:
        assert off.count(f'<p lang="{TAGS[language]}">') == 1
        for why in ("old", "line", "start"):
            said = f'atlas-why-{why}" lang="{TAGS[language]}"'
            assert text.count(said) == 1


def test_no_script_of_the_shell_can_end_itself():
    for path in (SCRIPTS / "shell").glob("*.js"):
        code = path.read_text()
        assert "</" not in code, path.name
        assert "<!--" not in code, path.name


def test_the_map_names_what_it_will_ask_for_and_other_pages_nothing(client):
    def early(path):
        page = client.get(path, headers={"Sec-Fetch-Mode": "navigate"}).text
        return re.findall(r'<link rel="(?:module)?preload"[^>]*href="(/[^"]+)"', page)

    named = [unescape(name) for name in early("/?all=deep_poverty&lang=en")]

    assert len(named) == len(set(named))
    assert any(name.endswith("state.json?all=deep_poverty&lang=en") for name in named)
    for name in named:
        assert client.get(name).status_code == 200, name
    assert early("/about") == []
