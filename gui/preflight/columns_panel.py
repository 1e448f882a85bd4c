"""How the dropped files were read: a text's encoding, what each column was taken for; a list for each to say better."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QLocale, Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from core.intake.fields import Special
from core.intake.model import ColumnUse, FileEncoding, Preflight, SheetUse
from core.intake.readers.encoding import ENCODINGS
from core.template.model import Template
from gui.widgets.choice import QuietBox


class ColumnsPanel(QScrollArea):
    """`changed` tells what every column of a sheet means now: {title: field, `script`, `language` or empty}."""

    changed = Signal(object)  # dict[str, str]
    encoding_said = Signal(object, str)  # Path, and what it is written in: see readers.encoding.ENCODINGS

    def __init__(self) -> None:
        super().__init__()
        self._sheets: tuple[SheetUse, ...] = ()
        self._encodings: tuple[FileEncoding, ...] = ()
        self._template: Template | None = None
        self.boxes: dict[str, QuietBox] = {}
        self.encoding_boxes: dict[Path, QuietBox] = {}
        self.setObjectName("well")
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_found(self, checked: Preflight) -> None:
        found = (checked.sheets, checked.encodings, checked.order.template)
        if found != (self._sheets, self._encodings, self._template):
            self._sheets, self._encodings, self._template = found
            self._fill()

    @property
    def doubts(self) -> int:
        """How many columns are not used though they look as if they might be."""
        return sum(bool(column.likely) for sheet in self._sheets for column in sheet.columns)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange and self._template is not None:
            self._fill()
        super().changeEvent(event)

    def _fill(self) -> None:
        self.boxes, self.encoding_boxes = {}, {}
        inside = QWidget()
        lay = QVBoxLayout(inside)
        lay.setContentsMargins(16, 12, 16, 12)
        lay.setSpacing(16)
        hint = QLabel(self.tr("What you say here is remembered for sheets with the same columns."))
        hint.setObjectName("small")
        hint.setWordWrap(True)
        if self._sheets:
            lay.addWidget(hint)
        for sheet in self._sheets:
            lay.addWidget(self._sheet(sheet))
        with_columns = {sheet.file for sheet in self._sheets}
        for one in self._encodings:
            if one.file not in with_columns:
                lay.addWidget(self._letter(one))
        lay.addStretch(1)
        self.setWidget(inside)

    def _sheet(self, sheet: SheetUse) -> QWidget:
        frame, grid = _titled(f"{sheet.file.name} › {sheet.sheet}" if sheet.sheet else sheet.file.name)
        for one in self._encodings:
            if one.file == sheet.file:
                self._add_row(grid, self.tr("Written in"), self._encoding_box(one))
        for column in sheet.columns:
            self._add_row(grid, column.title, self._box(sheet, column))
        return frame

    def _letter(self, found: FileEncoding) -> QWidget:
        frame, grid = _titled(found.file.name)
        self._add_row(grid, self.tr("Written in"), self._encoding_box(found))
        return frame

    def _add_row(self, grid: QGridLayout, words: str, box: QuietBox) -> None:
        name = QLabel(words)
        name.setTextFormat(Qt.TextFormat.PlainText)
        name.setWordWrap(True)
        row = grid.rowCount()
        grid.addWidget(name, row, 0)
        grid.addWidget(box, row, 1)

    def _encoding_box(self, found: FileEncoding) -> QuietBox:
        """Of the encodings there are, the one it was read in; the others for where the accents are wrong."""
        box = QuietBox()
        offered = ENCODINGS if found.encoding in ENCODINGS else {found.encoding: found.encoding.upper(), **ENCODINGS}
        for encoding, name in offered.items():
            box.addItem(name, encoding)
        box.setCurrentIndex(box.findData(found.encoding))
        box.setAccessibleName(self.tr("What {file} is written in").format(file=found.file.name))
        box.setToolTip(self.tr("Choose another where accents are wrong"))
        box.activated.connect(lambda _, file=found.file: self.encoding_said.emit(file, str(box.currentData())))
        self.encoding_boxes[found.file] = box
        return box

    def _box(self, sheet: SheetUse, column: ColumnUse) -> QuietBox:
        box = QuietBox()
        choices = self._choices()
        for value, words in choices:
            box.addItem(words, value)
        if column.likely:
            words = dict(choices).get(column.likely, column.likely)
            box.setItemText(0, self.tr("Not used. Is it {field}?").format(field=words))
        box.setCurrentIndex(max(0, box.findData(column.field)))
        box.setAccessibleName(self.tr("What the column {title} holds").format(title=column.title))
        box.activated.connect(lambda _, sheet=sheet, title=column.title: self._said(sheet, title))
        self.boxes[column.title] = box
        return box

    def _choices(self) -> list[tuple[str, str]]:
        assert self._template is not None
        language = QLocale().name()[:2]
        fields = [(name, field.label.get(language) or name) for name, field in self._template.fields.items()]
        special = [
            (str(Special.SCRIPT.value), self.tr("The whole script")),
            (str(Special.LANGUAGE.value), self.tr("The language")),
        ]
        return [("", self.tr("Not used")), *fields, *special]

    def _said(self, sheet: SheetUse, title: str) -> None:
        meant = {column.title: column.field for column in sheet.columns}
        meant[title] = str(self.boxes[title].currentData())
        self.changed.emit(meant)


def _titled(words: str) -> tuple[QFrame, QGridLayout]:
    """A file's frame, with its name across both columns."""
    frame = QFrame()
    grid = QGridLayout(frame)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(8)
    grid.setColumnStretch(1, 1)
    title = QLabel(words)
    title.setTextFormat(Qt.TextFormat.PlainText)
    title.setObjectName("heading")
    grid.addWidget(title, 0, 0, 1, 2)
    return frame, grid
