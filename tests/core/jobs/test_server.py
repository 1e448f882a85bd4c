"""A look at a Redis before it is trusted with a queue: what is wrong with it is told soon, and with a remedy."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from core.errors import StoreAway, UsageError
from core.jobs import server
from core.jobs.connection import connect
from core.jobs.machines import Machine
from core.jobs.server import look_at
from core.jobs.store import JobStore
from tests.redis_server import free_port, make_certificate, redis_server
from tests.stand_ins import make_jobs, raises_code

PASSWORD = "geheim4711"


@contextmanager
def something_else(answer: bytes) -> Iterator[str]:
    """A server that is no Redis: says `answer` to whoever connects (nothing: it only listens)."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        held: list[socket.socket] = []

        def serve() -> None:
            while True:
                try:
                    client, _ = listening.accept()
                except OSError:
                    return
                held.append(client)
                if answer:
                    client.recv(4096)
                    client.sendall(answer)
                    client.close()

        threading.Thread(target=serve, daemon=True).start()
        yield f"redis://user:{PASSWORD}@127.0.0.1:{listening.getsockname()[1]}"
        for client in held:
            client.close()


def remedy(url: str) -> str:
    with raises_code(StoreAway, "redis_away") as caught:
        look_at(url)
    error = caught.value
    assert PASSWORD not in f"{error} {error.detail} {error.remedy}"
    return str(error.remedy)


def test_what_a_server_tells(tmp_path: Path) -> None:
    with redis_server(tmp_path, "--appendonly", "yes") as redis, closing(JobStore.on(connect(redis.url))) as store:
        store.submit(*make_jobs(3))
        store.register(Machine("m1", "taller-2", "1.0", 4))
        facts = look_at(redis.url)
    assert facts.jobs == 3
    assert 0 < facts.milliseconds < 3000
    assert facts.version.startswith(("6.", "7.", "8."))
    assert (facts.journal, facts.fsync, facts.snapshots, facts.evicts) == (True, "everysec", False, False)
    assert facts.connections == 2  # the store's; ours does not count
    assert facts.hosts == 1
    assert [one.machine.name for one in facts.machines] == ["taller-2"]


def test_a_server_that_says_little(tmp_path: Path) -> None:
    with redis_server(tmp_path) as redis:
        with closing(connect(redis.url)) as client:
            rules = ("on", f">{PASSWORD}", "~*", "&*", "+@all", "-info", "-config", "-client")
            client.execute_command("ACL", "SETUSER", "teller", *rules)  # type: ignore[no-untyped-call]
        facts = look_at(f"redis://teller:{PASSWORD}@127.0.0.1:{redis.port}")
    assert (facts.version, facts.journal, facts.snapshots, facts.connections) == ("", None, None, None)


def test_nothing_listens() -> None:
    assert "Nothing listens" in remedy(f"redis://127.0.0.1:{free_port()}")


def test_a_name_that_nobody_knows() -> None:
    assert "Nobody knows" in remedy("redis://no-such-computer.invalid:6379")


def test_a_wrong_password(tmp_path: Path) -> None:
    with redis_server(tmp_path, "--requirepass", "another") as redis:
        for login in ("", f":{PASSWORD}@"):
            assert "password" in remedy(f"redis://{login}127.0.0.1:{redis.port}")


def test_something_else_that_answers() -> None:
    with something_else(b"HTTP/1.1 400 Bad Request\r\nserver: nginx\r\n\r\n") as url:
        assert "Something else" in remedy(url)


def test_one_that_never_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "_PATIENCE_S", 0.3)
    began = time.monotonic()
    with something_else(b"") as url:
        assert "does not answer" in remedy(url)
    assert time.monotonic() - began < 10


def test_tls_where_there_is_none_and_none_where_there_is(tmp_path: Path) -> None:
    with redis_server(tmp_path) as redis:
        assert "TLS" in remedy(f"rediss://127.0.0.1:{redis.port}")
    folder = tmp_path / "secure"
    folder.mkdir()
    with redis_server(folder, tls=make_certificate(folder)) as redis:
        assert look_at(redis.url).jobs == 0
        assert "certificate" in remedy(f"rediss://127.0.0.1:{redis.port}")
        assert "rediss://" in remedy(f"redis://127.0.0.1:{redis.port}")


def test_a_copy_says_so(tmp_path: Path) -> None:
    with redis_server(tmp_path) as redis:
        folder = tmp_path / "copy"
        folder.mkdir()
        with redis_server(folder, "--replicaof", "127.0.0.1", str(redis.port)) as copy:
            assert look_at(copy.url).replica


def test_no_address() -> None:
    with raises_code(UsageError, "redis_url"):
        look_at("http://example.org")
