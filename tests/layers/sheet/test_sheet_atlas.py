"""The atlas is one PDF in order: contents, links and outline lead where they say."""

import io
import subprocess
from datetime import date

import pytest
from pypdf import PdfReader

from geo.language import speaker
from layers.facts.county_table import rows_of
from layers.facts.sections import section_name
from layers.select.selection import Selection
from layers.sheet import atlas_book
from tests.tagged import check_marks

DEEP = Selection(all_of=("deep_poverty",), prefectures=("130700",))


class Steps(list):
    """What the progress bar was told."""

    def __call__(self, done: int, total: int) -> None:
        self.append((done, total))


@pytest.fixture(scope="module")
def steps():
    return Steps()


@pytest.fixture(scope="module")
def book(package, counties, steps):
    return atlas_book.make(
        package, counties, DEEP, progress=steps, made_on=date(2026, 11, 24)
    )


@pytest.fixture(scope="module")
def reader(book):
    return PdfReader(io.BytesIO(book))


@pytest.fixture(scope="module")
def texts(book):
    done = subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=book, capture_output=True, check=True
    )
    assert done.stderr == b""
    return done.stdout.decode().split("\f")[:-1]


def squeezed(text: str) -> str:
    return "".join(text.split())


def flat(outline) -> list:
    return [
        item
        for entry in outline
        for item in (flat(entry) if isinstance(entry, list) else [entry])
    ]


def test_there_is_a_page_for_everything(package, counties, reader):
    chosen = counties.loc[DEEP.apply(counties)]
    programmes = sum(chosen[p].any() for p in package.programmes)

    # Cover, contents, overview, programmes, counties, sources.
    assert len(reader.pages) == 1 + 1 + 1 + programmes + len(chosen) + 1


def test_progress_is_told_page_by_page(reader, steps, book):
    total = len(reader.pages)

    assert steps == [(n, total) for n in range(1, total + 1)]


def test_whoever_watches_the_progress_may_end_it(package, counties):
    def stop(done: int, total: int) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        atlas_book.make(package, counties, DEEP, progress=stop)


def test_every_page_of_a_county_tells_all_that_is_known(package, counties, texts):
    say = speaker("zh")
    for adcode in DEEP.apply(counties):
        page = next(
            squeezed(text)
            for text in texts
            if f"{counties.at[adcode, 'name']} {counties.at[adcode, 'name_en']}" in text
            and adcode in text
        )
        assert adcode in page
        for change in package.divisions.changes_to(adcode):
            assert change.former_adcode in page
        said = [
            (value.section, value.confidence, value.source)
            for value in package.values_of(adcode)
            # Figures of a census stand in tables and files, not in the book.
            if package.variables[value.variable].kind != "number"
        ]
        said += [
            (row["section"], row["confidence"], tuple(row["source"].split(";")))
            for row in rows_of(package, "evidence", adcode)
            if row["confidence"] != "stated"
        ]
        for section, confidence, sources in said:
            label = package.label("memberships", "confidence", confidence)
            assert squeezed(section_name(section, say)) in page
            assert squeezed(say(label)) in page
            assert all(source in page for source in sources)


def test_pages_bear_their_number(texts):
    for number, text in enumerate(texts[1:], start=2):
        assert text.split()[-1] == str(number)


def test_the_contents_lead_where_they_say(reader, texts):
    links = [annotation.get_object() for annotation in reader.pages[1]["/Annots"]]
    lines = [line for line in texts[1].splitlines() if line.strip()[-1:].isdigit()]
    numbers = [int(line.split()[-1]) for line in lines][: len(links)]

    targets = [link["/Dest"][0] for link in links]
    pages = [
        target + 1
        if isinstance(target, int)
        else reader.get_page_number(target.get_object()) + 1
        for target in targets
    ]
    assert pages == numbers


def test_the_outline_leads_to_the_pages_of_its_titles(counties, reader, texts):
    items = flat(reader.outline)
    codes = {counties.at[adcode, "name"]: adcode for adcode in DEEP.apply(counties)}

    found = {item.title: reader.get_destination_page_number(item) for item in items}
    assert set(codes) <= set(found)
    for name, adcode in codes.items():
        assert name in texts[found[name]]
        assert adcode in texts[found[name]]


def test_fonts_are_embedded_once(book):
    done = subprocess.run(
        ["pdffonts", "-"], input=book, capture_output=True, check=True
    )
    fonts = done.stdout.decode().splitlines()[2:]

    assert done.stderr == b""
    assert 1 <= len(fonts) <= 6
    assert all("CID Type 0C" in font and "yes yes yes" in font for font in fonts)


def test_a_selection_of_no_county_gives_a_book_without_counties(package, counties):
    nobody = Selection(all_of=("deep_poverty",), none_of=("poor_county",))

    content = atlas_book.make(package, counties, nobody, language="en")

    assert len(PdfReader(io.BytesIO(content)).pages) == 4


def test_a_book_is_told_page_by_page_and_its_contents_are_links(book, reader):
    check_marks(book)

    (document,) = [reader.trailer["/Root"]["/StructTreeRoot"]["/K"].get_object()]
    pages = [part.get_object() for part in document["/K"]]
    assert [part["/Pg"].get_object() for part in pages] == [*reader.pages]
    for part in pages:
        roles = [below.get_object()["/S"] for below in part["/K"]]
        assert (roles[0], roles.count("/H1")) == ("/H1", 1)
