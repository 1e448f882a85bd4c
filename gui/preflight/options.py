"""How the films are to be made: template, preset, strategy, captions, review, when, and where they go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEvent, QLocale, Qt, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from core.jobs.model import Strategy
from core.jobs.plan import Plan
from core.media.captions import CaptionKind
from core.template.model import Template
from gui.language import wording
from gui.look.theme import Theme
from gui.widgets.choice import Choice
from gui.widgets.moment_choice import MomentChoice

REVIEWS = (0, 20, 10, 5, 1)


@dataclass(frozen=True, slots=True)
class Wishes:
    """What of an order was chosen here; empty: as the studio has it."""

    template: str = ""
    preset: str = ""
    strategy: Strategy = Strategy.AUTO
    captions: CaptionKind = "off"


class PreflightOptions(QWidget):
    order_changed = Signal()  # the files have to be checked anew
    folder_chosen = Signal(object)  # Path

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._folder = Path()
        self._templates: list[Template] = []
        self._presets: dict[str, Mapping[str, str]] = {}
        self.template: Choice[str] = Choice()
        self.preset: Choice[str] = Choice()
        self.strategy: Choice[Strategy] = Choice()
        self.captions: Choice[CaptionKind] = Choice()
        self.review: Choice[int] = Choice()
        self.start = MomentChoice()
        self.deadline = MomentChoice()
        self._folder_title = QLabel()
        self._folder_title.setObjectName("small")
        self._folder_path = QLabel()
        self._folder_path.setTextFormat(Qt.TextFormat.PlainText)
        self.change = QPushButton()
        self.change.setAutoDefault(True)
        self.change.clicked.connect(self._ask_folder)
        for choice in (self.template, self.preset, self.strategy, self.captions):
            choice.changed.connect(self.order_changed)
        self._lay_out()
        self._retranslate()

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._folder_title)
        words.addWidget(self._folder_path)
        folder = QHBoxLayout()
        folder.addLayout(words, 1)
        folder.addWidget(self.change)
        lay = QVBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setSpacing(10)
        lay.addLayout(_beside(self.template, self.preset))
        lay.addLayout(_beside(self.strategy, self.captions))
        lay.addWidget(self.review)
        lay.addWidget(self.start)
        lay.addWidget(self.deadline)
        lay.addLayout(folder)

    @property
    def wishes(self) -> Wishes:
        return Wishes(
            self.template.value or "",
            self.preset.value or "",
            self.strategy.value or Strategy.AUTO,
            self.captions.value or "off",
        )

    def plan(self, first: int) -> Plan:
        """`first`: so many now, the others when they have been seen; 0: all."""
        return Plan(
            review_every=self.review.value or 0,
            first=first,
            start_s=self.start.moment_s,
            deadline_s=self.deadline.moment_s,
        )

    def offer(self, templates: Sequence[Template], presets: Mapping[str, Mapping[str, str]]) -> None:
        """What there is to choose from."""
        self._templates, self._presets = list(templates), dict(presets)
        self._fill()

    def show_order(self, template: str, preset: str) -> None:
        """What the order says that was checked; `template` by its name."""
        self._fill(template, preset)

    def forget(self) -> None:
        """What holds for one batch only: the next one has no start and no deadline."""
        self.start.forget()
        self.deadline.forget()

    def show_folder(self, folder: Path) -> None:
        self._folder = folder
        path = str(folder) if folder.parts else ""
        room = max(120, self.width() - self.change.sizeHint().width() - 24)
        metrics = QFontMetrics(self._folder_path.font())
        self._folder_path.setText(metrics.elidedText(path, Qt.TextElideMode.ElideMiddle, room))
        self._folder_path.setToolTip(wording.tool_tip(path))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.show_folder(self._folder)

    def _ask_folder(self) -> None:
        dialog = QFileDialog(self, self.tr("The folder for the films"), str(self._folder))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda folder: self.folder_chosen.emit(Path(folder)))
        dialog.open()

    def _fill(self, template: str | None = None, preset: str | None = None) -> None:
        language = QLocale().name()[:2]
        self.template.fill([(one.name, _titled(one.title, language)) for one in self._templates], template)
        self.preset.fill([(name, _titled(title, language)) for name, title in self._presets.items()], preset)
        self.strategy.fill([(one, wording.strategy_word(one)) for one in Strategy])
        self.captions.fill(
            [
                ("off", self.tr("None")),
                ("soft", self.tr("To be switched on")),
                ("burned", self.tr("On the picture")),
                ("srt", self.tr("A file beside it (.srt)")),
                ("vtt", self.tr("A file beside it (.vtt)")),
            ]
        )
        self.review.fill([(every, self._review_words(every)) for every in REVIEWS])

    def _review_words(self, every: int) -> str:
        if not every:
            return self.tr("No, deliver at once")
        if every == 1:
            return self.tr("Every film")
        return self.tr("One in %Ln", "", every)

    def _retranslate(self) -> None:
        self._fill()
        self.template.say(self.tr("Template"), self.tr("What the films are made from"))
        self.preset.say(self.tr("Format"), self.tr("Size and quality of the films"))
        self.strategy.say(self.tr("Santa’s face"), self.tr("How Santa speaks: the best that works, or one way only"))
        self.captions.say(self.tr("Captions"), self.tr("What Santa says, to be read along"))
        self.review.say(self.tr("Look at films first"), self.tr("How many of them a person approves before delivery"))
        self.start.say(self.tr("Begin at"), self.tr("The films wait until then"))
        self.deadline.say(self.tr("Due by"), self.tr("Trineo warns when it will not make it"))
        self._folder_title.setText(self.tr("Films go to"))
        self.change.setText(self.tr("Change…"))
        self.change.setToolTip(self.tr("Choose another folder for these films"))


def _beside(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(12)
    for widget in widgets:
        row.addWidget(widget, 1)
    return row


def _titled(titles: Mapping[str, str], language: str) -> str:
    return titles.get(language) or titles.get("en") or next(iter(titles.values()), "")
