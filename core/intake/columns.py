"""Which columns of a table hold which of the template's fields, and what to tell of the others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from core.intake.fields import Special, Target, Vocabulary, folded
from core.intake.model import Column, ColumnUse
from core.intake.refused import unguarded
from core.text import Text

_COLUMNS_TOLD = 12
# Numbers of rows, written beforehand down a sheet: where nothing else stands, no child is meant.
_COUNTERS = frozenset(
    ("", "n", "no", "nº", "nro", "num", "numero", "number", "id", "orden", "order", "item", "fila", "row")
)


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """Which columns (leftmost first) hold each target, and which hold nothing that is used.

    `told`: a person said so, for a sheet with these titles.
    """

    columns: Mapping[Target, tuple[Column, ...]]
    unused: tuple[Column, ...]
    told: bool = False
    ours: bool = False  # an export of refused rows that came back
    width: int = 0  # how many columns the table has
    held: tuple[int, ...] = ()  # the places of the columns that hold something

    def values(self, cells: Sequence[str]) -> dict[Target, str]:
        """What a row says of each target; of several columns for one, the first that is filled in."""
        found = {target: _first(cells, columns) for target, columns in self.columns.items()}
        return {target: unguarded(cell) for target, cell in found.items()} if self.ours else found

    def everything(self, cells: Sequence[str]) -> dict[str, str]:
        """The same by the targets' names and in the sheet's order, and what the other columns say by their keys."""
        held = [
            (columns[0].index, target.value if isinstance(target, Special) else target, columns)
            for target, columns in self.columns.items()
        ]
        taken = {name for _, name, _ in held}
        held += [(column.index, column.key, (column,)) for column in self.unused if column.key not in taken]
        found = {name: _first(cells, columns) for _, name, columns in sorted(held, key=lambda one: one[0])}
        return {name: unguarded(cell) for name, cell in found.items()} if self.ours else found

    def only_counted(self, cells: Sequence[str]) -> bool:
        """Whether nothing but the row's number is filled in, or remarks of ours."""
        for index in self.held:
            if index < len(cells) and cells[index].strip():
                return False
        said = {index for index, cell in enumerate(cells) if cell.strip()}
        counters = {column.index for column in self.unused if folded(column.title) in _COUNTERS and column.title}
        others = {column.index for column in self.unused} - counters
        return not said & others and max(said) < self.width

    @property
    def titles(self) -> dict[Target, str]:
        """What this file calls each target."""
        return {target: columns[0].key for target, columns in self.columns.items()}

    def shared(self) -> tuple[tuple[str, ...], ...]:
        """The columns that hold the same thing, side by side."""
        return tuple(tuple(one.key for one in columns) for columns in self.columns.values() if len(columns) > 1)


def _first(cells: Sequence[str], columns: Iterable[Column]) -> str:
    for column in columns:
        if column.index < len(cells) and (cells[column.index].strip()):
            return cells[column.index]
    return ""


def map_columns(columns: Iterable[Column], vocabulary: Vocabulary, recalled: Mapping[str, str]) -> ColumnMap:
    """`recalled`: the field of each folded title as a person once said, or empty; nothing: nobody said."""
    found: dict[Target, tuple[Column, ...]] = {}
    unused: list[Column] = []
    ours, width = False, 0
    for column in columns:
        width = max(width, column.index + 1)
        title = folded(column.title)
        target = vocabulary.named(recalled[title]) if title in recalled else vocabulary.target(column.title)
        if target is None:
            unused.append(column)
        elif target is Special.OURS:
            ours = True
        else:
            found[target] = (*found.get(target, ()), column)
    held = tuple(column.index for ones in found.values() for column in ones)
    return ColumnMap(found, tuple(unused), bool(recalled), ours, width, held)


def uses(columns: ColumnMap, vocabulary: Vocabulary) -> tuple[ColumnUse, ...]:
    """How each column was understood, in the order of the sheet."""
    held = [(column, target) for target, ones in columns.columns.items() for column in ones]
    found = {
        column.index: ColumnUse(column.key, target.value if isinstance(target, Special) else target, told=columns.told)
        for column, target in held
    }
    for column in columns.unused:
        likely = "" if columns.told else vocabulary.closest(column.title)
        found[column.index] = ColumnUse(column.key, "", likely, told=columns.told)
    return tuple(found[index] for index in sorted(found))


def notices(columns: ColumnMap, used: Iterable[ColumnUse]) -> Iterator[Text]:
    """At most one of the columns that are not used, and one of those that hold the same thing."""
    likely = [f"{one.title} → {one.likely}" for one in used if one.likely]
    if columns.told:
        return
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
