"""eSpeak NG's phonemes to mouths, for Spanish and English. Its mnemonics are listed in its docs/phonemes.md."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from core.media.mouths import MouthCue, Shape

_MARKS = "',%=|-;"
_CONSONANTS: dict[str, Shape] = {
    **dict.fromkeys(("p", "b", "m", "B"), "A"),
    **dict.fromkeys(("f", "v"), "G"),
    **dict.fromkeys(("l", "L", "T"), "H"),
    "w": "F",
}  # fmt: skip
_VOWELS: dict[str, Shape] = {
    "a": "D", "A": "D", "V": "C", "0": "D", "E": "C", "e": "C", "@": "C", "3": "E", "i": "B", "I": "B",
    "o": "E", "O": "E", "u": "F", "U": "F", "Y": "F", "y": "F",
}  # fmt: skip
_PAUSE = "_"


def phoneme_cues(phonemes: Sequence[tuple[str, float, float]]) -> Iterator[MouthCue]:
    """Each phoneme as (mnemonic, start, end), in seconds and in order. A diphthong is two mouths, half of it each."""
    for mnemonic, start_s, end_s in phonemes:
        shapes = mouths_of(mnemonic)
        step = (end_s - start_s) / len(shapes)
        for place, shape in enumerate(shapes):
            yield MouthCue(start_s + place * step, start_s + (place + 1) * step, shape)


def mouths_of(mnemonic: str) -> tuple[Shape, ...]:
    """The mouths of one phoneme, in turn; at rest for a pause."""
    stressed = mnemonic.startswith("'")
    bare = mnemonic.strip(_MARKS)
    if not bare or bare.startswith(_PAUSE):
        return ("X",)
    if bare[0] not in _VOWELS:
        return (_CONSONANTS.get(bare[0], "B"),)
    vowels = [one for one in bare if one in _VOWELS]
    clear = [one for one in vowels if one != "@"] or vowels  # a murmur beside another vowel is not seen
    shapes = [_VOWELS[one] for one in clear]
    if shapes == ["D"] and not stressed and ":" not in bare:
        return ("C",)  # nobody opens wide for every one
    return tuple(shape for place, shape in enumerate(shapes) if place == 0 or shape != shapes[place - 1])
