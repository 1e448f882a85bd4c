"""Where Trineo keeps its things. One folder holds a local queue and everything that belongs to it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import platformdirs

from core.errors import UsageError

APP = "Trineo"
ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class DataFolder:
    """The layout of a data folder. Every path hangs off `root`; nothing is made before `create`."""

    root: Path

    @property
    def queue(self) -> Path:
        return self.root / "queue"

    @property
    def cache(self) -> Path:
        return self.root / "cache"

    @property
    def work(self) -> Path:
        """Films in the making; whatever lies here after a crash is nobody's and may go."""
        return self.root / "work"

    @property
    def traces(self) -> Path:
        """Which personal files in the caches belong to which job: see `core.storage.traces`."""
        return self.root / "traces"

    @property
    def delivering(self) -> Path:
        """What was begun to be delivered: see `core.desk.delivery`."""
        return self.queue / "delivering"

    @property
    def logs(self) -> Path:
        return self.root / "logs"

    @property
    def settings_file(self) -> Path:
        return self.root / "settings.toml"

    @property
    def keys_file(self) -> Path:
        """Which keys the system's keyring holds, and those that it could not take."""
        return self.root / "keys.json"

    @property
    def stamp_file(self) -> Path:
        """Which Trineo used the folder last: see `core.upkeep.carrying_over`."""
        return self.root / "version.json"

    @property
    def columns_file(self) -> Path:
        """What people said that the columns of their sheets mean."""
        return self.root / "columns.json"

    @property
    def names_file(self) -> Path:
        """How names are said: see `core.template.lexicon`. It holds children's names."""
        return self.root / "names.toml"

    @property
    def words(self) -> Path:
        """The operator's own lists of what Santa doesn't say, in place of those that come with the program."""
        return self.root / "words"

    def create(self) -> DataFolder:
        """Makes the folders, readable by this user only: they hold children's names. Raises `UsageError`."""
        try:
            for folder in (self.root, self.queue, self.cache, self.work, self.logs):
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise UsageError(
                "data_folder_unusable",
                "The data folder {folder} can't be made: {reason}.",
                "Name another one with --data-dir.",
                folder=str(self.root),
                reason=error.strerror or "unknown",
            ) from error
        return self


def from_home(path: Path) -> Path:
    """`path` with its `~` as what that stands for. Raises `UsageError` for an account that has no home folder."""
    try:
        return path.expanduser()
    except RuntimeError as error:
        raise UsageError(
            "no_home",
            "This account has no home folder to keep its data in.",
            "Name a data folder with --data-dir, and a folder for the films with OUTPUT_DIR.",
        ) from error


def default_data_dir() -> Path:
    return Path(platformdirs.user_data_dir(APP, appauthor=False))


def default_output_dir() -> Path:
    return Path(platformdirs.user_videos_dir()) / APP


def resources() -> Path:
    """The folder of templates, presets, icons and fonts; in a frozen program beside the code too."""
    return ROOT / "resources"
