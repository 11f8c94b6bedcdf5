"""/rate: the same figures as the command status, under the same protection; of a small register still fewer."""

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from storage.register import Person as Registered
from tests.bot.conftest import TEA
from tests.bot.coordinators.conftest import Named
from tests.bot.installation import install
from tests.bot.serving import Serving
from tests.bot.telegram_peer import Person, TelegramPeer
from tests.bot.test_walk import RECEIPT, SUBMIT, begun
from tests.sheets import workbook


async def told_of(engine: AsyncEngine, peer: TelegramPeer, named: Named, people: int) -> str:
    """What a coordinator is told of a register of so many, one of whom is half-way."""
    tokens = await install(engine, workbook(TEA), [Registered(f"p{n}") for n in range(people)], name="uffici")
    bob, anna = peer.person(2), peer.person(501)
    await begun(bob, tokens["p0"])
    bob.says("Bob")
    await bob.sees("Le piace il tè?")
    anna.starts(await named("Anna Rossi", "uffici", "indagine"))
    await anna.sees("/rate")
    anna.says("/rate")
    return (await anna.sees("Indagine: aperta")).text


async def test_how_many_have_answered_and_what_became_of_the_others(
    engine: AsyncEngine, peer: TelegramPeer, serving: Serving, named: Named
):
    """Of everybody in the register."""
    assert serving
    text = await told_of(engine, peer, named, 20)
    assert "Hanno risposto 0 persone su 20 (0%)." in text
    assert "A metà: 1; non hanno aperto l'invito: 19." in text


@pytest.mark.parametrize(
    ("people", "words"),
    [(19, "Hanno risposto: al massimo 10% di 19."), (4, "Gli invitati sono meno di 5: non si mostra alcuna cifra.")],
)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_small_register_is_a_small_group(
    engine: AsyncEngine, peer: TelegramPeer, serving: Serving, named: Named, people: int, words: str
):
    """Nothing of single people in it."""
    assert serving
    text = await told_of(engine, peer, named, people)
    assert words in text
    assert "metà" not in text


async def test_small_groups_are_told_in_ranges(engine: AsyncEngine, peer: TelegramPeer, serving: Serving, named: Named):
    """One of six and none of five: neither follows from what is shown."""
    people = [Registered(f"p{n}", attributes={"ufficio": "A" if n < 6 else "B"}) for n in range(11)]
    tokens = await install(engine, workbook(TEA), people, name="uffici")
    bob, anna = peer.person(2), peer.person(501)
    await begun(bob, tokens["p0"])
    for text in ("Bob", "no"):
        bob.says(text)
        await bob.sees("tè?" if text == "Bob" else "Le sue risposte")
    bob.presses(SUBMIT)
    await bob.sees(RECEIPT)
    anna.starts(await named("Anna Rossi", "uffici", "indagine"))
    await anna.sees("/rate")
    anna.says("/rate")
    text = (await anna.sees("Per ufficio:")).text
    assert "Hanno risposto: al massimo 10% di 11." in text
    assert "A: al massimo 20% di 6" in text
    assert "B: al massimo 20% di 5" in text
    assert serving


async def test_a_repeated_update_is_answered_once(anna: Person, peer: TelegramPeer):
    """A delivery that comes twice is heard once."""
    anna.says("/rate")
    await anna.sees("Indagine: aperta")
    update = peer.put("message", anna.message(peer.new_message_id()) | {"text": "/rate"})
    await anna.sees("Indagine: aperta")
    peer.repeat(update)
    anna.says("/start")
    await anna.sees("invito")
    assert sum("Indagine: aperta" in text for text in anna.texts()) == 2
