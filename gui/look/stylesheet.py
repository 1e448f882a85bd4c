"""The style sheet, filled from a palette."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from string import Template

from gui.look.palette import Palette

_SHEET = Template("""
QMainWindow, QWidget#page, QWidget#centre { background: $ground; }
QLabel { background: transparent; color: $text; }
QLabel#title { font-size: 20px; font-weight: 600; }
QLabel#heading { font-size: 15px; font-weight: 600; }
QLabel#second { color: $second; }
QLabel#small { color: $second; font-size: 12px; }
QLabel#strong { font-weight: 600; }

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
QPushButton#quietSmall, QPushButton#primarySmall { padding: 3px 8px; font-size: 12px; min-height: 18px; }
QPushButton#quietSmall { border-color: transparent; color: $second; }
QPushButton#quietSmall:hover { color: $text; background: $chosen; }
QPushButton#quietSmall:focus { border: 1px solid $accent; }
QPushButton#primarySmall { background: $accent; color: $on_accent; border: 1px solid $accent; font-weight: 600; }
QPushButton#primarySmall:focus { border: 1px solid $text; }
QPushButton#primarySmall:disabled { background: $line; color: $second; border-color: $line; }
QToolButton#bare { border: none; padding: 4px; min-height: 0; }

QPushButton:checked { background: $chosen; border-color: $second; }
QScrollArea#well { background: $ground; border: 1px solid $line; border-radius: 8px; }
QPushButton#chip { border-color: transparent; padding: 5px 10px; color: $second; font-size: 12px; border-radius: 14px; }
QPushButton#chip:hover { background: $raised; color: $text; }
QPushButton#chip:checked { background: $chosen; color: $text; border-color: $line; }
QPushButton#chip:focus { border: 1px solid $accent; }
QFrame#toast { background: $toast; border: none; border-radius: 8px; }
QFrame#toast QLabel { color: $on_toast; }
QPushButton#toastButton { border: none; color: $toast_accent; font-weight: 600; padding: 5px 10px; }
QPushButton#toastButton:focus { border: 1px solid $toast_accent; padding: 4px 9px; }
QPushButton#toastButton:hover { background: transparent; text-decoration: underline; }

QLineEdit, QComboBox, QDateTimeEdit, QTimeEdit, QSpinBox {
    background: $panel; color: $text; border: 1px solid $line; border-radius: 6px; padding: 5px 8px; min-height: 20px;
    selection-background-color: $accent; selection-color: $on_accent;
}
QLineEdit:hover, QComboBox:hover, QDateTimeEdit:hover, QTimeEdit:hover, QSpinBox:hover { border-color: $second; }
QLineEdit:focus, QComboBox:focus, QDateTimeEdit:focus, QTimeEdit:focus, QSpinBox:focus { border: 1px solid $accent; }
QLineEdit:disabled, QComboBox:disabled, QDateTimeEdit:disabled, QTimeEdit:disabled, QSpinBox:disabled {
    color: $second;
}
QLineEdit#search { padding: 0 8px; min-height: 30px; }
QComboBox { padding-right: 24px; }
QComboBox::drop-down { border: none; width: 24px; }
QComboBox::down-arrow { image: url("$chevron"); width: 14px; height: 14px; }
QComboBox QAbstractItemView {
    border: 1px solid $line; border-radius: 0; padding: 4px; selection-background-color: $chosen;
}
QComboBox QAbstractItemView::item { min-height: 28px; padding: 0 8px; }
QDateTimeEdit { padding-right: 24px; }
QDateTimeEdit::drop-down { border: none; background: transparent; width: 24px; subcontrol-position: center right; }
QDateTimeEdit::down-arrow { image: url("$chevron"); width: 14px; height: 14px; }
QCalendarWidget QWidget { background: $panel; color: $text; alternate-background-color: $raised; }
QCalendarWidget QToolButton { border: none; }
QCalendarWidget QAbstractItemView { selection-background-color: $accent; selection-color: $on_accent; }
QCalendarWidget QAbstractItemView:disabled { color: $faint; }
QDateTimeEdit::up-button, QDateTimeEdit::down-button, QTimeEdit::up-button, QTimeEdit::down-button,
QSpinBox::up-button, QSpinBox::down-button { width: 0; border: none; }
QCheckBox, QRadioButton { color: $text; spacing: 8px; }
QCheckBox::indicator { width: 16px; height: 16px; border: 1px solid $second; border-radius: 4px; background: $panel; }
QCheckBox::indicator:hover { border-color: $text; }
QCheckBox::indicator:checked { border-color: $accent; background: $accent; image: url("$check"); }
QCheckBox:focus { color: $accent_text; }
QPlainTextEdit, QTextEdit {
    background: $ground; color: $text; border: 1px solid $line; border-radius: 8px; padding: 8px;
    selection-background-color: $accent; selection-color: $on_accent;
}
QPlainTextEdit:focus, QTextEdit:focus { border: 1px solid $accent; }

QTableView, QListView, QTreeView {
    background: $panel; color: $text; border: 1px solid $line; border-radius: 8px; outline: 0;
    selection-background-color: $chosen; selection-color: $text;
}
QFrame#tableFrame, QFrame#card { background: $panel; border: 1px solid $line; border-radius: 8px; }
QFrame#tableFrame QTableView { border: none; }
QListView#groups, QListView#groups:focus { background: transparent; border: none; }
QListView#groups::item { padding: 8px 10px; border-radius: 6px; color: $second; }
QListView#groups::item:hover { background: $raised; color: $text; }
QListView#groups::item:selected { background: $chosen; color: $text; }
QListView#groups::item:selected:focus { border: 1px solid $accent; }
QTableView::item { border: none; padding: 0; }
QHeaderView { background: transparent; }
QHeaderView::section {
    background: $panel; color: $second; border: none; border-bottom: 1px solid $line;
    padding: 0 12px; font-size: 12px; font-weight: 500; text-align: left;
}
QHeaderView::section:hover { color: $text; }
QHeaderView::up-arrow, QHeaderView::down-arrow {
    width: 12px; height: 12px; subcontrol-position: center right; right: 6px;
}
QHeaderView::up-arrow { image: url("$arrow_up"); }
QHeaderView::down-arrow { image: url("$arrow_down"); }
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


def style_sheet(colours: Palette, pictures: Mapping[str, str]) -> str:
    """`pictures`: files of the small signs that a style sheet can only name: chevron, check, arrow_up, arrow_down."""
    values = {name: value for name, value in asdict(colours).items() if isinstance(value, str)}
    return _SHEET.substitute({**values, **pictures})
