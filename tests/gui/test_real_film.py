"""The window with nothing stood in for: a dropped sheet, FFmpeg at work, films that can be opened."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QImage

from core.jobs.model import State
from core.media.probe import probe
from core.studio import Studio
from gui.queue.row_actions import RowAction
from tests.gui.film_studio import film_studio
from tests.gui.operator import Operator
from tests.gui.real_display import run_in_window

pytestmark = [pytest.mark.gui, pytest.mark.slow]


@pytest.fixture
def studio(tmp_path: Path, tiny_folder: Path) -> Iterator[Studio]:
    with film_studio(tmp_path, tiny_folder) as studio:
        yield studio


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    path = tmp_path / "lote.csv"
    path.write_text("nombre,queHizo\nZoë,ayudaste\n,nadie\nD'Angelo,jugaste mucho\n", encoding="utf-8")
    return path


def test_a_dropped_sheet_becomes_films(
    operator: Operator, studio: Studio, sheet: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []

    def open_url(url: QUrl) -> bool:
        opened.append(url.toLocalFile())
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    studio.start_workers()
    operator.drop(sheet)
    operator.until(operator.window.sheet.agree_button.isEnabled)
    operator.press(Qt.Key.Key_Return)
    seen: set[float] = set()

    def finished() -> bool:
        records = operator.records()
        seen.update(record.fraction for record in records if record.state is State.RUNNING)
        return len(records) == 2 and all(record.state is State.DONE for record in records)

    operator.until(finished, 120_000)
    assert len({fraction for fraction in seen if 0 < fraction < 1}) >= 3, f"the bar did not move: {sorted(seen)}"
    for record in operator.records():
        assert record.result is not None
        video = probe(Path(record.result.output)).video
        assert video is not None
        assert (video.width, video.height, video.profile) == (1080, 1920, "High")
    operator.click_button("Zoë", RowAction.OPEN_FILM)
    operator.until(lambda: opened == [str(studio.settings.output_dir / "lote" / "0002-Zoë.mp4")])


@pytest.mark.xvfb
@pytest.mark.skipif(sys.platform != "linux", reason="Xvfb is an X server")
@pytest.mark.timeout(170)
def test_a_real_window_under_xvfb(tmp_path: Path, tiny_folder: Path) -> None:
    """A dropped sheet, one film that fails, its text corrected, both films made."""
    sheet = tmp_path / "lote.csv"
    sheet.write_text("nombre,queHizo,guion\nZoë,ayudaste,\nD'Angelo,,...\n", encoding="utf-8")
    done = run_in_window("tests.gui.real_window", str(tmp_path / "real"), str(tiny_folder), str(sheet))
    assert done.returncode == 0, done.stderr
    assert len(list((tmp_path / "real" / "films").rglob("*.mp4"))) == 2
    for name in ("queue", "failed", "edit", "player", "end"):
        picture = QImage(str(tmp_path / "real" / f"real-{name}.png"))
        assert picture.width() >= 1000
        colours = {picture.pixel(x, y) for x in range(0, picture.width(), 7) for y in range(0, picture.height(), 7)}
        assert len(colours) > 20, "the window was not drawn"
