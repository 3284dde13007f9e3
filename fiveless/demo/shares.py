"""Whole numbers shared out by weight, and a reproducible unevenness: the arithmetic under the demo's figures."""

import hashlib
from collections.abc import Sequence


def allocate(total: int, weights: Sequence[int], caps: Sequence[int] | None = None) -> list[int]:
    """Share `total` by `weights` (largest remainder, so that the shares add up), none above its cap.

    ValueError if nothing can take what is left.
    """
    shares = [0] * len(weights)
    takers = [index for index, weight in enumerate(weights) if weight]
    if caps is not None:
        takers, total = _fill(shares, takers, total, weights, caps)
    whole = sum(weights[index] for index in takers)
    if total and not whole:
        raise ValueError(total)
    for index in takers:
        shares[index] = total * weights[index] // whole
    left = total - sum(shares[index] for index in takers)
    for index in sorted(takers, key=lambda each: (-(total * weights[each] % whole), each))[:left]:
        shares[index] += 1
    return shares


def _fill(shares: list[int], takers: list[int], total: int, weights: Sequence[int], caps: Sequence[int]) -> tuple[list[int], int]:
    """Give those whose share would reach their cap the cap; the others and what is left for them."""
    while True:
        whole = sum(weights[index] for index in takers)
        full = [index for index in takers if total * weights[index] >= caps[index] * whole]
        if not full:
            return takers, total
        for index in full:
            shares[index] = caps[index]
        total -= sum(caps[index] for index in full)
        takers = [index for index in takers if index not in full]


def wobble(spread: int, *names: str) -> int:
    """A number from 1000 − `spread` to 1000 + `spread` that depends on the names alone."""
    digest = hashlib.blake2b("|".join(names).encode(), digest_size=4).digest()
    return 1000 - spread + int.from_bytes(digest, "big") % (2 * spread + 1)
