"""Captions: timed by what is said, short enough to be read, never two at once; as files and as a track."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from pathlib import Path

import av
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.media.caption_track import read_captions
from core.media.captions import Cue, cues, srt, vtt
from core.media.encode import Cut, encode
from core.media.linebreaks import columns
from core.media.mix import mix
from core.media.mux import Piece, join
from core.progress import unwatched
from tests.conftest import TINY, make_clip


@dataclass(frozen=True)
class Heard:
    what: str
    start_s: float
    end_s: float


@dataclass(frozen=True)
class Line:
    text: str
    start_s: float
    end_s: float
    characters: tuple[Heard, ...] = ()


LONG = (
    "Me contaron que este año ayudaste a tu hermanita con la tarea de matemática, "
    "todas las tardes, sin que nadie te lo pidiera."
)


def test_short_sentences_are_a_caption_each() -> None:
    first, second = cues([Line("¡Jo, jo, jo!", 1.0, 2.2), Line("¡Hola, Ana!", 3.5, 4.6)], 60.0)
    assert (first.start_s, first.lines) == (1.0, ("¡Jo, jo, jo!",))
    assert 2.2 < first.end_s < 3.5
    assert (second.start_s, second.lines) == (3.5, ("¡Hola, Ana!",))


def test_a_short_pause_is_not_dark_and_a_long_one_is() -> None:
    first, second, third = cues([Line("Uno.", 0, 1), Line("Dos.", 1.6, 3), Line("Tres.", 6, 7)], 60.0)
    assert second.start_s - first.end_s == pytest.approx(0.08)
    assert third.start_s - second.end_s > 2


def test_a_long_sentence_is_parted_where_the_voice_pauses() -> None:
    comma = "Tu abuela me escribió una carta muy linda para contarme de vos, y yo la leí al lado del fuego."
    assert [cue.lines[-1][-4:] for cue in cues([Line(comma, 0, 9)], 60)] == ["vos,", "ego."]
    parts = cues([Line(LONG, 10.0, 20.0)], 60.0)
    assert " ".join(word for cue in parts for line in cue.lines for word in line.split()) == LONG
    assert len(parts) >= 2
    assert all(len(cue.lines) <= 2 and max(map(len, cue.lines)) <= 32 for cue in parts)


def test_lines_are_even_but_rather_end_with_a_pause() -> None:
    def lines(text: str) -> tuple[str, ...]:
        return cues([Line(text, 0, 5)], 60)[0].lines

    assert lines("Soy yo, Papá Noel, y te hablo desde mi casa") == ("Soy yo, Papá Noel,", "y te hablo desde mi casa")
    assert lines("Tu abuela me escribió una carta muy linda") == ("Tu abuela me escribió", "una carta muy linda")


def test_parts_begin_when_the_voice_says_them() -> None:
    """The voice takes its time over the first words, then hurries."""
    slow = [Heard(one, 0.4 * n, 0.4 * (n + 1)) for n, one in enumerate(LONG[:20])]
    fast = [Heard(one, 8 + 0.01 * n, 8.01 + 0.01 * n) for n, one in enumerate(LONG[20:])]
    parts = cues([Line(LONG, 0.0, 9.2, (*slow, *fast))], 60.0)
    said = 0
    for cue in parts[1:]:
        said = LONG.index(cue.lines[0].split()[0], said + 1)
    starts = [LONG.index(" ".join(cue.lines)[:12]) for cue in parts]
    timings = (*slow, *fast)
    assert [cue.start_s for cue in parts] == pytest.approx([timings[place].start_s for place in starts])
    even = cues([Line(LONG, 0.0, 9.2)], 60.0)
    assert even[1].start_s < parts[1].start_s


def test_timings_that_are_not_of_this_text_are_left_alone() -> None:
    strange = (Heard("x", 0, 1),)
    assert cues([Line(LONG, 0, 9, strange)], 60) == cues([Line(LONG, 0, 9)], 60)


def test_a_text_without_spaces_is_parted_too() -> None:
    parts = cues([Line("王小明" * 30, 0, 20)], 60)
    assert "".join(cue.text.replace("\n", "") for cue in parts) == "王小明" * 30
    assert all(columns(line) <= 32 for cue in parts for line in cue.lines)


def test_half_a_surrogate_pair_harms_nothing() -> None:
    [cue] = cues([Line("Ana \ud83c!", 0, 2)], 60)
    assert srt([cue]).encode()
    assert cue.text == "Ana ?!"


words = st.lists(st.text(st.characters(categories=["L", "P", "N"]), min_size=1, max_size=40), min_size=1, max_size=60)


@given(texts=st.lists(words.map(" ".join), min_size=1, max_size=6), seconds=st.floats(0.3, 30), pause=st.floats(0, 3))
def test_captions_are_in_order_apart_and_inside_the_film(texts: list[str], seconds: float, pause: float) -> None:
    lines = [Line(text, n * (seconds + pause), n * (seconds + pause) + seconds) for n, text in enumerate(texts)]
    total = lines[-1].end_s + 0.5
    found = cues(lines, total)
    assert "".join("".join(cue.lines) for cue in found).replace(" ", "") == "".join(texts).replace(" ", "")
    for cue in found:
        assert 1 <= len(cue.lines) <= 2
        assert cue.end_s > cue.start_s
    for cue, following in itertools.pairwise(found):
        assert cue.start_s <= following.start_s
        assert cue.end_s <= max(following.start_s, cue.start_s + 0.05)
    assert found[-1].end_s <= total + 0.05


CUES = [Cue(0.5, 1.2, ("¡Hola, {\\b1}Ñandú!",)), Cue(3661.28, 3662.0, ("<i>dos</i> & 1 --> 2", "王"))]


def test_srt_holds_text_not_markup() -> None:
    text = srt(CUES)
    assert text.startswith("1\n00:00:00,500 --> 00:00:01,200\n")
    assert "\n\n2\n01:01:01,280 --> 01:01:02,000\n" in text
    assert len(re.findall("-->", text)) == 2
    assert "<i>" not in text
    assert "{\\" not in text
    seen = text.replace("\u2060", "")
    assert "¡Hola, {\\b1}Ñandú!\n" in seen
    assert "<i>dos</i> & 1 --> 2\n王\n" in seen


def test_vtt_holds_text_not_markup() -> None:
    text = vtt(CUES, "es")
    assert text.startswith("WEBVTT\n")
    assert "00:00:00.500 --> 00:00:01.200\n" in text
    assert "&lt;i&gt;dos&lt;/i&gt; &amp; 1 --&gt; 2\n王\n" in text


@pytest.mark.parametrize(("language", "told"), [("es", "spa"), ("en", "eng"), ("xx", "und")])
def test_a_track_of_captions_costs_no_encode_and_is_read_back(tmp_path: Path, language: str, told: str) -> None:
    make_clip(tmp_path / "clip.mp4", 50, 40)
    encode(Cut(tmp_path / "clip.mp4", ((0, 50),)), tmp_path / "a.mp4", TINY, unwatched)
    mix([], 2.0, 64, tmp_path / "sound.m4a", unwatched)
    shown = [Cue(0.2, 0.9, ("¡Hola,", "{\\b1} 王!")), Cue(1.0, 1.9, ("<b>Chau</b>",))]
    joined = join(
        [Piece(tmp_path / "a.mp4", 50)],
        tmp_path / "sound.m4a",
        tmp_path / "film.mp4",
        unwatched,
        captions=shown,
        language=language,
    )
    assert joined.frames == 50
    with av.open(str(tmp_path / "film.mp4")) as film:
        assert [stream.type for stream in film.streams] == ["video", "audio", "subtitle"]
        assert film.streams.subtitles[0].metadata["language"] == told
        assert read_captions(film) == [(200, 900, "¡Hola,\n{\\b1} 王!"), (1000, 1900, "<b>Chau</b>")]
        film.seek(0)
        assert [frame.pts for frame in film.decode(video=0)] == [512 * n for n in range(50)]
