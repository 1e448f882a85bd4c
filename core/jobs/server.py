"""Looks at a Redis as one does before trusting it with a queue: how quick, which version, does it keep what it is told.

With a connection of its own that is never patient: a server that is away says so within seconds.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from typing import Any

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from core.errors import StoreAway
from core.jobs.backend import RedisBackend
from core.jobs.connection import address, connect, translated
from core.jobs.machines import MachineStatus
from core.jobs.store import JobStore

_ROUNDS = 5
_PATIENCE_S = 3.0


@dataclass(frozen=True, slots=True)
class ServerFacts:
    """None or empty where the server doesn't say (some rented ones don't).

    `milliseconds`: the middle of five round trips. `journal`: every change goes to its file (AOF), `fsync` how often
    that reaches the disk; `snapshots`: it writes everything down from time to time (RDB). `evicts`: it may throw jobs
    away when its memory is full. `connections`: how many programs and threads are connected, `hosts` from how many
    computers.
    """

    address: str
    milliseconds: float
    jobs: int
    version: str = ""
    replica: bool = False
    journal: bool | None = None
    fsync: str = ""
    snapshots: bool | None = None
    evicts: bool | None = None
    connections: int | None = None
    hosts: int | None = None
    machines: tuple[MachineStatus, ...] = ()


def look_at(redis_url: str) -> ServerFacts:
    """Raises `UsageError` for what is no Redis address, `StoreAway` with a remedy for what can't be used."""
    client = connect(redis_url)
    options: dict[str, Any] = client.connection_pool.connection_kwargs
    options |= {
        "socket_connect_timeout": _PATIENCE_S,
        "socket_timeout": _PATIENCE_S,
        "retry": Retry(NoBackoff(), 0),
        "retry_on_error": [],
        "health_check_interval": 0,
    }
    with closing(client):
        try:
            return _facts(client)
        except (redis.RedisError, OSError, ValueError) as error:  # ValueError: what came is not what a Redis says
            raise _what_is_wrong(client, error) from error


def _facts(client: redis.Redis) -> ServerFacts:
    milliseconds = statistics.median(_round_trip(client) for _ in range(_ROUNDS))
    info: dict[str, Any] = _told(client.info) or {}
    settings = {name: _setting(client, name) for name in ("appendfsync", "save", "maxmemory", "maxmemory-policy")}
    clients: list[dict[str, Any]] | None = _told(client.client_list)
    store = JobStore(RedisBackend(client))
    counts = store.counts()
    policy = settings["maxmemory-policy"] or info.get("maxmemory_policy")
    limited = settings["maxmemory"] or info.get("maxmemory")
    own = str(_told(client.client_id))
    others = [one for one in clients or () if str(one.get("id")) != own]
    return ServerFacts(
        address(client),
        milliseconds,
        sum(counts.values()),
        version=str(info.get("redis_version", "")),
        replica=info.get("role") in ("slave", "replica"),
        journal=bool(info["aof_enabled"]) if "aof_enabled" in info else None,
        fsync=settings["appendfsync"] or "",
        snapshots=bool(settings["save"].strip()) if settings["save"] is not None else None,
        evicts=None if policy is None or limited is None else policy != "noeviction" and str(limited) != "0",
        connections=None if clients is None else len(others),
        hosts=None if clients is None else len({str(one.get("addr", "")).rpartition(":")[0] for one in others}),
        machines=tuple(store.machines()),
    )


def _round_trip(client: redis.Redis) -> float:
    began = time.perf_counter()
    client.ping()
    return (time.perf_counter() - began) * 1000


def _told(ask: Callable[[], Any]) -> Any:
    """None where the server does not let us ask: that is its right, and no fault."""
    with suppress(redis.ResponseError):
        return ask()
    return None


def _setting(client: redis.Redis, name: str) -> str | None:
    told = _told(lambda: client.config_get(name))
    return str(told[name]) if isinstance(told, dict) and name in told else None


def _what_is_wrong(client: redis.Redis, error: Exception) -> Exception:
    """`StoreAway` with what to do about it; nothing of the address but its host and port is told."""
    words = str(error).lower()
    secure = "SSLConnection" in client.connection_pool.connection_class.__name__
    if isinstance(error, redis.exceptions.InvalidResponse | ValueError):
        remedy = "Something else than a Redis answers there. Look at the port in REDIS_URL."
    elif isinstance(error, redis.AuthenticationError) or "noauth" in words or "wrongpass" in words:
        remedy = "It refuses the user or the password in REDIS_URL. Put the right ones there."
    elif "denied" in words and "protected mode" in words:
        remedy = "It serves its own computer only (protected mode). Give it a password, and put that into REDIS_URL."
    elif "certificate" in words:
        remedy = "Its certificate is not trusted here. Add ?ssl_ca_certs=FILE to REDIS_URL, with your authority's file."
    elif secure:
        remedy = "Look whether it runs, and whether it speaks TLS on that port; if not, write redis:// in REDIS_URL."
    elif "closed" in words or "reset" in words:
        remedy = "It hung up. If it speaks TLS on that port, write rediss:// in REDIS_URL."
    elif "refused" in words:
        remedy = "Nothing listens there. Start the Redis, or look at the host and the port in REDIS_URL."
    elif _is_name(words):
        remedy = "Nobody knows a computer of that name. Look at the host in REDIS_URL."
    elif isinstance(error, redis.TimeoutError) or "timed out" in words or "timeout" in words:
        remedy = "It does not answer. Look whether that computer is on, and whether a firewall is in between."
    else:
        return _known(client, error)
    where = address(client)
    return StoreAway("redis_away", "The Redis at {address} can't be used.", remedy, address=where)


def _known(client: redis.Redis, error: Exception) -> Exception:
    found = translated(client, error)
    if isinstance(found, StoreAway):
        return found
    return StoreAway(
        "redis_away",
        "The Redis at {address} can't be used.",
        "It may be too old: Trineo needs Redis 6.2 or newer.",
        address=address(client),
    )


def _is_name(words: str) -> bool:
    return any(one in words for one in ("name or service not known", "getaddrinfo", "nodename", "name resolution"))
