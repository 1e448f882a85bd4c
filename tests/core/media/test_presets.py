"""Presets: each makes what it says; a film of a limited size keeps to it; hardware is used only where it works."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from core.errors import JobFault
from core.media import encoder
from core.media.encode import Cut, encode
from core.media.packets import packet_table
from core.media.presets import Preset, presets
from core.media.probe import probe
from core.progress import unwatched
from tests.conftest import TINY, make_clip
from tests.stand_ins import raises_code


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("clip") / "clip.mp4"
    make_clip(path, 30, 40)
    return path


def test_the_default_is_what_it_always_was() -> None:
    default = presets()["vertical-1080"]
    assert (default.width, default.height, default.fps, default.crf) == (1080, 1920, 25, 23)
    assert (default.profile, default.level, default.encoder, default.watermark) == ("high", "4.0", "libx264", "")
    shapes = {"vertical-1080", "square-1080", "landscape-1080"}
    assert set(presets()) == {*shapes, "master", "quick", "draft", "whatsapp"}


@pytest.mark.parametrize("name", presets())
def test_every_preset_makes_the_picture_it_promises(clip: Path, tmp_path: Path, name: str) -> None:
    preset = presets()[name].fitted(1000, 8)
    encode(Cut(clip, ((0, 27),)), tmp_path / "cut.mp4", preset, unwatched)
    video = probe(tmp_path / "cut.mp4").video
    assert video is not None
    assert (video.width, video.height, video.frames) == (preset.width, preset.height, 27)
    assert video.frame_rate == 25
    assert (video.profile, video.pix_fmt, video.color) == ("High", "yuv420p", (1, 1, 1, 1))
    table = packet_table(tmp_path / "cut.mp4")
    assert [n for n, packet in enumerate(table.packets) if packet.is_key] == [0, 25]


@pytest.mark.parametrize("wrong", [{"width": 1081}, {"crf": 60}, {"codec": "hevc"}, {"encoder": "h264_magic"}])
def test_a_wrong_preset_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Preset.model_validate({**TINY.model_dump(), **wrong})


def test_a_draft_says_so_and_nothing_else_does(clip: Path, tmp_path: Path) -> None:
    shown = {}
    for name in ("draft", "whatsapp"):
        encode(Cut(clip, ((10, 11),)), tmp_path / f"{name}.mp4", presets()[name], unwatched)
        with av.open(str(tmp_path / f"{name}.mp4")) as container:
            shown[name] = int(np.ptp(next(container.decode(video=0)).to_ndarray(format="gray")))
    assert shown["draft"] > 40
    assert shown["whatsapp"] < 8


@given(seconds=st.integers(5, 800), pieces=st.integers(3, 60))
def test_a_limited_film_is_given_a_rate_that_fits(seconds: int, pieces: int) -> None:
    preset = presets()["whatsapp"].fitted(seconds * 25, pieces)
    picture = preset.max_kbps * 1000 / 8 * (seconds + pieces * preset.buffer_s)
    assert picture + seconds * preset.audio_kbps * 1000 / 8 < 16e6 * 0.99
    assert presets()["draft"].fitted(seconds * 25, pieces) == presets()["draft"]


def test_what_fits_at_no_rate_is_refused_by_name() -> None:
    with raises_code(JobFault, "film_too_long"):
        presets()["whatsapp"].fitted(25 * 3600, 10)


@pytest.mark.parametrize("kbps", [40, 250, 2000])
def test_no_stretch_of_picture_is_above_its_rate(tmp_path: Path, kbps: int) -> None:
    """Noise, which nothing can be saved on: the worst that a clip can be."""
    import ffmpeg

    noise = tmp_path / "noise.mp4"
    source = ffmpeg.input("color=gray:s=360x640:r=25", f="lavfi", t=4).video.filter("noise", alls=60, allf="t")
    from core.media.ffmpeg import run

    run(source.output(str(noise), crf=20, preset="ultrafast"), duration_s=4, progress=unwatched)
    preset = TINY.model_copy(update={"width": 180, "height": 320, "max_kbps": kbps})
    encode(Cut(noise, ((0, 100),)), tmp_path / "cut.mp4", preset, unwatched)
    sizes = [packet.size for packet in packet_table(tmp_path / "cut.mp4").packets]
    for end in (25, 50, 100):
        assert sum(sizes[:end]) <= kbps * 1000 / 8 * (end / 25 + preset.buffer_s) * 1.02


def test_hardware_that_is_not_there_is_not_used() -> None:
    for name in ("h264_nvenc", "h264_qsv", "h264_amf", "h264_videotoolbox"):
        wanted = TINY.model_copy(update={"encoder": name, "width": 256, "height": 256})
        assert encoder.usable(wanted).encoder in (name, "libx264")
    assert encoder.usable(TINY) is TINY


def test_hardware_is_used_if_its_trial_works(monkeypatch: pytest.MonkeyPatch) -> None:
    honest = encoder.arguments
    monkeypatch.setattr(
        encoder, "arguments", lambda preset: honest(preset.model_copy(update={"encoder": "libx264", "crf": 11}))
    )
    wanted = TINY.model_copy(update={"encoder": "h264_nvenc", "crf": 11})
    assert encoder.usable(wanted).encoder == "h264_nvenc"


def test_hardware_that_starts_no_new_gop_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    honest = encoder.arguments

    def never(preset: Preset) -> dict[str, object]:
        return honest(preset.model_copy(update={"encoder": "libx264", "gop_frames": 250}))

    monkeypatch.setattr(encoder, "arguments", never)
    wanted = TINY.model_copy(update={"encoder": "h264_amf", "crf": 12})
    assert encoder.usable(wanted).encoder == "libx264"
