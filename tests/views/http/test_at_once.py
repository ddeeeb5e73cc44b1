"""What the server writes leaves at once, though Streamlit has made its socket."""

import asyncio
import socket

import uvicorn
from starlette.responses import PlainTextResponse

from views.http.at_once import send_at_once


async def held_back() -> bool:
    """Whether the kernel may keep what a server like Streamlit's has written."""
    with socket.socket() as listening:  # as Streamlit does, without a protocol
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        config = uvicorn.Config(PlainTextResponse("here"), log_level="error")
        server = uvicorn.Server(config)
        serving = asyncio.create_task(server.serve(sockets=[listening]))
        reader, writer = await asyncio.open_connection(*listening.getsockname())
        writer.write(b"GET / HTTP/1.1\r\nHost: here\r\n\r\n")
        assert b"200" in await reader.readline()
        (protocol,) = server.server_state.connections
        connection = protocol.transport.get_extra_info("socket")
        says = connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
        writer.close()
        server.should_exit = True
        await serving
        return not says


def test_no_part_of_an_answer_waits_for_a_confirmation():
    send_at_once()

    assert not asyncio.run(held_back())
