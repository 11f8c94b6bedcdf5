"""colloquio status, as a coordinator sees it: once, live, piped; counts, and never who."""

import io
import os
import pty
import signal
import sqlite3
import subprocess
import sys
from contextlib import aclosing, closing
from datetime import timedelta
from pathlib import Path

import pytest
from rich.console import Console
from sqlalchemy import insert, select, text, update

from admin_scripts.__main__ import main
from admin_scripts.status import print_changes, renewals, screenful
from admin_scripts.status_standing import standing_of
from conversations.protocol import Session, Status, StatusMoved, WaveKind
from storage.due import Posting
from storage.engine import snapshot, transaction
from storage.surveys import close_survey, get_survey
from storage.tables import outbox, participants, waves
from storage.turns import Sender, open_turn
from storage.waves import WaveState
from tests.admin_scripts.field_work import EXAMPLES, NOON, field, moves, on, submits

NO = {"/data/partecipo": "no"}
FORM = EXAMPLES / "zone_omogenee_po.xlsx"
ROOT = Path(__file__).parents[2]
WATCH = [sys.executable, "-m", "admin_scripts", "status", "zone", "--watch"]


def status(capsys, *arguments):
    """What the command says, line by line."""
    capsys.readouterr()
    assert main(["status", "zone", *arguments]) == 0
    return capsys.readouterr().out.splitlines()


def cells(lines, first):
    """The cells of the line that begins so."""
    return next(cut for line in lines if (cut := [cell.strip() for cell in line.split("│")[1:-1]]) and cut[0] == first)


async def is_at(engine, person_id, place, progress):
    """A person who has begun stands at that question."""
    await moves(engine, person_id, Status.ANSWERING)
    async with open_turn(engine, Sender("web", person_id), f"{person_id} {place}", now=NOON) as turn:
        session = Session(Status.ANSWERING, "Italiano (it)", 1, revision=2, place=place, progress=progress)
        await turn.save(session, (StatusMoved(Status.ANSWERING),))


async def marked(engine, person_id, **values):
    """What is known of a person of the register."""
    async with transaction(engine) as connection:
        await connection.execute(update(participants).where(participants.c.person_id == person_id).values(**values))


async def some_answered(engine):
    """One of each kind, and five complete."""
    await field(engine)
    for person, how in (("PO001", Status.DECLINED), ("PO002", Status.STOPPED), ("PO003", Status.NOTIFIED)):
        await moves(engine, person, how)
    await is_at(engine, "PO004", "/data/sez_azioni/azioni", (12, 24))
    await is_at(engine, "PO005", "/data/sez_unita/area", (1, 24))
    await marked(engine, "PO006", undeliverable="5.1.1")
    await marked(engine, "PO007", excluded="has left the organisation")
    for number in range(11, 16):
        await submits(engine, f"PO0{number}", NO)


async def invited(engine):
    """An invitation that reached nearly all of them."""
    async with transaction(engine) as connection:
        survey = await get_survey(connection, "zone")
        people = (await connection.scalars(select(participants.c.id).order_by(participants.c.person_id))).all()
        ran = {"kind": WaveKind.INVITATION, "planned_at": NOON, "state": WaveState.RAN, "ran_at": NOON}
        await connection.execute(insert(waves), {"id": 1, "survey_id": survey.id, **ran})
        blank = {"wave_id": 1, "occasion": "w1", "due_at": NOON, "attempts": 1, "reason": "", "said": ""}
        states = [Posting.DEAD, Posting.DOUBT, *[Posting.SENT] * (len(people) - 2)]
        rows = [
            {"participant_id": known, "channel": "email", "state": state, **blank}
            for known, state in zip(people, states, strict=True)
        ]
        await connection.execute(insert(outbox), rows)


# ---------------------------------------------------------------- once


def test_everybody_of_the_register_is_in_one_line(configured, capsys):
    """With AAPOR's code and class, the number and the share; the last line is the register."""
    on(configured, some_answered)
    lines = status(capsys)
    for words, code, letters, number, share in (
        ("complete", "1.1", "I", "5", "3.7%"),
        ("partial: half or more is done", "1.2", "P", "1", "0.7%"),
        ("break-off: less, or said stop", "2.12", "R", "2", "1.5%"),
        ("refusal: said no", "2.11", "R", "1", "0.7%"),
        ("refusal: came, answered nothing", "2.11", "R", "1", "0.7%"),
        ("non-contact: never came", "2.20", "NC", "122", "91.0%"),
        ("undeliverable", "3.30", "UO", "1", "0.7%"),
        ("not eligible", "4.0", "NE", "1", "0.7%"),
        ("register", "", "", "134", "100.0%"),
    ):
        assert cells(lines, words) == [words, code, letters, number, share]
    assert cells(lines, "RR1")[1:4] == ["3.8%", "5", "133"]
    assert cells(lines, "RR2")[1:4] == ["4.5%", "6", "133"]
    assert cells(lines, "RR5")[1:4] == ["3.8%", "5", "132"]


def test_status_names_nobody(configured, capsys):
    """Neither by id nor by name."""
    on(configured, some_answered, invited)
    words = " ".join(status(capsys))
    assert "PO0" not in words
    assert "Modelloponti" not in words
    assert "@" not in words


def test_status_says_whether_it_is_final(configured, capsys):
    """Dispositions of an open survey are those so far."""

    async def closed(engine):
        async with transaction(engine) as connection:
            await close_survey(connection, "zone", now=NOON)

    on(configured, some_answered)
    assert "so far" in " ".join(status(capsys))
    on(configured, closed)
    words = " ".join(status(capsys))
    assert "so far" not in words
    assert "these are the final dispositions" in words


@pytest.mark.usefixtures("configured")
def test_status_of_a_survey_without_people_says_what_is_next(capsys):
    """A rate of nobody is no number."""
    main(["survey", "create", "zone", str(FORM)])
    assert "Nobody is in the register. Next: colloquio participants import zone" in " ".join(status(capsys))


def test_days_and_waves_are_shown(configured, capsys):
    """The wave at its day, with what was sent and what came in."""
    on(configured, some_answered, invited)
    lines = status(capsys)
    assert cells(lines, "Mon 2026-11-23")[1:3] == ["5", "5"]
    assert cells(lines, "Mon 2026-11-23")[3].endswith("█ invitation")
    assert cells(lines, "invitation")[1:] == ["2026-11-23 12:00", "132 e-mail", "1 failed", "5"]
    assert "1 in doubt" in " ".join(lines)


def test_a_survey_in_which_nothing_has_happened_has_no_chart(configured, capsys):
    """Only the dispositions, the rates, and the units."""
    on(configured, field)
    words = " ".join(status(capsys))
    assert "Response rate by area" in words
    assert "Complete over time" not in words
    assert "Waves" not in words
    assert "stopped" not in words


def test_language_and_channel_show_no_small_group(configured, capsys):
    """From five responses in every group on."""

    async def four(engine):
        await field(engine)
        for person in ("PO001", "PO002", "PO003", "PO004"):
            await submits(engine, person, NO)

    on(configured, four)
    assert "Complete by channel: not shown, the groups are too small." in status(capsys)
    on(configured, lambda engine: submits(engine, "PO005", NO))
    lines = status(capsys)
    assert cells(lines, "Italiano (it)") == ["Italiano (it)", "5"]
    assert cells(lines, "web chat") == ["web chat", "5"]


def test_where_people_have_stopped_is_shown(configured, capsys):
    """By question, in the questionnaire's order, from five people on."""

    async def ten(engine):
        await field(engine)
        for number in range(1, 8):
            await is_at(engine, f"PO00{number}", "/data/sez_unita/area", (1, 24))
        for number in range(8, 11):
            await is_at(engine, f"PO0{number:02}", "/data/sez_pratiche/buona_pratica[2]/bp_titolo", (20, 24))

    on(configured, ten)
    lines = status(capsys)
    assert cells(lines, "area")[1:] == ["In quale Area lavora?", ">=5", ""]
    assert cells(lines, "bp_titolo")[1:] == ["Che titolo darebbe alla buona …", "<5", ""]


def test_the_rates_of_another_column_can_be_asked_for(configured, capsys):
    """One break-down at a time: that of the column takes the place of the first."""
    on(configured, some_answered)
    words = " ".join(status(capsys, "--by", "ruolo"))
    assert "Response rate by ruolo" in words
    assert "Response rate by area" not in words
    assert cells(status(capsys, "--by", "direzione"), "other (4 groups)")[1] == "15"


def test_a_column_that_the_register_lacks_is_refused_with_those_it_has(configured, capsys):
    """Exit code 1."""
    on(configured, field)
    capsys.readouterr()
    assert main(["status", "zone", "--by", "reparto"]) == 1
    assert "Its columns: area, direzione, ruolo." in capsys.readouterr().err


def test_what_is_piped_is_plain_and_80_columns_are_enough(configured, capsys, monkeypatch):
    """Nothing in it that only a terminal understands."""
    monkeypatch.setenv("COLUMNS", "80")
    on(configured, some_answered, invited)
    lines = status(capsys)
    assert max(map(len, lines)) <= 80
    assert not any("\x1b" in line for line in lines)


# ---------------------------------------------------------------- live


async def test_nothing_of_the_database_is_held_between_two_looks(engine):
    """Somebody else can have all of it to himself; and what he did is seen at the next look."""
    await field(engine)
    async with aclosing(renewals(engine, "zone", "", pause=0)) as looks:
        before = await anext(looks)
        await _have_it_alone(engine)
        after = await anext(looks)
    assert before != after
    assert before.column == after.column == "area"


async def _have_it_alone(engine):
    """Lock all of it, and change something."""
    async with transaction(engine) as connection:
        if engine.dialect.name == "postgresql":
            await connection.execute(text("LOCK TABLE participants, sessions, surveys IN ACCESS EXCLUSIVE MODE NOWAIT"))
        await connection.execute(update(participants).values(excluded="test"))
    if engine.dialect.name == "sqlite":
        with closing(sqlite3.connect(engine.url.database)) as alone:
            is_busy, *_ = alone.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        assert not is_busy


async def test_a_pipe_gets_everything_again_only_when_something_has_changed(engine, capsys):
    """Two looks at the same numbers are one."""
    await field(engine)
    async with snapshot(engine) as connection:
        first = await standing_of(connection, "zone")
        same = await standing_of(connection, "zone")
    await submits(engine, "PO001", NO)
    async with snapshot(engine) as connection:
        other = await standing_of(connection, "zone")

    async def looks():
        for standing in (first, same, other, other):
            yield standing

    await print_changes(looks())
    assert capsys.readouterr().out.count("Dispositions") == 2


@pytest.mark.parametrize("height", [10, 24, 40, 200])
async def test_a_screen_shows_whole_tables_as_far_as_there_is_room(engine, height):
    """And says how many there are more."""
    await some_answered(engine)
    await invited(engine)
    async with snapshot(engine) as connection:
        standing = await standing_of(connection, "zone")
    console = Console(width=80, height=height, file=io.StringIO())
    console.print(screenful(standing, console, NOON + timedelta(hours=1)))
    lines = console.file.getvalue().splitlines()
    assert len(lines) <= height
    words = " ".join(lines)
    assert words.count("┏") == words.count("└")
    assert ("Dispositions" in words) == (height > 20)
    assert ("a higher window" in words) == (height < 200)
    assert "14:00:00" not in words
    assert "13:00:00. Ctrl-C ends." in words


def test_watching_into_a_pipe_ends_with_ctrl_c(configured, monkeypatch):
    """Exit code 0 and no traceback."""
    on(configured, field)
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    with subprocess.Popen(WATCH, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as watching:  # noqa: S603
        assert any("Response rate by area" in line for line in watching.stdout)
        watching.send_signal(signal.SIGINT)
        _, complaints = watching.communicate(timeout=30)
    assert (watching.returncode, complaints) == (0, "")


def test_watching_on_a_terminal_ends_with_ctrl_c(configured, monkeypatch):
    """It is one screen, which gives way to what was there before."""
    on(configured, field)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    keyboard, terminal = pty.openpty()
    with subprocess.Popen(WATCH, stdin=terminal, stdout=terminal, stderr=terminal, start_new_session=True) as watching:  # noqa: S603
        os.close(terminal)
        seen = b""
        while b"Ctrl-C ends" not in seen:
            seen += os.read(keyboard, 65536)
        watching.send_signal(signal.SIGINT)
        seen += _rest(keyboard)
    assert watching.returncode == 0
    assert seen.index(b"\x1b[?1049h") < seen.index(b"Dispositions") < seen.index(b"\x1b[?1049l")
    assert b"Traceback" not in seen


def _rest(terminal):
    """Everything until nobody writes to it any more."""
    seen = b""
    try:
        while chunk := os.read(terminal, 65536):
            seen += chunk
    except OSError:  # Linux's word for the end of a terminal
        pass
    os.close(terminal)
    return seen
