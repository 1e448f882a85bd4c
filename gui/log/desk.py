"""Reads the log for the page while that is looked at, and does what is asked for with its lines."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QPoint, QTimer, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QMenu

from core.errors import TrineoError
from core.logs.reading import Lack, LogTail
from core.studio import Studio
from gui.bridge import Bridge
from gui.language import wording
from gui.log.board import LogBoard
from gui.widgets.banner import Tone

LOOK_MS = 500


class LogDesk(QObject):
    def __init__(self, studio: Studio, bridge: Bridge, board: LogBoard) -> None:
        super().__init__(board)
        self._studio = studio
        self._bridge = bridge
        self._board = board
        self._tail = LogTail(studio.folder.logs)
        self._reading = False
        self._read = False
        self._lack: Lack | None = None
        self._turn = 0
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self._look)
        board.shown.connect(self._shown)
        board.filters.changed.connect(lambda: bridge.spawn(self._filter()))
        board.table.menu_wanted.connect(self._open_menu)
        board.copy.triggered.connect(self.copy_lines)
        board.details.copy_wanted.connect(self.copy_lines)
        board.details.story_wanted.connect(self.copy_story)
        board.details.film_wanted.connect(self.only_this_film)
        board.panel.wanted.connect(lambda file: bridge.spawn(self._save_support(file)))
        self._shown(True)

    # Following

    def _shown(self, on: bool) -> None:
        if on:
            self._timer.start()
            self._look()
        else:
            self._timer.stop()

    def _look(self) -> None:
        if not self._reading:
            self._reading = True
            self._bridge.spawn(self._take())

    async def _take(self) -> None:
        try:
            found = await self._bridge.call(self._tail.read)
        finally:
            self._reading = False
        lines, table = self._board.lines, self._board.table
        self._lack, first = found.lack, not self._read
        self._read = True
        before = len(lines.shown())
        if found.anew and (found.lines or found.lack is None or lines.known == 0):
            lines.begin_with(found.lines)
        elif found.lines:
            table.add(found.lines)
        if first or found.lines or found.lack is not None:
            new = 0 if found.anew else max(0, len(lines.shown()) - before)
            self._board.show_counts(self._lack, read=True, new=new)

    async def _filter(self) -> None:
        """In a thread: a search looks at every line. What comes meanwhile is looked at afterwards."""
        self._turn += 1
        turn, lines, wanted = self._turn, self._board.lines, self._board.filters.wanted
        begun, known = lines.lines()
        found = await self._bridge.call(wanted.of, known)
        if turn != self._turn:
            return
        begun_now, now = lines.lines()
        if begun_now != begun:  # the oldest went meanwhile: once more, of those that stayed
            await self._filter()
            return
        lines.wanted = wanted
        lines.show_only(found + wanted.of(now[len(known) :]))
        self._board.show_counts(self._lack, read=self._read)

    # What is done with lines

    def copy_lines(self) -> None:
        if chosen := self._board.table.chosen():
            QGuiApplication.clipboard().setText("\n".join(line.text for line in chosen))
            self._board.banner.say(Tone.INFO, self.tr("%Ln line(s) copied.", "", len(chosen)), "")

    def copy_story(self) -> None:
        if (job := self._job()) is not None:
            self._bridge.spawn(self._copy_story(job))

    async def _copy_story(self, job_id: str) -> None:
        try:
            told = await self._bridge.call(self._studio.running.story, job_id)
        except TrineoError as error:
            self._board.banner.say(Tone.ERROR, *wording.what_and_remedy(error))
            return
        if told:
            QGuiApplication.clipboard().setText(told)
            words = (
                self.tr("The film's story is copied."),
                self.tr("It holds no name and no text: paste it where you ask."),
            )
            self._board.banner.say(Tone.INFO, *words)
        else:
            words = self.tr("This film is not known any more."), self.tr("Its lines can still be copied.")
            self._board.banner.say(Tone.WARNING, *words)

    def only_this_film(self) -> None:
        if (job := self._job()) is not None:
            self._board.filters.want_job(job, self._board.names.of(job))
            self._board.table.setFocus()

    def only_this_batch(self) -> None:
        if chosen := self._board.table.chosen():
            self._board.filters.want_batch(chosen[-1].batch)

    def _job(self) -> str | None:
        chosen = self._board.table.chosen()
        return chosen[-1].job or None if chosen else None

    def _open_menu(self, at: QPoint) -> None:
        chosen = self._board.table.chosen()
        if not chosen:
            return
        menu = QMenu(self._board.table)
        menu.addAction(self.tr("&Copy lines"), self.copy_lines)
        if chosen[-1].job:
            menu.addAction(self.tr("Copy the film's &story"), self.copy_story)
            menu.addSeparator()
            menu.addAction(self.tr("Only this &film"), self.only_this_film)
        if chosen[-1].batch:
            menu.addAction(self.tr("Only this &batch"), self.only_this_batch)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)

    # Files

    def open_folder(self) -> None:
        self._bridge.spawn(self._open_folder())

    async def _open_folder(self) -> None:
        folder = self._studio.folder.logs
        if not await self._bridge.call(folder.is_dir):
            words = self.tr("There is no folder of logs yet."), self.tr("It is made with the first line.")
            self._board.banner.say(Tone.WARNING, *words)
        elif not QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
            words = self.tr("This computer has no program that shows folders."), str(folder)
            self._board.banner.say(Tone.WARNING, *words)

    async def _save_support(self, file: Path) -> None:
        self._board.panel.save.setEnabled(False)
        try:
            await self._bridge.call(self._write_support, file)
        except TrineoError as error:
            self._board.banner.say(Tone.ERROR, *wording.what_and_remedy(error))
            return
        except OSError as error:
            words = self.tr("The support file {file} can't be written: {reason}.")
            told = words.format(file=file.name, reason=error.strerror or type(error).__name__)
            self._board.banner.say(Tone.ERROR, told, self.tr("Choose another place or name."))
            return
        finally:
            self._board.panel.save.setEnabled(True)
        self._board.panel.hide()
        words = self.tr("The support file {file} is saved.").format(file=file.name)
        self._board.banner.say(
            Tone.INFO, words, self.tr("Nothing about any child is in it: send it to whoever helps you.")
        )

    def _write_support(self, file: Path) -> None:
        """Whole or not at all. The dialog has asked whether a file of that name may go."""
        part = file.with_name(f".{file.name}.part")
        part.unlink(missing_ok=True)
        try:
            self._studio.running.support(part, self._studio.health)
            part.replace(file)
        finally:
            part.unlink(missing_ok=True)
