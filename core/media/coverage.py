"""Which letters draw a text whole: a name is never half in one hand and half in another, and never boxes."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

from core.errors import JobFault
from core.media.font import Font, read_font
from core.media.titles import PLAIN, STORYBOOK, Letters, bundled_fonts, font_files

_JOINERS = "\u200c\u200d"  # shape Persian, Indic and emoji text; other invisible characters change nothing that is seen
_SELECTORS = {*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)}


def printable(text: str) -> str:
    """`text` as it can be drawn: composed (NFC), its lines' ends alike, nothing that has no shape."""
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n"))
    if composed.isprintable() and max(composed, default="") < "\u0300":
        return composed.strip()  # as nearly every name is: Latin letters, nothing invisible among them
    shown = []
    for character in composed:
        kind = unicodedata.category(character)
        if character == "\n" or kind in ("Zl", "Zp"):
            shown.append("\n")
        elif kind in ("Cc", "Zs"):
            shown.append(" ")
        elif (kind != "Cf" and ord(character) not in _SELECTORS) or character in _JOINERS:
            shown.append(character)
    return "".join(shown).strip()


def letters_for(text: str, wanted: Letters) -> Letters:
    """`wanted` if it has every character of `text` (as `printable` gives it); else letters that came with Trineo.

    Raises `JobFault` when nothing here can draw it.
    """
    codes = {ord(character) for character in text if character not in " \n" + _JOINERS}
    if wanted.folder != bundled_fonts():
        if codes | {0x20} <= _of(wanted).characters and "\\" not in text:  # the last needs a joiner after it
            return wanted
        wanted = replace(wanted, folder=bundled_fonts(), family=STORYBOOK, weight=400, italic=False)
    first, plain, *others = _bundled()
    missing = codes - first.characters - plain.characters - frozenset().union(*(font.characters for font in others))
    if missing:
        raise JobFault(
            "letters_missing",
            "A text that is to stand on the picture has characters that none of the fonts here can draw: {characters}.",
            "Write it in other letters, or use a template whose font has them.",
            characters=", ".join(f"U+{code:04X}" for code in sorted(missing)[:8]),
        )
    letters = {code for code in codes if unicodedata.category(chr(code))[0] in "LM"}
    lacking = (letters - first.characters) & plain.characters
    another_alphabet = bool(letters) and not letters & first.characters  # then its hyphens are not ours either
    if wanted.family == PLAIN or lacking or another_alphabet:
        return replace(wanted, family=PLAIN)
    return wanted


def drawable(text: str) -> str:
    """`text` without the characters that no font here has: for words that are heard as well."""
    covered = frozenset().union(*(font.characters for font in _bundled()))
    return "".join(one for one in text if ord(one) in covered or one in " \n" + _JOINERS)


def _of(letters: Letters) -> Font:
    fonts = [read_font(path) for path in font_files(letters.folder)]
    return next(
        font
        for font in fonts
        if (font.family, font.weight, font.italic) == (letters.family, letters.weight, letters.italic)
    )


def _bundled() -> list[Font]:
    """In the order in which libass asks them."""
    return sorted((read_font(path) for path in font_files(bundled_fonts())), key=lambda font: font.weight)
