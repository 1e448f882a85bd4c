"""The settings of outside services, and of what stands in for one on this computer. A part of `Settings`."""

from __future__ import annotations

from core.settings.faces import FaceSettings
from core.settings.voice import VoiceSettings
from core.settings.wav2lip import Wav2LipSettings


class ProviderSettings(Wav2LipSettings, FaceSettings, VoiceSettings):
    """A service without its key is not used. `*_BASE_URL` is https, or http on this computer."""
