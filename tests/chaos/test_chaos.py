"""A short round of each kind; `make chaos` does two hundred."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.chaos.arena import Round, durable_redis, small_disk

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
