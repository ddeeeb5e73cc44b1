"""Answers are bounded, whatever is asked: attacks repeated, at any length."""

from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.language import LANGUAGES
from layers.edition import assets
from layers.select.choices import Choices
from layers.select.selection import Selection
from tests import real
from views.http import bounds

CHOICES = Choices.of(real.package())
MOST_BYTES = 64_000
"""Of an answer that refuses: some ten faults in two languages."""

names = st.sampled_from([*CHOICES.parameters.values(), "press", "see", "lang", "x"])
values = st.text(max_size=30) | st.sampled_from(["1", "130722", "deep_poverty", ""])
addresses = st.sampled_from(
    ["/layers/deep_poverty.csv", "/layers", "/ogc/collections/counties/items", "state"]
)


@pytest.fixture(scope="module")
def state(edition):
    return f"/assets/{assets.bundle(edition).digest}/state.json"


@given(
    address=addresses,
    pairs=st.lists(st.tuples(names, st.lists(values, max_size=20)), max_size=20),
    times=st.integers(1, 50),
)
def test_no_answer_grows_with_what_is_asked(client, state, address, pairs, times):
    query = "&".join(
        f"{quote(name)}={quote(','.join(own * times))}" for name, own in pairs
    )
    path = state if address == "state" else address
    answer = client.get(f"{path}?{query[:60_000]}")  # the client takes no more

    assert answer.status_code < 500
    if answer.status_code >= 400:
        assert len(answer.content) < MOST_BYTES
        assert {*answer.json()["message"]} == {"zh", "en"}


@pytest.mark.parametrize("path", ["/layers/deep_poverty.csv", "state"])
def test_many_wrong_values_are_answered_in_few_words(client, state, path):
    # Once 30 kB of these made an answer of 88.8 MB, and 16 s of silence for all.
    path = state if path == "state" else path
    wrong = ",".join(["1"] * 2000)
    answer = client.get(f"{path}?in={wrong}")

    assert answer.status_code == 400
    assert len(answer.content) < MOST_BYTES
    assert answer.json()["faults_in_all"] == 2000
    assert len(answer.json()["faults"]) == 10
    assert client.get(f"{path}?in={wrong * 15}").status_code == 414


@pytest.mark.parametrize("path", ["/layers", "/ogc", "/ogc/collections", "/nowhere"])
@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("%BC%BD%CD%BC", 400),
        ("x=%ff", 400),
        ("&".join(["f=json"] * (bounds.MOST_PARAMETERS + 1)), 400),
        ("x" * (bounds.MOST_QUERY + 1), 414),
    ],
)
def test_an_address_out_of_bounds_is_refused_everywhere(client, path, query, status):
    answer = client.get(f"{path}?{query}")

    assert answer.status_code == status
    assert {*answer.json()["message"]} == {"zh", "en"}


def test_wrong_bytes_in_a_path_are_refused_too(client):
    assert client.get("/layers/%BC%BD.csv").status_code == 400
    assert client.get(f"/layers/{'x' * 2000}.csv").status_code == 414


@pytest.mark.parametrize("path", ["/layers/counties.csv", "/layers/counties.geojson"])
def test_an_empty_list_of_counties_gives_none(client, path):
    answer = client.get(f"{path}?in=&detail=overview")

    assert answer.status_code == 200
    assert b"130722" not in answer.content


def test_an_empty_list_of_features_gives_none(client):
    items = "/ogc/collections/counties/items"

    assert client.get(f"{items}?ids=").json()["features"] == []
    assert client.get(f"{items}?ids=130722").json()["numberMatched"] == 1
    assert client.get(f"{items}?bbox=").status_code == 400


def test_an_empty_list_is_one_on_the_map_page(client, state):
    answer = client.get(f"{state}?in=&lang=en").json()

    assert answer["head"]["selected"] == 0
    assert answer["query"] == "in="


def test_what_may_be_meant_is_looked_up_for_a_few_wrong_counties_only():
    wrong = ["1307", "蔚"] * 250

    _, rejected = Selection.from_query({"in": ",".join(wrong)}, CHOICES)

    # Each look goes through all names: 3,900 of them took half a minute.
    assert [one.value for one in rejected] == wrong
    explained = [one for one in rejected if one.allowed]
    assert 0 < len(explained) < 20
    assert all(one.say(language) for one in rejected for language in LANGUAGES)
