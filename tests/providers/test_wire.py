"""The client underneath: https only, told apart what was sent and what was not, called away from every wait."""

from __future__ import annotations

import socket
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from core.errors import Cancelled
from core.progress import Progress, unwatched
from providers.patience import Watch, watching
from providers.wire import NoAnswer, NotSent, PatientTransport, TooMuch, client, may_be_asked

_ANSWER = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\nok"


@contextmanager
def bounded(progress: Progress = unwatched, **bounds: float) -> Iterator[None]:
    numbers = {"silence_s": 20.0, "total_s": 40.0, "max_bytes": 1_000_000} | bounds
    watch = Watch(
        progress, silence_s=numbers["silence_s"], total_s=numbers["total_s"], max_bytes=int(numbers["max_bytes"])
    )
    with watching(watch):
        yield


class Server:
    """Hands each connection to `talk`, in a thread."""

    def __init__(self, talk: Callable[[socket.socket], None]) -> None:
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._talk = talk
        self.port = self._listening.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}/"
        self.over = threading.Event()
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listening.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with connection:
            try:
                self._talk(connection)
            except OSError:
                return

    def __enter__(self) -> Server:
        return self

    def __exit__(self, *_: object) -> None:
        self.over.set()
        self._listening.close()


def read_request(connection: socket.socket) -> bytes:
    got = b""
    while b"\r\n\r\n" not in got:
        got += connection.recv(65_536)
    return got


def answers(body: bytes) -> Callable[[socket.socket], None]:
    def talk(connection: socket.socket) -> None:
        read_request(connection)
        connection.sendall(body)

    return talk


@pytest.mark.parametrize(
    ("address", "allowed"),
    [
        ("https://api.example.com/", True),
        ("http://api.example.com/", False),
        ("http://localhost:9/", True),
        ("http://127.3.2.1/", True),
        ("http://[::1]:9/", True),
        ("http://localhost.example.com/", False),
        ("http://127.0.0.1.example.com/", False),
        ("ftp://127.0.0.1/", False),
        ("file:///etc/passwd", False),
    ],
)
def test_https_only_but_for_this_computer(address: str, allowed: bool) -> None:
    assert may_be_asked(httpx.URL(address)) is allowed


def test_http_to_elsewhere_is_not_even_sent() -> None:
    with client() as http, bounded(), pytest.raises(NotSent):
        http.get("http://192.0.2.1/")


def test_nobody_listens() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with client() as http, bounded(), pytest.raises(NotSent):
        http.post(f"http://127.0.0.1:{port}/", json={})


def test_a_name_that_does_not_exist() -> None:
    with client() as http, bounded(), pytest.raises(NotSent):
        http.get("https://nobody.invalid/")


def test_a_server_without_tls() -> None:
    def talk(connection: socket.socket) -> None:
        connection.recv(1)
        connection.sendall(_ANSWER)

    with Server(talk) as server, client() as http, bounded(), pytest.raises(NotSent):
        http.get(f"https://127.0.0.1:{server.port}/")


def test_no_answer_is_told_from_not_sent() -> None:
    def hang_up(connection: socket.socket) -> None:
        read_request(connection)

    with Server(hang_up) as server, client() as http, bounded(), pytest.raises(NoAnswer):
        http.post(server.address, json={"a": 1})


def test_a_request_that_is_not_taken_to_its_end_was_not_sent() -> None:
    def talk(connection: socket.socket) -> None:
        server.over.wait(30)

    with Server(talk) as server, client() as http, bounded(silence_s=0.5), pytest.raises(NotSent):
        http.post(server.address, content=b"x" * 50_000_000)


def test_silence_and_length_are_bounded() -> None:
    def drip(connection: socket.socket) -> None:
        read_request(connection)
        connection.sendall(b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n")
        while not server.over.wait(0.1):
            connection.sendall(b".")

    with Server(drip) as server, client() as http, bounded(total_s=1.0), pytest.raises(NoAnswer):
        http.get(server.address)


def test_more_than_it_may_send() -> None:
    body = b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n" + b"x" * 2_000_000
    with Server(answers(body)) as server, client() as http, bounded(), pytest.raises(TooMuch):
        http.get(server.address)


def test_a_compressed_answer_is_not_unpacked() -> None:
    body = b"HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 4\r\n\r\n\x1f\x8b\x08\x00"
    with Server(answers(body)) as server, client() as http, bounded(), pytest.raises(NoAnswer):
        http.get(server.address)


def test_cookies_are_not_kept() -> None:
    body = _ANSWER.replace(b"connection", b"set-cookie: a=b\r\nconnection")
    seen: list[bytes] = []

    def talk(connection: socket.socket) -> None:
        seen.append(read_request(connection))
        connection.sendall(body)

    with Server(talk) as server, client() as http, bounded():
        http.get(server.address)
        http.get(server.address)
    assert b"a=b" not in seen[1]


class Stop:
    """Progress that is called away once `when` has happened."""

    def __init__(self, when: threading.Event) -> None:
        self._when = when

    def __call__(self, fraction: float) -> None:
        if self._when.is_set():
            raise Cancelled("cancelled", "Enough.")


def test_called_away_while_it_waits_for_the_answer() -> None:
    arrived = threading.Event()

    def talk(connection: socket.socket) -> None:
        read_request(connection)
        arrived.set()
        server.over.wait(30)

    watching_closely = bounded(Stop(arrived))
    with Server(talk) as server, client() as http, watching_closely, pytest.raises(Cancelled):
        http.get(server.address)


def test_called_away_while_it_sends() -> None:
    arrived = threading.Event()

    def talk(connection: socket.socket) -> None:
        arrived.set()
        server.over.wait(30)

    watching_closely = bounded(Stop(arrived))
    with Server(talk) as server, client() as http, watching_closely, pytest.raises(Cancelled):
        http.post(server.address, content=b"x" * 50_000_000)


def test_called_away_while_it_looks_up_a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    looking, found = threading.Event(), threading.Event()

    def look_up(*_: object, **__: object) -> object:
        looking.set()
        found.wait(30)
        raise socket.gaierror("not found")

    monkeypatch.setattr(socket, "create_connection", look_up)
    with client() as http, bounded(Stop(looking)), pytest.raises(Cancelled):
        http.get("https://api.example.com/")
    found.set()


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("tls")
    key, crt = folder / "key.pem", folder / "crt.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
    command += ["-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", str(key), "-out", str(crt)]
    subprocess.run(command, check=True, capture_output=True)
    return key, crt


def test_over_tls_much_is_sent_and_read_in_beats(certificate: tuple[Path, Path]) -> None:
    """Beats interrupt TLS in the middle of a record; nothing may be lost or sent twice by that."""
    key, crt = certificate
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(crt, key)
    size = 3_000_000
    body = bytes(range(256)) * (size // 256)

    def echo(connection: socket.socket) -> None:
        with context.wrap_socket(connection, server_side=True) as tls:
            got = read_request(tls)
            _, _, rest = got.partition(b"\r\n\r\n")
            parts = [rest]
            received = len(rest)
            while received < len(body):
                server.over.wait(0.002)  # slower than it is sent: the beats come in between
                part = tls.recv(16_384)
                parts.append(part)
                received += len(part)
            tls.sendall(b"HTTP/1.1 200 OK\r\ncontent-length: %d\r\nconnection: close\r\n\r\n" % received)
            server.over.wait(0.3)  # a silence of several beats in the middle of the answer
            tls.sendall(b"".join(parts))

    transport = PatientTransport()
    transport.__dict__["_trusted"] = ssl.create_default_context(cafile=str(crt))
    with Server(echo) as server, httpx.Client(transport=transport) as http, bounded(max_bytes=10e6, total_s=60.0):
        answer = http.post(f"https://127.0.0.1:{server.port}/", content=body)
    assert answer.content == body


def test_a_certificate_that_nobody_vouches_for(certificate: tuple[Path, Path]) -> None:
    key, crt = certificate
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(crt, key)

    def talk(connection: socket.socket) -> None:
        context.wrap_socket(connection, server_side=True)

    with Server(talk) as server, client() as http, bounded(), pytest.raises(NotSent):
        http.get(f"https://127.0.0.1:{server.port}/")


def test_through_the_proxy_that_this_computer_names(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bytes] = []

    def refuse(connection: socket.socket) -> None:
        asked.append(read_request(connection))
        connection.sendall(b"HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n")

    with Server(refuse) as proxy, Server(answers(_ANSWER)) as server:
        monkeypatch.setenv("https_proxy", f"http://127.0.0.1:{proxy.port}")
        monkeypatch.delenv("no_proxy", raising=False)
        monkeypatch.delenv("NO_PROXY", raising=False)
        with client() as http, bounded():
            assert http.get(server.address).text == "ok"  # this computer is asked directly
            with pytest.raises(NotSent):
                http.post("https://api.example.com/", json={})
    assert [request.split(b"\r\n")[0] for request in asked] == [b"CONNECT api.example.com:443 HTTP/1.1"]
