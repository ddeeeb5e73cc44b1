"""The font of sheets has every character of our data, and its text is measured."""

from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTCollection, TTFont
from matplotlib.textpath import text_to_path

from geo import boundaries
from geo.boundaries import Boundaries
from geo.folders import attributes_folder, boundaries_folder
from geo.language import CATALOGUE
from layers.sheet import font
from layers.sheet.font import ELLIPSIS, FontMissingError, face, plain

DIRECTORY = attributes_folder()

DRAWN = Boundaries(boundaries_folder())

PACKAGED = face().file


def missing(text: str) -> list[str]:
    return sorted({c for c in plain(text) if c not in face()})


@pytest.mark.parametrize(
    "table", sorted(DIRECTORY.glob("*.csv")), ids=lambda path: path.stem
)
def test_every_character_of_our_tables_is_in_the_font(table):
    assert missing(table.read_text("utf-8")) == []


@pytest.mark.parametrize("level", boundaries.LEVELS)
def test_every_name_on_the_boundaries_is_in_the_font(level):
    drawn = DRAWN.load(level, "overview").drop(columns="geometry")

    assert missing(" ".join(drawn.astype(str).to_numpy().ravel())) == []


def test_every_character_of_the_chinese_catalogue_is_in_the_font():
    with (CATALOGUE / "atlas.po").open("rb") as source:
        catalogue = read_po(source, locale="zh")
    spoken = "".join(str(m.string) + str(m.id) for m in catalogue)

    assert missing(spoken) == []


def test_the_credit_of_the_boundaries_is_in_the_font():
    vintage = DRAWN.metadata()

    assert missing(vintage.credit_zh + vintage.credit_en) == []


def test_the_packaged_font_is_taken():
    assert face().file.name == "NotoSansSC-Regular.otf"
    assert "site-packages" in str(face().file)


def subset_of(text: str, file: Path) -> TTFont:
    """A small font with these characters only."""
    one = TTFont(file)
    subsetter = Subsetter(Options(name_IDs=["*"]))
    subsetter.populate(text=text)
    subsetter.subset(one)
    return one


@pytest.fixture
def no_packaged_font(monkeypatch):
    font.face.cache_clear()
    monkeypatch.setattr(font, "_PACKAGE", "no_such_package")
    yield
    font.face.cache_clear()


def test_the_systems_font_is_taken_where_the_package_is_missing(
    no_packaged_font, tmp_path, monkeypatch
):
    file = tmp_path / "NotoSansCJK-Regular.ttc"
    monkeypatch.setattr(font, "_SYSTEM_FILES", (str(file),))
    collection = TTCollection()
    for family in ("Noto Sans CJK JP", "Noto Sans CJK SC"):
        one = subset_of("河北", font.Face(PACKAGED).file)
        one["name"].setName(family, 1, 3, 1, 0x409)
        one["name"].removeNames(nameID=16)
        collection.fonts.append(one)
    collection.save(str(file))

    assert font.face().file == file
    assert font.face().index == 1
    assert "河" in font.face()
    assert "张" not in font.face()


def test_without_any_font_the_error_says_what_to_install(no_packaged_font, monkeypatch):
    monkeypatch.setattr(font, "_SYSTEM_FILES", ())

    with pytest.raises(FontMissingError, match="pylopdf-fonts-zh-cn"):
        font.face()


@pytest.mark.parametrize(
    "text", ["围场满族蒙古族自治县", "1:4 400 000", "Zhangbei 张北县"]
)
def test_text_is_as_wide_as_it_is_drawn(text):
    drawn = text_to_path.get_text_width_height_descent(
        text, face().properties(10), ismath=False
    )[0]

    # Latin letters are kerned when drawn; Chinese characters are not.
    assert face().width(text, 10) == pytest.approx(drawn * font.MM_PER_POINT, rel=0.03)


@pytest.mark.parametrize("width", [8, 25, 60, 300])
@pytest.mark.parametrize(
    "text",
    [
        "石家庄市、唐山市（含曹妃甸区）；“十三五”期间，共62个县。",
        "Counties of Hebei that are in all of: Yanshan–Taihang contiguous poor area",
        "https://cloudcenter.tianditu.gov.cn/administrativeDivision/",
        "",
    ],
)
def test_wrapped_lines_fit_and_lose_nothing(text, width):
    lines = face().wrap(text, 8, width)

    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(face().width(line, 8) <= width for line in lines)


def test_no_line_begins_with_a_closing_mark():
    text = "张北县、康保县、沽源县、尚义县、蔚县、阳原县、怀安县（万全区）、赤城县。"

    for width in range(12, 60):
        for line in face().wrap(text, 8, width):
            assert line[0] not in "、。）"
            assert line[-1] != "（"


def test_a_shortened_text_fits_and_says_so():
    text = face().shorten("河北省集中连片特困地区" * 9, 8, 40)

    assert text.endswith(ELLIPSIS)
    assert face().width(text, 8) <= 40


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("two\nlines\tand  more", "two lines and more"),
        ("turned\u202edrow", "turneddrow"),
        ("zero\x00byte", "zerobyte"),
        ("Chang’an District", "Chang'an District"),
        ("$x_1$ {a} \\frac", "$x_1$ {a} \\frac"),
        ("“十三五”", "“十三五”"),
    ],
)
def test_text_of_the_data_is_one_printable_line(text, printed):
    assert plain(text) == printed


def test_an_unknown_character_takes_room_like_the_box_that_is_drawn():
    assert face().width("\U0001f3d4", 10) > 0
