"""Own figures stay with their session while the reader is on other pages."""

import gc
import weakref

from tests.views.pages.conftest import given
from tests.views.pages.test_own_page import INCOME, KANGBAO, box, edited  # noqa: F401
from views.frame import session as state

ZHANGBEI = "130722"


def go(page, where: str, county: str | None = None) -> None:
    """Open a page of the same session."""
    page.session_state["where"] = where
    if county:
        page.session_state[state.COUNTY_BOX] = county
        page.session_state["county"] = county
    page.told.clear()
    page.run()
    assert not page.exception


def test_a_file_is_there_again_with_what_was_settled(page, edited, package):  # noqa: F811
    named = package.divisions.named(KANGBAO, "zh")
    edited["county"] = {0: f"{named} {KANGBAO}"}
    given(page, "收入.csv", INCOME + "康宝,1,1\n")
    box(page, "multiselect", "own_summed").set_value([2]).run()
    settled = page.told["own-account"]
    assert "共4行：已匹配4行" in settled

    edited.clear()  # an editor is empty when its page is opened again
    go(page, "statistics")
    assert not page.file_uploader
    go(page, "own")

    assert page.file_uploader[0].value is None
    assert page.told["own-account"] == settled
    assert box(page, "multiselect", "own_summed").value == [2]
    assert "合计201" in page.told["own-figures"]


def test_what_is_settled_after_coming_back_is_there_the_next_time_too(page):
    given(page, "收入.csv", INCOME)
    for chosen in ([2], []):
        go(page, "county", ZHANGBEI)
        go(page, "own")
        box(page, "multiselect", "own_summed").set_value(chosen).run()
        go(page, "county", ZHANGBEI)
        go(page, "own")
        assert box(page, "multiselect", "own_summed").value == chosen


def test_a_county_and_the_statistics_have_the_figures_and_say_whose_they_are(page):
    go(page, "county", ZHANGBEI)
    before = " ".join(page.told.values())
    assert "收入(元)" not in before
    go(page, "own")
    given(page, "收入.csv", INCOME)

    go(page, "county", ZHANGBEI)
    assert "5,000元" in page.told["county-figures"]
    assert "不属于规划" in page.told["county-own"]
    assert "收入.csv" in page.told["county-own"]
    go(page, "statistics")
    assert "收入.csv" in page.told["statistics_head"]


def test_figures_that_were_put_away_are_nowhere(page):
    given(page, "收入.csv", INCOME)
    go(page, "statistics")
    go(page, "own")
    page.button(key="own-put-away").click().run()

    assert not page.exception
    assert "own-put-away" not in [button.key for button in page.button]
    for where in ("county", "statistics"):
        go(page, where, ZHANGBEI)
        assert "收入(元)" not in " ".join(page.told.values())


def test_what_was_put_away_is_given_back_at_once(page):
    given(page, "收入.csv", INCOME)
    held = page.session_state
    gone = [weakref.ref(held[name].made) for name in ("own_guessed", "own_held_seen")]
    assert all(one() for one in gone)
    go(page, "statistics")
    go(page, "own")
    page.button(key="own-put-away").click().run()

    assert not page.exception
    for name in ("own_read", "own_guessed", "own_facts", "own_map", "own_noted"):
        assert name not in page.session_state
    gc.collect()
    assert [one() for one in gone] == [None, None]


def test_another_file_takes_the_place_of_the_first(page):
    given(page, "收入.csv", INCOME)
    go(page, "statistics")
    go(page, "own")
    given(page, "低保.csv", "县,低保人数\n张北县,7\n")

    assert "低保.csv" in page.told["own-account"]
    assert "own-put-away" not in [button.key for button in page.button]
    go(page, "county", ZHANGBEI)
    said = " ".join(page.told.values())
    assert "低保人数" in said
    assert "收入(元)" not in said


def test_a_name_is_no_markdown(page):
    given(page, "![a](http://foreign.example/x.png).csv", INCOME)
    go(page, "statistics")
    go(page, "own")

    (said,) = [m.value for m in page.markdown if "仍在本次会话中" in m.value]
    assert r"\!\[a\]\(http\:\/\/foreign\.example" in said
