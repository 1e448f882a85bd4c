"""The window's languages. Reads the .ts sources themselves, so nothing has to be compiled."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from core.paths import resources
from gui.language.ts_file import read_ts

LANGUAGES = {"es": "Español", "en": "English"}


class TsTranslator(QTranslator):
    """English needs one too, for its counted messages ("1 film", "2 films")."""

    def __init__(self, language: str) -> None:
        super().__init__()
        messages = read_ts(resources() / "i18n" / f"trineo_{language}.ts").values()
        self._forms = {message.key: message.forms for message in messages if message.finished}

    def isEmpty(self) -> bool:
        return False

    def translate(self, context: str, source: str, /, disambiguation: str | None = None, n: int = -1) -> str:
        forms = self._forms.get((context, source))
        # Qt takes None as "not mine" and looks further; an empty text it would show.
        return cast(str, None) if forms is None else forms[0 if n == 1 else -1]


class Languages:
    """Switches the running program's language; every widget then gets a `LanguageChange` event."""

    def __init__(self, app: QApplication, chosen: str = "") -> None:
        self._app = app
        self._current = ""
        self._translator: TsTranslator | None = None
        self.use(chosen if chosen in LANGUAGES else system_language())

    @property
    def current(self) -> str:
        return self._current

    def use(self, language: str) -> None:
        if language == self._current:
            return
        before, self._translator = self._translator, TsTranslator(language)
        self._current = language
        QLocale.setDefault(QLocale(language))
        if before is not None:
            self._app.removeTranslator(before)
        self._app.installTranslator(self._translator)

    def leave(self) -> None:
        """The application speaks as if this had never been."""
        if self._translator is not None:
            self._app.removeTranslator(self._translator)


def system_language() -> str:
    return "es" if QLocale.system().name().startswith("es") else "en"
