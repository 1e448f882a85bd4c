"""Every text can be read on every ground it stands on: 4.5 : 1 by WCAG 2's formula."""

from __future__ import annotations

import pytest

from core.jobs.model import State
from gui.look.palette import DARK, LIGHT, Palette, state_colours

GROUNDS = ("ground", "panel", "raised", "chosen")
TEXTS = ("text", "second", "accent_text", "done_text", "waiting_text", "failed_text", "info_text")
PAIRS = [(text, ground) for text in TEXTS for ground in GROUNDS]
PAIRS += [("on_accent", "accent"), ("on_accent", "accent_hover"), ("on_badge", "badge"), ("second", "line")]
READABLE = 4.5


def luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_the_formula_itself() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("palette", [DARK, LIGHT], ids=["dark", "light"])
@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_text_can_be_read(palette: Palette, text: str, ground: str) -> None:
    assert contrast(getattr(palette, text), getattr(palette, ground)) >= READABLE


@pytest.mark.parametrize("palette", [DARK, LIGHT], ids=["dark", "light"])
@pytest.mark.parametrize("state", State)
def test_a_states_word_can_be_read_and_its_shape_seen(palette: Palette, state: State) -> None:
    shape, word = state_colours(palette, state)
    for ground in (palette.panel, palette.chosen):
        assert contrast(word, ground) >= READABLE
    assert contrast(shape, palette.panel) >= 2.2
