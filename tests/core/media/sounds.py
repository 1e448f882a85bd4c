"""Sounds to measure, made of noise and sines; and FFmpeg's own meter to measure them with."""

from __future__ import annotations

import re
from pathlib import Path

import av
import ffmpeg
import numpy as np

from core.media import pcm
from core.media.ffmpeg import run
from core.media.pcm import RATE, Samples
from core.progress import unwatched


def sine(seconds: float, *, hertz: float = 997.0, level: float = 0.2, phase: float = 0.0) -> Samples:
    time = np.arange(round(seconds * RATE)) / RATE
    return (level * np.sin(2 * np.pi * hertz * time + phase)).astype(np.float32)[None, :]


def softly(sound: Samples) -> Samples:
    """Faded at both ends: meters differ in what they make of a sudden start."""
    ramp = np.minimum(np.arange(sound.shape[1]) / 2000, 1.0).astype(np.float32)
    faded: Samples = sound * ramp * ramp[::-1]
    return faded


def babble(seconds: float, *, level: float = 0.1, seed: int = 1) -> Samples:
    """Something like speech: syllables of shaped noise and voice, four a second, a breath every two."""
    random = np.random.default_rng(seed)
    time = np.arange(round(seconds * RATE)) / RATE
    noise = np.convolve(random.standard_normal(time.size), np.hanning(24) / 12, mode="same")
    voice = sum(np.sin(2 * np.pi * 110 * n * time + n) / n for n in range(1, 20))
    syllables = np.clip(np.sin(2 * np.pi * 4 * time), 0, 1) ** 2 * (time % 2 < 1.6)
    accents = 0.4 + random.random(int(4 * seconds) + 2)[(4 * time).astype(int)] ** 3 * 2
    sound: Samples = (level * (0.4 * noise + voice) * syllables * accents).astype(np.float32)[None, :]
    return sound


def measured(path: Path) -> tuple[float, float]:
    """(integrated LUFS, true peak in dBTP) as FFmpeg's ebur128 sees them."""
    stream = ffmpeg.input(str(path)).audio.filter("ebur128", framelog="quiet", peak="true")
    told = run(stream.output("-", f="null").global_args("-loglevel", "info"), duration_s=0.0, progress=unwatched)
    loudness = re.findall(r"I:\s+(-?[\d.]+|-inf) LUFS", told)
    peak = re.findall(r"Peak:\s+(-?[\d.]+|-inf) dBFS", told)
    return float(loudness[-1]), float(peak[-1])


def heard(path: Path) -> Samples:
    """The decoded film's or file's sound, its encoder's lead-in dropped as a player does."""
    with av.open(str(path)) as container:
        parts = [frame.to_ndarray().astype(np.float32) for frame in container.decode(audio=0)]
    return np.concatenate(parts, axis=1)


def rms(sound: Samples, start_s: float, end_s: float) -> float:
    return float(np.sqrt(np.mean(sound[0, round(start_s * RATE) : round(end_s * RATE)] ** 2)))


def write(path: Path, sound: Samples) -> Path:
    pcm.write(path, [sound])
    return path
