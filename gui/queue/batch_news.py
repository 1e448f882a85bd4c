"""One piece of news for each batch: that it is over, or that its first films can be looked at."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from core.jobs.model import State
from gui.queue.jobs_model import JobsModel
from gui.queue.tally import Tally


class BatchNews(QObject):
    """Quiet until `begin`: what was over before the window was opened is no news."""

    told = Signal(str, str, str)  # batch id, a headline, a sentence

    def __init__(self, jobs: JobsModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._begun = False
        self._over: set[str] = set()
        self._looked: set[str] = set()
        jobs.tallies_changed.connect(self._look)

    def begin(self) -> None:
        if not self._begun:
            self._begun = True
            self._over = {tally.batch.id for tally in self._jobs.tallies() if tally.over}
            self._looked = {tally.batch.id for tally in self._jobs.tallies() if tally.wants_a_look}

    def _look(self, changed: frozenset[str]) -> None:
        if not self._begun:
            return
        for tally in self._jobs.tallies():
            if tally.batch.id not in changed:
                continue
            batch_id = tally.batch.id
            if not tally.over:
                self._over.discard(batch_id)  # something of it was tried again
            elif batch_id not in self._over:
                self._over.add(batch_id)
                self._tell_over(tally)
            if tally.wants_a_look and batch_id not in self._looked:
                self._looked.add(batch_id)
                self._tell_first(tally)

    def _tell_over(self, tally: Tally) -> None:
        made, failed = tally.counts[State.DONE], tally.failed
        if not made and not failed:
            return  # cancelled, and whoever did that knows
        words = self.tr("%Ln film(s) made", "", made)
        if failed:
            words += " · " + self.tr("%Ln failed", "", failed)
        self.told.emit(tally.batch.id, self.tr("{batch} is finished").format(batch=tally.batch.name), words)

    def _tell_first(self, tally: Tally) -> None:
        headline = self.tr("{batch}: the first films are made").format(batch=tally.batch.name)
        self.told.emit(tally.batch.id, headline, self.tr("Look at them, then make the rest."))
