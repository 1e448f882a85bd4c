"""What a studio is told of its template: everything that is wrong with it, in one run."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from core.media import ffmpeg
from core.media.presets import presets
from core.paths import ROOT, resources
from core.template.check import Finding, check_template
from tests.conftest import TINY, TOML, make_clip


@pytest.fixture
def folder(tmp_path: Path, tiny_folder: Path) -> Path:
    return Path(shutil.copytree(tiny_folder, tmp_path / "copy"))


def mistakes(folder: Path) -> set[tuple[str, str]]:
    return {(found.where, found.code) for found in check_template(folder, TINY) if found.mistake}


def notes(folder: Path) -> set[tuple[str, str]]:
    return {(found.where, found.code) for found in check_template(folder, TINY) if not found.mistake}


def rewrite(folder: Path, *changes: tuple[str, str]) -> None:
    text = TOML
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    (folder / "template.toml").write_text(text, encoding="utf-8")


def make(path: Path, source: str, *arguments: str) -> None:
    command = [ffmpeg.executable(), "-v", "error", "-y", "-f", "lavfi", "-i", source, *arguments, str(path)]
    subprocess.run(command, check=True, capture_output=True)


def test_the_default_template_has_no_mistake() -> None:
    found = check_template(resources() / "templates" / "noche-magica", presets()["vertical-1080"])
    assert [one for one in found if one.mistake] == []


def test_every_mistake_is_found_in_one_run(folder: Path) -> None:
    rewrite(
        folder,
        ('name = "tiny"', 'name = "Tiny Template"'),
        ("lead_in_s = 0.2", "lead_in_s = -1\nspeed = 3"),
        ("Chau, {nombre}.", "Chau, {nobmre}."),
        ('name = "outro"', 'name = "outro"\nsound = "bell.wav"'),
    )
    (folder / "clips" / "message.mp4").unlink()
    (folder / "room.wav").write_bytes(b"no sound")
    data = (folder / "clips" / "intro.mp4").read_bytes()
    (folder / "clips" / "intro.mp4").write_bytes(data[: len(data) // 2])
    found = check_template(folder, TINY)
    told = " ".join(f"{one.where}: {one.what}" for one in found)
    for part in (
        "name",
        "lead_in_s",
        "speed",
        "{nobmre}",
        "bell.wav",
        "clips/message.mp4",
        "room.wav",
        "clips/intro.mp4",
    ):
        assert part in told, part
    assert {one.code for one in found} >= {"template_invalid", "template_asset_missing", "sound_unreadable"}


def test_clips_that_break_off_or_rot_are_named(folder: Path) -> None:
    intro, outro = folder / "clips" / "intro.mp4", folder / "clips" / "outro.mp4"
    make(intro, "testsrc2=s=320x240:r=25", "-t", "2", "-movflags", "+faststart")
    data = intro.read_bytes()
    intro.write_bytes(data[: int(len(data) * 0.6)])
    make(outro, "testsrc2=s=320x240:r=25", "-t", "2")
    rotten = bytearray(outro.read_bytes())
    middle = len(rotten) // 2
    rotten[middle : middle + 3000] = bytes(3000)
    outro.write_bytes(rotten)
    assert mistakes(folder) == {("clips/intro.mp4", "clip_truncated"), ("clips/outro.mp4", "clip_damaged")}


def test_what_is_converted_is_told(folder: Path) -> None:
    make(folder / "clips" / "intro.mp4", "testsrc2=s=54x96:r=30", "-t", "2")
    assert mistakes(folder) == set()
    assert {("clips/intro.mp4", "rate_converted"), ("clips/intro.mp4", "enlarged")} <= notes(folder)


def test_alpha_that_is_needed_or_wasted_is_told(folder: Path) -> None:
    rewrite(folder, ("tail_s = 0.6", 'tail_s = 0.6\ntransition = "alpha-in"'), ("clips/outro.mp4", "clips/outro.mov"))
    make(folder / "clips" / "outro.mov", "color=red@0.5:s=108x192:r=25,format=yuva444p", "-t", "2", "-c:v", "prores_ks")
    assert mistakes(folder) == {("clips/message.mp4", "alpha_missing")}
    assert ("clips/outro.mov", "alpha_unused") in notes(folder)


def test_loops_that_jump_and_templates_without_one_are_told(folder: Path) -> None:
    assert ("clips/message.mp4", "loop_jumps") in notes(folder)
    rewrite(folder, ("loop = true", ""))
    assert ("template.toml", "no_loop") in notes(folder)


def test_a_clip_too_short_for_its_transitions_is_a_mistake(folder: Path) -> None:
    (folder / "clips" / "outro.mp4").unlink()
    make_clip(folder / "clips" / "outro.mp4", 5, 60)
    assert mistakes(folder) == {("clips/outro.mp4", "clip_too_short")}


CARD = """lead_in_s = 0.2
[[sections.cards]]
text = "{nombre}"
from_s = 0.4
to_s = 1.6
x = 0.1
y = 0.1
width = 0.8
height = 0.2
[[sections]]
name = "message\""""
BEFORE_CARD = 'lead_in_s = 0.2\n[[sections]]\nname = "message"'


def card(*changes: tuple[str, str]) -> tuple[str, str]:
    text = CARD
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return BEFORE_CARD, text


def test_a_good_card_is_no_finding(folder: Path) -> None:
    before = notes(folder)
    rewrite(folder, card())
    assert mistakes(folder) == set()
    assert notes(folder) == before


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("{nombre}", "{nobmre}"), "{nobmre}"),
        (("to_s = 1.6", "to_s = 0.3"), "to_s"),
        (("to_s = 1.6", "to_s = 0.5"), "fades"),
        (("width = 0.8", "width = 0.95"), "frame"),
        (("height = 0.2", "height = 2"), "height"),
        (("height = 0.2", 'height = 0.2\nfont = "fonts/none.ttf"'), "fonts/none.ttf"),
        (("height = 0.2", 'height = 0.2\nfont = "comic"'), "font must be"),
        (("height = 0.2", 'height = 0.2\ncolor = "gold"'), "color"),
        (("height = 0.2", "height = 0.2\nglow = 3"), "glow"),
        (('"{nombre}"', '" "'), "empty"),
        (('"{nombre}"', '{ es = "Para {nombre}" }'), "'en'"),
        (('"{nombre}"', '{ es = "a", en = "b", pt = "c" }'), "'pt'"),
    ],
)
def test_mistakes_of_a_card_are_named(folder: Path, change: tuple[str, str], words: str) -> None:
    rewrite(folder, card(change))
    told = " ".join(f"{one.where}: {one.what}" for one in check_template(folder, TINY) if one.mistake)
    assert words in told


@pytest.mark.parametrize(("first", "end"), [("0.4", "1.7"), ("1.0", "30")])
def test_a_card_while_the_clip_is_not_alone_is_a_mistake(folder: Path, first: str, end: str) -> None:
    rewrite(folder, card(("from_s = 0.4", f"from_s = {first}"), ("to_s = 1.6", f"to_s = {end}")))
    [found] = [one for one in check_template(folder, TINY) if one.mistake]
    assert (found.where, found.code) == ("template.toml", "card_outside")
    assert "0.0 to 1.6" in str(found.what)


def test_a_looping_section_can_have_no_card(folder: Path) -> None:
    outro = '[[sections]]\nname = "outro"'
    rewrite(folder, (outro, CARD.split("\n", 1)[1].rsplit("[[sections]]", 1)[0] + outro))
    [found] = [one for one in check_template(folder, TINY) if one.mistake]
    assert "section message loops" in str(found.what)


def test_a_font_that_is_none_is_named(folder: Path) -> None:
    (folder / "fonts").mkdir()
    (folder / "fonts" / "own.ttf").write_bytes(b"no font")
    rewrite(folder, card(("height = 0.2", 'height = 0.2\nfont = "fonts/own.ttf"')))
    assert mistakes(folder) == {("fonts/own.ttf", "font_unreadable")}


@pytest.mark.parametrize(("content", "code"), [(None, "template_missing"), ("format = ", "template_invalid")])
def test_no_template_to_read(tmp_path: Path, content: str | None, code: str) -> None:
    if content is not None:
        (tmp_path / "template.toml").write_text(content, encoding="utf-8")
    found: list[Finding] = check_template(tmp_path, TINY)
    assert [one.code for one in found] == [code]


@pytest.mark.slow
def test_the_command_line_checks_a_template(folder: Path) -> None:
    command = [sys.executable, "-W", "error", str(ROOT / "app.py"), "check", str(folder), "--json"]
    good = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert (good.returncode, good.stderr) == (0, "")
    (folder / "room.wav").unlink()
    bad = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert bad.returncode == 2
    [template] = json.loads(bad.stdout)["templates"]
    [mistake] = [one for one in template["findings"] if one["mistake"]]
    assert (mistake["file"], mistake["code"]) == ("room.wav", "template_asset_missing")
