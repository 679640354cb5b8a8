"""Who is at the other end of the line itself, before any word of a proxy is believed."""

from __future__ import annotations

from collections.abc import Mapping
from ipaddress import IPv6Address, ip_address
from typing import Any

_PROXIED = ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP", "HTTP_VIA")
"""What a proxy says of whom it speaks for."""


def is_near(environ: Mapping[str, Any]) -> bool:
    """Whether the peer is on this machine or in its own network, and asks for itself.

    >>> is_near({"REMOTE_ADDR": "127.0.0.1"}), is_near({"REMOTE_ADDR": "10.1.2.3"}), is_near({"REMOTE_ADDR": "8.8.8.8"})
    (True, True, False)
    >>> is_near({"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "10.1.2.3"})
    False
    """
    if any(name in environ for name in _PROXIED):
        return False
    before = environ.get("werkzeug.proxy_fix.orig") or {}
    try:
        address = ip_address(str(before.get("REMOTE_ADDR") or environ.get("REMOTE_ADDR") or ""))
    except ValueError:
        return False
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return (mapped or address).is_loopback or (mapped or address).is_private
