"""Kinds of settings: what each is called, and how it is read."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from geo.language import N_

_HOST: Final = re.compile(r"(\*\.)?[a-z0-9]([a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:]+\]")
_TILE_PLACES: Final = ("{x}", "{y}", "{z}")


def _whole(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number


def _count(text: str) -> int:
    number = int(text)
    if number < 0:
        raise ValueError(text)
    return number


def _port(text: str) -> int:
    number = int(text)
    if not 0 <= number <= 65535:
        raise ValueError(text)
    return number


def _folder(text: str) -> Path:
    path = Path(text)
    if not path.is_dir():
        raise ValueError(text)
    return path


def _store(text: str) -> Path | str:
    """Read a folder, or the address of a database; what is in that is libpq's."""
    if text.startswith(("postgresql://", "postgres://")):
        return text
    return _folder(text)


def _address(text: str) -> str:
    address = text.rstrip("/")
    parts = urlsplit(address)
    _ = parts.port
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError(text)
    if parts.query or parts.fragment or parts.username is not None:
        raise ValueError(text)
    return address


def _tiles(text: str) -> str:
    if not all(place in text for place in _TILE_PLACES):
        raise ValueError(text)
    _address(re.sub(r"\{[a-z]\}", "0", text).partition("?")[0])
    return text


def _key(text: str) -> str:
    if not text.isalnum():
        raise ValueError(text)
    return text


def _each(read: Callable[[str], str]) -> Callable[[str], tuple[str, ...]]:
    def several(text: str) -> tuple[str, ...]:
        return tuple(read(part) for part in re.split(r"[\s,]+", text.strip()) if part)

    return several


def _host(text: str) -> str:
    host = text.lower().rstrip(".")
    if not _HOST.fullmatch(host):
        raise ValueError(text)
    return host


def _site(text: str) -> str:
    host, parted, port = text.rpartition(":")
    if not parted or "]" in port:
        host, port = text, ""
    host = _host(host)
    if "*" in host or (parted and not port):
        raise ValueError(text)
    return f"{host}:{_port(port)}" if port else host


def _network(text: str) -> str:
    return str(ip_network(text, strict=False))


def _origin(text: str) -> str:
    address = _address(text)
    if urlsplit(address).path:
        raise ValueError(text)
    return address.lower()


def _door(text: str) -> str:
    if text not in {"metrics", "agent"}:
        raise ValueError(text)
    return text


def _log_form(text: str) -> str:
    if text not in {"text", "json"}:
        raise ValueError(text)
    return text


KINDS: Final[Mapping[str, tuple[str, Callable[[str], Any]]]] = {
    "text": (N_("a text"), str),
    "number": (N_("a whole number above 0"), _whole),
    "count": (N_("a whole number from 0"), _count),
    "port": (N_("a port: 1 to 65535, or 0 for none"), _port),
    "ip": (N_("an IP address"), lambda text: str(ip_address(text))),
    "folder": (N_("a folder that exists"), _folder),
    "store": (N_("a folder that exists, or postgresql://…"), _store),
    "address": (N_("an address such as https://maps.example/gis"), _address),
    "tiles": (N_("an address with {x}, {y} and {z}"), _tiles),
    "key": (N_("letters and digits"), _key),
    "hosts": (N_("names of hosts, separated by commas"), _each(_host)),
    "sites": (
        N_("names of hosts, with a port if it is not the usual one, parted by commas"),
        _each(_site),
    ),
    "networks": (N_("IP addresses or networks, separated by commas"), _each(_network)),
    "origins": (N_("origins such as https://portal.example"), _each(_origin)),
    "doors": (N_("metrics, agent or both, separated by a comma"), _each(_door)),
    "log": (N_("text or json"), _log_form),
}
"""What each kind of setting is called, and how it is read."""
