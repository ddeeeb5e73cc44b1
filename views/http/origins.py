"""Which hosts and origins are believed, and who is asked through which proxy."""

from __future__ import annotations

import re
from collections.abc import Iterable
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Final
from urllib.parse import urlsplit

_HOST: Final = re.compile(
    r"(?P<name>[a-z0-9](?:[a-z0-9._-]*[a-z0-9.])?|\[[0-9a-f:.]+\])(?::[0-9]{1,5})?",
    re.IGNORECASE | re.ASCII,
)


def host_name(host: str) -> str | None:
    """Return the name of a ``Host`` header, without port; None if it is malformed.

    Examples
    --------
    >>> host_name("Maps.Example.:8501"), host_name("[::1]:80"), host_name("a b")
    ('maps.example', '[::1]', None)
    """
    found = _HOST.fullmatch(host)
    return found["name"].lower().rstrip(".") if found else None


def is_named(name: str, hosts: Iterable[str]) -> bool:
    """Whether a host is one of those named, ``*.`` standing for any host below.

    Examples
    --------
    >>> is_named("a.maps.example", ["*.maps.example"]), is_named("evil", ["maps"])
    (True, False)
    """
    return any(
        name.endswith(known[1:]) if known.startswith("*.") else name == known
        for known in hosts
    )


def origin_host(origin: str) -> str | None:
    """Return host and port of an ``Origin`` header; None if it is malformed.

    Examples
    --------
    >>> origin_host("https://maps.example:8443"), origin_host("http://[::1")
    ('maps.example:8443', None)
    """
    try:
        parts = urlsplit(origin)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or host_name(parts.netloc) is None:
        return None
    if parts.path or parts.query or parts.fragment or port == 0:
        return None
    return parts.netloc.lower()


def is_proxy(client: str, networks: Iterable[str]) -> bool:
    """Whether an address is one of the proxies named.

    Examples
    --------
    >>> is_proxy("::ffff:10.0.0.7", ["10.0.0.0/24"]), is_proxy("10.0.1.7", ["10.0.0.7"])
    (True, False)
    """
    try:
        address: IPv4Address | IPv6Address = ip_address(client.partition("%")[0])
    except ValueError:
        return False
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        # What a socket for both kinds of addresses calls an IPv4 client.
        address = address.ipv4_mapped
    return any(address in ip_network(network) for network in networks)
