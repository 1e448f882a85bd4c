"""The same film made in other ways, each with the preset's own settings."""

from __future__ import annotations

import subprocess
import sys
import venv
from collections.abc import Sequence
from pathlib import Path

from benchmarks.material import DISSOLVE_S, INTRO_S, LEAD_IN_S, OUTRO_S, Material
from core.media import ffmpeg

HEAD = ("-v", "error", "-nostdin", "-y")


def _run(arguments: Sequence[object]) -> None:
    subprocess.run([ffmpeg.executable(), *HEAD, *map(str, arguments)], check=True)


def _encoder(material: Material) -> list[str]:
    preset = material.preset
    tune = ["-tune", preset.x264_tune] if preset.x264_tune else []
    rate = ["-maxrate", f"{preset.max_kbps}k", "-bufsize", f"{round(preset.max_kbps * preset.buffer_s)}k"]
    return [
        *tune,
        *(rate if preset.max_kbps else []),
        *("-c:v", "libx264", "-preset", preset.x264_preset, "-crf", str(preset.crf), "-profile:v", preset.profile),
        *("-level:v", preset.level, "-g", str(preset.gop_frames), "-pix_fmt", "yuv420p", "-r", str(preset.fps)),
    ]


def _sound(material: Material) -> list[str]:
    return ["-c:a", "aac", "-aac_coder", "fast", "-b:a", f"{material.preset.audio_kbps}k", "-ar", "48000", "-ac", "2"]


def limit(picture: Path, sound: Path, material: Material, film: Path) -> None:
    """What nothing can beat that makes each film's sound: packets copied, AAC encoded once from ready-mixed PCM."""
    inputs: list[object] = ["-i", picture, "-i", sound, "-map", "0:v", "-map", "1:a"]
    _run([*inputs, "-c:v", "copy", *_sound(material), "-movflags", "+faststart", film])


def _scaled(material: Material) -> str:
    preset = material.preset
    cover = f"scale={preset.width}:{preset.height}:force_original_aspect_ratio=increase:flags=lanczos"
    return f"fps={preset.fps},{cover},crop={preset.width}:{preset.height},setsar=1,format=yuv420p,settb=AVTB"


def stretch(material: Material, from_s: float, seconds: float, film: Path) -> None:
    """A stretch of the intro, encoded and nothing else."""
    scaled = ["-vf", _scaled(material), "-an", *_encoder(material)]
    _run(["-ss", from_s, "-i", material.clip("intro"), "-t", seconds, *scaled, film])


def _message_s(film_s: float) -> float:
    return film_s - INTRO_S - OUTRO_S + 2 * DISSOLVE_S


def _picture_graph(message_s: float) -> str:
    first, second = INTRO_S - DISSOLVE_S, INTRO_S + message_s - 2 * DISSOLVE_S
    return (
        f"[i][m]xfade=transition=fade:duration={DISSOLVE_S}:offset={first}[im];"
        f"[im][o]xfade=transition=fade:duration={DISSOLVE_S}:offset={second}[v]"
    )


def _sound_graph(bed: int, speech: int) -> str:
    wait = round((INTRO_S - DISSOLVE_S + LEAD_IN_S) * 1000)
    return (
        f"[{speech}:a]loudnorm=I=-16:TP=-1.5,aresample=48000,adelay={wait}:all=1[s];"
        f"[{bed}:a]afade=out:st={INTRO_S - 0.6}:d=0.6[b];[b][s]amix=2:normalize=0:duration=longest,apad[a]"
    )


def one_pass(material: Material, film: Path, film_s: float) -> None:
    message_s = _message_s(film_s)
    scaled = _scaled(material)
    graph = (
        f"[0:v]{scaled}[i];[1:v]{scaled},trim=duration={message_s}[m];[2:v]{scaled}[o];"
        f"{_picture_graph(message_s)};{_sound_graph(3, 4)}"
    )
    inputs = ["-i", material.clip("intro"), "-stream_loop", "-1", "-i", material.clip("message")]
    inputs += ["-i", material.clip("outro"), "-i", material.bed, "-i", material.speech]
    ends = ["-map", "[v]", "-map", "[a]", "-t", str(film_s), "-movflags", "+faststart", film]
    _run([*inputs, "-filter_complex", graph, *_encoder(material), *_sound(material), *ends])


def three_encodes(material: Material, film: Path, film_s: float) -> None:
    """As the system does that Trineo follows: each clip brought to size, then joined, then given its sound."""
    message_s = _message_s(film_s)
    work = film.parent
    for name in ("intro", "message", "outro"):
        loop = ["-stream_loop", "-1", "-t", f"{message_s}"] if name == "message" else []
        scaled = ["-vf", _scaled(material), "-an", *_encoder(material)]
        _run([*loop, "-i", material.clip(name), *scaled, work / f"scaled-{name}.mp4"])
    inputs: list[object] = []
    for name in ("intro", "message", "outro"):
        inputs += ["-i", work / f"scaled-{name}.mp4"]
    graph = f"[0:v]settb=AVTB[i];[1:v]settb=AVTB[m];[2:v]settb=AVTB[o];{_picture_graph(message_s)}"
    _run([*inputs, "-filter_complex", graph, "-map", "[v]", *_encoder(material), work / "joined.mp4"])
    inputs = ["-i", work / "joined.mp4", "-i", material.bed, "-i", material.speech]
    ends: list[object] = ["-map", "0:v", "-map", "[a]", "-t", str(film_s), "-movflags", "+faststart", film]
    _run([*inputs, "-filter_complex", _sound_graph(1, 2), *_encoder(material), *_sound(material), *ends])


MOVIEPY = """
import sys
from moviepy import AudioFileClip, CompositeAudioClip, CompositeVideoClip, VideoFileClip, afx, vfx
intro, message, outro, bed, speech, film, film_s, message_s, cross, lead, crf, speed, rate, kbps = sys.argv[1:]
film_s, message_s, cross, lead = float(film_s), float(message_s), float(cross), float(lead)
first = VideoFileClip(intro)
loop = VideoFileClip(message).with_effects([vfx.Loop(duration=message_s), vfx.CrossFadeIn(cross)])
last = VideoFileClip(outro).with_effects([vfx.CrossFadeIn(cross)])
start = first.duration - cross
picture = CompositeVideoClip([first, loop.with_start(start), last.with_start(start + message_s - cross)])
words = AudioFileClip(speech).with_effects([afx.AudioNormalize()]).with_start(start + lead)
sound = CompositeAudioClip([AudioFileClip(bed).with_effects([afx.AudioFadeOut(0.6)]), words])
picture.with_audio(sound).with_duration(film_s).write_videofile(
    film, fps=int(rate), codec="libx264", preset=speed, audio_codec="aac", audio_fps=48000, audio_bitrate=kbps + "k",
    ffmpeg_params=["-crf", crf, "-pix_fmt", "yuv420p", "-movflags", "+faststart"], logger=None)
"""


def moviepy_python(folder: Path) -> Path:
    """A Python that has MoviePy, in a virtual environment of its own under `folder`."""
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    if not python.is_file():
        venv.create(folder, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", "moviepy==2.2.1"], check=True)
    return python


def moviepy(python: Path, material: Material, film: Path, film_s: float) -> None:
    preset = material.preset
    clips = [material.clip(name) for name in ("intro", "message", "outro")]
    numbers = [film_s, _message_s(film_s), DISSOLVE_S, LEAD_IN_S, preset.crf]
    rest = [preset.x264_preset, preset.fps, preset.audio_kbps]
    arguments = [*clips, material.bed, material.speech, film, *numbers, *rest]
    subprocess.run([python, "-W", "ignore", "-c", MOVIEPY, *map(str, arguments)], check=True, cwd=film.parent)
