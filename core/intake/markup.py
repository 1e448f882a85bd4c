"""What programs leave in a text that is no word: tags, entities, letters broken by a wrong encoding."""

from __future__ import annotations

import re
from html import unescape

_DROPPED = re.compile(
    r"<(script|style|head|title)\b[^<>]*>.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)|<!\[CDATA\[|\]\]>", re.I | re.S
)
_BREAK = re.compile(r"<(?:br|/p|/div|/li|/tr|/h[1-6]|/s|/speak|break)\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][\w:.-]*(?:\s[^<>]*)?/?>|<[!?][a-zA-Z][^<>]*>")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});")
_MAX_LAYERS = 3  # &amp;lt;b&amp;gt; was escaped twice

# UTF-8 that somebody's program read as Windows-1252: Ã© for é, â€œ for “.
_BROKEN = re.compile("[ÃÂ][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u2122]|â€")


def strip_markup(text: str) -> tuple[str, bool]:
    """Without HTML, SSML and entities; and whether there were any. `3 < 5`, `<3` and `AT&T` are none."""
    if "<" not in text and "&" not in text and "]]>" not in text:
        return text, False
    found = text
    for _ in range(_MAX_LAYERS):
        before = found
        if "<" in found or "]]>" in found:
            found = _DROPPED.sub(" ", found)
            found = _BREAK.sub("\n", found)
            found = _TAG.sub("", found)
        if "&" in found:
            found = _ENTITY.sub(lambda entity: unescape(entity[0]), found)
        if found == before:
            break
    return found, found != text


def mend_accents(text: str) -> tuple[str, bool]:
    """`SofÃ­a` → `Sofía`; and whether anything was mended. Only what becomes whole letters throughout."""
    if not _BROKEN.search(text):
        return text, False
    mended = re.sub(r"[^\x00-\x7f]+", lambda part: _once_more(part[0]), text)
    return mended, mended != text


def _once_more(part: str) -> str:
    raw = bytearray()
    for char in part:
        try:
            raw += char.encode("cp1252")
        except UnicodeEncodeError:
            if ord(char) > 0xFF:
                return part
            raw.append(ord(char))  # the few bytes that cp1252 leaves free came through as they were
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return part
