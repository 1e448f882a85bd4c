"""What the window remembers between two evenings: its place, the language, the appearance."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from gui.look.theme import Appearance

_FILE = "window.ini"


class WindowState:
    """A file in the data folder, never the system's registry."""

    def __init__(self, root: Path) -> None:
        self.is_new = not (root / _FILE).exists()
        """Nothing was remembered here before: somebody sees the window for the first time."""
        self._kept = QSettings(str(root / _FILE), QSettings.Format.IniFormat)

    @property
    def language(self) -> str:
        """`es`, `en`, or empty: as the system."""
        return str(self._kept.value("language", ""))

    @language.setter
    def language(self, code: str) -> None:
        self._kept.setValue("language", code)

    @property
    def appearance(self) -> Appearance:
        kept = str(self._kept.value("appearance", ""))
        return Appearance(kept) if kept in [one.value for one in Appearance] else Appearance.SYSTEM

    @appearance.setter
    def appearance(self, wanted: Appearance) -> None:
        self._kept.setValue("appearance", wanted.value)

    @property
    def geometry(self) -> QByteArray:
        kept = self._kept.value("geometry")
        return kept if isinstance(kept, QByteArray) else QByteArray()

    @geometry.setter
    def geometry(self, geometry: QByteArray) -> None:
        self._kept.setValue("geometry", geometry)

    @property
    def columns(self) -> QByteArray:
        """The widths and the order of the queue's table."""
        kept = self._kept.value("columns")
        return kept if isinstance(kept, QByteArray) else QByteArray()

    @columns.setter
    def columns(self, state: QByteArray) -> None:
        self._kept.setValue("columns", state)

    @property
    def films_folder(self) -> Path | None:
        """Where films went last time, if the operator chose it."""
        kept = str(self._kept.value("films_folder", ""))
        return Path(kept) if kept else None

    @films_folder.setter
    def films_folder(self, folder: Path) -> None:
        self._kept.setValue("films_folder", str(folder))

    @property
    def last_failed_s(self) -> float:
        """When a film last failed, in seconds since 1970; 0: never."""
        return float(str(self._kept.value("last_failed", 0.0)))

    @last_failed_s.setter
    def last_failed_s(self, seconds: float) -> None:
        self._kept.setValue("last_failed", seconds)

    @property
    def first_run(self) -> str:
        """How far it has come: empty, `begun:`, `begun:<job>` while that job's film is made, or `done`."""
        return str(self._kept.value("first_run", ""))

    @first_run.setter
    def first_run(self, step: str) -> None:
        self._kept.setValue("first_run", step)
        self._kept.sync()

    def save(self) -> None:
        self._kept.sync()
