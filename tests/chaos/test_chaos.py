"""A short round of each kind; `make chaos` does two hundred."""

from __future__ import annotations

import signal
import sys
from pathlib import Path

import pytest

from tests.chaos.arena import Round, durable_redis, small_disk
from tests.stand_ins import wait_until

pytestmark = [pytest.mark.slow, pytest.mark.timeout(200)]


@pytest.fixture
def round_(tmp_path: Path, tiny_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Round:
    bank = tmp_path_factory.getbasetemp() / "chaos-bank"
    return Round(tmp_path / "round", tiny_folder, bank, seed=20261122, jobs=4)


def test_a_killed_program(round_: Round) -> None:
    account = round_.local()
    assert account.clean, account


@pytest.mark.redis
def test_killed_and_stopped_machines(round_: Round, tmp_path: Path) -> None:
    with durable_redis(tmp_path / "redis") as server:
        account = round_.several(server)
    assert account.clean, account


@pytest.mark.redis
def test_a_killed_redis(round_: Round, tmp_path: Path) -> None:
    with durable_redis(tmp_path / "redis") as server:
        account = round_.server_dies(server)
    assert account.clean, account


def test_a_full_disk(round_: Round, tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk") as disk:
        if disk is None:
            pytest.skip("this user may not mount a small disk")
        account = round_.disk_full(disk)
    assert account.clean, account


@pytest.mark.redis
@pytest.mark.skipif(sys.platform == "win32", reason="nothing stops a process there")
def test_a_worker_stopped_beyond_its_lease_publishes_nothing_and_says_so(round_: Round, tmp_path: Path) -> None:
    own_log = tmp_path / "stopped.log"
    with durable_redis(tmp_path / "redis") as server:
        stopped = round_.start(server.url, tmp_path / "data1", slow_s=1.0, log=own_log)
        wait_until(lambda: own_log.exists() and own_log.read_text().count("job claimed") == 2, 60)
        stopped.send_signal(signal.SIGSTOP)
        other = round_.start(server.url, tmp_path / "data2")
        assert other.wait(90) == 0, "the others did not take its jobs over"
        stopped.send_signal(signal.SIGCONT)
        assert stopped.wait(60) == 0
        account = round_.settle(server.url, tmp_path / "data2")
    assert account.clean, account
    told = own_log.read_text()
    assert told.count("taken over") == 2, "it had two jobs in hand"
    assert "attempt ended" not in told
