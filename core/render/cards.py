"""A film's own text on its picture: the template's cards with the row's fields put in."""

from __future__ import annotations

from collections.abc import Mapping

from core.media.presets import Preset
from core.media.titles import PLAIN, STORYBOOK, Box, Letters, Look, Title, bundled_fonts
from core.template.card import Card
from core.template.model import Template
from core.template.terms import placeholders


def titles(
    template: Template, preset: Preset, language: str, fields: Mapping[str, str]
) -> dict[str, tuple[Title | None, ...]]:
    """What stands on each section's cards, in their order; None for a card whose field the row leaves empty.

    Raises `JobFault`: a font of the template that can't be used.
    """
    return {
        section.name: tuple(_title(card, template, preset, language, fields) for card in section.cards)
        for section in template.sections
        if section.cards
    }


def placeholders_of(template: Template) -> dict[str, tuple[Title | None, ...]]:
    """As `titles`, with something that stands for anybody's text on each card that every film has."""
    somebody = Title("", Look(Letters(bundled_fonts(), PLAIN)), Box(0, 0, 1, 1), 1, 0, 1)
    return {
        section.name: tuple(somebody if _always_shown(card, template) else None for card in section.cards)
        for section in template.sections
        if section.cards
    }


def _always_shown(card: Card, template: Template) -> bool:
    needed = frozenset().union(*map(placeholders, card.texts.values()))
    return all(template.fields[name].required for name in needed)


def _title(card: Card, template: Template, preset: Preset, language: str, fields: Mapping[str, str]) -> Title | None:
    text = card.says(language, template.default_language, fields)
    if not text:
        return None
    look = Look(
        _letters(card, template),
        color=card.color,
        color_below=card.color_below,
        outline=card.outline,
        outline_color=card.outline_color,
        shadow=card.shadow,
        shadow_blur=card.shadow_blur,
        shadow_color=card.shadow_color,
        shadow_alpha=card.shadow_alpha,
    )
    return Title(
        text,
        look,
        Box(card.x * preset.width, card.y * preset.height, card.width * preset.width, card.height * preset.height),
        size=card.size * min(preset.width, preset.height),
        first=0,
        end=1,
        align=card.align,
        lines=card.lines,
        fade_in_s=card.fade_in_s,
        fade_out_s=card.fade_out_s,
    )


def _letters(card: Card, template: Template) -> Letters:
    if card.font_file:
        return Letters.of_file(template.path(card.font_file))
    return Letters(bundled_fonts(), STORYBOOK if card.font == "storybook" else PLAIN)
