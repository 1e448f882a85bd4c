"""HeyGen's avatar: makes the whole talking message, of Santa's avatar there or of the template's picture."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from core.jobs.model import Strategy
from core.progress import Progress, unwatched
from core.render.interfaces import Availability, Cost, FaceTask, RemoteStatus
from core.settings.declaration import Settings
from providers.downloads import fetch_clip
from providers.heygen_api import ASSET_BYTES, KEY_WINDOW_S, MOST_SECONDS, SCRIPT_CHARACTERS, HeyGenApi
from providers.http import no_limits
from providers.limits import Limits
from providers.prices import by_second, prices
from providers.uploads import Uploads

_PATH = "/v3/videos"


class HeyGenFace:
    """With a HeyGen voice chosen it speaks the text itself; else the film's own voice is sent there."""

    name = "heygen"
    strategy = Strategy.AVATAR
    keyed = True
    key_window_s = KEY_WINDOW_S

    def __init__(self, settings: Settings, uploads: Uploads, on_limits: Callable[[Limits], None] = no_limits) -> None:
        self._settings = settings
        self._avatar = settings.papa_noel_avatar_id
        self._voice = settings.papa_noel_voice_id_heygen
        self._api = HeyGenApi(self.name, settings, uploads, on_limits)
        self.speaks = bool(self._voice)

    def availability(self) -> Availability:
        return self._api.availability(disabled="DISABLE_HEYGEN" if self._settings.disable_heygen else "")

    def look(self) -> str:
        return f"{self._avatar or 'image'}/{self._voice}/{self._settings.heygen_resolution}"

    def unfit(self, task: FaceTask) -> str:
        if self.speaks and len(task.text) > SCRIPT_CHARACTERS:
            return f"HeyGen takes at most {SCRIPT_CHARACTERS} characters"
        if task.seconds > MOST_SECONDS:
            return f"HeyGen makes at most {MOST_SECONDS:.0f} seconds"
        if task.speech is not None and not self.speaks and task.speech.stat().st_size > ASSET_BYTES:
            return f"HeyGen takes at most {ASSET_BYTES // 1_000_000} MB of speech"
        return ""

    def cost(self, task: FaceTask) -> Cost:
        kind = "avatar" if self._avatar else "image"
        return by_second(prices().heygen, kind, task.seconds, self._settings.heygen_usd_per_second)

    def create(self, task: FaceTask, key: str, progress: Progress) -> str:
        body: dict[str, Any] = {
            "aspect_ratio": "16:9" if task.width > task.height else "9:16",
            "resolution": self._settings.heygen_resolution,
            **self._who(task, progress),
            **self._words(task, progress),
        }
        return self._api.create(_PATH, body, key, ("video_id", "id"), task.text, progress)

    def status(self, remote_id: str, progress: Progress = unwatched) -> RemoteStatus:
        return self._api.status(_PATH, remote_id, progress)

    def fetch(self, status: RemoteStatus, destination: Path, progress: Progress) -> None:
        fetch_clip(self._api.service, status.url, destination, progress, at_home=self._api.address)

    def cancel(self, remote_id: str) -> bool:
        """HeyGen has no call for it: what is being made is made, and paid."""
        return False

    def probe(self, progress: Progress = unwatched) -> None:
        self._api.probe(progress)

    def wallet(self, progress: Progress = unwatched) -> float | None:
        """See `HeyGenApi.wallet`."""
        return self._api.wallet(progress)

    def close(self) -> None:
        self._api.close()

    def _who(self, task: FaceTask, progress: Progress) -> dict[str, Any]:
        if self._avatar:
            return {"type": "avatar", "avatar_id": self._avatar}
        still = self._api.asset(task.still, progress)
        return {"type": "image", "image": {"type": "asset_id", "asset_id": still}}

    def _words(self, task: FaceTask, progress: Progress) -> dict[str, Any]:
        if self.speaks:
            return {"script": task.text, "voice_id": self._voice}
        assert task.speech is not None, "a face that does not speak is given speech"
        return {"audio_asset_id": self._api.asset(task.speech, progress)}
