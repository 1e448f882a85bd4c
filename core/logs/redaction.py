"""What must not be read in a log: keys, and what children are called and are told. The one door out of the logs.

Nothing is trusted to be harmless. Numbers and plain words pass; keys and addresses' logins are known by their shape and
by the settings' own values; the names and texts of films in the making by what their workers hold here; paths by their
shape; and of any object only its kind is told, because its text may hold anything.
"""

from __future__ import annotations

import datetime
import re
import sys
import threading
import traceback
import urllib.parse
from base64 import b64encode
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from enum import Enum
from pathlib import PurePath
from types import TracebackType
from typing import Any

from structlog.typing import EventDict, WrappedLogger

from core.errors import TrineoError
from core.paths import ROOT

KEY, PRIVATE, PATH = "[key]", "[private]", "[path]"

_LONGEST = 2000
_DEEPEST = 4
_MOST_ITEMS = 50
_OURS = frozenset(
    {"queue", "cache", "work", "logs"}
)  # folders of the data folder: no name of a child is in a name there

_SECRET_NAME = re.compile(r"(?i)passw|secret|token|api.?key|^key$|authorization|cookie|credential|signature|login")
_PRIVATE_NAME = re.compile(
    r"(?i)^(name|nombre|names|text|texts|script|fields?|row_values|words|output|film|said|line_text)$"
)
_HEADER = re.compile(
    r"(?i)((?:proxy-)?authorization|[a-z-]{0,20}api[-_]?key|[a-z_-]{0,20}(?:secret|token|passw|signature|cookie)[a-z]{0,8})"
    r"([\"']?\s{0,3}[:=]\s{0,3}[\"']?)(?:(?:bearer|basic|key|token)\s+)?[^\s\"',;&}]+"
)
_BEARER = re.compile(r"(?i)\b(bearer|basic)\s+[\w.~+/=-]{6,}")
_URL = re.compile(r"([a-zA-Z][\w+.-]*://)(?:[^\s\"']*@)?([^\s/?#\"'@]*)[^\s\"'>)]*")
_TOKEN = re.compile(
    r"\b(?:sk|pk|xi|key|hg)[-_][\w-]{8,}|\b(?=[\w-]*\d)(?=[\w-]*[A-Za-z])[A-Za-z0-9_-]{24,}\b|\b[A-Za-z0-9+/]{40,}={0,2}"
)
_PLAIN = re.compile(r"[a-z_ ]{0,200}|[0-9a-f]{12,64}|[0-9T:.Z-]{0,40}")  # nothing below can be in it
_HASH = re.compile(
    r"[0-9a-f]{12,64}"
)  # jobs, batches and cached files are called so; a key in hex is known by its value
_ENDINGS = "mp4|mov|mkv|webm|wav|mp3|m4a|aac|srt|vtt|ass|jpe?g|png|csv|tsv|xlsx?|ods|docx|json|txt|md|zip|part|toml|log"
_START = r"(?:file:/*|(?<![\w/.:])//|(?<![\w/.])(?:[A-Za-z]:)?[\\/](?!/)|(?<!\w)~/|\\\\)"
_PATHS = re.compile(
    rf"(?i)(?P<file>{_START}[^\n\"']*\.(?:{_ENDINGS})\b)|(?P<folder>{_START}[^\s\"':,;\]]+)"
    rf"|(?P<lone>(?<![^\"'\[\]=<>/\\:;|])[^\n\"'\[\]=<>/\\:;|]{{1,300}}\.(?:{_ENDINGS})\b)"
)
_FIELD = re.compile(r"[a-z_]{1,40}")
_LONE = re.compile(r"\s*([0-9a-f]{12,64}|trineo|queue(\.damaged-[\d-]+)?)")  # names of our own


class PrivateWords:
    """The names and texts of films that are being made here, as long as they are. Safe between threads."""

    def __init__(self) -> None:
        self._held: Counter[str] = Counter()
        self._lock = threading.Lock()
        self._found: re.Pattern[str] | None = None

    @contextmanager
    def held(self, name: str, texts: Iterable[str]) -> Iterator[None]:
        """Until the end of the block neither `name`, nor a part of it, nor one of `texts` is written to a log."""
        parts = [part for part in re.findall(r"\w+", name) if len(part) > 2]
        words = {word.strip() for word in (name, *parts, *texts) if len(word.strip()) > 1}
        words |= {line.strip() for word in words for line in word.splitlines() if len(line.strip()) > 1}
        self._change(words, 1)
        try:
            yield
        finally:
            self._change(words, -1)

    def hide(self, text: str) -> str:
        found = self._found
        return found.sub(PRIVATE, text) if found else text

    def _change(self, words: Iterable[str], by: int) -> None:
        with self._lock:
            for word in words:
                self._held[word] += by
            self._held = +self._held
            longest_first = sorted(self._held, key=len, reverse=True)
            pattern = "|".join(re.escape(word) for word in longest_first)
            self._found = re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE) if pattern else None


private_words = PrivateWords()
"""One for the program, as its log is: whoever works on a job holds its words here."""


class Redactor:
    """A processor of structlog's, to stand right before the renderer.

    `secrets` are the settings' keys as they are; `data` the folder whose own files may be named. With `stacks` an
    exception's places in the code are told; its words never, because they may be anybody's.
    """

    def __init__(self, secrets: Iterable[str] = (), data: PurePath | None = None, *, stacks: bool = False) -> None:
        shapes = {shape for secret in secrets for shape in _shapes(secret)}
        longest_first = sorted(shapes, key=len, reverse=True)
        self._secrets = re.compile("|".join(map(re.escape, longest_first))) if shapes else None
        self._data = data
        self._stacks = stacks

    def __call__(self, _logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
        trouble = event.pop("exc_info", None)
        event.pop("stack_info", None)
        event.pop("exception", None)
        clean = {self._field(str(name)): self._named(str(name), value) for name, value in event.items()}
        if isinstance(error := _error_of(trouble), BaseException):
            clean["error"] = _kind(error)
            if self._stacks:
                clean["stack"] = _places(error)
        return clean

    def _field(self, name: str) -> str:
        """What the code calls it stays, also while a child called Job has a film made."""
        return name if _FIELD.fullmatch(name) else self.text(name)

    def text(self, text: str) -> str:
        """`text` without anything that looks like a key, a child's words or a path."""
        more = len(text) > _LONGEST
        text = text[: 4 * _LONGEST]
        if self._secrets:
            text = self._secrets.sub(KEY, text)
        text = private_words.hide(text)
        if _PLAIN.fullmatch(text):
            return text
        if more:  # half a key is not known as one
            text = text[:_LONGEST].rpartition(" ")[0]
        text = _URL.sub(r"\1\2", text)
        text = _BEARER.sub(rf"\1 {KEY}", _HEADER.sub(rf"\1\2{KEY}", text))
        text = _PATHS.sub(self._path, text)
        text = _TOKEN.sub(lambda found: found[0] if _HASH.fullmatch(found[0]) else KEY, text)
        return f"{text}…" if more else text

    def value(self, value: Any, depth: int = 0) -> Any:
        if value is None or (isinstance(value, bool | int | float) and not isinstance(value, Enum)):
            return value
        if isinstance(value, str):
            return self.text(str(value))
        if isinstance(value, PurePath):
            return self.text(str(value)) if self._data and value.is_relative_to(self._data) else PATH
        if isinstance(value, BaseException):
            return _kind(value)
        if isinstance(value, datetime.datetime | datetime.date):
            return value.isoformat()
        return self._many(value, depth)

    def _many(self, value: Any, depth: int) -> Any:
        if depth < _DEEPEST and isinstance(value, Mapping):
            some = list(value.items())[:_MOST_ITEMS]
            return {self.text(str(name)): self._named(str(name), one, depth + 1) for name, one in some}
        if depth < _DEEPEST and isinstance(value, list | tuple | set | frozenset):
            return [self.value(one, depth + 1) for one in list(value)[:_MOST_ITEMS]]
        return f"[{type(value).__name__}]"

    def _named(self, name: str, value: Any, depth: int = 0) -> Any:
        if name == "machine" and isinstance(value, str):
            return value
        if _SECRET_NAME.search(name) and not isinstance(value, bool | int | float | None):
            return KEY
        if _PRIVATE_NAME.search(name) and not isinstance(value, bool | int | float | None):
            return PRIVATE
        return self.value(value, depth)

    def _path(self, found: re.Match[str]) -> str:
        path = found[0]
        if found["lone"] and _LONE.fullmatch(path.rpartition(".")[0]):
            return path
        ending = "" if found["folder"] else f".{path.rpartition('.')[2].lower()}"
        return self._own(path) or f"{PATH}{ending}"

    def _own(self, path: str) -> str:
        """The data folder's own files, told from there."""
        if self._data is None or not path.startswith(str(self._data)):
            return ""
        rest = path[len(str(self._data)) :].replace("\\", "/").strip("/")
        known = rest.partition("/")[0] in _OURS and re.fullmatch(r"[\w./-]*", rest) is not None
        return f"[data]/{rest}" if known else ""


def _shapes(secret: str) -> Iterator[str]:
    """A key as it may turn up: as it is, in an address, in a header."""
    secret = secret.strip()
    if len(secret) < 4:
        return
    yield secret
    yield urllib.parse.quote(secret, safe="")
    yield urllib.parse.quote_plus(secret)
    yield b64encode(secret.encode()).decode().rstrip("=")


def _error_of(trouble: Any) -> BaseException | None:
    if trouble is True:
        return sys.exc_info()[1]
    return trouble[1] if isinstance(trouble, tuple) else trouble if isinstance(trouble, BaseException) else None


def _kind(error: BaseException) -> str:
    """What it is, without its words: `OSError 28`, `TransientError ffmpeg_failed`."""
    if isinstance(error, TrineoError):
        return f"{type(error).__name__} {error.code}"
    number = f" {error.errno}" if isinstance(error, OSError) and error.errno else ""
    return f"{type(error).__name__}{number}"


def _places(error: BaseException) -> list[str]:
    """Where it came from, the cause first; code and line, no values."""
    told: list[str] = []
    seen: set[int] = set()
    link: BaseException | None = error
    while link is not None and id(link) not in seen:
        seen.add(id(link))
        told[:0] = [*_frames(link.__traceback__), _kind(link)]
        link = link.__cause__ or (None if link.__suppress_context__ else link.__context__)
    return told


def _frames(trace: TracebackType | None) -> list[str]:
    return [f"{_code_file(one.filename)}:{one.lineno} {one.name}" for one in traceback.extract_tb(trace)]


def _code_file(name: str) -> str:
    path = PurePath(name)
    if path.is_relative_to(ROOT) and ".venv" not in path.parts:
        return path.relative_to(ROOT).as_posix()
    return "/".join(path.parts[-2:])
