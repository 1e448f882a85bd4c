"""All voices and faces as the settings have them, each behind its gate: built once, closed at the end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Protocol, runtime_checkable

from core.errors import RenderError
from core.jobs.ledger import Budget
from core.jobs.model import Strategy
from core.jobs.store import JobStore
from core.render.interfaces import Face, LocalFace, RemoteFace, ServiceState, SpeechProvider
from core.render.strategies import allowed
from core.settings.declaration import Settings
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
from providers.terms import Terms, is_within_budget
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


class Services:
    """`voices` are best first. The offline one is among them only where no other is connected: nobody's films are to be
    spoken by a robot because a key ran out.
    """

    def __init__(self, settings: Settings, store: JobStore, cache: Path) -> None:
        self._store = store
        self._budget = Budget(settings.budget_per_day_usd, settings.budget_per_batch_usd)
        self._terms = Terms(self._budget, settings.pay_again_up_to_usd)
        self._gates: dict[str, Gate] = {}
        self._probed: dict[str, Callable[[], object]] = {}
        self._closing = ExitStack()
        self._faces: list[LocalFace | PaidFace] = []
        self.voices: Sequence[SpeechProvider] = self._speaking(settings, cache)
        uploads = Uploads(cache / "uploads")
        uploads.forget_old()
        self._connect_faces(settings, uploads)
        self.faces = Faces(self._faces, cache / "faces", mouths=MouthBank(disabled=settings.disable_mouth_bank))

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

    def ask(self, name: str) -> bool:
        """See `core.upkeep.health.Services`."""
        probe = self._probed.get(name)
        if probe is not None:
            probe()
        return probe is not None

    def probes(self) -> dict[str, Probe]:
        """For parked jobs: is what they wait for back?"""
        return {
            "provider": self._is_provider_back,
            "strategy": self._is_strategy_back,
            "budget": lambda which: is_within_budget(self._store, self._budget, which),
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
        offline = EspeakVoice(disabled=settings.disable_espeak)
        self._closing.callback(offline.close)
        if not settings.elevenlabs_api_key.get_secret_value().strip() or settings.disable_elevenlabs:
            return [offline]
        gate = self._gate("elevenlabs")
        paid = ElevenLabsVoice(settings, _heard(gate))
        self._closing.callback(paid.close)
        self._probed[paid.name] = paid.probe
        return [PaidVoice(paid, self._store, gate, self._terms, cache / "answers")]

    def _connect_faces(self, settings: Settings, uploads: Uploads) -> None:
        """Best first: those that make the whole picture, then those that move its mouth, the free one first."""
        heygen_key = settings.heygen_api_key.get_secret_value().strip()
        if heygen_key and not settings.disable_heygen:
            self._connect("heygen", lambda hear: HeyGenFace(settings, uploads, hear))
        if settings.higgsfield_api_key_secret.get_secret_value().strip() and not settings.disable_higgsfield:
            self._connect("higgsfield", lambda hear: HiggsfieldFace(settings, uploads, hear))
        if settings.wav2lip_repo_path is not None and not settings.disable_wav2lip:
            self._faces.append(Wav2LipFace(settings))
        if settings.synclabs_api_key.get_secret_value().strip() and not settings.disable_synclabs:
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


def _heard(gate: Gate) -> Callable[[Limits], None]:
    return gate.slots.hear
