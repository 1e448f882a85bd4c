"""Choosing files to make films from, for whom dropping them is not at hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from core.intake.readers import READERS

_translate = QCoreApplication.translate


def choose_files(window: QWidget, take: Callable[[Sequence[Path]], None]) -> None:
    """Opens the system's dialog; `take` gets what was chosen."""
    dialog = QFileDialog(window, _translate("FileChoice", "Spreadsheets or scripts"))
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    kinds = " ".join(f"*{ending}" for ending in READERS)
    named = _translate("FileChoice", "Spreadsheets and scripts ({kinds})").format(kinds=kinds)
    dialog.setNameFilters([named, _translate("FileChoice", "All files (*)")])
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.filesSelected.connect(lambda names: take([Path(name) for name in names]))
    dialog.open()
