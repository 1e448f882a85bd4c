"""A film's words changed by hand: the template's fields or a whole script, checked as they are typed."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QEvent, QLocale, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from core.desk.review import Spoken
from core.errors import TrineoError
from core.intake.editing import Edited, Wording
from core.jobs.model import JobRecord
from core.template.model import Template
from gui.language import wording
from gui.look.theme import Theme
from gui.widgets.banner import Banner, Tone
from gui.widgets.panel import foot, rule, scrolled, well, words
from gui.widgets.sheet import Sheet
from gui.widgets.text_field import TextField

_CHECK_MS = 300
_LONG = 60  # characters beyond which a field may have several lines
SCRIPT, LANGUAGE = "script", "language"


class EditTextSheet(Sheet):
    """`check_wanted` comes a moment after each change; `show_checked` answers it."""

    check_wanted = Signal(object)  # Wording
    save_wanted = Signal(object)  # the edited Job

    def __init__(self, theme: Theme, centre: QWidget, over: QWidget) -> None:
        super().__init__(theme, centre, over)
        self._record: JobRecord | None = None
        self._template: Template | None = None
        self._checked: Edited | None = None
        self._save_when_checked = False
        self._said: list[Spoken] = []
        self.fields: dict[str, TextField] = {}
        self._title, self._origin, self._why = words("title"), words("second"), words()
        self.banner = Banner(theme)
        self.script = TextField(theme, most_lines=8)
        self.script.changed.connect(self._changed)
        self._says_title, self._says = words("small"), words("second")
        self.save_button = QPushButton()
        self.save_button.setObjectName("primary")
        self.cancel_button = QPushButton()
        for button in (self.save_button, self.cancel_button):
            button.setAutoDefault(True)
            button.setIconSize(QSize(16, 16))
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_CHECK_MS)
        self._wait.timeout.connect(self._ask_to_check)
        self._lay_out()
        self.save_button.clicked.connect(self._save)
        self.cancel_button.clicked.connect(self.dismissed)
        self.dismissed.connect(self.slide_out)
        theme.changed.connect(self._tint)
        self._tint()
        self._retranslate()

    @property
    def record(self) -> JobRecord | None:
        return self._record

    @property
    def says(self) -> str:
        """What Santa will say, as it is shown."""
        return self._says.text()

    @property
    def wording(self) -> Wording:
        assert self._record is not None
        fields = {name: field.text for name, field in self.fields.items()}
        return Wording(fields, self.script.text, self._record.job.language)

    @property
    def titles(self) -> dict[str, str]:
        """What each field is called here."""
        named = {name: self._label_of(name) for name in self.fields}
        return {**named, SCRIPT: self.tr("Whole script"), LANGUAGE: self.tr("Language")}

    def show_record(self, record: JobRecord, template: Template) -> None:
        self._record, self._template, self._checked = record, template, None
        self._save_when_checked = False
        self.banner.hide()
        self._make_fields(template)
        for name, field in self.fields.items():
            field.fill(record.job.fields.get(name, ""))
        self.script.fill(record.job.script)
        self._says.setText("")
        self._retranslate()
        self.slide_in(next(iter(self.fields.values())).box)
        self._ask_to_check()

    def show_checked(self, checked: Edited, says: list[Spoken]) -> None:
        self._checked, self._said = checked, says
        for name, field in {**self.fields, SCRIPT: self.script}.items():
            said = [problem for problem in (*checked.refused, *checked.warned) if problem.field == name]
            field.complain(" ".join(f"{wording.sentence(one.what)} {wording.sentence(one.remedy)}" for one in said))
        self._says.setText("\n".join(part.text for part in says))
        self.save_button.setEnabled(checked.job is not None)
        if self._save_when_checked:
            self._save_when_checked = False
            if checked.job is not None:
                self.save_wanted.emit(checked.job)

    def show_error(self, error: TrineoError) -> None:
        self._save_when_checked = False
        self.banner.say(Tone.ERROR, *wording.what_and_remedy(error))
        self.save_button.setEnabled(True)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        ctrl = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if ctrl and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.save_button.isEnabled():
            self._save()
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        content = QWidget()
        inside = QVBoxLayout(content)
        inside.setContentsMargins(0, 0, 12, 0)
        inside.setSpacing(14)
        self._fields_place = QVBoxLayout()
        self._fields_place.setSpacing(12)
        inside.addLayout(self._fields_place)
        inside.addWidget(rule())
        inside.addWidget(self.script)
        inside.addWidget(well(self._says_title, self._says))
        inside.addStretch(1)
        for widget in (self._title, self._origin, self._why, self.banner):
            self.body.addWidget(widget)
        self.body.addSpacing(8)
        self.body.addWidget(scrolled(content), 1)
        self.body.addWidget(rule())
        self.body.addSpacing(8)
        self.body.addLayout(foot([], [self.cancel_button, self.save_button]))

    def _make_fields(self, template: Template) -> None:
        while (item := self._fields_place.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        self.fields = {}
        for name, known in template.fields.items():
            field = TextField(self._theme, most_lines=1 if known.max_length <= _LONG else 4)
            field.changed.connect(self._changed)
            self._fields_place.addWidget(field)
            self.fields[name] = field
        boxes = [*(field.box for field in self.fields.values()), self.script.box, self.cancel_button, self.save_button]
        for before, after in pairwise(boxes):
            self.setTabOrder(before, after)

    def _changed(self) -> None:
        self._wait.start()

    def _ask_to_check(self) -> None:
        if self._record is not None:
            self.check_wanted.emit(self.wording)

    def _save(self) -> None:
        """What was typed a moment ago is checked first."""
        self._wait.stop()
        self._save_when_checked = True
        self.save_button.setEnabled(False)
        self._ask_to_check()

    def _label_of(self, name: str) -> str:
        assert self._template is not None
        labels = self._template.fields[name].label
        return labels.get(QLocale().name()[:2]) or labels.get(self._template.default_language) or name

    def _tint(self) -> None:
        self.save_button.setIcon(self._theme.icon("retry", self._theme.palette.on_accent))
        self._why.setStyleSheet(f"color: {self._theme.palette.failed_text};")

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Edit the text"))
        self._title.setText(self.tr("Edit the text"))
        self.script.name(self.tr("Whole script (if there is one, Santa says just this)"))
        self._says_title.setText(self.tr("Santa will say"))
        self.save_button.setText(f" {self.tr('Save and make it again')}")
        self.save_button.setToolTip(self.tr("Ctrl+Enter"))
        self.cancel_button.setText(self.tr("Cancel"))
        self.cancel_button.setToolTip(self.tr("Esc"))
        if self._record is not None:
            failure = self._record.failure
            self._origin.setText(wording.origin(self._record))
            self._why.setText(wording.sentence(failure.what) if failure else "")
            self._why.setVisible(failure is not None)
            for name, field in self.fields.items():
                field.name(self._label_of(name))
