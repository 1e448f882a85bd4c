"""Help, About: which Trineo this is, the offer of source, and everybody's licence."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from core import __version__
from core.paths import ROOT
from core.version import Build, this_build
from gui.about.licences import read_licences
from gui.about.sheet import AboutSheet
from gui.look.theme import Appearance, Theme
from tests.gui.operator import Operator

pytestmark = pytest.mark.gui


def packed(root: Path) -> Path:
    folder = root / "licences"
    folder.mkdir(parents=True)
    parts = [("FFmpeg", "9.0", "GPL-3.0-or-later", "https://ffmpeg.org"), ("redis", "8.1.0", "MIT", "")]
    listed = []
    for name, version, licence, source in parts:
        (folder / f"{name}.txt").write_text(f"The words of {name}: ¡libre!", encoding="utf-8")
        listed.append({"name": name, "version": version, "licence": licence, "source": source, "file": f"{name}.txt"})
    (folder / "licences.json").write_text(json.dumps(listed))
    return root


def test_from_the_menu_by_keys_and_back(open_operator: Callable[[], Operator]) -> None:
    operator = open_operator()
    window = operator.window
    operator.choose_in_menu(window.actions_.about)
    sheet = window.about_sheet
    assert sheet is not None
    operator.until(lambda: sheet.isVisible() and sheet.close_button.hasFocus())
    assert __version__ in sheet.version.text()
    operator.click(sheet.copy_button)
    assert QGuiApplication.clipboard().text() == f"Trineo {this_build()}"
    operator.press(Qt.Key.Key_Escape)
    operator.until(lambda: not sheet.isVisible())
    operator.choose_in_menu(window.actions_.about)
    assert window.about_sheet is sheet


def test_it_speaks_both_languages_and_offers_the_source(open_operator: Callable[[], Operator]) -> None:
    operator = open_operator()
    operator.choose_in_menu(operator.window.actions_.about)
    sheet = operator.window.about_sheet
    assert sheet is not None

    def said() -> str:
        return " ".join(label.text() for label in sheet.findChildren(QLabel))

    assert "complete source" in said()
    assert "General Public License" in said()
    operator.choose_in_menu(operator.window.actions_.languages["es"])
    operator.until(lambda: "código fuente completo" in said())
    assert "complete source" not in said()


def test_a_packed_program_shows_everybodys_licence(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    theme = Theme(qapp, Appearance.DARK)
    centre = QWidget()
    qtbot.addWidget(centre)
    over = QWidget(centre)
    sheet = AboutSheet(theme, centre, over, Build("1.2.3", "20261123-0101", "abc123"), packed(tmp_path))
    assert "1.2.3" in sheet.version.text()
    assert "20261123-0101" in sheet.version.text()
    assert "abc123" in sheet.version.text()
    assert [sheet.parts.item(row).text() for row in range(sheet.parts.count())] == [
        "FFmpeg 9.0  ·  GPL-3.0-or-later",
        "redis 8.1.0  ·  MIT",
    ]
    assert sheet.words.toPlainText() == "https://ffmpeg.org\n\nThe words of FFmpeg: ¡libre!"
    sheet.parts.setCurrentRow(1)
    assert sheet.words.toPlainText() == "The words of redis: ¡libre!"


def test_a_source_tree_shows_its_own() -> None:
    [own] = read_licences(ROOT)
    assert own.title == f"Trineo {__version__}"
    assert "GNU GENERAL PUBLIC LICENSE" in own.text()
