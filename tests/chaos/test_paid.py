"""One round for each point of a paid call at which a program may be killed; `make chaos-paid` does fifty."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.chaos.paid import POINTS, one_round, service_in_a_hurry
from tests.core.console.trineo import Trineo

pytestmark = [pytest.mark.slow, pytest.mark.timeout(200)]


@pytest.fixture(scope="module")
def bank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("paid-bank")


@pytest.mark.parametrize("name", POINTS)
def test_killed_anywhere_each_film_is_paid_for_once(tmp_path: Path, tiny_folder: Path, bank: Path, name: str) -> None:
    (tmp_path / "tiny").symlink_to(tiny_folder, target_is_directory=True)
    with service_in_a_hurry() as service:
        outcome = one_round(Trineo(tmp_path, bank), service, POINTS[name], POINTS[name].delay_s / 2)
    assert outcome.clean, outcome
