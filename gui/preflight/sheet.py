"""What was found in the dropped files, before anything is rendered, and how the films are to be made."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from core.errors import TrineoError
from core.intake.model import Preflight
from gui.language import wording
from gui.look.theme import Theme
from gui.preflight.columns_panel import ColumnsPanel
from gui.preflight.notes import PreflightNotes
from gui.preflight.options import PreflightOptions
from gui.preflight.problem_list import Entry, ProblemList, accepted, refused, told, warned
from gui.preflight.script_preview import ScriptPreview
from gui.widgets.banner import Banner, Tone
from gui.widgets.sheet import Sheet
from gui.widgets.tile import Tile

FIRST = 5
_SHOWN = 100  # rows of a kind in the list: who has more mistakes than that corrects them in the sheet
_FILES = 4  # names in the head
_Row = TypeVar("_Row")


class PreflightSheet(Sheet):
    """Opens at once with `show_reading`, then shows what was found, or why nothing could be."""

    agreed = Signal(int)  # so many first, the others later; 0: all
    folder_chosen = Signal(object)  # Path
    export_wanted = Signal(object)  # Path
    columns_said = Signal(object)  # dict[str, str]: see ColumnsPanel
    names_wanted = Signal(object)  # list[Job]: how are the names in them said?
    width_px = 960

    def __init__(self, theme: Theme, centre: QWidget, over: QWidget) -> None:
        super().__init__(theme, centre, over)
        self._checked: Preflight | None = None
        self._troubled = False
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
        self.columns = ColumnsPanel()
        self.columns.changed.connect(self.columns_said)
        self._columns_button = QPushButton()
        self._columns_button.setCheckable(True)
        self._columns_button.toggled.connect(lambda on: self._found.setCurrentIndex(1 if on else 0))
        self.options = PreflightOptions(theme)
        self.options.folder_chosen.connect(self.folder_chosen)
        self.notes = PreflightNotes()
        self.preview = ScriptPreview()
        self._agree = QPushButton()
        self._agree.setObjectName("primary")
        self._agree.setDefault(True)
        self._agree.clicked.connect(lambda: self.agreed.emit(0))
        self._first = QPushButton()
        self._first.clicked.connect(lambda: self.agreed.emit(FIRST))
        self._cancel = QPushButton()
        self._cancel.clicked.connect(self.dismissed)
        self._export = QPushButton()
        self._export.clicked.connect(self._ask_file)
        self.names_button = QPushButton()
        self.names_button.clicked.connect(self._ask_names)
        left = (self._columns_button, self.names_button, self._export)
        self._buttons = (*left, self._cancel, self._first, self._agree)
        for button in self._buttons:
            button.setAutoDefault(True)
        self._lay_out()
        self._retranslate()

    @property
    def agree_button(self) -> QPushButton:
        return self._agree

    @property
    def first_button(self) -> QPushButton:
        return self._first

    @property
    def columns_button(self) -> QPushButton:
        return self._columns_button

    @property
    def export_button(self) -> QPushButton:
        return self._export

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
        found = QVBoxLayout()
        found.setSpacing(12)
        found.addLayout(tiles)
        self._found = QStackedWidget()
        self._found.addWidget(self._list)
        self._found.addWidget(self.columns)
        found.addWidget(self._found, 1)
        columns = QHBoxLayout()
        columns.setSpacing(24)
        columns.addLayout(found, 10)
        columns.addWidget(self._choices(), 9)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._columns_button)
        foot.addWidget(self.names_button)
        foot.addWidget(self._export)
        foot.addStretch(1)
        for button in (self._cancel, self._first, self._agree):
            foot.addWidget(button)
        rule = QFrame()
        rule.setObjectName("rule")
        self.body.addWidget(self._title)
        self.body.addWidget(self._from)
        self.body.addSpacing(8)
        self.body.addWidget(self._banner)
        self.body.addLayout(columns, 1)
        self.body.addSpacing(12)
        self.body.addWidget(rule)
        self.body.addSpacing(8)
        self.body.addLayout(foot)

    def _choices(self) -> QWidget:
        """Options above, the preview below; scrolls where the window is low."""
        inside = QWidget()
        lay = QVBoxLayout(inside)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setSpacing(16)
        lay.addWidget(self.options)
        lay.addWidget(self.notes)
        lay.addWidget(self.preview, 1)
        lay.addStretch(0)
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inside)
        return scroll

    def show_reading(self, files: Sequence[Path], folder: Path) -> None:
        self._checked = None
        self._files = tuple(files)
        self._banner.hide()
        self.options.show_folder(folder)
        self._show()
        if not self.is_open:
            self.slide_in(self._cancel)

    def show_found(self, checked: Preflight) -> None:
        self._checked = checked
        self._banner.hide()
        self.options.show_order(checked.order.template.name, checked.order.preset)
        self.options.show_folder(checked.order.out)
        self._show()
        focus = QApplication.focusWidget()
        if self._troubled or focus is None or not self.options.isAncestorOf(focus):
            self._troubled = False
            (self._agree if checked.accepted else self._cancel).setFocus()

    def show_error(self, error: TrineoError) -> None:
        """The files could not be checked or queued; choosing another folder tries again."""
        what, remedy = wording.what_and_remedy(error)
        self._enable(self._checked is not None and bool(self._checked.accepted))
        self._troubled = True
        self._title.setText(self.tr("Not yet"))
        self._banner.say(Tone.ERROR, what, remedy, kept=True)
        self.options.change.setFocus()

    def show_exported(self, count: int, file: Path) -> None:
        self._banner.say(
            Tone.INFO,
            self.tr("%Ln refused row(s) written to {file}.", "", count).format(file=file.name),
            self.tr("Correct them there and drop the file here."),
        )

    def show_submitting(self) -> None:
        self._enable(False)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # A button that has the focus takes Enter for itself; from anywhere else it goes on.
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._agree.isEnabled():
            self._agree.click()
        else:
            super().keyPressEvent(event)

    def _enable(self, can: bool) -> None:
        self._agree.setEnabled(can)
        self._first.setEnabled(can)

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
        entries = self._cut("refused", refusals, refused) + self._cut("warning", warnings, warned)
        entries += [told(notice) for notice in checked.notices] if checked else []
        entries += self._cut("accepted", checked.accepted, accepted) if checked else []
        self._list.show_entries(entries)
        self._columns_button.setVisible(bool(checked and (checked.sheets or checked.encodings)))
        self.names_button.setVisible(count > 0)
        if checked:
            self.columns.show_found(checked)
        self._agree.setText(self.tr("Render %Ln film(s)", "", count) if count else self.tr("Render"))
        self._first.setVisible(count > FIRST)
        self._export.setVisible(bool(refusals))
        self._enable(count > 0)

    def _headline(self, count: int) -> str:
        if self._checked is None:
            return self.tr("Reading the files…")
        if not count:
            return self.tr("No film can be made from this")
        if self._checked.refused:
            return self.tr("%Ln film(s) can be made, some rows can't", "", count)
        return self.tr("%Ln film(s) ready to make", "", count)

    def _cut(self, icon: str, rows: Sequence[_Row], entry: Callable[[_Row], Entry]) -> list[Entry]:
        shown = [entry(row) for row in rows[:_SHOWN]]
        if more := len(rows) - len(shown):
            shown.append(Entry(icon, "", self.tr("and %Ln more", "", more), ""))
        return shown

    def _ask_names(self) -> None:
        if self._checked is not None:
            self.names_wanted.emit([row.job for row in self._checked.accepted])

    def _ask_file(self) -> None:
        dialog = QFileDialog(self, self.tr("Where the refused rows go"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters([self.tr("Spreadsheet (*.csv)")])
        dialog.setDefaultSuffix("csv")
        stem = self._files[0].stem if self._files else "trineo"
        dialog.selectFile(self.tr("{file} - refused.csv").format(file=stem))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda file: self.export_wanted.emit(Path(file)))
        dialog.open()

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Check before rendering"))
        self._list.setAccessibleName(self.tr("Rows with problems"))
        self._cancel.setText(self.tr("Cancel"))
        self._cancel.setToolTip(self.tr("Queue nothing (Esc)"))
        self._first.setText(self.tr("First %Ln, then ask", "", FIRST))
        self._first.setToolTip(self.tr("Make these, and hold the others until you have seen them"))
        self._columns_button.setText(self.tr("Columns"))
        self._columns_button.setToolTip(
            self.tr("What each column of the sheets was taken for, and what the files are written in")
        )
        self.names_button.setText(self.tr("Names…"))
        self.names_button.setToolTip(self.tr("Hear how the names are said, and respell those that are wrong"))
        self._export.setText(self.tr("Export the refused…"))
        self._export.setToolTip(self.tr("Write the refused rows and their reasons to a sheet you can correct"))
        self._agree.setToolTip(self.tr("Queue the accepted rows (Enter)"))
        self._show()
