"""Start the stand-in: Meta's end points, Anthropic's Messages API, the control API and the page on one port."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path

from simulator import cloud_api, control_api, messages_api
from simulator.config import Config
from simulator.http_server import Answer, Handler, HttpServer, Reaction, Request
from simulator.state import Keeper
from simulator.world import World

PAGE = Path(__file__).parent / "page"
PAGES = {
    "/": ("phone.html", "text/html; charset=utf-8"),
    "/icon.svg": ("icon.svg", "image/svg+xml"),
    "/phone.css": ("phone.css", "text/css; charset=utf-8"),
    "/phone.js": ("phone.js", "text/javascript; charset=utf-8"),
}
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
SAFE = (
    ("Content-Security-Policy", POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("Cache-Control", "no-cache"),
)


@dataclass(frozen=True, slots=True)
class Running:
    """A stand-in that runs in threads of this process."""

    url: str
    world: World
    _server: HttpServer
    _keeper: Keeper | None

    def stop(self) -> None:
        """End it: nothing more is posted or answered; the state is written."""
        self.world.stopping.set()
        self._server.stop()
        self.world.stop()
        if self._keeper is not None:
            self._keeper.stop()


def start(config: Config) -> Running:
    """Start a stand-in and return when it listens. Raise OSError when the port is taken, ValueError for unreadable faults."""
    world = World(config)
    server = HttpServer((config.host, config.port), _handler(world))
    host, port = server.server_address[:2]
    world.base_url = f"http://{host if isinstance(host, str) else host.decode()}:{port}"
    keeper = Keeper(world, config.state) if config.state is not None else None
    if keeper is not None:
        keeper.start()
    threading.Thread(target=server.serve_forever, args=(0.05,), name="simulator", daemon=True).start()
    return Running(world.base_url, world, server, keeper)


def _handler(world: World) -> Handler:
    def handle(request: Request) -> Reaction:
        if request.path == messages_api.PATH:
            return world.model.answer(request)
        if request.path.startswith("/v"):
            return cloud_api.answer(world, request)
        if request.path.startswith("/_control/"):
            return control_api.answer(world, request)
        if request.path.startswith("/_media/"):
            return cloud_api.download(world, request)
        return _page(request)

    return handle


def _page(request: Request) -> Answer:
    if request.path not in PAGES or request.method not in ("GET", "HEAD"):
        return Answer(404, b"", "text/plain", SAFE)
    name, content_type = PAGES[request.path]
    return Answer(200, (PAGE / name).read_bytes(), content_type, SAFE)
