"""Headers, cookies and addresses that keep every answer safe; who may do what is not decided here."""

import secrets

from flask import Flask, Response, abort, g, request

_FIXED_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
}

_LARGEST_FORM = 1024 * 1024
_MEGABYTE = 1024 * 1024
# A file may have 20 MB; several at a time must come through whole, so that each is refused by its own name.
_WITH_FILES = {
    "plans.plan_new": 21,
    "plans.inspection_new": 21,
    "plans.evidence_add": 64,
    "plans.action_update": 64,
    "plans.draft_keep": 64,
    "plans.draft_discard": 64,
}


def csp_nonce() -> str:
    """Return this answer's nonce for its scripts."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(18)
    nonce: str = g.csp_nonce
    return nonce


def _content_security_policy() -> str:
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'nonce-{csp_nonce()}'",
            "style-src 'self'",
            "img-src 'self'",
            "connect-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        )
    )


def add_headers(response: Response) -> Response:
    """Put the security headers on an answer, errors included; pages are kept by nobody on the way."""
    for name, value in _FIXED_HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers.setdefault("Content-Security-Policy", _content_security_policy())
    if request.is_secure:
        response.headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
    if not (request.endpoint or "").endswith("static"):
        response.headers["Cache-Control"] = "no-store"
        response.vary.add("Cookie")
    return response


def safe_next(address: str | None) -> str | None:
    """Return an address to go back to, when it is a path of this service; None for anything that could lead away."""
    if not address or not address.startswith("/") or len(address) > 1000:
        return None
    if address.startswith("//") or "\\" in address or any(ord(letter) < 32 for letter in address):
        return None
    return address


def _limit() -> None:
    """Refuse an address with NUL, which no database takes, and read no more than the page can need.

    Only parts of a form with files are limited by the framework itself: a plain form would be read whole.
    """
    takes_files = request.mimetype == "multipart/form-data"
    megabytes = _WITH_FILES.get(request.endpoint or "") if takes_files else None
    request.max_content_length = megabytes * _MEGABYTE if megabytes else _LARGEST_FORM
    if "\x00" in request.path:
        abort(404)


def init_app(app: Flask, *, is_production: bool) -> None:
    """Set cookies, limits on what a request may hold, and headers."""
    app.config.update(
        SESSION_COOKIE_NAME="__Host-tracker" if is_production else "tracker",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=is_production,
        SESSION_COOKIE_PATH="/",
        MAX_CONTENT_LENGTH=21 * 1024 * 1024,
        MAX_FORM_MEMORY_SIZE=_LARGEST_FORM,
        MAX_FORM_PARTS=1000,
        SEND_FILE_MAX_AGE_DEFAULT=31_536_000,  # each address carries the version
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=True,
    )
    app.before_request(_limit)
    app.after_request(add_headers)
