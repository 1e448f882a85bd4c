"""The window's colours, dark and light, as values."""

from __future__ import annotations

from dataclasses import dataclass

from core.jobs.model import State


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours as `#rrggbb`. `*_text` are for words on `ground`, `panel`, `raised` and `chosen`."""

    dark: bool
    ground: str
    panel: str
    raised: str  # under the pointer
    chosen: str  # a selected row or card
    line: str
    text: str
    second: str
    faint: str  # the shape of what can't be used now; its words are in `second`
    accent: str
    accent_hover: str
    on_accent: str
    accent_text: str
    done: str
    done_text: str
    waiting: str
    waiting_text: str
    failed: str
    failed_text: str
    badge: str  # the count of what failed
    on_badge: str
    scrim: str  # over the page, behind a sheet; #aarrggbb
    info: str
    info_text: str
    toast: str  # the ground of a passing message
    on_toast: str
    toast_accent: str  # its button's words


DARK = Palette(
    dark=True,
    ground="#0F1626",
    panel="#172036",
    raised="#1D2942",
    chosen="#24324F",
    line="#22304D",
    text="#E8EDF7",
    second="#9DAAC4",
    faint="#5A6A8C",
    accent="#E4572E",
    accent_hover="#F06C45",
    on_accent="#150A06",
    accent_text="#FF8F6B",
    done="#2E9E6B",
    done_text="#62CB99",
    waiting="#D99A1B",
    waiting_text="#E9B44C",
    failed="#C8374B",
    failed_text="#F68B99",
    badge="#F07886",
    on_badge="#22060B",
    scrim="#A0080C16",
    info="#3E7BD6",
    info_text="#8AB4F2",
    toast="#E8EDF7",
    on_toast="#172036",
    toast_accent="#A8330F",
)

LIGHT = Palette(
    dark=False,
    ground="#F7F5F1",
    panel="#FFFFFF",
    raised="#FAF6F0",
    chosen="#F3ECE1",
    line="#E3DED5",
    text="#1D2433",
    second="#566074",
    faint="#A7ABB3",
    accent="#E4572E",
    accent_hover="#EE6A43",
    on_accent="#150A06",
    accent_text="#B03A15",
    done="#2E9E6B",
    done_text="#1A6F48",
    waiting="#D99A1B",
    waiting_text="#835400",
    failed="#C8374B",
    failed_text="#AD2239",
    badge="#C8374B",
    on_badge="#FFFFFF",
    scrim="#661D2433",
    info="#3E7BD6",
    info_text="#2559A8",
    toast="#1D2433",
    on_toast="#F7F5F1",
    toast_accent="#FF9A78",
)


def state_colours(palette: Palette, state: State) -> tuple[str, str]:
    """The colour of a state's shape or bar, and the shade of it for words."""
    match state:
        case State.RUNNING:
            return palette.accent, palette.accent_text
        case State.DONE:
            return palette.done, palette.done_text
        case State.FAILED:
            return palette.failed, palette.failed_text
        case State.DELAYED | State.PARKED | State.HELD:
            return palette.waiting, palette.waiting_text
        case State.REVIEW:
            return palette.info, palette.info_text
        case _:
            return palette.second, palette.second


def art_colours(palette: Palette) -> dict[str, str]:
    """What the drawings' `{places}` are filled with: the same village by night and on a winter's day."""
    night = {
        "sky": "#131D35",
        "moon": "#F3E3B8",
        "star": "#7F8FB3",
        "far": "#1A2846",
        "hill": "#22335A",
        "pine": "#1F4A45",
        "wall": "#3A4D7A",
        "snow": "#DCE5F5",
        "paper": "#F3EEE4",
        "rule": "#D8CFBF",
        "ink": "#8A8474",
        "shade": "#05080F",
        "sack": "#C9A15A",
    }
    day = {
        "sky": "#EAEEF3",
        "moon": "#F2C879",
        "star": "#FFFFFF",
        "far": "#DCE3EA",
        "hill": "#FFFFFF",
        "pine": "#5E8A78",
        "wall": "#8792A8",
        "snow": "#FFFFFF",
        "paper": "#FFFDF8",
        "rule": "#E3DED5",
        "ink": "#A9A293",
        "shade": "#A79F90",
        "sack": "#C9A15A",
    }
    return (night if palette.dark else day) | {"gold": "#F2B84B", "accent": palette.accent}
