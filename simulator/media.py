"""Files: what people send and the clinic uploads, kept in memory, fetched through a URL that lives five minutes."""

from __future__ import annotations

import base64
import hashlib
import secrets
import struct
import zlib
from dataclasses import dataclass, field

from simulator import limits
from simulator.refusal import Json, Refusal

TYPES = {
    "image": ("image/jpeg", "image/png"),
    "video": ("video/mp4", "video/3gpp"),
    "audio": ("audio/aac", "audio/mp4", "audio/mpeg", "audio/amr", "audio/ogg", "audio/opus"),
    "sticker": ("image/webp",),
}


@dataclass(frozen=True, slots=True)
class File:
    """One file and its kind (image, video, audio, sticker or document)."""

    id: str
    kind: str
    mime_type: str
    content: bytes = field(repr=False)

    @property
    def sha256(self) -> str:
        return base64.b64encode(hashlib.sha256(self.content).digest()).decode()


class Files:
    """All files, by id."""

    def __init__(self) -> None:
        self._files: dict[str, File] = {}

    def find(self, file_id: str) -> File | None:
        return self._files.get(file_id)

    def keep(self, kind: str, mime_type: str, content: bytes) -> File:
        file = File(str(10**15 + secrets.randbelow(9 * 10**15)), kind, mime_type, content)
        self._files[file.id] = file
        return file

    def remove(self, file_id: str) -> None:
        del self._files[file_id]

    def as_json(self) -> list[Json]:
        return [
            {
                "id": file.id,
                "kind": file.kind,
                "mime_type": file.mime_type,
                "content": base64.b64encode(file.content).decode(),
            }
            for file in self._files.values()
        ]

    def restore(self, stored: list[Json]) -> None:
        for entry in stored:
            self._files[entry["id"]] = File(
                entry["id"], entry["kind"], entry["mime_type"], base64.b64decode(entry["content"])
            )


def kind_of(mime_type: str) -> str:
    """Return the kind Meta takes a MIME type for."""
    bare = mime_type.partition(";")[0].strip()
    return next((kind for kind, types in TYPES.items() if bare in types), "document")


def check_upload(mime_type: str, content: bytes) -> str:
    """Return the kind of an uploaded file. Raise Refusal where Meta would."""
    if "/" not in mime_type:
        raise Refusal(100, "Param file must be a file with one of the allowed types")
    kind = kind_of(mime_type)
    if not content or len(content) > limits.MEDIA_BYTES[kind]:
        raise Refusal(131053, f"A file of this kind may be {limits.MEDIA_BYTES[kind]} bytes long and must not be empty")
    return kind


def sample(kind: str) -> tuple[str, bytes]:
    """Return an invented file of a kind, as somebody's phone might send it: its MIME type and its bytes."""
    match kind:
        case "image":
            return "image/png", _picture(48, 36)
        case "audio":
            return "audio/ogg; codecs=opus", _silence()
        case "document":
            return "application/pdf", b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
        case "video":
            return "video/mp4", struct.pack(">I", 24) + b"ftypisom" + bytes(4) + b"isommp42"
    return (
        "image/webp",
        b"RIFF\x1a\x00\x00\x00WEBPVP8L\r\x00\x00\x00/\x00\x00\x00\x10\x07\x10\x11\x11\x88\x88\xfe\x07\x00",
    )


def _picture(width: int, height: int) -> bytes:
    """Return a PNG of one green."""
    rows = (b"\x00" + b"\x7f\xb7\x9c" * width) * height
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(rows)) + _chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunks


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def _silence() -> bytes:
    """Return an Ogg Opus file that holds one silent frame."""
    head = b"OpusHead" + struct.pack("<BBHIhB", 1, 1, 312, 48_000, 0, 0)
    tags = b"OpusTags" + struct.pack("<I", 9) + b"stand-in " + struct.pack("<I", 0)
    return _page(2, 0, 0, head) + _page(0, 0, 1, tags) + _page(4, 960, 2, b"\xf8\xff\xfe")


def _page(flags: int, position: int, number: int, packet: bytes) -> bytes:
    head = struct.pack("<4sBBqIIIBB", b"OggS", 0, flags, position, 1, number, 0, 1, len(packet))
    return head[:22] + struct.pack("<I", _ogg_sum(head + packet)) + head[26:] + packet


def _ogg_sum(page: bytes) -> int:
    """Return the checksum of an Ogg page: CRC-32 with 0x04c11db7, nothing reflected."""
    value = 0
    for byte in page:
        value ^= byte << 24
        for _ in range(8):
            value = (value << 1 ^ 0x04C11DB7 if value & 0x80000000 else value << 1) & 0xFFFFFFFF
    return value
