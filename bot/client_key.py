"""The key a clinic's system knows us by: read from PEM or JWK, what it signs with, and its public half as it is published."""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key
from jwt.algorithms import ECAlgorithm, RSAAlgorithm
from jwt.exceptions import InvalidKeyError

RSA_BITS = 2048
NEITHER = "is neither an EC key on P-384 (ES384) nor an RSA key of 2048 bits or more (RS384)"
THUMBPRINT = ("crv", "e", "kty", "n", "x", "y")  # RFC 7638: what is required of a public EC or RSA key, in this order


@dataclass(frozen=True, slots=True)
class ClientKey:
    """The key that signs, and the name it has in the published set. `pem` is PKCS#8: P-384 signs ES384, RSA signs RS384."""

    id: str
    pem: str = field(repr=False)

    @property
    def algorithm(self) -> str:
        """Return ES384 or RS384. Raise ValueError for a key that signs neither."""
        match self._loaded():
            case EllipticCurvePrivateKey(curve=curve) if curve.name == "secp384r1":
                return "ES384"
            case RSAPrivateKey(key_size=size) if size >= RSA_BITS:
                return "RS384"
        raise ValueError(NEITHER)

    def published(self) -> Mapping[str, Any]:
        """Return the public half as a JWK, for the set under PUBLIC_URL."""
        return {**self._public(), "kid": self.id, "use": "sig", "alg": self.algorithm}

    @property
    def thumbprint(self) -> str:
        """Return the key's own name, the same wherever it is worked out (RFC 7638)."""
        public = self._public()
        told = {name: public[name] for name in THUMBPRINT if name in public}
        digest = sha256(json.dumps(told, separators=(",", ":"), sort_keys=True).encode()).digest()
        return urlsafe_b64encode(digest).decode().rstrip("=")

    def _public(self) -> dict[str, Any]:
        public = self._loaded().public_key()
        told = ECAlgorithm.to_jwk(public) if self.algorithm == "ES384" else RSAAlgorithm.to_jwk(public)
        return {name: value for name, value in json.loads(told).items() if name in THUMBPRINT}

    def _loaded(self) -> Any:
        return load_pem_private_key(self.pem.encode(), password=None)


def read_client_key(text: str) -> ClientKey:
    """Return a private key, named by its JWK or else by its thumbprint. Raise ValueError, whose words end a sentence.

    PEM may be on one line, with `\\n` written where its lines end, as platforms' settings have it.
    """
    name, pem = _of_jwk(text) if text.startswith("{") else (None, text.replace("\\n", "\n"))
    key = ClientKey(name or "", pem)
    try:
        key = ClientKey(name or key.thumbprint, pem)
    except (ValueError, TypeError, UnsupportedAlgorithm) as fault:
        why = (
            NEITHER if str(fault) == NEITHER else "is no private key that can be read (PEM without a password, or JWK)"
        )
        raise ValueError(why) from None
    return key


def _of_jwk(text: str) -> tuple[str | None, str]:
    try:
        told = json.loads(text)
        reader: Any = ECAlgorithm if told.get("kty") == "EC" else RSAAlgorithm
        loaded: Any = reader.from_jwk(told)
        pem = loaded.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    except (ValueError, TypeError, AttributeError, InvalidKeyError):
        raise ValueError("is no private key that can be read (a JWK with its private part, or PEM)") from None
    name = told.get("kid")
    return name if isinstance(name, str) and name else None, pem
