"""Reads and writes Qt's translation sources (.ts), the plain text ones that Qt Linguist edits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree
from xml.sax.saxutils import escape

Key = tuple[str, str]  # context, source


@dataclass(frozen=True, slots=True)
class Message:
    """`forms` is one translation, or for a counted message one for n = 1 and one for the rest."""

    context: str
    source: str
    forms: tuple[str, ...] = ("",)
    counted: bool = False
    finished: bool = False

    @property
    def key(self) -> Key:
        return (self.context, self.source)


def read_ts(file: Path) -> dict[Key, Message]:
    if not file.is_file():
        return {}
    tree = ElementTree.parse(file)  # noqa: S314 - our own file, shipped with the program
    found = [
        _message(context.findtext("name", ""), node)
        for context in tree.iterfind("context")
        for node in context.iterfind("message")
    ]
    return {message.key: message for message in found}


def _message(context: str, node: ElementTree.Element) -> Message:
    translation = node.find("translation")
    counted = node.get("numerus") == "yes"
    forms: tuple[str, ...] = ("",)
    if translation is not None:
        parts = [form.text or "" for form in translation.iterfind("numerusform")]
        forms = tuple(parts) if counted else (translation.text or "",)
    finished = translation is not None and translation.get("type") != "unfinished"
    return Message(context, node.findtext("source", ""), forms, counted, finished)


def write_ts(file: Path, language: str, messages: Iterable[Message]) -> None:
    """Sorted by context and source, so that two people's additions merge."""
    lines = ['<?xml version="1.0" encoding="utf-8"?>', "<!DOCTYPE TS>"]
    lines.append(f'<TS version="2.1" language="{language}" sourcelanguage="en">')
    context = None
    for message in sorted(messages, key=lambda one: one.key):
        if message.context != context:
            lines += ["</context>"] if context is not None else []
            lines += ["<context>", f"    <name>{escape(message.context)}</name>"]
            context = message.context
        lines += _lines(message)
    lines += ["</context>"] if context is not None else []
    file.write_text("\n".join([*lines, "</TS>", ""]), encoding="utf-8")


def _lines(message: Message) -> list[str]:
    kind = "" if message.finished else ' type="unfinished"'
    if message.counted:
        forms = "".join(f"<numerusform>{escape(form)}</numerusform>" for form in message.forms)
    else:
        forms = escape(message.forms[0])
    return [
        '    <message numerus="yes">' if message.counted else "    <message>",
        f"        <source>{escape(message.source)}</source>",
        f"        <translation{kind}>{forms}</translation>",
        "    </message>",
    ]
