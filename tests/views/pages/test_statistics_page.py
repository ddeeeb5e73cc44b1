import pytest
from streamlit.testing.v1 import AppTest

from geo.language import LANGUAGES, speaker
from layers.select import overlaps
from layers.select.selection import Selection
from layers.themes import overlap_charts

# What the script of AppTest cannot import by itself is imported in the function.


def statistics(selection, language):
    import streamlit as st

    from layers.edition.served import SERVED
    from views.frame import session as state
    from views.pages import statistics as statistics_page

    state.restore(SERVED.edition())
    if "told" not in st.session_state:
        st.session_state.told = True
        state.choose(selection)
        state.speak(language)
    statistics_page.show()


def compare(selection, language):
    import streamlit as st

    from layers.edition.served import SERVED
    from views.frame import session as state
    from views.pages import compare as compare_page

    state.restore(SERVED.edition())
    if "told" not in st.session_state:
        st.session_state.told = True
        state.choose(selection)
        state.speak(language)
    compare_page.show()


def run(page, selection=None, language="zh"):
    app = AppTest.from_function(
        page, args=(selection or Selection(), language), default_timeout=60
    )
    return app.run()


def pills(app, key):
    return next(group for group in app.get("button_group") if group.key == key)


def test_the_pages_are_quiet_in_both_languages():
    for language in LANGUAGES:
        for page in (statistics, compare):
            assert not run(page, language=language).exception


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("section", ["combinations", "matrix", "coverage"])
def test_each_section_has_a_chart_and_its_table(section, language):
    app = run(statistics, language=language)
    pills(app, "statistics_section").set_value(section)
    app.run()

    assert not app.exception
    assert len(app.get("vega_lite_chart")) == 1
    said = [button.label for button in app.get("download_button")]
    assert speaker(language)("Download the table as CSV") in said


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "section", ["prefectures", "combinations", "matrix", "coverage"]
)
def test_what_is_counted_of_a_list_in_part_says_so(monkeypatch, section, language):
    """The plan counts 38 counties with relocation, and names 10."""
    said = []
    monkeypatch.setattr(
        "views.pages.statistics.write",
        lambda *given: said.append(str(given[-1])),
    )
    app = run(statistics, language=language)
    pills(app, "statistics_section").set_value(section)
    said.clear()
    app.run()

    note = {
        "zh": "易地搬迁：不完整：来源写明38个，列明10个",
        "en": "Relocation: incomplete: 38 counted, 10 named",
    }[language]
    whole = {"zh": "深度贫困：", "en": "Deep poverty: "}[language]
    assert note in "".join(said)
    assert whole not in "".join(said)


@pytest.mark.spread(7)
@pytest.mark.parametrize(
    "section", ["prefectures", "combinations", "matrix", "coverage"]
)
@pytest.mark.parametrize(
    "selection",
    [
        Selection(all_of=("poor_county",), prefectures=("130200",)),  # no county
        Selection(counties=("130102",)),  # one county, in no programme
        Selection(counties=("130722",)),  # one county in several
        Selection(counties=("130127",)),
        Selection(none_of=("poor_county",)),
    ],
    ids=["empty", "none", "one", "another", "outside"],
)
def test_little_or_nothing_selected_is_no_error(section, selection):
    app = run(statistics, selection)
    pills(app, "statistics_section").set_value(section)
    app.run()
    assert not app.exception

    pills(app, "statistics_scope").set_value("province")
    app.run()
    assert not app.exception


@pytest.mark.parametrize("language", LANGUAGES)
def test_counties_beside_each_other(language):
    app = run(compare, language=language)
    assert not app.get("download_button")

    app.multiselect(key="compare_counties").set_value(["130722"]).run()
    assert not app.exception
    assert not app.get("download_button")

    app.multiselect(key="compare_counties").set_value(
        ["130722", "130828", "130102", "130633", "130127"]
    ).run()
    assert not app.exception
    assert len(app.get("download_button")) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_selections_beside_each_other(language):
    app = run(compare, language=language)
    pills(app, "compare_mode").set_value("selections")
    app.run()
    assert not app.exception
    assert not app.get("download_button")

    app.multiselect(key="compare_programmes_B").set_value(["poor_county"]).run()
    assert not app.exception
    assert len(app.get("download_button")) == 1


@pytest.mark.skipif(not overlap_charts.CAN_DRAW, reason="vl-convert is not installed")
@pytest.mark.parametrize("language", LANGUAGES)
def test_charts_become_files(package, counties, language):
    ids, programmes = list(package.programmes), list(package.programmes.values())
    found = overlaps.combinations(counties, ids)
    charts = [
        overlap_charts.upset_chart(
            found, programmes, counties["name"].to_dict(), language
        ),
        overlap_charts.matrix_chart(
            overlaps.pairs(counties, ids), programmes, language
        ),
        overlap_charts.coverage_chart(
            overlaps.coverage(counties, ids[0], ids), programmes, language
        ),
    ]

    for chart in charts:
        assert overlap_charts.picture(chart, "png").startswith(b"\x89PNG")
        svg = overlap_charts.picture(chart, "svg").decode()
        assert svg.startswith("<svg")
        assert programmes[5].short("en").split()[0] in svg or language == "zh"
