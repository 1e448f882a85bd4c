"""A key is typed into the page, films are made, help is asked for: afterwards it is nowhere but in the keyring."""

from __future__ import annotations

import logging
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QTextEdit, QWidget

from core.jobs.local import open_store
from core.jobs.model import State
from core.jobs.plan import Plan
from core.jobs.store import JobStore
from core.logs.setup import configure_logs
from core.paths import DataFolder
from core.settings.keyring_door import KeyringDoor
from core.settings.keys import KeyStore
from core.settings.running import secrets_of
from core.settings.settings_file import SettingsFile
from core.settings.sources import Sources
from core.studio import Studio
from gui.pages import Page
from gui.settings.key_editor import KeyEditor
from tests.core.settings.test_keys import FakeKeyring
from tests.gui.settings.sitter import Sitter
from tests.gui.test_window import SAMPLE
from tests.gui.workshop import StandInRenderer, make_studio

pytestmark = pytest.mark.gui

SECRET = "opensesame4711Zauberwort"


@pytest.fixture
def studio(tmp_path: Path, renderer: StandInRenderer, ring: FakeKeyring) -> Iterator[Studio]:
    """On a journal, with a log: all that the program writes anywhere."""
    folder = DataFolder(tmp_path / "data").create()
    renderer.seconds = 0.05
    SettingsFile(folder.settings_file).change({"output_dir": tmp_path / "films", "shutdown_timeout_seconds": 5.0})
    keys = KeyStore(folder.keys_file, KeyringDoor(lambda: ring))
    sources = Sources(SettingsFile(folder.settings_file), keys, environment={})
    store = open_store(None, folder.queue)
    configure_logs("DEBUG", as_json=True, folder=folder.logs, to_stderr=False)
    with make_studio(tmp_path, renderer, store=store, sources=sources) as studio:
        yield studio
    configure_logs("INFO", as_json=False, to_stderr=False)


def test_it_is_nowhere(sitter: Sitter, studio: Studio, ring: FakeKeyring, tmp_path: Path) -> None:
    row = sitter.write("elevenlabs_api_key", SECRET)
    sitter.operator.until(lambda: list(ring.kept.values()) == [SECRET])
    assert isinstance(row.editor, KeyEditor)
    sitter.operator.until(row.editor.replace.isVisible)
    configure_logs(
        "DEBUG", as_json=True, folder=studio.folder.logs, to_stderr=False, secrets=secrets_of(studio.settings)
    )
    logging.getLogger("a.library").warning("asked with %s", SECRET)
    studio.submit(studio.check([SAMPLE], studio.order()), Plan())
    studio.start_workers()
    sitter.operator.until(lambda: studio.counts()[State.DONE] == 6)
    for page in Page:
        sitter.operator.click(sitter.operator.window.rail.button(page))
    studio.settings_desk.hand_on(tmp_path / "out.env")
    studio.running.support(tmp_path / "support.zip", studio.health)
    sitter.operator.window.actions_.languages["es"].trigger()
    sitter.operator.window.state.save()
    studio.stop_workers()

    assert SECRET not in repr(_all_of(studio.store))
    assert SECRET not in " ".join(_words(sitter.operator.window))
    assert SECRET not in QApplication.clipboard().text()
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert {"settings.toml", "keys.json", "trineo.log", "queue.journal", "out.env", "support.zip", "window.ini"} <= {
        path.name for path in files
    }
    assert [path for path in files if SECRET.encode() in path.read_bytes()] == []
    with zipfile.ZipFile(tmp_path / "support.zip") as bundle:
        assert [name for name in bundle.namelist() if SECRET.encode() in bundle.read(name)] == []


def _all_of(store: JobStore) -> dict[str, Any]:
    """Everything that the queue's Redis holds."""
    client: Any = store.client
    read = {
        "string": client.get,
        "hash": client.hgetall,
        "list": lambda name: client.lrange(name, 0, -1),
        "set": client.smembers,
        "zset": lambda name: client.zrange(name, 0, -1, withscores=True),
        "stream": client.xrange,
    }
    found = {name: read[_text(client.type(name))](name) for name in client.keys("*")}
    assert found
    return found


def _text(value: bytes | str) -> str:
    return value.decode() if isinstance(value, bytes) else value


def _words(root: QWidget) -> Iterator[str]:
    """Whatever any widget shows, says or would give out."""
    for widget in root.findChildren(QWidget):
        yield from (widget.toolTip(), widget.accessibleName(), widget.accessibleDescription())
        if isinstance(widget, QLabel | QAbstractButton | QLineEdit):
            yield widget.text()
        elif isinstance(widget, QTextEdit):
            yield widget.toPlainText()
