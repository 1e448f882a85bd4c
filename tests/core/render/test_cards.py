"""A film's own text on its picture: only what carries it is made for the film, everything else is shared."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from core.errors import JobFault
from core.jobs.model import Job
from core.media import encode as encoding
from core.media.encode import Cut, Picture, Titled
from core.media.presets import Preset
from core.progress import Progress
from core.render.cards import titles
from core.render.pipeline import Pipeline
from core.render.speech import SpeechStage
from core.render.timeline import Clip, lay_out
from core.template import segments
from core.template.library import TemplateLibrary
from core.template.model import Section, Template, load_template
from core.template.segments import SegmentBank
from tests.conftest import FRAMES, TINY, TOML
from tests.core.media.drawn import Pixels, frames_of
from tests.stand_ins import HummingVoice, RecordingMonitor, raises_code

CARD = """lead_in_s = 0.2
[[sections.cards]]
text = "{nombre}"
from_s = 0.48
to_s = 1.2
x = 0.05
y = 0.3
width = 0.9
height = 0.4
size = 0.5
fade_in_s = 0
fade_out_s = 0
[[sections]]
name = "message\""""
FIRST, END = 12, 30  # the card's frames
CLIP = Clip(Path("intro.mp4"), 100)


def carded(folder: Path, tiny_folder: Path, card: str = CARD) -> Template:
    shutil.copytree(tiny_folder, folder)
    old = 'lead_in_s = 0.2\n[[sections]]\nname = "message"'
    assert old in TOML
    (folder / "template.toml").write_text(TOML.replace(old, card), encoding="utf-8")
    return load_template(folder)


@pytest.fixture
def template(tmp_path: Path, tiny_folder: Path) -> Template:
    return carded(tmp_path / "carded", tiny_folder)


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[Picture]:
    """What was really encoded."""
    seen: list[Picture] = []

    def count(picture: Picture, destination: Path, preset: Preset, progress: Progress) -> None:
        seen.append(picture)
        encoding.encode(picture, destination, preset, progress)

    monkeypatch.setattr(segments, "encode", count)
    return seen


Render = Callable[[str], Path]


@pytest.fixture
def pipeline(tmp_path: Path, template: Template, tiny_preset: Preset) -> Pipeline:
    library = TemplateLibrary()
    library.find(str(template.folder))
    from core.render.audio_cache import AudioCache

    speech = SpeechStage([HummingVoice(lambda text: 0.5)], AudioCache(tmp_path / "speech"))
    (tmp_path / "work").mkdir()
    return Pipeline(library, speech, SegmentBank(tmp_path / "bank"), tmp_path / "work")


@pytest.fixture
def render(pipeline: Pipeline, template: Template, job: Job, tmp_path: Path) -> Render:
    def one(name: str) -> Path:
        mine = replace(
            job,
            id=f"job{abs(hash(name))}",
            template=template.reference,
            template_hash=template.content_hash,
            fields={"nombre": name},
            output=str(tmp_path / "films" / f"{len(list((tmp_path / 'films').glob('*')))}.mp4"),
        )
        return Path(pipeline.render(mine, RecordingMonitor()).output)

    (tmp_path / "films").mkdir()
    return one


def differ(one: Pixels, other: Pixels) -> int:
    return int(np.abs(one.astype(int) - other).max())


def test_only_the_cards_frames_are_a_films_own(render: Render, made: list[Picture]) -> None:
    films = [frames_of(render(name), TINY) for name in ("Ana", "Zoë")]
    own = [picture for picture in made if isinstance(picture, Titled)]
    assert [picture.frames for picture in own] == [END - FIRST] * 2
    shared = [picture for picture in made if not isinstance(picture, Titled)]
    assert len(set(shared)) == len(shared)
    assert len(films[0]) == len(films[1])
    for number, (one, other) in enumerate(zip(*films, strict=True)):
        assert (differ(one, other) > 60) == (FIRST <= number < END), number


def test_every_frame_is_where_it_would_be_without_a_card(render: Render) -> None:
    """The greys say which frame of the clip it is; above and below the card nothing is drawn."""
    shown = frames_of(render("Ana"), TINY)
    for number in range(FRAMES["intro"] - 10):
        assert shown[number][:40].mean() == pytest.approx(20 + number, abs=1.5), number


def test_a_retry_pays_nothing_again(render: Render, made: list[Picture]) -> None:
    render("Ana")
    before = len(made)
    render("Ana")
    assert len(made) == before


def test_warming_makes_what_is_shared_and_nothing_personal(
    pipeline: Pipeline, template: Template, render: Render, made: list[Picture]
) -> None:
    pipeline.warm(template, TINY, lambda fraction: None)
    assert not [picture for picture in made if isinstance(picture, Titled)]
    intro = [picture for picture in made if isinstance(picture, Cut) and picture.clip.stem == "intro"]
    assert [picture.spans for picture in intro] == [((0, FIRST),), ((END, FRAMES["intro"] - 10),)]
    before = len(made)
    render("Ana")
    assert [type(picture) for picture in made[before:]] == [Titled]


def test_a_card_that_not_every_film_has_is_warmed_without_text_too(tmp_path: Path, tiny_folder: Path) -> None:
    from core.render.film import template_clips
    from core.render.picture import shared_pictures

    template = carded(tmp_path / "t", tiny_folder, CARD.replace("{nombre}", "{queHizo}"))
    shared = shared_pictures(template, template_clips(template, TINY), TINY)
    assert Cut(template.path("clips/intro.mp4"), ((FIRST, END),)) in shared
    assert titles(template, TINY, "es", {"nombre": "Ana", "queHizo": " "}) == {"intro": (None,)}


def test_the_name_is_in_no_path_and_no_log(render: Render, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    render("Wilhelmina")
    assert "Wilhelmina" not in caplog.text
    assert not [path for path in tmp_path.rglob("*") if "Wilhelmina" in str(path)]
    assert not list(tmp_path.rglob("*.ass"))


def test_texts_that_a_killed_program_left_are_removed(tmp_path: Path) -> None:
    import os
    import time

    folder = tmp_path / "personal" / "ab"
    folder.mkdir(parents=True)
    for name, age_s in (("old.1.part.0.ass", 7200), ("new.2.part.0.ass", 60)):
        (folder / name).write_text("Ana")
        os.utime(folder / name, (time.time() - age_s,) * 2)
    SegmentBank(tmp_path)
    assert [file.name for file in folder.iterdir()] == ["new.2.part.0.ass"]


def test_what_carries_a_name_is_bounded_apart_from_what_is_shared(render: Render, tmp_path: Path) -> None:
    render("Ana")
    bank = SegmentBank(tmp_path / "bank")
    assert len(list((tmp_path / "bank" / "personal").glob("??/*.mp4"))) == 1
    assert bank.usage().files == len(list((tmp_path / "bank").rglob("*.mp4")))
    assert bank.clear(even_if_others_use_it=True).files > 1
    assert bank.usage().files == 0


def test_a_name_that_cannot_be_drawn_fails_the_job_and_says_so(render: Render) -> None:
    with raises_code(JobFault, "letters_missing") as caught:
        render("𒀀𒁉")
    assert "U+12000" in str(caught.value)


def section(*cards: tuple[float, float]) -> Section:
    box = {"x": 0, "y": 0, "width": 1, "height": 1}
    made = [{"text": "{nombre}", "from_s": first, "to_s": end, **box} for first, end in cards]
    return Section.model_validate({"name": "intro", "clip": "intro.mp4", "cards": made})


def spans(one: Section, after: Section | None = None) -> list[tuple[tuple[int, int], ...]]:
    sections = [one] + ([after] if after else [])
    timeline = lay_out(sections, {"intro": CLIP, "outro": CLIP}, {}, fps=25, gop_frames=25)
    assert timeline.frames == (100 if after is None else 190)
    return [shown.picture.spans for shown in timeline.shown if isinstance(shown.picture, Cut)]


def test_a_section_is_cut_where_cards_come_and_go() -> None:
    assert spans(section((1, 2))) == [((0, 25),), ((25, 50),), ((50, 100),)]
    assert spans(section((0, 4))) == [((0, 100),)]
    assert spans(section((0, 1), (3, 4))) == [((0, 25),), ((25, 75),), ((75, 100),)]
    assert spans(section((1, 2), (2, 3))) == [((0, 25),), ((25, 50),), ((50, 75),), ((75, 100),)]
    assert spans(section((1, 3), (2, 3.2))) == [((0, 25),), ((25, 80),), ((80, 100),)]


def test_a_card_while_the_clip_is_not_alone_is_refused() -> None:
    outro = Section(name="outro", clip="o.mp4", transition_s=0.4)
    spans(section((1, 3.6)), outro)
    for first, end in ((1, 3.64), (3.8, 4.2), (3, 9)):
        with raises_code(JobFault, "card_outside") as caught:
            spans(section((first, end)), outro)
        assert "intro" in str(caught.value)


def test_two_cards_at_once_are_one_picture(template: Template) -> None:
    one, *_ = titles(template, TINY, "es", {"nombre": "Ana"})["intro"]
    assert one is not None
    both = lay_out(
        [section((1, 3), (2, 3.2))], {"intro": CLIP}, {}, fps=25, gop_frames=25, titles={"intro": (one, one)}
    )
    [own] = [shown.picture for shown in both.shown if isinstance(shown.picture, Titled)]
    assert [(title.first, title.end) for title in own.titles] == [(0, 50), (25, 55)]


def test_a_value_is_never_read_as_a_template(template: Template) -> None:
    [title] = titles(template, TINY, "es", {"nombre": " {queHizo}\n{0} ", "queHizo": "x"})["intro"]
    assert title is not None
    assert title.text == "{queHizo} {0}"


def test_a_cards_text_may_be_in_each_language(tmp_path: Path, tiny_folder: Path) -> None:
    both = '{ es = "Para {nombre}", en = "For {nombre}" }'
    template = carded(tmp_path / "t", tiny_folder, CARD.replace('"{nombre}"', both))
    shown = [titles(template, TINY, language, {"nombre": "Ana"})["intro"][0] for language in ("es", "en")]
    assert [title.text for title in shown if title] == ["Para Ana", "For Ana"]
