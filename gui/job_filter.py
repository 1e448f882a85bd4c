"""The rows of one page: those of a batch, or in certain states."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSortFilterProxyModel

from core.jobs.model import State
from gui.jobs_model import JobsModel


class JobFilter(QSortFilterProxyModel):
    """`states` None shows every state; `batch` "" every batch."""

    def __init__(self, jobs: JobsModel, states: frozenset[State] | None = None) -> None:
        super().__init__()
        self._jobs = jobs
        self._states = states
        self._batch = ""
        self.setSourceModel(jobs)

    @property
    def batch(self) -> str:
        return self._batch

    def show_batch(self, batch: str) -> None:
        if batch != self._batch:
            self.beginFilterChange()
            self._batch = batch
            self.endFilterChange()

    def filterAcceptsRow(self, source_row: int, source_parent: QModelIndex | QPersistentModelIndex) -> bool:
        record = self._jobs.record_at(source_row)
        if self._batch and record.job.batch != self._batch:
            return False
        return self._states is None or record.state in self._states
