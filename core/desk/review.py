"""What a person does with films: looks at finished ones, approves them, or has them made again with other words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from core.desk.delivery import Delivery
from core.intake.editing import Edited, Wording, edit
from core.jobs.model import Job, JobRecord, State
from core.jobs.store import JobStore
from core.render.publish import is_film_of
from core.template.library import TemplateLibrary
from core.template.model import Template
from core.template.script import spoken_sections


@dataclass(frozen=True, slots=True)
class Spoken:
    """What Santa says in one section of the film."""

    section: str
    text: str


class Review:
    """`approve`, `voice_again` and `remake` answer how many films they changed; what is not in review is left alone."""

    def __init__(
        self,
        store: JobStore,
        templates: TemplateLibrary,
        delivery: Delivery,
        respelled: Callable[[Job], Job] = lambda job: job,
    ) -> None:
        """`respelled` gives a job the present spellings of the names in it."""
        self._store = store
        self._respelled = respelled
        self._templates = templates
        self._delivery = delivery

    def approve(self, ids: Sequence[str]) -> int:
        """Delivers films, and they are done. Raises as `Delivery.approve`; what was delivered by then stays so."""
        return self._delivery.approve(ids)

    def finish_deliveries(self) -> int:
        """What a killed program had begun to deliver."""
        return self._delivery.resume()

    def voice_again(self, ids: Sequence[str]) -> int:
        """The same words spoken anew: what was spoken before is not taken from the cache."""
        jobs = [record.job for record in self._in_review(ids)]
        return self.remake({job.id: job.edited(take=job.take + 1) for job in jobs})

    def remake(self, edited: Mapping[str, Job]) -> int:
        """Makes films again as the edited jobs (by id) say; they come back to review. The old film goes when the new
        one takes its name, or at once where that has another name.
        """
        records = self._in_review(list(edited))
        jobs = [self._respelled(edited[record.id]) for record in records]
        for record in records:
            self._delivery.take_back(record.job)
        changed = self._store.remake(jobs)
        for record, job in zip(records, jobs, strict=True):
            if record.result is not None and job.output != record.job.output:
                old = Path(record.result.output)
                if is_film_of(old, record.job):
                    old.unlink(missing_ok=True)
        return changed

    def reject(self, ids: Sequence[str]) -> int:
        """Sets films aside: they wait in the dead-letter queue, to be edited or discarded there."""
        for record in self._in_review(ids):
            self._delivery.take_back(record.job)
        return self._store.reject(ids)

    def template(self, job: Job) -> Template:
        """The template a job was made for; if this computer hasn't that version, the one of that name it has.

        Raises `UsageError` where there is none.
        """
        return self._templates.by_hash(job.template_hash, job.template) or self._templates.find(job.template)

    def spoken(self, job: Job) -> list[Spoken]:
        """What Santa says in this film. Raises as `template`."""
        said = spoken_sections(self.template(job), job.language, job.fields, job.script)
        return [Spoken(part.section, part.text) for part in said]

    def edit(self, job: Job, wording: Wording, titles: Mapping[str, str]) -> Edited:
        """The job with other words, or what is wrong with them. Changes nothing. Raises as `template`."""
        return edit(job, wording, self.template(job), titles)

    def _in_review(self, ids: Sequence[str]) -> list[JobRecord]:
        records = (self._store.job(job_id) for job_id in dict.fromkeys(ids))
        return [record for record in records if record is not None and record.state is State.REVIEW]
