"""What tests everywhere may ask for: a small template whose frames can be told apart, and a small preset."""

from __future__ import annotations

import logging
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.logs.setup import configure_logs
from core.media import ffmpeg, presets
from core.media.presets import Preset
from core.template.model import Template, load_template
from tests.stand_ins import write_tone

TINY = Preset(
    title={"en": "Tiny"},
    width=108,
    height=192,
    fps=25,
    crf=10,
    x264_preset="veryfast",
    profile="high",
    level="4.0",
    gop_frames=25,
    audio_kbps=96,
)

# Each clip's frames have a grey of their own: frame n of the film says which clip and frame it is.
GREYS = {"intro": 20, "message": 90, "outro": 160}
FRAMES = {"intro": 50, "message": 60, "outro": 45}

TOML = """
format = 1
name = "tiny"
title = { es = "Chiquita", en = "Tiny" }
languages = ["es", "en"]
name_field = "nombre"
[fields.nombre]
required = true
max_length = 100
[fields.queHizo]
[[sections]]
name = "intro"
clip = "clips/intro.mp4"
lead_in_s = 0.2
[[sections]]
name = "message"
clip = "clips/message.mp4"
sound = "room.wav"
loop = true
whole_script = true
lead_in_s = 0.4
tail_s = 0.6
transition_s = 0.4
[[sections]]
name = "outro"
clip = "clips/outro.mp4"
transition_s = 0.4
[speech.es]
intro = ["Hola, {nombre}."]
message = ["Soy yo.", "Supe que {queHizo}.", "Chau, {nombre}."]
[speech.en]
intro = ["Hello, {nombre}."]
message = ["It is me.", "I heard that {queHizo}.", "Bye, {nombre}."]
"""


def make_clip(path: Path, frames: int, first_grey: int, *, size: str = "108x192", rate: int = 25) -> None:
    """A lossless clip whose frame n is plain grey `first_grey` + n."""
    command = [ffmpeg.executable(), "-v", "error", "-f", "lavfi", "-i", f"color=black:s={size}:r={rate}"]
    command += ["-vf", f"format=yuv420p,geq=lum='{first_grey}+N':cb=128:cr=128", "-frames:v", str(frames)]
    command += ["-c:v", "libx264", "-qp", "0", "-preset", "ultrafast", "-pix_fmt", "yuv420p", str(path)]
    subprocess.run(command, check=True, capture_output=True)


@pytest.fixture(autouse=True, scope="session")
def _logs_go_to_pytest() -> None:
    configure_logs("INFO", as_json=False, to_stderr=False)


@pytest.fixture(autouse=True)
def _an_unexpected_error_in_the_log_fails(
    request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture
) -> Iterator[None]:
    yield
    if request.node.get_closest_marker("logs_errors") is None:
        errors = [record.getMessage() for record in caplog.get_records("call") if record.levelno >= logging.ERROR]
        assert not errors


def make_tiny_template(folder: Path) -> Path:
    """A template of three small clips whose frames can be told apart."""
    (folder / "clips").mkdir(parents=True)
    (folder / "template.toml").write_text(TOML, encoding="utf-8")
    for name, frames in FRAMES.items():
        make_clip(folder / "clips" / f"{name}.mp4", frames, GREYS[name])
    write_tone(folder / "room.wav", 2.4, hertz=80, level=0.05)
    return folder


@pytest.fixture(scope="session")
def tiny_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_tiny_template(tmp_path_factory.mktemp("template") / "tiny")


@pytest.fixture
def tiny_template(tiny_folder: Path) -> Template:
    return load_template(tiny_folder)


@pytest.fixture
def tiny_preset(monkeypatch: pytest.MonkeyPatch) -> Preset:
    """The preset `tiny`, known by that name as long as the test runs."""
    known = {**presets.presets(), "tiny": TINY}
    monkeypatch.setattr(presets, "presets", lambda: known)
    return TINY
