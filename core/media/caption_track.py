"""Captions as a track of an MP4 (3GPP timed text), packet by packet: nothing is encoded for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

from av.container import InputContainer, OutputContainer
from av.packet import Packet
from av.subtitles.stream import SubtitleStream

from core.media.captions import Cue

_MILLISECOND = Fraction(1, 1000)
_LANGUAGES = {
    **{"es": "spa", "en": "eng", "pt": "por", "fr": "fra", "it": "ita", "de": "deu", "ca": "cat", "gl": "glg"},
    **{"eu": "eus", "nl": "nld", "pl": "pol", "ru": "rus", "uk": "ukr", "ar": "ara", "he": "heb", "zh": "zho"},
    **{"ja": "jpn", "ko": "kor", "qu": "que", "gn": "grn", "sv": "swe", "da": "dan", "no": "nor", "fi": "fin"},
}
# The encoder, which is never used, wants to know a style before it lends the track its header.
_STYLE = b"""[Script Info]
ScriptType: v4.00+

[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, Underline, \
StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV, Encoding
Style: Default,Arial,18,&Hffffff,&Hffffff,&H0,&H0,0,0,0,0,100,100,0,0,1,1,0,2,10,10,10,0

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
"""


def caption_packets(
    output: OutputContainer, captions: Sequence[Cue], language: str
) -> Iterator[tuple[float, Packet[Any]]]:
    """Adds the track at once; answers its packets, each with the second at which it begins."""
    stream = output.add_stream("mov_text")
    stream.codec_context.subtitle_header = _STYLE
    stream.time_base = _MILLISECOND
    stream.metadata["language"] = _LANGUAGES.get(language, "und")
    return (_packet(cue, stream) for cue in captions)


def _packet(cue: Cue, stream: SubtitleStream) -> tuple[float, Packet[Any]]:
    text = cue.text.encode()
    packet: Packet[Any] = Packet(len(text).to_bytes(2, "big") + text)
    packet.pts = packet.dts = round(cue.start_s * 1000)
    packet.duration = round(cue.end_s * 1000) - packet.pts
    packet.time_base = _MILLISECOND
    packet.stream = stream
    return cue.start_s, packet


def read_captions(container: InputContainer) -> list[tuple[int, int, str]]:
    """(start, end, text) of each caption in an MP4's first track of them, in milliseconds; empty without one."""
    if not container.streams.subtitles:
        return []
    found = []
    stream = container.streams.subtitles[0]
    for packet in container.demux(stream):
        data = bytes(packet)
        if len(data) > 2 and packet.pts is not None:
            milliseconds = packet.time_base * 1000
            start, duration = packet.pts * milliseconds, (packet.duration or 0) * milliseconds
            text = data[2 : 2 + int.from_bytes(data[:2], "big")].decode("utf-8", "replace")
            found.append((round(start), round(start + duration), text))
    return found
