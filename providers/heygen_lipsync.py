"""HeyGen's lip-sync: moves the mouth in the template's own message clip."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from core.jobs.model import Strategy
from core.progress import Progress, unwatched
from core.render.interfaces import Availability, Cost, FaceTask, RemoteStatus
from core.settings.declaration import Settings
from providers.downloads import fetch_clip
from providers.footage import footage
from providers.heygen_api import ASSET_BYTES, KEY_WINDOW_S, MOST_SECONDS, HeyGenApi
from providers.http import no_limits
from providers.limits import Limits
from providers.prices import by_second, prices
from providers.uploads import Uploads

_PATH = "/v3/lipsyncs"


class HeyGenLipSync:
    """The clip is sent as long as the speech: HeyGen is told not to stretch it, which it would do otherwise."""

    name = "heygen_lipsync"
    strategy = Strategy.LIPSYNC
    speaks = False
    keyed = True
    key_window_s = KEY_WINDOW_S

    def __init__(self, settings: Settings, uploads: Uploads, on_limits: Callable[[Limits], None] = no_limits) -> None:
        self._settings = settings
        self._mode = settings.heygen_lipsync_mode
        self._api = HeyGenApi(self.name, settings, uploads, on_limits)

    def availability(self) -> Availability:
        off = self._settings.disable_heygen_lipsync
        return self._api.availability(disabled="DISABLE_HEYGEN_LIPSYNC" if off else "")

    def look(self) -> str:
        return self._mode

    def unfit(self, task: FaceTask) -> str:
        if task.seconds > MOST_SECONDS:
            return f"HeyGen makes at most {MOST_SECONDS:.0f} seconds"
        if task.speech is not None and task.speech.stat().st_size > ASSET_BYTES:
            return f"HeyGen takes at most {ASSET_BYTES // 1_000_000} MB of speech"
        return ""

    def cost(self, task: FaceTask) -> Cost:
        price = prices().heygen_lipsync
        return by_second(price, self._mode, task.seconds, self._settings.heygen_lipsync_usd_per_second)

    def create(self, task: FaceTask, key: str, progress: Progress) -> str:
        assert task.speech is not None, "lip-sync is given speech"
        with tempfile.TemporaryDirectory(prefix="trineo-") as folder:
            clip = footage(
                task.clip, task.seconds, Path(folder), lambda done: progress(0.3 * done), max_bytes=ASSET_BYTES
            )
            video = self._api.asset(clip, progress)
        body: dict[str, Any] = {
            "video": {"type": "asset_id", "asset_id": video},
            "audio": {"type": "asset_id", "asset_id": self._api.asset(task.speech, progress)},
            "mode": self._mode,
            "enable_dynamic_duration": False,
            "enable_caption": False,
        }
        return self._api.create(_PATH, body, key, ("lipsync_id", "id"), task.text, progress)

    def status(self, remote_id: str, progress: Progress = unwatched) -> RemoteStatus:
        return self._api.status(_PATH, remote_id, progress)

    def fetch(self, status: RemoteStatus, destination: Path, progress: Progress) -> None:
        fetch_clip(self._api.service, status.url, destination, progress, at_home=self._api.address)

    def cancel(self, remote_id: str) -> bool:
        """HeyGen has no call for it: what is being made is made, and paid."""
        return False

    def probe(self, progress: Progress = unwatched) -> None:
        self._api.probe(progress)

    def close(self) -> None:
        self._api.close()
