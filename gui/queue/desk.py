"""What is asked on the Queue page, of films and of whole batches, carried out by the commands."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import replace

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QMenu

from core.jobs.model import Batch, JobRecord, State
from core.studio import Studio
from gui.actions import PRIORITIES, Actions
from gui.bridge import Bridge
from gui.queue.batch_card import BatchWish
from gui.queue.commands import CAN_CANCEL, CAN_HOLD, CAN_RESUME, CAN_SCHEDULE, Commands
from gui.queue.jobs_model import JobsModel
from gui.queue.page import QueuePage
from gui.queue.row_actions import RowAction
from gui.queue.wanted import SortBy
from gui.widgets.moment_sheet import MomentSheet

_WAITS = frozenset({State.READY, State.DELAYED, State.PARKED})
_BEGINS = frozenset({State.DELAYED, State.HELD})


class QueueDesk(QObject):
    log_wanted = Signal(object)  # JobRecord
    names_wanted = Signal(str)  # batch id

    def __init__(
        self,
        studio: Studio,
        bridge: Bridge,
        page: QueuePage,
        jobs: JobsModel,
        actions: Actions,
        commands: Commands,
        moments: MomentSheet,
    ) -> None:
        super().__init__(page)
        self._studio = studio
        self._bridge = bridge
        self._page = page
        self._jobs = jobs
        self._do = actions
        self._ask = commands
        self._moments = moments
        self._with_moment: Callable[[float], None] = lambda _: None
        moments.agreed.connect(self._answered)
        self._row_menu = QMenu(page)
        self._row_priority = QMenu(self._row_menu)
        self._fill_row_menu()
        self._connect_rows()
        self._connect_whole()
        page.table.chosen_changed.connect(self.enable)
        jobs.tallies_changed.connect(self.enable)
        self.enable()

    def _connect_rows(self) -> None:
        do, ask, table = self._do, self._ask, self._page.table
        do.open_film.triggered.connect(lambda: self._first_made(ask.open_film))
        do.open_folder.triggered.connect(lambda: self._first_made(ask.open_folder))
        do.copy_path.triggered.connect(lambda: ask.copy_path(table.chosen()))
        do.cancel.triggered.connect(lambda: ask.cancel(self._chosen(CAN_CANCEL)))
        do.hold.triggered.connect(lambda: ask.hold(self._chosen(CAN_HOLD)))
        do.resume.triggered.connect(lambda: ask.resume(self._chosen(CAN_RESUME)))
        do.to_front.triggered.connect(lambda: ask.to_front(self._chosen(CAN_CANCEL)))
        do.start_at.triggered.connect(self._start_chosen_at)
        do.show_log.triggered.connect(lambda: self.log_wanted.emit(table.chosen()[0]))
        for level, action in do.priorities.items():
            action.triggered.connect(
                lambda _=False, level=level: ask.prioritise(self._chosen(CAN_CANCEL), PRIORITIES[level])
            )
        table.acted.connect(self._act)
        table.menu_wanted.connect(self._open_row_menu)
        self._page.rows.arranged.connect(
            lambda ids, before, behind: ask.arrange(ids, before, behind, self._page.rows.following)
        )

    def _connect_whole(self) -> None:
        do, ask = self._do, self._ask
        do.pause_all.triggered.connect(lambda: ask.hold(self._ids(CAN_HOLD)))
        do.stop_after.triggered.connect(lambda: ask.hold_waiting(self._ids(_WAITS)))
        do.go_on_all.triggered.connect(lambda: ask.resume(self._ids(CAN_RESUME)))
        do.queue_order.triggered.connect(self._page.table.sort_by_queue)
        self._page.strip.wished.connect(self._wish)
        self._page.strip.menu_wanted.connect(self._open_batch_menu)

    def enable(self, *_: object) -> None:
        """What can be done now with what is chosen, and with everything."""
        do, count = self._do, self._jobs.count
        states = self._page.table.chosen_states()
        made = bool(states & {State.DONE, State.REVIEW})
        for action in (do.watch, do.open_film, do.open_folder, do.copy_path):
            action.setEnabled(made)
        for action in (do.cancel, do.to_front, *do.priorities.values()):
            action.setEnabled(bool(states & CAN_CANCEL))
        do.hold.setEnabled(bool(states & CAN_HOLD))
        do.resume.setEnabled(bool(states & CAN_RESUME))
        do.start_at.setEnabled(bool(states & CAN_SCHEDULE))
        waiting = sum(map(count, _WAITS))
        do.show_log.setEnabled(bool(states))
        do.pause_all.setEnabled(waiting + count(State.RUNNING) > 0)
        do.stop_after.setEnabled(waiting > 0 and count(State.RUNNING) > 0)
        do.go_on_all.setEnabled(count(State.HELD) > 0)

    # Films

    def _act(self, action: RowAction, job_id: str) -> None:
        record = self._jobs.record(job_id)
        if record is None:
            return
        match action:
            case RowAction.OPEN_FILM:
                self._ask.open_film(record)
            case RowAction.OPEN_FOLDER:
                self._ask.open_folder(record)
            case RowAction.CANCEL:
                self._ask.cancel([job_id])
            case RowAction.RETRY:
                self._ask.retry([job_id])

    def _first_made(self, act: Callable[[JobRecord], None]) -> None:
        made = next((record for record in self._page.table.chosen() if record.result is not None), None)
        if made is not None:
            act(made)

    def _chosen(self, states: frozenset[State]) -> list[str]:
        return [record.id for record in self._page.table.chosen() if record.state in states]

    def _ids(self, states: frozenset[State], batch: str = "") -> list[str]:
        """Of one batch, or of all, whatever is to be seen."""
        found: Iterable[JobRecord] = self._jobs.records()
        return [one.id for one in found if one.state in states and batch in ("", one.job.batch)]

    def _fill_row_menu(self) -> None:
        do, menu = self._do, self._row_menu
        menu.addActions([do.watch, do.open_film, do.open_folder, do.copy_path])
        menu.addSeparator()
        menu.addActions([do.hold, do.resume, do.to_front, do.start_at])
        self._row_priority.addActions(list(do.priorities.values()))
        menu.addMenu(self._row_priority)
        menu.addSeparator()
        menu.addActions([do.show_log, do.cancel])

    def _open_row_menu(self, where: QPoint) -> None:
        if self._page.table.chosen_count():
            self._row_priority.setTitle(self.tr("Priority"))
            self._row_menu.popup(where)

    @property
    def row_menu(self) -> QMenu:
        return self._row_menu

    def _start_chosen_at(self) -> None:
        ids = self._chosen(CAN_SCHEDULE)
        if ids:
            self._ask_start(self.tr("When should %Ln film(s) begin?", "", len(ids)), ids)

    def _answered(self, moment_s: float) -> None:
        self._with_moment(moment_s)

    def _ask_start(self, title: str, ids: list[str]) -> None:
        self._with_moment = lambda moment_s: self._ask.schedule(ids, moment_s)
        words = self.tr("Trineo, on this computer or another of the queue, has to be open then.")
        self._moments.ask(title, words, self.tr("Begin now"))

    # Batches

    def _wish(self, wish: BatchWish, batch_id: str) -> None:
        match wish:
            case BatchWish.PAUSE:
                self._ask.hold(self._ids(CAN_HOLD, batch_id))
            case BatchWish.GO_ON | BatchWish.REST:
                self._ask.resume(self._ids(CAN_RESUME, batch_id))

    def batch_menu(self, batch_id: str) -> QMenu:
        """What can be done with a batch, made anew for each asking; it goes when it is closed."""
        menu = QMenu(self._page)
        entries = (
            (self.tr("Stop after these"), self._ids(_WAITS, batch_id), self._ask.hold_waiting),
            (self.tr("Go on"), self._ids(CAN_RESUME, batch_id), self._ask.resume),
            (self.tr("Begin now"), self._ids(_BEGINS, batch_id), lambda ids: self._ask.schedule(ids, 0.0)),
            (self.tr("Begin at…"), self._ids(CAN_SCHEDULE, batch_id), self._start_batch_at),
            (self.tr("Make it next"), self._ids(CAN_CANCEL, batch_id), self._in_order_to_front),
        )
        for words, ids, act in entries:
            action = menu.addAction(words)
            action.setEnabled(bool(ids))
            action.triggered.connect(lambda _=False, act=act, ids=ids: act(ids))
        menu.addSeparator()
        menu.addAction(self.tr("Due by…")).triggered.connect(lambda: self._ask_deadline(batch_id))
        menu.addAction(self.tr("Names…")).triggered.connect(lambda: self.names_wanted.emit(batch_id))
        menu.addSeparator()
        left = self._ids(CAN_CANCEL, batch_id)
        cancel = menu.addAction(self.tr("Cancel what is left"))
        cancel.setEnabled(bool(left))
        cancel.triggered.connect(lambda: self._ask.cancel(left))
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def _open_batch_menu(self, batch_id: str, where: QPoint) -> None:
        self.batch_menu(batch_id).popup(where)

    def _in_order_to_front(self, ids: list[str]) -> None:
        places = {one: record.place for one in ids if (record := self._jobs.record(one)) is not None}
        self._ask.to_front(sorted(places, key=lambda one: places[one]))

    def _start_batch_at(self, ids: list[str]) -> None:
        self._ask_start(self.tr("When should this batch begin?"), ids)

    def _ask_deadline(self, batch_id: str) -> None:
        batch = next((tally.batch for tally in self._jobs.tallies() if tally.batch.id == batch_id), None)
        if batch is None:
            return
        self._with_moment = lambda moment_s: self._bridge.spawn(self._describe(replace(batch, deadline_s=moment_s)))
        later = batch.deadline_s if batch.deadline_s > time.time() else 0.0
        words = self.tr("Trineo warns when the batch will not make it at the present rate.")
        self._moments.ask(self.tr("By when is this batch due?"), words, self.tr("No deadline"), later)

    async def _describe(self, batch: Batch) -> None:
        await self._bridge.call(self._studio.describe, batch)
        await self._bridge.read_batches()

    @property
    def sorted_by_queue(self) -> bool:
        return self._page.rows.sort_by is SortBy.PLACE
