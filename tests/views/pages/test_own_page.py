"""Own figures on their page: joined, settled by hand, compared, taken away."""

import io
import json
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from layers.own.register import places_in
from layers.select.selection import Selection
from tests.views.pages.conftest import given, taken
from views.frame import session as state
from views.pages import own, own_map

FILES = Path(__file__).parents[2] / "layers" / "own" / "files"
INCOME = "县,收入(元),户数\n张北县,5000,120\n尚义县,4000,80\n长安区,9000,200\n"
KANGBAO = "130723"


def state_of(html: bytes) -> dict:
    """What a map in a file of its own shows."""
    _, _, rest = html.decode().partition('id="atlas-data">')
    return json.loads(rest.partition("</script>")[0])["state"]


def asked(page: AppTest, question: str) -> str:
    """What the page tells the map in its frame."""
    page.session_state["own_map_asked"] = {"id": question, "question": question}
    page.run()
    assert not page.exception
    told = page.answered[-1]
    assert told["id"] == question
    return json.dumps(told["content"], ensure_ascii=False)


@pytest.fixture
def edited(monkeypatch):
    """Change what an editor gives back, as a hand would: ``edited[column] = {…}``."""
    changes = {}
    plain = st.data_editor

    def editor(frame, **how):
        made = plain(frame, **how)
        for column, by_row in changes.items():
            if column in made:
                made = made.assign(
                    **{column: [by_row.get(i, v) for i, v in enumerate(made[column])]}
                )
        return made

    monkeypatch.setattr(st, "data_editor", editor)
    return changes


def test_a_table_is_joined_drawn_and_compared(page, package):
    given(page, "收入.csv", INCOME)

    assert "共3行：已匹配3行" in page.told["own-account"]
    assert page.selectbox(key="own_programme").options[0] == "贫困县"
    figures = page.told["own-figures"]
    assert "收入(元)" in figures
    assert "中位数4,500元" in figures  # of the two poor counties
    (html,) = page.framed
    assert "收入(元)" in html
    assert "own data of the user" in html or "自有数据" in html


def test_a_choice_on_the_page_joins_and_draws_nothing_again(page, monkeypatch):
    joined, drawn = [], []
    plain, draw = own.join, own_map.framed_map
    monkeypatch.setattr(own, "join", lambda *a, **k: joined.append(a) or plain(*a, **k))
    monkeypatch.setattr(
        own_map, "framed_map", lambda *a, **k: drawn.append(a) or draw(*a, **k)
    )
    given(page, "收入.csv", INCOME)
    page.selectbox(key="own_programme").set_value("deep_poverty").run()

    assert not page.exception
    assert (len(joined), len(drawn)) == (1, 1)


def test_the_map_is_told_what_it_asks_with_the_own_figures(page):
    given(page, "收入.csv", INCOME)
    assert page.answered[-1] is None

    said = asked(page, "county 130722")
    assert "收入(元)" in said
    assert "5,000元" in said
    # It is said once, not with every run.
    page.run()
    assert page.answered[-1] is None


def test_what_counts_something_is_added_up(page):
    given(page, "收入.csv", INCOME)
    summed = box(page, "multiselect", "own_summed")
    summed.set_value([2]).run()

    assert not page.exception
    assert "合计200" in page.told["own-figures"]


def test_pasted_cells_are_a_table(page):
    page.text_area[0].set_value(INCOME.replace(",", "\t")).run()

    assert not page.exception
    assert "共3行：已匹配3行" in page.told["own-account"]


def test_a_row_without_a_county_is_settled_by_hand(page, edited, package):
    named = package.divisions.named(KANGBAO, "zh")
    edited["county"] = {0: f"{named} {KANGBAO}"}
    page.text_area[0].set_value("县,收入\n张北县,1\n康宝县,2\n").run()

    assert not page.exception
    assert "共2行：已匹配2行" in page.told["own-account"]

    # Another file that says the same needs no hand.
    edited.clear()
    page.text_area[0].set_value("县,支出\n康宝县,7\n张北县,8\n长安区,9\n").run()
    assert "共3行：已匹配3行" in page.told["own-account"]


def test_a_row_is_left_out_by_hand(page, edited):
    edited["county"] = {0: "不采用该行"}
    given(page, "a.csv", "县,收入\n张北县,1\n康宝县,2\n")

    assert "已匹配1行，不参与匹配1行，待处理0行" in page.told["own-account"]


def test_a_column_guessed_wrongly_is_corrected_by_hand(page, edited):
    given(page, "a.csv", INCOME)
    assert len(page.selectbox(key=_variable_key(page)).options) == 2

    edited["role"] = {2: "不使用"}
    page.run()

    assert len(page.selectbox(key=_variable_key(page)).options) == 1


def _variable_key(page: AppTest) -> str:
    keys = (box.key or "" for box in page.selectbox)
    return next(key for key in keys if key.startswith("own_variable_"))


def test_a_list_is_checked_and_opened_on_the_map(page, monkeypatch):
    turned = []
    monkeypatch.setattr(
        state, "turn_to", lambda _page, _edition: turned.append(state.selection())
    )
    given(page, "名单.csv", "县名\n张北县\n康保县\n长安区\n")
    page.selectbox(key="own_list").set_value("deep_poverty").run()

    assert not page.framed
    said = page.told["own-list"]
    assert "10个中有2个在名单中" in said.replace(" ", "")
    assert "长安区" in said
    page.button(key="own-go").click().run()
    assert turned == [Selection(counties=("130102", "130722", "130723"))]


@pytest.mark.parametrize("form", ["gpkg", "csv", "pdf-A4"])
def test_a_file_has_the_own_columns_and_says_whose_they_are(page, form, tmp_path):
    given(page, "收入.csv", INCOME)
    content = taken(page, form)

    if form == "csv":
        table = pd.read_csv(io.BytesIO(content), dtype={"adcode": str})
        income = table.set_index("adcode")["own_1"].dropna().to_dict()
        assert income == {"130722": 5000, "130725": 4000, "130102": 9000}
        told = f"own data of the user, not of the plan, brought on {date.today()}"
        assert told in content.decode("utf-8-sig")
    elif form == "gpkg":
        pyogrio = pytest.importorskip("pyogrio")
        file = tmp_path / "a.gpkg"
        file.write_bytes(content)
        table = pyogrio.read_dataframe(file, read_geometry=False)
        assert table["own_1"].notna().sum() == 3
    else:
        assert content.startswith(b"%PDF")


def test_own_columns_narrow_the_counties_everywhere(page):
    given(page, "收入.csv", INCOME)
    box(page, "multiselect", "own_filters").set_value(["own_1"]).run()
    box(page, "number_input", "own_limit").set_value(4500.0).run()

    assert not page.exception
    assert "收入" in page.told["own-narrowed"]
    assert "167个县中的2个" in page.told["own-narrowed"]
    assert "非规划内容" in page.told["own-narrowed"]
    assert "167个县中的2个" in page.framed[-1]
    rows = pd.read_csv(io.BytesIO(taken(page, "csv")), dtype={"adcode": str})
    assert [*rows["adcode"]] == ["130102", "130722"]

    box(page, "number_input", "own_limit").set_value(9001.0).run()
    assert not page.exception
    assert "没有县" in page.warning[0].value


def test_a_file_that_is_refused_says_why_and_takes_nothing(page):
    given(page, "leer.csv", "标题,数\nx,1\n")

    said = page.told["own-refused"]
    assert '"role": "alert"' in said
    assert "leer.csv" in said
    assert not page.framed


def test_a_hostile_name_stays_text(page):
    given(page, "<img src=x>.csv", "县,<b>数</b>\n张北县,1\n")

    assert "<img src=x>.csv" in page.told["own-account"]
    (html,) = page.framed
    assert "<b>数" not in html


@pytest.mark.parametrize("name", ["hostile_two_cells.xlsx", "hostile_cells.csv"])
def test_hostile_files_leave_the_page_as_it_is(page, name):
    given(page, name, (FILES / name).read_bytes())

    assert page.told.keys() & {"own-refused", "own-account"}


# --- How a number is coloured ---------------------------------------------------------

MANY = "县,户数\n" + "".join(
    f"{name},{number}\n"
    for name, number in zip(
        ["张北县", "康保县", "沽源县", "尚义县", "蔚县", "阳原县", "怀安县", "涿鹿县"],
        [10, 11, 12, 13, 50, 52, 54, 900],
        strict=True,
    )
)


def box(page: AppTest, kind: str, begins: str):
    return next(w for w in getattr(page, kind) if (w.key or "").startswith(begins))


def test_classes_follow_the_method_that_is_chosen(page):
    given(page, "户.csv", MANY)
    box(page, "selectbox", "own_method").set_value("natural").run()
    box(page, "slider", "own_classes").set_value(3).run()

    assert not page.exception
    assert page.limits["limits"]["breaks"] == [13, 54]
    assert "自然断点法" in page.limits["limits"]["said"]
    # The map in its frame is told, and not drawn again.
    assert len({*page.framed}) == 1
    assert "自然断点法" in state_of(taken(page, "html"))["limits"]["said"]


def test_breaks_of_ones_own_are_taken_and_what_is_none_is_said(page):
    given(page, "户.csv", MANY)
    box(page, "selectbox", "own_method").set_value("own").run()
    box(page, "text_input", "own_breaks").set_value("12；六；53").run()

    assert not page.exception
    assert "六" in page.error[0].value
    assert page.limits["limits"]["breaks"] == [12, 53]
    legend = state_of(taken(page, "html"))["legend"]
    assert [line["name"] for line in legend][:3] == ["10至12", "13至52", "54至900"]


def test_a_count_divided_by_the_area_is_coloured_as_a_rate(page):
    given(page, "户.csv", MANY)
    summed = box(page, "multiselect", "own_summed")
    summed.set_value([1]).run()
    assert "换算" in box(page, "selectbox", "own_over").options[0]
    assert '"circles"' in page.framed[-1]
    box(page, "radio", "own_way").set_value(False).run()
    assert '"circles"' not in page.framed[-1]
    assert any("除以" in info.value for info in page.info)
    box(page, "selectbox", "own_over").set_value("area_km2").run()

    assert not page.exception
    assert not any("除以面积" in info.value for info in page.info)
    assert "户数与县域面积之比" in asked(page, "county 130722")
    assert "户数与县域面积之比" in page.told["own-figures"]


def test_a_column_is_seen_together_with_a_number_of_the_atlas(page, package):
    given(page, "户.csv", MANY)
    second = box(page, "selectbox", "own_second")
    number = next(v for v in package.variables.values() if v.kind == "number")
    second.set_value(number.id).run()

    assert not page.exception
    html = page.framed[-1]
    assert '"axes"' in html
    assert number.name("zh") in asked(page, "county 130722")
    assert not any((w.key or "").startswith("own_method") for w in page.selectbox)


def test_the_histogram_counts_every_county_with_a_value(page):
    given(page, "户.csv", MANY)

    values = page.limits["limits"]["values"]
    assert sum(value is not None for value in values) == 8
    assert "159个县没有数值" in page.limits["note"]


def test_without_breaks_of_ones_own_the_classes_are_called_what_they_are(page):
    given(page, "户.csv", MANY)
    box(page, "selectbox", "own_method").set_value("own").run()
    box(page, "text_input", "own_breaks").set_value(" ").run()

    assert not page.exception
    assert page.limits["limits"]["method"] == "quantiles"
    assert page.limits["limits"]["said"] == ""


# --- By position ---------------------------------------------------------------------

SCHOOLS = (
    "学校,经度,纬度,学生数\n甲,114.54,38.05,100\n乙,114.541,38.051,60\n丙,120.9,40,1\n"
)


def test_points_of_a_table_are_located_counted_and_drawn(page):
    given(page, "学校.csv", SCHOOLS)

    assert "共3行：已定位2行（1个县），各县之外1行" in page.told["own-located"]
    assert "第4行" in page.told["own-located"]
    assert "own-account" not in page.told
    (html,) = page.framed
    assert "要素数" in html
    layer = json.loads(taken(page, "layer"))
    assert [one["id"] for one in layer["features"]] == [2, 3, 4]
    assert layer["metadata"]["file"] == "学校.csv"
    assert taken(page, "svg-A4").count(b"#e6007e") > 0


def test_a_county_without_a_point_has_none_only_if_the_user_says_so(page):
    given(page, "学校.csv", SCHOOLS)
    assert "中位数2" in page.told["own-figures"]

    (complete,) = [box for box in page.checkbox if "complete" in (box.key or "")]
    complete.check().run()

    assert not page.exception
    assert "中位数2" not in page.told["own-figures"]


def test_a_layer_in_an_unknown_system_is_asked_for_it_with_a_preview(page):
    given(page, "学校.csv", "学校,X,Y\n甲,547300,4212300\n")

    assert "未注明坐标系" in page.told["own-not-placed"]
    (system,) = [box for box in page.selectbox if "own_crs" in (box.key or "")]
    assert "1个中有1个在河北" in system.options[1]
    system.select("EPSG:4547").run()

    assert not page.exception
    assert "按EPSG:4547读取" in page.told["own-located"]


def test_swapped_coordinates_are_refused_with_their_cause(page):
    given(page, "学校.csv", "学校,经度,纬度\n甲,38.05,114.54\n")

    assert "经纬度可能颠倒" in page.told["own-not-placed"]
    assert "own-located" not in page.told


def test_a_layer_that_names_counties_is_joined_or_located(page):
    feature = {
        "type": "Feature",
        "properties": {"县名": "张北县", "数": 5},
        "geometry": {"type": "Point", "coordinates": [114.54, 38.05]},
    }
    document = {"type": "FeatureCollection", "features": [feature]}
    given(page, "own.geojson", json.dumps(document))

    assert "已匹配1行" in page.told["own-account"]
    assert "1行中有1行不在其所写的县内" in page.told["own-located"]

    page.radio(key="own_by").set_value("position").run()
    assert not page.exception
    assert "共1行：已定位1行" in page.told["own-located"]


YEARS = "县,2015年收入(元),2016年收入(元)\n张北县,5000,5500\n尚义县,4000,4400\n"


def test_the_years_of_a_column_have_a_slider(page):
    given(page, "收入.csv", YEARS)
    slider = next(s for s in page.select_slider if s.key.startswith("own_year_"))
    assert slider.options == ["2015", "2016"]
    box = next(s for s in page.selectbox if str(s.key).startswith("own_variable_"))
    before = box.value

    slider.set_value("2016" if slider.value == "2015" else "2015").run()

    assert not page.exception
    box = next(s for s in page.selectbox if str(s.key).startswith("own_variable_"))
    assert box.value != before
    assert len(page.framed) == 2


def test_who_lies_far_from_the_others_is_named(page, package):
    codes = [*places_in().counties][:12]
    rows = [f"{code},{100 + n}" for n, code in enumerate(codes[:-1])]
    given(page, "收入.csv", "\n".join(["代码,收入(元)", *rows, f"{codes[-1]},9000"]))

    told = [c.value.replace("\\", "") for c in page.caption]
    far = next(text for text in told if "明显偏高" in text)
    assert f"{package.divisions.called(codes[-1], 'zh')}（9,000元）" in far
    assert "明显偏低" not in far
