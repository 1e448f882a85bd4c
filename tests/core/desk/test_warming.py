"""What films share is made while the batch is looked at; another choice drops it, closing ends it."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from core.desk.warming import Warmer
from core.errors import JobFault
from core.events import Event, EventHub, TemplateWarming
from core.media.presets import Preset
from core.progress import Begun, Progress, unnamed, wait
from core.template.model import Template
from tests.stand_ins import QuickRenderer, wait_until


class Bank(QuickRenderer):
    """Takes as long as it is let, and remembers what it was asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []
        self.finished: list[str] = []
        self.may_end = threading.Event()
        self.fault: JobFault | None = None

    def warm(self, template: Template, preset: Preset, progress: Progress, begun: Begun = unnamed) -> None:
        name = f"{template.name} {preset.width}"
        self.asked.append(name)
        begun("mouths")
        if self.fault is not None:
            raise self.fault
        while not self.may_end.is_set():
            wait(0.01, progress)
        self.finished.append(name)


@pytest.fixture
def bank() -> Bank:
    return Bank()


@pytest.fixture
def told() -> list[Event]:
    return []


@pytest.fixture
def warmer(bank: Bank, told: list[Event]) -> Iterator[Warmer]:
    hub = EventHub()
    hub.listen(told.append)
    made = Warmer(bank, hub)
    yield made
    bank.may_end.set()
    made.close()


def is_over(told: list[Event]) -> bool:
    return any(isinstance(event, TemplateWarming) and event.fraction == 1.0 for event in told)


def test_it_is_made_once_and_told(warmer: Warmer, bank: Bank, told: list[Event], tiny_template: Template) -> None:
    bank.may_end.set()
    for _ in range(3):
        warmer.start(tiny_template, "draft")
    wait_until(lambda: is_over(told))
    assert bank.finished == ["tiny 540"]
    assert told[-1] == TemplateWarming("tiny", "draft", 1.0)


def test_what_is_being_made_is_told(warmer: Warmer, bank: Bank, told: list[Event], tiny_template: Template) -> None:
    warmer.start(tiny_template, "draft")
    wait_until(lambda: TemplateWarming("tiny", "draft", 0.0, "mouths") in told)


def test_another_choice_drops_the_last(warmer: Warmer, bank: Bank, told: list[Event], tiny_template: Template) -> None:
    warmer.start(tiny_template, "draft")
    wait_until(lambda: bank.asked == ["tiny 540"])
    warmer.start(tiny_template, "vertical-1080")
    wait_until(lambda: bank.asked == ["tiny 540", "tiny 1080"])
    bank.may_end.set()
    wait_until(lambda: is_over(told))
    assert bank.finished == ["tiny 1080"]


def test_closing_ends_it(warmer: Warmer, bank: Bank, tiny_template: Template) -> None:
    warmer.start(tiny_template, "draft")
    wait_until(lambda: bool(bank.asked))
    warmer.close()
    assert bank.finished == []


def test_a_broken_template_is_the_films_to_tell(
    warmer: Warmer, bank: Bank, told: list[Event], tiny_template: Template
) -> None:
    bank.fault = JobFault("clip_damaged", "Broken.")
    warmer.start(tiny_template, "draft")
    wait_until(lambda: is_over(told))
    assert bank.finished == []
