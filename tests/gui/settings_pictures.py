"""Takes the pictures of the Settings page: `QT_SCALE_FACTOR=2 python -m tests.gui.settings_pictures`.

With a folder as argument it takes many more, in both languages and appearances.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from pathlib import Path

from core.settings.about import Group
from core.settings.keyring_door import KeyringDoor
from core.settings.keys import KeyStore
from core.settings.settings_file import SettingsFile
from core.settings.sources import Sources
from core.studio import Studio
from gui.look.theme import Appearance
from gui.pages import Page
from gui.settings.editors import LineEditor
from gui.settings.page import SettingsPage
from tests.core.settings.test_keys import FakeKeyring
from tests.gui.picture_taker import PictureTaker, take_pictures, wanted

CALLED = "navidad"
IN_THE_DOCS = ("settings-work", "settings-light", "settings-es", "settings-key", "settings-search")


async def evening(taker: PictureTaker, studio: Studio) -> None:
    desk = studio.settings_desk
    desk.change("output_dir", str(Path(tempfile.gettempdir()) / CALLED / "films"))
    desk.change("elevenlabs_api_key", "sk_0123456789")
    desk.change("papa_noel_voice_id_elevenlabs", "pNInz6obpgDQGcFmaJgB")
    desk.change("elevenlabs_speed", "0.95")
    taker.window.go_to(Page.SETTINGS)
    page = taker.window.about.settings
    for language, ending in (("en", ""), ("es", "-es")):
        taker.speak(language)
        await _groups(taker, page, ending)
    taker.speak("en")
    page.groups.setCurrentRow(0)
    taker.size(800, 480)
    await taker.take("settings-smallest")
    page.show_group(Group.ELEVENLABS)
    await taker.take("settings-smallest-key", Appearance.LIGHT)


async def _groups(taker: PictureTaker, page: SettingsPage, ending: str) -> None:
    page.show_group(Group.WORK)
    await taker.take(f"settings-work{ending}")
    page.show_group(Group.FILMS)
    await taker.take(f"settings-films{ending}")
    await taker.take("settings-light" if not ending else "settings-light-es", Appearance.LIGHT)
    page.show_group(Group.ELEVENLABS)
    await taker.take("settings-key" if not ending else "settings-es")
    page.groups.setCurrentRow(0)
    await taker.take_both("settings-window", ending)
    page.groups.setCurrentRow(1)
    await asyncio.sleep(0.3)
    await taker.take_both("settings-connections", ending)
    page.search.setText("budget" if not ending else "presupuesto")
    await asyncio.sleep(0.4)
    _mistype(page, "budget_per_day_usd", "a lot" if not ending else "mucho")
    await taker.take(f"settings-search{ending}")
    page.search.clear()


def _mistype(page: SettingsPage, key: str, text: str) -> None:
    row = page.row(key)
    if row is not None and isinstance(row.editor, LineEditor):
        row.editor.line.setText(text)
        row.editor.typed.emit(text)


def sources() -> Sources:
    data, ring = Path(tempfile.gettempdir()) / CALLED / "data", FakeKeyring()
    environment = {"WORKERS": "4", "OUTPUT_DIRR": "/films"}
    file = SettingsFile(data / "settings.toml")
    return Sources(file, KeyStore(data / "keys.json", KeyringDoor(lambda: ring)), environment=environment)


if __name__ == "__main__":
    take_pictures(evening, *wanted(sys.argv[1:], IN_THE_DOCS), sources=sources(), called=CALLED)
