"""What becomes of a message that comes back."""

import logging

import pytest

from bot.mail.returns import Returns
from bot.mail.verp import tag_in
from tests.bot.mail import samples
from tests.bot.mail.coming_back import fate, is_quiet, way_back
from tests.bot.mail.samples import sample
from tests.storage.field import Field


async def test_a_hard_bounce_marks_the_person_undeliverable(returns: Returns, sent: Field):
    """And nobody else; the same bounce twice counts once."""
    to = await way_back(sent)
    for _ in range(2):
        await returns.take(sample(samples.POSTFIX, to), [to])

    assert await fate(sent) == ("dead", "5.1.1")
    assert await fate(sent, "P2") == ("sent", "")


@pytest.mark.parametrize("text", [samples.FULL, samples.EXPIRED, samples.POLICY], ids=["full", "expired", "policy"])
async def test_a_soft_bounce_is_tried_again(returns: Returns, sent: Field, text: str):
    """The address is still believed."""
    to = await way_back(sent)

    await returns.take(sample(text, to), [to])

    assert await fate(sent) == ("queued", "")


@pytest.mark.parametrize("text", [samples.DELAYED, samples.AWAY, samples.PERSON], ids=["delayed", "away", "person"])
async def test_what_is_no_bounce_changes_nothing(
    returns: Returns, sent: Field, text: str, caplog: pytest.LogCaptureFixture
):
    """It is not kept and not forwarded; the log counts it, without a word of it."""
    caplog.set_level(logging.INFO, "bot")
    to = await way_back(sent)

    await returns.take(sample(text, to), [to])

    assert await fate(sent) == ("sent", "")
    assert returns.unread == (text is not samples.DELAYED)
    assert not any(word in caplog.text for word in ("Ada", "ada@", "bounces+", to))


async def test_a_mail_that_asks_for_it_ends_the_reminders(returns: Returns, sent: Field):
    """As the header of our messages offers to programs that know no one-click."""
    to = await way_back(sent)

    await returns.take(sample(samples.UNSUBSCRIBE, to), [to])

    assert await is_quiet(sent)
    assert not await is_quiet(sent, "P2")


async def test_an_address_that_we_did_not_sign_means_nothing(returns: Returns, sent: Field):
    """Nobody can have somebody else marked, who knows the rules but not the secret."""
    to = await way_back(sent)
    other = await way_back(sent, "P2")
    forged = [to.replace("-w1-", "-w2-"), to[:34] + other[34:], "bounces+@example.org", "bounces@example.org", ""]

    for address in forged:
        assert not returns.is_ours(address)
        await returns.take(sample(samples.POSTFIX, address), [address])

    assert await fate(sent) == ("sent", "")
    assert returns.unread == len(forged)


async def test_a_bounce_of_what_was_never_sent_means_nothing(returns: Returns, sent: Field):
    """Its tag is right, but there is no such message in the outbox."""
    to = await way_back(sent, occasion="w77")

    await returns.take(sample(samples.POSTFIX, to), [to])

    assert await fate(sent) == ("sent", "")


@pytest.mark.parametrize(
    ("recipient", "tag"),
    [
        ("bounces+abc@example.org", "abc"),
        ("Bounces+ABC@EXAMPLE.org", "abc"),
        ("<bounces+a+b@example.org>", "a+b"),
        ("bounces@example.org", ""),
        ("bounces+abc@example.net", None),
        ("bouncesabc@example.org", None),
        ("other+abc@example.org", None),
        ("", None),
    ],
)
def test_the_tag_is_what_stands_behind_the_plus(recipient: str, tag: str | None):
    """Large and small letters are the same, as on many servers."""
    assert tag_in("bounces@example.org", recipient) == tag
