"""A real mouse before a real window: rows dragged, a row's menu, a film taken out into another program."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from tests.gui.real_display import needed, run_in_window

pytestmark = [pytest.mark.gui, pytest.mark.slow, pytest.mark.xvfb]


@pytest.mark.skipif(sys.platform != "linux", reason="Xvfb is an X server")
@pytest.mark.timeout(120)
def test_rows_and_films_are_dragged_and_a_menu_is_used_by_mouse(tmp_path: Path) -> None:
    done = run_in_window("tests.gui.real_input", str(tmp_path / "real"), needed("xdotool"), timeout_s=100)
    assert done.returncode == 0, done.stderr
    assert QImage(str(tmp_path / "real" / "real-menu.png")).width() >= 1000
