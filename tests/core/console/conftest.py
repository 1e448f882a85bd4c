from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from core.jobs.local import open_store
from core.paths import DataFolder
from core.settings.declaration import Settings
from core.storage.caches import Caches
from core.studio import Parts, Studio
from core.template.library import TemplateLibrary
from core.upkeep.health import Inspector
from core.workers.probes import Probes
from tests.core.console.trineo import Trineo
from tests.stand_ins import QuickRenderer, quiet_money


@pytest.fixture(scope="session")
def draft_bank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("draft-bank")


@pytest.fixture
def trineo(tmp_path: Path, tiny_folder: Path, draft_bank: Path) -> Trineo:
    (tmp_path / "tiny").symlink_to(tiny_folder, target_is_directory=True)
    return Trineo(tmp_path, draft_bank)


@pytest.fixture
def studio(tmp_path: Path) -> Iterator[Studio]:
    """A studio in this process, whose films are made of nothing; voices never come back."""
    folder = DataFolder(tmp_path / "data").create()
    settings = Settings(output_dir=tmp_path / "films", workers=2, shutdown_timeout_seconds=5)
    store, templates = open_store(None, folder.queue), TemplateLibrary()
    with Studio(
        settings,
        folder,
        Parts(
            store=store,
            templates=templates,
            renderer=QuickRenderer(),
            inspector=Inspector(settings, store, templates, (), folder.root),
            probes=Probes(folder.root, templates, {"provider": lambda _: False}),
            money=quiet_money(store, templates, folder.root),
            caches=Caches({}),
        ),
    ) as studio:
        yield studio
