"""How well Santa's mouth fits the words: against speech whose phonemes are known to the millisecond.

    python -m benchmarks.mouths            about ten seconds

eSpeak NG's own events are the truth. Ten sentences each in Spanish and English are laid on the film's grid at four
places, as in films whose words begin elsewhere. A mouth counts as right when a sound with that mouth begins within
80 ms of it, or has begun and goes on after a closed mouth was seen in between. The sound alone is not asked which
vowel it is, but whether the mouth is closed, open or rounded, or its teeth are together.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from core.logs.setup import configure_logs
from core.media.mouths import CLOSED, MOUTH_FRAMES, MouthCue, Shape
from core.progress import unwatched
from core.render.audio_cache import AudioCache
from core.render.cues import spoken_cues
from core.render.interfaces import NOBODY
from core.render.snapping import Cell, snapped
from core.render.speech import SpeechStage
from core.render.spoken import Spoken
from core.template.script import Sentence, SpokenSection
from providers.espeak import EspeakVoice

FPS = 25
NEAR_S = 0.08
SILENCE_S = 0.2
PHASES_S = (0.0, 0.03, 0.06, 0.09)

SENTENCES = {
    "es": (
        "¡Jo, jo, jo! ¡Hola, Sofía!",
        "Soy yo, Papá Noel, y te hablo desde mi casa, en el Polo Norte, al lado del fuego.",
        "Tu abuelo me escribió una carta muy linda para contarme de vos.",
        "Me contaron que este año aprendiste a andar en bicicleta sin rueditas.",
        "¡Qué orgulloso estoy de vos, Benjamín!",
        "Y todavía me acuerdo de la tarde en que plantaste un árbol con tu mamá.",
        "Los duendes están trabajando sin parar.",
        "El trineo está listo, y los renos ya conocen el camino hasta Bahía Blanca.",
        "Acordate de dejarme un vasito de agua fresca, y de irte a dormir temprano.",
        "Te mando un abrazo enorme. ¡Feliz Navidad!",
    ),
    "en": (
        "Ho, ho, ho! Hello, Bobby!",
        "It's me, Santa Claus, and I'm talking to you from my home at the North Pole, right by the fire.",
        "Your grandma wrote me a lovely letter to tell me all about you.",
        "I heard that this year you helped with your baby brother.",
        "I am so proud of you, Emma!",
        "And I still remember the day when you built a big boat from boxes.",
        "My elves are working day and night.",
        "The sleigh is ready, and the reindeer already know the way to Maple Street.",
        "Remember to leave me a glass of cold milk, and to go to bed early.",
        "I'm sending you a great big hug. Merry Christmas!",
    ),
}

_GROUPS: dict[Shape, str] = {
    "A": "closed", "X": "closed", "B": "teeth", "G": "teeth", "H": "teeth", "C": "open", "D": "open", "E": "round",
    "F": "round",
}  # fmt: skip


@dataclass(slots=True)
class Score:
    """Counted cues, closures and silences, and how many of each are right."""

    cues: int = 0
    near: int = 0
    closures: int = 0
    closed: int = 0
    silences: int = 0
    quiet: int = 0

    def add(self, other: Score) -> None:
        for name in self.__slots__:
            setattr(self, name, getattr(self, name) + getattr(other, name))

    def as_dict(self) -> dict[str, object]:
        def share(right: int, of: int) -> float:
            return round(100 * right / of, 1) if of else 100.0

        return {
            "cues": self.cues,
            "within_80_ms": share(self.near, self.cues),
            "mbp": self.closures,
            "mbp_closed": share(self.closed, self.closures),
            "silences": self.silences,
            "silences_closed": share(self.quiet, self.silences),
        }


def measure(folder: Path, source: Callable[[Spoken], Spoken], named: Callable[[Shape], str]) -> Score:
    """`source` leaves of a spoken line what the cues are made from; `named` is how finely mouths are told apart."""
    total = Score()
    with closing(EspeakVoice()) as voice:
        stage = SpeechStage([voice], AudioCache(folder))
        for language, sentences in SENTENCES.items():
            for text in sentences:
                section = SpokenSection("message", (Sentence(text, shared=False),))
                spoken = stage.speak(section, language, NOBODY, unwatched)
                truth = spoken_cues(spoken, language)
                cues = spoken_cues(source(spoken), language)
                for phase_s in PHASES_S:
                    total.add(score(truth, cues, phase_s, named))
    return total


def score(truth: Sequence[MouthCue], cues: Sequence[MouthCue], phase_s: float, named: Callable[[Shape], str]) -> Score:
    cells = _cells(truth[-1].end_s + 0.5, phase_s)
    shown = snapped(cues, cells)
    score = Score()
    silences = list(_silences(truth))
    for place, (cell, shape) in enumerate(zip(cells, shown, strict=True)):
        if place and named(shape) != named(shown[place - 1]):
            score.cues += 1
            score.near += _is_near(cell[0], named(shape), shown[place - 1], truth, silences, named)
    for cue in truth:
        if cue.shape == "A":
            score.closures += 1
            score.closed += any(
                shape in CLOSED and cell[0] < cue.end_s and cell[1] > cue.start_s - NEAR_S
                for cell, shape in zip(cells, shown, strict=True)
            )
    for begins, ends in silences:
        score.silences += 1
        score.quiet += all(
            shape in CLOSED
            for cell, shape in zip(cells, shown, strict=True)
            if min(cell[1], ends - NEAR_S) - max(cell[0], begins + NEAR_S) > 1e-6
        )
    return score


def _is_near(
    at_s: float, name: str, before: Shape, truth: Sequence[MouthCue], silences: Sequence[tuple[float, float]],
    named: Callable[[Shape], str],
) -> bool:  # fmt: skip
    for cue in truth:
        if named(cue.shape) == name and abs(cue.start_s - at_s) <= NEAR_S:
            return True
        if named(cue.shape) == name and before in ("A", "G") and cue.start_s < at_s < cue.end_s:
            return True  # it goes on after lips that had to be seen
    return name == named("X") and any(begins - NEAR_S <= at_s <= ends for begins, ends in silences)


def _cells(until_s: float, phase_s: float) -> list[Cell]:
    step = MOUTH_FRAMES / FPS
    count = int((until_s + 2 * step) / step)
    return [(place * step - phase_s, (place + 1) * step - phase_s) for place in range(count)]


def _silences(truth: Sequence[MouthCue]) -> Iterator[tuple[float, float]]:
    """Stretches of more than 200 ms in which nothing is said, and what comes after the last word."""
    begins: float | None = None
    for cue in [*truth, MouthCue(truth[-1].end_s + 0.5, truth[-1].end_s + 0.5, "B")]:
        if cue.shape == "X":
            begins = cue.start_s if begins is None else begins
            continue
        start = truth[-1].end_s if begins is None and cue.start_s > truth[-1].end_s else begins
        if start is not None and cue.start_s - start > SILENCE_S:
            yield start, cue.start_s
        begins = None


def as_it_is(spoken: Spoken) -> Spoken:
    return spoken


def sound_alone(spoken: Spoken) -> Spoken:
    return Spoken(tuple(replace(line, phonemes=()) for line in spoken.lines))


def main() -> None:
    argparse.ArgumentParser(description=__doc__).parse_args()
    configure_logs("WARNING", as_json=False, to_stderr=False)
    with tempfile.TemporaryDirectory() as folder:
        timed = measure(Path(folder), as_it_is, str)
        heard = measure(Path(folder), sound_alone, lambda shape: _GROUPS[shape])
        exact = measure(Path(folder), sound_alone, str)
    found = {"voice's own times": timed, "sound alone": heard, "sound alone, every shape": exact}
    print(json.dumps({name: score.as_dict() for name, score in found.items()}, indent=2))


if __name__ == "__main__":
    main()
