"""Takes the pictures of the connections: `QT_SCALE_FACTOR=2 python -m tests.gui.connections.pictures`.

The services are stand-ins: one works, one refuses its key, the others are not connected. With a folder as argument it
takes more.
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import qasync
from pydantic import SecretStr
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QScrollArea

from gui.bridge import Bridge
from gui.connections.panel import ConnectionsPanel
from gui.first_picture import application
from gui.language.translation import Languages
from gui.look.theme import Appearance, Theme
from tests.gui.connections.desk import Connected, connected
from tests.gui.picture_taker import wanted
from tests.providers import rigs
from tests.stand_in_services import ElevenLabsStandIn, HeyGenStandIn

IN_THE_DOCS = ("connections", "connections-light")
_TESTED = ("elevenlabs", "heygen", "espeak", "mouth_bank", "redis")
_ANSWERED_S = 5.0


async def _pictures(app: QApplication, studio: Connected, folder: Path, names: tuple[str, ...]) -> None:
    theme, languages = Theme(app, Appearance.DARK), Languages(app, "en")
    bridge = Bridge(studio.studio)
    panel = ConnectionsPanel(studio.studio, bridge, theme)
    area = QScrollArea()
    area.setObjectName("page")
    area.setWidgetResizable(True)
    area.setWidget(panel)
    panel.setContentsMargins(16, 16, 16, 16)
    area.resize(QSize(860, 1500))
    area.show()
    for name in _TESTED:
        panel.cards[name].test.click()
    panel.voices.show_list.click()
    await asyncio.sleep(_ANSWERED_S)
    shots = [("connections", "en", Appearance.DARK), ("connections-light", "en", Appearance.LIGHT)]
    shots += [("connections-es", "es", Appearance.DARK)]
    for name, language, appearance in shots:
        if not names or name in names:
            languages.use(language)
            theme.choose(appearance)
            await asyncio.sleep(0.4)
            area.grab().save(str(folder / f"{name}.png"))
    bridge.stop()


async def _session(app: QApplication, folder: Path, names: tuple[str, ...]) -> None:
    with (
        tempfile.TemporaryDirectory() as root,
        connected(Path(root)) as studio,
        ElevenLabsStandIn() as works,
        HeyGenStandIn() as refuses,
    ):
        works.charged["characters"] = 412_345
        wrong = {"heygen_api_key": SecretStr("wrong"), "heygen_base_url": refuses.address}
        studio.settings = rigs.settings(works).model_copy(update=wrong)
        await _pictures(app, studio, folder, names)


if __name__ == "__main__":
    place, in_the_docs = wanted(sys.argv[1:], IN_THE_DOCS)
    place.mkdir(parents=True, exist_ok=True)
    program = application()
    program.setQuitOnLastWindowClosed(False)
    qasync.run(_session(program, place, in_the_docs))
