"""While the first film is made: what is being made just now, in words, and how far it is."""

from __future__ import annotations

import time
from typing import Any

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from core.errors import TrineoError
from core.text import Text
from gui.language import wording
from gui.look.drawing import draw_bar
from gui.look.icons import pixmap
from gui.look.theme import Theme, font

_PARTS: dict[str, Any] = {
    "sound": QT_TRANSLATE_NOOP("MakingStep", "Tuning the bells…"),
    "intro": QT_TRANSLATE_NOOP("MakingStep", "Letting it snow on the village…"),
    "mouths": QT_TRANSLATE_NOOP("MakingStep", "Making Santa’s mouth…"),
    "message": QT_TRANSLATE_NOOP("MakingStep", "Lighting Santa’s fire…"),
    "transition": QT_TRANSLATE_NOOP("MakingStep", "Joining the scenes…"),
    "outro": QT_TRANSLATE_NOOP("MakingStep", "Waiting for the dawn…"),
    "": QT_TRANSLATE_NOOP("MakingStep", "Getting Santa ready…"),
}
_FEW = 0.1  # of the work: before that nothing can be said about how long it will take


class Bar(QWidget):
    """A slim bar; what it measures stands in words beside it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.fraction = 0.0
        self.setFixedHeight(8)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def show_fraction(self, fraction: float) -> None:
        self.fraction = fraction
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_bar(painter, QRectF(self.rect()), self.fraction, self._theme.palette.accent, self._theme.palette.line)


class _Line(QWidget):
    """One of the things that are made, with the shape of its state: to come, at it, done."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._state = "ready"
        self._mark, self.words = QLabel(), QLabel()
        self.words.setWordWrap(True)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        lay = QHBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setSpacing(10)
        lay.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        lay.addWidget(self.words, 1)
        theme.changed.connect(self._tint)
        self._tint()

    @property
    def done(self) -> bool:
        return self._state == "done"

    def stand(self, state: str) -> None:
        if state != self._state:
            self._state = state
            self._tint()

    def _tint(self) -> None:
        colours = self._theme.palette
        tint = {"ready": colours.second, "running": colours.accent_text, "done": colours.done_text}
        self._mark.setPixmap(pixmap(f"state-{self._state}", tint[self._state], 18, self.devicePixelRatioF()))
        self.words.setStyleSheet(f"color: {colours.second if self._state == 'ready' else colours.text};")


class MakingStep(QWidget):
    cancel_wanted = Signal()
    again_wanted = Signal()
    later_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._name = ""
        self._warm: tuple[float, str] = (0.0, "")
        self._stage: tuple[float, str] | None = None
        self._began = time.monotonic()
        self._trouble: tuple[Text, Text] | None = None
        self._failed = False
        self._title, self._doing, self._rest, self._what, self._remedy = (QLabel() for _ in range(5))
        self._title.setFont(font(28, QFont.Weight.DemiBold))
        self._doing.setFont(font(15, QFont.Weight.Medium))
        self._rest.setObjectName("small")
        self._what.setObjectName("heading")
        for label in (self._title, self._doing, self._what, self._remedy):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.bar = Bar(theme)
        self._shared, self._voice, self._film = (_Line(theme) for _ in range(3))
        self.cancel, self.again, self.later = (QPushButton() for _ in range(3))
        self.again.setObjectName("primary")
        for button in (self.cancel, self.later):
            button.setObjectName("quiet")
        for button in (self.cancel, self.again, self.later):
            button.setAutoDefault(True)
            button.setCursor(Qt.CursorShape.PointingHandCursor)
        self.cancel.clicked.connect(self.cancel_wanted)
        self.again.clicked.connect(self.again_wanted)
        self.later.clicked.connect(self.later_wanted)
        self._lay_out()
        self._show()

    @property
    def doing(self) -> str:
        """What is said to be made just now."""
        return self._doing.text()

    @property
    def trouble(self) -> str:
        return self._what.text() if self._trouble is not None else ""

    def begin(self, name: str) -> None:
        self._name = name
        self._stage = self._trouble = None
        self._failed = False
        self._show()

    def begin_again(self) -> None:
        self.begin(self._name)
        self.take_focus()

    def show_warming(self, fraction: float, making: str) -> None:
        if not 0 < self._warm[0] <= fraction:
            self._began = time.monotonic()
        self._warm = (fraction, making)
        self._show()

    def show_stage(self, fraction: float, stage: str) -> None:
        self._stage = (fraction, stage)
        self._trouble = None
        self._failed = False
        self._show()

    def show_trouble(self, what: Text, remedy: Text, *, failed: bool) -> None:
        """`failed`: it does not go on by itself."""
        self._trouble = (what, remedy)
        self._failed = failed
        self._show()

    def show_error(self, error: TrineoError) -> None:
        self.show_trouble(error.what, error.remedy, failed=True)

    def take_focus(self) -> None:
        (self.again if self._failed else self.cancel).setFocus()

    def sizeHint(self) -> QSize:
        return QSize(420, 420)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._show()
        super().changeEvent(event)

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.again, self.cancel, self.later):
            buttons.addWidget(button)
        buttons.addStretch(1)
        lay = QVBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setSpacing(8)
        lay.addStretch(2)
        lay.addWidget(self._title)
        lay.addSpacing(16)
        for widget in (self._doing, self.bar, self._rest, self._what, self._remedy):
            lay.addWidget(widget)
        lay.addSpacing(16)
        for line in (self._shared, self._voice, self._film):
            lay.addWidget(line)
        lay.addSpacing(24)
        lay.addLayout(buttons)
        lay.addStretch(3)

    def _show(self) -> None:
        warming = self._warm[0] < 1 and not self._is_assembling()
        self._title.setText(self.tr("Santa is writing to {name}").format(name=self._name))
        self._shared.words.setText(self.tr("Santa, his mouth and his village: once, for all your films"))
        self._voice.words.setText(self.tr("His voice, for {name}").format(name=self._name))
        self._film.words.setText(self.tr("Picture, voice and music, put together"))
        self._shared.stand("running" if warming else "done")
        self._voice.stand("done" if self._has_spoken() else "ready" if warming else "running")
        self._film.stand("running" if self._is_assembling() else "ready")
        self._doing.setText(self._words(warming))
        self.bar.show_fraction(self._warm[0] if warming else (self._stage or (0.0, ""))[0])
        self._rest.setText(self._time_left() if warming else "")
        self._show_buttons()

    def _words(self, warming: bool) -> str:
        if warming:
            return QCoreApplication.translate("MakingStep", _PARTS.get(self._warm[1], _PARTS[""]))
        stage = self._stage[1] if self._stage else ""
        return wording.stage_word(stage) + "…"

    def _show_buttons(self) -> None:
        what, remedy = self._trouble or (Text(""), Text(""))
        troubled = self._trouble is not None
        self._what.setText(wording.sentence(what))
        self._remedy.setText(wording.sentence(remedy))
        for label in (self._what, self._remedy):
            label.setVisible(troubled)
        made: tuple[QWidget, ...] = (self._doing, self.bar, self._rest, self._shared, self._voice, self._film)
        for part in made:
            part.setVisible(not troubled)
        self.again.setVisible(self._failed)
        self.cancel.setText(self.tr("Back") if self._failed else self.tr("Cancel"))
        self.again.setText(self.tr("Try again"))
        self.later.setText(self.tr("Go to the queue"))
        self.later.setToolTip(self.tr("The film goes on being made there"))
        self.bar.setAccessibleName(self._doing.text())

    def _is_assembling(self) -> bool:
        return self._stage is not None and self._stage[1] in ("sound", "assemble", "verify", "publish")

    def _has_spoken(self) -> bool:
        return self._stage is not None and self._stage[1] not in ("", "speech", "face")

    def _time_left(self) -> str:
        fraction = self._warm[0]
        if fraction < _FEW:
            return ""
        left_s = (time.monotonic() - self._began) * (1 - fraction) / fraction
        return self.tr("{percent} · {span} left").format(percent=wording.percent(fraction), span=wording.span(left_s))
