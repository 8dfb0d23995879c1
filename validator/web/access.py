"""Who may use the local page（谁能打开）: the token in the address, sessions, a password.

Nothing of it outlives the server. The token is what the address on the screen carries; a
ticket is a token that works once, for addresses that other programs get to see, such as the
one that a browser is started with. Either is exchanged for a session, which lives in a cookie.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from collections import deque
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_SESSIONS = 200
_TICKETS = 50
_TICKET_SECONDS = 120.0
_TRIES = 5
_TRIES_OF_ALL = 50
_TRY_SECONDS = 300.0
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]"})
ANY = frozenset({"0.0.0.0", "::", ""})  # noqa: S104 - told apart, not bound to


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches a server that listens there."""
    if host == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


@dataclass(slots=True)
class Access:
    """Keys of one server（门禁）.

    Attributes:
        port: Where it listens; part of every address that is let in.
        host: What it listens on.
        password: Asked of whoever has no token; ``""`` when there is none.
        token: Lets in whoever shows it, as long as the server runs.
        clock: Seconds that only grow.
    """

    port: int
    host: str = "127.0.0.1"
    password: str = ""
    token: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    clock: Callable[[], float] = time.monotonic
    _key: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False)
    _sessions: dict[str, None] = field(default_factory=dict, repr=False)
    _tickets: dict[str, float] = field(default_factory=dict, repr=False)
    _failures: deque[tuple[float, str]] = field(default_factory=deque, repr=False)

    @property
    def cookie(self) -> str:
        """Name of the cookie: browsers send one to all ports of a machine."""
        return f"gouji-{self.port}"

    @property
    def origin(self) -> str:
        """The beginning of the address to open."""
        host = "127.0.0.1" if self.host in ANY else self.host
        shown = f"[{host}]" if ":" in host and not host.startswith("[") else host
        return f"http://{shown}:{self.port}"

    def admits(self, host_header: str) -> bool:
        """Whether a request was meant for this server: no name that somebody points at it.

        A page elsewhere can let its own name lead here, but it cannot make a browser send an
        address of digits; a server for all addresses of the machine takes any of these.
        """
        host, port = _split(host_header.strip().lower())
        if port != self.port:
            return False
        if host in _LOOPBACK or host.strip("[]") == self.host.strip("[]").lower():
            return True
        return self.host in ANY and _is_address(host)

    def enter(self, word: str) -> str | None:
        """A session for whoever shows the token or an unused ticket."""
        now = self.clock()
        given = self._tickets.pop(word, None)
        if (given is not None and now - given <= _TICKET_SECONDS) or self.is_token(word):
            return self._open()
        return None

    def is_token(self, word: str) -> bool:
        """Whether it is the token; takes as long for every wrong one."""
        return hmac.compare_digest(word.encode(), self.token.encode())

    def ticket(self) -> str:
        """A word that lets in once, within two minutes."""
        word = secrets.token_urlsafe(32)
        self._tickets[word] = self.clock()
        while len(self._tickets) > _TICKETS:
            self._tickets.pop(next(iter(self._tickets)))
        return word

    def knows(self, session: str) -> bool:
        """Whether a session was opened here."""
        return session in self._sessions

    def form_token(self, session: str) -> str:
        """What forms of a session carry, so that no other page can fill them in."""
        return hmac.new(self._key, session.encode(), hashlib.sha256).hexdigest()

    def is_form_token(self, session: str, word: str) -> bool:
        """Whether a form comes from a page of this session."""
        return hmac.compare_digest(self.form_token(session).encode(), word.encode())

    def proof(self, nonce: str) -> str:
        """Shows that whoever answers knows the token, without telling it."""
        return hmac.new(self.token.encode(), nonce.encode(), hashlib.sha256).hexdigest()

    def is_barred(self, address: str) -> bool:
        """Whether too many wrong passwords came lately, from there or from all."""
        now = self.clock()
        while self._failures and now - self._failures[0][0] > _TRY_SECONDS:
            self._failures.popleft()
        own = sum(1 for _, one in self._failures if one == address)
        return own >= _TRIES or len(self._failures) >= _TRIES_OF_ALL

    def log_in(self, password: str, address: str) -> str | None:
        """A session for whoever knows the password; a wrong one is counted.

        Args:
            password: As it was typed.
            address: Where the request came from.
        """
        if not self.password or self.is_barred(address):
            return None
        if hmac.compare_digest(_digest(password), _digest(self.password)):
            return self._open()
        self._failures.append((self.clock(), address))
        return None

    def _open(self) -> str:
        session = secrets.token_urlsafe(32)
        self._sessions[session] = None
        while len(self._sessions) > _SESSIONS:
            self._sessions.pop(next(iter(self._sessions)))
        return session


def _digest(word: str) -> bytes:
    """Of one length, so that comparing does not tell how long a password is."""
    return hashlib.sha256(word.encode()).digest()


def _split(header: str) -> tuple[str, int | None]:
    """``127.0.0.1:8417`` → the name and the port; 80 when none is written."""
    host, colon, port = header.rpartition(":")
    if not colon or port.endswith("]"):
        return header, 80
    return host, int(port) if port.isascii() and port.isdigit() and len(port) < 6 else None


def _is_address(host: str) -> bool:
    try:
        ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True
