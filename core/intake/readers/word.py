"""Word's .docx: a letter, a table of children, or a form of one child."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, iterparse

from core.errors import UsageError
from core.intake.limits import MAX_CELL_CHARS, MAX_COLUMNS, MAX_ROWS
from core.intake.model import Contents, Hints, Notice, Source
from core.intake.readers.encoding import TextFile
from core.intake.readers.package import Package, telling_broken_ones
from core.intake.readers.table import build
from core.intake.readers.text import letter
from core.intake.readers.workbook import nothing_to_see
from core.text import Text

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
# Not part of the text as it reads: what was deleted or moved away, and a copy for older programs.
_UNREAD = frozenset({"del", "moveFrom", "Fallback", "instrText", "delText"})
_SCRIPT = "script"  # a title that every order knows
_MAX_CHARS = 100 * MAX_CELL_CHARS

Cells = list[str]


@dataclass(slots=True)
class _Document:
    """`blocks` are the paragraphs and tables in their order."""

    blocks: list[str | list[Cells]] = field(default_factory=list)


def read(source: Source, hints: Hints) -> Contents:
    with telling_broken_ones():
        document = _Walk().through(Package(source.data()).part("word/document.xml"))
    sheets = list(_sheets(document, hints))
    if not sheets:
        text = "\n".join(map(_plain, document.blocks))
        if not text.strip():
            raise nothing_to_see()
        return letter(source, TextFile(text, (), ""))
    names = [f"{number}" if len(sheets) > 1 else "" for number in range(1, len(sheets) + 1)]
    found = tuple(build(source.path, records, hints, name) for records, name in zip(sheets, names, strict=True))
    told = any(isinstance(block, str) and block.strip() for block in document.blocks)
    text_beside = Text("The document holds a table; the text around it is not read.")
    return Contents(found, notices=(Notice(source.path, text_beside),) if told and not _is_letter(sheets) else ())


Records = list[tuple[int, Cells]]


def _sheets(document: _Document, hints: Hints) -> Iterator[Records]:
    """Its tables of children, and each of its forms as a table of one."""
    blocks = document.blocks
    for place, block in enumerate(blocks):
        if isinstance(block, str):
            continue
        if _is_form(block, hints):
            labels = [cells[0].strip(" :") for cells in block if len(cells) == 2]
            values = [cells[1] for cells in block if len(cells) == 2]
            below = _text_below(blocks[place + 1 :])
            if below and not any(hints.is_script(label) for label in labels):
                labels, values = [*labels, _SCRIPT], [*values, below]
            yield [(0, labels), (1, values)]
        elif _names_columns(block, hints):
            yield list(enumerate(block, start=1))


def _text_below(blocks: Sequence[str | list[Cells]]) -> str:
    """What is written under a form, as far as the next one."""
    lines = []
    for block in blocks:
        if not isinstance(block, str):
            break
        lines.append(block)
    return "\n".join(lines).strip()


def _is_letter(sheets: Sequence[Records]) -> bool:
    """Whether the text below a form was read as what Santa says."""
    return any(_SCRIPT in records[0][1] for records in sheets)


def _names_columns(rows: Sequence[Cells], hints: Hints) -> bool:
    """Whether it is a table of children: a row of titles, and more below it."""
    return any(len(cells) > 1 and sum(map(hints.is_title, cells)) >= 2 for cells in rows[:-1])


def _is_form(rows: Sequence[Cells], hints: Hints) -> bool:
    """Whether the titles stand one below the other, with what was filled in beside them."""
    titled = [
        len(cells) == 2 and hints.is_title(cells[0].rstrip(" :")) and not hints.is_title(cells[1]) for cells in rows
    ]
    return sum(titled) > 0 and 2 * sum(titled) > len(rows)


def _plain(block: str | list[Cells]) -> str:
    return block if isinstance(block, str) else "\n".join(" ".join(filter(None, cells)) for cells in block)


class _Walk:
    """One way through the document's XML, without keeping it."""

    def __init__(self) -> None:
        self._document = _Document()
        self._text: list[str] = []
        self._chars = 0
        self._unread = 0
        self._tables = 0  # how many tables deep
        self._rows: list[Cells] = []
        self._cells: Cells = []
        self._cell: list[str] = []
        self._span = 1
        self._continues = False

    def through(self, content: bytes) -> _Document:
        for event, element in iterparse(io.BytesIO(content), events=("start", "end")):  # noqa: S314 - Package let it through
            name = element.tag.rpartition("}")[2]
            if name in _UNREAD:
                self._unread += 1 if event == "start" else -1
            elif self._unread:
                pass
            elif event == "start":
                self._begin(name)
            else:
                self._end(name, element)
            if event == "end" and name in ("p", "tc", "tr", "tbl"):
                element.clear()
        self._paragraph()
        return self._document

    def _begin(self, name: str) -> None:
        if name == "tbl":
            self._paragraph()
            self._tables += 1
            if self._tables == 1:
                self._rows = []
        elif name == "tr" and self._tables == 1:
            self._cells = []
        elif name == "tc" and self._tables == 1:
            self._cell, self._span, self._continues = [], 1, False

    def _end(self, name: str, element: Element) -> None:
        if name == "t":
            self._say(element.text or "")
        elif name in ("br", "cr"):
            self._say("\n")
        elif name == "tab":
            self._say(" ")
        elif name == "noBreakHyphen":
            self._say("-")
        elif name == "p":
            self._paragraph()
        else:
            self._end_of_table(name, element)

    def _end_of_table(self, name: str, element: Element) -> None:
        if name == "tbl":
            self._tables -= 1
            if self._tables == 0:
                self._document.blocks.append(self._rows)
        elif self._tables != 1:
            return
        elif name == "gridSpan":
            self._span = min(int(_value(element) or "1"), MAX_COLUMNS)
        elif name == "vMerge":
            self._continues = _value(element) in ("", "continue")
        elif name == "tc":
            above = self._rows[-1] if self._rows and self._continues else []
            place = len(self._cells)
            self._cells.append(above[place] if place < len(above) else "\n".join(self._cell))
            self._cells.extend([""] * (self._span - 1))
        elif name == "tr":
            self._rows.append(self._cells)
            if len(self._rows) > MAX_ROWS:
                raise _too_long()

    def _say(self, text: str) -> None:
        self._chars += len(text)
        if self._chars > _MAX_CHARS:
            raise _too_long()
        self._text.append(text)

    def _paragraph(self) -> None:
        text = "".join(self._text)
        self._text.clear()
        if self._tables:
            self._cell += [text] if text else []
        else:
            self._document.blocks.append(text)


def _value(element: Element) -> str:
    return element.get(f"{_W}val", element.get(f"{_STRICT}val", ""))


def _too_long() -> UsageError:
    return UsageError(
        "file_too_large", "The document holds more than any batch of letters.", "Split it into several files."
    )
