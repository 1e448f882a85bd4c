"""What a batch will cost, what was spent, and calls that a person has to decide on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from core.errors import RenderError
from core.jobs.ledger import Spending, today
from core.jobs.model import Job, State
from core.jobs.store import JobStore
from core.render.interfaces import NOBODY, Cost, FaceMaker, Line, SpeechProvider
from core.render.speech import SpeechStage
from core.template.library import TemplateLibrary
from core.template.model import Template
from core.template.script import SpokenSection, spoken_sections

_CALL = "person:call:"
_CHARACTERS_A_SECOND = 14.0


@dataclass(frozen=True, slots=True)
class Estimate:
    """What services will be asked for. `voice` is the name of who speaks; empty if nobody can.

    `speech` is what has to be spoken yet, each line once; `one_by_one` what one call a film would cost; `faces` is for
    talking clips.
    """

    films: int
    voice: str
    speech: Cost
    one_by_one: Cost
    faces: Cost

    @property
    def usd(self) -> float:
        return self.speech.usd + self.faces.usd


class Money:
    def __init__(
        self, store: JobStore, templates: TemplateLibrary, speech: SpeechStage, faces: FaceMaker | None = None
    ) -> None:
        self._store = store
        self._templates = templates
        self._speech = speech
        self._faces = faces

    def estimate(self, jobs: Iterable[Job]) -> Estimate:
        """Asks nobody. Lines that are kept already cost nothing, and what several films say costs once."""
        try:
            voice: SpeechProvider | None = self._speech.provider()
        except RenderError:
            voice = None
        films, new = 0, {}
        one_by_one = faces = Cost()
        for job in jobs:
            films += 1
            template = self._templates.by_hash(job.template_hash, job.template)
            if template is None:
                continue
            said, face = self._said(template, job)
            faces += face
            if voice is None:
                continue
            for section in said:
                one_by_one += voice.cost(Line(section.said, job.language))
                for line in self._speech.lines(section, job.language, NOBODY, job.take):
                    new[(line.text, line.language, line.take)] = line
        speech = Cost()
        for line in new.values():
            assert voice is not None
            if not self._speech.is_known(voice, line):
                speech += voice.cost(line)
        return Estimate(films, voice.name if voice else "", speech, one_by_one, faces)

    def spent_today(self) -> Spending:
        return self._store.spent_on_day(today())

    def spent_on_day(self, day: str) -> Spending:
        """`day` is YYYY-MM-DD."""
        return self._store.spent_on_day(day)

    def spent_on_batch(self, batch_id: str) -> Spending:
        return self._store.spent_on_batch(batch_id)

    def spent_on_job(self, job_id: str) -> Spending:
        return self._store.spent_on_job(job_id)

    def pay_again(self, ids: Sequence[str]) -> int:
        """Lets films go on whose call was never answered: it counts as spent, and is made anew. Answers how many."""
        waits = {
            record.failure.waits_for
            for record in self._store.records(ids)
            if record.state is State.PARKED and record.failure and record.failure.waits_for.startswith(_CALL)
        }
        resumed = 0
        for waits_for in sorted(waits):
            self._store.give_up_call(waits_for.removeprefix(_CALL))
            resumed += self._store.unpark(waits_for)
        return resumed

    def _said(self, template: Template, job: Job) -> tuple[list[SpokenSection], Cost]:
        """What our own voice says in the job's film, and what its talking clip costs."""
        sections = list(spoken_sections(template, job.language, job.fields, job.script, job.respelled))
        message = next((one for one in sections if one.section == template.message.name), None)
        if self._faces is None or message is None:
            return sections, Cost()
        if self._faces.speaks_first(job.strategy):
            sections.remove(message)
        seconds = len(message.text) / _CHARACTERS_A_SECOND + template.message.lead_in_s + template.message.tail_s
        return sections, self._faces.cost(job.strategy, message.said, seconds)
