"""A mailbox on loopback that knows as much of IMAP as is needed to look for bounces in it."""

import asyncio
import re
import ssl
from base64 import b64decode
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Self

_FETCH = re.compile(r"UID FETCH ([\d,]+) \((.*)\)")


@dataclass
class ImapPeer:
    """Messages by uid; `seen` are those that were marked, `opened` those of which more than headers was read.

    `uid_comes_last`: a server may name the uid behind the content.
    """

    login: tuple[str, str] = ("survey", "pass/word:1@")
    tls: ssl.SSLContext | None = None
    breaks_off: set[str] = field(default_factory=set)
    stalls: set[str] = field(default_factory=set)
    is_stalling: asyncio.Event = field(default_factory=asyncio.Event)
    uid_comes_last: bool = False
    folder: str = "INBOX"
    validity: int = 1
    messages: dict[int, bytes] = field(default_factory=dict)
    seen: set[int] = field(default_factory=set)
    opened: list[int] = field(default_factory=list)
    headers_read: list[int] = field(default_factory=list)
    logins: list[str] = field(default_factory=list)
    port: int = 0
    changed: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def until(self, happened: Callable[[], bool]) -> None:
        """Wait until it has."""
        async with self.changed:
            await self.changed.wait_for(happened)

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        await self._server.wait_closed()

    def put(self, raw: bytes) -> int:
        """Deliver a message; its uid."""
        uid = max(self.messages, default=0) + 1
        self.messages[uid] = raw
        return uid

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"* OK IMAP4rev1 ready\r\n")
        while line := (await reader.readline()).decode().strip():
            tag, _, command = line.partition(" ")
            if command == "AUTHENTICATE PLAIN":
                writer.write(b"+ \r\n")
                command = f"PLAIN {b64decode(await reader.readline()).decode()}"
            if any(command.startswith(word) for word in self.breaks_off):
                break
            if any(command.startswith(word) for word in self.stalls):
                self.is_stalling.set()
                continue
            if command == "STARTTLS":
                writer.write(f"{tag} OK begin\r\n".encode())
                assert self.tls is not None
                await writer.start_tls(self.tls)
                continue
            await self._reply(writer, tag, command)
            if command == "LOGOUT":
                break
        writer.close()

    async def _reply(self, writer: asyncio.StreamWriter, tag: str, command: str) -> None:
        status, answers = self._answer(command)
        async with self.changed:
            self.changed.notify_all()
        for answer in answers:
            writer.write(b"* " + answer + b"\r\n")
        writer.write(f"{tag} {status} done\r\n".encode())
        await writer.drain()

    def _answer(self, command: str) -> tuple[str, list[bytes]]:  # noqa: PLR0911 - one for each command
        if command == "CAPABILITY":
            offered = " STARTTLS" if self.tls else ""
            return "OK", [f"CAPABILITY IMAP4rev1{offered}".encode()]
        if command.startswith("LOGIN"):
            self.logins.append(command)
            user, password = self.login
            return ("OK", []) if command == f'LOGIN {user} "{password}"' else ("NO", [])
        if command.startswith("PLAIN "):
            self.logins.append(command)
            return ("OK", []) if command == "PLAIN \0" + "\0".join(self.login) else ("NO", [])
        if command == f'SELECT "{self.folder}"':
            return "OK", [f"{len(self.messages)} EXISTS".encode(), f"OK [UIDVALIDITY {self.validity}]".encode()]
        if command == "UID SEARCH UNSEEN":
            unseen = (str(uid) for uid in self.messages if uid not in self.seen)
            return "OK", [f"SEARCH {' '.join(unseen)}".rstrip().encode()]
        if command.startswith("UID STORE"):
            self.seen.add(int(command.split()[2]))
            return "OK", []
        if found := _FETCH.fullmatch(command):
            return "OK", [self._fetch(int(uid), found[2]) for uid in found[1].split(",")]
        return ("OK", [b"BYE"]) if command == "LOGOUT" else ("NO", [])

    def _fetch(self, uid: int, what: str) -> bytes:
        raw = self.messages[uid]
        if partial := re.fullmatch(r"BODY\.PEEK\[\]<0\.(\d+)>", what):
            self.opened.append(uid)
            content, name = raw[: int(partial[1])], "BODY[]<0>"
        else:
            assert what.startswith("BODY.PEEK[HEADER.FIELDS ")
            self.headers_read.append(uid)
            wanted = tuple(word.lower().encode() + b":" for word in re.findall(r"[A-Z-]+", what.partition("(")[2]))
            lines = raw.partition(b"\r\n\r\n")[0].split(b"\r\n")
            content = b"\r\n".join([*(line for line in lines if line.lower().startswith(wanted)), b"", b""])
            name = what.replace(".PEEK", "")
        before, after = ("", f" UID {uid}") if self.uid_comes_last else (f"UID {uid} ", "")
        return f"{uid} FETCH ({before}{name} {{{len(content)}}}\r\n".encode() + content + f"{after})".encode()
