"""E-mail as a channel of the outbox: from a wave in the database to a message in a server's hands, and its record."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.mail.folder import FolderCarrier
from bot.mail.post import NO_SENDER, OUTBOX, PAUSE, MailPost, carrier_of
from bot.mail.smtp import SmtpCarrier
from bot.shelf import FormShelf
from conversations.letters import Occasion, OwnWords
from conversations.protocol import WaveKind
from storage.engine import snapshot, transaction
from storage.outbox import begin, claim
from storage.participation import send_link
from storage.postings import Later, Outcome
from storage.register import Person, participants
from storage.settings import Settings
from storage.settling import settle
from storage.surveys import Survey, get_survey
from storage.tables import surveys
from storage.texts import save_texts
from storage.tokens import invitation_token
from storage.waves import plan_waves, run_due_waves
from tests.bot.conftest import TEA
from tests.bot.installation import NOON, SECRET, install
from tests.bot.mail.mail_peer import MailPeer
from tests.sheets import workbook
from tests.storage.posted import HOURS

PEOPLE = (
    Person("ann", "Anna Bianchi", "ann@example.net"),
    Person("bob", "Bob Smith", "bob@example.net", "en"),
    Person("eve", "Eve", "eve at example.net"),
)


@dataclass
class Office:
    """The outbox of a survey, and what carries its e-mail."""

    engine: AsyncEngine
    settings: Settings
    survey: Survey

    async def invite(self) -> None:
        async with transaction(self.engine) as connection:
            await plan_waves(connection, self.survey, WaveKind.INVITATION, [NOON])
        await run_due_waves(self.engine, HOURS, now=NOON)

    async def send(self) -> list[tuple[str, Outcome, str]]:
        """Everything that is due, by a post of its own; (person, what came of it, in whose words)."""
        post = MailPost.of(self.settings, self.engine, FormShelf(), "https://survey.example.org/", lambda: NOON)
        done = []
        for ticket in await claim(self.engine, "email", per_second=1000, limit=10, hours=HOURS, now=NOON):
            errand = await begin(self.engine, ticket, now=NOON)
            assert errand is not None
            outcome, said = await post.send(errand)
            await settle(self.engine, errand, outcome, said=said, now=NOON)
            done.append((errand.participant.person.person_id, outcome, said))
        await post.close()
        return sorted(done)

    async def known(self, person: str) -> str:
        async with snapshot(self.engine) as connection:
            people = await participants(connection, self.survey.id)
        return next(one.id for one in people if one.person.person_id == person)


@pytest.fixture
async def office(engine: AsyncEngine, tmp_path: Path) -> Office:
    """An open survey about tea, without a mail server."""
    await install(engine, workbook(TEA), PEOPLE)
    async with snapshot(engine) as connection:
        survey = await get_survey(connection, "indagine")
    settings = Settings(_env_file=None, data_dir=tmp_path, secret=SECRET.decode(), mail_from="survey@example.org")  # type: ignore[call-arg]
    return Office(engine, settings, survey)


def read(raw: Sequence[bytes]) -> dict[str, EmailMessage]:
    """Messages by the address that they are for."""
    messages = [message_from_bytes(one, policy=policy.default) for one in raw]
    return {message["To"].addresses[0].addr_spec: message for message in messages}


async def test_a_wave_of_invitations_goes_out_by_the_server(office: Office):
    """Each with its own link, in the person's language; who has no address is marked, and stops nobody."""
    async with MailPeer() as peer:
        office.settings = office.settings.model_copy(update={"smtp_url": SecretStr(peer.url())})
        await office.invite()
        done = await office.send()

    assert [(person, type(outcome).__name__, said) for person, outcome, said in done] == [
        ("ann", "Sent", "invitation"),
        ("bob", "Sent", "invitation"),
        ("eve", "Rejected", "invitation"),
    ]
    messages = read([taken.content for taken in peer.taken])
    assert messages["ann@example.net"]["Content-Language"] == "it"
    assert messages["bob@example.net"]["Content-Language"] == "en"
    for person, email in (("ann", "ann@example.net"), ("bob", "bob@example.net")):
        token = invitation_token(SECRET, office.survey.id, await office.known(person), 0)
        assert f"https://survey.example.org/s/{token}" in messages[email].get_body(("plain",)).get_content()
    assert peer.connections == 1


async def test_without_a_server_the_messages_are_files(office: Office):
    """In the data folder; the same invitation again is the same file."""
    await office.invite()
    await office.send()

    folder = office.settings.data_dir / OUTBOX
    messages = read([file.read_bytes() for file in folder.glob("*.eml")])
    assert messages.keys() == {"ann@example.net", "bob@example.net"}
    assert all(re.fullmatch(r"w\d{6}-[0-9a-f]{32}-1", file.stem) for file in folder.iterdir())


async def test_who_has_lost_the_link_gets_the_next_one(office: Office):
    """The old one works until the new one is used."""
    ann = await office.known("ann")
    await send_link(office.engine, ann, secret=SECRET, now=NOON)

    [(person, _, said)] = await office.send()

    [file] = (office.settings.data_dir / OUTBOX).iterdir()
    body = read([file.read_bytes()])["ann@example.net"].get_body(("plain",)).get_content()
    assert (person, said) == ("ann", "new_link")
    assert f"/s/{invitation_token(SECRET, office.survey.id, ann, 1)}" in body
    assert f"/s/{invitation_token(SECRET, office.survey.id, ann, 0)}" not in body


async def test_a_coordinators_own_words_are_used_in_their_language(office: Office):
    """And ours in the others."""
    async with transaction(office.engine) as connection:
        own = {(Occasion.INVITATION, "it"): OwnWords("Il tè di {name}", "Venga.")}
        await save_texts(connection, office.survey.id, own)
    await office.invite()
    await office.send()

    messages = read([file.read_bytes() for file in (office.settings.data_dir / OUTBOX).iterdir()])
    assert messages["ann@example.net"]["Subject"] == "Il tè di Anna Bianchi"
    assert messages["bob@example.net"]["Subject"] != "Il tè di Bob Smith"


def test_the_settings_say_who_carries(office: Office):
    """A server, if there is one."""
    with_server = office.settings.model_copy(update={"smtp_url": SecretStr("smtp://127.0.0.1:1")})

    assert isinstance(carrier_of(office.settings), FolderCarrier)
    assert isinstance(carrier_of(with_server), SmtpCarrier)


async def test_a_server_gets_nothing_without_a_sender(office: Office, caplog: pytest.LogCaptureFixture):
    """It waits, and does not leave as localhost's; the log says once what is missing, and warns at the start."""
    async with MailPeer() as peer:
        office.settings = office.settings.model_copy(update={"smtp_url": SecretStr(peer.url()), "mail_from": ""})
        async with transaction(office.engine) as connection:
            await connection.execute(update(surveys).values(contact="Ufficio, us@example.org, tel. 12"))
        await office.invite()
        done = await office.send()

    assert peer.taken == []
    held = [outcome for person, outcome, _ in done if person != "eve"]
    assert held == [Later(NO_SENDER, PAUSE, pauses_all=True)] * 2
    assert [record.getMessage() for record in caplog.records if NO_SENDER in record.getMessage()] == [
        f"The e-mails of indagine wait, and all behind them: {NO_SENDER}."
    ]
    assert "COLLOQUIO_MAIL_FROM is not set: e-mails come from the contact" in caplog.text
