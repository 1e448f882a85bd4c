"""What a studio is connected to: does each service work, what is left there, how does it sound. Asking costs nothing.

Only `hear` of a paid voice does, and `price` tells beforehand how much. Whatever goes wrong becomes a finding in plain
words, within `PATIENCE_S`; none holds a key.
"""

from __future__ import annotations

import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any, Protocol

from pydantic import SecretStr

from core.desk.findings import Finding, Mark
from core.desk.shared_queue import look_at_queue
from core.errors import Cancelled, TransientError, TrineoError
from core.jobs.store import JobStore
from core.progress import Progress
from core.render.interfaces import Cost, Line
from core.settings.declaration import Settings
from core.text import Text

PATIENCE_S = 25.0
HEARD_PATIENCE_S = 60.0
VOICE_SETTING = "PAPA_NOEL_VOICE_ID_ELEVENLABS"

_HEARD = "trineo-heard-"
_LINES: Mapping[str, str] = {
    "es": "¡Jo, jo, jo! ¡Feliz Navidad!",
    "en": "Ho, ho, ho! Merry Christmas!",
}


class Standing(StrEnum):
    """How a service stands by the settings alone; whether it works, only a test can say."""

    CONNECTED = "connected"
    INCOMPLETE = "incomplete"  # it has its key, and something else is lacking
    ABSENT = "absent"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class Connection:
    """`lacking`: the settings that have to be filled in, by their names in the environment. `off_setting` switches it
    off. `paid`: what it makes costs money. `edition` is another after each change of its settings.
    """

    name: str
    standing: Standing
    settings: tuple[str, ...]
    lacking: tuple[str, ...]
    off_setting: str
    paid: bool
    edition: int = field(repr=False, default=0)


@dataclass(frozen=True, slots=True)
class VoiceChoice:
    """A voice of the account. `kind` is the service's word for it (`cloned`, `premade`), `sample` where it is heard."""

    id: str
    name: str
    kind: str
    sample: str = field(repr=False, default="")


class Examiner(Protocol):
    """Knows the services; each call may raise a `TrineoError`, and what `progress` raises."""

    def examine(self, name: str, settings: Settings, progress: Progress) -> Iterator[Finding]:
        """Asks the service for what costs nothing."""

    def voices(self, settings: Settings, progress: Progress) -> Sequence[VoiceChoice]: ...

    def price(self, name: str, settings: Settings, line: Line) -> Cost: ...

    def speak(self, name: str, settings: Settings, line: Line, destination: Path, progress: Progress) -> None:
        """Writes the spoken line to `destination` (WAV). A paid voice charges it, through the ledger."""

    def sample(self, voice: VoiceChoice, settings: Settings, destination: Path, progress: Progress) -> None:
        """Writes the service's own sample of the voice (WAV), which is free."""


@dataclass(frozen=True, slots=True)
class _Known:
    name: str
    keys: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    paid: bool = True

    @property
    def off(self) -> str:
        return f"disable_{self.name}"

    def standing(self, settings: Settings) -> Connection:
        lacking = tuple(name for name in self.keys if not _filled(getattr(settings, name)))
        open_yet = tuple(name for name in self.also if not _filled(getattr(settings, name)))
        standing = Standing.INCOMPLETE if open_yet else Standing.CONNECTED
        if lacking:
            standing = Standing.ABSENT
        if getattr(settings, self.off):
            standing = Standing.OFF
        return Connection(
            self.name,
            standing,
            _upper(self.keys + self.also),
            _upper(lacking or open_yet),
            self.off.upper(),
            self.paid,
            hash(tuple(_told(getattr(settings, name)) for name in (*self.keys, *self.also, self.off))),
        )


_KNOWN = (
    _Known("elevenlabs", ("elevenlabs_api_key",), ("papa_noel_voice_id_elevenlabs",)),
    _Known("heygen", ("heygen_api_key",)),
    _Known("higgsfield", ("higgsfield_api_key_id", "higgsfield_api_key_secret")),
    _Known("synclabs", ("synclabs_api_key",)),
    _Known("wav2lip", ("wav2lip_repo_path",), paid=False),
    _Known("espeak", paid=False),
    _Known("mouth_bank", paid=False),
)


class Connections:
    """Every call but `all` may take a while: a face with an event loop makes it in a thread.

    `settings` answers them as they are now: a key that was just typed is the one that is tested.
    """

    def __init__(
        self, settings: Callable[[], Settings], examiner: Examiner | None, store: JobStore, queue: Path, sounds: Path
    ) -> None:
        """`queue` is where a local queue lies; `sounds` the folder for what is heard, which is thrown away."""
        self._settings = settings
        self._examiner = examiner
        self._store = store
        self._queue = queue
        self._sounds = sounds
        self._stopped = threading.Event()

    def all(self) -> list[Connection]:
        """By the settings, asking nobody."""
        settings = self._settings()
        return [known.standing(settings) for known in _KNOWN]

    def test(self, name: str) -> list[Finding]:
        """Asks one service whether it works. Never raises a `TrineoError`: what is wrong is among the findings."""
        connection = next(known for known in _KNOWN if known.name == name).standing(self._settings())
        if connection.standing is Standing.ABSENT:
            return [_not_connected(connection)]
        if self._examiner is None:
            return []
        found: list[Finding] = []
        try:
            for finding in self._examiner.examine(name, self._settings(), self._patience(PATIENCE_S)):
                found.append(finding)
        except Cancelled:
            raise
        except TrineoError as error:
            found.append(Finding(Mark.WRONG, error.what, _REMEDIES.get(error.code, error.remedy)))
        if connection.standing is Standing.OFF:
            found.append(_switched_off(connection))
        return found

    def test_redis(self) -> list[Finding]:
        """The shared queue, or this computer's own: answers within about ten seconds."""
        try:
            return look_at_queue(self._settings().redis_url.get_secret_value(), self._store, self._queue)
        except TrineoError as error:
            return [Finding(Mark.WRONG, error.what, error.remedy)]

    def shares_queue(self) -> bool:
        """Whether a Redis is named in the settings."""
        return _filled(self._settings().redis_url)

    def voices(self) -> list[VoiceChoice]:
        """The account's, one's own before those that come with the service. Raises a `TrineoError`."""
        if self._examiner is None:
            return []
        found = self._examiner.voices(self._settings(), self._patience(PATIENCE_S))
        return sorted(found, key=lambda voice: (voice.kind == "premade", voice.name.casefold()))

    def chosen_voice(self) -> str:
        return self._settings().papa_noel_voice_id_elevenlabs

    def line(self, language: str) -> str:
        """What is said when a voice is heard."""
        return _LINES.get(language, _LINES["en"])

    def price(self, name: str, language: str) -> Cost:
        """What `hear` will cost at most."""
        if self._examiner is None:
            return Cost()
        return self._examiner.price(name, self._settings(), Line(self.line(language), language))

    def hear(self, name: str, language: str, voice_id: str = "") -> Path:
        """A voice's sound saying `line` (WAV), in place of the one heard before. Raises a `TrineoError`."""
        settings = self._settings()
        if voice_id:
            settings = settings.model_copy(update={"papa_noel_voice_id_elevenlabs": voice_id})
        spoken = Line(self.line(language), language)
        return self._heard(lambda examiner, file, progress: examiner.speak(name, settings, spoken, file, progress))

    def hear_sample(self, voice: VoiceChoice) -> Path:
        """The service's own sample of a voice (WAV): free. Raises a `TrineoError`."""
        settings = self._settings()
        return self._heard(lambda examiner, file, progress: examiner.sample(voice, settings, file, progress))

    def give_up(self) -> None:
        """Ends whatever is being asked, in other threads, with `Cancelled`."""
        self._stopped.set()
        self._stopped = threading.Event()

    def forget_sounds(self) -> None:
        """Removes what was heard; a player may still hold one, which then goes with the next."""
        for folder in self._sounds.glob(f"{_HEARD}*"):
            shutil.rmtree(folder, ignore_errors=True)

    def _heard(self, make: Callable[[Examiner, Path, Progress], None]) -> Path:
        if self._examiner is None:
            raise TransientError("no_voices", "There are no voices here.")
        self.forget_sounds()
        self._sounds.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = Path(tempfile.mkdtemp(prefix=_HEARD, dir=self._sounds)) / "voice.wav"
        make(self._examiner, file, self._patience(HEARD_PATIENCE_S))
        return file

    def _patience(self, seconds: float) -> Progress:
        deadline, stopped = time.monotonic() + seconds, self._stopped

        def look_at_the_clock(fraction: float) -> None:
            del fraction
            if stopped.is_set():
                raise Cancelled("test_given_up", "The test was given up.")
            if time.monotonic() > deadline:
                raise TransientError(
                    "test_took_too_long",
                    "There was no answer within {seconds} s.",
                    "Look at this computer's connection, then test again.",
                    seconds=round(seconds),
                )

        return look_at_the_clock


# Where a film would wait and go on by itself, whoever tests has to do something.
_REMEDIES: Mapping[str, Text] = {
    "provider_away": Text("Look at this computer's connection, then test again."),
    "provider_busy": Text("Test again in a minute."),
    "provider_down": Text("Nothing is wrong here. Test again in a few minutes."),
    "provider_answer_unusable": Text("Test again later. If it stays so, look at its address in Settings."),
    "voice_helper_died": Text("Test again. If it stays so, install Trineo again."),
}


def _not_connected(connection: Connection) -> Finding:
    values = {"settings": ", ".join(connection.lacking)}
    return Finding(Mark.NOTE, Text("It is not connected."), Text("Fill in {settings} in Settings to use it.", values))


def _switched_off(connection: Connection) -> Finding:
    values = {"setting": connection.off_setting}
    return Finding(
        Mark.NOTE,
        Text("Films do not use it: it is switched off."),
        Text("Switch {setting} off in Settings to use it.", values),
    )


def _filled(value: Any) -> bool:
    return bool(_told(value).strip())


def _told(value: Any) -> str:
    return str((value.get_secret_value() if isinstance(value, SecretStr) else value) or "")


def _upper(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(name.upper() for name in names)
