"""Teaches Trineo to hear mouths: makes resources/hearing.json from speech whose phonemes are known.

    python -m benchmarks.hearing           about two minutes; deterministic

eSpeak NG speaks sentences (none of those that benchmarks/mouths.py measures on) in many voices, heights and speeds; a
linear classifier learns which mouth goes with which 10 ms of sound. What it hears are levels in bands of the spectrum.
"""

from __future__ import annotations

import itertools
import json
import tempfile
import wave
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt

from core.media import pcm
from core.media.hearing import STEP_S, features
from core.media.mouths import SHAPES
from core.media.phonemes import phoneme_cues
from core.paths import resources
from providers.espeak_process import Espeak

TEXTS = {
    "es-419": (
        "El perro de San Roque no tiene rabo porque Ramón Ramírez se lo ha cortado.",
        "Una mañana de verano, bajo la lluvia, vimos pasar un barco blanco por el puerto.",
        "¿Puedes mirar la foto? Es la familia de mi papá; vive en un pueblo muy chiquito.",
        "Guillermo compró uvas, peras, manzanas y un helado de limón, y después fue al fútbol.",
        "La abuela Eva hizo empanadas; yo ayudé a poner la mesa, y nadie rompió nada.",
        "Ojalá haya nieve en julio: quiero jugar afuera hasta que se haga de noche.",
    ),
    "en-us": (
        "The quick brown fox jumps over the lazy dog, while five wizards make toxic brew.",
        "My mother bought apples, plums and a very big pumpkin for the party on Friday.",
        "We would love to go to the zoo and look at the wolves, the owls and the bears.",
        "Please put your boots by the door, Phoebe; the floor is wet and the moon is out.",
        "Few people know how far the old road goes; I walked for hours and found a farm.",
        "He laughed, she clapped, and all of us shouted: what a wonderful show!",
    ),
}
VARIANTS = ("", "+m1", "+m3", "+m5", "+f2", "+f4", "+croak")
MANNERS = ((140, 30, 60), (165, 50, 50), (185, 70, 40))
SLOWER = (1.0, 0.86)

Rows = npt.NDArray[np.float64]


def spoken(folder: Path) -> Iterator[tuple[Rows, npt.NDArray[np.int64]]]:
    """Features of each 10 ms, and the number of the mouth that goes with it."""
    espeak = Espeak()
    for (language, texts), variant in itertools.product(TEXTS.items(), VARIANTS):
        for number, text in enumerate(texts):
            rate, pitch, span = MANNERS[number % len(MANNERS)]
            slower = SLOWER[(number + len(variant)) % len(SLOWER)]
            samples = espeak.speak(text, language + variant, rate, pitch, span)
            file = folder / "line.wav"
            with wave.open(str(file), "wb") as wav:
                wav.setparams((1, 2, round(espeak.rate_hz * slower), 0, "NONE", ""))
                wav.writeframes(samples)
            rows = features(pcm.read(file).mean(axis=0))
            cues = phoneme_cues([(what, a / slower, b / slower) for what, a, b in espeak.phonemes()])
            mouths = np.full(len(rows), SHAPES.index("X"))
            for cue in cues:
                mouths[round(cue.start_s / STEP_S) : round(cue.end_s / STEP_S)] = SHAPES.index(cue.shape)
            yield rows, mouths


def learned(rows: Rows, mouths: npt.NDArray[np.int64]) -> tuple[Rows, Rows, Rows]:
    """Mean, deviation, and weights (one more row than features) of a softmax classifier, by gradient descent."""
    mean, spread = rows.mean(axis=0), rows.std(axis=0) + 1e-6
    inputs = np.hstack([(rows - mean) / spread, np.ones((len(rows), 1))])
    wanted = np.eye(len(SHAPES))[mouths]
    often = wanted.mean(axis=0)
    wanted_weight = (1 / np.sqrt(often))[mouths][:, None]
    wanted_weight /= wanted_weight.mean()
    weights = np.zeros((inputs.shape[1], len(SHAPES)))
    speed = np.zeros_like(weights)
    for _ in range(600):
        guess = np.exp(inputs @ weights - (inputs @ weights).max(axis=1, keepdims=True))
        guess /= guess.sum(axis=1, keepdims=True)
        slope = inputs.T @ ((guess - wanted) * wanted_weight) / len(inputs) + 1e-4 * weights
        speed = 0.9 * speed - 0.3 * slope
        weights += speed
    return mean, spread, weights


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        lines = list(spoken(Path(folder)))
    rows, mouths = np.vstack([one for one, _ in lines]), np.concatenate([one for _, one in lines])
    mean, spread, weights = learned(rows, mouths)
    data = {"mean": mean, "spread": spread, "weights": weights}
    text = json.dumps({name: np.round(values, 3).tolist() for name, values in data.items()}, separators=(",", ":"))
    (resources() / "hearing.json").write_text(text.replace("],[", "],\n[") + "\n", encoding="utf-8")
    guess = (np.hstack([(rows - mean) / spread, np.ones((len(rows), 1))]) @ weights).argmax(axis=1)
    print(f"{len(rows)} pieces of 10 ms; {100 * (guess == mouths).mean():.1f} % of what was learned from is right")


if __name__ == "__main__":
    main()
