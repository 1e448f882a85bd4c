"""What all stand-ins have in common: two ports, a memory of what was asked, faults on demand."""

from __future__ import annotations

import json
import re
import secrets
import socket
import struct
import threading
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, ClassVar, Self
from urllib.parse import urlsplit

HANG_S = 60.0
_HUGE = 2_000_000_000


@dataclass(frozen=True, slots=True)
class Seen:
    """A request as it came. `door` is `api`, or `files` for the port where files lie."""

    door: str
    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes = field(repr=False)

    @property
    def json(self) -> dict[str, Any]:
        told = json.loads(self.body or b"{}")
        assert isinstance(told, dict)
        return told


@dataclass(frozen=True, slots=True)
class Reply:
    status: int = 200
    body: bytes = b""
    kind: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Fault:
    """`name` is one of FAULTS. It befalls the next `times` requests whose method and path fit (`path`: a pattern).

    `hang`, `reset` and `cut` do the work first: the answer is what is lost. `retry_after` goes into what is refused.
    """

    name: str
    method: str = ""
    path: str = ""
    times: int = 1_000_000
    retry_after: str = ""

    def fits(self, seen: Seen) -> bool:
        return self.times > 0 and self.method in ("", seen.method) and bool(re.search(self.path, seen.path))


def reply(told: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Reply:
    return Reply(status, json.dumps(told).encode(), headers=headers or {})


class StandIn:
    """One service. `answer` is what it does; `errors` is how it says that something is wrong."""

    name: ClassVar[str] = ""

    def __init__(self, host: str = "127.0.0.1") -> None:
        self.lock = threading.RLock()
        self.seen: list[Seen] = []
        self.faults: list[Fault] = []
        self.stored: dict[str, tuple[bytes, str]] = {}
        self.charged = Counter[str]()  # what was charged for, by unit, and how many creates
        self._doors = {door: _open_door(self, door, host) for door in ("api", "files")}
        self.address = f"http://127.0.0.1:{self._doors['api'].server_port}"
        # Another host name than the service's own, as the stores of real services have.
        self.files_address = f"http://localhost:{self._doors['files'].server_port}"

    def answer(self, seen: Seen) -> Reply:
        raise NotImplementedError

    def error(self, fault: str) -> Reply:
        """How this service words the fault; `error_as_200` too."""
        raise NotImplementedError

    def noise(self, seen: Seen) -> Reply:
        """Random bytes where a film should be."""
        return Reply(200, secrets.token_bytes(200_000), "video/mp4")

    def __enter__(self) -> Self:
        for door in self._doors.values():
            threading.Thread(target=door.serve_forever, args=(0.02,), name=f"stand-in {self.name}", daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        for door in self._doors.values():
            door.stopping.set()
            door.shutdown()
            door.server_close()

    def misbehave(self, name: str, **where: Any) -> Fault:
        fault = Fault(name, **where)
        with self.lock:
            self.faults.append(fault)
        return fault

    def behave(self) -> None:
        with self.lock:
            self.faults.clear()

    def asked(self, method: str, path: str) -> list[Seen]:
        """The requests so far whose path fits the pattern."""
        with self.lock:
            return [one for one in self.seen if one.method == method and re.search(path, one.path)]

    def store(self, content: bytes, kind: str) -> str:
        """Puts a file where it can be had; answers its signed address."""
        token = secrets.token_hex(8)
        with self.lock:
            self.stored[token] = (content, kind)
        return f"{self.files_address}/{token}?signature={secrets.token_hex(8)}"

    def stored_at(self, address: str) -> bytes:
        with self.lock:
            return self.stored[urlsplit(address).path.strip("/")][0]

    def state(self) -> dict[str, Any]:
        """For whoever asks from another process."""
        with self.lock:
            return {
                "charged": dict(self.charged),
                "requests": [{"door": one.door, "method": one.method, "path": one.path} for one in self.seen],
            }

    def fault_for(self, seen: Seen) -> Fault | None:
        with self.lock:
            for fault in self.faults:
                if fault.fits(seen):
                    fault.times -= 1
                    return fault
        return None

    def dispatch(self, seen: Seen) -> Reply:
        if seen.path.startswith("/_stand_in/"):
            return self._told_from_outside(seen)
        if seen.door == "api":
            return self.answer(seen)
        token = urlsplit(seen.path).path.strip("/")
        with self.lock:
            if seen.method == "PUT":
                self.stored[token] = (seen.body, seen.headers.get("content-type", ""))
                return Reply(200)
            if token not in self.stored:
                return Reply(404, b"<Error><Code>NoSuchKey</Code></Error>", "application/xml")
            content, kind = self.stored[token]
            return Reply(200, content, kind)

    def _told_from_outside(self, seen: Seen) -> Reply:
        if seen.path.endswith("/faults") and seen.method == "POST":
            return reply(asdict(self.misbehave(**seen.json)))
        if seen.path.endswith("/faults") and seen.method == "DELETE":
            self.behave()
        return reply(self.state())


class _Door(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, owner: StandIn, door: str, host: str) -> None:
        self.owner = owner
        self.door = door
        self.stopping = threading.Event()
        super().__init__((host, 0), _Handler)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that has gone is no news."""


def _open_door(owner: StandIn, door: str, host: str) -> _Door:
    return _Door(owner, door, host)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Door

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name is the base class's
        """Nothing: tests look at `seen`."""

    def _serve(self) -> None:
        owner = self.server.owner
        body = self._read_body()
        headers = {name.lower(): value for name, value in self.headers.items()}
        seen = Seen(self.server.door, self.command, self.path, headers, body)
        fault = None
        if not seen.path.startswith("/_stand_in/"):
            with owner.lock:
                owner.seen.append(seen)
            fault = owner.fault_for(seen)
        self.close_connection = True
        if fault is None:
            self._send(owner.dispatch(seen))
        else:
            self._misbehave(fault, seen)

    do_GET = do_POST = do_PUT = do_DELETE = _serve  # noqa: N815 - names of the base class

    def _read_body(self) -> bytes:
        if self.headers.get("transfer-encoding", "").lower() != "chunked":
            return self.rfile.read(int(self.headers.get("content-length") or 0))
        parts = []
        while size := int(self.rfile.readline().split(b";")[0], 16):
            parts.append(self.rfile.read(size))
            self.rfile.readline()
        self.rfile.readline()
        return b"".join(parts)

    def _send(self, answer: Reply, *, cut: bool = False) -> None:
        self.send_response(answer.status)
        self.send_header("content-type", answer.kind)
        self.send_header("content-length", str(len(answer.body)))
        self.send_header("connection", "close")
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(answer.body[: len(answer.body) // 2] if cut else answer.body)

    def _misbehave(self, fault: Fault, seen: Seen) -> None:
        owner = self.server.owner
        if fault.name == "hang":
            owner.dispatch(seen)
            self.server.stopping.wait(HANG_S)
        elif fault.name == "reset":
            owner.dispatch(seen)
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.connection.close()
        elif fault.name == "cut":
            self._send(owner.dispatch(seen), cut=True)
        elif fault.name == "huge":
            self._send_without_end(owner.dispatch(seen).kind)
        else:
            self._send(_misbehaviour(owner, fault, seen))

    def _send_without_end(self, kind: str) -> None:
        self.send_response(200)
        self.send_header("content-type", kind)
        self.send_header("connection", "close")
        self.end_headers()
        block = secrets.token_bytes(1_000_000)
        for _ in range(_HUGE // len(block)):
            self.wfile.write(block)


def _misbehaviour(owner: StandIn, fault: Fault, seen: Seen) -> Reply:
    if fault.name == "empty_200":
        return Reply(200, b"", owner.dispatch(seen).kind)
    if fault.name == "noise":
        return owner.noise(seen)
    if fault.name == "redirect":
        return Reply(307, b"", headers={"location": f"{owner.files_address}/elsewhere"})
    if fault.name == "502":
        page = "<html><head><title>502 Bad Gateway</title></head><body><h1>Bad gateway</h1></body></html>"
        return Reply(502, page.encode(), "text/html")
    answer = owner.error(fault.name)
    extra = {"retry-after": fault.retry_after} if fault.retry_after else {}
    return Reply(answer.status, answer.body, answer.kind, {**answer.headers, **extra})


def form_parts(seen: Seen) -> dict[str, bytes]:
    """A multipart body, taken apart."""
    message = Message()
    message["content-type"] = seen.headers["content-type"]
    boundary = str(message.get_param("boundary")).encode()
    parts = {}
    for piece in seen.body.split(b"--" + boundary)[1:-1]:
        head, _, content = piece[2:-2].partition(b"\r\n\r\n")
        found = re.search(rb'name="([^"]+)"', head)
        assert found is not None
        parts[found[1].decode()] = content
    return parts
