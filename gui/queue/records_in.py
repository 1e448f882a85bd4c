"""The jobs in one state, told of in batches as they come, change and go."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QTimer, Signal

from core.jobs.model import JobRecord, State
from gui.queue.jobs_model import JobsModel, is_read

_GATHER_MS = 40


class RecordsIn(QObject):
    """`changed` comes at most 25 times a second: list[JobRecord] that are new or different, set[str] that left."""

    changed = Signal(object, object)

    def __init__(self, jobs: JobsModel, state: State, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._state = state
        self._records: dict[str, JobRecord] = {}
        self._touched: set[str] = set()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_GATHER_MS)
        self._timer.timeout.connect(self._tell)
        jobs.rowsInserted.connect(lambda _, first, last: self._look(first, last))
        jobs.dataChanged.connect(self._data_changed)
        jobs.rowsRemoved.connect(self._look_at_all)
        jobs.modelReset.connect(self._look_at_all)
        self._look_at_all()

    def __len__(self) -> int:
        return len(self._records)

    def records(self) -> list[JobRecord]:
        return sorted(self._records.values(), key=order_of)

    def record(self, job_id: str) -> JobRecord | None:
        return self._records.get(job_id)

    def _data_changed(self, first: QModelIndex, last: QModelIndex) -> None:
        self._look(first.row(), last.row())

    def _look(self, first: int, last: int) -> None:
        """A hundred thousand rows may come at once, of which hardly any are wanted here."""
        rows, wanted, known = self._jobs.records()[first : last + 1], self._state, self._records
        self._touched.update(record.job.id for record in rows if record.state is wanted)
        if known:
            self._touched.update(record.job.id for record in rows if record.job.id in known)
        self._tell_soon()

    def _look_at_all(self, *_: object) -> None:
        self._touched.update(self._records)
        if self._jobs.rowCount():
            self._look(0, self._jobs.rowCount() - 1)
        self._tell_soon()

    def _tell_soon(self) -> None:
        if self._touched and not self._timer.isActive():
            self._timer.start()

    def _tell(self) -> None:
        touched, self._touched = self._touched, set()
        there: list[JobRecord] = []
        gone: set[str] = set()
        for job_id in touched:
            record = self._jobs.record(job_id)
            if record is not None and record.state is self._state and is_read(record):
                if self._records.get(job_id) is not record:
                    self._records[job_id] = record
                    there.append(record)
            elif self._records.pop(job_id, None) is not None:
                gone.add(job_id)
        if there or gone:
            self.changed.emit(sorted(there, key=order_of), gone)


def order_of(record: JobRecord) -> tuple[str, str, int, str]:
    """As the rows stand in their sheets, the older batch first."""
    return record.job.batch, record.job.sheet, record.job.row, record.id
