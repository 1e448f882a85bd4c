"""Makes the Redis client, real or in process, and says in our words when it can't be reached."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import redis
from fakeredis import FakeRedis, FakeServer
from redis.backoff import FullJitterBackoff
from redis.connection import parse_url
from redis.retry import Retry

from core.errors import StoreAway, UsageError

SCHEMES = ("redis", "rediss")

_PLAIN_OPTIONS = frozenset({"host", "port", "db", "username", "password", "client_name"})

SOCKET_TIMEOUT_S = 10.0
LONGEST_BLOCK_S = 5.0
"""Blocking reads ask for no longer than this, well below the socket's own time-out, and ask again."""


def connect(redis_url: str | None) -> redis.Redis:
    """A client for `redis_url`; without one, a Redis of its own inside this process.

    `rediss://` checks the server's certificate against the system's authorities, or `?ssl_ca_certs=FILE`. Nothing is
    sent yet: a server that is away shows at the first call.
    """
    if not redis_url:
        return FakeRedis(server=FakeServer(), decode_responses=True, protocol=2)
    _check(redis_url)
    return redis.Redis.from_url(
        redis_url,
        decode_responses=True,
        protocol=2,
        socket_connect_timeout=3.0,
        socket_timeout=SOCKET_TIMEOUT_S,
        socket_keepalive=True,
        health_check_interval=15,
        retry=Retry(FullJitterBackoff(cap=1.0, base=0.05), 4),
        retry_on_error=[redis.ConnectionError, redis.TimeoutError],
    )


def in_process(client: redis.Redis) -> bool:
    return isinstance(client, FakeRedis)


def address(client: redis.Redis) -> str:
    """Where `client` connects to, fit to be shown: never with a user's name or password."""
    if in_process(client):
        return "this program"
    options: dict[str, Any] = client.connection_pool.connection_kwargs
    return str(options.get("path") or f"{options.get('host', 'localhost')}:{options.get('port', 6379)}")


@contextmanager
def reaching(client: redis.Redis) -> Iterator[None]:
    """The store's edge: inside it, whatever redis-py says about an unreachable server becomes `StoreAway`."""
    try:
        yield
    except (redis.RedisError, OSError) as exc:
        raise translated(client, exc) from exc


def translated(client: redis.Redis, error: Exception) -> Exception:
    """`StoreAway` if the server is away or refuses to work; `error` itself if it is this program's mistake."""
    match error:
        case redis.AuthenticationError():
            return _away(client, error, "Check the user and the password in the Redis address.")
        case redis.ConnectionError() | redis.TimeoutError() | OSError():
            return _away(client, error, "Work goes on by itself when it is back.")
        case redis.exceptions.NoPermissionError():
            return _away(client, error, "Its user needs all commands on keys that begin with {{trineo}}:.")
        case redis.ResponseError() if _is_the_servers(error):
            return _away(client, error, "The server refuses to write: look at its memory, disk and replication.")
    return error


def _is_the_servers(error: redis.ResponseError) -> bool:
    """Out of memory, read-only replica, no primary, append-only file can't be written: not this program's mistake."""
    words = ("MISCONF", "OOM", "MASTERDOWN", "NOREPLICAS", "CLUSTERDOWN", "READONLY", "BUSY", "UNKILLABLE")
    # In a pipeline, and in a script of Redis 6.2, the word does not come first.
    return isinstance(error, redis.exceptions.OutOfMemoryError | redis.ReadOnlyError) or any(
        re.search(rf"(^|[\s-]){word}\b", str(error)) for word in words
    )


def _away(client: redis.Redis, error: Exception, remedy: str) -> StoreAway:
    return StoreAway(
        "redis_away",
        "The job store at {address} can't be reached.",
        remedy,
        detail=f"{type(error).__name__}: {error}",
        address=address(client),
    )


def _check(redis_url: str) -> None:
    """Raises `UsageError` for what is no Redis address. Nothing of the address is told: it may hold a password."""
    try:
        parts = urlsplit(redis_url)
        scheme, _ = parts.scheme, parts.port
        options: dict[str, Any] = parse_url(redis_url)  # type: ignore[no-untyped-call]
        unknown = sorted(set(options) - _PLAIN_OPTIONS - {"path", "connection_class"})
    except (ValueError, TypeError):
        scheme, unknown = "", []
    if scheme not in SCHEMES or any(not name.startswith("ssl_") for name in unknown):
        raise UsageError(
            "redis_url",
            "This is not a Redis address that Trineo understands.",
            "Write redis://host:6379 or rediss://user:password@host:6380, or leave it empty to work on this machine.",
        )
