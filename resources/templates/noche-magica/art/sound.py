"""The template's sounds, made from nothing: sleigh bells, a celesta, strings, a fire. D major, 3/4, 72 bpm."""

import re
import subprocess
import wave
from pathlib import Path

import imageio_ffmpeg
import numpy as np
from numpy.typing import NDArray

RATE = 48000
BEAT = 60 / 72
HOME = Path(__file__).parent.parent / "sound"
Stereo = NDArray[np.float64]
NOTES = {
    "E2": 40,
    "G2": 43,
    "A2": 45,
    "B2": 47,
    "D3": 50,
    "E3": 52,
    "F#3": 54,
    "G3": 55,
    "A3": 57,
    "B3": 59,
    "C#4": 61,
    "D4": 62,
    "E4": 64,
    "F#4": 66,
    "G4": 67,
    "A4": 69,
    "B4": 71,
    "C#5": 73,
    "D5": 74,
    "E5": 76,
    "F#5": 78,
    "G5": 79,
    "A5": 81,
    "B5": 83,
    "C#6": 85,
    "D6": 86,
    "F#6": 90,
}


def _silence(seconds: float) -> Stereo:
    return np.zeros((round(seconds * RATE), 2))


def _place(track: Stereo, sound: NDArray[np.float64], at: float, pan: float, gain: float, around: bool = False) -> None:
    """Add a mono sound; `around` lets its tail come in again at the front, for loops."""
    start = round(at * RATE)
    sides = np.array([np.cos((pan + 1) * np.pi / 4), np.sin((pan + 1) * np.pi / 4)]) * gain
    index = np.arange(start, start + sound.size)
    if around:
        np.add.at(track, index % len(track), sound[:, None] * sides)
        return
    keep = index < len(track)
    track[index[keep]] += sound[keep, None] * sides


def _celesta(note: str, seconds: float = 2.6) -> NDArray[np.float64]:
    pitch = 440 * 2 ** ((NOTES[note] - 69) / 12)
    t = np.arange(round(seconds * RATE)) / RATE
    tone = np.zeros_like(t)
    for ratio, level, decay in ((1, 1.0, 1.9), (2.0, 0.22, 2.6), (3.01, 0.14, 4.5), (4.0, 0.26, 6.0), (6.3, 0.06, 14)):
        tone += level * np.exp(-decay * t) * np.sin(2 * np.pi * pitch * ratio * t)
    strike = np.exp(-260 * t) * np.sin(2 * np.pi * 2900 * t) * 0.12
    fade = np.clip((seconds - t) / 0.3, 0, 1)
    return (tone + strike) * np.clip(t / 0.003, 0, 1) * fade


def _jingle(rng: np.random.Generator) -> NDArray[np.float64]:
    """One shake of a strap of small bells."""
    t = np.arange(round(0.45 * RATE)) / RATE
    shake = np.zeros_like(t)
    for _ in range(9):
        late = rng.uniform(0, 0.045)
        since = np.clip(t - late, 0, None)
        base = rng.uniform(3300, 5200)
        for ratio, level in ((1, 1.0), (1.52, 0.7), (2.03, 0.4), (2.61, 0.25)):
            if base * ratio < 14000:
                ring = np.sin(2 * np.pi * base * ratio * since + rng.uniform(0, 6.28))
                shake += level * rng.uniform(0.4, 1) * ring * np.exp(-rng.uniform(14, 24) * since) * (t > late)
    return shake * np.clip(t / 0.004, 0, 1) * np.clip((0.45 - t) / 0.08, 0, 1)


BARS = (
    ("D3", "A3", "D4", "F#4"), ("D3", "B3", "D4", "F#4"), ("G2", "B3", "D4", "G4"), ("A2", "A3", "C#4", "E4"),
    ("B2", "B3", "D4", "F#4"), ("E3", "B3", "D4", "G4"), ("A2", "A3", "C#4", "G4"), ("D3", "A3", "D4", "F#4"),
)  # fmt: skip
"""The bed's harmony, one bar of three beats each, from its bass up."""
LULLABY = (
    ("A4", 0), ("F#5", 1), ("E5", 2), ("D5", 3), ("B4", 5), ("B4", 6), ("G5", 7), ("F#5", 8), ("E5", 9), ("C#5", 11),
    ("D5", 12), ("F#5", 13), ("B5", 14), ("A5", 15), ("G5", 17), ("E5", 18), ("G5", 19), ("C#5", 20), ("D5", 21),
)  # fmt: skip


def _strings(note: str, seconds: float, rng: np.random.Generator) -> NDArray[np.float64]:
    """A small group of muted strings: slow bows, each a little out of tune and trembling in its own time."""
    pitch = 440 * 2 ** ((NOTES[note] - 69) / 12)
    t = np.arange(round((seconds + 0.9) * RATE)) / RATE
    tone = np.zeros_like(t)
    for cents in (-7.0, -2.0, 3.0, 8.0):
        shake = 0.0016 * np.sin(2 * np.pi * rng.uniform(4.6, 5.6) * t + rng.uniform(0, 6.28)) / 5
        phase = 2 * np.pi * pitch * 2 ** (cents / 1200) * (t + shake * np.clip(t / 0.8, 0, 1)) + rng.uniform(0, 6.28)
        for k in range(1, 10):
            if pitch * k < 5000:
                tone += np.sin(k * phase) / k**1.5 / (1 + (pitch * k / 1500) ** 2)
    bow = 0.5 - 0.5 * np.cos(np.pi * np.clip(t / 0.6, 0, 1))
    return tone * bow * (0.5 + 0.5 * np.cos(np.pi * np.clip((t - seconds) / 0.9, 0, 1)))


def music() -> Stereo:
    """Eight bars for under the words: strings, and a lullaby on the celesta, far away. It closes into itself."""
    rng = np.random.default_rng(3)
    track = _silence(len(BARS) * 3 * BEAT)
    for bar, chord in enumerate(BARS):
        for k, note in enumerate(chord):
            held = _strings(note, 3 * BEAT, rng)
            _place(track, held, bar * 3 * BEAT, (-0.1, -0.45, 0.4, 0.15)[k], (0.09, 0.05, 0.045, 0.04)[k], True)
    for note, beat in LULLABY:
        _place(track, _celesta(note), beat * BEAT, 0.25, 0.045, True)
    return _room(track, 2.4, 0.7, around=True)


def _room(track: Stereo, seconds: float, amount: float, *, around: bool = False) -> Stereo:
    """A soft hall: decaying noise, a little duller with time. `around`: what rings on rings into a loop's beginning."""
    rng = np.random.default_rng(4)
    t = np.arange(round(seconds * RATE)) / RATE
    tail = rng.standard_normal((t.size, 2)) * np.exp(-6.5 * t / seconds)[:, None] * np.clip(t / 0.012, 0, 1)[:, None]
    spectrum = np.fft.rfft(tail, axis=0)
    hertz = np.fft.rfftfreq(t.size, 1 / RATE)[:, None]
    tail = np.fft.irfft(spectrum * (hertz > 180) / (1 + (hertz / 3800) ** 2), t.size, axis=0)
    size = len(track) + (0 if around else t.size)
    wet = np.fft.irfft(np.fft.rfft(track, size, axis=0) * np.fft.rfft(tail, size, axis=0), size, axis=0)[: len(track)]
    return track + wet / np.abs(wet).max() * np.abs(track).max() * amount


def intro() -> Stereo:
    rng = np.random.default_rng(72)
    track = _silence(7.0)
    eighth = BEAT / 2
    for k in range(14):
        at = 0.1 + k * eighth
        swell = np.sin(np.pi * np.clip((at + 0.1) / 6.2, 0, 1)) ** 1.3
        _place(track, _jingle(rng), at, -0.7 + 1.4 * at / 6, 0.15 * swell * (1.0 if k % 2 == 0 else 0.55))
    melody = (
        ("F#5", 0.5),
        ("A5", 1.5),
        ("D6", 2.0),
        ("C#6", 2.5),
        ("A5", 3.5),
        ("B5", 4.0),
        ("A5", 4.5),
        ("F#6", 5.5),
        ("D6", 5.5),
    )
    for note, beat in melody:
        _place(track, _celesta(note), beat * BEAT, 0.15, 0.34)
    for note, beat in (("D5", 0.5), ("A4", 2.5), ("D5", 4.5), ("D4", 5.5), ("A4", 5.5)):
        _place(track, _celesta(note), beat * BEAT, -0.2, 0.26)
    return _ended(_room(track, 2.2, 0.5), 1.3)


def outro() -> Stereo:
    track = _silence(5.0)
    melody = (
        ("A5", 0.12),
        ("G5", 0.62),
        ("F#5", 1.12),
        ("E5", 1.62),
        ("F#5", 2.12),
        ("D5", 3.12),
        ("F#5", 3.18),
        ("A5", 3.24),
        ("D6", 3.3),
    )
    for note, beat in melody:
        _place(track, _celesta(note, 3.0), beat * BEAT, 0.15, 0.3)
    for note, beat in (("D4", 0.12), ("A4", 1.62), ("D4", 3.12), ("F#4", 3.14)):
        _place(track, _celesta(note, 3.0), beat * BEAT, -0.25, 0.28)
    return _ended(_room(track, 2.2, 0.55), 1.6)


def room() -> Stereo:
    rng = np.random.default_rng(10)
    track = _silence(10.0)
    hertz = np.fft.rfftfreq(len(track), 1 / RATE)
    shape = 1 / np.maximum(hertz, 60) ** 0.7 / (1 + (90 / np.maximum(hertz, 1)) ** 4) / (1 + (hertz / 1600) ** 2)
    for side in (0, 1):
        waves = shape * np.exp(2j * np.pi * rng.random(hertz.size))
        roar = np.fft.irfft(waves, len(track))
        track[:, side] = roar / roar.std() * 0.02
    breath = 1 + 0.22 * np.sin(2 * np.pi * np.arange(len(track)) / len(track) * 3 + 1)
    track *= breath[:, None]
    for _ in range(150):
        _place(
            track,
            _crackle(rng),
            rng.uniform(0, 10),
            rng.uniform(-0.8, 0.2),
            rng.choice([0.02, 0.045, 0.09], p=[0.65, 0.28, 0.07]),
            True,
        )
    return _turned(track - track.mean(axis=0))


def _turned(track: Stereo) -> Stereo:
    """The same loop, begun where both sides pass through silence, so that a hard stop is quiet too."""
    level = np.abs(track).max(axis=1)
    return np.roll(track, -int(np.argmin(level + np.roll(level, 1))), axis=0)


def _crackle(rng: np.random.Generator) -> NDArray[np.float64]:
    t = np.arange(round(rng.uniform(0.012, 0.05) * RATE)) / RATE
    pitch = rng.uniform(900, 4200)
    snap = np.exp(-rng.uniform(140, 420) * t) * (np.sin(2 * np.pi * pitch * t) + 0.7 * rng.standard_normal(t.size))
    return snap * np.clip(t / 0.0006, 0, 1) * np.clip((t[-1] - t) / 0.004, 0, 1)


def _ended(track: Stereo, seconds: float) -> Stereo:
    """No step in level at the start, silence at the end."""
    t = np.arange(len(track)) / RATE
    left = len(track) / RATE - t
    curve = np.clip(t / 0.01, 0, 1) * (0.5 - 0.5 * np.cos(np.pi * np.clip((left - 0.05) / seconds, 0, 1)))
    return (track - track.mean(axis=0)) * curve[:, None]


def _write(track: Stereo, path: Path) -> None:
    dither = np.random.default_rng(1).triangular(-1, 0, 1, track.shape) * (np.abs(track) > 1e-7)
    whole = np.clip(np.rint(track * 32767 + dither), -32768, 32767).astype("<i2")
    with wave.open(str(path), "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(whole.tobytes())


def measured(path: Path) -> tuple[float, float]:
    """Loudness in LUFS and true peak in dBTP, as FFmpeg hears them."""
    command = [
        imageio_ffmpeg.get_ffmpeg_exe(),
        "-hide_banner",
        "-nostats",
        "-i",
        str(path),
        "-af",
        "ebur128=peak=true",
        "-f",
        "null",
        "-",
    ]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stderr
    summary = said[said.rindex("Summary:") :]
    loud, peak = re.search(r"I:\s+(-?[\d.]+) LUFS", summary), re.search(r"Peak:\s+(-?[\d.]+) dBFS", summary)
    assert loud
    assert peak
    return float(loud[1]), float(peak[1])


def save(name: str, track: Stereo, target: float) -> None:
    """At the wanted loudness, and whole before it takes its name."""
    path = HOME / f".{name}.part.wav"
    track = track / np.abs(track).max() * 0.25
    for _ in range(3):
        _write(track, path)
        track = track * 10 ** ((target - measured(path)[0]) / 20)
    _write(track, path)
    loud, peak = measured(path)
    path.replace(HOME / f"{name}.wav")
    print(f"{name}: {len(track) / RATE:.3f} s, {loud} LUFS, {peak} dBTP")


def main() -> None:
    HOME.mkdir(exist_ok=True)
    for name, track, target in (
        ("intro", intro(), -24.0), ("outro", outro(), -24.0), ("room", room(), -30.0), ("music", music(), -26.0),
    ):  # fmt: skip
        save(name, track, target)


if __name__ == "__main__":
    main()
