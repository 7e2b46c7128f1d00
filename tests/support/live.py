"""The application served to a real browser: in a thread, on a free port, over a database of its own."""

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from werkzeug.serving import make_server

from tests.support.houses import House
from tracker.core import clock

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment


@dataclass
class LiveServer:
    """Where the application answers; set `moment` to hold its clock, which a test's own clock does not reach."""

    house: House
    moment: datetime
    url: str = field(default="", init=False)

    def __call__(self, environment: "WSGIEnvironment", start: "StartResponse") -> Iterable[bytes]:
        """Answer a request at the held moment."""
        with clock.at(self.moment):
            return self.house.app(environment, start)


@contextmanager
def served(house: House, moment: datetime) -> Iterator[LiveServer]:
    """Serve a house for the block."""
    live = LiveServer(house, moment)
    server = make_server("127.0.0.1", 0, live, threaded=True)
    live.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield live
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
