"""Both languages say the same, and the Chinese catalogue is whole."""

import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po

from geo import language
from geo.language import CATALOGUE, LANGUAGES, CatalogueError, Speaker, speaker
from layers.facts.sections import section_name

ROOT = Path(__file__).parents[2]
HAN = re.compile(r"[\u4e00-\u9fff]")
KEYWORDS = {"say": None, "N_": None}


def messages_of_code() -> Iterator[tuple[str, str]]:
    """Message ids and where they stand."""
    files = [
        f
        for folder in ("geo", "layers", "views")
        for f in ROOT.glob(f"{folder}/**/*.py")
    ]
    for file in [*files, *ROOT.glob("streamlit_app.py")]:
        for line, message, _, _ in extract_from_file("python", file, KEYWORDS):
            # `problem.say("en")` looks to the extractor like a message "en".
            if message not in LANGUAGES:
                yield str(message), f"{file.relative_to(ROOT)}:{line}"


def messages_of_data() -> Iterator[tuple[str, str]]:
    """Titles, descriptions and labels that the descriptor of the tables holds."""
    text = (ROOT / "data/attributes/datapackage.json").read_text("utf-8")
    for resource in json.loads(text)["resources"]:
        for entry in (resource, *resource["schema"]["fields"]):
            place = f"datapackage.json: {resource['name']}/{entry['name']}"
            yield entry["title"], place
            if entry.get("description"):
                yield entry["description"], place
            for category in entry.get("categories", []):
                yield category["label"], place


def messages() -> dict[str, str]:
    """Every message id with one place where it is used."""
    return dict([*messages_of_data(), *messages_of_code()])


def optional_messages() -> set[str]:
    """Texts of the descriptor that may be translated but need not be."""
    text = (ROOT / "data/attributes/datapackage.json").read_text("utf-8")
    descriptor = json.loads(text)
    units = {
        field["unit"]
        for resource in descriptor["resources"]
        for field in resource["schema"]["fields"]
        if "unit" in field
    }
    return {descriptor["title"], descriptor["description"], *units}


def places_in(message: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(message) if name is not None}


@pytest.fixture(scope="module")
def catalogue() -> Catalog:
    with (CATALOGUE / "atlas.po").open("rb") as source:
        return read_po(source, locale="zh")


@pytest.fixture
def other_catalogue(tmp_path, monkeypatch):
    """Writes a catalogue of the test's own, which the speakers read from then on."""

    def forget() -> None:
        speaker.cache_clear()
        language._translations.cache_clear()

    def use(text: str) -> None:
        head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
        (tmp_path / "atlas.po").write_text(head + text, encoding="utf-8")
        monkeypatch.setattr(language, "CATALOGUE", tmp_path)
        forget()

    yield use
    monkeypatch.undo()
    forget()


def test_every_message_of_code_and_data_has_a_chinese_translation(catalogue):
    missing = {
        message: place
        for message, place in messages().items()
        if catalogue.get(message) is None or not catalogue.get(message).string
    }

    assert not missing, f"{len(missing)} messages lack their Chinese: {missing}"


def test_no_translation_is_marked_as_doubtful(catalogue):
    # A fuzzy entry is left out when the catalogue is compiled: English would show.
    assert [entry.id for entry in catalogue if entry.id and entry.fuzzy] == []


def test_translations_have_the_named_places_of_their_messages(catalogue):
    differing = {
        entry.id: entry.string
        for entry in catalogue
        if entry.id and entry.string and places_in(entry.id) != places_in(entry.string)
    }

    assert not differing


def test_translations_are_in_chinese(catalogue):
    latin = [e.id for e in catalogue if e.id and e.string and not HAN.search(e.string)]

    # A sentence's frame or a name that is the same in both has no Chinese in it.
    assert [m for m in latin if re.sub(r"\{\w+\}|[^A-Za-z]", "", m)] == []


def test_the_catalogue_has_no_entry_that_nothing_uses(catalogue):
    used = messages().keys() | optional_messages()

    assert [entry.id for entry in catalogue if entry.id and entry.id not in used] == []
    assert list(catalogue.obsolete) == []


def test_messages_are_found_in_code_and_in_data():
    found = {(message, place.split(":")[0]) for message, place in messages_of_code()}

    # One of each way: say(…), N_(…), a title, a description, a label.
    assert ("line {row}", "geo/problems.py") in found
    assert ("All counties of Hebei", "layers/select/selection.py") in found
    assert {
        ("Published adcode", "datapackage.json: memberships/published_adcode"),
        ("Code of the division, six digits.", "datapackage.json: divisions/adcode"),
        ("stated by the source", "datapackage.json: memberships/confidence"),
    } <= set(messages_of_data())
    assert not messages().keys() & set(LANGUAGES)


def test_english_is_the_message_itself():
    assert Speaker("en")("{n} of {total}", n=10, total=167) == "10 of 167"


def test_chinese_comes_from_the_catalogue_file(other_catalogue):
    other_catalogue('msgid "{n} counties"\nmsgstr "{n}个县"\n')

    assert speaker("zh")("{n} counties", n=10) == "10个县"
    assert speaker("en")("{n} counties", n=10) == "10 counties"


def test_a_message_without_translation_stays_english(other_catalogue):
    other_catalogue("")

    assert speaker("zh")("nobody translated {what}", what="this") == (
        "nobody translated this"
    )


@pytest.mark.parametrize("spoken", LANGUAGES)
def test_an_empty_message_says_nothing(spoken):
    # gettext keeps the header of the catalogue under the empty message id.
    assert Speaker(spoken)("") == ""


@pytest.mark.parametrize("spoken", LANGUAGES)
def test_braces_in_values_are_never_parsed(spoken):
    assert Speaker(spoken)("<{value}>", value="{0} {value} {") == "<{0} {value} {>"


def test_a_message_without_values_may_hold_braces():
    assert Speaker("en")("a {literal} brace") == "a {literal} brace"


def test_series_and_clauses_use_the_marks_of_the_language():
    assert Speaker("zh").series(["张北县", "康保县"]) == "张北县、康保县"
    assert Speaker("en").series(["Zhangbei", "Kangbao"]) == "Zhangbei, Kangbao"
    assert Speaker("zh").clauses(["甲", "乙"]) == "甲；乙"
    assert Speaker("en").clauses(["one", "two"]) == "one; two"


def test_pick_falls_back_to_chinese_where_english_is_missing():
    assert Speaker("en").pick("崇礼区", "Chongli") == "Chongli"
    assert Speaker("zh").pick("崇礼区", "Chongli") == "崇礼区"
    assert Speaker("en").pick("崇礼区", "") == "崇礼区"


def test_an_unknown_language_is_refused_by_name():
    with pytest.raises(ValueError, match=r"'zh', 'en'.*not 'fr'"):
        Speaker("fr")


# --- As an office writes it -----------------------------------------------------------

ATTRIBUTES = ROOT / "data" / "attributes"
HALF_WIDTH = re.compile(r"(?<=[\u4e00-\u9fff])[,;:!?()]|[,;:!?()](?=[\u4e00-\u9fff])")
NOT_SAID_SO = re.compile("来源明言|无来源|对上|来源称|称 ?[{0-9]|县市区")
BARE_PLURAL = re.compile(r"\{n\} (?!of\b|percentage\b)[a-z]+s\b|\(s\)")
PER = re.compile(
    r"\bper \w+ and (?:year|day)\b|\bfor (?:a|each) (?:mu|household|family)\b"
)
ISO_DATE = re.compile(r"\d{4}-\d{2}")
ANOTHER_FOR_ONE_OR_NEVER_ONE = {
    "{n} counties",
    "{n} results.",
    "All {n} counties",
    "All {n} counties of Hebei",
    "The address is too long: {n} bytes; {most} are the most.",
    "The address has {n} parameters; {most} are the most.",
}


def texts_of_tables(language: str) -> Iterator[tuple[str, str]]:
    """Texts of all tables in one language, and where they stand."""
    for file in sorted(ATTRIBUTES.glob("*.csv")):
        with file.open(encoding="utf-8", newline="") as table:
            for line, row in enumerate(csv.DictReader(table), 2):
                for column, text in row.items():
                    if column.endswith(f"_{language}") and text:
                        yield text, f"{file.name}:{line} {column}"


def test_chinese_texts_have_full_width_marks(catalogue):
    texts = [*texts_of_tables("zh"), *((e.string, e.id) for e in catalogue if e.id)]

    wrong = {place: text for text, place in texts if HALF_WIDTH.search(text)}
    assert not wrong


def test_chinese_messages_are_worded_as_in_an_office(catalogue):
    wrong = {e.id: e.string for e in catalogue if e.id and NOT_SAID_SO.search(e.string)}

    assert not wrong


def test_english_texts_of_the_tables_have_no_chinese_in_them():
    marks = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")

    wrong = {place: text for text, place in texts_of_tables("en") if marks.search(text)}
    assert not wrong


def test_english_texts_say_per():
    wrong = {place: text for text, place in texts_of_tables("en") if PER.search(text)}

    assert not wrong


@pytest.mark.parametrize("spoken", LANGUAGES)
def test_periods_are_written_out_in_both_languages(spoken):
    columns = (f"dated_{spoken}", f"period_{spoken}")
    wrong = {
        place: text
        for text, place in texts_of_tables(spoken)
        if place.endswith(columns) and ISO_DATE.search(text)
    }

    assert not wrong


def test_a_section_is_written_in_one_way():
    """Half-width and without spaces in the tables, full-width when it is read."""
    for file in ATTRIBUTES.glob("*.csv"):
        with file.open(encoding="utf-8", newline="") as table:
            sections = {row.get("section") or "" for row in csv.DictReader(table)}
        assert not {s for s in sections if re.search(r"[（）；]|; | ;", s)}, file
        shown = {section_name(s, speaker("zh")) for s in sections}
        assert not {s for s in shown if HALF_WIDTH.search(s)}, file


def test_messages_that_count_have_a_form_for_one():
    counting = {
        message: place
        for message, place in messages().items()
        if BARE_PLURAL.search(message) and message not in ANOTHER_FOR_ONE_OR_NEVER_ONE
    }

    assert not counting


def test_no_message_of_the_code_states_a_figure_of_the_plan():
    """Figures of the plan stand in the tables; these are of standards and limits."""
    technical = {
        *("EPSG:4526", "EPSG:4527", "EPSG:4528", "EPSG:4490", "EPSG:4547", "EPSG:4548"),
        *("EPSG:4549", "114°", "117°", "120°", "zone 38", "zone 39", "zone 40"),
        *(":5432", "65535", "503", "600 m"),
        *("WGS 84", "EPSG:4326", "37°", "42° N", "116.5°", "GCJ-02", "GB/T 2260"),
        *(
            "SHA-256",
            "CGCS2000",
            "UTF-16",
            "GB18030",
            "Big5",
            "2,000 files",
            "e.g. 420,000",
        ),
        # How sources call the lists: words of their sections.
        *("list of 2012", "list of 832 counties"),
    }
    stated = {}
    for message, place in messages_of_code():
        rest = message
        for word in technical:
            rest = rest.replace(word, "")
        if re.search(r"\d\d", rest):
            stated[message] = place

    assert not stated


@pytest.mark.parametrize(
    ("n", "said"), [(1, "1 row is"), (0, "0 rows are"), ("1", "1 row is")]
)
def test_a_number_chooses_the_form(n, said):
    assert Speaker("en")("{n} {n:row is|rows are}", n=n) == said


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00"])
def test_a_catalogue_that_is_missing_or_damaged_is_said_in_both(
    tmp_path, monkeypatch, content
):
    if content is not None:
        (tmp_path / "atlas.po").write_bytes(content)
    monkeypatch.setattr(language, "CATALOGUE", tmp_path)

    with pytest.raises(CatalogueError) as fault:
        language._translations.__wrapped__("zh")

    assert "请重新安装" in str(fault.value)
    assert "install the atlas again" in str(fault.value)
    assert str(tmp_path / "atlas.po") in str(fault.value)
