"""Teaches Trineo to hear mouths: makes resources/hearing.json from speech whose phonemes are known.

    python -m benchmarks.hearing           two to four minutes; comes out nearly the same each time
    python -m benchmarks.hearing --held    learns without two voices and a fifth of the sentences, and is asked those

eSpeak NG speaks sentences in many voices, heights and speeds, through rooms and tone controls. None of the sentences
that benchmarks/mouths.py measures on is among them, nor the voice it measures with. A small network learns which mouth
goes with which 10 ms of sound, and it is counted how often each mouth follows each.
"""

from __future__ import annotations

import argparse
import itertools
import json
import tempfile
import wave
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from benchmarks.mouths import PHASES_S, Score, score
from benchmarks.sentences import TEXTS
from core.media import pcm
from core.media.hearing import STEP_S, Rows, Taught, features, levels, mouths_in, spoken_parts
from core.media.mouths import SHAPES, MouthCue
from core.media.phonemes import phoneme_cues
from core.paths import resources
from providers.espeak_process import Espeak

LANGUAGES = {"es": ("es-419", "es"), "en": ("en-us", "en-gb-x-rp")}
VARIANTS = ("+m1", "+m2", "+m3", "+m5", "+m7", "+f2", "+f4", "+croak", "+klatt2", "+Andy", "+pablo", "+grandpa")
HELD_VOICES = ("+m3", "+f4")
HELD_EVERY = 5  # sentences
MANNERS = ((140, 30, 60), (165, 50, 50), (185, 70, 40), (155, 40, 70))
SLOWER = (1.0, 0.86, 0.93, 0.8, 1.08)
HIDDEN = 96
EPOCHS, BATCH = 24, 512
RARELY, CHANGES = 0.5, 1.0

Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Line:
    variant: str
    sentence: int
    bands: Rows
    mouths: Numbers


def spoken(folder: Path) -> Iterator[Line]:
    """Each sentence by each voice, with the number of the mouth that goes with each 10 ms."""
    espeak, rng = Espeak(), np.random.default_rng(5)
    for (language, texts), (count, variant) in itertools.product(TEXTS.items(), enumerate(VARIANTS)):
        for number, text in enumerate(texts):
            voice = LANGUAGES[language][(number + count) % 2] + variant
            manner = MANNERS[(number + count) % len(MANNERS)]
            slower = SLOWER[(number + 2 * count) % len(SLOWER)]
            samples = espeak.speak(text, voice, *manner)
            file = folder / "line.wav"
            with wave.open(str(file), "wb") as wav:
                wav.setparams((1, 2, round(espeak.rate_hz * slower), 0, "NONE", ""))
                wav.writeframes(samples)
            bands = levels(_elsewhere(pcm.read(file).mean(axis=0), rng))
            cues = phoneme_cues([(what, a / slower, b / slower) for what, a, b in espeak.phonemes()])
            mouths = np.full(len(bands), SHAPES.index("X"))
            for cue in cues:
                mouths[round(cue.start_s / STEP_S) : round(cue.end_s / STEP_S)] = SHAPES.index(cue.shape)
            yield Line(variant, number, bands, mouths)


def _elsewhere(mono: npt.NDArray[np.float32], rng: np.random.Generator) -> npt.NDArray[np.float32]:
    """The same line by another microphone, in another room: a tilted, wavy spectrum, an echo, some noise."""
    spectrum = np.fft.rfft(mono)
    octaves = np.log2(np.maximum(np.fft.rfftfreq(mono.size, 1 / pcm.RATE), 60) / 60)
    tilt, waves = rng.normal(0, 1.2), rng.normal(0, 2)
    wave_db = tilt * (octaves - 3.5) + waves * np.sin(rng.uniform(0.6, 1.6) * octaves + rng.uniform(0, 6))
    heard = np.fft.irfft(spectrum * 10 ** (wave_db / 20), mono.size)
    late = round(rng.uniform(0.015, 0.05) * pcm.RATE)
    echo = np.concatenate([np.zeros(late), heard])[: heard.size]
    heard = heard + rng.uniform(0, 0.2) * echo
    noise = rng.normal(0, 1, heard.size) * np.abs(heard).max() * 10 ** (rng.uniform(-75, -45) / 20)
    return np.asarray(heard + noise, np.float32)


def learned(lines: Sequence[Line]) -> Taught:
    """A network of one hidden layer by Adam, and the counts."""
    said = np.concatenate([spoken_parts(line.bands) for line in lines])
    usual, spread = said.mean(axis=0), said.std(axis=0) + 1e-3
    mouths = np.concatenate([line.mouths for line in lines])
    often = np.log(np.bincount(mouths, minlength=len(SHAPES)) / len(mouths))
    follows = np.full((len(SHAPES), len(SHAPES)), 0.5)
    for line in lines:
        np.add.at(follows, (line.mouths[:-1], line.mouths[1:]), 1)
    follows = np.log(follows / follows.sum(axis=1, keepdims=True))
    rows = np.concatenate([features(line.bands, usual, spread) for line in lines])
    layers = _network(rows, mouths)
    return Taught(usual, spread, layers, often, follows, RARELY, CHANGES)


def _network(rows: Rows, mouths: Numbers) -> tuple[Rows, ...]:
    rng = np.random.default_rng(7)
    sizes = (rows.shape[1], HIDDEN, len(SHAPES))
    layers = [
        np.vstack([rng.normal(0, 1 / np.sqrt(a), (a, b)), np.zeros((1, b))]).astype(np.float32)
        for a, b in itertools.pairwise(sizes)
    ]
    moments = [(np.zeros_like(one), np.zeros_like(one)) for one in layers]
    steps = EPOCHS * (len(rows) // BATCH)
    step = 0
    for _ in range(EPOCHS):
        order = rng.permutation(len(rows))
        for first in range(0, len(rows) - BATCH + 1, BATCH):
            chosen = order[first : first + BATCH]
            step += 1
            rate = 2e-3 * 0.5 * (1 + np.cos(np.pi * step / steps))
            slopes = _slopes(layers, rows[chosen], mouths[chosen], rng)
            for number, slope in enumerate(slopes):
                mean, square = moments[number]
                mean = mean + 0.1 * (slope - mean)
                square = square + 0.001 * (slope * slope - square)
                moments[number] = mean, square
                layers[number] -= rate * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
    return tuple(layers)


def _slopes(layers: Sequence[Rows], rows: Rows, mouths: Numbers, rng: np.random.Generator) -> list[Rows]:
    """Of the cross-entropy, by each layer; a tenth of the hidden ones is left out at random."""
    first, last = layers
    hidden = np.tanh(rows @ first[:-1] + first[-1])
    kept = (rng.random(hidden.shape, np.float32) > 0.1) / np.float32(0.9)
    used = hidden * kept
    guess = used @ last[:-1] + last[-1]
    guess = np.exp(guess - guess.max(axis=1, keepdims=True))
    guess /= guess.sum(axis=1, keepdims=True)
    guess[np.arange(len(rows)), mouths] -= 1
    guess /= len(rows)
    back = (guess @ last[:-1].T) * kept * (1 - hidden * hidden)
    return [
        np.vstack([rows.T @ back + 1e-5 * first[:-1], back.sum(axis=0, keepdims=True)]),
        np.vstack([used.T @ guess + 1e-5 * last[:-1], guess.sum(axis=0, keepdims=True)]),
    ]


def asked(lines: Sequence[Line], known: Taught) -> Score:
    """As benchmarks/mouths.py counts, all nine shapes."""
    total = Score()
    for line in lines:
        truth = _cues([SHAPES[one] for one in line.mouths])
        heard = _cues(mouths_in(line.bands, known))
        for phase_s in PHASES_S:
            total.add(score(truth, heard, phase_s, str))
    return total


def _cues(shapes: Sequence[str]) -> list[MouthCue]:
    cues, place = [], 0
    for shape, run in itertools.groupby(shapes):
        end = place + len(list(run))
        cues.append(MouthCue(place * STEP_S, end * STEP_S, next(one for one in SHAPES if one == shape)))
        place = end
    return cues


def _plain(table: Rows) -> list[object]:
    return [*np.round(table.astype(np.float64), 3).tolist()]


def is_held(line: Line) -> bool:
    return line.variant in HELD_VOICES and line.sentence % HELD_EVERY == 0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--held", action="store_true")
    with tempfile.TemporaryDirectory() as folder:
        lines = list(spoken(Path(folder)))
    if parser.parse_args().held:
        known = learned([one for one in lines if one.variant not in HELD_VOICES and one.sentence % HELD_EVERY])
        held = [one for one in lines if is_held(one)]
        for rarely, changes in itertools.product((0.4, 0.5, 0.6), (0.8, 1.0, 1.2)):
            found = asked(held, replace(known, rarely=rarely, changes=changes))
            print(rarely, changes, json.dumps(found.as_dict()), flush=True)
        return
    known = learned(lines)
    tables = {name: getattr(known, name) for name in ("usual", "spread", "often", "follows")}
    data: dict[str, object] = {name: _plain(table) for name, table in tables.items()}
    data |= {"layers": [_plain(layer) for layer in known.layers], "rarely": RARELY, "changes": CHANGES}
    text = json.dumps(data, separators=(",", ":"))
    (resources() / "hearing.json").write_text(text.replace("],[", "],\n[") + "\n", encoding="utf-8")
    right = sum(int((np.array(mouths_in(one.bands, known)) == np.array(SHAPES)[one.mouths]).sum()) for one in lines)
    of = sum(len(one.mouths) for one in lines)
    print(f"{of} pieces of 10 ms; {100 * right / of:.1f} % of what was learned from is right")


if __name__ == "__main__":
    main()
