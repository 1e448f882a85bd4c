"""Which templates there are: those that came with Trineo, and folders a studio made."""

from __future__ import annotations

import threading
from pathlib import Path

from core.errors import UsageError
from core.paths import resources
from core.template.model import FILE_NAME, Template, load_template


class TemplateLibrary:
    """Finds templates by name, folder or content hash. A folder once found can be asked for by its hash."""

    def __init__(self, installed: Path | None = None) -> None:
        self._installed = installed or resources() / "templates"
        self._by_hash: dict[str, Template] = {}
        self._lock = threading.Lock()

    def installed(self) -> list[Template]:
        """Those in the program's own folder, by name. Raises `UsageError` if one is broken."""
        folders = sorted(file.parent for file in self._installed.glob(f"*/{FILE_NAME}"))
        return [self._known(load_template(folder)) for folder in folders]

    def find(self, name_or_folder: str) -> Template:
        """Raises `UsageError`: no such template, or one with mistakes."""
        own = self._installed / name_or_folder
        if name_or_folder and Path(name_or_folder).name == name_or_folder and (own / FILE_NAME).is_file():
            return self._known(load_template(own))
        folder = Path(name_or_folder)
        if not folder.is_dir():
            names = ", ".join(file.parent.name for file in sorted(self._installed.glob(f"*/{FILE_NAME}")))
            raise UsageError(
                "template_unknown",
                "There is no template called {name}.",
                "Use one of these: {names}; or name a folder that holds a template.toml.",
                name=name_or_folder,
                names=names,
            )
        return self._known(load_template(folder.absolute()))

    def by_hash(self, content_hash: str, named: str = "") -> Template | None:
        """The template with exactly this content, or None if this machine has none.

        `named` is the name or folder it was submitted under: where a new program looks for it first.
        """
        with self._lock:
            found = self._by_hash.get(content_hash)
        if found is None or found.stamp != _stamp_now(found):
            self._read_again(named)
            with self._lock:
                found = self._by_hash.get(content_hash)
        return found

    def hashes(self) -> frozenset[str]:
        """The content hashes of those found so far: cheap, to be asked before every claim."""
        with self._lock:
            return frozenset(self._by_hash)

    def _read_again(self, named: str) -> None:
        with self._lock:
            self._by_hash = {key: kept for key, kept in self._by_hash.items() if kept.stamp == _stamp_now(kept)}
        try:
            self.installed()
            if named:
                self.find(named)
        except UsageError:
            return  # broken or gone: then it is not here

    def _known(self, template: Template) -> Template:
        with self._lock:
            return self._by_hash.setdefault(template.content_hash, template)


def _stamp_now(template: Template) -> tuple[tuple[int, int], ...]:
    try:
        return template.read_stamp()
    except OSError:
        return ()
