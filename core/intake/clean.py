"""An operator's text made fit to be spoken and shown, without touching what a name may hold.

Kept: every letter, accent and sign of every script, and the joiners that emoji and Persian need.
"""

from __future__ import annotations

import re
from unicodedata import is_normalized, normalize

# Control characters that don't just part words, marks that make text read in another order than it is stored,
# invisible letters, and halves of characters: somebody put them there, so their loss is told.
_UNSAFE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\U000e0000-\U000e007f]"
)
# Left behind by copying from web pages and word processors; no one sees them go.
_UNSEEN = re.compile("[\u00ad\u061c\u200b\u200e\u200f\u2060\ufeff]")
# A flag like Scotland's is written with some of the invisible letters.
_FLAG = re.compile("(\U0001f3f4[\U000e0061-\U000e007a\U000e0030-\U000e0039]{2,6}\U000e007f)")


def is_clean(text: str) -> bool:
    """Whether the text is one line of single-spaced, composed, visible characters: nothing would be done to it."""
    return (
        text.isprintable()
        and "  " not in text
        and not (text.startswith(" ") or text.endswith(" "))
        and (text.isascii() or is_normalized("NFC", text))
    )


def clean_line(text: str) -> tuple[str, bool]:
    """The text on one line, composed (NFC), single-spaced; and whether unsafe characters were taken out."""
    if is_clean(text):
        return text, False
    safe = _safe(text)
    line = " ".join(_UNSEEN.sub("", safe).split())
    return line if is_normalized("NFC", line) else normalize("NFC", line), safe != text


def clean_lines(text: str) -> tuple[str, bool]:
    """The same, line by line, without empty lines at either end and never more than one between."""
    cleaned = [clean_line(line) for line in text.splitlines()]
    lines = "\n".join(line for line, _ in cleaned)
    return re.sub(r"\n{3,}", "\n\n", lines).strip("\n"), any(unsafe for _, unsafe in cleaned)


def _safe(text: str) -> str:
    if "\U0001f3f4" not in text:
        return _UNSAFE.sub("", text)
    parts = _FLAG.split(text)  # flags at the odd places
    return "".join(part if place % 2 else _UNSAFE.sub("", part) for place, part in enumerate(parts))
