"""What may be done with a token: SMART scopes, as version 2 (`cruds`) and version 1 (`read`, `write`) spell them. Pure."""

from __future__ import annotations

import re

OF_V1 = {"read": "rs", "write": "cud", "*": "cruds"}
SCOPE = re.compile(r"system/([A-Za-z]+|\*)\.(\*|read|write|[cruds]{1,5})(\?\S*)?")


def missing(asked: str, granted: str) -> frozenset[str]:
    """Return what was asked for and not granted, as in `Slot.u`; a scope that is not of a system's is compared as written."""
    lacking = {right for right in _rights(asked) if not _is_within(right, _rights(granted))}
    odd = {one for one in asked.split() if not SCOPE.fullmatch(one)} - set(granted.split())
    return frozenset(lacking | odd)


def _rights(scopes: str) -> frozenset[str]:
    """Return each single right; one that holds for a part of a kind only (`?...`) is none."""
    found = (SCOPE.fullmatch(one) for one in scopes.split())
    return frozenset(
        f"{one[1]}.{letter}" for one in found if one is not None and not one[3] for letter in OF_V1.get(one[2], one[2])
    )


def _is_within(right: str, granted: frozenset[str]) -> bool:
    kind, _, letter = right.partition(".")
    return right in granted or f"*.{letter}" in granted and kind != "*"
