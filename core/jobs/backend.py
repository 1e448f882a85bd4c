"""Where the scripts run: on a server, or in this process."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable, Sequence
from hashlib import sha1
from typing import Any, Protocol, TypeVar, cast

import redis

from core.errors import StoreAway
from core.jobs import scripts
from core.jobs.commands import Commands
from core.jobs.connection import in_process, translated
from core.jobs.keys import PREFIX

T = TypeVar("T")
Arg = str | int | float


class Backend(Protocol):
    """What the parts of `JobStore` stand on."""

    client: redis.Redis
    away_at: float
    """When the server was last found away, by the monotonic clock."""
    local: bool
    """True when only this program uses the store: its clock counts, and nobody else can change anything."""

    def run(self, name: str, *args: Arg) -> Any:
        """Runs the script of that name. It takes effect wholly and durably, or not at all."""

    def run_volatile(self, name: str, *args: Arg) -> Any:
        """The same for what needs no durability: reading, renewing a lease, reporting progress."""

    def read(self, question: Callable[[Commands], T]) -> T:
        """Asks the client something that changes nothing."""

    def compact(self) -> None:
        """Shortens what is kept on disk, where that is this backend's business."""

    def close(self) -> None: ...


class RedisBackend:
    """Runs scripts by their hash on `client`; a server that was restarted gets them again by itself.

    With a `clock` (seconds since 1970) its time is what the scripts see, otherwise the server's own.
    """

    def __init__(self, client: redis.Redis, clock: Callable[[], float] | None = None) -> None:
        self.client = client
        self.commands = cast(Commands, client)
        self.local = clock is not None
        self._clock = clock
        self._hashes = {name: sha1(scripts.source(name).encode()).hexdigest() for name in scripts.names()}  # noqa: S324
        self._connections = threading.local()
        self.away_at = -math.inf

    def now(self) -> str:
        return "" if self._clock is None else str(int(self._clock() * 1000))

    def run(self, name: str, *args: Arg) -> Any:
        return self.apply(name, [self.now(), *args])

    def run_volatile(self, name: str, *args: Arg) -> Any:
        return self.apply(name, [self.now(), *args])

    def apply(self, name: str, args: Sequence[Arg]) -> Any:
        """Runs a script with `args` as they are, its time already among them."""
        try:
            connection = self._connection()
            try:
                return connection.evalsha(self._hashes[name], 1, PREFIX, *args)
            except redis.exceptions.NoScriptError:
                connection.script_load(scripts.source(name))
                return connection.evalsha(self._hashes[name], 1, PREFIX, *args)
        except (redis.RedisError, OSError) as exc:
            raise self._translated(exc) from exc
        except BaseException:
            self._forget_answers()
            raise

    def _translated(self, error: redis.RedisError | OSError) -> Exception:
        known = translated(self.client, error)
        if isinstance(known, StoreAway):
            self.away_at = time.monotonic()
        return known

    def _connection(self) -> redis.Redis:
        """This thread's own: getting one from the pool and giving it back took a fifth of a claim's time."""
        own: redis.Redis | None = getattr(self._connections, "own", None)
        if own is None:
            own = self.client
            if not in_process(own):
                own = redis.Redis(connection_pool=own.connection_pool, single_connection_client=True)
            self._connections.own = own
        return own

    def read(self, question: Callable[[Commands], T]) -> T:
        try:
            return question(self.commands)
        except (redis.RedisError, OSError) as exc:
            raise self._translated(exc) from exc
        except BaseException:
            self._forget_answers()
            raise

    def _forget_answers(self) -> None:
        """After Ctrl-C between a question and its answer: the next question must not get this one's answer."""
        if in_process(self.client):
            return
        self.client.connection_pool.disconnect(inuse_connections=False)
        own: Any = getattr(self._connections, "own", None)
        if own is not None and own.connection is not None:
            own.connection.disconnect()

    def compact(self) -> None:
        """A server looks after its own files."""

    def close(self) -> None:
        self.client.close()
