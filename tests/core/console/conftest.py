from __future__ import annotations

from pathlib import Path

import pytest

from tests.core.console.trineo import Trineo


@pytest.fixture(scope="session")
def draft_bank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("draft-bank")


@pytest.fixture
def trineo(tmp_path: Path, tiny_folder: Path, draft_bank: Path) -> Trineo:
    (tmp_path / "tiny").symlink_to(tiny_folder, target_is_directory=True)
    return Trineo(tmp_path, draft_bank)
