"""Posting one event to another program's address: which addresses may be called, how it is signed, and sending it.

Threats: an address that leads into the house (only public addresses over HTTPS are called, each looked up once and the
found address called itself, so that a name cannot turn to another one in between; no redirect is followed; a setting
opens the private network); a forged or replayed event (HMAC over time and body, under a secret of the address); an
address that answers slowly or without end (seconds and bytes are bounded).
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import socket
import time
from typing import Any
from urllib.parse import SplitResult, urlsplit

import urllib3
from urllib3.exceptions import HTTPError

from archive.webhooks import Delivery, Webhook
from letters.errors import BadRequest
from saraban.settings import Settings

FAILURES = (HTTPError, OSError, BadRequest)
"""What :func:`send` raises where nothing was taken."""

LONGEST_URL = 500
_SECONDS, _MOST_READ = 10.0, 64 * 1024
_TUNNELS = tuple(map(ipaddress.ip_network, ("2002::/16", "2001::/32", "64:ff9b::/96")))
"""IPv6 addresses that carry an IPv4 address, which may be anybody's."""


def judge_url(url: str, settings: Settings) -> None:
    """Raises :class:`letters.errors.BadRequest` for an address that must not be called."""
    _target(url, settings)


def send(hook: Webhook, delivery: Delivery, settings: Settings) -> int:
    """Posts a delivery once; gives the status that the address answered. Raises ``urllib3`` errors, ``OSError``, and
    :class:`letters.errors.BadRequest` for an address that must not be called."""
    parts, address = _target(hook.url, settings)
    body = delivery.body.encode()
    headers = {"Host": parts.netloc, "Content-Type": "application/json", "User-Agent": "saraban",
               "Saraban-Event": delivery.event.value, "Saraban-Delivery": str(delivery.id),
               "Saraban-Signature": signature(hook.secret, body, time.time())}
    options: dict[str, Any] = {"timeout": urllib3.Timeout(_SECONDS, read=_SECONDS), "retries": False, "maxsize": 1}
    if parts.scheme == "https":
        pool: urllib3.HTTPConnectionPool = urllib3.HTTPSConnectionPool(
            address, parts.port or 443, server_hostname=parts.hostname, assert_hostname=parts.hostname, **options)
    else:
        pool = urllib3.HTTPConnectionPool(address, parts.port or 80, **options)
    with pool:
        answer = pool.urlopen("POST", parts._replace(scheme="", netloc="", fragment="").geturl() or "/", body=body,
                              headers=headers, redirect=False, preload_content=False)
        answer.read(_MOST_READ)
        answer.close()
        return answer.status


def signature(secret: str, body: bytes, at: float) -> str:
    """``t=<seconds>,v1=<hex>``: HMAC-SHA-256 of ``<seconds>.<body>`` under the address's secret."""
    moment = str(int(at))
    mac = hmac.new(secret.encode(), moment.encode() + b"." + body, hashlib.sha256)
    return f"t={moment},v1={mac.hexdigest()}"


def _target(url: str, settings: Settings) -> tuple[SplitResult, str]:
    """The parts of an address, and the IP address to call. Raises :class:`letters.errors.BadRequest`."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise BadRequest("url", "not an address") from error
    schemes = ("https", "http") if settings.local_webhooks else ("https",)
    if parts.scheme not in schemes or not parts.hostname or parts.username is not None or len(url) > LONGEST_URL or (
            not url.isprintable() or " " in url):
        raise BadRequest("url", f"{' or '.join(schemes)}://host/path")
    try:
        found = socket.getaddrinfo(parts.hostname, port or 443, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise BadRequest("url", "the host has no address") from error
    addresses = [str(one[4][0]) for one in found]
    if not settings.local_webhooks and not all(map(_is_public, addresses)):
        raise BadRequest("url", "the host is not on the public network")
    return parts, addresses[0]


def _is_public(address: str) -> bool:
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        if any(found in tunnel for tunnel in _TUNNELS):
            return False
        found = found.ipv4_mapped or found
    return found.is_global and not found.is_multicast
