"""Carries out what is asked for on the Settings page, off the window's thread, and says how it went."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from core.desk.settings_desk import Change, Imported, SettingsDesk
from core.errors import TrineoError
from core.settings.declaration import declared
from core.settings.keys import Place
from gui.bridge import Bridge
from gui.language.wording import sentence, what_and_remedy
from gui.settings import words
from gui.widgets.banner import Banner, Tone
from gui.widgets.undo_bar import UndoBar


class SettingsWork(QObject):
    """`changed` whenever the settings are others than before, whoever changed them."""

    changed = Signal()
    done = Signal(str, str)  # the setting's name in the file, and what had been written for it
    refused = Signal(str, str)  # the setting's name in the file, and why it stays as it was

    def __init__(self, desk: SettingsDesk, bridge: Bridge, undo: UndoBar, banner: Banner, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._bridge = bridge
        self._undo = undo
        self._banner = banner
        forget = desk.listen(self.changed.emit)
        self.destroyed.connect(lambda _=None: forget())

    def change(self, key: str, text: str) -> None:
        self._bridge.spawn(self._change(key, text))

    def reset(self, key: str = "") -> None:
        """One, or all of them."""
        self._bridge.spawn(self._reset(key))

    def ask_keyring(self) -> None:
        self._bridge.spawn(self._bridge.call(self._desk.ask_keyring))

    def take_over(self, file: Path) -> None:
        self._bridge.spawn(self._take_over(file))

    def hand_on(self, file: Path, *, with_keys: bool) -> None:
        self._bridge.spawn(self._hand_on(file, with_keys=with_keys))

    async def _change(self, key: str, text: str) -> None:
        try:
            change = await self._bridge.call(self._desk.change, key, text)
        except TrineoError as error:
            what, remedy = what_and_remedy(error)
            self.refused.emit(key, f"{what} {remedy}".strip())
            return
        self.done.emit(key, text)
        setting = declared()[key]
        if not setting.about.is_secret:
            told = words.choice(setting, text) if setting.choices else self._desk.entry(key).text
            self._offer(f"{words.title(setting)}: {told or words.choice(setting, '')}", change)
            return
        self._offer(self._about_key(words.title(setting), change, there=bool(text.strip())), change)
        if change.place is Place.FILE:
            self._tell_key_file()

    def _about_key(self, title: str, change: Change, *, there: bool) -> str:
        if there:
            return self.tr("{setting}: saved").format(setting=title)
        if change.left_behind:
            return self.tr("{setting}: no longer used, but still in the keyring").format(setting=title)
        return self.tr("{setting}: removed").format(setting=title)

    def _tell_key_file(self) -> None:
        if sys.platform == "win32":  # there a file has no owner's mode of its own
            what = self.tr("This computer has no keyring that can be used: the key is in a file in your user's folder.")
            note = self.tr("It is keys.json in the data folder, and as safe as your user's own files.")
        else:
            what = self.tr(
                "This computer has no keyring that can be used: the key is in a file that only you can read."
            )
            note = self.tr("It is keys.json in the data folder.")
        self._banner.say(Tone.INFO, what, note)

    async def _reset(self, key: str) -> None:
        change = await self._bridge.call(self._desk.reset, [key] if key else [])
        if key:
            self._offer(self.tr("{setting}: as it comes").format(setting=words.title(declared()[key])), change)
        elif change.keys:
            self._offer(self.tr("%Ln setting(s) reset", "", len(change.keys)), change)
        else:
            self._banner.say(Tone.INFO, self.tr("There is nothing to reset: everything is as it comes."))

    async def _take_over(self, file: Path) -> None:
        found = await self._bridge.call(self._desk.take_over, file)
        self._offer(self.tr("%Ln setting(s) taken over", "", len(found.change.keys)), found.change)
        if notes := self._about(found):
            self._banner.say(Tone.WARNING, self.tr("Not everything in {file} counts.").format(file=file.name), notes)
        elif found.change.place is Place.FILE:
            self._tell_key_file()

    def _about(self, found: Imported) -> str:
        notes = [f"{name}: {sentence(why)}" for name, why in found.refused.items()]
        for name, meant in found.unknown.items():
            unknown = self.tr("{name} is no setting.").format(name=name)
            asked = self.tr("Did you mean {name}?").format(name=meant) if meant else ""
            notes.append(f"{unknown} {asked}".strip())
        if found.locked:
            told = self.tr("What is set outside of Trineo counts before: {names}.")
            notes.append(told.format(names=", ".join(found.locked)))
        if found.spoilt_lines:
            told = self.tr("Lines that mean nothing: {numbers}.")
            notes.append(told.format(numbers=", ".join(map(str, found.spoilt_lines))))
        return "\n".join(notes)

    async def _hand_on(self, file: Path, *, with_keys: bool) -> None:
        wrote = await self._bridge.call(self._desk.hand_on, file, with_keys=with_keys)
        told = self.tr("%Ln setting(s) written to {file}.", "", wrote.settings).format(file=file.name)
        note = ""
        if with_keys:
            note = self.tr("The file holds your keys: give it to nobody, and delete it when it is not needed.")
        elif wrote.keys_left_out:
            note = self.tr("Keys are not in it.")
        self._banner.say(Tone.WARNING if with_keys else Tone.INFO, told, note)

    def _offer(self, told: str, change: Change) -> None:
        take_back: Callable[[], None] = lambda: self._bridge.spawn(  # noqa: E731 - it is given on
            self._bridge.call(self._desk.take_back, change)
        )
        self._undo.offer(told, take_back)
