"""What people are told of a setting: part of its declaration, for the Settings page and docs/settings.md."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, StrEnum

from core.text import Text


class Group(Enum):
    """Where a setting stands on the page; the order is the page's."""

    FILMS = Text("Films")
    WORK = Text("Work")
    SPEECH = Text("Voice and face")
    MONEY = Text("Money")
    MACHINES = Text("Several computers")
    ELEVENLABS = Text("ElevenLabs")
    HEYGEN = Text("HeyGen")
    HIGGSFIELD = Text("Higgsfield")
    SYNCLABS = Text("Sync Labs")
    WAV2LIP = Text("Wav2Lip")
    UPKEEP = Text("Keeping and cleaning up")
    LOGS = Text("Log and figures")


class Reach(StrEnum):
    """When a change counts. What a film was begun with, it keeps in every case."""

    NOW = "now"
    NEXT_FILM = "next film"
    RESTART = "restart"


class Kind(StrEnum):
    """How it is entered. A `KEY` is never shown, and is kept apart from the others."""

    PLAIN = "plain"
    FOLDER = "folder"
    KEY = "key"
    ADDRESS = "address"  # a key, too: its login is; the machine it names may be shown


@dataclass(frozen=True, slots=True)
class About:
    """`words`: what the choices are called, where their names in the environment say little. `expert`: hardly anybody
    needs it. `example` is shown where what was written has the wrong form.
    """

    group: Group
    title: Text
    meaning: Text
    reach: Reach = Reach.NEXT_FILM
    kind: Kind = Kind.PLAIN
    expert: bool = False
    unit: Text | None = None
    example: str = ""
    words: Mapping[str, Text] = field(default_factory=dict)

    @property
    def is_secret(self) -> bool:
        return self.kind in (Kind.KEY, Kind.ADDRESS)
