"""How likely so much or more is by chance alone: tails, each in one line of sums."""

from __future__ import annotations

from math import erfc, exp, inf, lgamma, log, log1p, sqrt

_NEGLIGIBLE = 1e-17
"""Of what is summed up already: what follows changes no digit."""


def tail(count: int, mean: float, size: float = inf) -> float:
    """
    The chance of ``count`` or more where ``mean`` are expected.

    Poisson's, or the negative binomial with variance mean + mean²/size: what a Poisson
    count is whose mean is known no better than a gamma of that shape. With a mean of
    e/E·(s + 1) and a size of s + 1 it is what s counted in E tell of e more, which is
    the conditional binomial test of two Poisson rates (Przyborowski and Wilenski,
    Biometrika 31, 1940, 313-323). 1 where nothing is counted.
    """
    if count <= 0:
        return 1.0
    if mean <= 0:
        return 0.0
    if count > mean:
        return min(1.0, _upwards(count, mean, size))
    return max(0.0, 1.0 - _downwards(count - 1, mean, size))


def _first(count: int, mean: float, size: float) -> float:
    """The chance of exactly so many."""
    if size == inf:
        return exp(count * log(mean) - mean - lgamma(count + 1))
    return exp(
        lgamma(size + count) - lgamma(size) - lgamma(count + 1)
        - size * log1p(mean / size) - count * log1p(size / mean)
    )  # fmt: skip


def _step(count: int, mean: float, size: float) -> float:
    """The chance of one more than ``count``, as a multiple of that of ``count``."""
    if size == inf:
        return mean / (count + 1)
    return (size + count) / (count + 1) * mean / (mean + size)


def _upwards(count: int, mean: float, size: float) -> float:
    one = whole = _first(count, mean, size)
    while one > whole * _NEGLIGIBLE:
        one *= _step(count, mean, size)
        whole += one
        count += 1
    return whole


def _downwards(count: int, mean: float, size: float) -> float:
    one = whole = _first(count, mean, size)
    while count and one > whole * _NEGLIGIBLE:
        count -= 1
        one /= _step(count, mean, size)
        whole += one
    return whole


def drawn(found: int, marked: int, taken: int, n: int) -> float:
    """
    The chance that ``taken`` of ``n`` hold ``found`` or more of the ``marked`` ones.

    The hypergeometric tail, which is Fisher's exact test to one side.
    """
    most = min(marked, taken)
    if found <= max(0, marked + taken - n):
        return 1.0
    if found > most:
        return 0.0
    whole = 0.0
    one = exp(
        _ways(marked, found) + _ways(n - marked, taken - found) - _ways(n, taken)
    )  # fmt: skip
    for many in range(found, most + 1):
        whole += one
        rest = n - marked - taken + many + 1
        one *= (marked - many) * (taken - many) / ((many + 1) * rest)
        if one < whole * _NEGLIGIBLE:
            break
    return min(1.0, whole)


def _ways(n: int, some: int) -> float:
    """The logarithm of how many ways there are to choose some of n."""
    return lgamma(n + 1) - lgamma(some + 1) - lgamma(n - some + 1)


def beyond(square: float, degrees: int = 1) -> float:
    """
    The chance of a chi-squared this large, by its finite sum.

    Abramowitz and Stegun, 26.4.4 and 26.4.5.

    >>> round(beyond(3.841458820694124), 6)
    0.05
    """
    if square <= 0:
        return 1.0
    half = square / 2
    found = erfc(sqrt(half)) if degrees % 2 else exp(-half)
    power = 0.5 if degrees % 2 else 1.0
    while power < degrees / 2:
        found += exp(power * log(half) - half - lgamma(power + 1))
        power += 1
    return min(1.0, found)
