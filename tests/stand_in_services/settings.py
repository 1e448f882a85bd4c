"""The settings that make the program ask a stand-in instead of the real service."""

from __future__ import annotations

from tests.stand_in_services import elevenlabs, heygen, higgsfield, synclabs
from tests.stand_in_services.server import StandIn


def settings_for(service: StandIn) -> dict[str, str]:
    """By their names in the environment."""
    keys = {
        "elevenlabs": {"ELEVENLABS_API_KEY": elevenlabs.KEY, "PAPA_NOEL_VOICE_ID_ELEVENLABS": elevenlabs.VOICE},
        "heygen": {"HEYGEN_API_KEY": heygen.KEY, "PAPA_NOEL_AVATAR_ID": "avatarSanta"},
        "higgsfield": {
            "HIGGSFIELD_API_KEY_ID": higgsfield.KEY_ID,
            "HIGGSFIELD_API_KEY_SECRET": higgsfield.KEY_SECRET,
        },
        "synclabs": {"SYNCLABS_API_KEY": synclabs.KEY},
    }
    return {**keys[service.name], f"{service.name.upper()}_BASE_URL": service.address}
