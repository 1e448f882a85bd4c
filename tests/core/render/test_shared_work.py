"""What films share, and what a preset asks of all of them: the bank, limits, posters, full verification."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import av
import pytest

from core.errors import TransientError
from core.jobs.model import Job
from core.media import mux, presets
from core.media.presets import Preset
from core.render import pipeline
from core.template import segments
from core.template.model import Template
from tests.conftest import GREYS, TINY
from tests.core.render.conftest import MakePipeline
from tests.stand_ins import RecordingMonitor, raises_code


def test_a_warm_bank_needs_no_encoding_however_long_the_words(
    make_pipeline: MakePipeline,
    job: Job,
    tiny_template: Template,
    tiny_preset: Preset,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told: list[float] = []
    begun: list[str] = []
    make_pipeline().warm(tiny_template, tiny_preset, told.append, begun.append)
    assert told == sorted(told)
    assert told[-1] == 1.0
    assert begun[:3] == ["sound", "intro", "transition"]
    assert set(begun) == {"sound", "intro", "message", "outro", "transition"}
    begun.clear()
    make_pipeline().warm(tiny_template, tiny_preset, told.append, begun.append)
    assert begun == ["sound"]  # there is nothing left to be made

    def refuse(*_: object) -> None:
        raise AssertionError("something was encoded")

    monkeypatch.setattr(segments, "encode", refuse)
    for n in (1, 30, 60, 90, 120):
        make_pipeline().render(replace(job, id=f"j{n}", script="Hola. " * n), RecordingMonitor())


def test_a_damaged_segment_makes_no_wrong_film(make_pipeline: MakePipeline, job: Job, bank_folder: Path) -> None:
    first = make_pipeline().render(job, RecordingMonitor())
    for segment in bank_folder.glob("??/*.mp4"):
        data = bytearray(segment.read_bytes())
        data[len(data) // 2] ^= 0xFF
        segment.write_bytes(data)
    second = make_pipeline().render(replace(job, id="again", output=f"{job.output}.again.mp4"), RecordingMonitor())
    pictures = [packet_bytes(Path(result.output)) for result in (first, second)]
    assert pictures[0] == pictures[1]


def packet_bytes(film: Path) -> list[bytes]:
    with av.open(str(film)) as container:
        return [bytes(packet) for packet in container.demux(video=0) if packet.size]


@pytest.mark.parametrize("repeats", [1, 200])
def test_a_limited_preset_bounds_the_whole_film(
    make_pipeline: MakePipeline, job: Job, monkeypatch: pytest.MonkeyPatch, repeats: int
) -> None:
    limited = TINY.model_copy(update={"max_film_mb": 1.2, "audio_kbps": 64})
    monkeypatch.setattr(presets, "presets", lambda: {"tiny": limited})
    result = make_pipeline().render(replace(job, script="Hola. " * repeats), RecordingMonitor())
    assert Path(result.output).stat().st_size <= 1_200_000


def test_hardware_that_does_not_work_is_told(
    make_pipeline: MakePipeline, job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = TINY.model_copy(update={"encoder": "h264_nvenc"})
    monkeypatch.setattr(presets, "presets", lambda: {"tiny": wanted})
    monkeypatch.setattr(pipeline, "usable", lambda preset: preset.model_copy(update={"encoder": "libx264"}))
    result = make_pipeline().render(job, RecordingMonitor())
    assert any("h264_nvenc" in note for note in result.notes)


def test_a_film_has_a_poster_that_films_alike_share(make_pipeline: MakePipeline, job: Job) -> None:
    posters = [
        Path(
            make_pipeline().render(replace(job, id=name, output=f"{job.output}.{name}.mp4"), RecordingMonitor()).poster
        )
        for name in ("one", "two")
    ]
    assert posters[0] == posters[1]
    with av.open(str(posters[0])) as container:
        frame = next(container.decode(video=0))
        assert (frame.width, frame.height) == (108, 192)
        grey = frame.to_ndarray(format="gray").mean()
    first_alone = GREYS["message"] + 10  # the message's first frame after its dissolve, in limited range
    assert grey == pytest.approx((first_alone - 16) * 255 / 219, abs=3)


def test_full_verification_decodes_every_frame(
    make_pipeline: MakePipeline, job: Job, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    thorough = make_pipeline(verify_full=True)
    assert thorough.render(job, RecordingMonitor()).duration_s > 0

    def quiet(*_: object) -> None:
        """The quick check, blind."""

    def damaged(*given: Any, **named: Any) -> mux.Joined:
        joined = mux.join(*given, **named)
        film = given[2]
        data = bytearray(film.read_bytes())
        start = data.rindex(b"mdat") + 3000
        data[start : start + 40_000] = bytes(len(data[start : start + 40_000]))
        film.write_bytes(data)
        return joined

    monkeypatch.setattr(pipeline, "verify", quiet)
    monkeypatch.setattr(pipeline, "join", damaged)
    bad = replace(job, id="bad", output=f"{job.output}.bad.mp4")
    make_pipeline().render(replace(bad, id="blind", output=f"{job.output}.blind.mp4"), RecordingMonitor())
    with raises_code(TransientError, "film_unsound"):
        thorough.render(bad, RecordingMonitor())
    assert not Path(bad.output).exists()
