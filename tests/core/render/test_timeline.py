"""Where everything is: exact to the frame, whatever the lengths."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import JobFault
from core.media.encode import Cut, Transition
from core.render.timeline import Clip, Timeline, lay_out
from core.template.model import Section
from tests.stand_ins import raises_code

FPS = 25
GOP = 25

INTRO = Section(name="intro", clip="i.mp4", sound="i.wav", lead_in_s=1.0)
MESSAGE = Section(name="message", clip="m.mp4", loop=True, lead_in_s=0.4, tail_s=0.6, transition_s=0.4)
OUTRO = Section(name="outro", clip="o.mp4", sound="o.wav", transition_s=0.4)
FILM = (INTRO, MESSAGE, OUTRO)
CLIPS = {name: Clip(Path(f"{name}.mp4"), frames) for name, frames in (("intro", 75), ("message", 60), ("outro", 50))}


def plan(speech: dict[str, float], sections: tuple[Section, ...] = FILM) -> Timeline:
    return lay_out(sections, CLIPS, speech, fps=FPS, gop_frames=GOP)


def source_frames(timeline: Timeline) -> list[tuple[str, int]]:
    """For each frame of the film, the clip and frame that is seen (of a dissolve, the one that comes)."""
    frames = []
    for shown in timeline.shown:
        cut = shown.picture.after if isinstance(shown.picture, Transition) else shown.picture
        assert isinstance(cut, Cut)
        all_of_it = [(cut.clip.stem, n) for first, end in cut.spans for n in range(first, end)]
        frames += all_of_it[: shown.frames]
    return frames


def test_a_short_film_frame_by_frame() -> None:
    timeline = plan({"message": 1.0})
    frames = source_frames(timeline)
    # 65 of the intro alone, 10 dissolving, the loop until 0.4 + 1.0 + 0.6 s after its start, in whole GOPs
    assert frames[:65] == [("intro", n) for n in range(65)]
    assert frames[65:75] == [("message", n) for n in range(10)]
    assert frames[75:125] == [("message", n) for n in range(10, 60)]
    assert frames[125:] == [("outro", n) for n in range(50)]
    assert timeline.frames == 175
    assert [(heard.section, heard.start_s) for heard in timeline.speech] == [("message", 65 / 25 + 0.4)]
    assert [(bed.section, bed.start_s, bed.length_s) for bed in timeline.beds] == [
        ("intro", 0.0, 3.0),
        ("outro", 5.0, 2.0),
    ]


def test_the_dissolve_out_of_the_loop_goes_on_where_the_loop_was_left() -> None:
    timeline = plan({"message": 1.0})
    [dissolve] = [
        s.picture
        for s in timeline.shown
        if isinstance(s.picture, Transition)
        and s.picture.after.spans == ((0, 10),)
        and s.picture.after.clip.stem == "outro"
    ]
    assert dissolve.before == Cut(Path("message.mp4"), ((0, 10),))


def test_each_section_comes_in_its_own_way() -> None:
    message = MESSAGE.model_copy(update={"transition": "dip", "transition_color": "ffffff"})
    outro = OUTRO.model_copy(update={"transition": "alpha-in"})
    timeline = plan({"message": 1.0}, (INTRO, message, outro))
    kinds = [(s.picture.kind, s.picture.color) for s in timeline.shown if isinstance(s.picture, Transition)]
    assert kinds == [("dip", "ffffff"), ("alpha-in", "000000")]
    assert timeline.frames == plan({"message": 1.0}).frames


def test_a_cut_takes_no_time() -> None:
    sections = tuple(section.model_copy(update={"transition": "cut"}) for section in FILM)
    timeline = plan({"message": 1.0}, sections)
    assert not [shown for shown in timeline.shown if isinstance(shown.picture, Transition)]
    frames = source_frames(timeline)
    assert frames[:75] == [("intro", n) for n in range(75)]
    assert frames[75] == ("message", 0)
    assert frames[-50:] == [("outro", n) for n in range(50)]


def test_words_longer_than_the_intro_run_on_and_the_message_waits() -> None:
    timeline = plan({"intro": 4.0, "message": 1.0})
    intro, message = timeline.speech
    assert intro.start_s == 1.0
    assert message.start_s >= intro.start_s + intro.length_s
    assert timeline.seconds >= message.start_s + message.length_s + MESSAGE.tail_s


def test_without_words_the_loop_is_shown_once_round() -> None:
    frames = source_frames(plan({}))
    assert 25 <= sum(clip == "message" for clip, _ in frames) <= 70


def test_words_that_outlast_the_film_are_refused() -> None:
    with raises_code(JobFault, "speech_too_long"):
        plan({"outro": 30.0})


def test_a_clip_shorter_than_its_dissolves_is_refused() -> None:
    short = OUTRO.model_copy(update={"transition_s": 3.0})
    with raises_code(JobFault, "clip_too_short"):
        plan({"message": 1.0}, (INTRO, MESSAGE, short))


@settings(max_examples=300, deadline=None)
@given(
    speech_s=st.floats(0.04, 600),
    intro_s=st.none() | st.floats(0.04, 20),
    loop_frames=st.integers(16, 400),
    gop=st.integers(1, 60),
    transition_s=st.sampled_from([0.0, 0.04, 0.4, 0.6]),
)
def test_the_speech_is_never_cut_and_no_frame_is_out_of_turn(
    speech_s: float, intro_s: float | None, loop_frames: int, gop: int, transition_s: float
) -> None:
    clips = {**CLIPS, "message": Clip(Path("message.mp4"), loop_frames)}
    sections = (INTRO, *(one.model_copy(update={"transition_s": transition_s}) for one in (MESSAGE, OUTRO)))
    speech = {"message": speech_s} | ({"intro": intro_s} if intro_s else {})
    timeline = lay_out(sections, clips, speech, fps=FPS, gop_frames=gop)

    message = timeline.speech[-1]
    frames = source_frames(timeline)
    assert len(frames) == timeline.frames
    assert timeline.seconds >= message.start_s + speech_s + MESSAGE.tail_s
    seen = [n for clip, n in frames if clip == "message"]
    assert seen == [n % loop_frames for n in range(len(seen))], "the loop jumps"
    too_long = timeline.frames / FPS - (message.start_s + speech_s + MESSAGE.tail_s) - 50 / FPS
    assert too_long <= (max(gop, loop_frames) + 1) / FPS, "the loop goes on for longer than it must"
    for shown in timeline.shown:  # what is shown in part ends on a GOP boundary
        assert shown.frames == shown.picture.frames or shown.frames % gop == 0
