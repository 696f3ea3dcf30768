"""The console's door: whose host and origin, which session, which form, and what a browser may do with the pages."""

from __future__ import annotations

import hmac
import re
from datetime import timedelta
from ipaddress import IPv4Address, ip_address, ip_network
from urllib.parse import urlsplit

from flask import Blueprint, abort, g, redirect, render_template, request, url_for
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from bot.console.frame import FIELD, Console, access_of, everybody, token_for
from bot.credentials import new_token
from bot.entry import Let
from bot.ports import StoreUnavailable
from bot.staff import Stage

SAFE = ("GET", "HEAD")
SEEN_EVERY = timedelta(seconds=60)
LOCAL = re.compile(r"/console(/[A-Za-z0-9_-]+)*/?(\?[A-Za-z0-9_=&%.+-]*)?")
PORT = re.compile(r"[\d.]+:\d+|\[[0-9A-Fa-f:.]+\]:\d+")
CACHED = "public, max-age=31536000, immutable"
# No inline script or style anywhere, so no nonce: everything is a file of ours.
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "media-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Frame-Options": "DENY",
    # Not no-referrer: a form's Origin would be "null" then, and it could not be told from a stranger's.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
}
HSTS = "max-age=31536000"


def stand(routes: Blueprint, console: Console) -> None:
    """Put the guard before every page of the blueprint."""

    @routes.before_request
    def let_in() -> Response | None:
        _refuse_strangers(console)
        _recognise(console)
        refused = _refuse_without_right()
        if refused is None and request.method not in SAFE:
            _refuse_foreign_forms(console)
        return refused

    @routes.after_request
    def forbid(response: Response) -> Response:
        return _forbid(response, console)

    @routes.errorhandler(HTTPException)
    def refuse(fault: HTTPException) -> Response:
        return _said(fault.code or 500)

    @routes.errorhandler(StoreUnavailable)
    def away(_: StoreUnavailable) -> Response:
        return _said(503)

    @routes.get("/<path:address>")
    @everybody
    def nowhere(address: str) -> Response:
        """Say in the console's words that a page is not there; Flask asks a blueprint only about its own addresses."""
        return _said(404)


def _said(code: int) -> Response:
    """Say that it is not so, and never why."""
    known = code if code in (400, 403, 404, 405, 413, 429, 503) else 400
    return Response(render_template("console/refused.html", code=known, told=()), code, mimetype="text/html")


# ------------------------------------------------------------------------------------------------------------- who asks


def _refuse_strangers(console: Console) -> None:
    """Refuse what was sent to another name, or from another site other than by a link."""
    if request.host.casefold() != urlsplit(origin(console.public_url)).netloc:
        abort(400)
    site = request.headers.get("Sec-Fetch-Site", "none")
    is_link = request.method in SAFE and request.headers.get("Sec-Fetch-Mode") == "navigate"
    if site not in ("same-origin", "none") and not is_link:
        abort(403)
    if request.method not in SAFE and request.headers.get("Origin") != origin(console.public_url):
        abort(403)


def origin(address: str) -> str:
    """Return an address as a browser names its origin: in small letters, without the port everybody knows."""
    parts = urlsplit(address.casefold())
    is_known = parts.port in (None, {"https": 443, "http": 80}[parts.scheme])
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    return f"{parts.scheme}://{host}" if is_known else f"{parts.scheme}://{host}:{parts.port}"


def _recognise(console: Console) -> None:
    """Find whose request this is; without a session, the visit its forms are bound to."""
    g.session = g.member = g.token = g.new_visit = None
    token = request.cookies.get(cookie_name(console))
    found = console.sessions.find(token) if token else None
    if found is not None:
        g.session, g.member, g.token = found, found.member, token
        if request.endpoint not in QUIET and console.clock.now() - found.seen_at > SEEN_EVERY:
            console.sessions.seen(found.id)
    visit = token if found is not None else request.cookies.get(visit_name(console))
    if not visit:
        visit = g.new_visit = new_token()
    g.form_token = token_for(console.secret_key, visit)


# Pages that ask by themselves: they must not keep somebody signed in who has left.
QUIET: set[str] = set()


def _refuse_without_right() -> Response | None:
    endpoint = request.endpoint or ""
    if endpoint == "console.static":
        return None
    access = access_of(endpoint)
    if access is None:
        abort(404)
    if access.stage is None:
        return None
    if g.session is None or g.session.stage is not access.stage:
        return _to_the_door()
    if not access.permissions <= g.member.permissions:
        abort(404)
    return None


def _to_the_door() -> Response:
    """Send a person to where they sign in; a script is told that nobody is signed in."""
    if "text/html" not in request.headers.get("Accept", ""):
        return Response(status=401)
    if g.session is not None and g.session.stage is not Stage.FULL:
        return redirect(url_for(f"console.{g.session.stage}"), 303)
    wanted = request.full_path.rstrip("?") if request.method in SAFE else ""
    wanted = wanted if wanted != url_for("console.home") and LOCAL.fullmatch(wanted) else ""
    return redirect(url_for("console.login", next=wanted or None), 303)


def _refuse_foreign_forms(console: Console) -> None:
    """Refuse what does not carry the token of its session or visit."""
    given = request.headers.get("X-Form-Token") or request.form.get(FIELD, "")
    if g.new_visit is not None or not hmac.compare_digest(given.encode(), g.form_token.encode()):
        abort(403)


# -------------------------------------------------------------------------------------------------------------- cookies


def is_https(console: Console) -> bool:
    """Tell whether the desk is reached over TLS; only a machine's own loopback may be without."""
    return console.public_url.startswith("https:")


def cookie_name(console: Console) -> str:
    """Return the name of the session's cookie: `__Host-` binds it to this very host, over TLS."""
    return "__Host-sportello" if is_https(console) else "sportello"


def visit_name(console: Console) -> str:
    """Return the name of the cookie that binds the forms of whoever is not signed in."""
    return f"{cookie_name(console)}-visit"


def set_cookie(response: Response, console: Console, name: str, value: str) -> Response:
    """Set a cookie that ends with the browser; scripts never see it."""
    response.set_cookie(name, value, httponly=True, secure=is_https(console), samesite="Lax", path="/")
    return response


def let(console: Console, given: Let, response: Response) -> Response:
    """Give a browser the token of a session."""
    return set_cookie(response, console, cookie_name(console), given.token)


def take_cookies(response: Response, console: Console) -> Response:
    """Take the cookies away again."""
    for name in (cookie_name(console), visit_name(console)):
        response.delete_cookie(name, httponly=True, secure=is_https(console), samesite="Lax", path="/")
    return response


def _forbid(response: Response, console: Console) -> Response:
    response.headers.update(HEADERS)
    is_file = request.endpoint == "console.static" and response.status_code == 200 and "v" in request.args
    response.headers["Cache-Control"] = CACHED if is_file else "no-store"
    if is_https(console):
        response.headers["Strict-Transport-Security"] = HSTS
    if getattr(g, "new_visit", None) is not None and not is_file:
        set_cookie(response, console, visit_name(console), g.new_visit)
    return response


# ------------------------------------------------------------------------------------------------------------ addresses


def local(wanted: str | None, otherwise: str) -> str:
    """Return a page of the console to go on to; anything else leads nowhere but `otherwise`."""
    return wanted if wanted and LOCAL.fullmatch(wanted) else otherwise


def address() -> str:
    """Return where a request comes from, for counting tries: what the nearest proxy says, else the other end of the line.

    Earlier entries of the header can be written by anybody. Of IPv6 the network counts: a house has as many addresses
    as it likes.
    """
    told = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip() or request.remote_addr or ""
    if PORT.fullmatch(told):  # some proxies write it
        told = told.rpartition(":")[0].strip("[]")
    try:
        found = ip_address(told)
    except ValueError:
        return "unknown"
    if isinstance(found, IPv4Address):
        return str(found)
    return str(found.ipv4_mapped or ip_network(f"{found}/64", strict=False))
