"""Places in a text that somebody forgot to fill in: `{nombre}`, `{{child_name}}`, `[NOMBRE]`, `«Nombre»`."""

from __future__ import annotations

import re
from collections.abc import Callable

_BRACES = re.compile(r"\{\{?\s*[^\W\d_][\w .-]{0,38}\}?\}")
_OTHERS = re.compile(
    r"\[\[?\s*([\w ]{2,40}?)\s*\]\]?|<<?\s*([\w ]{2,40}?)\s*>>?|«\s*([\w ]{2,40}?)\s*»"
    r"|%\s*(\w{2,40}?)\s*%|\$\{?(\w{2,40})\}?"
)
_SIGNS = re.compile(r"[{\[<«%$]")


def find_placeholder(text: str, is_title: Callable[[str], bool]) -> str:
    """The first of them as it is written, or empty. Other brackets than braces only count around a field's name."""
    if not _SIGNS.search(text):
        return ""
    if found := _BRACES.search(text):
        return found[0]
    for place in _OTHERS.finditer(text):
        if is_title(next(filter(None, place.groups()))):
            return place[0]
    return ""
