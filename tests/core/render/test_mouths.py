"""Films whose Santa talks: the right mouth at the right frame, and none that does not fit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt
import pytest

from core.errors import EnvironmentFault, JobFault, UsageError
from core.jobs.model import Job, Strategy
from core.media.mouths import SHAPES, MouthCue, Shape
from core.media.presets import Preset
from core.progress import Progress
from core.render.audio_cache import AudioCache
from core.render.film import template_clips
from core.render.interfaces import Availability, Cues, MouthTask
from core.render.mouths import mouths_of
from core.render.picture import part_of, shared_pictures
from core.render.pipeline import Pipeline
from core.render.snapping import LEAD_S
from core.render.speech import SpeechStage
from core.template.library import TemplateLibrary
from core.template.model import load_template
from core.template.segments import SegmentBank
from providers.faces import Faces
from tests.conftest import FRAMES, TINY
from tests.conftest import GREYS as LOOP_GREYS
from tests.core.render.mouth_template import BOX, GREYS, make_mouth, make_mouthed_template
from tests.stand_ins import HummingVoice, RecordingMonitor, raises_code

INTO, LEAD_IN = 10, 10  # frames
Make = Callable[..., tuple[Pipeline, Job]]


class ToldMouths:
    """Shows what it is told, of the message; remembers what it was asked."""

    name = "mouth_bank"
    strategy = Strategy.LIPSYNC

    def __init__(self, *cues: MouthCue, usable: bool = True) -> None:
        self._cues = cues
        self._usable = usable
        self.asked: list[MouthTask] = []

    def availability(self) -> Availability:
        return Availability(self._usable, "" if self._usable else "switched off in this test")

    def cues(self, task: MouthTask, notes: list[str], progress: Progress) -> Cues:
        self.asked.append(task)
        progress(1.0)
        return {"message": self._cues}


@pytest.fixture(scope="module")
def mouthed_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_mouthed_template(tmp_path_factory.mktemp("mouthed") / "tiny")


@pytest.fixture(scope="module")
def bank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("bank")


@pytest.fixture
def make(tmp_path: Path, mouthed_folder: Path, tiny_preset: Preset, bank: Path, job: Job) -> Make:
    (tmp_path / "work").mkdir()

    def made(mouths: ToldMouths | None, folder: Path = mouthed_folder, **changes: object) -> tuple[Pipeline, Job]:
        library = TemplateLibrary()
        template = library.find(str(folder))
        speech = SpeechStage([HummingVoice()], AudioCache(tmp_path / "speech"))
        faces = Faces([], tmp_path / "faces", mouths=mouths)
        pipeline = Pipeline(library, speech, SegmentBank(bank), tmp_path / "work", faces=faces, verify_full=True)
        asked = job.edited(template=template.reference, template_hash=template.content_hash, **changes)
        return pipeline, asked

    return made


def told(*shapes: Shape) -> ToldMouths:
    """Each of them for 120 ms, in turn, from the first word on."""
    step = 0.12
    cues = [MouthCue(n * step + LEAD_S, (n + 1) * step + LEAD_S, shape) for n, shape in enumerate(shapes)]
    return ToldMouths(*cues)


def pictures(film: str | Path) -> list[npt.NDArray[np.uint8]]:
    with av.open(str(film)) as container:
        return [frame.to_ndarray(format="yuv420p")[:192].astype(np.uint8) for frame in container.decode(video=0)]


def seen(picture: npt.NDArray[np.uint8]) -> tuple[float, float]:
    """The grey of the mouth's place, and of what is around it."""
    x, y, width, height = BOX
    return float(picture[y + 4 : y + height - 4, x + 4 : x + width - 4].mean()), float(picture[:40].mean())


def message_of(film: str) -> list[tuple[float, float]]:
    frames = [seen(picture) for picture in pictures(film)]
    return frames[FRAMES["intro"] - INTO : len(frames) - FRAMES["outro"] + INTO]


def test_every_frame_shows_the_mouth_of_its_moment(make: Make) -> None:
    shapes: list[Shape] = ["A", "D", "D", "B", "G", "E", "X", "F", "H", "C", "A", "B", "C", "D", "E", "F", "G", "H"]
    pipeline, job = make(told(*shapes), script="Hola. " * 40)
    result = pipeline.render(job, RecordingMonitor())
    assert result.strategy is Strategy.LIPSYNC
    assert result.notes == ("mouth_bank: lipsync",)
    frames = message_of(result.output)
    said = [shape for shape in shapes for _ in range(3)]
    for number, (mouth, around) in enumerate(frames[INTO : len(frames) - INTO], INTO):
        place = number - LEAD_IN
        shape = said[place] if 0 <= place < len(said) else "X"
        bright = number % FRAMES["message"]
        assert around == pytest.approx(LOOP_GREYS["message"] + bright, abs=1.5), number
        expected = LOOP_GREYS["message"] + bright if shape == "X" else GREYS[shape] + bright
        assert mouth == pytest.approx(expected, abs=2), (number, shape)


def test_a_loop_is_as_long_as_the_words_and_ends_at_rest(make: Make) -> None:
    wide: list[Shape] = ["D"]
    pipeline, job = make(told(*wide * 400), script="Hola. " * 60)
    result = pipeline.render(job, RecordingMonitor())
    frames = message_of(result.output)
    assert len(frames) / 25 > 0.02 * len("Hola. " * 60)
    for mouth, around in frames[:3]:
        assert abs(mouth - around) < 12, "the transition shows the mouth at rest"


def test_the_second_film_encodes_nothing(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    pipeline, job = make(told("A", "D", "B"), script="Hola. " * 30)
    pipeline.render(job, RecordingMonitor())
    monkeypatch.setattr("core.template.segments.encode", lambda *_: pytest.fail("a picture was encoded"))
    other, again = make(told("D", "A", "A", "B"), script="Chau. " * 30)
    other.render(replace(again, id="another", output=f"{again.output}.2.mp4"), RecordingMonitor())


def test_after_warming_no_film_encodes_anything(
    make: Make, mouthed_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pipeline, job = make(told(*SHAPES))
    pipeline.warm(load_template(mouthed_folder), TINY, lambda fraction: None)
    monkeypatch.setattr("core.template.segments.encode", lambda *_: pytest.fail("a picture was encoded"))
    for words in (2, 17, 31, 60):
        asked = replace(job, id=f"w{words}", script="Hola. " * words, output=f"{job.output}.{words}.mp4")
        assert pipeline.render(asked, RecordingMonitor()).strategy is Strategy.LIPSYNC


def test_what_is_made_has_a_name(mouthed_folder: Path) -> None:
    template = load_template(mouthed_folder)
    clips = template_clips(template, TINY)
    parts = [
        part_of(picture, {clip.path: name for name, clip in clips.items()})
        for picture in shared_pictures(template, clips, TINY, mouths_of(template, TINY))
    ]
    assert parts.count("mouths") == len(SHAPES)
    assert {"intro", "outro", "transition", "mouths"} == set(parts)


def test_a_film_without_mouths_is_the_same_as_before(make: Make) -> None:
    pipeline, job = make(ToldMouths(usable=False), script="Hola. " * 10)
    result = pipeline.render(job, RecordingMonitor())
    assert result.strategy is Strategy.VOICEOVER
    assert result.notes == ("mouth_bank: switched off in this test",)
    assert all(abs(mouth - around) < 3 for mouth, around in message_of(result.output)[INTO:-INTO])


def test_a_template_without_mouths_says_so(make: Make, tiny_folder: Path) -> None:
    pipeline, job = make(told("D"), tiny_folder)
    result = pipeline.render(job, RecordingMonitor())
    assert (result.strategy, result.notes) == (Strategy.VOICEOVER, ("mouth_bank: the template brings no mouths",))
    pipeline, job = make(told("D"), tiny_folder, strategy=Strategy.LIPSYNC, id="other")
    with raises_code(EnvironmentFault, "strategy_unavailable"):
        pipeline.render(job, RecordingMonitor())


def test_burned_captions_and_mouths_are_seen_together(make: Make) -> None:
    shapes: list[Shape] = ["A", "D"]
    pipeline, job = make(told(*shapes * 20), script="Hola. " * 30, captions="burned", id="burned")
    result = pipeline.render(job, RecordingMonitor())
    mouths = [mouth - around for mouth, around in message_of(result.output)[LEAD_IN : LEAD_IN + 60]]
    wanted = [GREYS[shape] - LOOP_GREYS["message"] for _ in range(10) for shape in shapes for _ in range(3)]
    assert mouths == pytest.approx(wanted, abs=8)


def broken(tmp_path: Path, change: Callable[[Path], None], **options: tuple[Shape, ...]) -> Path:
    folder = make_mouthed_template(tmp_path / "broken" / "tiny", **options)
    change(folder)
    return folder


def too_short(folder: Path) -> None:
    make_mouth(folder / "clips" / "mouth-D.mp4", 57, 90)


def too_big(folder: Path) -> None:
    make_mouth(folder / "clips" / "mouth-D.mp4", 60, 90, size="108x192")


def no_clip(folder: Path) -> None:
    (folder / "clips" / "mouth-D.mp4").write_bytes(b"nothing")


@pytest.mark.parametrize("change", [too_short, too_big, no_clip])
def test_a_mouth_that_does_not_fit_makes_no_film(make: Make, tmp_path: Path, change: Callable[[Path], None]) -> None:
    pipeline, job = make(told("D", "A"), broken(tmp_path, change), strategy=Strategy.LIPSYNC)
    with pytest.raises(JobFault) as raised:
        pipeline.render(job, RecordingMonitor())
    assert "mouth-D.mp4" in str(raised.value)
    assert not Path(job.output).exists()


def test_where_less_is_allowed_a_mouth_that_does_not_fit_is_told(make: Make, tmp_path: Path) -> None:
    pipeline, job = make(told("D"), broken(tmp_path, too_short))
    result = pipeline.render(job, RecordingMonitor())
    assert (result.strategy, result.notes) == (Strategy.VOICEOVER, ("mouth_bank: mouth_unfit",))


def test_a_missing_shape_is_a_mistake_in_the_template(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="mouth D is missing"):
        load_template(broken(tmp_path, lambda folder: None, without=("D", "X")))


def test_shapes_that_may_be_missing_are_replaced_as_rhubarb_does(tmp_path: Path) -> None:
    template = load_template(broken(tmp_path, lambda folder: None, without=("G", "H", "X")))
    mouth = mouths_of(template, TINY)["message"]
    assert (mouth["G"], mouth["H"], mouth["X"]) == (mouth["A"], mouth["C"], None)
    assert set(mouth) == set(SHAPES)
