"""The style sheet, filled from a palette."""

from __future__ import annotations

from dataclasses import asdict
from string import Template

from gui.palette import Palette

_SHEET = Template("""
QMainWindow, QWidget#page, QWidget#centre { background: $ground; }
QLabel { background: transparent; color: $text; }
QLabel#title { font-size: 20px; font-weight: 600; }
QLabel#heading { font-size: 15px; font-weight: 600; }
QLabel#second { color: $second; }
QLabel#small { color: $second; font-size: 12px; }

QFrame#rail { background: $panel; border: none; border-right: 1px solid $line; }
QLabel#brand { font-size: 16px; font-weight: 600; }

QPushButton, QToolButton {
    background: transparent; color: $text; border: 1px solid $line; border-radius: 6px;
    padding: 7px 12px; font-weight: 500; min-height: 18px;
}
QPushButton:hover, QToolButton:hover { background: $raised; border-color: $second; }
QPushButton:pressed, QToolButton:pressed { background: $chosen; }
QPushButton:focus, QToolButton:focus { border: 1px solid $accent; }
QPushButton:disabled, QToolButton:disabled { color: $second; border-color: $line; }
QPushButton#primary, QToolButton#primary {
    background: $accent; color: $on_accent; border: 1px solid $accent; font-weight: 600;
}
QPushButton#primary:hover, QToolButton#primary:hover {
    background: $accent_hover; border-color: $accent_hover;
}
QPushButton#primary:focus, QToolButton#primary:focus { border: 2px solid $text; padding: 6px 11px; }
QPushButton#primary:disabled { background: $line; color: $second; border-color: $line; }
QPushButton#quiet, QToolButton#quiet { border-color: transparent; }
QPushButton#quiet:hover, QToolButton#quiet:hover { background: $raised; }
QPushButton#quiet:focus, QToolButton#quiet:focus { border: 1px solid $accent; }
QToolButton#bare { border: none; padding: 4px; min-height: 0; }

QTableView, QListView {
    background: $panel; color: $text; border: 1px solid $line; border-radius: 8px; outline: 0;
    selection-background-color: $chosen; selection-color: $text;
}
QTableView::item { border: none; padding: 0; }
QHeaderView { background: transparent; }
QHeaderView::section {
    background: $panel; color: $second; border: none; border-bottom: 1px solid $line;
    padding: 0 12px; font-size: 12px; font-weight: 500; text-align: left;
}
QHeaderView::section:first { border-top-left-radius: 8px; }
QHeaderView::section:last { border-top-right-radius: 8px; }
QTableCornerButton::section { background: $panel; border: none; }

QScrollArea, QScrollArea > QWidget > QWidget { background: transparent; border: none; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 2px; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 2px; }
QScrollBar::handle { background: $line; border-radius: 4px; min-height: 32px; min-width: 32px; }
QScrollBar::handle:hover { background: $second; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QMenuBar { background: $panel; color: $second; border-bottom: 1px solid $line; padding: 2px 8px; }
QMenuBar::item { background: transparent; padding: 4px 10px; border-radius: 4px; }
QMenuBar::item:selected, QMenuBar::item:pressed { background: $raised; color: $text; }
QMenu { background: $panel; color: $text; border: 1px solid $line; padding: 4px; }
QMenu::item { padding: 6px 28px 6px 12px; border-radius: 4px; }
QMenu::item:selected { background: $chosen; }
QMenu::item:disabled { color: $second; }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px; }
QMenu::icon { padding-left: 8px; }
QToolTip { background: $panel; color: $text; border: 1px solid $line; padding: 6px 8px; }

QFrame#sheet { background: $panel; border: none; border-left: 1px solid $line; }
QFrame#rule { background: $line; border: none; max-height: 1px; min-height: 1px; }
QFrame#well { background: $ground; border: 1px solid $line; border-radius: 8px; }
""")


def style_sheet(colours: Palette) -> str:
    values = {name: value for name, value in asdict(colours).items() if isinstance(value, str)}
    return _SHEET.substitute(values)
