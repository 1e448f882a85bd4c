"""A clip that somebody else made takes the loop's place, exact to the frame, whatever its rate, size and sound are."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from pathlib import Path

import av
import numpy as np
import pytest

from core.errors import EnvironmentFault, JobFault
from core.jobs.model import Job, Result, Strategy
from core.media import ffmpeg, pcm
from core.media.audio import wav_seconds
from core.media.probe import film_seconds, probe
from core.progress import Progress
from core.render.interfaces import Cost, FaceTask, MadeFace, MouthTask
from tests.conftest import FRAMES
from tests.core.render.conftest import MakePipeline
from tests.stand_ins import HummingVoice, RecordingMonitor, raises_code

GREY = 220
DISSOLVE = 10


class StandInFaces:
    """Makes a grey clip of 720p at 30 frames a second, with a sound of 44.1 kHz: nothing like the film."""

    def __init__(self, folder: Path, strategy: Strategy = Strategy.LIPSYNC, *, speaks: bool = False) -> None:
        self.tasks: list[FaceTask] = []
        self.gives = True
        self._folder = folder
        self._strategy = strategy
        self._speaks = speaks

    def make(
        self,
        wanted: Strategy,
        task: Callable[[bool], FaceTask],
        notes: list[str],
        progress: Progress,
        mouths: Callable[[], MouthTask] | None = None,
    ) -> MadeFace | None:
        asked = task(self._speaks)
        self.tasks.append(replace(asked, speech=_kept(asked.speech, self._folder)))
        if not self.gives:
            notes.append("standin: provider_down")
            return None
        assert asked.still.read_bytes()[:2] == b"\xff\xd8"
        if not self._speaks:
            assert film_seconds(asked.clip) >= asked.seconds - 0.001
        clip = self._folder / "face.mp4"
        _clip(clip, asked.seconds or 3.0)
        progress(1.0)
        return MadeFace(clip, self._strategy, "standin", self._speaks)

    def cost(self, wanted: Strategy, text: str, seconds: float) -> Cost:
        return Cost(seconds=seconds)

    def speaks_first(self, wanted: Strategy) -> bool:
        return self._speaks

    def moves_mouths(self) -> bool:
        return False

    def in_use(self) -> AbstractContextManager[None]:
        return nullcontext()


def _kept(speech: Path | None, folder: Path) -> Path | None:
    """The task's own file is gone when the film is made."""
    if speech is None:
        return None
    kept = folder / "asked.wav"
    kept.write_bytes(speech.read_bytes())
    return kept


def _clip(path: Path, seconds: float) -> None:
    command = [ffmpeg.executable(), "-v", "error", "-y", "-f", "lavfi", "-i"]
    command += [f"color=0x{GREY:02x}{GREY:02x}{GREY:02x}:s=1280x720:r=30", "-f", "lavfi", "-i", "sine=440:r=44100"]
    command += ["-t", f"{seconds:.3f}", "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", str(path)]
    subprocess.run(command, check=True, capture_output=True)


def lights(result: Result) -> list[float]:
    with av.open(result.output) as container:
        return [float(frame.to_ndarray(format="gray").mean()) for frame in container.decode(video=0)]


@pytest.fixture
def faces(tmp_path: Path) -> StandInFaces:
    folder = tmp_path / "faces"
    folder.mkdir()
    return StandInFaces(folder)


def test_the_films_geometry_stays(make_pipeline: MakePipeline, job: Job, faces: StandInFaces) -> None:
    silent = make_pipeline().render(replace(job, id="silent"), RecordingMonitor())
    talking = make_pipeline(faces=faces, verify_full=True).render(replace(job, id="talking"), RecordingMonitor())
    assert talking.strategy is Strategy.LIPSYNC
    assert talking.notes == ("standin: lipsync",)
    assert talking.duration_s == silent.duration_s
    info = probe(Path(talking.output))
    assert info.video is not None
    assert (info.video.width, info.video.height) == (108, 192)

    before, after = lights(silent), lights(talking)
    assert len(before) == len(after)
    first, last = FRAMES["intro"], len(after) - FRAMES["outro"]
    assert after[: first - DISSOLVE] == pytest.approx(before[: first - DISSOLVE], abs=0.1)
    assert after[last + DISSOLVE :] == pytest.approx(before[last + DISSOLVE :], abs=0.1)
    assert all(light == pytest.approx(GREY, abs=6) for light in after[first:last])

    sounds = [pcm.read(Path(result.output)) for result in (silent, talking)]
    assert float(np.abs(sounds[0] - sounds[1]).max()) < 0.01  # our speech, at its place; not the clip's own tone


def test_it_is_told_exactly_what_is_heard_when(make_pipeline: MakePipeline, job: Job, faces: StandInFaces) -> None:
    make_pipeline(faces=faces).render(job, RecordingMonitor())
    [task] = faces.tasks
    assert task.text.startswith("Soy yo. ")
    assert task.text.endswith("Chau, Zoë D'Angelo.")
    assert (task.language, task.width, task.height) == ("es", 108, 192)
    assert (task.payer.job, task.payer.batch) == ("job1", "batch1")
    assert task.speech is not None
    assert wav_seconds(task.speech) == pytest.approx(task.seconds, abs=0.001)
    heard = np.abs(pcm.read(task.speech)[0]) > 0.01
    assert np.flatnonzero(heard)[0] / pcm.RATE == pytest.approx(0.4, abs=0.05)  # the template's lead-in


def test_the_same_film_is_the_same_task(make_pipeline: MakePipeline, job: Job, faces: StandInFaces) -> None:
    for one in (job, replace(job, id="again"), replace(job, id="other", take=1), replace(job, id="o", language="en")):
        make_pipeline(faces=faces).render(replace(one, output=job.output + one.id), RecordingMonitor())
    first, again, other, english = (task.identity for task in faces.tasks)
    assert first == again
    assert len({first, other, english}) == 3


def test_a_face_that_speaks_is_heard(make_pipeline: MakePipeline, job: Job, tmp_path: Path) -> None:
    (tmp_path / "faces").mkdir()
    faces, voice = StandInFaces(tmp_path / "faces", Strategy.AVATAR, speaks=True), HummingVoice()
    made = make_pipeline(voice, faces=faces).render(job, RecordingMonitor())
    assert made.strategy is Strategy.AVATAR
    assert voice.spoken == ["Hola, Zoë D'Angelo."]  # the rest it says itself
    frames = FRAMES["intro"] + 75 + FRAMES["outro"] - 2 * DISSOLVE
    assert len(lights(made)) == frames
    film = pcm.read(Path(made.output))
    start = (FRAMES["intro"] - DISSOLVE) / 25
    said = film[:, round((start + 0.2) * pcm.RATE) : round((start + 2.8) * pcm.RATE)]
    tone = np.abs(np.fft.rfft(said[0]))
    assert tone.argmax() / said.shape[1] * pcm.RATE == pytest.approx(440, abs=1)
    assert film.shape[1] / pcm.RATE == pytest.approx(frames / 25, abs=0.05)


def test_where_nobody_can_our_voice_says_it_all(make_pipeline: MakePipeline, job: Job, tmp_path: Path) -> None:
    (tmp_path / "faces").mkdir()
    faces, voice = StandInFaces(tmp_path / "faces", Strategy.AVATAR, speaks=True), HummingVoice()
    faces.gives = False
    made = make_pipeline(voice, faces=faces).render(job, RecordingMonitor())
    assert made.strategy is Strategy.VOICEOVER
    assert made.notes == ("standin: provider_down",)
    assert len(voice.spoken) == 4
    assert made.duration_s > sum(0.02 * len(text) for text in voice.spoken)


def test_a_found_film_tells_how_it_was_made(make_pipeline: MakePipeline, job: Job, faces: StandInFaces) -> None:
    """The program was killed right after it had given the film its name."""
    for _ in range(2):
        made = make_pipeline(faces=faces).render(job, RecordingMonitor())
        assert made.strategy is Strategy.LIPSYNC
    assert len(faces.tasks) == 1


def test_no_words_no_face(make_pipeline: MakePipeline, job: Job, faces: StandInFaces, tmp_path: Path) -> None:
    clip = tmp_path / "silent.mp4"
    command = [
        ffmpeg.executable(),
        "-v",
        "error",
        "-f",
        "lavfi",
        "-i",
        "color=black:s=64x64:r=30",
        "-t",
        "1",
        str(clip),
    ]
    subprocess.run(command, check=True, capture_output=True)
    speaking = StandInFaces(tmp_path / "faces", Strategy.AVATAR, speaks=True)
    speaking.make = lambda *_: MadeFace(clip, Strategy.AVATAR, "mute", True)  # type: ignore[method-assign]
    with raises_code(JobFault, "speech_unreadable"):
        make_pipeline(faces=speaking).render(job, RecordingMonitor())
    assert not list((tmp_path / "work").iterdir())


def test_nothing_is_left_in_the_work_folder(
    make_pipeline: MakePipeline, job: Job, faces: StandInFaces, tmp_path: Path
) -> None:
    make_pipeline(faces=faces).render(job, RecordingMonitor())
    assert not list((tmp_path / "work").iterdir())


def test_without_any_face_a_floor_above_the_loop_waits(make_pipeline: MakePipeline, job: Job) -> None:
    for wanted in (Strategy.AVATAR, Strategy.LIPSYNC):
        with raises_code(EnvironmentFault, "strategy_unavailable"):
            make_pipeline().render(replace(job, strategy=wanted), RecordingMonitor())
