"""Several processes behind one address: who goes where, and what is handed on."""

import asyncio
import json
from dataclasses import dataclass
from urllib.parse import quote

import aiohttp
import pytest
from aiohttp import WSMsgType, web

from views.http.crowd import environment
from views.http.front_server import LONGEST_LINE, front, let_in, without_banner
from views.http.hand_on import COOKIE, Desk

PAGE = {"Sec-Fetch-Mode": "navigate"}


@dataclass
class Process:
    """A process as the desk knows it; what it is asked, it says back."""

    number: int
    port: int = 0
    is_ready: bool = True
    runner: web.AppRunner | None = None

    async def start(self) -> None:
        application = web.Application(client_max_size=2**30)
        application.router.add_get("/gis/socket", self._socket)
        application.router.add_get("/gis/refuses", self._refuse)
        application.router.add_route("*", "/{path:.*}", self._echo)
        self.runner = web.AppRunner(application, max_line_size=LONGEST_LINE)
        await self.runner.setup()
        site = web.TCPSite(self.runner, "127.0.0.1", 0)
        await site.start()
        self.port = self.runner.addresses[0][1]

    async def _echo(self, request: web.Request) -> web.Response:
        told = {
            "process": self.number,
            "method": request.method,
            "path": request.raw_path,
            "headers": {name.lower(): value for name, value in request.headers.items()},
            "bytes": len(await request.read()),
            "ends": (await request.read())[-20:].hex(),
        }
        headers = {"Content-Encoding": "identity", "ETag": '"a"', "X-Two": "1"}
        return web.json_response(told, headers=headers)

    async def _refuse(self, _: web.Request) -> web.Response:
        return web.Response(status=403)

    async def _socket(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(protocols=["streamlit"], max_msg_size=0)
        await socket.prepare(request)
        await socket.send_str(f"{self.number} {request.headers['Host']}")
        async for message in socket:
            if message.data == b"close":
                await socket.close(code=1008)
            else:
                await socket.send_bytes(message.data[::-1])
        return socket


class Crowd:
    """Processes, the desk before them, and a client."""

    def __init__(self, count: int, proxies: tuple[str, ...]) -> None:
        self.processes = [Process(number) for number in range(count)]
        self.desk = Desk(self.processes, proxies, "/gis")

    async def __aenter__(self) -> "Crowd":
        for process in self.processes:
            await process.start()
        let_in()
        self.runner = web.AppRunner(
            front(self.desk), handler_cancellation=True, max_line_size=LONGEST_LINE
        )
        await self.runner.setup()
        without_banner(self.runner)
        site = web.TCPSite(self.runner, "127.0.0.1", 0)
        await site.start()
        self.host = f"127.0.0.1:{self.runner.addresses[0][1]}"
        self.client = aiohttp.ClientSession(
            f"http://{self.host}", cookie_jar=aiohttp.DummyCookieJar()
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.client.close()
        await self.desk.close()
        await self.runner.cleanup()
        for process in self.processes:
            await process.runner.cleanup()

    async def get(self, path: str = "/gis/", **headers: str) -> dict:
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        async with self.client.get(path, headers=headers) as answer:
            return await answer.json()

    async def come(self) -> str:
        """Open a page as a browser that has no cookie; return the one it gets."""
        async with self.client.get("/gis/", headers=PAGE) as answer:
            return answer.cookies[COOKIE].value


def tried(trial, count: int = 3, proxies: tuple[str, ...] = ()):
    async def run():
        async with Crowd(count, proxies) as crowd:
            return await trial(crowd)

    return asyncio.run(run())


def test_browsers_are_spread_and_each_stays_where_it_began():
    async def trial(crowd):
        cookies = [await crowd.come() for _ in range(6)]
        stays = {
            cookie: {
                (await crowd.get("/gis/x", Cookie=f"{COOKIE}={cookie}"))["process"]
                for _ in range(4)
            }
            for cookie in cookies
        }
        return cookies, stays

    cookies, stays = tried(trial)

    assert sorted(cookies) == ["0", "0", "1", "1", "2", "2"]
    assert stays == {number: {int(number)} for number in "012"}


def test_a_client_without_cookies_stays_too_and_is_given_none():
    async def trial(crowd):
        async with crowd.client.get("/gis/layers/x.csv") as answer:
            given = answer.headers.getall("Set-Cookie", [])
        agents = [f"QGIS/{number}" for number in range(20)]
        return given, [
            {(await crowd.get(User_Agent=agent))["process"] for _ in range(3)}
            for agent in agents
        ]

    given, seen = tried(trial)

    # A proxy keeps no answer that gives a cookie.
    assert given == []
    assert all(len(processes) == 1 for processes in seen)
    assert set().union(*seen) == {0, 1, 2}


@pytest.mark.parametrize("cookie", ["7", "-1", "x", "²", "", "1; 2"])
def test_a_cookie_of_no_process_is_as_good_as_none(cookie):
    async def trial(crowd):
        headers = {"Cookie": f"{COOKIE}={cookie}", **PAGE}
        async with crowd.client.get("/gis/", headers=headers) as answer:
            return answer.status

    assert tried(trial) == 200


def test_where_a_process_is_gone_another_answers_and_the_browser_is_told():
    async def trial(crowd):
        crowd.processes[1].is_ready = False
        headers = {"Cookie": f"{COOKIE}=1", **PAGE}
        async with crowd.client.get("/gis/", headers=headers) as answer:
            told = (await answer.json())["process"], answer.cookies[COOKIE].value
        for process in crowd.processes:
            process.is_ready = False
        async with crowd.client.get("/gis/") as answer:
            return told, answer.status, answer.headers["Retry-After"]

    (process, cookie), status, again = tried(trial)

    assert process != 1
    assert cookie == str(process)
    assert (status, again) == (503, "5")


def test_a_request_is_handed_on_as_it_came():
    path = "/gis/layers/%ff.csv?a=%2F&a=b+c"

    async def trial(crowd):
        url = aiohttp.client.URL(f"http://{crowd.host}{path}", encoded=True)
        size = 3_000_000
        headers = {"Host": "maps.example", "Content-Length": str(size)}
        async with crowd.client.put(url, data=b"x" * size, headers=headers) as answer:
            return await answer.json(), answer.headers

    told, headers = tried(trial)

    assert (told["method"], told["path"], told["bytes"]) == ("PUT", path, 3_000_000)
    assert told["headers"]["host"] == "maps.example"
    assert told["headers"]["content-length"] == "3000000"
    assert headers["ETag"] == '"a"'
    assert "Server" not in headers


@pytest.mark.parametrize(
    ("proxies", "chain", "scheme"),
    [((), "127.0.0.1", None), (("127.0.0.1",), "10.9.9.9, 127.0.0.1", "https")],
)
def test_what_is_said_of_the_client_is_believed_of_named_proxies_only(
    proxies, chain, scheme
):
    async def trial(crowd):
        return await crowd.get(X_Forwarded_For="10.9.9.9", X_Forwarded_Proto="https")

    told = tried(trial, proxies=proxies)["headers"]

    assert told["x-forwarded-for"] == chain
    assert told.get("x-forwarded-proto") == scheme


def test_a_socket_goes_to_the_process_of_the_page_and_carries_both_ways():
    async def trial(crowd):
        seen = []
        for number in "021":
            async with crowd.client.ws_connect(
                "/gis/socket",
                protocols=["streamlit", "secret"],
                headers={"Cookie": f"{COOKIE}={number}"},
                max_msg_size=0,
            ) as socket:
                first = await socket.receive_str()
                await socket.send_bytes(bytes(range(256)) * 20_000)
                back = await socket.receive_bytes()
                await socket.send_bytes(b"close")
                end = await socket.receive()
                seen.append((first, back[:2], len(back), socket.protocol, end.data))
                assert end.type == WSMsgType.CLOSE
        return crowd.host, seen

    host, seen = tried(trial)

    assert seen == [
        (f"{number} {host}", b"\xff\xfe", 5_120_000, "streamlit", 1008)
        for number in "021"
    ]


def test_a_socket_that_is_refused_is_refused_with_the_same_status():
    async def trial(crowd):
        with pytest.raises(aiohttp.WSServerHandshakeError) as refusal:
            await crowd.client.ws_connect("/gis/refuses")
        return refusal.value.status

    assert tried(trial) == 403


def test_a_new_browser_goes_where_the_fewest_pages_are_open():
    async def trial(crowd):
        about = {"headers": {"Cookie": f"{COOKIE}=0"}}
        async with crowd.client.ws_connect("/gis/socket", **about) as socket:
            await socket.receive_str()
            return {await crowd.come() for _ in range(6)}

    assert tried(trial) == {"1", "2"}


def test_a_process_of_the_crowd_believes_this_one_and_has_its_own_metrics():
    given = {"ATLAS_PROXIES": "10.0.0.0/8", "ATLAS_METRICS_PORT": "9100", "A": "b"}

    own = [environment(number, given) for number in range(2)]

    assert [one["ATLAS_METRICS_PORT"] for one in own] == ["9100", "9101"]
    assert own[0]["ATLAS_PROXIES"].split(",") == ["10.0.0.0/8", "127.0.0.1"]
    assert "ATLAS_METRICS_PORT" not in environment(1, {"A": "b"})


@pytest.mark.parametrize(
    "sent",
    [
        b"GET /gis/ HTTP/1.1\r\nHost: a\r\n\r\n",
        b"GET /gis/refuses HTTP/1.1\r\nHost: a\r\n\r\n",
        b"nothing of the kind\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
        b"GET /gis/ HTTP/1.1\r\nHost: a\r\n" + b"X: " + b"y" * 20_000 + b"\r\n\r\n",
        b"POST /gis/ HTTP/1.1\r\nHost: a\r\nContent-Length: one\r\n\r\n",
    ],
)
def test_no_answer_names_what_made_it_not_even_one_to_what_is_no_request(sent):
    async def trial(crowd):
        reader, writer = await asyncio.open_connection(*crowd.host.split(":"))
        writer.write(sent)
        head = await reader.readuntil(b"\r\n\r\n")
        writer.close()
        return head.decode().lower()

    head = tried(trial)

    assert "\r\nserver:" not in head
    assert "aiohttp" not in head
    assert "\r\nx-content-type-options: nosniff" in head
    assert "\r\ncontent-security-policy: default-src 'none'" in head


async def sent_raw(crowd, *pieces: bytes) -> list[dict]:
    """Send requests as they are over one connection; return what each echoed."""
    reader, writer = await asyncio.open_connection(*crowd.host.split(":"))
    told = []
    for piece in pieces:
        writer.write(piece)
        head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
        size = int(head.split("content-length: ")[1].split("\r\n")[0])
        told.append(json.loads(await reader.readexactly(size)))
    writer.close()
    return told


@pytest.mark.parametrize("encoding", ["utf-8", "gbk"])
def test_letters_that_are_not_encoded_are_handed_on_encoded(encoding):
    path = "/gis/layers?in=蔚县"
    asked = f"GET {path} HTTP/1.1\r\nHost: a\r\n\r\n".encode(encoding)

    told = tried(lambda crowd: sent_raw(crowd, asked, asked))

    # What is no UTF-8 the process refuses, with the reason.
    expected = quote(path, safe="/?=", encoding=encoding)
    assert [one["path"] for one in told] == [expected, expected]


def test_the_body_of_a_request_is_handed_on_as_it_came():
    body = "GET /蔚 HTTP/1.1\r\n".encode()
    head = b"PUT /gis/upload HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"

    async def trial(crowd):
        reader, writer = await asyncio.open_connection(*crowd.host.split(":"))
        writer.write(head + b"Content-Length: %d\r\n\r\n" % len(body))
        await writer.drain()
        await asyncio.sleep(0.1)
        writer.write(body)
        answer = await reader.read()
        writer.close()
        return json.loads(answer.partition(b"\r\n\r\n")[2])["ends"]

    assert tried(trial) == body[-20:].hex()


def test_an_address_that_is_too_long_is_for_the_process_to_refuse():
    path = "/gis/layers?in=" + "1," * 15_000

    (told,) = tried(
        lambda crowd: sent_raw(
            crowd, f"GET {path} HTTP/1.1\r\nHost: a\r\n\r\n".encode()
        )
    )

    assert told["path"] == path
