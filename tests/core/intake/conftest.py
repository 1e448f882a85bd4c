from __future__ import annotations

import shutil
import tomllib
from pathlib import Path

import pytest

from core.template.model import FILE_NAME, Template

from .desk import Desk

PROJECT = Path(__file__).parents[3]


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Template:
    """The default template's words and fields, over empty clips."""
    folder = tmp_path_factory.mktemp("noche-magica")
    source = PROJECT / "resources/templates/noche-magica" / FILE_NAME
    shutil.copy(source, folder)
    template = Template.model_validate({**tomllib.loads(source.read_text("utf-8")), "folder": folder})
    for asset in template.assets:
        path = template.path(asset)
        path.parent.mkdir(exist_ok=True)
        path.touch()
    return template


@pytest.fixture
def desk(tmp_path: Path, template: Template) -> Desk:
    return Desk(tmp_path, template)
