"""Asks an outside service: sends its key to its own host only, reads bounded answers, and names what went wrong."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
from pydantic import SecretStr

from core.errors import RenderError
from core.progress import Progress, unwatched
from providers.faults import Refusal, Service, Table, answer_lost, away, redacted, unusable
from providers.limits import Limits, limits_of
from providers.patience import Watch, watching
from providers.wire import NoAnswer, NotSent, TooMuch, client

ReadError = Callable[[Any], tuple[tuple[str, ...], str]]
"""From an answer's JSON: what the service calls the error (most telling first; none: it is no error), and its words."""

ANSWER_BYTES = 4_000_000
_BLOCK = 65_536


def no_limits(limits: Limits) -> None:
    """For a service whose limits nobody watches."""


def clean_key(secret: SecretStr) -> str:
    """The key without the blanks and line ends that come along when it is copied."""
    return "".join(secret.get_secret_value().split())


def usable_key(key: str) -> bool:
    """Whether it can be sent at all: no header takes what isn't plain ASCII."""
    return key.isascii() and key.isprintable()


@dataclass(frozen=True, slots=True)
class Bounds:
    """How long a service may be silent, how long all of it may take, and how much it may send."""

    silence_s: float = 30.0
    total_s: float = 60.0
    max_bytes: int = ANSWER_BYTES


@dataclass(frozen=True, slots=True)
class Ask:
    """One request. `paid`: it may cost money to send it again. `private` is what no error may repeat."""

    method: str
    path: str
    body: Any = None
    form: Mapping[str, str] | None = None
    files: Mapping[str, Path] | None = None
    headers: Mapping[str, str] | None = None
    paid: bool = False
    private: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)

    @property
    def told(self) -> Any:
        """Its JSON; None if it is none."""
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError):
            return None

    @property
    def text(self) -> str:
        return self.body[:4000].decode("utf-8", "replace")


class Caller:
    """One service, asked from any thread. `key_headers` go with each request to `address`, and nowhere else."""

    def __init__(
        self,
        service: Service,
        address: str,
        key_headers: Mapping[str, str],
        table: Table,
        read_error: ReadError,
        on_limits: Callable[[Limits], None] = no_limits,
    ) -> None:
        self.service = service
        self._address = address.rstrip("/")
        self._key_headers = dict(key_headers)
        self._table = table
        self._read_error = read_error
        self._on_limits = on_limits
        self._lock = threading.Lock()
        self._client: httpx.Client | None = None

    def __repr__(self) -> str:
        return f"Caller({self.service.name})"

    @property
    def client(self) -> httpx.Client:
        """For an SDK, whose requests are then bounded as ours: make them inside `calling`."""
        with self._lock:
            if self._client is None:
                self._client = client()
                self._client.event_hooks = {"response": [self._look_at_limits]}
            return self._client

    def close(self) -> None:
        with self._lock:
            if self._client is not None:
                self._client.close()
                self._client = None

    def ask(
        self,
        request: Ask,
        progress: Progress = unwatched,
        *,
        bounds: Bounds = Bounds(),
        table: Table | None = None,
    ) -> dict[str, Any]:
        """The answer's JSON object. Raises what `table` (else the service's own) makes of an error."""
        return self.understood(request, self.answer(request, progress, bounds), table)

    def answer(self, request: Ask, progress: Progress, bounds: Bounds) -> Answer:
        """What came back, whatever it is. Raises only if nothing did."""
        with self.calling(progress, paid=request.paid, bounds=bounds):
            return self._send(request)

    def accepted(self, request: Ask, progress: Progress, bounds: Bounds) -> bool:
        """Whether it was, by the state alone; False also where there is no such thing (any more)."""
        answer = self.answer(request, progress, bounds)
        if 200 <= answer.status < 300:
            return True
        if answer.status in (400, 404, 405, 409, 410, 422):
            return False
        raise self.judge(answer.status, answer.headers, answer.told or answer.text, request.private)

    @contextmanager
    def calling(self, progress: Progress, *, paid: bool, bounds: Bounds) -> Iterator[Watch]:
        """Requests to the service, made by this thread inside, are bounded, and their breaking off is named."""
        watch = Watch(progress, silence_s=bounds.silence_s, total_s=bounds.total_s, max_bytes=bounds.max_bytes)
        try:
            with watching(watch):
                yield watch
        except NotSent as error:
            raise away(self.service, error.reason) from error
        except NoAnswer as error:
            raise (answer_lost if paid else away)(self.service, error.reason) from error
        except TooMuch as error:
            raise (answer_lost if paid else unusable)(self.service, error.reason) from error

    def judge(
        self, status: int, headers: Mapping[str, str], body: Any, private: tuple[str, ...], table: Table | None = None
    ) -> RenderError:
        """What an answer that is an error means. `body` is its JSON, or its text where it is none."""
        return (table or self._table).judge(self.service, self._refusal(status, headers, body, private))

    def _refusal(self, status: int, headers: Mapping[str, str], body: Any, private: tuple[str, ...]) -> Refusal:
        codes, words = self._read_error(body) if isinstance(body, dict) else ((), str(body or ""))
        if 300 <= status < 400:
            words = (
                f"sent on to {urlsplit(headers.get('location', '')).netloc.rpartition('@')[2] or 'an unnamed place'}"
            )
        named = ", ".join(code for code in codes if code)
        detail = f"{self.service.title}: HTTP {status} {named} {words}"
        if request_id := headers.get("request-id") or headers.get("x-request-id"):
            detail += f" (request {request_id})"
        limits = limits_of(self.service.name, headers)
        telling = next((code for code in codes if code not in ("", "error")), "")
        secret = (*private, *self._key_headers.values())
        return Refusal(status, codes, redacted(detail, secret), limits.retry_after_s, redacted(telling, secret)[:60])

    def understood(self, request: Ask, answer: Answer, table: Table | None = None) -> dict[str, Any]:
        """The JSON object that `answer` holds. Raises what it means if it is an error, or no such thing."""
        table = table or self._table
        told = answer.told
        if not 200 <= answer.status < 300:
            words = told if isinstance(told, dict) else answer.text
            raise self.judge(answer.status, answer.headers, words, request.private, table)
        if isinstance(told, dict):
            refusal = self._refusal(answer.status, answer.headers, told, request.private)
            if not any(refusal.codes):
                return told
            if table.knows(refusal):  # an error that came as a success
                raise table.judge(self.service, refusal)
            reason, detail = f"an error came as HTTP {answer.status}", refusal.detail
        else:
            reason, detail = "an answer that is no JSON object" if answer.text.strip() else "an empty answer", ""
        raise (answer_lost if request.paid else unusable)(self.service, reason, detail)

    def _send(self, request: Ask) -> Answer:
        with _opened(request.files) as files:
            sent = self.client.build_request(
                request.method,
                f"{self._address}{request.path}",
                headers={**self._key_headers, **(request.headers or {})},
                json=request.body,
                data=dict(request.form) if request.form else None,
                files=files or None,
            )
            answer = self.client.send(sent, stream=True)
            try:
                return Answer(answer.status_code, answer.headers, b"".join(answer.iter_raw(_BLOCK)))
            finally:
                answer.close()

    def _look_at_limits(self, answer: httpx.Response) -> None:
        limits = limits_of(self.service.name, answer.headers)
        if limits.says_anything:
            self._on_limits(limits)


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or "an unnamed place"
    except ValueError:
        return "an unnamed place"


@contextmanager
def _opened(files: Mapping[str, Path] | None) -> Iterator[dict[str, Any]]:
    """For a multipart body, which httpx then reads piece by piece. A file's own name is told to nobody."""
    opened = {name: path.open("rb") for name, path in (files or {}).items()}
    try:
        yield {
            name: (f"{name}{path.suffix}", opened[name], _TYPES.get(path.suffix.lower(), "application/octet-stream"))
            for name, path in (files or {}).items()
        }
    finally:
        for file in opened.values():
            file.close()


_TYPES = {".wav": "audio/wav", ".mp3": "audio/mpeg", ".mp4": "video/mp4", ".jpg": "image/jpeg", ".png": "image/png"}
