"""The normal numbers that R draws after `set.seed`: by them published simulations can be repeated exactly.

R's default generator is the Mersenne Twister, seeded by a congruential sequence, and its normals are
quantiles of uniforms made of two draws each.

References
----------
Matsumoto M, Nishimura T. ACM Trans Model Comput Simul 1998;8:3-30. R Core Team. R, ?Random.
"""

from __future__ import annotations

import numpy as np

from evidence.measures.measure import FloatArray
from evidence.measures.normal import normal_quantile

_WORD = 2**32
_HALF = 2.0**27


def r_normals(count: int, seed: int = 1) -> FloatArray:
    """The first `count` numbers of R's rnorm after `set.seed(seed)`.

    Examples
    --------
    >>> r_normals(3).round(7).tolist()
    [-0.6264538, 0.1836433, -0.8356286]
    """
    uniforms = _uniforms(2 * count, seed)
    return normal_quantile((np.floor(_HALF * uniforms[::2]) + uniforms[1::2]) / _HALF)


def _uniforms(count: int, seed: int) -> FloatArray:
    state = seed % _WORD
    words = []
    for step in range(50 + 625):
        state = (69069 * state + 1) % _WORD
        if step >= 50:
            words.append(state)
    generator = np.random.MT19937()
    # The first word is R's position in the others, which it then sets to their end.
    key = np.array(words[1:], dtype=np.uint32)
    generator.state = {"bit_generator": "MT19937", "state": {"key": key, "pos": 624}}
    drawn = generator.random_raw(count).astype(np.float64) * 2.3283064365386963e-10
    result: FloatArray = np.clip(drawn, 2.328306437080797e-10, 1.0 - 2.328306437080797e-10)
    return result
