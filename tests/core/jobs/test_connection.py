"""Reaching a Redis: over TLS, as a user with few rights, away, frozen and back again."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import redis

from core.errors import StoreAway, UsageError
from core.jobs.connection import address, connect, in_process, reaching
from core.jobs.model import State
from core.jobs.store import JobStore
from tests.redis_server import RedisServer, make_certificate, redis_server

from .audit import audit
from .samples import LEASE_S, RESULT, batch, job, jobs


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[RedisServer]:
    with redis_server(tmp_path, "--appendonly", "yes", "--appendfsync", "always") as server:
        yield server


def test_without_an_address_redis_is_in_this_process() -> None:
    for nothing in (None, ""):
        client = connect(nothing)
        assert in_process(client)
        assert address(client) == "this program"
    assert JobStore.in_memory().ids() == []


@pytest.mark.parametrize("wrong", ["http://host", "host:6379", "/var/run/redis.sock"])
def test_what_is_no_redis_address_is_refused(wrong: str) -> None:
    with pytest.raises(UsageError) as caught:
        connect(wrong)
    assert caught.value.code == "redis_url"
    assert "redis://" in str(caught.value)


def test_nobody_there_is_said_in_plain_words_and_without_the_password() -> None:
    store = JobStore.on(connect("redis://santa:hohoho@127.0.0.1:1/0"))
    began = time.monotonic()
    with pytest.raises(StoreAway) as caught:
        store.ids()
    assert time.monotonic() - began < 8
    assert caught.value.code == "redis_away"
    assert "127.0.0.1:1" in str(caught.value)
    assert "hohoho" not in f"{caught.value} {caught.value.detail}"
    assert "{" not in str(caught.value)


@pytest.mark.parametrize(
    "error",
    [
        redis.exceptions.BusyLoadingError("LOADING"),
        redis.exceptions.ReadOnlyError("READONLY You can't write against a read only replica."),
        redis.exceptions.OutOfMemoryError("OOM command not allowed"),
        redis.ResponseError("MISCONF Redis is configured to save RDB snapshots"),
        redis.exceptions.NoPermissionError("NOPERM"),
        redis.TimeoutError("Timeout reading from socket"),
        ConnectionResetError(),
    ],
)
def test_a_server_that_refuses_counts_as_away(error: Exception) -> None:
    client = connect("redis://127.0.0.1:1/0")
    with pytest.raises(StoreAway, match="can't be reached"), reaching(client):
        raise error


def test_our_own_mistakes_are_not_hidden() -> None:
    with pytest.raises(redis.ResponseError), reaching(connect(None)):
        raise redis.ResponseError("WRONGTYPE")


@pytest.mark.redis
def test_over_tls(tmp_path: Path) -> None:
    with redis_server(tmp_path, tls=make_certificate(tmp_path)) as server:
        with closing(JobStore.on(connect(server.url))) as store:
            of = batch()
            assert store.submit(of, jobs(of, 3)) == 3
        with closing(JobStore.on(connect(f"rediss://127.0.0.1:{server.port}"))) as stranger:
            with pytest.raises(StoreAway) as caught:
                stranger.ids()
            assert "certificate" in caught.value.detail.lower()


@pytest.mark.redis
def test_a_user_who_may_only_touch_our_keys_suffices(tmp_path: Path) -> None:
    rights = "user santa on >hoho ~{trineo}:* +@all -@admin -@dangerous"
    with redis_server(tmp_path, "--aclfile", str(_acl(tmp_path, rights))) as server:
        host = server.url.removeprefix("redis://")
        with closing(JobStore.on(connect(f"redis://santa:hoho@{host}"))) as store:
            of = batch()
            store.submit(of, [job(of)])
            claim = store.claim("m/1", lease_s=LEASE_S)
            assert claim is not None
            store.complete(claim, RESULT)
            with store.lock("cleanup", lease_s=5):
                pass
        stranger = JobStore.on(connect(f"redis://santa:wrong@{host}"))
        with closing(stranger), pytest.raises(StoreAway, match="user and the password"):
            stranger.ids()


@pytest.mark.redis
def test_a_server_that_was_killed_and_is_back(own_server: RedisServer) -> None:
    with closing(JobStore.on(connect(own_server.url))) as store:
        of = batch()
        store.submit(of, jobs(of, 5))
        claim = store.claim("m/1", lease_s=LEASE_S)
        assert claim is not None
        own_server.kill()
        with pytest.raises(StoreAway):
            store.complete(claim, RESULT)
        own_server.start()
        store.complete(claim, RESULT)  # by then its scripts are gone from the server too
        assert store.counts()[State.DONE] == 1
        audit(store.client)


@pytest.mark.redis
def test_a_server_back_without_its_scripts(own_server: RedisServer) -> None:
    with closing(JobStore.on(connect(own_server.url))) as store:
        of = batch()
        store.submit(of, jobs(of, 2))
        store.client.script_flush()
        assert store.claim("m/1", lease_s=LEASE_S) is not None


@pytest.mark.redis
@pytest.mark.parametrize("asked", ["a script", "a command"])
def test_an_interrupted_answer_is_not_read_as_the_next_ones(
    server: RedisServer, monkeypatch: pytest.MonkeyPatch, asked: str
) -> None:
    """Ctrl-C between a question and its answer."""

    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with closing(JobStore.on(connect(server.url))) as store:
        store.client.flushall()
        of = batch()
        store.submit(of, some := jobs(of, 2))
        store.claim("warm/1", lease_s=LEASE_S)
        with monkeypatch.context() as patch:
            patch.setattr(redis.Redis, "parse_response", interrupted)
            with pytest.raises(KeyboardInterrupt):
                store.claim("m/1", lease_s=LEASE_S) if asked == "a script" else store.ids()
        assert store.hold([some[1].id]) == 1
        assert store.batches()[0].name == of.name
        assert store.job(some[0].id) is not None


@pytest.mark.redis
def test_waiting_for_work_on_a_server_that_goes_away(own_server: RedisServer) -> None:
    with closing(JobStore.on(connect(own_server.url))) as store:
        assert store.claim("m/1", lease_s=LEASE_S) is None
        killer = threading.Timer(0.3, own_server.kill)
        killer.start()
        with pytest.raises(StoreAway):
            store.wait_for_work(30)
        killer.join()


@pytest.mark.redis
@pytest.mark.slow
def test_a_frozen_server_does_not_hang_the_program(own_server: RedisServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.jobs.connection.SOCKET_TIMEOUT_S", 0.3)
    with closing(JobStore.on(connect(own_server.url))) as store:
        of = batch()
        store.submit(of, jobs(of, 2))
        claim = store.claim("m/1", lease_s=LEASE_S)
        assert claim is not None
        own_server.freeze()
        with pytest.raises(StoreAway):
            store.complete(claim, RESULT)
        own_server.thaw()
        store.complete(claim, RESULT)  # those that timed out may have arrived after all: once is enough
        assert store.counts()[State.DONE] == 1
        assert len(store.history(claim.job.id)) == 1


def _acl(folder: Path, rights: str) -> Path:
    path = folder / "users.acl"
    path.write_text(f"user default off\n{rights}\n")
    return path
