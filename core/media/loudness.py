"""How loud a sound is, by EBU R128 (ITU-R BS.1770-4), from samples at 48 kHz."""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt

from core.media.pcm import RATE, Samples

SILENCE_LUFS = -70.0
_STEP = RATE // 10  # blocks of 400 ms, one every 100 ms, are sums of four of these
_AT_ONCE = 100  # steps: bounds the memory that a long sound takes


def integrated_lufs(sound: Samples) -> float:
    """Gated loudness of the whole sound in LUFS; −70 for silence. Shorter than 400 ms: taken as one block.

    The K-weighting is applied to the power spectrum of each step, not to the samples: within 0.1 LU of
    filtering, and numpy can do it at once. A sound of one channel is measured as one channel.
    """
    steps = _step_powers(sound)
    if steps.size == 0:
        return SILENCE_LUFS
    if steps.size < 4:
        return max(SILENCE_LUFS, _lufs(float(steps.sum()) / (sound.shape[1] / _STEP)))
    blocks = (steps[:-3] + steps[1:-2] + steps[2:-1] + steps[3:]) / 4
    loud = blocks[blocks > _power(SILENCE_LUFS)]
    if loud.size == 0:
        return SILENCE_LUFS
    gate = float(loud.mean()) * 0.1  # −10 LU, relative to all that is not silence
    return _lufs(float(loud[loud > gate].mean()))


def _step_powers(sound: Samples) -> npt.NDArray[np.float64]:
    """Weighted mean square of each 100 ms, summed over channels; the last step is filled up with silence."""
    weights = _weights()
    powers = []
    for first in range(0, sound.shape[1], _STEP * _AT_ONCE):
        part = sound[:, first : first + _STEP * _AT_ONCE]
        short = -part.shape[1] % _STEP
        if short:
            part = np.pad(part, ((0, 0), (0, short)))
        spectrum = np.fft.rfft(part.reshape(part.shape[0], -1, _STEP), axis=2)
        energy = np.square(spectrum.real) + np.square(spectrum.imag)
        powers.append((energy @ weights).sum(axis=0))
    return np.concatenate(powers) if powers else np.zeros(0)


@cache
def _weights() -> npt.NDArray[np.float64]:
    """|K(f)|² for each bin, scaled so that a step's energies sum to its mean square (Parseval)."""
    bins = np.arange(_STEP // 2 + 1)
    z = np.exp(-2j * np.pi * bins / _STEP)
    shelf = _response(
        z, (1.53512485958697, -2.69169618940638, 1.19839281085285), (1.0, -1.69065929318241, 0.73248077421585)
    )
    high_pass = _response(z, (1.0, -2.0, 1.0), (1.0, -1.99004745483398, 0.99007225036621))
    weights: npt.NDArray[np.float64] = np.abs(shelf * high_pass) ** 2 * (2 / _STEP**2)
    weights[[0, -1]] /= 2
    return weights


def _response(
    z: npt.NDArray[np.complex128], b: tuple[float, float, float], a: tuple[float, float, float]
) -> npt.NDArray[np.complex128]:
    above = b[0] + b[1] * z + b[2] * z**2
    below = a[0] + a[1] * z + a[2] * z**2
    response: npt.NDArray[np.complex128] = above / below
    return response


def _lufs(power: float) -> float:
    return -0.691 + 10 * float(np.log10(power)) if power > 0 else SILENCE_LUFS


def _power(lufs: float) -> float:
    return float(10 ** ((lufs + 0.691) / 10))
