"""Sound: what is heard when, mixed as PCM and encoded once per film."""

from __future__ import annotations

import math
import re
import wave
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ffmpeg

from core.errors import JobFault
from core.media.ffmpeg import run
from core.progress import Progress

RATE = 48_000
_INTEGRATED = re.compile(r"I:\s+(-?[\d.]+|-inf|nan) LUFS")
_SILENCE_LUFS = -70.0


@dataclass(frozen=True, slots=True)
class Placed:
    """A sound at `start_s` of the film, for at most `length_s`, raised by `gain_db`, faded at its ends."""

    path: Path
    start_s: float
    length_s: float
    gain_db: float = 0.0
    loop: bool = False
    fade_in_s: float = 0.0
    fade_out_s: float = 0.0


def mix(sounds: Sequence[Placed], total_s: float, kbps: int, destination: Path, progress: Progress) -> None:
    """Writes the mix as AAC in MP4, 48 kHz stereo, exactly `total_s` long, peaks held below −1.5 dBFS."""
    streams = [_placed(sound, place) for place, sound in enumerate(sounds)]
    silence = ffmpeg.input(f"anullsrc=r={RATE}:cl=stereo", f="lavfi", t=f"{total_s:.6f}").audio
    mixed = ffmpeg.filter([silence, *streams], "amix", inputs=len(streams) + 1, normalize=0, duration="first")
    mixed = mixed.filter("alimiter", limit=f"{10 ** (-1.5 / 20):.5f}", level=0)
    mixed = mixed.filter("atrim", end_sample=round(total_s * RATE))
    output = mixed.output(
        str(destination), acodec="aac", aac_coder="fast", ar=RATE, ac=2, map_metadata=-1, f="mp4", **{"b:a": f"{kbps}k"}
    )
    run(output, duration_s=total_s, progress=progress)


def _placed(sound: Placed, place: int) -> Any:
    # ffmpeg-python takes two inputs that are alike for one; a queue size of its own keeps each apart.
    options = {"thread_queue_size": 8 + place} | ({"stream_loop": -1} if sound.loop else {})
    stream = ffmpeg.input(str(sound.path), t=f"{sound.length_s:.6f}", **options).audio
    stream = stream.filter("aformat", sample_rates=RATE, channel_layouts="stereo", sample_fmts="fltp")
    if sound.gain_db:
        stream = stream.filter("volume", f"{sound.gain_db:.3f}dB")
    if sound.fade_in_s:
        stream = stream.filter("afade", type="in", duration=f"{sound.fade_in_s:.3f}")
    if sound.fade_out_s:
        begin = f"{max(0.0, sound.length_s - sound.fade_out_s):.6f}"
        stream = stream.filter("afade", type="out", start_time=begin, duration=f"{sound.fade_out_s:.3f}")
    return stream.filter("adelay", f"{round(sound.start_s * RATE)}S", all=1)


def loudness_lufs(path: Path, progress: Progress) -> float:
    """Integrated loudness by EBU R128, in LUFS; −70.0 for silence or what is too short to measure."""
    stream = ffmpeg.input(str(path)).audio.filter("ebur128", framelog="quiet", peak="none")
    tail = run(stream.output("-", f="null").global_args("-loglevel", "info"), duration_s=0.0, progress=progress)
    found = _INTEGRATED.findall(tail)
    value = float(found[-1]) if found else _SILENCE_LUFS
    return value if math.isfinite(value) else _SILENCE_LUFS


def wav_seconds(path: Path) -> float:
    """How long a PCM WAV file plays. Raises `JobFault` if it is none, or holds no sound."""
    try:
        with wave.open(str(path), "rb") as file:
            seconds = file.getnframes() / file.getframerate()
    except (wave.Error, EOFError, OSError, ZeroDivisionError) as error:
        raise JobFault(
            "speech_unreadable",
            "The voice gave back something that is no sound.",
            "Try again; if it stays so, choose another voice.",
            detail=str(error),
        ) from error
    if seconds <= 0:
        raise JobFault(
            "speech_empty",
            "The voice gave back a sound of no length.",
            "Look at the text: there may be nothing in it that can be spoken.",
        )
    return seconds
