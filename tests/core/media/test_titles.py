"""Text on picture: as it was typed, in every alphabet, inside its box, on its frames, the same on every machine."""

from __future__ import annotations

import shutil
from pathlib import Path

import ffmpeg as arguments
import numpy as np
import numpy.typing as npt
import pytest

from core.errors import Cancelled, JobFault
from core.media import drawing, ffmpeg
from core.media.child import process_options
from core.media.encode import Cut, Titled, Transition, encode
from core.media.font import read_font
from core.media.linebreaks import breaks
from core.media.titles import STORYBOOK, Box, Letters, Look, Title, bundled_fonts, font_files
from core.paths import resources
from core.progress import unwatched
from tests.core.media.drawn import BOX, DARK, SERIF, STORY, WIDE, box_of, dark_clip, drawn, frames_of, ink, title
from tests.stand_ins import raises_code

# Each in a single font of those that come with Trineo.
AS_TYPED = {
    "tag": ("{\\b1}", "storybook"),
    "expansion": ("%{pts} %", "storybook"),
    "filter": (":'\\", "storybook"),
    "line feeds": ("a\\Nb\\nc\\hd", "storybook"),
    "escaped braces": ("\\{x\\}", "storybook"),
    "comment": ("a{b}c", "storybook"),
    "backslashes": ("\\\\\\", "storybook"),
    "position": ("{\\pos(9,9)\\an8}x", "storybook"),
    "drawing": ("{\\p1}m 0 0 l 9 9", "storybook"),
    "markup": ("<b>&amp;</b>", "storybook"),
    "accents": ("Ñandú Zoë D’Ángelo", "storybook"),
    "cyrillic": ("Александра", "serif"),
    "cyrillic tag": ("\\N{\\bЖ}я", "serif"),
    "arabic": ("محمد", "arabic"),
    "hebrew": ("נועה לוי", "hebrew"),
    "chinese": ("王小明", "cjk"),
    "hindi": ("प्रिया", "devanagari"),
    "emoji": ("🎄🎅", "emoji"),
}


LOOSELY = ("accents", "hindi")  # the two place their letters a little differently


def font_file(name: str) -> Path:
    [file] = bundled_fonts().glob(f"*-{name}.?tf")
    return file


LINES_EMS = {"storybook": 0.847 / 0.55, "emoji": 1.6}  # how many ems a line is high; packaging/make_fonts.py
LARGE = WIDE.model_copy(update={"width": 1280, "height": 240})
SIZE = 110.0


def reference(text: str, font: str, folder: Path) -> npt.NDArray[np.bool_]:
    """The ink of `text`, as large as ours, as FFmpeg's `drawtext` draws it, which is told to interpret nothing."""
    (folder / "text.txt").write_text(text, encoding="utf-8")
    black = arguments.input("color=black:s=1280x400", f="lavfi").video.filter("format", "gray")
    written = black.filter(
        "drawtext",
        textfile=str(folder / "text.txt"),
        fontfile=str(font_file(font)),
        fontsize=round(SIZE / LINES_EMS.get(font, 1.3)),
        fontcolor="white",
        ft_load_flags="no_hinting",
        x=40,
        y=120,
        expansion="none",
    )
    output = written.output(str(folder / "reference.gray"), f="rawvideo", pix_fmt="gray", vframes=1)
    ffmpeg.run(output, duration_s=1, progress=unwatched)
    pixels = np.fromfile(folder / "reference.gray", np.uint8).reshape(400, 1280)
    return cropped(pixels > 90)


def large(text: str, folder: Path, letters: Letters = STORY) -> npt.NDArray[np.bool_]:
    one = title(text, letters=letters, size=SIZE, box=Box(10, 10, 1260, 220))
    return cropped(ink(drawn(folder, [one], preset=LARGE)))


def cropped(found: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    left, top, right, bottom = box_of(found)
    return found[top:bottom, left:right]


def alike(one: npt.NDArray[np.bool_], other: npt.NDArray[np.bool_]) -> float:
    """Share of ink that both have, the other stretched to the size of the one."""
    rows = np.linspace(0, other.shape[0] - 1, one.shape[0]).round().astype(int)
    columns = np.linspace(0, other.shape[1] - 1, one.shape[1]).round().astype(int)
    stretched = other[np.ix_(rows, columns)]
    return float((one & stretched).sum() / (one | stretched).sum())


@pytest.mark.parametrize("kind", AS_TYPED)
def test_text_is_shown_as_it_was_typed(tmp_path: Path, kind: str) -> None:
    text, font = AS_TYPED[kind]
    shown, meant = large(text, tmp_path), reference(text, font, tmp_path)
    assert shown.shape[0] == pytest.approx(meant.shape[0], abs=3)
    assert shown.shape[1] == pytest.approx(meant.shape[1], rel=0.06 if kind in LOOSELY else 0.03)
    assert alike(shown, meant) > (0.7 if kind in LOOSELY else 0.8)


def test_the_comparison_would_notice_another_text(tmp_path: Path) -> None:
    shown = large("{\\b1}", tmp_path)
    for other in ("{b1}", "(\\b1)", "{\\b2}", "{ \\b1}"):
        meant = reference(other, "storybook", tmp_path)
        assert abs(shown.shape[1] - meant.shape[1]) > 0.03 * shown.shape[1] or alike(shown, meant) < 0.8


def test_mixed_alphabets_stand_in_their_order(tmp_path: Path) -> None:
    """A Latin word in an Arabic name stands to the left of what is said before it."""
    both, latin = large("محمد Ali", tmp_path), large("Ali", tmp_path)
    assert alike(latin, cropped(both[:, : latin.shape[1] + 4])) > 0.8
    assert both.shape[1] > 2 * latin.shape[1]


def test_a_family_of_emoji_is_one_sign(tmp_path: Path) -> None:
    family = box_of(ink(drawn(tmp_path, [title("Ana 👨‍👩‍👧")])))
    three = box_of(ink(drawn(tmp_path, [title("Ana 👨👩👧")])))
    assert family[2] - family[0] < 0.75 * (three[2] - three[0])


LONG = "María de los Ángeles Guadalupe Fernández-Echeverría del Campo"


@pytest.mark.parametrize(
    ("text", "align"),
    [
        *((LONG, align) for align in ("left", "center", "right")),
        *((text, "center") for text in ("Ñ", "W" * 60, "gjpqy" * 12, "王小明" * 12, "محمد عبد الله" * 4)),
    ],
)
def test_whatever_is_typed_stays_in_its_box(tmp_path: Path, text: str, align: str) -> None:
    box = Box(60, 30, 520, 100)
    look = Look(STORY, outline=0.05, outline_color="FFFFFF")
    one = Title(text, look, box, 70, 0, 1, align=align, lines=2)  # type: ignore[arg-type]
    left, top, right, bottom = box_of(ink(drawn(tmp_path, [one])))
    assert left >= 60 - 1
    assert right <= 580 + 1
    assert top >= 30 - 1
    assert bottom <= 130 + 1
    if align == "left":
        assert left <= 60 + 8
    if align == "right":
        assert right >= 580 - 8


def test_a_long_name_is_as_large_as_its_box_allows(tmp_path: Path) -> None:
    assert len(LONG) >= 60
    one = box_of(ink(drawn(tmp_path, [title(LONG, lines=1)])))
    two = box_of(ink(drawn(tmp_path, [title(LONG, lines=2)])))
    assert one[2] - one[0] > 0.97 * BOX.width
    assert two[3] - two[1] > 2 * (one[3] - one[1])


def test_what_could_not_be_read_is_refused(tmp_path: Path) -> None:
    with raises_code(JobFault, "text_too_long") as caught:
        drawn(tmp_path, [title("Feliz Navidad " * 200)])
    assert "Navidad" not in f"{caught.value}{caught.value.detail}"


@pytest.mark.parametrize("text", ["𒀀𒀀", "Ana 𓀀"])
def test_what_no_font_can_draw_is_refused_and_never_boxes(tmp_path: Path, text: str) -> None:
    with raises_code(JobFault, "letters_missing") as caught:
        drawn(tmp_path, [title(text)])
    assert f"U+{ord(text[-1]):04X}" in str(caught.value)
    assert "Ana" not in f"{caught.value}{caught.value.detail}"


def test_a_name_is_never_half_in_one_hand_and_half_in_another(tmp_path: Path) -> None:
    """The storybook face has no Greek: then the Latin beside it comes from the serif as well."""
    mixed = cropped(ink(drawn(tmp_path, [title("Ana Ωμέγα")])))
    serif = cropped(ink(drawn(tmp_path, [title("Ana Ωμέγα", letters=SERIF)])))
    assert alike(mixed, serif) > 0.98
    assert (
        alike(
            cropped(ink(drawn(tmp_path, [title("Ana")]))), cropped(ink(drawn(tmp_path, [title("Ana", letters=SERIF)])))
        )
        < 0.8
    )


def test_the_systems_fonts_make_no_difference(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Zoë 🎄 王 محمد ♞ Ж"
    without = drawn(tmp_path, [title(text)], name="without.mp4")
    monkeypatch.setattr(ffmpeg, "_options", process_options)
    assert np.array_equal(drawn(tmp_path, [title(text)], name="with.mp4"), without)


def test_a_templates_own_font_is_used_where_it_has_all_the_letters(tmp_path: Path) -> None:
    (tmp_path / "fonts").mkdir()
    own = Path(shutil.copy(resources() / "fonts" / "Inter-SemiBold.otf", tmp_path / "fonts" / "own.otf"))
    letters = Letters.of_file(own)
    assert not alike(large("Valentina", tmp_path, letters), large("Valentina", tmp_path)) > 0.8
    for text in ("王小明", "{\\b1}"):  # it has no Chinese, and no joiner to put behind a backslash
        other = ink(drawn(tmp_path, [title(text, letters=letters)]))
        assert np.array_equal(other, ink(drawn(tmp_path, [title(text)])))


@pytest.mark.parametrize(
    "name", ["a 'b\" c", "a,b;c", "[in][out]", "C:\\x", "a=b:c", "%d {x}", "ñandú 王", "\\'", "trailing\\"]
)
def test_any_folder_will_do(tmp_path: Path, name: str) -> None:
    """Its path goes into a filter graph: quotes, colons, commas, brackets, backslashes."""
    folder = tmp_path / name
    folder.mkdir()
    shown = ink(drawn(folder, [title("Valentina")]))
    assert shown.sum() > 1000
    assert sorted(file.name for file in folder.iterdir()) == ["dark.mp4", "drawn.mp4"]


def test_a_text_is_on_its_frames_only_and_fades(tmp_path: Path) -> None:
    clip = dark_clip(tmp_path, 50)
    look = Look(STORY, shadow_alpha=0.5, shadow_blur=0.1)
    fading = Title("Ana", look, BOX, 80, 10, 40, fade_in_s=0.4, fade_out_s=0.4)
    encode(Titled(Cut(clip, ((0, 50),)), 50, (fading,)), tmp_path / "t.mp4", WIDE, unwatched)
    encode(Cut(clip, ((0, 50),)), tmp_path / "plain.mp4", WIDE, unwatched)
    shown, plain = frames_of(tmp_path / "t.mp4", WIDE), frames_of(tmp_path / "plain.mp4", WIDE)
    changed = [float(np.abs(a.astype(int) - b).max()) for a, b in zip(shown, plain, strict=True)]
    assert max(changed[:10] + changed[40:]) <= 3
    assert min(changed[11:40]) > 4
    assert changed[12] < changed[16] < changed[25]
    assert changed[37] < changed[33] < changed[25]


@pytest.mark.parametrize("fps", [24, 25, 30, 50, 60])
def test_at_any_rate_it_is_on_its_frames_only(tmp_path: Path, fps: int) -> None:
    """ASS counts in hundredths of a second, films don't."""
    preset = WIDE.model_copy(update={"fps": fps})
    clip = dark_clip(tmp_path, 60)
    frames = min(50, int(60 / 25 * fps))
    titles = tuple(Title("Ana", Look(STORY), BOX, 80, first, first + 1) for first in range(1, frames, 3))
    encode(Titled(Cut(clip, ((0, frames),)), frames, titles), tmp_path / "t.mp4", preset, unwatched)
    inked = [bool((frame > 200).sum() > 200) for frame in frames_of(tmp_path / "t.mp4", preset)]
    assert inked == [number % 3 == 1 for number in range(frames)]


def test_over_a_transition_too_and_only_so_many_frames(tmp_path: Path) -> None:
    clip = dark_clip(tmp_path, 20)
    dissolve = Transition(Cut(clip, ((0, 10),)), Cut(clip, ((5, 15),)))
    encode(Titled(dissolve, 7, (Title("Ana", Look(STORY), BOX, 80, 0, 7),)), tmp_path / "t.mp4", WIDE, unwatched)
    shown = frames_of(tmp_path / "t.mp4", WIDE)
    assert len(shown) == 7
    assert all(ink(frame).sum() > 500 for frame in shown)


def test_colours_are_what_was_asked_for(tmp_path: Path) -> None:
    look = Look(STORY, color="C08020", outline=0.08, outline_color="102060")
    clip = dark_clip(tmp_path)
    encode(Titled(Cut(clip, ((0, 1),)), 1, (Title("IIII", look, BOX, 150, 0, 1),)), tmp_path / "t.mp4", WIDE, unwatched)
    import av

    with av.open(str(tmp_path / "t.mp4")) as container:
        pixels = next(container.decode(video=0)).to_ndarray(format="rgb24").reshape(-1, 3).astype(int)
    for color in ((0xC0, 0x80, 0x20), (0x10, 0x20, 0x60)):
        near = np.abs(pixels - np.array(color)).max(axis=1) < 14
        assert near.sum() > 300, color


def test_letters_run_from_one_colour_into_another(tmp_path: Path) -> None:
    look = Look(STORY, color="FFFFFF", color_below="505050")
    shown = drawn(tmp_path, [Title("IIII", look, BOX, 150, 0, 1)])
    _, top, _, bottom = box_of(ink(shown))
    rows = [int(shown[row].max()) for row in range(top + 4, bottom - 4)]
    assert rows[0] > rows[len(rows) // 2] > rows[-1]


def test_an_ffmpeg_without_libass_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "filters", lambda: frozenset({"scale"}))
    with raises_code(JobFault, "ffmpeg_draws_no_text"):
        drawn(tmp_path, [title("Ana")])


def test_giving_up_leaves_no_text_behind(tmp_path: Path) -> None:
    def stop(_fraction: float) -> None:
        raise Cancelled("cancelled", "Enough.")

    clip = dark_clip(tmp_path)
    with pytest.raises(Cancelled):
        encode(Titled(Cut(clip, ((0, 5),)), 5, (title("Ana"),)), tmp_path / "t.mp4", WIDE, stop)
    assert not [file for file in tmp_path.iterdir() if file.suffix in (".ass", ".ink")]


def test_the_recipe_is_the_text_its_look_and_the_fonts_themselves(tmp_path: Path) -> None:
    (tmp_path / "fonts").mkdir()
    shutil.copy(font_file("hebrew"), tmp_path / "fonts" / "own.ttf")
    letters = Letters(tmp_path / "fonts", STORYBOOK)
    before = title("Ana", letters=letters).recipe()
    assert before == title("Ana", letters=letters).recipe()
    assert before != title("Ana ", letters=letters).recipe()
    assert before != title("Ana", letters=letters, size=61).recipe()
    shutil.copy(font_file("thai"), tmp_path / "fonts" / "own.ttf")
    assert before != title("Ana", letters=letters).recipe()
    assert "Ana" not in repr(title("Ana"))


def test_lines_are_broken_evenly_and_only_between_words() -> None:
    assert breaks("Ana", 3) == [("Ana",)]
    assert breaks("María de los Ángeles", 2) == [("María de los Ángeles",), ("María de", "los Ángeles")]
    assert breaks("Para\nAna María", 2) == [("Para", "Ana María")]
    assert breaks("uno dos tres cuatro", 3)[2] == ("uno dos", "tres", "cuatro")
    assert breaks("", 3) == [("",)]
    many = breaks("Navidad " * 20_000, 3)  # a field may be as long as that
    assert max(map(len, many[2])) - min(map(len, many[2])) <= 3 * len("Navidad ")


def test_the_fonts_that_come_along_are_complete_and_free() -> None:
    files = font_files(bundled_fonts())
    fonts = [read_font(file) for file in files]
    assert {font.family for font in fonts} == {STORYBOOK}
    assert sorted(font.weight for font in fonts) == [400 + 20 * n for n in range(len(fonts))]
    covered = frozenset().union(*(font.characters for font in fonts))
    needed = (
        "ñÑçßøğłőŵẁ ЖЩї ΩάΆ אבגת ابتثچگی 王明丽 さくカ 김서연 प्रिया ไทย ქართ Հայ বাং தமி ኢትዮ 🎄🎅🌟❄⭐ ¿¡“”«»’–— €№%&"
    )
    assert {ord(one) for one in needed if one != " "} <= covered
    assert sum(file.stat().st_size for file in files) < 15_000_000
    assert "SIL OPEN FONT LICENSE" in (bundled_fonts() / "OFL.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("content", [b"", b"no font", b"ttcf" + bytes(80), b"\0\1\0\0\0\4" + bytes(100)])
def test_what_is_no_font_is_refused_by_name(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "bad.ttf").write_bytes(content)
    with raises_code(JobFault, "font_unreadable") as caught:
        read_font(tmp_path / "bad.ttf")
    assert "bad.ttf" in str(caught.value)
    whole = font_file("hebrew").read_bytes()
    (tmp_path / "half.ttf").write_bytes(whole[: len(whole) // 2])
    with raises_code(JobFault, "font_unreadable"):
        read_font(tmp_path / "half.ttf")


def test_the_dark_is_dark(tmp_path: Path) -> None:
    encode(Cut(dark_clip(tmp_path), ((0, 1),)), tmp_path / "dark.out.mp4", WIDE, unwatched)
    assert abs(int(frames_of(tmp_path / "dark.out.mp4", WIDE)[0].mean()) - DARK) <= 1
