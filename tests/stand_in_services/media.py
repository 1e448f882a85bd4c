"""What stand-ins send: a hum as long as the text would take to say, and a small film."""

from __future__ import annotations

import io
import math
import subprocess
import tempfile
import wave
from functools import lru_cache
from pathlib import Path

import av
import numpy as np

from core.media import ffmpeg

CHARACTERS_A_SECOND = 15.0
_LEAST_S = 0.4


def seconds_of(text: str) -> float:
    """How long the stand-ins take to say it."""
    return max(_LEAST_S, len(text) / CHARACTERS_A_SECOND)


def alignment(text: str) -> dict[str, list[object]]:
    """As ElevenLabs tells it: each character with its start and its end."""
    step = seconds_of(text) / max(1, len(text))
    return {
        "characters": list(text),
        "character_start_times_seconds": [round(place * step, 3) for place in range(len(text))],
        "character_end_times_seconds": [round((place + 1) * step, 3) for place in range(len(text))],
    }


@lru_cache(maxsize=512)
def hum(seconds: float, output_format: str) -> bytes:
    """A hum in one of ElevenLabs's formats (`mp3_44100_128`, `wav_44100`, `pcm_24000`, `opus_48000_64`)."""
    kind, _, rest = output_format.partition("_")
    rate = int(rest.split("_")[0])
    moments = np.arange(round(seconds * rate)) / rate
    loudness = 0.25 * (0.6 + 0.4 * np.sin(2 * math.pi * 4 * moments))  # four syllables a second
    sound = (32767 * loudness * np.sin(2 * math.pi * 150 * moments)).astype("<i2")
    if kind == "pcm":
        return sound.tobytes()
    file = io.BytesIO()
    if kind == "wav":
        with wave.open(file, "wb") as wav:
            wav.setnchannels(1)
            wav.setsampwidth(2)
            wav.setframerate(rate)
            wav.writeframes(sound.tobytes())
        return file.getvalue()
    codec, form = {"mp3": ("libmp3lame", "mp3"), "opus": ("libopus", "ogg")}[kind]
    with av.open(file, "w", format=form) as container:
        stream = container.add_stream(codec, rate=rate, layout="mono")
        assert isinstance(stream, av.AudioStream)
        stream.bit_rate = int(rest.split("_")[1]) * 1000
        frame = av.AudioFrame.from_ndarray(sound[None, :], format="s16", layout="mono")
        frame.sample_rate = rate
        resampler = av.AudioResampler(stream.format, "mono", rate, frame_size=stream.frame_size or 1152)
        for one in (*resampler.resample(frame), *resampler.resample(None)):
            container.mux(stream.encode(one))
        container.mux(stream.encode(None))
    return file.getvalue()


@lru_cache(maxsize=64)
def film(tenths: int, *, with_sound: bool = True) -> bytes:
    """A film of `tenths` tenths of a second: 720×1280, 30 frames a second, and 44.1 kHz, which is not how ours are."""
    seconds = tenths / 10
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "film.mp4"
        command = [ffmpeg.executable(), "-v", "error", "-f", "lavfi"]
        command += ["-i", f"testsrc2=size=720x1280:rate=30:duration={seconds}"]
        if with_sound:
            command += ["-f", "lavfi", "-i", f"sine=frequency=200:sample_rate=44100:duration={seconds}", "-c:a", "aac"]
        command += ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-movflags", "+faststart"]
        subprocess.run([*command, str(path)], check=True, capture_output=True)
        return path.read_bytes()


def wav_seconds(content: bytes) -> float:
    with wave.open(io.BytesIO(content), "rb") as file:
        return file.getnframes() / file.getframerate()
