"""Encryption at rest and blind look-up: AES-256-GCM bound to table, column and row; keyed hashes for finding again.

A sealed value is `1 · len(key id) · key id · 12-byte nonce · ciphertext`. The row-bound AAD makes a value worthless when moved
to another row or column. Hashes use their own key, which is not rotated with the field keys.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from collections.abc import Sequence
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

VERSION = 1
NONCE_BYTES = 12  # NIST SP 800-38D, 8.2.2
EMPTIED = b""  # what stands where a sealed value was deleted and its row stays


class SealBroken(Exception):
    """A sealed value cannot be opened: its key is not in FIELD_KEYS, or it was altered or moved."""


class Seals:
    """Seal and open field values; the first key writes, all keys read."""

    def __init__(self, field_keys: Sequence[tuple[str, bytes]], hash_key: bytes) -> None:
        self._writer = field_keys[0][0].encode()
        self._ciphers = {key_id.encode(): AESGCM(key) for key_id, key in field_keys}
        self._hash_key = hash_key

    def seal(self, plain: str, table: str, column: str, row: UUID) -> bytes:
        """Return `plain` encrypted for this place only."""
        return self.seal_bytes(plain.encode(), table, column, row)

    def seal_bytes(self, plain: bytes, table: str, column: str, row: UUID) -> bytes:
        """Return bytes encrypted for this place only."""
        nonce = os.urandom(NONCE_BYTES)
        body = self._ciphers[self._writer].encrypt(nonce, plain, _place(table, column, row))
        return bytes((VERSION, len(self._writer))) + self._writer + nonce + body

    def open(self, sealed: bytes, table: str, column: str, row: UUID) -> str:
        """Return what was sealed. Raise SealBroken."""
        return self.open_bytes(sealed, table, column, row).decode()

    def open_bytes(self, sealed: bytes, table: str, column: str, row: UUID) -> bytes:
        """Return what was sealed, as bytes. Raise SealBroken."""
        key_id, rest = _split(sealed)
        cipher = self._ciphers.get(key_id)
        if cipher is None:
            raise SealBroken(f"no key {key_id.decode(errors='replace')!r} in FIELD_KEYS: {table}.{column} of {row}")
        try:
            return cipher.decrypt(rest[:NONCE_BYTES], rest[NONCE_BYTES:], _place(table, column, row))
        except (InvalidTag, ValueError) as fault:  # ValueError: too short to hold a nonce
            raise SealBroken(f"altered or moved: {table}.{column} of {row}") from fault

    def is_stale(self, sealed: bytes) -> bool:
        """Tell whether a value was sealed with another key than the one that writes now."""
        return sealed != EMPTIED and _split(sealed)[0] != self._writer

    def digest(self, kind: str, value: str) -> bytes:
        """Return the keyed hash by which a value is found again; `kind` keeps equal values of different kinds apart."""
        return hmac.digest(self._hash_key, f"{kind}\x00{value}".encode(), hashlib.sha256)


def _place(table: str, column: str, row: UUID) -> bytes:
    return f"{table}/{column}/".encode() + row.bytes


def _split(sealed: bytes) -> tuple[bytes, bytes]:
    if sealed == EMPTIED:
        raise SealBroken(
            "the value was deleted: it was older than the clinic keeps such things, or its person was erased"
        )
    if len(sealed) < 2 or sealed[0] != VERSION:
        raise SealBroken("not a sealed value of version 1")
    end = 2 + sealed[1]
    return sealed[2:end], sealed[end:]
