"""Starts the dashboard: `streamlit run dashboard.py`. The pages are listed in pages/shared/main.py."""

from __future__ import annotations

from pathlib import Path

import streamlit as st
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pages.shared.files import ROUTE as DOWNLOADS

# The browser itself enforces that nothing is loaded from, or sent to, another machine. Streamlit's page has one inline
# script and inline styles; plotly and deck.gl start workers from blobs.
CONTENT_SECURITY_POLICY = "; ".join(
    [
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval' blob:",
        "worker-src 'self' blob:",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self' ws: wss: data: blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    ]
)


# Streamlit fetches the module of styles, and what it needs, only when a page asks for it: for half a second Arabic would stand
# from left to right.
_SCRIPTS = Path(st.__file__).parent / "static" / "static" / "js"
_EARLY = [path.name for pattern in ("Html.*.js", "purify.es.*.js") for path in _SCRIPTS.glob(pattern)]


class PageHeaders:
    """Adds the security headers to every answer, and to a page what it will need at once."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and the answer back with its headers."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["Content-Security-Policy"] = CONTENT_SECURITY_POLICY
                headers["X-Content-Type-Options"] = "nosniff"
                headers["Referrer-Policy"] = "no-referrer"
                if headers.get("content-type", "").startswith("text/html"):
                    early = (f"<./static/js/{name}>; rel=modulepreload; crossorigin" for name in _EARLY)
                    headers["Link"] = ", ".join(early)
            await send(message)

        await self._app(scope, receive, send_with_headers)


app = st.App(
    Path(__file__).parent / "pages" / "shared" / "main.py",
    routes=[DOWNLOADS],
    middleware=[Middleware(PageHeaders)],
)
