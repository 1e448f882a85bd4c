"""What the films are called whose lines are in sight: asked for when they are, many at once."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from core.errors import TrineoError
from core.jobs.model import JobRecord
from core.studio import Studio
from gui.bridge import Bridge

_WAIT_MS = 60
_MOST = 20_000


class FilmNames(QObject):
    """Names are shown, and never written into the log."""

    told = Signal()

    def __init__(self, studio: Studio, bridge: Bridge, parent: QObject) -> None:
        super().__init__(parent)
        self._studio = studio
        self._bridge = bridge
        self._names: dict[str, str] = {}
        self._asked: dict[str, None] = {}
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_WAIT_MS)
        self._soon.timeout.connect(lambda: bridge.spawn(self._ask()))

    def of(self, job_id: str) -> str:
        """Until it is known, and of a film that is forgotten, the end of its id."""
        name = self._names.get(job_id)
        if name is None and job_id not in self._asked:
            self._asked[job_id] = None
            self._soon.start()
        return name or f"…{job_id[-6:]}"

    def keep(self, record: JobRecord) -> None:
        self._names[record.id] = record.job.name

    async def _ask(self) -> None:
        ids, self._asked = list(self._asked), {}
        try:
            records = await self._bridge.call(self._studio.records, ids)
        except TrineoError:
            return  # the store is away, and the window says so; asked again when the rows are painted again
        if len(self._names) > _MOST:
            self._names.clear()
        self._names |= dict.fromkeys(ids, "") | {record.id: record.job.name for record in records}
        self.told.emit()
