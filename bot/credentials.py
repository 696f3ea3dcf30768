"""What proves who somebody is: passwords (argon2), codes that change each half minute (TOTP), recovery codes, tokens."""

from __future__ import annotations

import secrets
from datetime import datetime

import pyotp
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.low_level import Type

# OWASP's least for argon2id: 19 MiB, so that a small dyno can check a password beside its patients.
HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1, type=Type.ID)
NOBODYS = HASHER.hash(secrets.token_urlsafe(32))  # checked when nobody has the e-mail, so that it costs the same
SHORTEST, LONGEST = (
    12,
    200,
)  # NIST SP 800-63B rev. 4 asks for 15 where a password stands alone, 8 beside a second factor
STEP_S = 30
AROUND = (-1, 0, 1)  # RFC 6238, 5.2: one step of delay, and a clock one step off
RECOVERY_CODES = 10
LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # none that is taken for another


def hashed(password: str) -> str:
    """Return argon2's string of a password."""
    return HASHER.hash(password)


def matches(stored: str | None, password: str) -> bool:
    """Tell whether a password is the one that was hashed; None costs as much and is never it."""
    try:
        return HASHER.verify(stored or NOBODYS, password) and stored is not None
    except (VerificationError, InvalidHashError):
        return False


def is_good(password: str, *known: str) -> bool:
    """Tell whether a password may be chosen: long enough, not one letter again and again, not somebody's own e-mail or name."""
    lower = password.casefold()
    is_known = any(part and part.casefold() in lower and len(part) * 2 > len(lower) for part in known)
    return SHORTEST <= len(password) <= LONGEST and len(set(lower)) >= 5 and not is_known


def new_token() -> str:
    """Return 256 random bits for a link or a cookie."""
    return secrets.token_urlsafe(32)


def new_factor() -> str:
    """Return a new secret for codes, in base32."""
    return pyotp.random_base32()


def code_at(factor: str, moment: datetime) -> str:
    """Return the code of a moment: what an authenticator shows then."""
    return pyotp.TOTP(factor, interval=STEP_S).at(moment)


def step_of(factor: str, code: str, moment: datetime) -> int | None:
    """Return the step a code belongs to, now or one step around it; None if it is none of these."""
    digits = "".join(code.split())
    if not (digits.isascii() and digits.isdigit()):
        return None
    totp, now = pyotp.TOTP(factor, interval=STEP_S), int(moment.timestamp()) // STEP_S
    found = [now + off for off in AROUND if secrets.compare_digest(totp.generate_otp(now + off), digits)]
    return max(found, default=None)


def uri(factor: str, email: str, issuer: str) -> str:
    """Return what the QR code of an enrolment says."""
    return pyotp.TOTP(factor, interval=STEP_S).provisioning_uri(name=email, issuer_name=issuer)


def new_recovery() -> tuple[str, ...]:
    """Return new recovery codes: 59 random bits each, written in three groups."""
    return tuple("-".join(_letters() for _ in range(3)) for _ in range(RECOVERY_CODES))


def recovery(code: str) -> str:
    """Return a recovery code as it is kept, however it was typed."""
    return "".join(letter for letter in code.upper() if letter in LETTERS)


def _letters() -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(4))
