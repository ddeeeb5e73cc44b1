"""The address of a county page leads to the county, whatever it is called there."""

import pytest
from streamlit.testing.v1 import AppTest

from geo.language import LANGUAGES
from tests.spellings import SEVERAL, WRITTEN
from views.frame import session as state
from views.pages.county_choice import county_label


def script() -> None:
    import streamlit as st

    from layers.edition.served import SERVED
    from views.frame import session as state

    edition = SERVED.edition()
    state.restore(edition)
    st.write(state.view(edition).county)


def opened(text: str) -> AppTest:
    page = AppTest.from_function(script, default_timeout=60)
    page.query_params["county"] = text
    page.run()
    assert not page.exception
    return page


@pytest.mark.spread(10)
@pytest.mark.parametrize(("text", "adcode"), WRITTEN.items())
def test_any_code_or_name_opens_the_county_and_is_set_right(text, adcode):
    page = opened(text)

    assert page.markdown[0].value == adcode
    assert page.query_params["county"] == adcode
    assert page.session_state[state._REJECTED] == ()


@pytest.mark.parametrize("text", [*SEVERAL, "999999", "张比县"])
def test_what_is_not_one_county_opens_none_and_says_what_to_write(text):
    page = opened(text)

    assert "county" not in page.query_params
    (wrong,) = page.session_state[state._REJECTED]
    assert (wrong.parameter, wrong.value) == ("county", text)
    assert wrong.allowed == SEVERAL.get(text, wrong.allowed)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_box_is_searched_by_names_of_the_past_and_codes(package, language):
    label = county_label(package.divisions, "130709", language)

    for text in ("崇礼区", "崇礼县", "chongli", "130709"):
        assert text in label
    labels = [
        county_label(package.divisions, adcode, language)
        for adcode in package.divisions.of_level("county")
    ]
    assert len({*labels}) == len(labels)
