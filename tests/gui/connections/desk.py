"""A studio whose connections ask stand-ins, with settings that a test changes as it likes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from core.desk.connections import Connections
from core.settings.declaration import Settings
from core.studio import Studio
from providers.examining import ServiceExaminer
from providers.services import Services
from tests.gui.workshop import StandInRenderer, make_studio, template_library
from tests.providers import rigs
from tests.stand_in_services import StandIn


class Connected:
    """`put_on` is what the Settings page would do."""

    def __init__(self, studio: Studio, services: Services, root: Path) -> None:
        self.studio = studio
        self.settings = studio.settings
        examiner = ServiceExaminer(services, template_library(root / "more"), root / "uploads")
        folder = studio.folder
        studio.connections = Connections(lambda: self.settings, examiner, studio.store, folder.queue, folder.work)

    def put_on(self, service: StandIn, **more: Any) -> None:
        self.settings = rigs.settings(service, **more)

    def set(self, **settings: Any) -> None:
        self.settings = Settings.model_validate(settings)


@contextmanager
def connected(root: Path) -> Iterator[Connected]:
    with (
        make_studio(root, StandInRenderer()) as studio,
        closing(Services(studio.settings, studio.store, root / "cache")) as services,
    ):
        yield Connected(studio, services, root)
