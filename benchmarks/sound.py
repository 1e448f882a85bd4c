"""What the default template sounds like, in figures: nobody listens here.

    python -m benchmarks.sound            half a minute

The offline voice: words a minute, how high it speaks, and how its spectrum over time lies to that of men's speech
(third octaves: Byrne et al., “An international comparison of long-term average speech spectra”, JASA 96, 1994). The
template's sounds: loudness, true peak, and the step where a loop closes beside the steps inside it. And how far below
the words what lies under them is.
"""

from __future__ import annotations

import argparse
import tempfile
from contextlib import closing
from pathlib import Path

import numpy as np
import numpy.typing as npt

from benchmarks.mouths import SENTENCES
from core.logs.setup import configure_logs
from core.media import pcm
from core.media.limiter import true_peak
from core.media.loudness import integrated_lufs
from core.media.pcm import RATE
from core.media.voice import TARGET_LUFS, level
from core.progress import unwatched
from core.render.interfaces import Line
from core.template.library import TemplateLibrary
from providers.espeak import EspeakVoice

MEN_DB = {
    100: 54.4, 125: 57.7, 160: 56.8, 200: 60.2, 250: 60.3, 315: 59.0, 400: 62.1, 500: 62.1, 630: 60.5, 800: 56.8,
    1000: 53.7, 1250: 53.0, 1600: 52.0, 2000: 48.7, 2500: 48.1, 3150: 46.8, 4000: 45.6, 5000: 44.5, 6300: 44.3,
    8000: 43.7,
}  # fmt: skip
_WINDOW = 16384
Mono = npt.NDArray[np.float32]


def spoken(voice: EspeakVoice, language: str, folder: Path) -> tuple[Mono, float]:
    """The benchmark's sentences, levelled as in a film, and how many words a minute that is."""
    parts, words = [], 0
    for text in SENTENCES[language]:
        raw, line = folder / "raw.wav", folder / "line.wav"
        voice.speak(Line(text, language), raw, unwatched)
        level(raw, line, unwatched)
        parts.append(pcm.read(line).mean(axis=0))
        words += len(text.split())
    whole = np.concatenate(parts).astype(np.float32)
    return whole, words / (whole.size / RATE) * 60


def pitches(mono: Mono) -> npt.NDArray[np.float64]:
    """The 10th, 50th and 90th percentile of its pitch, in Hz, by autocorrelation of 50 ms."""
    found = []
    for first in range(0, mono.size - 2400, 960):
        piece = mono[first : first + 2400] * np.hanning(2400)
        if np.sqrt(np.mean(piece**2)) < 0.02:
            continue
        like = np.fft.irfft(np.abs(np.fft.rfft(piece, 8192)) ** 2)
        low, high = RATE // 250, RATE // 50
        lag = low + int(like[low:high].argmax())
        if like[lag] > 0.5 * like[0]:
            found.append(RATE / lag)
    return np.percentile(found, [10, 50, 90])


def against_men(mono: Mono) -> dict[int, float]:
    """Third octaves, in dB above what they are in men's speech, both at the same level from 200 to 2,000 Hz."""
    window = np.hanning(_WINDOW)
    pieces = range(0, mono.size - _WINDOW, _WINDOW // 2)
    power = np.mean([np.abs(np.fft.rfft(mono[at : at + _WINDOW] * window)) ** 2 for at in pieces], axis=0)
    hertz = np.fft.rfftfreq(_WINDOW, 1 / RATE)
    levels = {
        band: 10 * np.log10(power[(hertz >= band / 2 ** (1 / 6)) & (hertz < band * 2 ** (1 / 6))].sum() + 1e-12)
        for band in MEN_DB
    }
    apart = np.mean([MEN_DB[band] - levels[band] for band in MEN_DB if 200 <= band <= 2000])
    return {band: float(levels[band] + apart - MEN_DB[band]) for band in MEN_DB}


def main() -> None:
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    configure_logs("WARNING", as_json=False, to_stderr=False)
    with tempfile.TemporaryDirectory() as folder, closing(EspeakVoice()) as voice:
        for language in SENTENCES:
            mono, pace = spoken(voice, language, Path(folder))
            apart = against_men(mono)
            low, middle, high = pitches(mono)
            size = float(np.sqrt(np.mean(np.square(list(apart.values())))))
            worst = max(apart, key=lambda band: abs(apart[band]))
            print(
                f"{language}: {pace:.0f} words a minute; {middle:.0f} Hz ({low:.0f}–{high:.0f}); {size:.1f} dB from "
                f"men's speech, most at {worst} Hz: {apart[worst]:+.1f} dB"
            )
    template = TemplateLibrary().find("noche-magica")
    files = {section.name: section.sound for section in template.sections if section.sound}
    music = template.music
    assert music is not None
    beneath = 10 ** ((music.level_lufs - music.duck_db) / 10)
    for name, file in {**files, "music": music.file}.items():
        sound = pcm.read(template.path(file), channels=2)
        loud = integrated_lufs(sound)
        seam = float(np.abs(sound[:, 0] - sound[:, -1]).max())
        usual = float(np.percentile(np.abs(np.diff(sound, axis=1)), 99))
        peak = 20 * np.log10(true_peak(sound))
        print(f"{name}: {loud:.1f} LUFS, {peak:.1f} dBTP; seam {seam:.4f}, 99 % of steps below {usual:.4f}")
        if name == "message":
            beneath += 10 ** (loud / 10)
    print(f"under the words: {10 * np.log10(beneath):.1f} LUFS, they are at {TARGET_LUFS:.0f}")


if __name__ == "__main__":
    main()
