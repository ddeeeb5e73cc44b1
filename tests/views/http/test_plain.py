"""Pages that need no script: all of the facts, linked to one another."""

from html import unescape
from html.parser import HTMLParser

import pytest

from geo.export import FORMATS
from geo.language import LANGUAGES, speaker
from layers.edition.served import SERVED
from layers.profile.county_profile import county_profile
from layers.profile.county_targets import county_targets, target_line
from layers.select.scopes import counties_of, scopes
from layers.select.selection import members

EMPTY = {"meta", "br", "link", "img", "hr"}


class Checked(HTMLParser):
    """Reads a page; whatever is opened has to be closed in order."""

    def __init__(self, html):
        super().__init__()
        self.links, self.tags, self.open = [], [], []
        self.feed(html)
        assert self.open == []

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        if tag not in EMPTY:
            self.open.append(tag)
        self.links += [value for name, value in attributes if name == "href"]

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_index_leads_to_every_county_and_variable(client, language):
    package = SERVED.edition().package
    page = Checked(client.get(f"/plain?lang={language}").text)

    for adcode in SERVED.edition().counties().index:
        assert f"/plain/county/{adcode}?lang={language}" in page.links
    for variable in package.variables:
        assert f"/plain/variable/{variable}?lang={language}" in page.links
    for form in FORMATS.values():
        assert f"/layers/counties{form.suffix}?lang={language}" in page.links
    assert any(link.startswith("/layers/counties.html?any=") for link in page.links)


@pytest.mark.spread(6)
@pytest.mark.parametrize("adcode", [*SERVED.edition().counties().index])
def test_a_county_says_all_that_its_profile_says(client, adcode):
    edition = SERVED.edition()
    row = edition.counties().loc[adcode]
    for language in LANGUAGES:
        said = county_profile(edition.package, row, adcode, language)
        answer = client.get(f"/plain/county/{adcode}?lang={language}")
        Checked(answer.text)
        text = unescape(answer.text)
        for fact in said.facts:
            assert fact.told in text
        for section in said.sections:
            assert section.title in text
            for statement in section.statements:
                assert statement.text in text


@pytest.mark.spread(6)
@pytest.mark.parametrize("variable", [*SERVED.edition().package.variables])
def test_a_variable_lists_its_counties(client, variable):
    edition = SERVED.edition()
    page = Checked(client.get(f"/plain/variable/{variable}").text)
    named = {link for link in page.links if link.startswith("/plain/county/")}

    if edition.package.variables[variable].is_programme:
        inside = edition.counties().index[members(edition.counties(), [variable])[:, 0]]
        reported = edition.package.reported(variable)
        assert {link[14:20] for link in named} == {*inside, *reported}
    else:
        assert named


def test_they_need_no_script_and_load_nothing(client):
    for path in ("", "/county/130722", "/variable/poor_county"):
        answer = client.get(f"/plain{path}")
        page = Checked(answer.text)
        assert not {"script", "img", "link", "iframe"} & {*page.tags}
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        number = SERVED.edition().package.boundaries.metadata().map_approval_number
        assert number in answer.text


def test_each_has_its_other_language(client):
    for path in ("", "/county/130722", "/variable/poor_county"):
        chinese = Checked(client.get(f"/plain{path}").text)
        other = f"/plain{path}?lang=en"
        assert other in chinese.links
        assert '<html lang="en">' in client.get(other).text
    english = client.get("/plain", headers={"Accept-Language": "en"})
    assert '<html lang="en">' in english.text
    assert "Accept-Language" in english.headers["vary"]


def test_a_county_is_found_by_a_former_name_too(client):
    by_name, by_code = (client.get(f"/plain/county/{c}") for c in ("宣化县", "130705"))

    assert by_name.text == by_code.text


@pytest.mark.parametrize(
    "path", ["/county/1", "/county/<b>", "/variable/none", "/scope/none"]
)
def test_what_is_not_there_is_said(client, path):
    answer = client.get(f"/plain{path}")

    assert answer.status_code == 404
    assert {*answer.json()["message"]} == {*LANGUAGES}


@pytest.mark.parametrize("adcode", ["130722", "130102"])
def test_a_county_says_the_targets_that_bind_it_and_how_much_has_no_list(
    client, adcode
):
    package = SERVED.edition().package
    found = county_targets(package, adcode)
    for language in LANGUAGES:
        say = speaker(language)
        text = unescape(client.get(f"/plain/county/{adcode}?lang={language}").text)

        assert found.heading(say) in text
        assert found.left
        assert found.beyond(say) in text
        for held in found.by_scope:
            assert held.title(say) in text
            lines = [target_line(package, one, say) for one in held.targets]
            said = [line for line in lines if line in text]
            if len(lines) <= 20:
                assert said == lines
                continue
            # A poor county has two hundred: the rest is a page of its own.
            assert lines[:20] == said[:20]
            path = f"/plain/scope/{held.scope.id}?lang={language}"
            assert path in Checked(text).links
            whole = unescape(client.get(path).text)
            assert [line for line in lines if line not in whole] == []


def test_no_page_of_a_county_grows_with_the_plan(client):
    sizes = {
        adcode: len(client.get(f"/plain/county/{adcode}?lang=en").content)
        for adcode in ("130722", "130102", "130606")
    }

    assert max(sizes.values()) < 120_000, sizes


@pytest.mark.parametrize("scope", [*scopes(SERVED.edition().package)])
@pytest.mark.spread(6)
def test_a_scope_names_its_counties_or_says_that_no_list_is_known(client, scope):
    package = SERVED.edition().package
    page = client.get(f"/plain/scope/{scope}")
    selection = scopes(package)[scope].selection(package)
    held = [] if selection is None else counties_of(package, selection)
    links = Checked(page.text).links

    assert {link[14:20] for link in links if "/plain/county/" in link} == {*held}
    if not held:
        assert "无县级名单" in page.text or "没有" in page.text
