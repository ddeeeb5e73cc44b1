"""Tags, caching, compression and refusals, the same for every address."""

import asyncio
import gzip
import json
import re

import pytest
from starlette.requests import Request

from views.http import answers

CONTENT = "石家庄市 Shijiazhuang\n".encode() * 200


def ask(content=CONTENT, media_type="text/csv", cache="no-cache", sent=(), **about):
    """Answer to a request with these headers."""
    raw = [(name.lower().encode(), value.encode()) for name, value in sent]
    request = Request({"type": "http", "method": "GET", "headers": raw})
    return asyncio.run(answers.answer(request, content, media_type, cache, **about))


def test_an_answer_says_how_to_keep_and_to_read_it():
    told = ask(file_name="counties.csv", headers={"X-Made-Up": "yes"})

    assert told.status_code == 200
    assert told.body == CONTENT
    assert told.headers["cache-control"] == "no-cache"
    assert told.headers["vary"] == "Accept-Encoding"
    assert told.headers["access-control-allow-origin"] == "*"
    assert told.headers["x-content-type-options"] == "nosniff"
    assert told.headers["x-made-up"] == "yes"
    assert told.headers["content-disposition"] == 'inline; filename="counties.csv"'
    assert "content-encoding" not in told.headers
    assert "last-modified" not in told.headers
    assert "content-disposition" not in ask().headers


def test_what_only_our_own_pages_ask_for_is_not_for_pages_of_other_hosts():
    own = {*ask(shared=False).headers}
    assert {name for name in ask().headers if name not in own} == {
        "access-control-allow-origin",
        "access-control-expose-headers",
    }


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("text/csv", "text/csv; charset=utf-8"),
        ("text/csv; charset=gbk", "text/csv; charset=gbk"),
        ("application/geo+json", "application/geo+json"),
        ("image/png", "image/png"),
    ],
)
def test_text_says_its_charset_and_nothing_else_has_one(given, said):
    assert ask(media_type=given).headers["content-type"] == said


def test_what_may_be_kept_for_ever_says_so_and_the_rest_is_asked_for_again():
    for_ever = dict(
        part.strip().partition("=")[::2] for part in answers.FOR_EVER.split(",")
    )

    assert for_ever == {"public": "", "max-age": str(365 * 86400), "immutable": ""}
    assert ask(cache=answers.FOR_EVER).headers["cache-control"] == answers.FOR_EVER
    # no-cache: kept, but used only when the service says that it is still the same.
    assert answers.ASK_AGAIN == "no-cache"


def test_a_tag_is_of_the_content_and_of_its_packing():
    plain, other = ask(), ask(CONTENT + b"x")
    packed = ask(sent=[("Accept-Encoding", "gzip")])
    tag = plain.headers["etag"]

    assert tag[0] == tag[-1] == '"'
    assert tag != other.headers["etag"]
    assert tag == ask(media_type="text/plain").headers["etag"]
    assert packed.headers["etag"] != tag
    assert packed.headers["content-encoding"] == "gzip"
    assert gzip.decompress(packed.body) == CONTENT
    assert packed.body == ask(sent=[("Accept-Encoding", "gzip")]).body


def test_who_has_it_gets_its_headers_and_nothing_more():
    for accepts in ("", "gzip"):
        sent = [("Accept-Encoding", accepts)]
        tag = ask(sent=sent).headers["etag"]
        again = ask(sent=[*sent, ("If-None-Match", '"x"'), ("If-None-Match", tag)])
        other = ask(sent=[*sent, ("If-None-Match", '"x"')])

        assert (again.status_code, again.body) == (304, b"")
        assert again.headers["etag"] == tag
        assert again.headers["cache-control"] == "no-cache"
        assert again.headers["vary"] == "Accept-Encoding"
        assert "content-encoding" not in again.headers
        assert other.status_code == 200


def test_the_tag_of_one_packing_is_not_that_of_another():
    tag = ask().headers["etag"]
    sent = [("Accept-Encoding", "gzip"), ("If-None-Match", tag)]

    assert ask(sent=sent).status_code == 200


@pytest.mark.parametrize(
    ("accepts", "packed"),
    [
        ("gzip", True),
        ("x-gzip", True),
        ("*;q=0.1", True),
        ("gzip;q=0.5, identity;q=0.5", True),
        ("gzip;q=0.4, identity;q=0.5", False),
        ("gzip;q=0", False),
        ("gzip;q=no", False),
        ("gzip;q=0, gzip;q=1", False),
        ("gzip; Q = 0.000, *", False),
        ("gzip;level=9;q=0", False),
        ("br", False),
        ("", False),
        (",", False),
    ],
)
def test_gzip_is_for_who_would_not_rather_have_it_plain(accepts, packed):
    assert answers.accepts_gzip(accepts) is packed


@pytest.mark.parametrize(
    ("header", "wishes"),
    [
        ("", {}),
        ("A, b ;q=0.5", {"a": 1.0, "b": 0.5}),
        ("a;q=0.2, A;q=0.9", {"a": 0.2}),
        ("a;q=x;level=1", {"a": 0.0}),
    ],
)
def test_wishes_are_read_with_their_weights_the_first_of_a_name_counts(header, wishes):
    assert answers.qualities(header) == wishes


def test_a_refusal_says_why_in_both_languages_and_is_not_kept():
    faults = [{"where": "any", "what": "poor"}]
    told = answers.refuse(400, "x", faults, exist=["a"])
    body = json.loads(told.body)

    assert told.status_code == body["status"] == 400
    assert set(body["message"]) == {"zh", "en"}
    assert (body["faults"], body["exist"]) == (faults, ["a"])
    assert told.headers["cache-control"] == "no-store"
    assert told.headers["access-control-allow-origin"] == "*"
    assert told.headers["content-type"] == "application/json"
    assert "faults" not in json.loads(answers.refuse(400, "x", []).body)


def test_what_is_missing_is_404_with_what_there_is():
    told = answers.missing("x", layers=["a", "b"])

    assert told.status_code == 404
    assert json.loads(told.body)["layers"] == ["a", "b"]


def test_json_is_written_to_be_read():
    text = answers.as_json({"name": "河北", "of": [1]}).decode()

    assert text == '{\n  "name": "河北",\n  "of": [\n    1\n  ]\n}'


def test_a_refusal_fills_the_places_of_its_message():
    message = "The address has {n} parameters; {most} are the most."
    told = json.loads(answers.refuse(400, message, [], {"n": 7, "most": 5}).body)

    assert told["message"]["en"] == "The address has 7 parameters; 5 are the most."
    assert {"7", "5"} <= {*re.findall(r"\d", told["message"]["zh"])}


def test_what_a_client_does_not_name_it_does_not_want():
    wishes = answers.qualities("text/html, application/*;q=0.5")

    assert answers.quality(wishes, "image/png") == 0
    assert answers.quality(wishes, "application/json") == 0.5
