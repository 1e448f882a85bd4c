"""What the window says above its pages about the whole: the queue is away, something went wrong, a batch is over."""

from __future__ import annotations

import structlog
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget

from core.errors import TrineoError
from gui.language import wording
from gui.tray import Tray
from gui.widgets.banner import Banner, Tone

_log = structlog.get_logger(__name__)
_STORE = "store"
_READ_ONLY = "read only"


class Notices(QObject):
    def __init__(self, window: QWidget, banner: Banner, tray: Tray) -> None:
        super().__init__(window)
        self._window = window
        self._banner = banner
        self._tray = tray

    def tell_news(self, batch_id: str, headline: str, words: str) -> None:
        """By the system where the window is out of sight, else in the window; never both."""
        if not self._window.isActiveWindow():
            QApplication.alert(self._window)
            if self._tray.tell(headline, words):
                return
        self._banner.say(Tone.INFO, headline, words)

    def show_reachable(self, reachable: bool) -> None:
        if reachable:
            self._banner.withdraw(_STORE)
            return
        self._banner.say(
            Tone.WARNING,
            self.tr("The queue can't be reached."),
            self.tr("Nothing is lost: what is shown here goes on by itself as soon as it is back."),
            topic=_STORE,
            kept=True,
        )

    def show_failure(self, error: BaseException) -> None:
        """A call of the window's ended with it."""
        if isinstance(error, TrineoError):
            self._banner.say(Tone.ERROR, *wording.what_and_remedy(error))
        else:
            _log.error("a call of the window's failed", exc_info=error)
            self.show_unexpected()

    def show_recovered(self, running: int) -> None:
        """Said once, at the start: the last program ended without saying so."""
        if running:
            what = self.tr("Trineo was cut off while %Ln film(s) were being made.", "", running)
            self._banner.say(Tone.INFO, what, self.tr("Nothing is lost: they begin again by themselves."))

    def show_read_only(self) -> None:
        """As long as the window is open: another program works on this queue."""
        self._banner.say(
            Tone.WARNING,
            self.tr("Another Trineo is working on this queue. Here you only see how it stood when you opened it."),
            self.tr("Close the other one to work here."),
            topic=_READ_ONLY,
            kept=True,
        )

    def show_unexpected(self) -> None:
        self._banner.say(
            Tone.ERROR,
            self.tr("Something went wrong in this window."),
            self.tr("The films go on. If it happens again, send the log file to whoever looks after Trineo."),
        )
