"""What the operator asks for films: open, cancel, pause, go on, reorder, try again; and taking a cancel back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from core.jobs.model import JobRecord, State
from core.studio import Studio
from gui.bridge import Bridge
from gui.player.film_files import copy_paths, films_of
from gui.widgets.banner import Banner, Tone
from gui.widgets.undo_bar import UndoBar

CAN_CANCEL = frozenset({State.READY, State.RUNNING, State.DELAYED, State.PARKED, State.HELD})
CAN_HOLD = frozenset({State.READY, State.RUNNING, State.DELAYED, State.PARKED})
CAN_RESUME = frozenset({State.HELD})
CAN_SCHEDULE = frozenset({State.READY, State.DELAYED, State.HELD})
_ALONG = 50  # neighbours that are arranged along where there is no room left between two

Following = Callable[[str, int], list[str]]  # a job's id and how many → it and those behind it


class Commands(QObject):
    def __init__(self, studio: Studio, bridge: Bridge, banner: Banner, undo: UndoBar) -> None:
        super().__init__()
        self._studio = studio
        self._bridge = bridge
        self._banner = banner
        self._undo = undo

    def cancel(self, ids: Sequence[str]) -> None:
        """At once and without a question: for some seconds it can be taken back."""
        if ids:
            self._bridge.spawn(self._cancel(list(ids)))

    async def _cancel(self, ids: list[str]) -> None:
        count = await self._bridge.call(self._studio.cancel, ids)
        if count:
            self._undo.offer(self.tr("%Ln film(s) cancelled", "", count), lambda: self.restore(ids))

    def restore(self, ids: Sequence[str]) -> None:
        """Takes a cancel, or a discard of failed ones, back."""
        self._change(self._studio.restore, ids)

    def hold(self, ids: Sequence[str]) -> None:
        self._change(self._studio.hold, ids)

    def hold_waiting(self, ids: Sequence[str]) -> None:
        self._change(self._studio.hold_waiting, ids)

    def resume(self, ids: Sequence[str]) -> None:
        self._change(self._studio.resume, ids)

    def retry(self, ids: Sequence[str]) -> None:
        self._change(self._studio.retry_failed, ids)

    def retry_all(self) -> None:
        self._bridge.spawn(self._bridge.call(self._studio.retry_failed))

    def prioritise(self, ids: Sequence[str], priority: int) -> None:
        if ids:
            self._bridge.spawn(self._bridge.call(self._studio.prioritise, list(ids), priority))

    def to_front(self, ids: Sequence[str]) -> None:
        self._change(self._studio.move_to_front, ids)

    def schedule(self, ids: Sequence[str], start_s: float) -> None:
        """`start_s` in seconds since 1970; 0: now."""
        if ids:
            self._bridge.spawn(self._bridge.call(self._studio.schedule, list(ids), start_s))

    def arrange(self, ids: Sequence[str], before: str, behind: str, following: Following) -> None:
        """Puts dragged jobs between two others."""
        self._bridge.spawn(self._arrange(list(ids), before, behind, following))

    async def _arrange(self, ids: list[str], before: str, behind: str, following: Following) -> None:
        if await self._bridge.call(self._studio.arrange, ids, before, behind) >= 0 or not behind:
            return
        # No room left between these two: those behind are spread out along with the moved ones.
        along = [one for one in following(behind, _ALONG + 1) if one not in ids]
        last = along.pop() if len(along) > _ALONG else ""
        await self._bridge.call(self._studio.arrange, [*ids, *along], before, last)

    def open_film(self, record: JobRecord) -> None:
        if record.result is not None:
            self._bridge.spawn(self._open(Path(record.result.output), folder=False))

    def open_folder(self, record: JobRecord) -> None:
        if record.result is not None:
            self._bridge.spawn(self._open(Path(record.result.output), folder=True))

    def copy_path(self, records: Sequence[JobRecord]) -> None:
        if films := films_of(records):
            copy_paths(films)

    def _change(self, function: Callable[[Sequence[str]], int], ids: Sequence[str]) -> None:
        if ids:
            self._bridge.spawn(self._bridge.call(function, list(ids)))

    async def _open(self, film: Path, *, folder: bool) -> None:
        target = film.parent if folder else film
        # Asked in a thread: a share that went away can take a minute to say so.
        if not await self._bridge.call(target.exists):
            self._banner.say(
                Tone.WARNING,
                self.tr("{path} is not there any more.").format(path=target),
                self.tr("It was moved or deleted, or its drive is not connected."),
            )
        elif not QDesktopServices.openUrl(QUrl.fromLocalFile(str(target))):
            self._banner.say(
                Tone.WARNING,
                self.tr("This computer has no program for {path}.").format(path=target.name),
                self.tr("The film itself is fine: open it from its folder."),
            )
