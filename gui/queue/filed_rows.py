"""A sorted list of rows: which source row stands where. The order and nothing else; knows neither Qt nor jobs."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable

Filed = tuple[float | str, int]  # what it is sorted by, and its row in the source: no two are equal


class FiledRows:
    """`falling` turns the order around: the largest key is in row 0."""

    def __init__(self, filed: Iterable[Filed] = (), *, falling: bool = False) -> None:
        self._filed = sorted(filed)
        self._key_of = {key[1]: key for key in self._filed}
        self._falling = falling

    def __len__(self) -> int:
        return len(self._filed)

    def key_of(self, source_row: int) -> Filed | None:
        """Under which key it stands; None where it does not."""
        return self._key_of.get(source_row)

    def source_row(self, row: int) -> int:
        return self._filed[len(self._filed) - 1 - row if self._falling else row][1]

    def source_rows(self) -> list[int]:
        """All, in no particular order."""
        return list(self._key_of)

    def row(self, key: Filed) -> int:
        """Where a key stands that is in."""
        at = bisect_left(self._filed, key)
        return len(self._filed) - 1 - at if self._falling else at

    def row_for(self, key: Filed) -> int:
        """Before which row a key has to be put that is not in yet."""
        at = bisect_left(self._filed, key)
        return len(self._filed) - at if self._falling else at

    def is_behind(self, key: Filed) -> bool:
        """Whether a key comes behind all that are in (before them, when falling)."""
        return not self._filed or key > self._filed[-1]

    def add(self, key: Filed) -> None:
        insort(self._filed, key)
        self._key_of[key[1]] = key

    def add_behind(self, keys: list[Filed]) -> None:
        """Sorted keys that are all behind those that are in."""
        self._filed += keys
        self._key_of.update((key[1], key) for key in keys)

    def remove(self, key: Filed) -> None:
        del self._filed[bisect_left(self._filed, key)]
        del self._key_of[key[1]]

    def replace(self, before: Filed, after: Filed) -> None:
        del self._filed[bisect_left(self._filed, before)]
        insort(self._filed, after)
        self._key_of[after[1]] = after
