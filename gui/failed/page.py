"""What could not be made, by cause, with what to do about it; above it, apart, what only waits."""

from __future__ import annotations

import time
from itertools import pairwise

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QAction, QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QLabel, QMenu, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from core.jobs.model import JobRecord, State
from gui.actions import Actions
from gui.failed.actions import FailedActions
from gui.failed.model import FailedModel
from gui.failed.parked_panel import ParkedPanel
from gui.failed.tree import FailedTree
from gui.language.ago import ago
from gui.look.theme import Theme
from gui.page import PageFrame
from gui.queue.jobs_model import JobsModel
from gui.queue.records_in import RecordsIn
from gui.widgets.empty_place import Drawing, EmptyPlace

_ROOMY_PX = 760


class FailedPage(PageFrame):
    shown = Signal(bool)

    def __init__(self, jobs: JobsModel, actions: Actions, theme: Theme) -> None:
        super().__init__()
        self._jobs = jobs
        self._actions = actions
        self.does = FailedActions(theme, self)
        self.failed = RecordsIn(jobs, State.FAILED, self)
        self.held_up = RecordsIn(jobs, State.PARKED, self)
        self.model = FailedModel(self.failed, self)
        self.list = FailedTree(self.model, theme)
        self.parked = ParkedPanel(theme)
        self._last_failed_s = 0.0
        self._buttons = [
            self.add_action(action)
            for action in (self.does.export, self.does.edit, self.does.discard, actions.retry, actions.retry_all)
        ]
        self.list.addActions([self.does.details, self.does.edit, self.does.log, self.does.discard])
        self.addActions(list(self.does.every))
        self._empty = EmptyPlace(Drawing("empty-failed", QSize(280, 168), theme), theme)
        self._heading = QLabel()
        self._heading.setObjectName("heading")
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self.list)
        self._lay_out()
        self.list.chosen_changed.connect(self._enable)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(self._open_menu)
        jobs.tallies_changed.connect(self._enable_all)
        self.failed.changed.connect(self._failed_changed)
        self.held_up.changed.connect(self._held_up_changed)
        self._failed_changed()
        self._held_up_changed()
        self._retranslate()

    def take_focus(self) -> None:
        self.list.setFocus()
        self._choose_first()

    def _choose_first(self) -> None:
        """Something is always chosen while there is something, so that the keys have a meaning."""
        if self.isVisible() and not self.list.currentIndex().isValid() and self.model.rowCount():
            self.list.setCurrentIndex(self.model.index(0, 0))

    def chosen(self) -> list[JobRecord]:
        """The selected films; of a selected cause all."""
        return self.list.chosen()

    def said_when_empty(self) -> str:
        """What stands on the page while nothing failed."""
        return self._words_when_empty()

    def show_last_failure(self, last_s: float) -> None:
        """When a film last failed (seconds since 1970; 0: never), for the page on which none does."""
        self._last_failed_s = last_s
        self._retranslate()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._retranslate()
        self.shown.emit(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.shown.emit(False)

    def _lay_out(self) -> None:
        self._parked_holder = QWidget()
        inside = QVBoxLayout(self._parked_holder)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.parked)
        inside.addStretch(1)
        self._parked_place = QScrollArea()
        self._parked_place.setFrameShape(QFrame.Shape.NoFrame)
        self._parked_place.setWidgetResizable(True)
        self._parked_place.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._parked_place.setWidget(self._parked_holder)
        self.body.addWidget(self._parked_place)
        self.body.addWidget(self._heading)
        self.body.addWidget(self._stack, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_parked()
        self._show_buttons()

    def _show_buttons(self) -> None:
        """Where there is little room, those go that are in the rows and in the menu as well."""
        some, roomy = len(self.failed) > 0, self.width() >= _ROOMY_PX
        for button in self._buttons:
            button.setVisible(some and (roomy or button in self._buttons[2:]))

    def _fit_parked(self) -> None:
        """As high as its cards, but never more than two fifths of the page."""
        self._parked_place.setVisible(len(self.held_up) > 0)
        holder = self._parked_holder
        width = max(self._parked_place.width(), 400)
        wanted = holder.heightForWidth(width) if holder.hasHeightForWidth() else holder.sizeHint().height()
        self._parked_place.setFixedHeight(min(wanted, max(120, self.height() * 2 // 5)))

    def _failed_changed(self, *_: object) -> None:
        some = len(self.failed) > 0
        self._stack.setCurrentIndex(1 if some else 0)
        self._heading.setVisible(some and len(self.held_up) > 0)
        self._enable()
        self._show_buttons()
        if some:
            self._choose_first()
        else:
            self._retranslate()

    def _held_up_changed(self, *_: object) -> None:
        self.parked.show_films(self.held_up.records())
        self._order_tabs()
        self._heading.setVisible(len(self.failed) > 0 and len(self.held_up) > 0)
        self._fit_parked()

    def _order_tabs(self) -> None:
        """As one sees it: the page's buttons, the cards of what waits, the list."""
        stops: list[QWidget] = [*self._buttons, *(button for card in self.parked.cards() for button in card.buttons)]
        for before, after in pairwise([*stops, self.list]):
            self.setTabOrder(before, after)

    def _enable(self) -> None:
        chosen = self.list.selectionModel().hasSelection()
        one = self.list.chosen_one()
        self._actions.retry.setEnabled(chosen)
        self._enable_all()
        self.does.discard.setEnabled(chosen)
        self.does.edit.setEnabled(one)
        self.does.details.setEnabled(one)
        self.does.log.setEnabled(one)
        self.does.export.setEnabled(len(self.failed) > 0)

    def _enable_all(self, *_: object) -> None:
        """Also from other pages: as soon as there is something to try again."""
        self._actions.retry_all.setEnabled(self._jobs.count(State.FAILED) > 0)

    def _open_menu(self, at: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        entries: list[QAction] = [self._actions.retry, self.does.edit, self.does.details, self.does.log]
        menu.addActions(entries)
        menu.addSeparator()
        menu.addActions([self.does.export, self.does.discard])
        menu.popup(self.list.viewport().mapToGlobal(at))

    def _retranslate(self) -> None:
        self.say_title(self.tr("Failed"))
        self.does.retranslate()
        self.model.retranslate()
        self.list.setAccessibleName(self.tr("Films that failed, by cause"))
        self._heading.setText(self.tr("Could not be made: these need you"))
        self._empty.say(self.tr("Nothing failed"), self._words_when_empty())

    def _words_when_empty(self) -> str:
        words = self.tr("A film that can't be made comes here, with the reason and what to do about it.")
        if not self._last_failed_s:
            return words
        when = ago(self._last_failed_s, time.time())
        return f"{self.tr('The last one failed {when}.').format(when=when)} {words}"
