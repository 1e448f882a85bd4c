"""Are a template's clips, sounds and fonts whole? Asked before a batch starts, and again when one has changed."""

from __future__ import annotations

import threading
import wave
from pathlib import Path

from core.errors import JobFault, UsageError
from core.media import pcm
from core.media.clip import clip_info
from core.media.font import read_font
from core.template.model import Template


class AssetCheck:
    """Safe between threads. What was found sound is not read again as long as its files stay as they are."""

    def __init__(self) -> None:
        self._sound: set[tuple[Path, tuple[tuple[int, int], ...]]] = set()
        self._lock = threading.Lock()

    def check(self, template: Template) -> None:
        """Opens every file the template names. Raises `UsageError` for the first that can't be used."""
        try:
            known = (template.folder, template.read_stamp())
        except OSError as error:
            raise _unusable(template, Path(str(error.filename)).name, error.strerror or "unknown") from error
        with self._lock:
            if known in self._sound:
                return
        for asset in template.assets:
            _open(template, asset)
        with self._lock:
            self._sound.add(known)


def _open(template: Template, asset: str) -> None:
    path = template.path(asset)
    clips = {section.clip for section in template.sections}
    sounds = {section.sound for section in template.sections} | {template.music.file if template.music else ""}
    fonts = {card.font_file for section in template.sections for card in section.cards}
    try:
        if not path.stat().st_size:
            raise _unusable(template, asset, "it is empty")
        if asset in clips:
            clip_info(path)
        elif asset in fonts:
            read_font(path)
        elif asset in sounds and not _has_sound(path):
            raise _unusable(template, asset, "it holds no sound")
    except JobFault as error:
        raise _unusable(template, asset, str(error.what)) from error
    except OSError as error:
        raise _unusable(template, asset, error.strerror or "unknown") from error


def _has_sound(path: Path) -> bool:
    try:
        with wave.open(str(path), "rb") as file:
            return file.getnframes() > 0
    except (wave.Error, EOFError):
        return bool(pcm.read(path).size)


def _unusable(template: Template, asset: str, reason: str) -> UsageError:
    return UsageError(
        "template_assets_unusable",
        "The template {template} can't be used: its file {file} is not whole ({reason}).",
        "Put that file back as it was, or look at the template with: check FOLDER.",
        template=template.name,
        file=asset,
        reason=reason,
    )
