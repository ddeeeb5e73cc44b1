"""The still map: what it shows is what the edition says, and it is small."""

import re
from dataclasses import replace

import brotli
import pytest

from geo.language import speaker
from layers.edition.address import Address, Beside
from layers.edition.edition import Edition
from layers.edition.opening import opening
from layers.edition.still import still
from layers.facts.county_table import county_table
from layers.select.selection import Selection
from layers.themes.themes import USUAL, style_theme
from layers.webmap.bundle import geometry_bundle
from layers.webmap.map_texts import TEXTS
from tests import real

MOST_BYTES = 14_000


@pytest.fixture(scope="module")
def edition():
    return Edition(real.package())


@pytest.fixture(scope="module")
def first(edition):
    return Address(selection=opening(edition.package), theme=USUAL, language="zh")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_legend_counts_what_is_drawn(edition, first, language):
    shown = still(edition, replace(first, language=language), "")
    style = style_theme(
        edition.package, edition.counties(), first.selection, USUAL, language
    )
    counted = {line.name: line.count for line in shown.legend}

    for entry in style.legend:
        assert re.findall(r"\d+", counted[entry.name]) == [str(entry.selected)]
        assert entry.colour in shown.picture
    rest = len(edition.counties()) - len(style.counties)
    assert re.findall(r"\d+", shown.legend[-1].count) == [str(rest)]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_several_at_once_have_the_sign_of_the_live_legend(edition, first, language):
    asked = replace(
        first,
        language=language,
        selection=Selection(any_of=("poor_county", "deep_poverty")),
    )
    shown = still(edition, asked, "")
    say = speaker(language)
    (line,) = [x for x in shown.legend if x.name == say(TEXTS["several"])]
    (pattern,) = re.findall(r"url\(#(.+?)\)", line.swatch)
    drawn = shown.picture.partition(f'id="{pattern}"')[2].partition("</pattern>")[0]

    package = edition.package
    bundle = geometry_bundle(package, county_table(package).head(1), "overview")
    assert [colour for colour, _ in bundle["several"]] == re.findall("#.{6}", drawn)


def test_it_bears_the_credit_and_names_every_prefecture(edition, first):
    shown = still(edition, first, "标题")
    drawn = edition.package.boundaries.metadata()

    assert drawn.map_approval_number in shown.credit
    assert 'aria-label="标题"' in shown.picture
    for prefecture in edition.package.divisions.of_level("prefecture").values():
        assert f">{prefecture.short_name}</text>" in shown.picture


def test_it_is_small(edition, first):
    shown = still(edition, first, "")

    assert len(brotli.compress(shown.picture.encode())) <= MOST_BYTES


def test_every_sign_that_is_pointed_at_is_there(edition, first):
    for theme in [USUAL, "overlap", "poor_county_class"]:
        shown = still(edition, replace(first, theme=theme), "")
        if shown:
            whole = shown.picture + "".join(line.swatch for line in shown.legend)
            wanted = {*re.findall(r"url\(#([\w-]+)\)", whole)}
            assert wanted <= {*re.findall(r'id="([\w-]+)"', whole)}


def test_what_it_could_not_show_whole_is_not_drawn(edition, first):
    number = next(v.id for v in edition.package.variables.values() if v.measure)
    beside = Beside(selection=Selection(), theme=USUAL)
    for address in (
        replace(first, beside=beside),
        replace(first, theme="places"),
        replace(first, theme=f"{number}-circles"),
    ):
        assert still(edition, address, "") is None
