"""Santa's mouth without a service: the template's own mouths, moved by what is known of the words."""

from __future__ import annotations

from core.errors import JobFault
from core.jobs.model import Strategy
from core.media.rhubarb import read_cues
from core.progress import Progress
from core.render.cues import is_timed, spoken_cues
from core.render.interfaces import Availability, Cues, MouthTask


class MouthBank:
    """Needs no key, no network and no GPU; the picture is chosen, not encoded."""

    name = "mouth_bank"
    strategy = Strategy.LIPSYNC

    def __init__(self, *, disabled: bool = False) -> None:
        self._disabled = disabled

    def availability(self) -> Availability:
        if self._disabled:
            return Availability(False, "switched off (DISABLE_MOUTH_BANK)")
        return Availability(True)

    def cues(self, task: MouthTask, notes: list[str], progress: Progress) -> Cues:
        found = {}
        for done, (section, words) in enumerate(task.words.items()):
            progress(done / len(task.words))
            by_hand = None
            if section == task.message and task.cue_file is not None and not is_timed(words):
                try:
                    by_hand = read_cues(task.cue_file)
                except JobFault as error:
                    notes.append(f"{self.name}: {error.code}")
            found[section] = by_hand or spoken_cues(words, task.language)
        progress(1.0)
        return found
