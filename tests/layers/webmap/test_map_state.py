"""The message that restyles the map: small, consistent, and recognisable."""

import json
from base64 import b64decode
from itertools import product

import pytest

from layers.select.selection import Selection
from layers.themes.style import style_selection
from layers.themes.themes import style_theme
from layers.webmap.map_state import count_text, map_state
from tests import real

THEMES = real.themes_to_try()
MOST_BYTES = 4 * 1024
NOTHING = Selection(all_of=("deep_poverty", "paired_with_tianjin", "pumped_storage"))
SELECTIONS = [
    Selection(),
    Selection(all_of=("deep_poverty",)),
    Selection(any_of=("poor_county", "relocation", "paired_with_beijing")),
    Selection(where={"area": ("contiguous_heilonggang",)}, prefectures=("130400",)),
    NOTHING,
]


def compact(message: dict) -> bytes:
    return json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode()


def codes(bits: str, order) -> list[str]:
    """Adcodes of a look: base64 of one bit a county, the first the highest."""
    raw = b64decode(bits, validate=True)
    assert len(raw) in {0, (len(order) + 7) // 8}
    text = "".join(f"{byte:08b}" for byte in raw)
    assert "1" not in text[len(order) :]
    return [code for code, bit in zip(order, text, strict=False) if bit == "1"]


def without_version(state: dict) -> dict:
    return {key: value for key, value in state.items() if key != "version"}


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("mode", ["all_of", "any_of", "none_of"])
def test_the_message_of_one_programme_has_at_most_four_kilobytes(
    package, counties, mode, language
):
    shown = THEMES if (mode, language) == ("none_of", "zh") else ("programmes",)
    sizes = {
        (programme, theme): len(
            compact(
                map_state(
                    package,
                    counties,
                    Selection(**{mode: (programme,)}),
                    theme=theme,
                    language=language,
                )
            )
        )
        for programme, theme in product(package.programmes, shown)
    }
    assert {key: size for key, size in sizes.items() if size > MOST_BYTES} == {}


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("selection", SELECTIONS)
def test_classes_counties_hints_and_legend_fit_together(
    package, counties, selection, theme
):
    state = map_state(package, counties, selection, theme=theme)
    drawn = [code for text in state["counties"] for code in codes(text, counties.index)]
    hinted = [code for text in state["hints"] for code in codes(text, counties.index)]

    assert len(state["counties"]) == len(state["hints"]) == len(state["classes"])
    assert state["shown"] == [*selection.shown(package)]
    assert sorted(drawn) == sorted(selection.apply(counties))
    assert len(drawn) == len(set(drawn))
    assert not set(drawn) & set(hinted)
    assert len(hinted) == len(set(hinted))
    for text, hint, look in zip(
        state["counties"], state["hints"], state["classes"], strict=True
    ):
        assert text or hint
        assert look and len(look) == len(set(look))
        assert all(0 <= sign < len(state["legend"]) for sign in look)
    signs = [(line["colour"], line["texture"]) for line in state["legend"]]
    assert len(signs) == len(set(signs))


def test_looks_in_the_message_are_those_of_the_style(package, counties):
    selection = SELECTIONS[2]
    style = style_selection(package, counties, selection)
    state = map_state(package, counties, selection)

    for look, text in zip(state["classes"], state["counties"], strict=True):
        fills = tuple(
            (state["legend"][i]["colour"], state["legend"][i]["texture"]) for i in look
        )
        for code in codes(text, counties.index):
            assert style.classes[style.counties[code]].fills == fills


def test_the_version_changes_with_everything_that_the_message_says(package, counties):
    asked = {"selection": SELECTIONS[1]}
    changes = [
        {},
        {"selection": SELECTIONS[2]},
        {"theme": "overlap"},
        {"theme": "places"},
        {"language": "en"},
        {"appearance": "dark"},
        {"appearance": "contrast"},
        {"focus": "130722"},
        {"focus": "130709"},
    ]
    states = [map_state(package, counties, **{**asked, **change}) for change in changes]

    assert len({state["version"] for state in states}) == len(changes)


def test_the_version_is_the_same_exactly_when_the_message_is(package, counties):
    states = [
        map_state(
            package,
            counties,
            selection,
            theme=theme,
            appearance=appearance,
            language=language,
        )
        for selection in SELECTIONS
        for theme in THEMES
        for appearance in ("light", "dark")
        for language in ("zh", "en")
    ]
    told = {
        json.dumps(without_version(state), sort_keys=True): state["version"]
        for state in states
    }
    assert len(set(told.values())) == len(told)

    again = map_state(package, counties, SELECTIONS[2], theme="exit_approved_year")
    assert again == map_state(
        package, counties, SELECTIONS[2], theme="exit_approved_year"
    )


def test_a_selection_said_in_another_order_is_the_same_message(package, counties):
    one = Selection(
        any_of=("poor_county", "relocation"), prefectures=("130700", "130800")
    )
    other = Selection(
        any_of=("relocation", "poor_county"), prefectures=("130800", "130700")
    )

    assert map_state(package, counties, one) == map_state(package, counties, other)


@pytest.mark.parametrize("theme", THEMES)
def test_lines_come_with_the_pairing_only(package, counties, theme):
    state = map_state(package, counties, Selection(), theme=theme)

    assert bool(state["lines"]) == (theme == "partner")


@pytest.mark.parametrize("theme", THEMES)
def test_the_summary_says_selection_and_count(package, counties, theme):
    zh = map_state(package, counties, SELECTIONS[1], theme=theme)
    en = map_state(package, counties, SELECTIONS[1], theme=theme, language="en")

    assert "深度贫困县" in zh["summary"] and "10" in zh["summary"]
    assert "deep-poverty counties: 10 of 167 counties" in en["summary"]


def test_a_date_says_the_year_of_each_class(package, counties):
    legend = map_state(package, counties, Selection(), theme="exit_approved_year")[
        "legend"
    ]

    assert [line["value"] for line in legend] == [
        *map(str, range(2017, 2021)),
        None,
        None,
    ]


def test_what_is_not_said_is_counted_in_the_legend(package, counties):
    chosen = Selection(any_of=("poor_county", "relocation"))
    zh, en = (
        map_state(package, counties, chosen, language=language)["legend"]
        for language in ("zh", "en")
    )

    # 62 poor counties, ten of them named for relocation; seven more are reported.
    assert [line["count"] for line in en][:2] == [
        "62 shown · 62 named, 62 identified",
        "10 shown · 10 named, 10 identified · 52 not said",
    ]
    assert "未说明52" in zh[1]["count"]


def test_an_empty_selection_is_a_message_too(package, counties):
    for theme in THEMES:
        state = map_state(package, counties, NOTHING, theme=theme, language="en")
        assert "".join(state["counties"]) == ""
        assert "0 of 167" in state["summary"]


def test_an_unknown_theme_is_refused(package, counties):
    with pytest.raises(ValueError, match="theme is one of"):
        map_state(package, counties, Selection(), theme="heat")


@pytest.mark.parametrize("theme", THEMES)
def test_a_line_of_the_legend_is_what_the_page_draws(package, counties, theme):
    style = style_theme(package, counties, SELECTIONS[2], theme, "en")
    state = map_state(package, counties, SELECTIONS[2], theme=theme, language="en")

    assert state["legend"] == [
        {
            "programme": entry.programme,
            "value": entry.value,
            "colour": entry.colour,
            "texture": entry.texture,
            "name": entry.name,
            "count": count_text(entry, "en"),
            "note": entry.note,
        }
        for entry in style.legend
    ]
    plain = [e for e in style.legend if e.matched is None]
    for entry in plain:
        own = "county" if entry.selected == 1 else "counties"
        assert count_text(entry, "en") == f"{entry.selected} {own}"
