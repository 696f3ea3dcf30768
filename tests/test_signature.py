"""The webhook's signature: what Meta signs passes, anything else does not."""

from __future__ import annotations

import hashlib
import hmac
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.whatsapp.signature import is_signed

SECRET = b"an app secret"
RAW = b'{"object":"whatsapp_business_account","entry":[]}'


def signed(raw: bytes, secret: bytes = SECRET) -> str:
    return "sha256=" + hmac.new(secret, raw, hashlib.sha256).hexdigest()


def test_a_known_vector_passes() -> None:
    # RFC 4231, test case 2
    header = "sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"

    assert is_signed(b"what do ya want for nothing?", header, b"Jefe")


@given(st.binary(max_size=200), st.binary(min_size=1, max_size=64))
def test_whatever_is_signed_with_the_secret_passes(raw: bytes, secret: bytes) -> None:
    assert is_signed(raw, signed(raw, secret), secret)


@pytest.mark.parametrize(
    "header",
    [
        None,
        "",
        "sha256=",
        "sha256=00",
        "sha1=" + hmac.new(SECRET, RAW, "sha1").hexdigest(),
        signed(RAW).removeprefix("sha256="),
        signed(RAW)[:-1],
        signed(RAW) + "0",
        signed(RAW, b"another secret"),
        signed(RAW + b" "),
        "sha256=" + "é" * 64,
        "sha256=\ud800",
    ],
)
def test_a_missing_short_foreign_or_odd_header_does_not_pass(header: str | None) -> None:
    assert not is_signed(RAW, header, SECRET)


def test_the_same_json_written_again_does_not_pass() -> None:
    raw = b'{"body":"perch\\u00e9"}'
    again = json.dumps(json.loads(raw), ensure_ascii=False).encode()

    assert not is_signed(again, signed(raw), SECRET)


def test_an_empty_secret_signs_nothing() -> None:
    assert not is_signed(RAW, signed(RAW, b""), b"")
