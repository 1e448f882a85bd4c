"""The caches of the data folder: what each holds, and emptying them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from core.storage.cache import Usage
from core.storage.looked import Looked


class Cache(Protocol):
    def usage(self) -> Usage: ...

    def clear(self, *, even_if_others_use_it: bool = False) -> Usage: ...

    def trim(self) -> Usage:
        """Down to its limit; answers what went."""

    def lookups(self) -> Looked: ...


@dataclass(frozen=True, slots=True)
class Caches:
    """`by_name`: `speech`, `segments`, `faces`."""

    by_name: Mapping[str, Cache]

    def usage(self) -> dict[str, Usage]:
        return {name: cache.usage() for name, cache in self.by_name.items()}

    def lookups(self) -> dict[str, Looked]:
        """By cache."""
        return {name: cache.lookups() for name, cache in self.by_name.items()}

    def trim(self) -> dict[str, Usage]:
        return {name: cache.trim() for name, cache in self.by_name.items()}

    def clear(self) -> dict[str, Usage]:
        """Removes all that is not in use, here or in another program; answers what went."""
        return {name: cache.clear() for name, cache in self.by_name.items()}
