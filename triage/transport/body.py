"""An answer's bytes, taken in pieces so that no server can fill the memory."""

from __future__ import annotations

import zlib
from collections.abc import AsyncIterable

from triage.errors import SourceUnavailable

WIRE = 10_000_000
"""Bytes accepted from the network for one answer."""
DECODED = 50_000_000
"""Bytes accepted once unpacked."""

_STEP = 1_000_000  # unpacked at a time: a bomb is noticed a step past the limit


async def read(chunks: AsyncIterable[bytes], encoding: str, where: str) -> bytes:
    """
    Return a whole body, unpacked.

    ``encoding`` is the Content-Encoding header: nothing or gzip, once. Stacked packing
    turns 660 bytes into 300 MB, and nobody needs it.
    """
    packing = encoding.strip().lower()
    if packing not in {"", "identity", "gzip", "x-gzip"}:
        raise SourceUnavailable(
            f"{where} packs its answer as {packing[:40]!r}, which was not asked for"
        )
    body = b"".join([chunk async for chunk in _capped(chunks, where)])
    return _unpacked(body, where) if packing.endswith("gzip") and body else body


async def _capped(chunks: AsyncIterable[bytes], where: str) -> AsyncIterable[bytes]:
    taken = 0
    async for chunk in chunks:
        taken += len(chunk)
        if taken > WIRE:
            raise _too_large(where, WIRE)
        yield chunk


def _unpacked(body: bytes, where: str) -> bytes:
    inflate = zlib.decompressobj(zlib.MAX_WBITS | 16)
    parts: list[bytes] = []
    size = 0
    rest = memoryview(body)
    try:
        while rest and not inflate.eof:
            piece, rest = rest[:65_536], rest[65_536:]
            data: bytes = bytes(piece)
            while data and not inflate.eof:
                part = inflate.decompress(data, _STEP)
                data = inflate.unconsumed_tail
                size += len(part)
                if size > DECODED:
                    raise _too_large(where, DECODED)
                parts.append(part)
    except zlib.error:
        raise SourceUnavailable(
            f"{where} sent a packed answer that cannot be unpacked; try again later"
        ) from None
    if not inflate.eof or inflate.unused_data or rest:
        raise SourceUnavailable(
            f"{where} sent a packed answer that ends in the wrong place; try later"
        )
    return b"".join(parts)


def _too_large(where: str, limit: int) -> SourceUnavailable:
    return SourceUnavailable(
        f"{where} sent more than {limit // 1_000_000} MB in one answer;"
        " ask for smaller pages or a shorter time"
    )
