"""A job's whole way to a film, with a voice that hums: what is seen and heard is what was promised."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import av
import pytest

from core.errors import Cancelled, EnvironmentFault, JobFault, LeaseLost, TransientError
from core.jobs.model import Job, Strategy
from core.media import mux
from core.media.probe import probe
from core.render import pipeline, publish
from core.render.interfaces import STAGES
from core.render.verify import moov_first
from tests.conftest import FRAMES, GREYS
from tests.core.render.conftest import MakePipeline
from tests.stand_ins import HummingVoice, RecordingMonitor, raises_code


def left_in(tmp_path: Path) -> list[str]:
    return sorted(
        str(file.relative_to(tmp_path)) for part in ("films", "work") for file in (tmp_path / part).rglob("*")
    )


def test_the_film_is_what_was_promised(make_pipeline: MakePipeline, job: Job, tmp_path: Path) -> None:
    voice, monitor = HummingVoice(), RecordingMonitor()
    result = make_pipeline(voice).render(job, monitor)

    film = Path(result.output)
    assert film == Path(job.output)
    assert left_in(tmp_path) == [f"films/{film.name}"]
    info = probe(film)
    assert info.video is not None
    assert info.audio is not None
    assert (info.video.codec, info.video.profile, info.video.pix_fmt) == ("h264", "High", "yuv420p")
    assert info.video.color == (1, 1, 1, 1)
    assert (info.audio.codec, info.audio.rate, info.audio.channels) == ("aac", 48000, 2)
    assert info.audio.duration_s == pytest.approx(info.video.duration_s, abs=0.04)
    assert info.video.duration_s == pytest.approx(result.duration_s)
    assert moov_first(film)
    said = sum(0.02 * len(text) for text in voice.spoken)
    assert result.duration_s > said
    assert result.strategy is Strategy.VOICEOVER
    assert list(result.seconds) == list(STAGES)
    assert monitor.asked_to_publish == 1
    assert list(dict.fromkeys(stage for stage, _ in monitor.told)) == list(STAGES)


def test_every_frame_comes_from_where_the_timeline_says(make_pipeline: MakePipeline, job: Job) -> None:
    result = make_pipeline().render(job, RecordingMonitor())
    with av.open(result.output) as container:
        limited = [frame.to_ndarray(format="yuv420p")[:192].mean() for frame in container.decode(video=0)]
    dissolve = 10
    intro = FRAMES["intro"] - dissolve
    loop_length = len(limited) - intro - FRAMES["outro"]
    for n in range(intro):
        assert limited[n] == pytest.approx(GREYS["intro"] + n, abs=1.5)
    for n in range(dissolve, loop_length):
        assert limited[intro + n] == pytest.approx(GREYS["message"] + n % FRAMES["message"], abs=1.5)
    for n in range(dissolve, FRAMES["outro"]):
        assert limited[intro + loop_length + n] == pytest.approx(GREYS["outro"] + n, abs=1.5)


def test_a_longer_text_makes_a_longer_film(make_pipeline: MakePipeline, job: Job) -> None:
    lengths = [
        make_pipeline().render(replace(job, id=f"j{n}", script="Hola. " * n), RecordingMonitor()).duration_s
        for n in (1, 60, 200)
    ]
    assert lengths[0] < lengths[1] < lengths[2]
    assert lengths[2] >= 0.02 * len("Hola. " * 200)


def test_words_already_spoken_are_not_spoken_again(make_pipeline: MakePipeline, job: Job) -> None:
    voice = HummingVoice()
    make_pipeline(voice).render(job, RecordingMonitor())
    make_pipeline(voice).render(replace(job, id="job2"), RecordingMonitor())
    assert len(voice.spoken) == len(set(voice.spoken)) == 4  # sentences of intro and message


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("error", [Cancelled("cancelled", "Enough."), LeaseLost("lease_lost", "Gone.")])
def test_stopping_at_any_stage_leaves_nothing(
    make_pipeline: MakePipeline, job: Job, tmp_path: Path, stage: str, error: Exception
) -> None:
    def stop(at: str, _fraction: float) -> None:
        if at == stage:
            raise error

    with pytest.raises(type(error)):
        make_pipeline().render(job, RecordingMonitor(stop))
    assert left_in(tmp_path) == []


def test_who_lost_the_lease_does_not_publish(make_pipeline: MakePipeline, job: Job, tmp_path: Path) -> None:
    class TooLate(RecordingMonitor):
        def before_publish(self) -> None:
            raise LeaseLost("lease_lost", "Gone.")

    with pytest.raises(LeaseLost):
        make_pipeline().render(job, TooLate())
    assert left_in(tmp_path) == []


def test_somebody_elses_film_is_not_overwritten(make_pipeline: MakePipeline, job: Job) -> None:
    Path(job.output).parent.mkdir()
    Path(job.output).write_bytes(b"a film of last year")
    result = make_pipeline().render(job, RecordingMonitor())
    assert Path(job.output).read_bytes() == b"a film of last year"
    assert result.output.endswith("0002-Zoë D'Angelo (2).mp4")


def test_a_film_that_a_killed_attempt_published_is_not_made_again(
    make_pipeline: MakePipeline, job: Job, tmp_path: Path
) -> None:
    first = make_pipeline().render(job, RecordingMonitor())
    inode = Path(first.output).stat().st_ino
    voice, monitor = HummingVoice(), RecordingMonitor()
    second = make_pipeline(voice).render(job, monitor)
    assert second.output == first.output
    assert second.duration_s == pytest.approx(first.duration_s)
    assert voice.spoken == []
    assert monitor.asked_to_publish == 0
    assert Path(first.output).stat().st_ino == inode
    assert left_in(tmp_path) == [f"films/{Path(job.output).name}"]


def test_two_attempts_at_once_publish_one_film(make_pipeline: MakePipeline, job: Job, tmp_path: Path) -> None:
    """The slower one was stopped right before it gave its film the name, and is woken when all is over."""

    class Slower(RecordingMonitor):
        def before_publish(self) -> None:
            make_pipeline().render(replace(job, priority=3), RecordingMonitor())
            self.inode = Path(job.output).stat().st_ino

    slower = Slower()
    with pytest.raises(LeaseLost):
        make_pipeline().render(job, slower)
    assert Path(job.output).stat().st_ino == slower.inode
    assert left_in(tmp_path) == [f"films/{Path(job.output).name}"]


def test_an_edited_text_replaces_the_jobs_earlier_film(make_pipeline: MakePipeline, job: Job, tmp_path: Path) -> None:
    first = make_pipeline().render(job, RecordingMonitor())
    second = make_pipeline().render(job.edited(script="Otro texto, más largo que antes. " * 9), RecordingMonitor())
    assert second.output == first.output
    assert second.duration_s > first.duration_s
    assert left_in(tmp_path) == [f"films/{Path(job.output).name}"]


def test_parts_of_killed_attempts_are_cleared(make_pipeline: MakePipeline, job: Job, tmp_path: Path) -> None:
    Path(job.output).parent.mkdir()
    publish.part_path(Path(job.output), job.id, "dead").write_bytes(b"half a film")
    other = publish.part_path(Path(job.output), "another", "alive")
    other.write_bytes(b"another's half film")
    make_pipeline().render(job, RecordingMonitor())
    assert left_in(tmp_path) == sorted([f"films/{other.name}", f"films/{Path(job.output).name}"])


def test_a_strategy_that_nothing_makes_waits(make_pipeline: MakePipeline, job: Job) -> None:
    with raises_code(EnvironmentFault, "strategy_unavailable"):
        make_pipeline().render(replace(job, strategy=Strategy.AVATAR), RecordingMonitor())


def test_no_voice_waits(make_pipeline: MakePipeline, job: Job) -> None:
    with raises_code(EnvironmentFault, "no_voice"):
        make_pipeline(HummingVoice(usable=False)).render(job, RecordingMonitor())


def test_a_voice_that_gives_nothing_fails_the_job(make_pipeline: MakePipeline, job: Job, tmp_path: Path) -> None:
    with raises_code(JobFault, "speech_empty"):
        make_pipeline(HummingVoice(lambda text: 0.0)).render(job, RecordingMonitor())
    assert not list((tmp_path / "speech").rglob("*.wav"))


def test_a_template_in_another_version_waits(make_pipeline: MakePipeline, job: Job) -> None:
    with raises_code(EnvironmentFault, "template_not_here") as caught:
        make_pipeline().render(replace(job, template_hash="0" * 64), RecordingMonitor())
    assert isinstance(caught.value, EnvironmentFault)
    assert caught.value.waits_for == f"template:{'0' * 64}:{job.template}"


def test_a_folder_that_is_gone_waits(make_pipeline: MakePipeline, job: Job, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with raises_code(EnvironmentFault, "output_folder_unusable"):
        make_pipeline().render(replace(job, output=str(tmp_path / "file" / "f.mp4")), RecordingMonitor())


def test_a_film_that_is_not_as_planned_is_never_published(
    make_pipeline: MakePipeline, job: Job, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:

    def lossy(pieces: list[mux.Piece], *rest: object, **named: object) -> mux.Joined:
        return mux.join(pieces[:-1], *rest, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(pipeline, "join", lossy)
    with raises_code(TransientError, "film_unsound"):
        make_pipeline().render(job, RecordingMonitor())
    assert left_in(tmp_path) == []
