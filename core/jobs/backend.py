"""Where the scripts run: on a server, or in this process."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol, TypeVar, cast

import redis
from redis.commands.core import Script

from core.jobs import scripts
from core.jobs.commands import Commands
from core.jobs.connection import reaching, translated
from core.jobs.keys import PREFIX

T = TypeVar("T")
Arg = str | int | float


class Backend(Protocol):
    """What the parts of `JobStore` stand on."""

    client: redis.Redis
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
        self._scripts: dict[str, Script] = {
            name: client.register_script(scripts.source(name)) for name in scripts.names()
        }

    def now(self) -> str:
        return "" if self._clock is None else str(int(self._clock() * 1000))

    def run(self, name: str, *args: Arg) -> Any:
        return self.apply(name, [self.now(), *args])

    def run_volatile(self, name: str, *args: Arg) -> Any:
        return self.apply(name, [self.now(), *args])

    def apply(self, name: str, args: Sequence[Arg]) -> Any:
        """Runs a script with `args` as they are, its time already among them."""
        try:
            return self._scripts[name](keys=[PREFIX], args=args)
        except (redis.RedisError, OSError) as exc:
            raise translated(self.client, exc) from exc

    def read(self, question: Callable[[Commands], T]) -> T:
        with reaching(self.client):
            return question(self.commands)

    def compact(self) -> None:
        """A server looks after its own files."""

    def close(self) -> None:
        self.client.close()
