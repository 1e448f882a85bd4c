"""The command line with services connected: what it costs is told before, a lost answer waits for a person."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from tests.core.console.trineo import Trineo
from tests.stand_in_services.elevenlabs import KEY, ElevenLabsStandIn
from tests.stand_in_services.settings import settings_for

pytestmark = pytest.mark.slow


@pytest.fixture
def service() -> Iterator[ElevenLabsStandIn]:
    with ElevenLabsStandIn() as made:
        yield made


def test_the_bill_is_what_was_told_before(trineo: Trineo, service: ElevenLabsStandIn) -> None:
    sheet = trineo.sheet("lote.csv", "Ana,ayudaste", "Beto,jugaste", "Ana,leíste")
    done = trineo("check", sheet, "--json", "--cost", *trineo.order, **settings_for(service))
    told = json.loads(done.stdout)["estimate"]
    assert told["voice"] == "elevenlabs"
    assert not service.asked("POST", "text-to-speech")
    lines, status, errors = trineo.render(sheet, **settings_for(service))
    assert (status, lines[-1]["done"]) == (0, 3)
    assert f"elevenlabs will be asked for {told['characters']} characters" in errors
    assert service.charged["characters"] == told["characters"] < told["characters_one_by_one"]
    assert f"spent: elevenlabs {told['characters']} characters, " in errors
    assert KEY not in errors
    held = trineo.json("cache", "stats")
    assert held["speech"]["files"] == service.charged["creates"]
    assert trineo.json("cache", "clear").keys() == held.keys()


def test_a_lost_answer_waits_for_a_person(trineo: Trineo, service: ElevenLabsStandIn) -> None:
    sheet = trineo.sheet("lote.csv", "Ana,ayudaste")
    service.misbehave("reset", method="POST", path="text-to-speech", times=1)
    lines, status, _ = trineo.render(sheet, **settings_for(service))
    assert (status, lines[-1]["parked"]) == (3, 1)
    creates = service.charged["creates"]
    [waiting] = json.loads(trineo("parked", "list", "--json").stdout)
    assert waiting["code"] == "provider_answer_lost"
    assert waiting["waits_for"].startswith("person:call:")
    assert "ElevenLabs" in waiting["message"] or "elevenlabs" in waiting["message"]

    assert trineo("worker", "--drain", **settings_for(service)).returncode == 3  # nobody asks again by himself
    assert service.charged["creates"] == creates
    assert trineo.json("parked", "pay-again", waiting["id"]) == {"resumed": 1}
    assert trineo("worker", "--drain", **settings_for(service)).returncode == 0
    assert trineo.states() == {"done": 1}


def test_money_is_not_spent_by_chance(trineo: Trineo) -> None:
    assert trineo("parked", "pay-again").returncode == 2
    assert trineo("parked", "pay-again", "--all", "id1").returncode == 2


def test_a_spent_budget_parks(trineo: Trineo, service: ElevenLabsStandIn) -> None:
    sheet = trineo.sheet("lote.csv", "Ana,ayudaste", "Beto,jugaste")
    environment = {**settings_for(service), "BUDGET_PER_DAY_USD": "0.001"}
    lines, status, _ = trineo.render(sheet, **environment)
    assert status == 3
    assert lines[-1]["parked"] == 2
    assert service.charged["characters"] <= 10  # at 0.10 US$ a thousand
    assert trineo("worker", "--drain", **settings_for(service)).returncode == 0
    assert trineo.states() == {"done": 2}
