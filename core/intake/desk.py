"""Where new files meet what the program knows: the queue, the films that are there, what people said before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from core.intake.mappings import ColumnMemory
from core.intake.model import Order, Preflight
from core.intake.preflight import preflight
from core.intake.words import load_word_lists
from core.jobs.model import ENDED, Job, State
from core.jobs.store import JobStore
from core.paths import DataFolder, resources

_BATCHES = 20
_JOBS = 10_000  # a record takes the better part of a millisecond
_PAGE = 1000
_GIVEN_UP = (State.FAILED, State.CANCELLED)  # to queue these again is what one does about them


class IntakeDesk:
    def __init__(self, store: JobStore, folder: DataFolder) -> None:
        self._store = store
        self._folder = folder
        self._columns = ColumnMemory(folder.columns_file)

    def check(self, files: Sequence[Path], order: Order) -> Preflight:
        """Raises `StoreAway`, and `UsageError` for a word list that can't be read."""
        promised = self._promised_films()
        return preflight(
            files,
            order,
            taken=lambda film: str(film) in promised or film.exists(),
            earlier=self._lately_queued,
            recall=partial(self._columns.recall, order.template.name),
            words=load_word_lists(self._folder.words, resources() / "words"),
        )

    def remember_columns(self, order: Order, fields: Mapping[str, str]) -> None:
        self._columns.remember(order.template.name, fields)

    def _promised_films(self) -> set[str]:
        """The names that queued films will have: taken, though nothing is there yet."""
        return self._store.outputs(state for state in State if state not in ENDED)

    def _lately_queued(self) -> Iterator[Job]:
        """The jobs of the last batches, the newest batch first."""
        left = _JOBS
        for batch in reversed(self._store.batches()[-_BATCHES:]):
            for offset in range(0, min(batch.total, left), _PAGE):
                records = self._store.jobs(batch=batch.id, offset=offset, limit=_PAGE)
                yield from (record.job for record in records if record.state not in _GIVEN_UP)
            left -= batch.total
            if left <= 0:
                return
