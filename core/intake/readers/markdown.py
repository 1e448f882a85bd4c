"""Markdown: a text with marks that nobody speaks."""

from __future__ import annotations

import re

from core.intake.model import Contents, Hints, Source
from core.intake.readers.encoding import read_text
from core.intake.readers.text import letter

_FRONT_MATTER = re.compile(r"\A\s*---[ \t]*\r?\n(.*?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_FENCE = re.compile(r"^[ \t]*(?:```|~~~).*$", re.MULTILINE)
_RULE = re.compile(r"^[ \t]*(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,}|={3,})$", re.MULTILINE)
_LINE_MARK = re.compile(r"^[ \t]*(?:#{1,6}[ \t]+|>[ \t]?|[-*+][ \t]+(?:\[[ xX]\][ \t]+)?)", re.MULTILINE)
_IMAGE = re.compile(r"!\[[^\]\n]*\]\([^)\n]*\)")
_LINK = re.compile(r"\[([^\]\n]+)\]\([^)\n]*\)")
_EMPHASIS = re.compile(
    r"(?<![\w*])(\*{1,3})(?=\S)([^*\n]+?)(?<=\S)\1(?![\w*])|(?<!\w)(_{1,3})(?=\S)([^_\n]+?)(?<=\S)\3(?!\w)"
)
_CODE = re.compile(r"`+([^`\n]+)`+")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!>])")


def read(source: Source, hints: Hints) -> Contents:
    del hints
    file = read_text(source)
    return letter(source, file._replace(text=plain(file.text)))


def plain(text: str) -> str:
    """The text as it is read aloud. Front matter stays, as the first lines that name the fields."""
    header = ""
    text = text.lstrip("\ufeff")
    if front := _FRONT_MATTER.match(text):
        header, text = front[1] + "\n\n", text[front.end() :]
    for pattern in (_COMMENT, _FENCE, _RULE, _IMAGE):
        text = pattern.sub("", text)
    text = _LINE_MARK.sub("", text)
    text = _LINK.sub(r"\1", text)
    text = _EMPHASIS.sub(lambda mark: mark[2] or mark[4], text)
    text = _CODE.sub(r"\1", text)
    return header + _ESCAPED.sub(r"\1", text)
