"""Asks each service whether it would work, for whoever presses Test: only for what costs nothing."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from pydantic import SecretStr

from core.desk.connections import VOICE_SETTING, VoiceChoice
from core.desk.findings import Finding, Mark
from core.errors import EnvironmentFault, JobFault, RenderError
from core.progress import Progress
from core.render.interfaces import Cost, Line
from core.settings.declaration import Settings
from core.template.library import TemplateLibrary
from core.text import Text, Value
from providers.downloads import fetch_sound
from providers.elevenlabs import ElevenLabsVoice
from providers.elevenlabs_account import ElevenLabsAccount, Subscription
from providers.elevenlabs_api import SERVICE as ELEVENLABS
from providers.espeak import EspeakVoice
from providers.faults import unusable
from providers.heygen import HeyGenFace
from providers.higgsfield import HiggsfieldFace
from providers.http import clean_key, usable_key
from providers.limits import Limits
from providers.prices import SecondPrice, by_character, by_second, prices
from providers.services import Services
from providers.synclabs import SyncLabsFace
from providers.uploads import Uploads
from providers.wav2lip import Wav2LipFace

_LITTLE = 0.1  # of a plan's characters
_NOBODYS_CLIP = "00000000-0000-4000-8000-000000000000"

# How many lines each plan speaks at once, with the usual models and with the quick ones (elevenlabs.io, November 2026).
_LINES_AT_ONCE = {"free": (2, 4), "starter": (3, 6), "creator": (5, 10), "pro": (10, 20), "scale": (15, 30)}
_QUICK = ("eleven_flash", "eleven_turbo")

_FREE_TEST = Finding(Mark.NOTE, Text("This test cost nothing."))


class ServiceExaminer:
    """See `core.desk.connections.Examiner`. Each test makes its own connection, with the settings it is given."""

    def __init__(self, services: Services, templates: TemplateLibrary, uploads: Path) -> None:
        self._services = services
        self._templates = templates
        self._uploads = Uploads(uploads)
        self._ways: dict[str, Callable[[Settings, Progress], Iterator[Finding]]] = {
            "elevenlabs": self._elevenlabs,
            "heygen": self._heygen,
            "higgsfield": self._higgsfield,
            "synclabs": self._synclabs,
            "wav2lip": self._wav2lip,
            "espeak": self._espeak,
            "mouth_bank": self._mouth_bank,
        }

    def examine(self, name: str, settings: Settings, progress: Progress) -> Iterator[Finding]:
        return self._ways[name](settings, progress)

    def voices(self, settings: Settings, progress: Progress) -> Sequence[VoiceChoice]:
        _check_key(settings.elevenlabs_api_key)
        with closing(ElevenLabsVoice(settings)) as voice:
            return voice.account.voices(progress)

    def price(self, name: str, settings: Settings, line: Line) -> Cost:
        if name != ELEVENLABS.name:
            return Cost()
        with closing(ElevenLabsVoice(settings)) as voice:
            return voice.cost(line)

    def speak(self, name: str, settings: Settings, line: Line, destination: Path, progress: Progress) -> None:
        if name == ELEVENLABS.name:
            _check_key(settings.elevenlabs_api_key)
            with self._services.paid_voice(settings) as paid:
                paid.speak(line, destination, progress)
        else:
            with closing(EspeakVoice()) as offline:
                offline.speak(line, destination, progress)

    def sample(self, voice: VoiceChoice, settings: Settings, destination: Path, progress: Progress) -> None:
        fetch_sound(ELEVENLABS, voice.sample, destination, progress, at_home=settings.elevenlabs_base_url)

    def _elevenlabs(self, settings: Settings, progress: Progress) -> Iterator[Finding]:
        _check_key(settings.elevenlabs_api_key)
        with closing(ElevenLabsVoice(settings)) as voice:
            plan = voice.account.subscription(progress)
            if not (plan.tier or plan.limit):
                raise unusable(ELEVENLABS, "an answer without a plan")
            yield _KEY_ACCEPTED
            yield _credit(plan)
            yield _chosen_voice(voice.account, settings.papa_noel_voice_id_elevenlabs, progress)
            yield _chosen_model(voice.account, settings.elevenlabs_model, progress)
            yield from self._slots(ELEVENLABS.name, _lines_at_once(plan, settings.elevenlabs_model))
        usd = by_character(1000, settings.elevenlabs_usd_per_1000).usd
        yield Finding(Mark.NOTE, Text("A thousand characters cost about {usd} US dollars.", {"usd": f"{usd:.2f}"}))
        yield _FREE_TEST

    def _heygen(self, settings: Settings, progress: Progress) -> Iterator[Finding]:
        _check_key(settings.heygen_api_key)
        heard = _Heard()
        with closing(HeyGenFace(settings, self._uploads, heard)) as face:
            left = face.wallet(progress)
        yield _KEY_ACCEPTED
        if left is not None:
            yield _left(left)
        yield from self._slots("heygen", heard.most)
        yield _by_the_second(
            prices().heygen, "avatar" if settings.papa_noel_avatar_id else "image", settings.heygen_usd_per_second
        )
        if settings.papa_noel_avatar_id:
            yield Finding(Mark.NOTE, Text("Whether it knows the avatar shows with the first film."))
        yield _FREE_TEST

    def _higgsfield(self, settings: Settings, progress: Progress) -> Iterator[Finding]:
        """It has no question about an account: one about a clip that nobody made is answered only with a good key."""
        _check_key(settings.higgsfield_api_key_secret, SecretStr(settings.higgsfield_api_key_id))
        heard = _Heard()
        with closing(HiggsfieldFace(settings, self._uploads, heard)) as face:
            try:
                face.status(_NOBODYS_CLIP, progress)
            except (EnvironmentFault, JobFault) as error:
                if error.code not in ("provider_forgot", "provider_refused"):
                    raise
        yield _KEY_ACCEPTED
        yield Finding(Mark.NOTE, Text("It tells what credit is left only on its own page."))
        yield from self._slots("higgsfield", heard.most)
        yield _by_the_second(prices().higgsfield, "", settings.higgsfield_usd_per_second)
        yield _FREE_TEST

    def _synclabs(self, settings: Settings, progress: Progress) -> Iterator[Finding]:
        _check_key(settings.synclabs_api_key)
        heard = _Heard()
        with closing(SyncLabsFace(settings, heard)) as face:
            left = face.credits_left(progress)
        yield _KEY_ACCEPTED
        if left is not None:
            yield _left(left)
        yield from self._slots("synclabs", heard.most)
        yield _by_the_second(prices().synclabs, settings.synclabs_model, settings.synclabs_usd_per_second)
        yield _FREE_TEST

    def _wav2lip(self, settings: Settings, progress: Progress) -> Iterator[Finding]:
        face = Wav2LipFace(settings.model_copy(update={"disable_wav2lip": False}))
        availability = face.availability()
        if not availability.usable:
            unusable = Text("It can't be used: {reason}.", {"reason": availability.reason})
            yield Finding(Mark.WRONG, _UNUSABLE.get(availability.reason, unusable))
            return
        yield Finding(Mark.GOOD, Text("Its program and its model file are there."))
        face.probe(progress)
        yield Finding(Mark.GOOD, Text("It starts. It works on this computer and costs nothing but time."))
        yield Finding(Mark.NOTE, Text("Its makers allow no commercial use."))

    def _espeak(self, settings: Settings, progress: Progress) -> Iterator[Finding]:
        with closing(EspeakVoice()) as voice:
            if not voice.availability().usable:
                what, remedy = Text("The offline voice is not installed."), Text("Install Trineo again.")
                yield Finding(Mark.WRONG, what, remedy)
                return
            for language in ("es", "en"):
                with tempfile.TemporaryDirectory(prefix="trineo-") as folder:
                    voice.speak(Line("Jo, jo, jo", language), Path(folder) / "voice.wav", progress)
        yield Finding(Mark.GOOD, Text("It speaks Spanish and English, without a network and free of charge."))
        if settings.elevenlabs_api_key.get_secret_value().strip() and not settings.disable_elevenlabs:
            yield Finding(Mark.NOTE, Text("Films are spoken by ElevenLabs; it never steps in for that."))

    def _mouth_bank(self, settings: Settings, progress: Progress) -> Iterator[Finding]:
        del settings, progress
        installed = self._templates.installed()
        moving = [one.name for one in installed if any(section.mouths is not None for section in one.sections)]
        if moving:
            told = {"names": ", ".join(moving)}
            yield Finding(Mark.GOOD, Text("Santa's mouth moves in these templates, free of charge: {names}.", told))
        else:
            yield Finding(
                Mark.WARNING,
                Text("No installed template brings mouths."),
                Text("Films are made with the voice alone, or with a service that moves the mouth."),
            )

    def _slots(self, name: str, told: int) -> Iterator[Finding]:
        """How many at once: what was told, else what is taken to be so until then."""
        if told:
            yield Finding(Mark.GOOD, Text("Your plan allows {slots} calls at once.", {"slots": told}))
        else:
            taken = {"slots": self._services.slots(name)}
            yield Finding(Mark.NOTE, Text("It does not say how many calls it takes at once; {slots} are made.", taken))


class _Heard:
    """What a service says about how much it takes at once; 0: nothing."""

    def __init__(self) -> None:
        self.most = 0

    def __call__(self, limits: Limits) -> None:
        self.most = limits.maximum or self.most


_KEY_ACCEPTED = Finding(Mark.GOOD, Text("The key is accepted."))

# In the words of `Wav2LipFace.availability`.
_UNUSABLE = {
    "there is no inference.py in the folder that WAV2LIP_REPO_PATH names": Text(
        "There is no inference.py in the folder that WAV2LIP_REPO_PATH names."
    ),
    "the model file that WAV2LIP_CHECKPOINT names is not there": Text(
        "The model file that WAV2LIP_CHECKPOINT names is not there."
    ),
    "no Python was found that runs it (WAV2LIP_PYTHON)": Text(
        "No Python was found that runs it: name one in WAV2LIP_PYTHON."
    ),
}


def _check_key(*keys: SecretStr) -> None:
    if not all(usable_key(clean_key(key)) for key in keys):
        raise RenderError(
            "key_unusable",
            "The key holds characters that no key has.",
            "Copy it from your account there once more.",
        )


def _credit(plan: Subscription) -> Finding:
    left = max(0, plan.limit - plan.used)
    told: dict[str, Value] = {"tier": plan.tier or "?", "day": _day(plan.resets_s)}
    told |= {"left": _grouped(left), "limit": _grouped(plan.limit)}
    if not plan.limit:
        return Finding(Mark.NOTE, Text("Plan {tier}: it does not say how many characters are left.", told))
    if not left:
        what = Text("Plan {tier}: all {limit} characters are used up. New ones come on {day}.", told)
        return Finding(Mark.WRONG, what, Text("Top it up in your account there."))
    what = Text("Plan {tier}: {left} of {limit} characters are left until {day}.", told)
    if left < _LITTLE * plan.limit:
        return Finding(Mark.WARNING, what, Text("Top it up before a large batch."))
    return Finding(Mark.GOOD, what)


def _grouped(count: int) -> str:
    """`1 000 000`, which is read alike in every language."""
    return f"{count:,}".replace(",", "\N{NARROW NO-BREAK SPACE}")


def _day(seconds: int) -> str:
    try:
        return datetime.fromtimestamp(seconds, UTC).date().isoformat() if seconds > 0 else "?"
    except (OverflowError, OSError, ValueError):
        return "?"


def _chosen_voice(account: ElevenLabsAccount, chosen: str, progress: Progress) -> Finding:
    voices = account.voices(progress)
    if not chosen:
        what = Text("No voice is chosen; your account has {count}.", {"count": len(voices)})
        return Finding(Mark.WRONG, what, Text("Choose one below."))
    found = next((voice for voice in voices if voice.id == chosen), None)
    if found is None:
        told: dict[str, Value] = {"setting": VOICE_SETTING, "count": len(voices)}
        what = Text("The voice in {setting} is not among the {count} of your account.", told)
        return Finding(Mark.WRONG, what, Text("Choose one below."))
    return Finding(Mark.GOOD, Text("The voice {name} is in your account.", {"name": found.name or found.id}))


def _chosen_model(account: ElevenLabsAccount, chosen: str, progress: Progress) -> Finding:
    models = account.models(progress)
    found = next((model for model in models if model.id == chosen), None)
    if found is not None:
        return Finding(Mark.GOOD, Text("The model {name} speaks.", {"name": found.name or found.id}))
    told = {"model": chosen, "models": ", ".join(model.id for model in models[:8])}
    return Finding(
        Mark.WRONG,
        Text("Your account has no model {model} that speaks.", told),
        Text("Put one of these into ELEVENLABS_MODEL: {models}.", told),
    )


def _lines_at_once(plan: Subscription, model: str) -> int:
    usual, quick = _LINES_AT_ONCE.get(plan.tier.lower(), (0, 0))
    return quick if model.startswith(_QUICK) else usual


def _left(credit: float) -> Finding:
    told = {"credit": f"{credit:g}"}
    if credit <= 0:
        return Finding(Mark.WRONG, Text("There is no credit left."), Text("Top it up in your account there."))
    return Finding(Mark.GOOD, Text("Credit left, as it counts it: {credit}.", told))


def _by_the_second(price: SecondPrice, kind: str, own: float | None) -> Finding:
    usd = by_second(price, kind, 1.0, own).usd
    return Finding(Mark.NOTE, Text("A second of film costs about {usd} US dollars.", {"usd": f"{usd:.3f}"}))
