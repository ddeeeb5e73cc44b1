"""Own figures kept for colleagues: by a press, and opened by another session."""

import json
import time

import pytest
from streamlit.testing.v1 import AppTest

from layers import settings
from layers.own.register import places_in
from layers.store.item import Item, key_of
from layers.store.store import Store
from tests.views.pages.conftest import given, script
from tests.views.pages.test_own_page import INCOME, KANGBAO, box, edited  # noqa: F401
from tests.views.pages.test_own_register import added_up
from views.pages import navigation, own_decided, own_keep


@pytest.fixture
def store(tmp_path, monkeypatch):
    """Where the office keeps, while the test runs."""
    monkeypatch.setenv("ATLAS_STORE", str(tmp_path))
    return Store.of(settings.current())


def kept(page) -> str:
    """Press, and return the id."""
    page.button(key="own-keep").click().run()
    assert not page.exception
    return page.session_state["own_kept"]


def opened(ident: str) -> AppTest:
    """A colleague's session at the link."""
    run = AppTest.from_function(script, default_timeout=120)
    run.query_params["kept"] = ident
    run.run()
    assert not run.exception
    return run


def waited(run: AppTest, told) -> None:
    """Wait, as the page does, until a process has answered."""
    for _ in range(120):
        assert not run.exception
        if "own-account" in told:
            return
        time.sleep(0.25)
        run.run()


def all_said(page) -> str:
    parts = (*page.markdown, *page.warning, *page.error, *page.success, *page.code)
    return "\n".join(part.value for part in parts)


def test_without_a_store_the_page_says_that_nothing_is_kept(page):
    given(page, "收入.csv", INCOME)

    assert "不保存" in page.told["own-head"]
    assert "留给同事" not in page.told["own-head"]
    assert "own-keep" not in [button.key for button in page.button]


def test_with_a_store_nothing_is_written_before_the_press(store, page, tmp_path):
    given(page, "收入.csv", INCOME)

    assert "只有点按“留给同事”才会保存" in page.told["own-head"]
    assert [*tmp_path.iterdir()] == []
    said = all_said(page)
    assert "任何人有了链接都能看到全部内容" in said
    assert all(bound in said for bound in ("30天", "20 MB", "1000 MB"))


def test_a_link_opens_the_file_with_what_was_settled(store, page, edited, package):  # noqa: F811
    named = package.divisions.named(KANGBAO, "zh")
    edited["county"] = {0: f"{named} {KANGBAO}"}
    edited["role"] = {2: "不使用"}
    given(page, "收入.csv", INCOME + "康宝,1,1\n乌有县,7000,1\n")
    first = page.told["own-account"]
    ident = kept(page)
    edited.clear()
    page.told.clear()
    page.framed.clear()

    opened(ident)

    assert page.told["own-account"] == first
    assert len(page.framed) == 1
    columns = json.dumps(page.told["own-figures"], ensure_ascii=False)
    assert "收入(元)" in columns
    assert "户数" not in columns


def test_a_ratio_is_opened_as_it_was(store, page):
    given(page, "收入.csv", INCOME)
    box(page, "multiselect", "own_summed").set_value([1, 2]).run()
    box(page, "selectbox", "own_over").set_value("area_km2").run()
    box(page, "selectbox", "own_method").set_value("equal").run()
    figures = page.told["own-figures"]
    ident = kept(page)
    page.told.clear()

    colleague = opened(ident)

    assert page.told["own-figures"] == figures
    assert box(colleague, "selectbox", "own_over").value == "area_km2"
    assert box(colleague, "selectbox", "own_method").value == "equal"
    # A choice of theirs stays, and changes nothing of what is kept.
    box(colleague, "selectbox", "own_method").set_value("natural").run()
    colleague.run()
    assert box(colleague, "selectbox", "own_method").value == "natural"
    assert box(opened(ident), "selectbox", "own_method").value == "equal"


def test_whoever_has_the_link_removes_it(store, page, tmp_path):
    given(page, "收入.csv", INCOME)
    ident = kept(page)
    assert ident in all_said(page)

    colleague = opened(ident)
    assert "任何人有了下面的链接" in all_said(colleague)
    colleague.button(key="own-kept-remove").click().run()
    assert "已删除" in all_said(colleague)
    assert [*tmp_path.iterdir()] == []

    page.told.clear()
    assert "该链接下没有保存的数据" in all_said(opened(ident))
    assert "own-account" not in page.told
    # The session that brought the file goes on with it.
    page.run()
    assert "已匹配3行" in page.told["own-account"]


def test_another_file_is_not_behind_the_link(store, page):
    given(page, "收入.csv", INCOME)
    kept(page)
    given(page, "支出.csv", INCOME)

    assert not page.session_state["own_kept"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_unknown_link_is_said_in_both_languages(store, page, language):
    run = AppTest.from_function(script, default_timeout=120)
    run.query_params["lang"] = language
    run.run()
    run.session_state["own_kept"] = "a" * 32
    run.run()

    said = {"zh": "可能是链接有误、已经到期", "en": "somebody has removed it"}
    assert not run.exception
    assert said[language] in all_said(run)


def test_a_store_that_refuses_leaves_the_session_untouched(store, page, tmp_path):
    given(page, "收入.csv", INCOME)
    before = page.told["own-account"]
    tmp_path.chmod(0o700)
    (tmp_path).rename(tmp_path.with_name("gone"))
    page.button(key="own-keep").click().run()

    assert not page.exception
    assert "暂时不能使用" in all_said(page)
    assert page.told["own-account"] == before
    assert "own_kept" not in page.session_state or not page.session_state["own_kept"]


def test_a_link_without_a_store_says_so(page):
    assert "该链接下没有保存的数据" in all_said(opened("a" * 32))


@pytest.mark.parametrize(
    "decided",
    [
        {},
        {"layout": 7, "rows": "x", "texts": [[1]], "roles": [], "boxes": []},
        {"layout": {"sheet": 9, "header": [], "first": 0, "columns": []}},
        {"layout": {"sheet": -1, "header": [5, "x"], "first": 0, "columns": [{}]}},
        {"rows": [[2, "999999"], [{}, []]], "texts": [["", "", "", "000000"]]},
    ],
)
def test_what_somebody_wrote_into_the_store_breaks_nothing(store, page, decided):
    boxes = {"own_classes_DIGEST": 99, "own_file": "x", "own_scope": {}, "language": 1}
    content = INCOME.encode()
    digest = own_decided.digest_of("收入.csv", content)
    boxes = {key.replace("DIGEST", digest): value for key, value in boxes.items()}
    item = Item(name="收入.csv", content=content, decided={"boxes": boxes, **decided})

    opened(store.keep(item))

    assert "共3行：已匹配3行" in page.told["own-account"]


def test_what_is_read_back_is_refused_like_any_file(store, page):
    opened(store.keep(Item(name="a.xlsx", content=b"PK\x03\x04broken", decided={})))

    assert "a.xlsx" in page.told["own-refused"]


def test_a_register_that_was_added_up_is_added_up_at_the_link(store, page):
    codes = [*places_in().counties][:3]
    rows = [f"{code}10020{n},{n * 10}" for code in codes for n in range(1, 4)]
    given(page, "村.csv", "\n".join(["村代码,户数", *rows]))
    box(page, "multiselect", "own_sum_").set_value(["户数"]).run()
    added_up(page)
    ident = kept(page)
    first = page.told.pop("own-account"), page.told.pop("own-figures")

    colleague = opened(ident)
    waited(colleague, page.told)

    assert (page.told["own-account"], page.told["own-figures"]) == first
    assert "合计180" in first[1]


def test_the_address_of_the_page_carries_the_id():
    page_parts = navigation.page_parts
    assert page_parts.written("own", {"own_kept": "a" * 32}.get) == {"kept": "a" * 32}
    assert page_parts.of("own") == own_keep.PARTS


def map_script() -> None:
    import streamlit as st

    from layers.edition.served import SERVED
    from views.frame import session as state
    from views.pages import map as map_page
    from views.pages import navigation  # noqa: F401 - it declares what addresses carry

    edition = SERVED.edition()
    state.restore(edition)
    map_page.show()
    st.session_state["link"] = state.link("", edition)


@pytest.fixture
def beside(monkeypatch):
    """What stands beside the map, as it was told last."""
    told = {}

    def keep(_files, nodes, *, on_press, **_):
        told.update(nodes=nodes, leave=on_press)

    monkeypatch.setattr(own_keep, "panel", keep)
    return told


def on_the_map(ident: str) -> AppTest:
    """The map page, at a link of it."""
    run = AppTest.from_function(map_script, default_timeout=120)
    run.query_params["kept"] = ident
    run.run()
    assert not run.exception
    return run


def test_a_link_of_the_map_carries_what_is_kept_and_says_so(store, page, beside):
    given(page, "收入.csv", INCOME)
    ident = kept(page)

    run = on_the_map(ident)

    # The figures change nothing of the view: it is the opening.
    assert run.session_state["link"] == f"kept={ident}"
    said = json.dumps(beside["nodes"], ensure_ascii=False)
    assert "自有数据“收入.csv”" in said
    assert f"kept={ident}" in said
    assert "不再带上" in said


def test_beside_the_map_a_link_that_leads_to_nothing_is_said(store, beside):
    on_the_map("a" * 32)

    said = json.dumps(beside["nodes"], ensure_ascii=False)
    assert "可能是链接有误、已经到期" in said
    assert "打开自有数据" not in said


def test_without_anything_kept_the_map_says_nothing(store, beside):
    run = AppTest.from_function(map_script, default_timeout=120).run()

    assert beside == {}
    assert "kept" not in run.session_state["link"]


def test_the_log_does_not_know_the_id(store, page, caplog):
    caplog.set_level("DEBUG")
    given(page, "收入.csv", INCOME)
    ident = kept(page)
    opened(ident)

    assert ident not in caplog.text
    assert key_of(ident) not in caplog.text


def test_a_row_that_was_settled_can_be_settled_otherwise(store, page, edited, package):  # noqa: F811
    named = {code: package.divisions.named(code, "zh") for code in (KANGBAO, "130725")}
    edited["county"] = {0: f"{named[KANGBAO]} {KANGBAO}"}
    given(page, "收入.csv", "县,收入\n张北县,5000\n康宝县,2000\n")
    ident = kept(page)

    edited["county"] = {0: f"{named['130725']} 130725"}
    opened(ident)

    assert "共2行：已匹配2行" in page.told["own-account"]
    rows = page.offered["own-account-file"]().decode("utf-8-sig")
    assert "130725" in rows
    assert KANGBAO not in rows
