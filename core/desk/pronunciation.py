"""How names are said: those in a batch, heard with the offline voice, respelled where it is wrong, and kept."""

from __future__ import annotations

import shutil
import tempfile
import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from core.errors import EnvironmentFault
from core.intake.model import Preflight
from core.jobs.model import Job, State
from core.jobs.store import JobStore
from core.progress import unwatched
from core.render.interfaces import Line, SpeechProvider
from core.template.doubts import Doubt, doubt
from core.template.lexicon import Lexicon, Spellings
from core.template.respelling import same_name

_PAGE = 1000
_WAITING = frozenset({State.READY, State.DELAYED, State.PARKED, State.HELD})


@dataclass(frozen=True, slots=True)
class SpokenName:
    """A name in one language. `spelling` is what was written down for it; `said` what a voice is given.

    `doubt` and the `letters` that raise it are about the name as it is written. `jobs`: the ids of its films.
    """

    name: str
    language: str
    said: str
    spelling: str = ""
    doubt: Doubt = Doubt.NONE
    letters: str = ""
    jobs: tuple[str, ...] = ()

    @property
    def is_respelled(self) -> bool:
        return self.said != self.name

    def as_dict(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "language": self.language,
            "said": self.said,
            "spelling": self.spelling,
            "doubt": self.doubt.name.lower(),
            "letters": self.letters,
            "films": len(self.jobs),
        }


class Pronunciation:
    """Any method that looks at what was written down may raise `UsageError`: see `Lexicon`."""

    def __init__(self, store: JobStore, lexicon: Lexicon, voice: SpeechProvider | None, work: Path) -> None:
        self._store = store
        self._lexicon = lexicon
        self._voice = voice
        self._work = work
        self._sounds: Path | None = None
        self._hearing = threading.Lock()

    # Which names there are

    def names(self, jobs: Iterable[Job]) -> list[SpokenName]:
        """Each once for each language: first those that a voice may stumble over, then those that are respelled."""
        found: dict[tuple[str, str], tuple[str, list[str]]] = {}
        for job in jobs:
            name = " ".join(job.name.split())
            found.setdefault((same_name(name), job.language), (name, []))[1].append(job.id)
        listed = [self._spoken(name, language, ids) for (_, language), (name, ids) in found.items()]
        return sorted(listed, key=_urgency)

    def again(self, names: Iterable[SpokenName]) -> list[SpokenName]:
        """The same names in the same order, as they are said now."""
        return [self._spoken(one.name, one.language, one.jobs) for one in names]

    def of_batch(self, batch_id: str) -> list[SpokenName]:
        """Raises `StoreAway` too."""
        return self.names(self._jobs_of(batch_id))

    def written_down(self) -> Spellings:
        return self._lexicon.all()

    def _spoken(self, name: str, language: str, ids: Sequence[str]) -> SpokenName:
        doubted, letters = doubt(name, language)
        said = self._lexicon.of(language).said(name)
        return SpokenName(name, language, said, self._lexicon.spelling(name, language), doubted, letters, tuple(ids))

    def _jobs_of(self, batch_id: str) -> Iterator[Job]:
        ids = self._store.ids(batch=batch_id)
        for start in range(0, len(ids), _PAGE):
            yield from (record.job for record in self._store.records(ids[start : start + _PAGE]))

    # Hearing and respelling

    def hear(self, text: str, language: str) -> Path:
        """`text` said by the offline voice, free of charge: a WAV file, in place of the one before.

        Raises a `RenderError`: there is no such voice, or not in that language.
        """
        availability = self._voice.availability() if self._voice is not None else None
        if self._voice is None or availability is None or not availability.usable:
            raise EnvironmentFault(
                "no_offline_voice",
                "Names can't be heard here: {reason}.",
                "The offline voice is switched on in Settings, under Voice and face.",
                waits_for="voice",
                reason=availability.reason if availability else "there is no offline voice",
            )
        with self._hearing:
            self._remove_sounds()
            self._sounds = Path(tempfile.mkdtemp(prefix="trineo-heard-", dir=self._work))
            sound = self._sounds / "name.wav"
            self._voice.speak(Line(text, language), sound, unwatched)
            return sound

    def forget_sounds(self) -> None:
        """Removes what was heard; on Windows a player has to let go of it before."""
        with self._hearing:
            self._remove_sounds()

    def _remove_sounds(self) -> None:
        if self._sounds is not None:
            shutil.rmtree(self._sounds, ignore_errors=True)
            self._sounds = None

    def say(self, name: SpokenName, spelling: str) -> SpokenName:
        """Writes down how it is said (empty, or the name itself: as it is written), also in its films that wait.

        Answers the name as it is said now. May raise `StoreAway` and `QueueLocked`: then it is written down all the
        same, and films that are queued from now on have it.
        """
        if spelling.strip() in ("", name.name):
            self._lexicon.forget(name.name, name.language)
        else:
            self._lexicon.say(name.name, spelling, name.language)
        now = self._spoken(name.name, name.language, name.jobs)
        self.respell(name.jobs)
        return now

    def write_down(self, name: str, spelling: str, language: str) -> None:
        """For films that are queued from now on."""
        self._lexicon.say(name, spelling, language)

    def forget(self, name: str, language: str = "") -> int:
        """Takes a name out of what was written down. Films that are queued keep how it is said in them."""
        return self._lexicon.forget(name, language)

    # What a job takes along

    def applied(self, job: Job) -> Job:
        """The job with those respellings that concern its words, as they are now: it is frozen with them."""
        names = self._lexicon.of(job.language)
        found: dict[str, str] = {}
        if names:
            for text in (*job.fields.values(), job.script):
                found |= names.found_in(text)
        return job if found == dict(job.respelled) else replace(job, respelled=found)

    def marked(self, checked: Preflight) -> Preflight:
        """What was accepted, each job with what concerns it: so what it will cost is known."""
        if not self._lexicon.all():
            return checked
        accepted = tuple(replace(row, job=self.applied(row.job)) for row in checked.accepted)
        return replace(checked, accepted=accepted)

    def respell(self, ids: Sequence[str]) -> int:
        """Lets films that wait say names as they are written down now; answers how many changed."""
        changed = 0
        for start in range(0, len(ids), _PAGE):
            records = self._store.records(ids[start : start + _PAGE])
            before = [record.job for record in records if record.state in _WAITING]
            now = [self.applied(job) for job in before]
            changed += self._store.respell([job for old, job in zip(before, now, strict=True) if job is not old])
        return changed


def _urgency(name: SpokenName) -> tuple[int, str]:
    """What is respelled is settled, but one looks at it again before all that nobody doubts."""
    return 0 if name.is_respelled else (-name.doubt if name.doubt else 1), same_name(name.name)
