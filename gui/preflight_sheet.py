"""What was found in the dropped files, before anything is rendered."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from core.errors import TrineoError
from core.intake.model import Accepted, Preflight
from gui import wording
from gui.banner import Banner, Tone
from gui.icons import pixmap
from gui.problem_list import Entry, ProblemList, accepted, refused, told, warned
from gui.sheet import Sheet
from gui.theme import Theme

_SHOWN = 100  # accepted rows in the list
_FILES = 4  # names in the head


class Tile(QFrame):
    """A number with its word and its shape: `4 · accepted`."""

    def __init__(self, icon: str, theme: Theme) -> None:
        super().__init__()
        self._icon = icon
        self._theme = theme
        self.setObjectName("well")
        self._mark = QLabel()
        self._number = QLabel("–")
        self._number.setObjectName("title")
        self._word = QLabel()
        self._word.setObjectName("small")
        lay = QHBoxLayout(self)
        lay.setContentsMargins(12, 10, 12, 10)
        lay.setSpacing(10)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._number)
        words.addWidget(self._word)
        lay.addWidget(self._mark)
        lay.addLayout(words, 1)
        self._count = 0
        theme.changed.connect(self._tint)
        self._tint()

    @property
    def count(self) -> int:
        return self._count

    def show_count(self, count: int, word: str) -> None:
        self._count = count
        self._number.setText(wording.number(count))
        self._word.setText(word)
        self._tint()

    def _tint(self) -> None:
        colours = self._theme.palette
        tint = {
            "accepted": colours.done_text,
            "warning": colours.waiting_text,
            "refused": colours.failed_text,
        }
        shade = tint[self._icon] if self._count else colours.second
        self._mark.setPixmap(pixmap(self._icon, shade, 24, self.devicePixelRatioF()))


class PreflightSheet(Sheet):
    """Opens at once with `show_reading`, then shows what was found, or why nothing could be."""

    agreed = Signal()
    folder_chosen = Signal(object)  # Path

    def __init__(self, theme: Theme, centre: QWidget, over: QWidget) -> None:
        super().__init__(theme, centre, over)
        self._checked: Preflight | None = None
        self._folder = Path()
        self._files: tuple[Path, ...] = ()
        self._title = QLabel()
        self._title.setObjectName("title")
        self._from = QLabel()
        self._from.setObjectName("second")
        for label in (self._title, self._from):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._tiles = {name: Tile(name, theme) for name in ("accepted", "warning", "refused")}
        self._banner = Banner(theme)
        self._list = ProblemList(theme)
        self._folder_title = QLabel()
        self._folder_title.setObjectName("small")
        self._folder_path = QLabel()
        self._folder_path.setTextFormat(Qt.TextFormat.PlainText)
        self._change = QPushButton()
        self._change.clicked.connect(self._ask_folder)
        self._agree = QPushButton()
        self._agree.setObjectName("primary")
        self._agree.setDefault(True)
        self._agree.clicked.connect(self.agreed)
        self._cancel = QPushButton()
        self._cancel.clicked.connect(self.dismissed)
        for button in (self._change, self._agree, self._cancel):
            button.setAutoDefault(True)
        self._lay_out()
        self._retranslate()

    @property
    def agree_button(self) -> QPushButton:
        return self._agree

    def problems_said(self) -> list[str]:
        """The lines of the list, as a screen reader reads them."""
        return self._list.lines()

    def complaint(self) -> str:
        """What keeps the files from being checked or queued; empty if nothing does."""
        return self._banner.accessibleName() if self._banner.isVisible() else ""

    def _lay_out(self) -> None:
        tiles = QHBoxLayout()
        tiles.setSpacing(8)
        for tile in self._tiles.values():
            tiles.addWidget(tile, 1)
        folder = QHBoxLayout()
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._folder_title)
        words.addWidget(self._folder_path)
        folder.addLayout(words, 1)
        folder.addWidget(self._change)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addStretch(1)
        foot.addWidget(self._cancel)
        foot.addWidget(self._agree)
        rule = QFrame()
        rule.setObjectName("rule")
        self.body.addWidget(self._title)
        self.body.addWidget(self._from)
        self.body.addSpacing(12)
        self.body.addLayout(tiles)
        self.body.addWidget(self._banner)
        self.body.addSpacing(4)
        self.body.addWidget(self._list, 1)
        self._room = QWidget()
        self.body.addWidget(self._room, 1)
        self.body.addSpacing(8)
        self.body.addLayout(folder)
        self.body.addSpacing(12)
        self.body.addWidget(rule)
        self.body.addSpacing(8)
        self.body.addLayout(foot)
        self.setTabOrder(self._list, self._change)
        self.setTabOrder(self._change, self._cancel)
        self.setTabOrder(self._cancel, self._agree)

    def show_reading(self, files: Sequence[Path], folder: Path) -> None:
        self._checked = None
        self._files = tuple(files)
        self._folder = folder
        self._banner.hide()
        self._show()
        self.slide_in(self._cancel)

    def show_found(self, checked: Preflight) -> None:
        self._checked = checked
        self._folder = checked.order.out
        self._banner.hide()
        self._show()
        (self._agree if checked.accepted else self._cancel).setFocus()

    def show_error(self, error: TrineoError) -> None:
        """The files could not be checked or queued; choosing another folder tries again."""
        what, remedy = wording.what_and_remedy(error)
        self._agree.setEnabled(self._checked is not None and bool(self._checked.accepted))
        self._title.setText(self.tr("Not yet"))
        self._banner.say(Tone.ERROR, what, remedy, kept=True)
        self._change.setFocus()

    def show_submitting(self) -> None:
        self._agree.setEnabled(False)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_folder()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # A button that has the focus takes Enter for itself; from anywhere else it goes on.
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._agree.isEnabled():
            self._agree.click()
        else:
            super().keyPressEvent(event)

    def _show(self) -> None:
        checked = self._checked
        names = ", ".join(file.name for file in self._files[:_FILES])
        more = len(self._files) - _FILES
        if more > 0:
            names = self.tr("{names} and %Ln more", "", more).format(names=names)
        self._from.setText(names)
        count = len(checked.accepted) if checked else 0
        warnings = [problem for row in checked.accepted for problem in row.warnings] if checked else []
        refusals = checked.refused if checked else ()
        self._tiles["accepted"].show_count(count, self.tr("accepted", "", count))
        self._tiles["warning"].show_count(len(warnings), self.tr("to look at"))
        self._tiles["refused"].show_count(len(refusals), self.tr("refused", "", len(refusals)))
        self._title.setText(self._headline(count))
        entries = [*map(refused, refusals), *map(warned, warnings)]
        entries += [told(notice) for notice in checked.notices] if checked else []
        entries += self._accepted_entries(checked.accepted) if checked else []
        self._list.show_entries(entries)
        self._list.setVisible(bool(entries))
        self._room.setVisible(not entries)
        self._agree.setText(self.tr("Render %Ln film(s)", "", count) if count else self.tr("Render"))
        self._agree.setEnabled(count > 0)
        self._show_folder()

    def _headline(self, count: int) -> str:
        if self._checked is None:
            return self.tr("Reading the files…")
        if not count:
            return self.tr("No film can be made from this")
        if self._checked.refused:
            return self.tr("%Ln film(s) can be made, some rows can't", "", count)
        return self.tr("%Ln film(s) ready to make", "", count)

    def _accepted_entries(self, rows: Sequence[Accepted]) -> list[Entry]:
        shown = [accepted(row) for row in rows[:_SHOWN]]
        if more := len(rows) - len(shown):
            shown.append(Entry("accepted", "", self.tr("and %Ln more", "", more), ""))
        return shown

    def _show_folder(self) -> None:
        path = str(self._folder) if self._folder.parts else ""
        room = max(120, self.width() - 200)
        metrics = QFontMetrics(self._folder_path.font())
        self._folder_path.setText(metrics.elidedText(path, Qt.TextElideMode.ElideMiddle, room))
        self._folder_path.setToolTip(wording.tool_tip(path))

    def _ask_folder(self) -> None:
        dialog = QFileDialog(self, self.tr("The folder for the films"), str(self._folder))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda folder: self.folder_chosen.emit(Path(folder)))
        dialog.open()

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Check before rendering"))
        self._list.setAccessibleName(self.tr("Rows with problems"))
        self._folder_title.setText(self.tr("Films go to"))
        self._change.setText(self.tr("Change…"))
        self._change.setToolTip(self.tr("Choose another folder for these films"))
        self._cancel.setText(self.tr("Cancel"))
        self._cancel.setToolTip(self.tr("Queue nothing (Esc)"))
        self._agree.setToolTip(self.tr("Queue the accepted rows (Enter)"))
        self._show()
