"""Titles as an ASS script, which libass draws through FFmpeg: text comes out as it was typed, whatever is in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from core.media.titles import Box, Look, Title

_WORD_JOINER = "\u2060"  # as nothing as can be: without it libass would take a backslash and what follows for its own
_SLICES = 20  # steps of colour in letters that run from one into another
_ANCHORS = {"left": 4, "center": 5, "right": 6}

_HEAD = """[Script Info]
ScriptType: v4.00+
PlayResX: {width}
PlayResY: {height}
WrapStyle: 2
ScaledBorderAndShadow: yes
YCbCr Matrix: TV.709

[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, Underline, \
StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV, Encoding
Style: Title,{family},40,&H00FFFFFF,&H00FFFFFF,&H00000000,&H00000000,0,0,0,0,100,100,0,0,1,0,0,5,0,0,0,-1

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
"""
# Encoding -1: the text itself says whether it runs from the right to the left.


@dataclass(frozen=True, slots=True)
class Placed:
    """A title's lines as they fit: each of `size` pixels, the block's middle at (`x`, `y`) in its box."""

    title: Title
    lines: tuple[str, ...]
    size: float

    @property
    def x(self) -> float:
        box = self.title.box
        edge = self.title.look.outline * self.size
        match self.title.align:
            case "left":
                return box.left + edge
            case "right":
                return box.left + box.width - edge
            case _:
                return box.left + box.width / 2

    @property
    def y(self) -> float:
        return self.title.box.top + self.title.box.height / 2


def typed(lines: Sequence[str]) -> str:
    """An event's text that shows `lines` as they are: nothing in them means anything."""
    return "\\N".join("".join(map(_verbatim, line)) for line in lines)


def _verbatim(character: str) -> str:
    if character == "\\":
        return character + _WORD_JOINER
    return f"\\{character}" if character in "{}" else character


def script(placed: Sequence[Placed], width: int, height: int, fps: int) -> str:
    """All of one font's folder and family; `width` and `height` are the picture's, in pixels."""
    events = [event for one in placed for event in _events(one, fps)]
    return _HEAD.format(width=width, height=height, family=placed[0].title.look.letters.family) + "".join(events)


def measuring_script(candidates: Sequence[tuple[str, ...]], look: Look, size: float, width: int, height: int) -> str:
    """Each candidate alone on a frame of its own (25 a second), white, its middle in the middle."""
    box = Box(0, 0, width, height)
    plain = Look(look.letters)
    frames = [
        Placed(Title("", plain, box, size, number, number + 1), lines, size) for number, lines in enumerate(candidates)
    ]
    return script(frames, width, height, 25)


def _events(placed: Placed, fps: int) -> Iterator[str]:
    title, look, size = placed.title, placed.title.look, placed.size
    times = f"{_time(title.first, fps)},{_time(title.end, fps)}"
    letters = f"\\fn{look.letters.family}\\fs{size:.2f}\\b{look.letters.weight}\\i{int(look.letters.italic)}"
    fades = f"\\fad({round(title.fade_in_s * 1000)},{round(title.fade_out_s * 1000)})"
    common = f"\\an{_ANCHORS[title.align]}{letters}{fades}"
    text = typed(placed.lines)

    def event(layer: int, style: str, *, fall: float = 0.0) -> str:
        place = f"\\pos({placed.x + fall:.2f},{placed.y + fall:.2f})"
        return f"Dialogue: {layer},{times},Title,,0,0,0,,{{{common}{place}{style}}}{text}\n"

    edge = look.outline * size
    if look.shadow_alpha:
        color = f"\\1c{_color(look.shadow_color)}\\3c{_color(look.shadow_color)}"
        alpha = f"\\alpha&H{round(255 * (1 - look.shadow_alpha)):02X}&"
        alpha += "\\1a&HFF&" if edge else ""  # the edge's shadow is whole without the letter's: half the work
        yield event(
            0, f"{color}{alpha}\\bord{edge:.2f}\\shad0\\blur{look.shadow_blur * size:.2f}", fall=look.shadow * size
        )
    yield event(1, f"\\1c{_color(look.color)}\\3c{_color(look.outline_color)}\\bord{edge:.2f}\\shad0")
    if look.color_below:
        for number, (top, foot, color) in enumerate(_slices(placed)):
            clip = f"\\clip(0,{top:.0f},9999,{foot:.0f})"
            yield event(2 + number, f"\\1c{_color(color)}\\bord0\\shad0{clip}")


def _slices(placed: Placed) -> Iterator[tuple[float, float, str]]:
    """(top, foot, colour) of strips across each line, from above its capitals to its baseline."""
    look, size = placed.title.look, placed.size
    first = placed.y - len(placed.lines) * size / 2
    for line in range(len(placed.lines)):
        top, foot = first + (line + 0.16) * size, first + (line + 0.78) * size
        edges = [top + (foot - top) * n / _SLICES for n in range(_SLICES + 1)]
        edges[0], edges[-1] = first + line * size, first + (line + 1) * size
        for number in range(_SLICES):
            share = number / (_SLICES - 1)
            yield edges[number], edges[number + 1], _between(look.color, look.color_below, share)


def _between(one: str, other: str, share: float) -> str:
    pairs = ((int(one[n : n + 2], 16), int(other[n : n + 2], 16)) for n in (0, 2, 4))
    return "".join(f"{round(a + (b - a) * share):02X}" for a, b in pairs)


def _color(rgb: str) -> str:
    return f"&H{rgb[4:6]}{rgb[2:4]}{rgb[0:2]}&"


def _time(frame: int, fps: int) -> str:
    """ASS counts hundredths: rounded down, a frame's own time is never before its start."""
    hundredths = max(0, frame * 100 // fps)
    minutes, rest = divmod(hundredths, 6000)
    return f"{minutes // 60}:{minutes % 60:02}:{rest // 100:02}.{rest % 100:02}"
