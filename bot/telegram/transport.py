"""PTB's `BaseRequest` over aiohttp: the only file that opens a connection to Telegram.

PTB's own transport costs five to ten times the CPU per call, most of it outside PTB.
"""

import json
from collections.abc import AsyncIterator
from http import HTTPStatus
from io import BytesIO

from aiohttp import (
    ClientConnectorError,
    ClientError,
    ClientSession,
    ClientTimeout,
    ConnectionTimeoutError,
    FormData,
    TCPConnector,
)
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

CONNECTIONS = 100
CONNECT_SECONDS = 10.0
ANSWER_SECONDS = 15.0
DOWNLOAD_SECONDS = 30.0
"""For a whole file: the updates that came with it are not confirmed before."""

PIECE = 64 * 1024


class Unreached(NetworkError):
    """No connection was made, so nothing was sent."""


class AiohttpRequest(BaseRequest):
    """Calls with JSON bodies over kept-alive connections. Errors never carry the address, which holds the token."""

    def __init__(self) -> None:
        self._session: ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """Seconds to wait for an answer."""
        return ANSWER_SECONDS

    async def initialize(self) -> None:
        """Open the session; needs a running loop."""
        if self._session is None:
            self._session = ClientSession(
                connector=TCPConnector(limit=CONNECTIONS),
                headers={"User-Agent": self.USER_AGENT},
            )

    async def shutdown(self) -> None:
        """Close the session and its connections."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def do_request(  # noqa: PLR0913, PLR0917 - PTB's signature
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = BaseRequest.DEFAULT_NONE,
        write_timeout: object = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - aiohttp has none
        connect_timeout: object = BaseRequest.DEFAULT_NONE,
        pool_timeout: object = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Give the status and the body; raises TimedOut or NetworkError."""
        limits = ClientTimeout(
            total=None,
            connect=_seconds(pool_timeout, None),
            sock_connect=_seconds(connect_timeout, CONNECT_SECONDS),
            sock_read=_seconds(read_timeout, ANSWER_SECONDS),
        )
        return await self._exchange(method, url, request_data, limits)

    async def _exchange(
        self, method: str, url: str, request_data: RequestData | None, limits: ClientTimeout
    ) -> tuple[int, bytes]:
        body = _body(request_data)
        headers = {} if isinstance(body, FormData) else {"Content-Type": "application/json"}
        try:
            async with self._open.request(method, url, data=body, headers=headers, timeout=limits) as answer:
                return answer.status, await answer.read()
        except ConnectionTimeoutError:
            raise Unreached("Telegram cannot be reached: it takes too long") from None
        except TimeoutError:
            raise TimedOut from None
        except ClientConnectorError as error:
            raise Unreached(f"Telegram cannot be reached: {error.strerror or type(error).__name__}") from None
        except (ClientError, OSError) as error:
            raise NetworkError(f"The connection to Telegram broke: {type(error).__name__}") from None

    @property
    def _open(self) -> ClientSession:
        if self._session is None:
            raise RuntimeError("The transport is closed.")
        return self._session

    async def stream(self, url: str) -> AsyncIterator[bytes]:
        """The content of a file, piece by piece; raises NetworkError."""
        limits = ClientTimeout(total=DOWNLOAD_SECONDS, sock_connect=CONNECT_SECONDS)
        try:
            async with self._open.get(url, timeout=limits) as answer:
                if answer.status != HTTPStatus.OK:
                    raise NetworkError(f"Telegram does not give the file: {answer.status}")
                async for piece in answer.content.iter_chunked(PIECE):
                    yield piece
        except (ClientError, OSError) as error:
            raise NetworkError(f"The file did not come: {type(error).__name__}") from None


def _body(request_data: RequestData | None) -> bytes | FormData:
    """JSON; a form where files are sent."""
    if request_data is None or not request_data.contains_files:
        parameters = request_data.parameters if request_data else {}
        return json.dumps(parameters, ensure_ascii=False).encode(errors="replace")
    form = FormData()
    for name, value in request_data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, kind) in request_data.multipart_data.items():
        form.add_field(
            name, BytesIO(content) if isinstance(content, bytes) else content, filename=filename, content_type=kind
        )
    return form


def _seconds(given: object, otherwise: float | None) -> float | None:
    return float(given) if isinstance(given, int | float) else otherwise
