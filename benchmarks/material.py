"""The film that is measured: made of generated clips and sounds, the same on every machine."""

from __future__ import annotations

import shutil
import subprocess
import wave
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from core.media import ffmpeg
from core.media.presets import Preset

INTRO_S, LOOP_S, OUTRO_S, SPEECH_S, DISSOLVE_S = 8, 20, 6, 28, 0.6
LEAD_IN_S, TAIL_S = 0.4, 0.6
CARD_FROM_S, CARD_S = 3, 3
RATE = 48_000

TOML = f"""
format = 1
name = "benchmark"
title = {{ en = "Benchmark" }}
languages = ["es"]
name_field = "nombre"
[fields.nombre]
required = true
[[sections]]
name = "intro"
clip = "intro.mp4"
sound = "bed.wav"
[[sections]]
name = "message"
clip = "message.mp4"
loop = true
whole_script = true
lead_in_s = {LEAD_IN_S}
tail_s = {TAIL_S}
transition_s = {DISSOLVE_S}
[[sections]]
name = "outro"
clip = "outro.mp4"
transition_s = {DISSOLVE_S}
[speech.es]
message = ["Hola, {{nombre}}."]
"""


CARD = f"""
[[sections.cards]]
text = "{{nombre}}"
from_s = {CARD_FROM_S}
to_s = {CARD_FROM_S + CARD_S}
x = 0.05
y = 0.4
width = 0.9
height = 0.2
"""


@dataclass(frozen=True, slots=True)
class Material:
    """`template` holds the clips and the toml; `speech` is what every voice says."""

    folder: Path
    preset: Preset

    @property
    def template(self) -> Path:
        return self.folder / "template"

    @property
    def carded(self) -> Path:
        """The same template with a name card."""
        return self.folder / "carded"

    @property
    def speech(self) -> Path:
        return self.folder / "speech.wav"

    @property
    def bed(self) -> Path:
        return self.template / "bed.wav"

    def clip(self, name: str) -> Path:
        return self.template / f"{name}.mp4"


def make_material(folder: Path, preset: Preset, *, card: bool = False) -> Material:
    """Clips of film-like movement and grain, at the preset's rate and size."""
    material = Material(folder, preset)
    shutil.rmtree(material.template, ignore_errors=True)
    material.template.mkdir(parents=True)
    (material.template / "template.toml").write_text(TOML, encoding="utf-8")
    for seed, (name, seconds) in enumerate((("intro", INTRO_S), ("message", LOOP_S), ("outro", OUTRO_S))):
        _clip(material.clip(name), preset, seconds, seed)
    _wav(material.bed, _noise(INTRO_S, 0.02))
    _wav(material.speech, _speech(SPEECH_S))
    if card:
        shutil.rmtree(material.carded, ignore_errors=True)
        shutil.copytree(material.template, material.carded)
        message = '[[sections]]\nname = "message"'
        (material.carded / "template.toml").write_text(TOML.replace(message, CARD + message), encoding="utf-8")
    return material


def _clip(path: Path, preset: Preset, seconds: int, seed: int) -> None:
    size = f"{preset.width}x{preset.height}"
    source = f"gradients=s={size}:r={preset.fps}:n=6:seed={seed + 1}:speed=0.02:d={seconds}"
    grain = f"noise=all_seed={seed}:alls=4:allf=t"
    moving = f"drawbox=x='mod(t*120+{seed * 90},iw)':y='ih/3+ih/6*sin(t*2)':w=iw/5:h=ih/9:c=red@0.6:t=fill"
    command = [ffmpeg.executable(), "-v", "error", "-y", "-f", "lavfi", "-i", source, "-vf", f"{moving},{grain}"]
    command += ["-c:v", "libx264", "-preset", "superfast", "-crf", "16", "-pix_fmt", "yuv420p", str(path)]
    subprocess.run(command, check=True)


def _noise(seconds: float, level: float) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return np.random.default_rng(7).standard_normal(round(seconds * RATE)) * level


def _speech(seconds: float) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """A hum with syllables and breaths, as uneven as a voice."""
    time = np.arange(round(seconds * RATE)) / RATE
    pitch = 2 * np.pi * np.cumsum(110 + 15 * np.sin(time * 3)) / RATE
    voice = sum((np.sin(n * pitch) / n for n in range(1, 16)), np.zeros_like(time))
    syllables = np.clip(np.sin(2 * np.pi * 3.7 * time), 0, 1) ** 0.7 * (time % 3 < 2.5)
    return 0.08 * syllables * (voice + 0.3 * _noise(seconds, 1.0))


def _wav(path: Path, sound: np.ndarray[tuple[int], np.dtype[np.float64]]) -> None:
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, RATE, 0, "NONE", ""))
        file.writeframes((np.clip(sound, -1, 1) * 32767).astype("<i2").tobytes())
