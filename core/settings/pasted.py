"""What is made of values as people write them or paste them in, before they count."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from pydantic_core import PydanticCustomError


def given_or_none(value: object) -> object:
    return None if isinstance(value, str) and not value.strip() else value


def without_blanks(value: str) -> str:
    """An id as it was copied from a page."""
    return "".join(value.split())


def safe_address(value: str) -> str:
    """https, or http on this computer; without a login. For whatever is sent a key."""
    address = urlsplit(value.strip())
    host = address.hostname or ""
    if not host or not (address.scheme == "https" or (address.scheme == "http" and _is_this_computer(host))):
        raise PydanticCustomError(
            "address", "it must start with https:// (http:// only for an address on this computer)"
        )
    if address.username or address.query or address.fragment:
        raise PydanticCustomError("plain_address", "it must be a plain address, without a login or a question mark")
    return value.strip().rstrip("/")


def _is_this_computer(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
