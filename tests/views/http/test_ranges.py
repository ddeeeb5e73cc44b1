"""Parts of a file by their bytes, as programs ask that read it where it lies."""

import email.parser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from geo.export import FORMATS
from views.http.ranges import MOST_RANGES, UnsatisfiableError, spans

FILE = "/layers/deep_poverty.fgb"


@pytest.fixture(scope="module")
def whole(client):
    return client.get(FILE, headers={"Accept-Encoding": ""})


def part(client, asked, **headers):
    return client.get(FILE, headers={"Range": asked, **headers})


@given(size=st.integers(1, 400), data=st.data())
@example(size=1, data=None)
def test_a_range_is_the_bytes_that_a_slice_would_give(size, data):
    content = bytes(number % 251 for number in range(size))
    first, last = 0, 0
    if data:
        first = data.draw(st.integers(0, size - 1))
        last = data.draw(st.integers(first, 2 * size))

    def taken(header):
        return [content[slice(*span)] for span in spans(header, size)]

    assert taken(f"bytes={first}-{last}") == [content[first : last + 1]]
    assert taken(f"bytes={first}-") == [content[first:]]
    assert taken(f"bytes=-{last + 1}") == [content[-(last + 1) :]]


@given(st.text(max_size=30))
def test_no_header_makes_the_server_stumble(header):
    for text in (header, f"bytes={header}"):
        try:
            found = spans(text, 100)
        except UnsatisfiableError:
            continue
        assert all(0 <= start < end <= 100 for start, end in found)


@pytest.mark.parametrize("form", FORMATS.values(), ids=FORMATS.keys())
def test_every_file_comes_in_parts(client, form):
    address = f"/layers/deep_poverty{form.suffix}"
    whole = client.get(address)
    answer = client.get(address, headers={"Range": "bytes=10-109"})

    assert whole.headers["accept-ranges"] == "bytes"
    assert answer.status_code == 206
    assert answer.content == whole.content[10:110]
    assert answer.headers["content-range"] == f"bytes 10-109/{len(whole.content)}"
    assert "content-encoding" not in answer.headers
    assert answer.headers["content-type"] == form.media_type


def test_parts_put_together_are_the_file(client, whole):
    size, step = len(whole.content), 10_000
    parts = [
        part(client, f"bytes={start}-{start + step - 1}").content
        for start in range(0, size, step)
    ]

    assert b"".join(parts) == whole.content


def test_several_parts_come_in_one_answer(client, whole):
    answer = part(client, "bytes=0-9, 100-119, -7")

    assert answer.status_code == 206
    head = f"Content-Type: {answer.headers['content-type']}\r\n\r\n".encode()
    message = email.parser.BytesParser().parsebytes(head + answer.content)
    size = len(whole.content)
    assert [
        (one["content-range"], one.get_payload(decode=True))
        for one in message.get_payload()
    ] == [
        (f"bytes 0-9/{size}", whole.content[:10]),
        (f"bytes 100-119/{size}", whole.content[100:120]),
        (f"bytes {size - 7}-{size - 1}/{size}", whole.content[-7:]),
    ]


@pytest.mark.parametrize(
    "asked",
    [
        "rows=0-9",
        "bytes=9-0",
        "bytes=a-b",
        "bytes=",
        "bytes=0-,0-",
        "bytes=" + ",".join(f"{n}-{n}" for n in range(MOST_RANGES + 1)),
    ],
)
def test_a_range_that_is_none_or_asks_for_too_much_is_the_whole(client, whole, asked):
    answer = part(client, asked)

    assert answer.status_code == 200
    assert answer.content == whole.content


def test_a_range_beyond_the_file_is_416_and_says_how_large_it_is(client, whole):
    size = len(whole.content)
    answer = part(client, f"bytes={size}-")

    assert answer.status_code == 416
    assert answer.headers["content-range"] == f"bytes */{size}"
    assert all(str(size) in text for text in answer.json()["message"].values())
    assert part(client, "bytes=-0").status_code == 416


def test_parts_of_another_edition_are_not_mixed(client, whole):
    tag = whole.headers["etag"]

    assert part(client, "bytes=0-9", **{"If-Range": tag}).status_code == 206
    for other in ('"other"', f"W/{tag}", "Fri, 27 Nov 2026 12:00:00 GMT"):
        answer = part(client, "bytes=0-9", **{"If-Range": other})
        assert answer.status_code == 200
        assert answer.content == whole.content
    assert part(client, "bytes=0-9", **{"If-None-Match": tag}).status_code == 304
    assert part(client, "bytes=0-9", **{"If-None-Match": "*"}).status_code == 304
    assert part(client, "bytes=0-9", **{"If-Match": '"other"'}).status_code == 412
    assert part(client, "bytes=0-9", **{"If-Match": tag}).status_code == 206


def test_head_speaks_of_the_whole(client, whole):
    answer = client.head(FILE, headers={"Range": "bytes=0-9", "Accept-Encoding": ""})

    assert answer.status_code == 200
    assert int(answer.headers["content-length"]) == len(whole.content)


def test_what_is_compressed_is_not_compressed_again(client):
    for suffix in ("xlsx", "parquet", "shp.zip", "kmz"):
        answer = client.get(f"/layers/deep_poverty.{suffix}")
        assert "content-encoding" not in answer.headers
    assert client.get(FILE).headers["content-encoding"] == "gzip"


@pytest.mark.parametrize("address", [FILE, "/ogc/collections", "/layers"])
def test_pages_of_other_hosts_may_ask_for_parts_and_see_what_they_are(client, address):
    asked = {
        "Origin": "https://maps.example",
        "Access-Control-Request-Method": "GET",
        "Access-Control-Request-Headers": "range, if-none-match, if-range",
    }
    answer = client.options(address, headers=asked)

    assert answer.status_code == 204
    allowed = answer.headers["access-control-allow-headers"].lower().split(", ")
    assert {"range", "if-none-match", "if-range"} <= {*allowed}
    seen = client.get(address).headers["access-control-expose-headers"].split(", ")
    assert {"Content-Range", "ETag", "Accept-Ranges"} <= {*seen}


@pytest.mark.parametrize(
    ("accepts", "page"),
    [
        ("text/html;q=0.1, application/geo+json", False),
        ("text/html, application/geo+json;q=0.9", True),
        ("text/html;q=0.1, application/json", False),
        ("text/html, */*;q=0.8", True),
        ("text/*, application/json;q=0.5", True),
        ("*/*", False),
        ("", False),
    ],
)
def test_page_or_json_as_the_client_weighs_it(client, accepts, page):
    for address in ("/layers", "/ogc/collections/deep_poverty/items"):
        answer = client.get(address, headers={"Accept": accepts})
        assert answer.headers["content-type"].startswith("text/html") == page
