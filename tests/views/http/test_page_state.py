"""What the map page shows at an address, and where a press leads."""

import base64
from urllib.parse import parse_qsl

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layers.edition import assets
from layers.edition.sentence import sentence_tokens
from layers.edition.served import SERVED
from layers.select.choices import FIXED_FIELDS, PROGRAMME_FIELDS
from layers.select.facets import facets
from layers.select.selection import Selection

DEEP = "deep_poverty"


@pytest.fixture(scope="module")
def ask(client, edition):
    """Asks for a state as the page's script does."""
    digest = assets.bundle(edition).digest

    def asked(**parameters: str) -> dict:
        answer = client.get(f"/assets/{digest}/state.json", params=parameters)
        assert answer.status_code == 200, answer.text
        return answer.json()

    return asked


def selected(state: dict, order) -> set[str]:
    """Adcodes of the bits of all looks."""
    bits = [
        np.unpackbits(np.frombuffer(base64.b64decode(look), dtype=np.uint8))
        for look in state["counties"]
        if look
    ]
    inside = np.logical_or.reduce(bits)[: len(order)] if bits else np.zeros(len(order))
    return set(order[inside.astype(bool)])


_edition = SERVED.edition()
_presses = st.sampled_from(
    [
        f"{field}:{value}"
        for field in (
            *FIXED_FIELDS,
            "area",
            "partner",
            "category",
            "exit_approved_year",
        )
        for value in _edition.choices.for_field(field)[:6]
    ]
)


@settings(max_examples=settings().max_examples // 3)
@given(presses=st.lists(_presses, min_size=1, max_size=5))
def test_presses_lead_where_toggling_leads(ask, edition, presses):
    selection, query = Selection(), {}
    for press in presses:
        selection = selection.toggle(*press.split(":"))
        state = ask(**query, press=press)
        query = dict(parse_qsl(state["query"]))

    assert query == selection.to_parameters()
    counties = edition.counties()
    chosen = selection.apply(counties)
    assert selected(state, counties.index) == set(chosen)
    assert state["head"]["selected"] == len(chosen)
    tokens = sentence_tokens(edition.package, counties, selection, "zh")
    assert state["head"]["tokens"] == tokens
    counts = facets(counties, selection, edition.choices)
    assert {*state["facets"]} == {*counts, *PROGRAMME_FIELDS}
    for field in counts:
        assert state["facets"][field] == [*counts[field].values()]
    assert {*state["modes"]} == {f for f in PROGRAMME_FIELDS if selection.values(f)}
    for field, counted in state["modes"].items():
        assert counted[PROGRAMME_FIELDS.index(field)] == len(chosen)


def test_the_counts_stand_in_the_order_of_the_catalogue(ask, client, edition):
    digest = assets.bundle(edition).digest
    catalogue = client.get(f"/assets/{digest}/catalogue.json").json()
    in_order = [p["id"] for group in catalogue["groups"] for p in group["programmes"]]

    counts = ask()["facets"]

    inside = [len(edition.package.members(p)) for p in in_order]
    assert counts["all_of"] == counts["any_of"] == inside
    assert counts["none_of"] == [len(edition.counties()) - n for n in inside]


def test_the_state_of_a_press_is_that_of_the_address_it_leads_to(ask):
    pressed = ask(see="overlap", press=f"any_of:{DEEP}")

    assert pressed["query"] == f"any={DEEP}&see=overlap"
    assert ask(any=DEEP, see="overlap") == pressed


def test_another_address_has_another_version(ask):
    # A prefecture asked for beside the only one there is: no county more or less.
    states = [ask(), ask(lang="en"), ask(see="exit"), ask(prefecture="130100")]

    assert len({state["version"] for state in states}) == len(states)


def test_clear_asks_nothing_and_keeps_the_theme(ask):
    state = ask(all=DEEP, prefecture="130600", see="exit", press="clear")

    assert state["query"] == "see=exit_approved_year"
    assert state["head"]["wider"] == []
    assert all(not isinstance(token, list) for token in state["head"]["tokens"])


def test_a_selection_that_nobody_meets_says_what_would_widen_it(ask):
    state = ask(all=DEEP, prefecture="130100")

    assert state["head"]["selected"] == 0
    assert {tuple(part[:2]): part[3] for part in state["head"]["wider"]} == {
        ("all_of", DEEP): 22,
        ("prefectures", "130100"): 10,
    }


@pytest.mark.parametrize(
    "parameters",
    [
        {"press": "nothing:1"},
        {"press": "all_of:no_such_programme"},
        {"press": "x" * 5_000},
        {"press": "drop:nothing"},
        {"press": "move:all_of:prefectures"},
        {"press": "move:all_of:any_of:none_of"},
        {"press": ""},
        {"all": "no_such_programme"},
        {"see": "stars"},
        {"lang": "fr"},
        {"q": "<script>alert(1)</script>"},
    ],
)
def test_what_means_nothing_is_refused_by_name(client, edition, parameters):
    digest = assets.bundle(edition).digest

    answer = client.get(f"/assets/{digest}/state.json", params=parameters)

    assert answer.status_code == 400
    (fault,) = answer.json()["faults"]
    assert {fault["parameter"]} & {*parameters, "all"}


def test_a_state_is_kept_for_ever_but_not_that_of_another_edition(client, edition):
    digest = assets.bundle(edition).digest

    own = client.get(f"/assets/{digest}/state.json")
    other = client.get("/assets/0123456789abcdef/state.json")

    assert "immutable" in own.headers["cache-control"]
    assert other.headers["cache-control"] == "no-store"
    assert other.json() == own.json()


def test_ranges_that_are_offered_are_the_classes_of_the_map(ask, edition):
    number = next(
        v.id
        for v in edition.package.variables.values()
        if v.kind == "number" and v.measure == "rate"
    )
    values = edition.counties()[number].dropna()
    middle = float(values.median())

    state = ask(see=number, breaks=f"{middle:.10g}")

    (offered,) = state["ranges"]
    assert [value for value, _ in offered["values"]] == [
        line["value"] for line in state["legend"] if line.get("value")
    ]
    assert state["facets"][number] == [
        int((values <= middle).sum()),
        int((values > middle).sum()),
    ]


def test_a_range_that_is_no_class_can_be_taken_back(ask, edition):
    number = next(
        v.id
        for v in edition.package.variables.values()
        if v.kind == "number" and v.measure == "rate"
    )
    values = edition.counties()[number].dropna()
    asked = f"..{values.median():.10g}"

    state = ask(see=number, method="equal", **{number: asked})

    assert asked in [value for value, _ in state["ranges"][0]["values"]]
    assert len(state["ranges"][0]["values"]) == len(state["facets"][number])
