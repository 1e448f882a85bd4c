"""For who sees little, hears the window read out, or has only the keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QComboBox, QDateTimeEdit, QLineEdit, QWidget

from gui.pages import Page
from tests.gui.operator import Operator
from tests.gui.test_window import SAMPLE, queue_sample

pytestmark = pytest.mark.gui

SPOKEN = (QAbstractButton, QComboBox, QLineEdit, QDateTimeEdit, QAbstractItemView)
OF_QTS_OWN = ("qt_", "ScrollLeftButton", "ScrollRightButton")


def nameless(root: QWidget) -> list[str]:
    """What can be used and would be read out as nothing."""
    found = []
    for kind in SPOKEN:
        for widget in root.findChildren(kind):
            inside = widget.parent()
            if not widget.isVisible() or widget.objectName().startswith(OF_QTS_OWN):
                continue
            if isinstance(inside, (QComboBox, QDateTimeEdit, QAbstractItemView)):
                continue  # a part of something that has a name
            text = widget.text() if isinstance(widget, QAbstractButton) else ""
            if not (widget.accessibleName() or text.strip()):
                found.append(f"{type(widget).__name__} {widget.objectName()} in {type(inside).__name__}")
    return found


def test_everything_that_can_be_used_has_a_name(operator: Operator) -> None:
    queue_sample(operator)
    for page in Page:
        operator.click(operator.window.rail.button(page))
        assert nameless(operator.window) == []
    operator.drop(SAMPLE)
    operator.until(operator.window.sheet.agree_button.isEnabled)
    assert nameless(operator.window.sheet) == []
    operator.click(operator.window.sheet.columns_button)
    assert nameless(operator.window.sheet) == []


def test_every_key_stands_in_a_menu_and_no_key_does_two_things(operator: Operator) -> None:
    in_menus = {action for menu in operator._menus() for action in menu}
    actions = operator.window.actions_.findChildren(QAction)
    assert [action.text() for action in actions if action.shortcuts() and action not in in_menus] == []
    keys = [key.toString() for action in actions for key in action.shortcuts()]
    assert sorted(keys) == sorted(set(keys))


def test_a_button_tells_its_key(operator: Operator) -> None:
    queue_sample(operator)
    assert "Ctrl+Shift+P" in operator.window.actions_.pause_all.toolTip()
    assert "Ctrl+2" in operator.window.rail.button(Page.REVIEW).toolTip()


def test_the_page_is_gone_through_by_tab(operator: Operator) -> None:
    queue_sample(operator)
    operator.window.queue.table.setFocus()
    seen: set[QWidget | None] = set()
    for _ in range(40):
        operator.press(Qt.Key.Key_Tab)
        seen.add(operator.window.focusWidget())
    page = operator.window.queue
    wanted = {page.table, page.filters.search, page.strip.cards()[0], operator.window.rail.button(Page.QUEUE)}
    assert wanted <= seen


def test_a_state_is_a_word_and_a_shape_besides_its_colour(operator: Operator) -> None:
    """Seen without colour, two states differ by their shape."""
    from core.jobs.model import State
    from gui.look.icons import pixmap

    pictures = [pixmap(f"state-{state.value}", "#000000", 16, 2.0).toImage() for state in State]
    assert all(one != other for place, one in enumerate(pictures) for other in pictures[:place])
