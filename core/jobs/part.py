"""What the parts of `JobStore` share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar

from core.jobs.backend import Arg, Backend
from core.jobs.commands import Commands

T = TypeVar("T")
Item = TypeVar("Item")

CHUNK = 250
"""Jobs changed by one script call: short enough that nobody waits long behind it, and `unpack` takes it."""


class Part:
    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    def _run(self, name: str, *args: Arg) -> Any:
        return self._backend.run(name, *args)

    def _read(self, question: Callable[[Commands], T]) -> T:
        return self._backend.read(question)

    def _run_in_chunks(self, name: str, head: Sequence[Arg], ids: Iterable[str]) -> int:
        """Runs a script over a selection: each chunk at once, and each job in it checked for itself."""
        return sum(int(self._run(name, *head, *chunk)) for chunk in chunks(dict.fromkeys(ids), CHUNK))


def chunks(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    iterator = iter(items)
    while chunk := list(islice(iterator, size)):
        yield chunk
