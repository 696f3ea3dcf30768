"""What the stand-in is told when it starts."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Config:
    """Everything has a value that fits a test; the command line asks for the rest.

    `instant`: answer at once, know everybody, keep no chats, no window, no pair limit: for benches. `strangers`: whoever
    is written to exists, in an open window. `status_delays_s`: when `sent`, `delivered` and `read` follow acceptance.
    `throughput`: messages a second, 0 for no limit. `review`: new message templates are approved at once.
    """

    app_secret: str = field(repr=False)
    verify_token: str = field(repr=False)
    access_token: str = field(repr=False)
    phone_number_id: str = "106540352242922"
    waba_id: str = "419561257915477"
    display_phone_number: str = "390255550100"
    host: str = "127.0.0.1"
    port: int = 0
    webhook_url: str = ""
    webhook_timeout_s: float = 20.0
    handshake: bool = True
    clock: Path | None = None
    state: Path | None = None
    seed: int = 0
    faults: str = ""
    workers: int = 8
    instant: bool = False
    statuses: bool = True
    strangers: bool = False
    require_proof: bool = False
    status_delays_s: tuple[float, float, float] = (0.05, 0.15, 0.4)
    throughput: int = 80
    review: bool = False
    templates: Path | None = None
