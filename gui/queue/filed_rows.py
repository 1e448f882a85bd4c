"""A sorted list of rows: which source row stands where. The order and nothing else; knows neither Qt nor jobs."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable

Key = float | str
Filed = tuple[Key, int]  # what it is sorted by, and its row in the source: no two are equal


class FiledRows:
    """`falling` turns the order around: the largest key is in row 0. Keys and rows are kept apart, for there may be
    100,000, of which each pair would take 100 bytes.
    """

    def __init__(self, filed: Iterable[Filed] = (), *, falling: bool = False) -> None:
        ordered = sorted(filed)
        self._order = [key for key, _ in ordered]
        self._rows = array("q", [row for _, row in ordered])
        self._keys: list[Key | None] = [None] * (max(self._rows, default=-1) + 1)  # by source row
        for key, row in ordered:
            self._keys[row] = key
        self._falling = falling

    def __len__(self) -> int:
        return len(self._rows)

    def key_of(self, source_row: int) -> Filed | None:
        """Under which key it stands; None where it does not."""
        key = self._keys[source_row] if 0 <= source_row < len(self._keys) else None
        return None if key is None else (key, source_row)

    def source_row(self, row: int) -> int:
        return self._rows[len(self._rows) - 1 - row if self._falling else row]

    def source_rows(self) -> list[int]:
        """All, in no particular order."""
        return self._rows.tolist()

    def row(self, key: Filed) -> int:
        """Where a key stands that is in."""
        at = self._place(key)
        return len(self._rows) - 1 - at if self._falling else at

    def row_for(self, key: Filed) -> int:
        """Before which row a key has to be put that is not in yet."""
        at = self._place(key)
        return len(self._rows) - at if self._falling else at

    def is_behind(self, key: Filed) -> bool:
        """Whether a key comes behind all that are in (before them, when falling)."""
        return not self._order or key > (self._order[-1], self._rows[-1])

    def add(self, key: Filed) -> None:
        at = self._place(key)
        self._order.insert(at, key[0])
        self._rows.insert(at, key[1])
        self._keep(key)

    def add_behind(self, keys: list[Filed]) -> None:
        """Sorted keys that are all behind those that are in."""
        self._order += [key for key, _ in keys]
        self._rows.extend(row for _, row in keys)
        for key in keys:
            self._keep(key)

    def remove(self, key: Filed) -> None:
        at = self._place(key)
        del self._order[at]
        del self._rows[at]
        self._keys[key[1]] = None

    def replace(self, before: Filed, after: Filed) -> None:
        self.remove(before)
        self.add(after)

    def _place(self, key: Filed) -> int:
        """Where it stands or would: among equal keys the lower source row is first."""
        first = bisect_left(self._order, key[0])
        return bisect_left(self._rows, key[1], first, bisect_right(self._order, key[0], first))

    def _keep(self, key: Filed) -> None:
        row = key[1]
        if row >= len(self._keys):
            self._keys += [None] * (row + 1 - len(self._keys))
        self._keys[row] = key[0]
