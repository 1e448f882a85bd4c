"""Whether all is well: a light for each thing that was looked at, what was found, and what to do about it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QEvent, QSize
from PySide6.QtWidgets import QPushButton

from core.text import Text, Value
from core.upkeep.health import Check, Light
from gui.dashboard import words
from gui.dashboard.card import Card
from gui.dashboard.rows import Row, Rows
from gui.language import wording
from gui.language.ago import ago
from gui.look.theme import Theme

_LIGHTS: dict[Light, tuple[str, str, Any]] = {
    Light.FAILING: ("refused", "failed_text", QT_TRANSLATE_NOOP("Dashboard", "Doesn't work")),
    Light.WARNING: ("warning", "waiting_text", QT_TRANSLATE_NOOP("Dashboard", "Needs a look")),
    Light.OK: ("accepted", "done_text", QT_TRANSLATE_NOOP("Dashboard", "Good")),
}
_ORDER = [*_LIGHTS]
_REASONS: tuple[Any, ...] = (  # why a voice or a tool can't be used, as providers/ say it
    QT_TRANSLATE_NOOP("core", "switched off (DISABLE_ESPEAK)"),
    QT_TRANSLATE_NOOP("core", "its library is not installed"),
    QT_TRANSLATE_NOOP("core", "its key holds characters that no key has (ELEVENLABS_API_KEY)"),
    QT_TRANSLATE_NOOP("core", "no voice is chosen (PAPA_NOEL_VOICE_ID_ELEVENLABS)"),
    QT_TRANSLATE_NOOP("core", "there is no inference.py in the folder that WAV2LIP_REPO_PATH names"),
    QT_TRANSLATE_NOOP("core", "the model file that WAV2LIP_CHECKPOINT names is not there"),
    QT_TRANSLATE_NOOP("core", "no Python was found that runs it (WAV2LIP_PYTHON)"),
)


def worst(checks: Sequence[Check]) -> Light:
    return min((one.light for one in checks), key=_ORDER.index, default=Light.OK)


def shape(light: Light) -> tuple[str, str]:
    """Its icon, and the colour of it."""
    icon, colour, _ = _LIGHTS[light]
    return icon, colour


class HealthCard(Card):
    """`again` is the button that has everything looked at anew."""

    def __init__(self, theme: Theme) -> None:
        self.again = QPushButton()
        self.again.setObjectName("quiet")
        self.again.setIconSize(QSize(16, 16))
        super().__init__(self.again)
        self._theme = theme
        self._checks: list[Check] = []
        self._looked_s = self._now_s = 0.0
        self._looking = False
        self._rows = Rows(theme)
        self.body.addWidget(self._rows)
        theme.changed.connect(self._tint)
        self._tint()
        self._retranslate()

    @property
    def checks(self) -> list[Check]:
        return self._checks

    def rows(self) -> list[Row]:
        return self._rows.rows()

    def show_looking(self, looking: bool) -> None:
        self._looking = looking
        self._retranslate()

    def show_checks(self, checks: Sequence[Check], now_s: float) -> None:
        """The worst first. `now_s`: when they were made, in seconds since 1970."""
        self._checks = sorted(checks, key=lambda one: _ORDER.index(one.light))
        self._looked_s = self._now_s = now_s
        self._retranslate()

    def pass_time(self, now_s: float) -> None:
        self._now_s = now_s
        self._say()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.again.setText(f" {self.tr('Look again')}")
        self.again.setToolTip(self.tr("Looks at everything a film needs; it takes a second or two"))
        self._rows.show_rows([_row(one) for one in self._checks])
        self._say()

    def _say(self) -> None:
        said = ""
        if self._looking:
            said = self.tr("Everything a film needs is being looked at…")
        elif self._looked_s:
            said = self.tr("Looked at {when}.").format(when=ago(self._looked_s, self._now_s))
        self.say(self.tr("Is all well?"), said)

    def _tint(self) -> None:
        self.again.setIcon(self._theme.icon("retry"))


def _row(check: Check) -> Row:
    icon, colour, word = _LIGHTS[check.light]
    remedy = wording.sentence(check.remedy) if check.light is not Light.OK else ""
    values = {name: _said(value) for name, value in check.what.values.items()}
    return Row(
        icon,
        colour,
        words.check(check.name),
        QCoreApplication.translate("Dashboard", word),
        wording.sentence(Text(check.what.template, values)),
        remedy,
    )


def _said(value: Value) -> Value:
    """A reason in the window's language; whatever else as it is."""
    return QCoreApplication.translate("core", str(value)) if value in _REASONS else value
