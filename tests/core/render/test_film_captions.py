"""Captions of whole films: a track, burned in, or a file beside; each by the film's own clock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import av
import numpy as np
import pytest

from core.errors import TransientError
from core.jobs.model import Job
from core.media import mux
from core.media.caption_track import read_captions
from core.media.captions import Cue
from core.media.encode import Cut, Titled
from core.media.presets import Preset
from core.media.probe import probe
from core.render import pipeline, publish
from core.render.beside import remove_carried
from core.render.captions import Captions
from core.render.placing import place
from core.render.timeline import Shown, Timeline
from core.template import segments
from tests.conftest import TINY
from tests.core.media.drawn import frames_of
from tests.core.render.conftest import MakePipeline
from tests.stand_ins import HummingVoice, RecordingMonitor, raises_code

SPOKEN = ["Hola, Zoë D'Angelo.", "Soy yo.", "Chau, Zoë D'Angelo."]
FIELDS = {"nombre": "Zoë D'Angelo"}

Make = Callable[[str], Path]


@pytest.fixture
def make(make_pipeline: MakePipeline, job: Job) -> Make:
    """Each a film of its own, of the same words."""

    def one(captions: str) -> Path:
        mine = replace(job, id=f"j-{captions}", captions=captions, fields=FIELDS, output=f"{job.output}.{captions}.mp4")
        return Path(make_pipeline(HummingVoice(lambda text: 1.5)).render(mine, RecordingMonitor()).output)

    return one


def texts(found: list[tuple[int, int, str]]) -> list[str]:
    return [text.replace("\n", " ") for _, _, text in found]


def test_a_soft_track_says_what_is_said_and_shares_every_picture(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = make("off")
    monkeypatch.setattr(segments, "encode", None)  # nothing may be encoded
    film = make("soft")
    with av.open(str(film)) as container:
        assert texts(read_captions(container)) == SPOKEN
        assert container.streams.subtitles[0].metadata["language"] == "spa"
    with av.open(str(plain)) as container:
        assert not container.streams.subtitles
    assert all(np.array_equal(a, b) for a, b in zip(frames_of(film, TINY), frames_of(plain, TINY), strict=True))
    info = probe(film)
    assert info.video is not None
    with av.open(str(film)) as container:
        ends = [end for _, end, _ in read_captions(container)]
    assert max(ends) <= info.video.duration_s * 1000 + 1


@pytest.mark.parametrize("kind", ["srt", "vtt"])
def test_a_file_beside_goes_by_the_films_name(make: Make, kind: str) -> None:
    film = make(kind)
    beside = film.with_suffix(f".{kind}")
    text = beside.read_text(encoding="utf-8")
    assert [line for line in text.splitlines() if line in SPOKEN] == SPOKEN
    assert sorted(file.name for file in film.parent.iterdir()) == sorted([film.name, beside.name])
    with av.open(str(film)) as container:
        assert not container.streams.subtitles


def test_burned_captions_are_in_the_picture_when_they_are_said(make: Make) -> None:
    soft, burned = make("soft"), make("burned")
    with av.open(str(soft)) as container:
        cues = read_captions(container)
    plain, drawn = frames_of(soft, TINY), frames_of(burned, TINY)
    assert len(plain) == len(drawn)
    for number, (one, other) in enumerate(zip(plain, drawn, strict=True)):
        inside = any(start <= number * 40 + 20 < end for start, end, _ in cues)
        near = any(abs(number * 40 - edge) < 60 for start, end, _ in cues for edge in (start, end))
        if not near:
            changed = int(np.abs(one.astype(int) - other).max()) > 40
            assert changed == inside, number
        assert np.abs(one[:100].astype(int) - other[:100]).max() <= 6, "above the captions nothing changes"


def test_only_pictures_with_a_caption_are_burned(tiny_preset: Preset) -> None:
    cut = Cut(Path("clip.mp4"), ((0, 50),))
    timeline = Timeline((Shown(cut, 50), Shown(cut, 50), Shown(cut, 25)), (), (), 25)
    own = Captions("burned", (Cue(1.0, 2.4, ("uno",)), Cue(2.5, 3.0, ("dos",))), "es").on(timeline, tiny_preset)
    first, second, third = (shown.picture for shown in own.shown)
    assert isinstance(first, Titled)
    assert isinstance(second, Titled)
    assert third == cut
    assert [(one.text, one.first, one.end) for one in first.titles] == [("uno", 25, 50)]
    assert [(one.text, one.first, one.end) for one in second.titles] == [("uno", 0, 10), ("dos", 12, 25)]
    assert own.frames == timeline.frames
    assert Captions("soft", (Cue(1.0, 2.4, ("uno",)),), "es").on(timeline, tiny_preset) is timeline


def test_what_no_font_can_draw_is_left_out_of_burned_captions(tiny_preset: Preset) -> None:
    timeline = Timeline((Shown(Cut(Path("clip.mp4"), ((0, 50),)), 50),), (), (), 25)
    cues = (Cue(0.0, 0.8, ("Hola 𒀀Ana",)), Cue(1.0, 1.8, ("𒀀",)))
    [shown] = Captions("burned", cues, "es").on(timeline, tiny_preset).shown
    assert isinstance(shown.picture, Titled)
    assert [title.text for title in shown.picture.titles] == ["Hola Ana"]


def test_a_film_without_its_captions_is_never_published(
    make: Make, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def forgetful(*given: object, **named: object) -> mux.Joined:
        return mux.join(*given, **{**named, "captions": named["captions"][1:]})  # type: ignore[arg-type, index]

    monkeypatch.setattr(pipeline, "join", forgetful)
    with raises_code(TransientError, "film_unsound"):
        make("soft")
    assert not list((tmp_path / "films").iterdir())


def files(job: Job) -> dict[str, str]:
    return {
        file.name: file.read_text(encoding="utf-8")[:9] if file.suffix == ".srt" else "film"
        for file in Path(job.output).parent.iterdir()
    }


@pytest.fixture
def captioned(job: Job, tmp_path: Path) -> Job:
    (tmp_path / "films").mkdir()
    return replace(job, captions="srt", fields=FIELDS, output=str(tmp_path / "films" / "x.mp4"))


def test_somebody_elses_captions_are_not_overwritten(make_pipeline: MakePipeline, captioned: Job) -> None:
    Path(captioned.output).with_suffix(".srt").write_text("theirs")
    make_pipeline().render(captioned, RecordingMonitor())
    assert files(captioned) == {"x.srt": "theirs", "x (2).mp4": "film", "x (2).srt": "1\n00:00:0"}


def test_an_edited_text_replaces_the_captions_too(make_pipeline: MakePipeline, captioned: Job) -> None:
    make_pipeline().render(captioned, RecordingMonitor())
    beside = Path(captioned.output).with_suffix(".srt")
    assert "Otro texto" not in beside.read_text(encoding="utf-8")
    make_pipeline().render(captioned.edited(script="Otro texto."), RecordingMonitor())
    assert "Otro texto" in beside.read_text(encoding="utf-8")
    assert sorted(files(captioned)) == ["x.mp4", "x.srt"]


def test_captions_that_a_person_corrected_are_kept(make_pipeline: MakePipeline, captioned: Job) -> None:
    make_pipeline().render(captioned, RecordingMonitor())
    beside = Path(captioned.output).with_suffix(".srt")
    beside.write_text("corrected", encoding="utf-8")
    make_pipeline().render(captioned, RecordingMonitor())
    make_pipeline().render(captioned.edited(script="Otro texto."), RecordingMonitor())
    assert beside.read_text(encoding="utf-8") == "corrected"
    assert sorted(files(captioned)) == ["x (2).mp4", "x (2).srt", "x.mp4", "x.srt"]


def test_a_program_killed_between_film_and_captions_lays_them_later(
    make_pipeline: MakePipeline, captioned: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(publish, "lay", killed)
        with pytest.raises(KeyboardInterrupt):
            make_pipeline().render(captioned, RecordingMonitor())
    assert sorted(files(captioned)) == ["x.mp4"]
    make_pipeline().render(captioned, RecordingMonitor())
    assert sorted(files(captioned)) == ["x.mp4", "x.srt"]


def test_captions_go_where_their_film_goes(make_pipeline: MakePipeline, captioned: Job, tmp_path: Path) -> None:
    film = Path(make_pipeline().render(captioned, RecordingMonitor()).output)
    words = film.with_suffix(".srt").read_text(encoding="utf-8")
    approved = tmp_path / "approved"
    approved.mkdir()
    (approved / "x.srt").write_text("theirs")
    moved = place(film, approved / "x.mp4", captioned)
    assert moved.name == "x (2).mp4"
    assert (approved / "x (2).srt").read_text(encoding="utf-8") == words
    assert (approved / "x.srt").read_text() == "theirs"
    (approved / "x (2).srt").unlink()  # killed in between: the next time they are laid there
    assert place(film, moved, captioned) == moved
    assert (approved / "x (2).srt").read_text(encoding="utf-8") == words
    remove_carried(film, moved, captioned.captions)
    assert not film.with_suffix(".srt").exists()


def test_films_made_before_there_were_captions_are_still_known(job: Job) -> None:
    assert publish.mark(replace(job, captions="off")) == publish.mark(job)
    assert len({publish.mark(replace(job, captions=kind)) for kind in ("off", "soft", "burned", "srt", "vtt")}) == 5
