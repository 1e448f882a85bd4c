"""Which columns of a table hold which of the template's fields, and what to tell of the others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from core.intake.fields import Target, Vocabulary
from core.intake.model import Column
from core.text import Text

_COLUMNS_TOLD = 12


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """Which columns (by key, leftmost first) hold each target, and which hold nothing that is used."""

    keys: Mapping[Target, tuple[str, ...]]
    unused: tuple[Column, ...]

    def values(self, cells: Mapping[str, str]) -> dict[Target, str]:
        """What a row says of each target; of several columns for one, the first that is filled in."""
        return {target: _first(cells, keys) for target, keys in self.keys.items()}

    @property
    def titles(self) -> dict[Target, str]:
        """What this file calls each target."""
        return {target: keys[0] for target, keys in self.keys.items()}

    def shared(self) -> tuple[tuple[str, ...], ...]:
        """The columns that hold the same thing, side by side."""
        return tuple(keys for keys in self.keys.values() if len(keys) > 1)


def _first(cells: Mapping[str, str], keys: tuple[str, ...]) -> str:
    for key in keys:
        value = cells.get(key, "")
        if value.strip():
            return value
    return ""


def map_columns(columns: Iterable[Column], vocabulary: Vocabulary) -> ColumnMap:
    keys: dict[Target, tuple[str, ...]] = {}
    unused = []
    for column in columns:
        target = vocabulary.target(column.title)
        if target is None:
            unused.append(column)
        else:
            keys[target] = (*keys.get(target, ()), column.key)
    return ColumnMap(keys, tuple(unused))


def notices(columns: ColumnMap, vocabulary: Vocabulary) -> Iterator[Text]:
    """At most one of the columns that are not used, and one of those that hold the same thing."""
    close = [(column.key, vocabulary.closest(column.title)) for column in columns.unused]
    likely = [f"{key} → {field}" for key, field in close if field]
    if likely:
        yield Text(
            "These columns are not used: {columns}. Did you mean: {likely}?",
            {"columns": listed(columns.unused), "likely": _shortened(likely)},
        )
    elif columns.unused:
        yield Text("These columns are not used: {columns}.", {"columns": listed(columns.unused)})
    if columns.shared():
        yield Text(
            "Several columns hold the same thing: {columns}. The first that is filled in counts.",
            {"columns": "; ".join(" + ".join(keys) for keys in columns.shared())},
        )


def listed(columns: Iterable[Column]) -> str:
    return _shortened([column.key for column in columns])


def _shortened(names: list[str]) -> str:
    return ", ".join(names[:_COLUMNS_TOLD]) + (" …" if len(names) > _COLUMNS_TOLD else "")
