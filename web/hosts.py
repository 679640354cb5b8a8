"""Under which name a request came, and whether that name is this installation's own.

Anybody may write any ``Host`` header; a name goes into an address that is handed to people only where it is our own.
"""

from __future__ import annotations

import socket
from collections.abc import Collection
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Any
from urllib.parse import urlsplit

from werkzeug.sansio.utils import host_is_trusted


def is_own(host: str, names: Collection[str], arrived_at: str | None) -> bool:
    """Whether ``host`` (name or address, with or without a port) is this machine's, or one of ``names``.

    ``names`` that begin with a dot mean all below; ``arrived_at`` is the address on which the connection came in.

    >>> is_own("localhost:8000", (), None), is_own("127.0.0.1:8000", (), None), is_own("evil.example", (), None)
    (True, True, False)
    >>> is_own("192.168.1.7:8000", (), "192.168.1.7"), is_own("192.168.1.8", (), "192.168.1.7")
    (True, False)
    >>> is_own("Intake.office.example", ("intake.office.example",), None), is_own("a.lan", (".lan",), None)
    (True, True)
    """
    try:
        name = urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return False
    address = _address(name)
    if address is not None:
        return address.is_loopback or address in {_address(one) for one in (arrived_at, *names) if one}
    return host_is_trusted(name, ["localhost", *_machine(), *(one.lower() for one in names)])


def local_address(environ: dict[str, Any]) -> str | None:
    """The address of this machine on which a request's connection came in, where the server tells it."""
    line = environ.get("gunicorn.socket")
    return None if line is None else str(line.getsockname()[0])


def _address(text: str) -> IPv4Address | IPv6Address | None:
    try:
        found = ip_address(text)
    except ValueError:
        return None
    mapped = found.ipv4_mapped if isinstance(found, IPv6Address) else None
    return mapped or found


@lru_cache(maxsize=1)
def _machine() -> tuple[str, ...]:
    """The machine's own name, and as its network finds it without a name server."""
    name = socket.gethostname().lower()
    return (name, f"{name}.local") if name.isascii() and name else ()
