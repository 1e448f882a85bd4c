"""Which palette holds, and everything Qt needs to wear it: font, QPalette, style sheet, icons."""

from __future__ import annotations

import atexit
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTemporaryDir, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QPalette
from PySide6.QtWidgets import QApplication, QStyle

from core.paths import resources
from gui.look import icons
from gui.look.palette import DARK, LIGHT, Palette, art_colours
from gui.look.stylesheet import style_sheet

FAMILY = "Inter"
BODY_PX = 13
TITLE_PX = 20
SMALL_PX = 12


class Appearance(StrEnum):
    SYSTEM = "system"
    DARK = "dark"
    LIGHT = "light"


class Theme(QObject):
    """One per program. Widgets that paint for themselves repaint on `changed`."""

    changed = Signal()

    def __init__(self, app: QApplication, appearance: Appearance = Appearance.SYSTEM) -> None:
        super().__init__()
        self._app = app
        self._appearance = appearance
        self.palette = DARK
        self._pictures = QTemporaryDir()
        atexit.register(self._pictures.remove)  # at the end Python forgets it without a word to Qt
        _load_fonts()
        app.setStyle("Fusion")
        app.setFont(font())
        app.styleHints().colorSchemeChanged.connect(self._apply)
        self._apply()

    @property
    def appearance(self) -> Appearance:
        return self._appearance

    def choose(self, appearance: Appearance) -> None:
        self._appearance = appearance
        self._apply()

    def icon(self, name: str, colour: str = "") -> QIcon:
        return icons.icon(name, colour or self.palette.text, self.palette.faint)

    def art_colours(self) -> dict[str, str]:
        """The colours that the drawings' places are filled with."""
        return art_colours(self.palette)

    def motion_ms(self, wanted: int) -> int:
        """How long something may move: nothing where the system asks for less motion."""
        style = self._app.style()
        return wanted if style.styleHint(QStyle.StyleHint.SH_Widget_Animate) else 0

    def _wanted(self) -> Palette:
        if self._appearance is not Appearance.SYSTEM:
            return DARK if self._appearance is Appearance.DARK else LIGHT
        # A system that doesn't say gets the dark one: the window is used at night.
        return LIGHT if self._app.styleHints().colorScheme() is Qt.ColorScheme.Light else DARK

    def _apply(self) -> None:
        self.palette = self._wanted()
        self._app.setPalette(_qt_palette(self.palette))
        self._app.setStyleSheet(style_sheet(self.palette, self._signs()))
        self.changed.emit()

    def _signs(self) -> dict[str, str]:
        folder, colours = Path(self._pictures.path()), self.palette
        tints = {
            "chevron": ("chevron-down", colours.second),
            "check": ("tick", colours.on_accent),
            "arrow_up": ("sort-up", colours.accent_text),
            "arrow_down": ("sort-down", colours.accent_text),
        }
        return {sign: icons.write_tinted(name, colour, folder) for sign, (name, colour) in tints.items()}


@lru_cache(maxsize=64)
def font(pixels: int = BODY_PX, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """The family at `pixels`, with figures of one width, so that columns of numbers stand still. Not to be changed."""
    made = QFont(FAMILY)
    made.setPixelSize(pixels)
    made.setWeight(weight)
    made.setFeature(QFont.Tag("tnum"), 1)
    return made


def _load_fonts() -> None:
    for file in sorted((resources() / "fonts").glob("*.otf")):
        QFontDatabase.addApplicationFont(str(file))


def _qt_palette(colours: Palette) -> QPalette:
    role = QPalette.ColorRole
    made = QPalette()
    for which, colour in {
        role.Window: colours.ground,
        role.WindowText: colours.text,
        role.Base: colours.panel,
        role.AlternateBase: colours.raised,
        role.Text: colours.text,
        role.Button: colours.panel,
        role.ButtonText: colours.text,
        role.BrightText: colours.failed_text,
        role.ToolTipBase: colours.panel,
        role.ToolTipText: colours.text,
        role.PlaceholderText: colours.second,
        role.Highlight: colours.accent,
        role.HighlightedText: colours.on_accent,
        role.Link: colours.accent_text,
    }.items():
        made.setColor(which, QColor(colour))
    for which in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, which, QColor(colours.second))
    return made
