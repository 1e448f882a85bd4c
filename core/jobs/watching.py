"""What changed, as the scripts themselves wrote it down when they changed it."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping

from core.events import Event, JobChanged, JobProgress, Resync
from core.jobs.commands import Commands
from core.jobs.connection import LONGEST_BLOCK_S
from core.jobs.keys import key
from core.jobs.model import State
from core.jobs.part import Part

MOST_AT_ONCE = 1000


class Watching(Part):
    def events(self, after: str | None, *, block_s: float) -> tuple[str, list[Event]]:
        """What happened since `after`, and where to go on from. Waits up to `block_s` for something to happen.

        With `after` None it answers at once with where the stream ends now: take that first, read what you need,
        then follow from there. A `Resync` says that changes were missed (the stream is capped): read again.
        """
        if after is None:
            return self._end(), []
        deadline = time.monotonic() + block_s
        while True:
            left_s = deadline - time.monotonic()
            entries = self._after(after, min(left_s, LONGEST_BLOCK_S))
            if not self._unbroken(after):
                return self._end(), [Resync("changes were missed")]
            if entries:
                return entries[-1][0], [event for _, fields in entries for event in _events_of(fields)]
            if left_s <= 0:
                return after, []

    def _after(self, after: str, block_s: float) -> list[tuple[str, dict[str, str]]]:
        block_ms = int(block_s * 1000)
        block = block_ms if block_ms > 0 else None  # to Redis, 0 means for ever
        stream = key("events")
        answer = self._read(lambda redis: redis.xread({stream: after}, count=MOST_AT_ONCE, block=block))
        return answer[0][1] if answer else []

    def _unbroken(self, after: str) -> bool:
        """Whether nothing after `after` was trimmed: surely so while its own entry is still there.

        Asked after reading, so that what is trimmed meanwhile shows too. `0-0` stands for an empty stream, of which
        the first entry must be left.
        """
        if after == "0-0":
            return self._read(lambda redis: redis.xlen(key("events"))) < MOST_AT_ONCE
        return bool(self._read(lambda redis: redis.xrange(key("events"), after, after)))

    def _end(self) -> str:
        def question(client: Commands) -> str:
            newest = client.xrevrange(key("events"), count=1)
            return newest[0][0] if newest else "0-0"

        return self._read(question)


def _events_of(fields: Mapping[str, str]) -> Iterator[Event]:
    """One entry speaks of several jobs when they changed together, or of one completed and the next one claimed."""
    if "g" in fields:
        yield JobProgress(fields["j"], fields["b"], fields["g"], float(fields["f"]))
        return
    for number in ("", "2"):
        if f"j{number}" in fields:
            batch, state = fields[f"b{number}"], State(fields[f"s{number}"])
            yield from (JobChanged(job_id, batch, state) for job_id in fields[f"j{number}"].split(" "))
