"""What a person decides of a finished film: it is good and was delivered, or it is made again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from core.jobs.model import Job, Result
from core.jobs.part import CHUNK, Part, chunks


class Reviewing(Part):
    """Each method answers how many films it changed; what is not in review is left as it is."""

    def delivered(self, results: Mapping[str, Result]) -> int:
        """Films in review are done, each where its result (by job id) says."""
        changed = 0
        for chunk in chunks(results.items(), CHUNK):
            changed += int(
                self._run("deliver", *(part for job_id, result in chunk for part in (job_id, result.to_json())))
            )
        return changed

    def remake(self, edited: Iterable[Job]) -> int:
        """Films in review go back to ready, to be made as the edited jobs say, and then come back to review."""
        changed = 0
        for chunk in chunks(edited, CHUNK):
            changed += int(
                self._run("remake", *(part for job in chunk for part in (job.id, job.template_hash, job.to_json())))
            )
        return changed
