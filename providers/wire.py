"""The HTTP client of all outside services: https only, bounded in time and size, and it can be called away.

httpx waits for a socket as long as its time limit says and tells nobody meanwhile. Here each wait is cut into
beats of a tenth of a second; at each one the caller's `progress` is called, and what it raises ends the request. The
official SDKs get the same, since they are given an httpx client that rests on this.

What goes wrong is told as one of three, by what it means for a call that costs money: `NotSent`, `NoAnswer`, `TooMuch`.
None holds the request: it has the key in it.
"""

from __future__ import annotations

import ipaddress
import logging
import ssl
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Any

import httpcore
import httpx

from providers.patience import Watch, watch_now
from providers.sockets import CONNECT_S, PatientBackend

# httpx logs each address it asks, with the signature that opens it; httpcore logs headers.
logging.getLogger("httpx").setLevel(logging.WARNING)
logging.getLogger("httpcore").setLevel(logging.WARNING)


class WireFault(Exception):
    """`reason` is in plain words, and names at most a host."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class NotSent(WireFault):
    """The request did not get out whole: nothing was done about it at the other end."""


class NoAnswer(WireFault):
    """The request was sent; its answer never came, or not to its end."""


class TooMuch(WireFault):
    """The answer is larger than it may be; the rest of it was not read."""


def client() -> httpx.Client:
    """Follows no redirect, takes nothing from a .netrc, keeps no cookies."""
    return httpx.Client(
        transport=PatientTransport(),
        follow_redirects=False,
        trust_env=False,
        cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
        timeout=None,  # noqa: S113 - `Watch` bounds every request
        headers={"accept-encoding": "identity", "user-agent": "Trineo"},
    )


def is_loopback(host: str) -> bool:
    """Of names, only `localhost` itself: any other may lead anywhere, also one that begins with 127."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


def may_be_asked(address: httpx.URL) -> bool:
    """Whether this is https, or http that does not leave this computer."""
    return bool(address.host) and (
        address.scheme == "https" or (address.scheme == "http" and is_loopback(address.host))
    )


class PatientTransport(httpx.BaseTransport):
    """Every request has a connection of its own: one that the other side has just closed looks like a lost answer."""

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        watch = watch_now()
        url = request.url
        if not may_be_asked(url):
            raise NotSent(f"the address of {url.host or 'the service'} is not https")
        asked = httpcore.Request(
            method=request.method,
            url=httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
            headers=request.headers.raw,
            content=request.stream,
            extensions={"timeout": {"connect": CONNECT_S, "read": None, "write": None, "pool": CONNECT_S}},
        )
        with _told(watch):
            answer = self._pool(url).handle_request(asked)
        headers = httpx.Headers(answer.headers)
        body = _Body(answer.stream, watch)
        if headers.get("content-encoding", "identity") != "identity":  # its size could not be bounded
            body.close()
            raise NoAnswer("it came compressed, which was not asked for")
        return httpx.Response(answer.status, headers=headers, stream=body, extensions=answer.extensions)

    def close(self) -> None:
        for pool in (self.__dict__.get("_direct"), self.__dict__.get("_proxied")):
            if pool is not None:
                pool.close()

    def _pool(self, url: httpx.URL) -> httpcore.ConnectionPool:
        if is_loopback(url.host) or not self._proxy or urllib.request.proxy_bypass(url.host):
            return self._direct
        return self._proxied

    @cached_property
    def _proxy(self) -> str:
        """The proxy that this computer's settings name for https, if it is one that we can use."""
        proxy = urllib.request.getproxies().get("https", "")
        return proxy if proxy.startswith("http://") else ""

    @cached_property
    def _trusted(self) -> ssl.SSLContext:
        return httpx.create_ssl_context()

    @cached_property
    def _direct(self) -> httpcore.ConnectionPool:
        return httpcore.ConnectionPool(
            ssl_context=self._trusted,
            max_connections=None,
            max_keepalive_connections=0,
            network_backend=PatientBackend(),
        )

    @cached_property
    def _proxied(self) -> httpcore.ConnectionPool:
        address = httpx.URL(self._proxy)
        return httpcore.HTTPProxy(
            proxy_url=str(address.copy_with(userinfo=b"")),
            proxy_auth=(address.username, address.password) if address.username else None,
            ssl_context=self._trusted,
            max_connections=None,
            max_keepalive_connections=0,
            network_backend=PatientBackend(),
        )


class _Body(httpx.SyncByteStream):
    def __init__(self, stream: Any, watch: Watch) -> None:
        self._stream = stream
        self._watch = watch

    def __iter__(self) -> Iterator[bytes]:
        received = 0
        with _told(self._watch):
            for piece in self._stream:
                received += len(piece)
                if received > self._watch.max_bytes:
                    raise TooMuch(f"it sends more than {self._watch.max_bytes // 1_000_000} MB")
                yield piece

    def close(self) -> None:
        self._stream.close()


@contextmanager
def _told(watch: Watch) -> Iterator[None]:
    try:
        yield
    except (httpcore.ConnectError, httpcore.ConnectTimeout, httpcore.PoolTimeout, httpcore.ProxyError) as error:
        raise NotSent(_reason(error)) from None
    except (httpcore.UnsupportedProtocol, httpcore.LocalProtocolError) as error:
        raise NotSent(_reason(error)) from None
    except (httpcore.NetworkError, httpcore.TimeoutException, httpcore.RemoteProtocolError) as error:
        # What broke while the request was still going out was not acted upon; no answer will say so.
        raise (NoAnswer if watch.went_out else NotSent)(_reason(error)) from None


def _reason(error: Exception) -> str:
    """What httpcore says, which names no address and no header; its class where it says nothing."""
    words = {
        httpcore.ReadTimeout: "it did not answer in time",
        httpcore.ConnectTimeout: "it could not be reached in time",
        httpcore.WriteTimeout: "it stopped taking what was sent",
        httpcore.RemoteProtocolError: "its answer broke off",
        httpcore.ReadError: "the connection was cut",
        httpcore.LocalProtocolError: "the request could not be written",
    }
    return words.get(type(error), str(error) or type(error).__name__)
