"""Sealing of words: one key a story, bound to the one place the words may stand in.

Pure: knows no Django and no database. Later key handling (the lead's public key, escrow,
rotation) changes `_wrap` and `_unwrap` only.

A sealed text opens only with the same story id, table and column it was sealed for, so that
exchanging two rows in the database is refused (measured: a widely used Django field library
returns the exchanged text). AES-256-GCM, NIST SP 800-38D; a fresh key for every story, so the
random 96-bit nonce is used once per key. Destroying the wrapped key makes the words unreadable
in every copy and backup (crypto-shredding).
"""

import os
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_VERSION = 1
_NONCE = 12


class CannotOpen(Exception):
    """The sealed words were changed, moved to another row, or belong to another key."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """Sealed words: nonce and ciphertext, and the story's key wrapped by the site's key."""

    words: bytes
    wrapped_key: bytes
    key_version: int = KEY_VERSION


def seal(plain: bytes, *, place: str, site_key: bytes) -> Sealed:
    """Seals `plain` under a new key. `place` names table, column and story id.

    `site_key` is 32 bytes; any other length raises ValueError.
    """
    story_key = AESGCM.generate_key(bit_length=256)
    words = _encrypt(story_key, plain, _bound(place, KEY_VERSION, "words"))
    return Sealed(words, _wrap(story_key, place, KEY_VERSION, site_key))


def open_sealed(sealed: Sealed, *, place: str, site_key: bytes) -> bytes:
    """The words sealed for this very place. Raises CannotOpen for anything else."""
    story_key = _unwrap(sealed.wrapped_key, place, sealed.key_version, site_key)
    return _decrypt(story_key, sealed.words, _bound(place, sealed.key_version, "words"))


def _wrap(story_key: bytes, place: str, version: int, site_key: bytes) -> bytes:
    return _encrypt(site_key, story_key, _bound(place, version, "key"))


def _unwrap(wrapped: bytes, place: str, version: int, site_key: bytes) -> bytes:
    return _decrypt(site_key, wrapped, _bound(place, version, "key"))


def _bound(place: str, version: int, part: str) -> bytes:
    return f"heard|{version}|{part}|{place}".encode()


def _encrypt(key: bytes, plain: bytes, bound: bytes) -> bytes:
    nonce = os.urandom(_NONCE)
    return nonce + AESGCM(key).encrypt(nonce, plain, bound)


def _decrypt(key: bytes, sealed: bytes, bound: bytes) -> bytes:
    try:
        return AESGCM(key).decrypt(sealed[:_NONCE], sealed[_NONCE:], bound)
    except (InvalidTag, ValueError) as error:
        raise CannotOpen("These words can't be opened here.") from error
