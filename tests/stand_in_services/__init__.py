"""Services that stand in for the real ones, on loopback ports, in the shapes that docs and SDKs show.

They keep count (creates by idempotency key, characters, seconds), remember every request with its headers, and
misbehave on demand. In a test: `with ElevenLabsStandIn() as service:`; for real processes: `python -m
tests.stand_in_services`.
"""

from tests.stand_in_services.elevenlabs import ElevenLabsStandIn
from tests.stand_in_services.heygen import HeyGenStandIn
from tests.stand_in_services.higgsfield import HiggsfieldStandIn
from tests.stand_in_services.server import Fault, Seen, StandIn
from tests.stand_in_services.synclabs import SyncLabsStandIn

ALL: dict[str, type[StandIn]] = {
    one.name: one for one in (ElevenLabsStandIn, HeyGenStandIn, HiggsfieldStandIn, SyncLabsStandIn)
}

__all__ = [
    "ALL",
    "ElevenLabsStandIn",
    "Fault",
    "HeyGenStandIn",
    "HiggsfieldStandIn",
    "Seen",
    "StandIn",
    "SyncLabsStandIn",
]
