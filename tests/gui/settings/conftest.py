"""A window whose settings come from a file, a keyring in memory and an environment of the test's own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from core.paths import DataFolder
from core.settings.keyring_door import KeyringDoor
from core.settings.keys import KeyStore
from core.settings.settings_file import SettingsFile
from core.settings.sources import Sources
from core.studio import Studio
from gui.window_state import WindowState
from tests.core.settings.test_keys import FakeKeyring
from tests.gui.operator import Operator
from tests.gui.settings.sitter import Sitter
from tests.gui.workshop import StandInRenderer, make_studio


@pytest.fixture
def ring() -> FakeKeyring:
    return FakeKeyring()


@pytest.fixture
def environment() -> dict[str, str]:
    """A test that wants something in it puts it there before the window is opened."""
    return {}


@pytest.fixture
def before() -> str:
    """What settings.toml holds besides, before the window is opened."""
    return ""


@pytest.fixture
def studio(
    tmp_path: Path, renderer: StandInRenderer, ring: FakeKeyring, environment: dict[str, str], before: str
) -> Iterator[Studio]:
    folder = DataFolder(tmp_path / "data").create()
    state = WindowState(folder.root)
    state.language = "en"
    state.save()
    folder.settings_file.write_text(f"output_dir = '{tmp_path / 'films'}'\n{before}", encoding="utf-8")
    keys = KeyStore(folder.keys_file, KeyringDoor(lambda: ring))
    sources = Sources(SettingsFile(folder.settings_file), keys, environment=environment)
    with make_studio(tmp_path, renderer, sources=sources) as studio:
        yield studio
        renderer.let_go.set()


@pytest.fixture
def sitter(operator: Operator, studio: Studio) -> Sitter:
    return Sitter(operator, studio)
