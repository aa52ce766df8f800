"""Receipt numbers: made from the telling form's own key, kept only as a slow hash.

Pure: knows no Django and no database.

The form carries a random key from its first page on. The number is derived from it, so sending
the same form twice, at once or a day later, leads to the same number and (the look-up hash
being unique) to one story: the receipt is its own idempotency key, and no other is stored.

16 digits are 53 bits: under OWASP ASVS 5.0 (6.5.2) anything below 112 bits needs a password
hash, hence Argon2id. The salt is fixed per site, because a number must be found without knowing
whose it is; the site's receipt key, which is not in the database, goes in before hashing.
"""

import hashlib
import hmac
import re
import secrets

from argon2.low_level import Type, hash_secret_raw

DIGITS = 16
_FORM_KEY = re.compile(r"[A-Za-z0-9_-]{22,64}")
# OWASP's first recommended setting for Argon2id: 19 MiB, two passes, one lane.
_MEMORY_KIB, _PASSES, _LANES = 19 * 1024, 2, 1


def new_form_key() -> str:
    """A random key of 128 bits for one telling form, in URL-safe letters."""
    return secrets.token_urlsafe(16)


def is_form_key(text: str) -> bool:
    """Whether `text` could have come from `new_form_key`."""
    return bool(_FORM_KEY.fullmatch(text))


def number_for(form_key: str, receipt_key: bytes) -> str:
    """The 16 digits of the story told through the form with this key."""
    digest = hmac.digest(receipt_key, b"number|" + form_key.encode(), "sha256")
    return f"{int.from_bytes(digest, 'big') % 10**DIGITS:0{DIGITS}d}"


def normalised(typed: str) -> str:
    """What somebody typed, as 16 digits, or "" when it can't be a number of ours.

    Forgives spaces, dashes, dots, full-width and other scripts' digits, and o for 0, l for 1.
    """
    if len(typed) > 200:
        return ""
    swapped = typed.strip().translate(str.maketrans("oOlI", "0011"))
    digits = "".join(str(int(c)) for c in swapped if c.isdecimal())
    others = [c for c in swapped if not c.isdecimal() and not c.isspace() and c not in "-–—._/"]
    return digits if len(digits) == DIGITS and not others else ""


def grouped(number: str) -> str:
    """The number as people copy it: four groups of four digits."""
    return " ".join(number[i : i + 4] for i in range(0, DIGITS, 4))


def lookup(number: str, receipt_key: bytes) -> bytes:
    """The 32 bytes a number is found by. Takes about 30 ms of one core, on purpose."""
    peppered = hmac.digest(receipt_key, b"lookup|" + number.encode(), "sha256")
    salt = hashlib.sha256(b"salt|" + receipt_key).digest()[:16]
    return hash_secret_raw(peppered, salt, _PASSES, _MEMORY_KIB, _LANES, 32, Type.ID)
