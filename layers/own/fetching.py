"""Fetch a file from a host of the intranet that the office has named; from no other.

Off unless hosts are named. No redirect is followed, no proxy asked, nothing of the
session is sent along; size and time are bounded.
"""

from __future__ import annotations

import contextlib
import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from urllib.parse import SplitResult, quote, unquote, urlsplit

from layers.own.limits import MEGABYTE, Limits
from layers.own.refusals import RefusedError

_PORTS: Final = {"http": 80, "https": 443}
_PIECE: Final = 1 << 16
_LONGEST: Final = 2000
_AGENT: Final = "Hebei Programme Atlas"


@dataclass(frozen=True, slots=True)
class Fetched:
    """A file that was fetched: its content and what it is called."""

    content: bytes
    name: str


def fetch(address: str, hosts: Iterable[str], limits: Limits | None = None) -> Fetched:
    """Fetch a file.

    Parameters
    ----------
    address : str
        Of http or https.
    hosts : iterable of str
        From which may be fetched, each ``host`` or ``host:port``; without a port the
        usual ones are meant.
    limits : Limits, optional
        By default those of the environment.

    Raises
    ------
    RefusedError
        If it is not fetched; the message says why.
    """
    limits = limits or Limits.from_environment()
    parts, host, port = _read(address)
    _refuse_other(host, port, parts.scheme, tuple(hosts))
    late = threading.Event()
    connection = http.client.HTTPConnection(host, port)
    clock: threading.Timer | None = None
    try:
        connection.sock = _connected(parts.scheme, host, port, limits.seconds)
        clock = threading.Timer(limits.seconds, _stop, (connection.sock, late))
        clock.daemon = True
        clock.start()
        path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
        query = quote(parts.query, safe="/%:@!$&'()*+,;=~-._?")
        connection.putrequest(
            "GET", f"{path}?{query}" if query else path, skip_accept_encoding=True
        )
        connection.putheader("User-Agent", _AGENT)
        connection.putheader("Accept-Encoding", "identity")
        connection.putheader("Connection", "close")
        connection.endheaders()
        answer = connection.getresponse()
        _refuse_answer(answer, host)
        content = _content(answer, limits)
        if late.is_set():
            raise TimeoutError
    except (OSError, http.client.HTTPException, ValueError) as error:
        if late.is_set() or isinstance(error, TimeoutError):
            raise _refused("fetch_time", host, limit=limits.seconds) from None
        raise _refused("fetch_unreachable", host) from None
    finally:
        if clock is not None:
            clock.cancel()
        connection.close()
    name = unquote(parts.path.rpartition("/")[2]) or host
    return Fetched(content, name[:200])


def _read(address: str) -> tuple[SplitResult, str, int]:
    """Take an address apart; refuse what is none."""
    text = address.strip()
    try:
        parts = urlsplit(text)
        host = (parts.hostname or "").rstrip(".")
        port = parts.port or _PORTS.get(parts.scheme, 0)
    except ValueError:
        raise _refused("fetch_address", text[:60]) from None
    is_plain = not any(ord(sign) <= 32 or sign == "\\" for sign in text)
    has_user = parts.username is not None or parts.password is not None
    if parts.scheme not in _PORTS or not host or has_user or not is_plain:
        raise _refused("fetch_address", text[:60])
    if len(text) > _LONGEST:
        raise _refused("fetch_address", text[:60])
    return parts, host, port


def _refuse_other(host: str, port: int, scheme: str, hosts: tuple[str, ...]) -> None:
    """Refuse a host that nobody has named, or another port of it."""
    asked = f"[{host}]" if ":" in host else host
    named = {f"{asked}:{port}"} | ({asked} if port == _PORTS[scheme] else set())
    if not named & {*hosts}:
        raise _refused("fetch_host", f"{asked}:{port}", hosts=", ".join(hosts))


def _connected(scheme: str, host: str, port: int, seconds: float) -> socket.socket:
    """Connect to the host, at a place that was looked at before."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    place = ipaddress.ip_address(str(found[4][0]).partition("%")[0])
    # A name that leads to this machine or to the metadata of a cloud is a trick, or a
    # mistake of the name service; who means it names the number.
    is_inside = place.is_loopback or place.is_link_local or place.is_unspecified
    if (is_inside or place.is_multicast) and host != str(place):
        raise _refused("fetch_place", host, place=str(place))
    plain = socket.create_connection((str(found[4][0]), port), timeout=seconds)
    if scheme == "http":
        return plain
    return ssl.create_default_context().wrap_socket(plain, server_hostname=host)


def _refuse_answer(answer: http.client.HTTPResponse, host: str) -> None:
    if 300 <= answer.status < 400:
        to = answer.headers.get("Location") or "?"
        raise _refused("fetch_redirect", host, to=to[:100])
    if answer.status != http.client.OK:
        raise _refused("fetch_status", host, status=answer.status)


def _content(answer: http.client.HTTPResponse, limits: Limits) -> bytes:
    """Read the file, no more than allowed; one that breaks off is none."""
    content = bytearray()
    while piece := answer.read1(_PIECE):
        content += piece
        if len(content) > limits.file_mb * MEGABYTE:
            raise RefusedError("too_large", "file", {"limit": limits.file_mb})
    if answer.length:
        raise http.client.IncompleteRead(bytes(content))
    return bytes(content)


def _stop(connection: socket.socket, late: threading.Event) -> None:
    late.set()
    with contextlib.suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)


def _refused(reason: str, name: str, **details: str | int) -> RefusedError:
    return RefusedError("not_fetched", reason, {"name": name, **details})
