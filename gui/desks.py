"""Puts the Failed and the Review page together with what carries out their wishes."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from core.studio import Studio
from gui.actions import Actions
from gui.bridge import Bridge
from gui.editing.desk import TextEditing
from gui.editing.sheet import EditTextSheet
from gui.failed.desk import FailedDesk
from gui.failed.failure_sheet import FailureSheet
from gui.failed.page import FailedPage
from gui.look.theme import Theme
from gui.player.player_sheet import PlayerSheet
from gui.queue.commands import Commands
from gui.queue.page import QueuePage
from gui.review.desk import ReviewDesk
from gui.review.page import ReviewPage
from gui.widgets.banner import Banner
from gui.widgets.undo_bar import UndoBar


class Desks:
    """The sheets lie over `over` in `centre`, as all sheets of the window."""

    def __init__(
        self,
        studio: Studio,
        bridge: Bridge,
        theme: Theme,
        actions: Actions,
        commands: Commands,
        *,
        pages: tuple[FailedPage, ReviewPage, QueuePage],
        places: tuple[QWidget, QWidget],
        told: tuple[UndoBar, Banner],
    ) -> None:
        centre, over = places
        failed, review, queue = pages
        self.failure_sheet = FailureSheet(theme, centre, over)
        self.edit_sheet = EditTextSheet(theme, centre, over)
        editing = TextEditing(studio, bridge, self.edit_sheet)
        self.failed = FailedDesk(studio, bridge, failed, actions, self.failure_sheet, editing, told)
        self.review = ReviewDesk(studio, bridge, review, editing, commands)
        self.player_sheet = PlayerSheet(theme, review.player.posters, centre, over)
        self.player_sheet.open_wanted.connect(commands.open_film)
        self.player_sheet.folder_wanted.connect(commands.open_folder)
        actions.watch.triggered.connect(lambda: self._watch(queue))

    def _watch(self, queue: QueuePage) -> None:
        """The first of the selected films that is made."""
        made = [record for record in queue.table.chosen() if record.result is not None]
        if made:
            self.player_sheet.show_record(made[0])
