"""All voices and faces as the settings have them, each behind its gate: built once, closed at the end."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Protocol, overload, runtime_checkable

from core.errors import RenderError
from core.jobs.ledger import Budget
from core.jobs.model import Strategy
from core.jobs.store import JobStore
from core.render.interfaces import Availability, Face, LocalFace, RemoteFace, ServiceState, SpeechProvider
from core.render.strategies import allowed
from core.settings.declaration import Settings
from core.settings.providers import ProviderSettings
from core.workers.probes import Probe
from providers.breaker import Breaker
from providers.elevenlabs import ElevenLabsVoice
from providers.espeak import EspeakVoice
from providers.faces import Faces
from providers.gate import Gate, Slots
from providers.heygen import HeyGenFace
from providers.heygen_lipsync import HeyGenLipSync
from providers.higgsfield import HiggsfieldFace
from providers.limits import Limits
from providers.mouth_bank import MouthBank
from providers.paid_face import PaidFace
from providers.paid_voice import PaidVoice
from providers.synclabs import SyncLabsFace
from providers.terms import Terms, is_decided, is_within_budget
from providers.uploads import Uploads
from providers.wav2lip import Wav2LipFace

_SLOTS = {"elevenlabs": 2, "heygen": 10, "heygen_lipsync": 10, "higgsfield": 2, "synclabs": 1}
"""How many calls each takes at once on its smallest plan; what it says itself counts from its first answer on."""

_MOST_WAITING = 16


@runtime_checkable
class Probed(Protocol):
    """A service that can be asked, free of charge, whether it would work."""

    def probe(self) -> None:
        """Raises what keeps it from working."""


class Voices(Sequence[SpeechProvider]):
    """Who speaks now, best first. Who begins to go through them gets to their end, whatever is changed meanwhile."""

    def __init__(self) -> None:
        self._now: tuple[SpeechProvider, ...] = ()

    def replace(self, voices: Sequence[SpeechProvider]) -> None:
        self._now = tuple(voices)

    @overload
    def __getitem__(self, place: int) -> SpeechProvider: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[SpeechProvider]: ...
    def __getitem__(self, place: int | slice) -> SpeechProvider | Sequence[SpeechProvider]:
        return self._now[place]

    def __len__(self) -> int:
        return len(self._now)

    def __iter__(self) -> Iterator[SpeechProvider]:
        return iter(self._now)


class Services:
    """`voices` are best first. The offline one is among them only where no other is connected: nobody's films are to be
    spoken by a robot because a key ran out.
    """

    def __init__(self, settings: Settings, store: JobStore, cache: Path) -> None:
        self._store = store
        self._cache = cache
        self._settings = settings
        self._terms = Terms(_budget(settings), settings.pay_again_up_to_usd)
        self._closing = ExitStack()
        self._uploads = Uploads(cache / "uploads")
        self._uploads.forget_old()
        self.offline = EspeakVoice()
        self._closing.callback(self.offline.close)
        self.voices = Voices()
        self._connect_all(settings)
        self.faces = Faces(self._faces, cache / "faces", mouths=MouthBank(disabled=settings.disable_mouth_bank))

    def adapt(self, settings: Settings) -> None:
        """The next call keeps to the budgets of `settings`; the next film is made by what they connect.

        What a film in the making uses goes on until the end of the program.
        """
        before, self._settings = self._settings, settings
        self._terms.budget, self._terms.pay_again_usd = _budget(settings), settings.pay_again_up_to_usd
        if _connecting(settings) != _connecting(before):
            self._connect_all(settings)
            self.faces.replace(self._faces, MouthBank(disabled=settings.disable_mouth_bank))

    def _connect_all(self, settings: Settings) -> None:
        self._gates: dict[str, Gate] = {}
        self._probed: dict[str, Callable[[], object]] = {}
        self._faces: list[LocalFace | PaidFace] = []
        self.voices.replace(self._speaking(settings, self._cache))
        self._connect_faces(settings, self._uploads)

    def close(self) -> None:
        self._closing.close()

    @property
    def waiting(self) -> int:
        """How many films may wait for services while others are encoded."""
        return min(_MOST_WAITING, sum(gate.slots.of for gate in self._gates.values()))

    def states(self) -> list[ServiceState]:
        """Of those that are connected and cost money."""
        return [
            ServiceState(name, gate.breaker.circuit, gate.breaker.reason, gate.slots.of, self._store.slots_taken(name))
            for name, gate in self._gates.items()
        ]

    def slots(self, name: str) -> int:
        """How many calls are made at once, as far as is known."""
        gate = self._gates.get(name)
        return gate.slots.of if gate is not None else _SLOTS[name]

    @contextmanager
    def paid_voice(self, settings: Settings) -> Iterator[PaidVoice]:
        """The paid voice as `settings` have it, to be heard: with its own breaker, on the ledger and budgets of all."""
        gate = Gate(Breaker("elevenlabs"), Slots(self._store, "elevenlabs", self.slots("elevenlabs")))
        with closing(ElevenLabsVoice(settings, _heard(gate))) as inner:
            yield PaidVoice(inner, self._store, gate, self._terms, self._cache / "answers")

    def ask(self, name: str) -> bool:
        """See `core.upkeep.health.Services`."""
        probe = self._probed.get(name)
        if probe is not None:
            probe()
        return probe is not None

    def own_tools(self) -> dict[str, Availability]:
        """See `core.upkeep.health.Services`. The template's mouths are no tool: they need nothing."""
        return {one.name: one.availability() for one in self._faces if not isinstance(one, PaidFace)}

    def probes(self) -> dict[str, Probe]:
        """For parked jobs: is what they wait for back?"""
        return {
            "provider": self._is_provider_back,
            "strategy": self._is_strategy_back,
            "budget": lambda which: is_within_budget(self._store, self._terms.budget, which),
            "person": lambda which: is_decided(self._store, which),
        }

    def _is_provider_back(self, name: str) -> bool:
        if name == "speech":
            return any(voice.availability().usable for voice in self.voices)
        gate = self._gates.get(name)
        if gate is None:
            return any(voice.name == name and voice.availability().usable for voice in self.voices)
        if not gate.breaker.may_try():
            return False
        try:
            self._probed.get(name, lambda: None)()
        except RenderError as error:
            gate.breaker.faulted(error.code, for_sure=True)
            return False
        return True

    def _is_strategy_back(self, strategy: str) -> bool:
        wanted = allowed(Strategy(strategy))
        for one in self._faces:
            face: Face = one.face if isinstance(one, PaidFace) else one
            gate = self._gates.get(face.name)
            open_to_all = gate is None or gate.breaker.may_try()
            if face.strategy in wanted and face.availability().usable and open_to_all:
                return True
        return False

    def _speaking(self, settings: Settings, cache: Path) -> list[SpeechProvider]:
        self.offline.disabled = settings.disable_espeak
        if not _has_key(settings, "elevenlabs_api_key") or settings.disable_elevenlabs:
            return [self.offline]
        gate = self._gate("elevenlabs")
        paid = ElevenLabsVoice(settings, _heard(gate))
        self._closing.callback(paid.close)
        self._probed[paid.name] = paid.probe
        return [PaidVoice(paid, self._store, gate, self._terms, cache / "answers")]

    def _connect_faces(self, settings: Settings, uploads: Uploads) -> None:
        """Best first: those that make the whole picture, then those that move its mouth, the free one first."""
        heygen_key = _has_key(settings, "heygen_api_key")
        if heygen_key and not settings.disable_heygen:
            self._connect("heygen", lambda hear: HeyGenFace(settings, uploads, hear))
        if _has_key(settings, "higgsfield_api_key_secret") and not settings.disable_higgsfield:
            self._connect("higgsfield", lambda hear: HiggsfieldFace(settings, uploads, hear))
        if settings.wav2lip_repo_path is not None and not settings.disable_wav2lip:
            self._faces.append(Wav2LipFace(settings))
        if _has_key(settings, "synclabs_api_key") and not settings.disable_synclabs:
            self._connect("synclabs", lambda hear: SyncLabsFace(settings, hear))
        if heygen_key and not settings.disable_heygen_lipsync:
            self._connect("heygen_lipsync", lambda hear: HeyGenLipSync(settings, uploads, hear))

    def _connect(self, name: str, make: Callable[[Callable[[Limits], None]], RemoteFace]) -> None:
        gate = self._gate(name)
        face = make(_heard(gate))
        self._closing.callback(face.close)
        self._faces.append(PaidFace(face, self._store, gate, self._terms))
        if isinstance(face, Probed):
            self._probed[name] = face.probe

    def _gate(self, name: str) -> Gate:
        gate = Gate(Breaker(name), Slots(self._store, name, _SLOTS[name]))
        self._gates[name] = gate
        return gate


def _budget(settings: Settings) -> Budget:
    return Budget(settings.budget_per_day_usd, settings.budget_per_batch_usd)


def _has_key(settings: Settings, name: str) -> bool:
    """Also one that the keyring does not give out now: films wait for it, and are not made worse without it."""
    return name in settings.unreadable or bool(getattr(settings, name).get_secret_value().strip())


def _connecting(settings: Settings) -> dict[str, object]:
    """All that decides which services are connected, and how."""
    names = (*ProviderSettings.model_fields, "disable_espeak", "disable_mouth_bank", "unreadable")
    return {name: getattr(settings, name) for name in names}


def _heard(gate: Gate) -> Callable[[Limits], None]:
    return gate.slots.hear
