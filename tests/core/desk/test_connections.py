"""Each service is asked whether it works, for nothing; whatever it does, plain sentences come back, and soon."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from core.desk import connections
from core.desk.connections import Connections, Standing
from core.desk.findings import Finding, Mark, worst
from core.errors import Cancelled, EnvironmentFault, TransientError
from core.jobs.ledger import today
from core.jobs.store import JobStore
from core.media.audio import wav_seconds
from core.settings.declaration import Settings
from core.template.library import TemplateLibrary
from providers.examining import ServiceExaminer
from providers.services import Services
from tests.providers import rigs
from tests.redis_server import redis_server
from tests.stand_in_services import ALL, ElevenLabsStandIn, StandIn, elevenlabs
from tests.stand_in_services.media import hum
from tests.stand_in_services.server import reply
from tests.stand_in_services.wav2lip_checkout import make_checkout
from tests.stand_ins import raises_code

PAID = tuple(ALL)
SECRET = "sk_a_key_that_nobody_gave_out_4711"
CREATES = r"/v1/text-to-speech|/v3/videos|/v3/lipsyncs|/v1/speak|/v2/generate$"


class Desk:
    """The connections of a studio without one."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self.settings = Settings()
        self.store = stack.enter_context(closing(JobStore.in_memory()))
        self.services = stack.enter_context(closing(Services(self.settings, self.store, folder / "cache")))
        self.examiner = ServiceExaminer(self.services, TemplateLibrary(), folder / "cache" / "uploads")
        self.sounds = folder / "work"
        self.connections = Connections(lambda: self.settings, self.examiner, self.store, folder / "queue", self.sounds)

    def wear(self, **settings: Any) -> None:
        self.settings = Settings.model_validate(settings)

    def connect(self, service: StandIn, **more: Any) -> None:
        self.settings = rigs.settings(service, **more)

    def test(self, name: str) -> list[Finding]:
        return self.connections.test(name)

    def standing(self, name: str) -> Standing:
        return next(one.standing for one in self.connections.all() if one.name == name)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with ExitStack() as stack:
        yield Desk(tmp_path, stack)


@contextmanager
def stand_in(name: str) -> Iterator[StandIn]:
    with ALL[name]() as service:
        yield service


def told(findings: list[Finding]) -> str:
    return " ".join(f"{one.what} {one.remedy}" for one in findings)


def test_without_keys_the_free_ones_are_connected(desk: Desk) -> None:
    standings = {one.name: one.standing for one in desk.connections.all()}
    assert standings == {
        **dict.fromkeys((*PAID, "wav2lip"), Standing.ABSENT),
        **dict.fromkeys(("espeak", "mouth_bank"), Standing.CONNECTED),
    }


def test_what_is_lacking_is_named(desk: Desk) -> None:
    desk.wear(elevenlabs_api_key=SecretStr("k"), higgsfield_api_key_id="id", disable_espeak=True)
    known = {one.name: one for one in desk.connections.all()}
    assert known["elevenlabs"].standing is Standing.INCOMPLETE
    assert known["elevenlabs"].lacking == ("PAPA_NOEL_VOICE_ID_ELEVENLABS",)
    assert known["higgsfield"].lacking == ("HIGGSFIELD_API_KEY_SECRET",)
    assert known["espeak"].standing is Standing.OFF


@pytest.mark.parametrize("name", [*PAID, "wav2lip"])
def test_one_that_is_not_connected_is_not_asked(desk: Desk, name: str) -> None:
    [found] = desk.test(name)
    assert found.mark is Mark.NOTE
    assert "Fill in" in str(found.remedy)


@pytest.mark.parametrize("name", PAID)
def test_a_service_that_works_says_so_and_charges_nothing(desk: Desk, name: str) -> None:
    with stand_in(name) as service:
        desk.connect(service)
        found = desk.test(name)
        assert worst(found) is Mark.GOOD, told(found)
        assert "The key is accepted." in told(found)
        assert "US dollars" in told(found)
        assert "cost nothing" in told(found)
        assert service.asked("POST", CREATES) == []
        assert not service.charged


def test_elevenlabs_tells_of_plan_voice_and_slots(desk: Desk) -> None:
    with ElevenLabsStandIn() as service:
        service.charged["characters"] = 400_000
        desk.connect(service)
        words = told(desk.test("elevenlabs"))
    left = "600\u202f000 of 1\u202f000\u202f000"
    for part in ("creator", left, "2027-01-01", "Papá Noel", "Multilingual v2", "allows 5 calls"):
        assert part in words, words


def test_heygen_tells_what_is_left(desk: Desk) -> None:
    with stand_in("heygen") as service:
        desk.connect(service)
        assert "Credit left, as it counts it: 100." in told(desk.test("heygen"))


def test_sync_labs_tells_what_is_left_if_its_api_does(desk: Desk) -> None:
    with stand_in("synclabs") as service:
        desk.connect(service)
        assert "Credit left, as it counts it: 1150." in told(desk.test("synclabs"))
        service.misbehave("404", path="/v2/account")
        words = told(desk.test("synclabs"))
        assert "The key is accepted." in words
        assert "Credit" not in words


@pytest.mark.parametrize("fault", ["400", "404", "422"])
def test_higgsfield_answers_about_nobodys_clip_only_to_a_good_key(desk: Desk, fault: str) -> None:
    with stand_in("higgsfield") as service:
        desk.connect(service)
        service.misbehave(fault)
        assert worst(desk.test("higgsfield")) is Mark.GOOD


def test_a_plan_that_is_used_up_is_wrong(desk: Desk) -> None:
    with ElevenLabsStandIn() as service:
        service.quota = 0
        service.charged["characters"] = 0
        desk.connect(service)
        assert "does not say how many" in told(desk.test("elevenlabs"))
        service.quota = service.charged["characters"] = 1000
        found = desk.test("elevenlabs")
        assert worst(found) is Mark.WRONG
        assert "used up" in told(found)
        service.charged["characters"] = 950
        assert worst(desk.test("elevenlabs")) is Mark.WARNING


def test_a_voice_that_is_not_the_accounts_is_wrong(desk: Desk) -> None:
    with ElevenLabsStandIn() as service:
        desk.connect(service, papa_noel_voice_id_elevenlabs="somebody-elses")
        assert "not among the 151" in told(desk.test("elevenlabs"))
        desk.connect(service, papa_noel_voice_id_elevenlabs="")
        assert "No voice is chosen" in told(desk.test("elevenlabs"))
        desk.connect(service, elevenlabs_model="eleven_v9")
        assert "eleven_multilingual_v2" in told(desk.test("elevenlabs"))


_KEYS = {
    "elevenlabs": ("elevenlabs_api_key",),
    "heygen": ("heygen_api_key",),
    "higgsfield": ("higgsfield_api_key_secret",),
    "synclabs": ("synclabs_api_key",),
}


@pytest.mark.parametrize("name", PAID)
def test_a_wrong_key_is_told_and_never_shown(desk: Desk, name: str) -> None:
    with stand_in(name) as service:
        desk.connect(service, **dict.fromkeys(_KEYS[name], SecretStr(SECRET)))
        found = desk.test(name)
        assert found[-1].mark is Mark.WRONG
        assert "refuses the key" in told(found)
        assert SECRET not in repr(found)


@pytest.mark.parametrize("name", PAID)
def test_a_key_that_can_not_be_sent_is_not_sent(desk: Desk, name: str) -> None:
    with stand_in(name) as service:
        desk.connect(service, **dict.fromkeys(_KEYS[name], SecretStr("ключ")))
        assert "no key has" in told(desk.test(name))
        assert service.seen == []


@pytest.mark.parametrize("name", PAID)
@pytest.mark.parametrize(
    "fault",
    ["402", "403", "429_rate", "500", "502", "503", "reset", "cut", "empty_200", "noise", "redirect", "error_as_200"],
)
def test_every_fault_ends_in_a_sentence(desk: Desk, name: str, fault: str) -> None:
    with stand_in(name) as service:
        desk.connect(service)
        service.misbehave(fault)
        found = desk.test(name)
        assert found[-1].mark is Mark.WRONG, told(found)
        assert str(found[-1].what).endswith(".")
        assert "{" not in told(found)
        assert "by itself" not in told(found) or fault in ("402", "error_as_200")  # nobody tries a test again
        assert not any(secret in repr(found) for secret in rigs.SECRETS)


@pytest.mark.parametrize("name", PAID)
def test_a_service_that_is_away_is_told(desk: Desk, name: str) -> None:
    with stand_in(name) as service:
        desk.connect(service)
    found = desk.test(name)
    assert found[-1].mark is Mark.WRONG
    assert "can't be reached" in told(found)


@pytest.mark.parametrize("name", PAID)
def test_one_that_hangs_is_not_waited_for_long(desk: Desk, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "PATIENCE_S", 0.5)
    with stand_in(name) as service:
        desk.connect(service)
        service.misbehave("hang")
        began = time.monotonic()
        found = desk.test(name)
        assert time.monotonic() - began < 10  # not the sixty seconds that it hangs
        assert "no answer within" in told(found)


@pytest.mark.parametrize(
    "answer",
    [
        {"character_count": "many", "character_limit": [], "tier": 7},
        {"character_count": 5, "character_limit": 10, "next_character_count_reset_unix": 10**30},
        {"character_count": 1e400},
        ["what", "is", "this"],
        "nothing",
        None,
    ],
)
def test_an_answer_that_makes_no_sense_is_no_crash(desk: Desk, answer: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ElevenLabsStandIn, "_subscription", lambda self: answer)
    with ElevenLabsStandIn() as service:
        desk.connect(service)
        found = desk.test("elevenlabs")
        assert found
        assert "Traceback" not in told(found)


@pytest.mark.parametrize("voices", [5, "all", [1, 2], [{"voice_id": None}], {}])
def test_nor_are_voices_that_are_none(desk: Desk, voices: object, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = reply({"voices": voices, "has_more": True, "next_page_token": None})
    monkeypatch.setattr(elevenlabs, "_voices", lambda query: answer)
    with ElevenLabsStandIn() as service:
        desk.connect(service)
        assert worst(desk.test("elevenlabs")) is Mark.WRONG


def test_a_test_can_be_given_up(desk: Desk) -> None:
    with stand_in("heygen") as service:
        desk.connect(service)
        service.misbehave("hang")
        stop = _soon(lambda: service.seen, desk.connections.give_up)
        with pytest.raises(Cancelled):
            desk.test("heygen")
        stop()
        service.behave()
        assert worst(desk.test("heygen")) is Mark.GOOD  # the next one is not given up


def _soon(condition: Callable[[], object], act: Callable[[], None]) -> Callable[[], None]:
    def wait_and_act() -> None:
        while not condition():
            time.sleep(0.01)
        act()

    thread = threading.Thread(target=wait_and_act)
    thread.start()
    return thread.join


def test_one_that_is_switched_off_is_tested_all_the_same(desk: Desk) -> None:
    with stand_in("synclabs") as service:
        desk.connect(service, disable_synclabs="true")
        words = told(desk.test("synclabs"))
    assert "The key is accepted." in words
    assert "DISABLE_SYNCLABS" in words


# What works without a service


def test_the_offline_voice_speaks(desk: Desk) -> None:
    assert worst(desk.test("espeak")) is Mark.GOOD
    assert "ElevenLabs" not in told(desk.test("espeak"))


def test_the_mouth_bank_names_its_templates(desk: Desk) -> None:
    found = desk.test("mouth_bank")
    assert worst(found) is Mark.GOOD
    assert "noche-magica" in told(found)


def test_wav2lip_is_started(desk: Desk, tmp_path: Path) -> None:
    desk.wear(wav2lip_repo_path=tmp_path / "nowhere")
    assert "no inference.py" in told(desk.test("wav2lip"))
    folder = make_checkout(tmp_path / "Wav2Lip")
    desk.wear(wav2lip_repo_path=folder)
    found = desk.test("wav2lip")
    assert worst(found) is Mark.GOOD
    assert "It starts" in told(found)
    (folder / "inference.py").write_text("raise ModuleNotFoundError(\"No module named 'torch'\")", encoding="utf-8")
    assert "lacks torch" in told(desk.test("wav2lip"))


# Voices


def test_the_accounts_own_voices_come_first(desk: Desk) -> None:
    with ElevenLabsStandIn() as service:
        desk.connect(service)
        voices = desk.connections.voices()
    assert len(voices) == 151
    assert (voices[0].id, voices[0].kind) == (elevenlabs.VOICE, "cloned")
    assert desk.connections.chosen_voice() == elevenlabs.VOICE


def test_hearing_a_paid_voice_costs_what_was_said_and_once(desk: Desk) -> None:
    with ElevenLabsStandIn() as service:
        desk.connect(service, papa_noel_voice_id_elevenlabs="voice0007")
        price = desk.connections.price("elevenlabs", "es")
        assert price.usd > 0
        heard = desk.connections.hear("elevenlabs", "es", elevenlabs.VOICE)
        assert wav_seconds(heard) > 0.5
        assert service.charged["characters"] == price.characters
        assert elevenlabs.VOICE in service.asked("POST", "text-to-speech")[0].path
        assert desk.store.spent_on_day(today()).usd == pytest.approx(price.usd)
        again = desk.connections.hear("elevenlabs", "es", elevenlabs.VOICE)
        assert wav_seconds(again) > 0.5
        assert service.charged["creates"] == 1
    assert not heard.exists()  # the one before goes
    desk.connections.forget_sounds()
    assert not again.exists()


def test_a_budget_that_is_used_up_keeps_a_paid_voice_silent(tmp_path: Path) -> None:
    with ExitStack() as stack, ElevenLabsStandIn() as service:
        desk = Desk(tmp_path, stack)
        desk.connect(service, budget_per_day_usd=0.0)
        services = stack.enter_context(closing(Services(desk.settings, desk.store, tmp_path / "cache")))
        examiner = ServiceExaminer(services, TemplateLibrary(), tmp_path / "uploads")
        desk.connections = Connections(lambda: desk.settings, examiner, desk.store, tmp_path, desk.sounds)
        with pytest.raises(EnvironmentFault):
            desk.connections.hear("elevenlabs", "es")
        assert service.charged["creates"] == 0


def test_the_offline_voice_is_heard_for_nothing(desk: Desk) -> None:
    assert desk.connections.price("espeak", "es").usd == 0
    assert wav_seconds(desk.connections.hear("espeak", "en")) > 0.5


def test_a_sample_is_heard_for_nothing(desk: Desk) -> None:
    with ElevenLabsStandIn() as service:
        desk.connect(service)
        good = connections.VoiceChoice("v", "V", "cloned", service.store(hum(1.0, "mp3_44100_128"), "audio/mpeg"))
        assert wav_seconds(desk.connections.hear_sample(good)) == pytest.approx(1.0, abs=0.2)
        bad = connections.VoiceChoice("v", "V", "cloned", service.store(b"<html>" * 1000, "audio/mpeg"))
        with raises_code(TransientError, "provider_answer_unusable"):
            desk.connections.hear_sample(bad)
        assert not service.charged


# The queue


def test_this_computers_own_queue(desk: Desk) -> None:
    found = desk.connections.test_redis()
    assert worst(found) is Mark.GOOD
    assert not desk.connections.shares_queue()
    assert "REDIS_URL" in told(found)


def test_a_redis_that_keeps_its_queue(desk: Desk, tmp_path: Path) -> None:
    with redis_server(tmp_path, "--appendonly", "yes") as server:
        desk.wear(redis_url=SecretStr(server.url))
        words = told(found := desk.connections.test_redis())
        assert worst(found) is Mark.GOOD, words
        for part in (" ms", "Redis 7", "Persistence is on", "No computer makes films"):
            assert part in words, words


def test_a_redis_that_forgets(desk: Desk, tmp_path: Path) -> None:
    options = ("--appendonly", "no", "--save", "", "--maxmemory", "50mb", "--maxmemory-policy", "allkeys-lru")
    with redis_server(tmp_path, *options) as server:
        desk.wear(redis_url=SecretStr(server.url))
        found = desk.connections.test_redis()
    assert worst(found) is Mark.WRONG
    assert "Persistence is off" in told(found)
    assert "noeviction" in told(found)


def test_an_address_that_is_none(desk: Desk) -> None:
    desk.wear(redis_url=SecretStr("http://user:geheim@host"))
    found = desk.connections.test_redis()
    assert worst(found) is Mark.WRONG
    assert "geheim" not in repr(found)
