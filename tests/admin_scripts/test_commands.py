"""The commands as a coordinator types them: what they do, what they say, how they end."""

import csv
import os
import re
import runpy
import subprocess
import sys
from datetime import UTC, datetime, time

import pytest
from sqlalchemy import text, update

from admin_scripts.__main__ import main
from admin_scripts.demo import prepare
from admin_scripts.moments import moment
from conversations.protocol import Mode
from storage.bots import remember_bot
from storage.engine import transaction
from storage.errors import DatabaseFull
from storage.settings import load_settings
from storage.surveys import State
from storage.tables import surveys
from tests.admin_scripts.field_work import EXAMPLES, NOON, field, on
from tests.sheets import workbook

FORM = str(EXAMPLES / "zone_omogenee_po.xlsx")
STAFF = str(EXAMPLES / "staff.csv")
PAST = datetime(2020, 1, 1, tzinfo=UTC)
ONE_MISTAKE = """
| survey  |
|         | type  | name | label | relevant     |
|         | text  | tea  | Tea?  | ${nowhere}=1 |
"""
BROKEN = """
| survey  |
|         | type             | name | label | relevant     |
|         | text             | a b  | A?    |              |
|         | select_one tea   | tea  | Tea?  | ${nowhere}=1 |
"""


@pytest.fixture
def broken(tmp_path):
    path = tmp_path / "broken.xlsx"
    path.write_bytes(workbook(BROKEN))
    return str(path)


def said(capsys):
    """Everything said since the last time, on one line."""
    captured = capsys.readouterr()
    return " ".join((captured.out + captured.err).split())


# ---------------------------------------------------------------- check


def test_a_good_questionnaire_is_without_errors(capsys):
    """Exit code 0."""
    assert main(["check", FORM]) == 0
    assert FORM in said(capsys).replace(" ", "") or "can be used" in said(capsys)


def test_a_broken_questionnaire_is_refused_with_cell_and_remedy(broken, capsys):
    """Exit code 1, and a table of everything that is wrong."""
    assert main(["check", broken]) == 1
    words = said(capsys)
    assert "error" in words
    assert "survey!" in words
    assert "Correct the cells" in words


def test_one_is_counted_as_one(configured, tmp_path, capsys):
    """By every command that counts mistakes or lines."""
    (tmp_path / "one.xlsx").write_bytes(workbook(ONE_MISTAKE))
    assert main(["check", "one.xlsx"]) == 1
    assert "one.xlsx has 1 error. " in said(capsys)
    assert main(["survey", "create", "zone", "one.xlsx"]) == 1
    assert "one.xlsx has 1 error and no survey was created" in said(capsys)
    on(configured, field)
    (tmp_path / "one.csv").write_text("matricola;lingua\n2;klingon\n")
    assert main(["participants", "import", "zone", "one.csv"]) == 1
    assert "1 line of one.csv is bad" in said(capsys)


def test_a_coordinator_sees_that_something_goes_on_while_pyxform_is_imported():
    """It takes a second on its own."""
    code = (
        "import sys, pathlib, contextlib; from admin_scripts import check;"
        "check.working = lambda what: print('pyxform' in sys.modules) or contextlib.nullcontext();"
        f"check.examine(pathlib.Path({FORM!r}))"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout == b"False\n"  # noqa: S603


@pytest.mark.parametrize("content", [b"", b"no workbook", b"PK\x03\x04 cut off"])
def test_a_file_that_is_no_workbook_is_refused(tmp_path, capsys, content):
    """Without a traceback."""
    (tmp_path / "form.xlsx").write_bytes(content)
    assert main(["check", str(tmp_path / "form.xlsx")]) == 1
    assert "Traceback" not in said(capsys)


def test_a_questionnaire_that_is_not_there_is_refused(capsys):
    """With the name that was looked for."""
    assert main(["check", "nowhere.xlsx"]) == 1
    assert "nowhere.xlsx cannot be read" in said(capsys)


# ---------------------------------------------------------------- survey


@pytest.mark.usefixtures("configured")
def test_a_survey_goes_from_created_to_closed(capsys):
    """Create, list, open, close; each step says the next."""
    assert main(["survey", "list"]) == 0
    assert "There is no survey yet" in said(capsys)
    assert main(["survey", "create", "zone", FORM, "--sender", "Ente", "--closes", "2099-12-31"]) == 0
    assert "colloquio participants import zone" in said(capsys)
    assert main(["survey", "open", "zone"]) == 0
    assert main(["survey", "show", "zone"]) == 0
    words = said(capsys)
    assert "confidential" in words
    assert "Thursday 2099-12-31, 23:59" in words
    assert re.search(r"Questionnaire │ \S+ \([0-9a-f]{12}\)", words), "the author's version, and ours"
    assert "Europe/Rome" in words
    assert main(["survey", "close", "zone"]) == 0
    assert main(["survey", "list"]) == 0
    assert "closed" in said(capsys)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["zone", FORM, "--mode", "anonymous"], "The anonymous mode is not offered yet"),
        (["zone", FORM, "--closes", "31/12/2099"], "is no date. Write it as"),
        (["zone", FORM, "--opens", "2027-02-01", "--closes", "2027-01-01"], "would close before it opens"),
        (["zone", FORM, "--opens", "2099-02-01T09:00", "--closes", "2099-02-01T09:00"], "would close before it opens"),
        (["zone", FORM, "--closes", "2020-01-01"], "'2020-01-01' is over"),
        (["two words", FORM], "cannot be a survey's name"),
        (["Synthetic-zone", FORM], "how exports of made-up answers begin"),
        (["zone", "nowhere.xlsx"], "cannot be read"),
    ],
)
def test_a_survey_that_cannot_be_is_refused_and_nothing_is_stored(configured, capsys, arguments, sentence):
    """Neither survey nor questionnaire."""
    assert main(["survey", "create", *arguments]) == 1
    assert sentence in said(capsys)
    assert stored(configured) == {"forms": 0, "surveys": 0, "participants": 0}


@pytest.mark.usefixtures("configured")
def test_respondents_are_to_be_told_who_asks_and_whom_to_turn_to(capsys):
    """Whoever forgets it is warned, and the survey is created all the same."""
    assert main(["survey", "create", "bare", FORM]) == 0
    assert "Warning: --sender and --contact missing" in said(capsys)
    assert main(["survey", "create", "half", FORM, "--sender", "Ente"]) == 0
    assert "Warning: --contact missing" in said(capsys)
    assert main(["survey", "create", "whole", FORM, "--sender", "Ente", "--contact", "ente@example.org"]) == 0
    assert "Warning" not in said(capsys)


def test_opening_says_that_a_closing_date_has_passed(configured, capsys):
    """The survey stays open until somebody closes it, which has to be known."""

    async def over(engine):
        survey = await field(engine)
        async with transaction(engine) as connection:
            await connection.execute(update(surveys).where(surveys.c.id == survey.id).values(closes_at=PAST))

    main(["survey", "create", "other", FORM, "--closes", "2099-12-31"])
    on(configured, over)
    capsys.readouterr()
    assert main(["survey", "open", "zone"]) == 0
    assert "Its closing date, Wednesday 2020-01-01, 01:00, had passed and was removed" in said(capsys)
    assert main(["survey", "open", "other"]) == 0
    assert "removed" not in said(capsys)


@pytest.mark.parametrize(
    ("text", "moment_in_rome"),
    [
        ("2030-12-01", "2030-12-01T23:59:00+01:00"),
        ("20301201", "2030-12-01T23:59:00+01:00"),
        ("2030-12-01T09:00", "2030-12-01T09:00:00+01:00"),
        ("2030-07-01 09:00", "2030-07-01T09:00:00+02:00"),
        ("2030-12-01T09:00Z", "2030-12-01T10:00:00+01:00"),
        ("2030-12-01T09:00-05:00", "2030-12-01T15:00:00+01:00"),
    ],
)
def test_a_date_means_what_it_says(text, moment_in_rome):
    """A day is its last minute, a time is of the survey's zone, an offset is kept."""
    assert moment(text, "Europe/Rome", time(23, 59)).isoformat() == moment_in_rome


def test_a_broken_questionnaire_makes_no_survey(configured, broken, capsys):
    """It says what is wrong instead."""
    assert main(["survey", "create", "zone", broken]) == 1
    assert "no survey was created" in said(capsys)
    assert stored(configured) == {"forms": 0, "surveys": 0, "participants": 0}


@pytest.mark.usefixtures("configured")
def test_a_name_is_taken_once(capsys):
    """The first survey stays what it was."""
    main(["survey", "create", "zone", FORM])
    assert main(["survey", "create", "zone", FORM, "--mode", "identified"]) == 1
    assert "There is a survey of this name already" in said(capsys)
    assert main(["survey", "show", "zone"]) == 0
    assert "confidential" in said(capsys)


@pytest.mark.usefixtures("configured")
@pytest.mark.parametrize(
    "arguments",
    [
        ["survey", "show", "x"],
        ["survey", "open", "x"],
        ["survey", "close", "x"],
        ["participants", "import", "x", STAFF],
        ["invitations", "export", "x", "out.csv"],
        ["invitations", "renew", "x", "PO001"],
        ["invitations", "send", "x"],
        ["invitations", "cards", "x", "out.csv"],
        ["participants", "exclude", "x", "PO001", "--reason", "y"],
        ["participants", "include", "x", "PO001"],
        ["survey", "change", "x", "--title", "y"],
        ["texts", "export", "x", "out.csv"],
        ["texts", "import", "x", STAFF],
        ["waves", "plan", "x", "--at", "2099-12-01"],
        ["waves", "list", "x"],
        ["waves", "run", "x"],
        ["waves", "cancel", "x"],
        ["outbox", "show", "x"],
        ["outbox", "retry", "x"],
        ["status", "x"],
        ["export", "x"],
    ],
)
def test_a_survey_that_nobody_knows_is_refused_by_every_command(capsys, tmp_path, arguments):
    """And no file is made."""
    assert main(arguments) == 1
    assert "There is no survey of this name" in said(capsys)
    assert not (tmp_path / "out.csv").exists()
    assert not (tmp_path / "exports").exists()


# ---------------------------------------------------------------- participants


@pytest.mark.usefixtures("configured")
def test_importing_a_register_twice_changes_nothing(capsys):
    """134 people, then none."""
    main(["survey", "create", "zone", FORM])
    assert main(["participants", "import", "zone", STAFF]) == 0
    words = said(capsys)
    assert "134 people added, 0 changed, 0 as they were" in words
    assert "Next: colloquio survey open zone" in words
    main(["survey", "open", "zone"])
    capsys.readouterr()
    assert main(["participants", "import", "zone", STAFF]) == 0
    words = said(capsys)
    assert "0 people added, 0 changed, 134 as they were" in words
    assert "survey open" not in words


def test_a_register_with_a_bad_line_imports_nobody_unless_told_to(configured, capsys, tmp_path):
    """Each bad line is listed with its reason either way."""
    main(["survey", "create", "zone", FORM])
    register = tmp_path / "register.csv"
    register.write_text("matricola;lingua\n1;it\n2;klingon\n1;en\n")
    assert main(["participants", "import", "zone", str(register)]) == 1
    words = said(capsys)
    assert "no language 'klingon', only it, en" in words
    assert f"2 lines of {register} are bad" in words
    assert "the id '1' is already on line 2" in words
    assert stored(configured)["participants"] == 0
    assert main(["participants", "import", "zone", str(register), "--skip-bad"]) == 0
    assert "1 person added" in said(capsys)
    assert stored(configured)["participants"] == 1


@pytest.mark.usefixtures("configured")
def test_a_register_of_bad_lines_only_is_refused_all_the_same(tmp_path, capsys):
    """There is nobody to import."""
    main(["survey", "create", "zone", FORM])
    (tmp_path / "register.csv").write_text("id,peso\n,1\n")
    assert main(["participants", "import", "zone", "register.csv", "--skip-bad"]) == 1
    assert "names nobody" in said(capsys)


# ---------------------------------------------------------------- invitations


def invitations(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_everybody_has_a_link_for_each_channel(configured, tmp_path, monkeypatch):
    """A file for the owner alone; the same links when it is written again."""
    on(configured, field)
    monkeypatch.setenv("COLLOQUIO_PUBLIC_URL", "https://survey.example.org/")
    monkeypatch.setenv("COLLOQUIO_TELEGRAM_BOT_NAME", "@example_bot")
    out = tmp_path / "out.csv"
    assert main(["invitations", "export", "zone", str(out)]) == 0
    first = invitations(out)
    assert len(first) == 134
    assert first[0]["person_id"] == "PO001"
    token = first[0]["web_link"].removeprefix("https://survey.example.org/s/")
    assert first[0]["telegram_link"] == f"https://t.me/example_bot?start={token}"
    assert len({row["web_link"] for row in first}) == 134
    assert out.stat().st_mode & 0o777 == 0o600
    assert main(["invitations", "export", "zone", str(out), "--overwrite"]) == 0
    assert invitations(out) == first


@pytest.mark.usefixtures("configured")
def test_a_file_of_invitations_is_not_overwritten_by_mistake(tmp_path, capsys):
    """It may be the one that was sent."""
    (tmp_path / "out.csv").write_text("precious")
    assert main(["invitations", "export", "zone", "out.csv"]) == 1
    assert "add --overwrite" in said(capsys)
    assert (tmp_path / "out.csv").read_text() == "precious"


def test_links_that_lead_nowhere_yet_are_explained(configured, tmp_path, capsys):
    """Without the bot's name the column is empty; without a public address the link is of this machine."""
    on(configured, field)
    assert main(["invitations", "export", "zone", "out.csv"]) == 0
    words = said(capsys)
    assert "COLLOQUIO_TELEGRAM_BOT_NAME" in words
    assert "COLLOQUIO_PUBLIC_URL" in words
    row = invitations(tmp_path / "out.csv")[0]
    assert row["telegram_link"] == ""
    assert row["web_link"].startswith("http://127.0.0.1:8080/s/")


def test_the_telegram_links_lead_to_the_bot_that_was_served(configured, tmp_path, monkeypatch, capsys):
    """Unless a setting names another."""

    async def served(engine):
        async with transaction(engine) as connection:
            await remember_bot(connection, "@served_bot", now=NOON)

    on(configured, field, served)
    assert main(["invitations", "export", "zone", "out.csv"]) == 0
    assert "There are no Telegram links" not in said(capsys)
    assert invitations(tmp_path / "out.csv")[0]["telegram_link"].startswith("https://t.me/served_bot?start=")
    monkeypatch.setenv("COLLOQUIO_TELEGRAM_BOT_NAME", "another_bot")
    assert main(["invitations", "export", "zone", "out.csv", "--overwrite"]) == 0
    assert invitations(tmp_path / "out.csv")[0]["telegram_link"].startswith("https://t.me/another_bot?start=")


def test_a_renewed_invitation_is_another_link(configured, tmp_path, capsys):
    """The others stay."""
    on(configured, field)
    main(["invitations", "export", "zone", "before.csv"])
    capsys.readouterr()
    assert main(["invitations", "renew", "zone", "PO002"]) == 0
    link = said(capsys).split()[0]
    main(["invitations", "export", "zone", "after.csv"])
    before, after = (invitations(tmp_path / name) for name in ("before.csv", "after.csv"))
    assert [a["web_link"] for a, b in zip(after, before, strict=True) if a != b] == [link]


def test_nobody_of_that_name_can_be_renewed(configured, capsys):
    """The sentence says where the names are."""
    on(configured, field)
    assert main(["invitations", "renew", "zone", "nobody"]) == 1
    assert "The register of this survey has no such person" in said(capsys)


# ---------------------------------------------------------------- the demo, and handing over


async def test_the_demo_is_set_up_once(engine, monkeypatch, tmp_path):
    """The second time there is nothing to do."""
    monkeypatch.setenv("COLLOQUIO_DATA_DIR", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    assert await prepare(engine, load_settings())
    assert not await prepare(engine, load_settings())


def test_the_demo_goes_on_as_the_program_that_serves(configured, monkeypatch, capsys):
    """By name, with the survey open and everybody in it; its exit code is the command's."""

    def bot(name, **how):
        assert (name, how["run_name"], sys.argv[1:]) == ("bot", "__main__", ["--demo", "zone-omogenee"])
        sys.exit(7)

    monkeypatch.setattr(sys, "argv", ["colloquio"])
    monkeypatch.setattr(runpy, "run_module", bot)
    assert main(["demo"]) == 7
    assert main(["survey", "show", "zone-omogenee"]) == 0
    words = said(capsys)
    assert State.OPEN in words
    assert Mode.CONFIDENTIAL in words
    assert stored(configured)["participants"] == 134


@pytest.mark.usefixtures("configured")
def test_the_demo_that_somebody_closed_stays_closed(monkeypatch, capsys):
    """It only serves."""
    monkeypatch.setattr(sys, "argv", ["colloquio"])
    monkeypatch.setattr(runpy, "run_module", lambda *_name, **_how: None)
    main(["demo"])
    main(["survey", "close", "zone-omogenee"])
    capsys.readouterr()
    assert main(["demo"]) == 0
    main(["survey", "show", "zone-omogenee"])
    words = said(capsys)
    assert State.CLOSED in words
    assert "Ufficio di prova" in words


def test_serve_becomes_our_program_whatever_lies_in_the_folder(tmp_path):
    """Called as the installed command is, from a folder that has a `bot` of its own."""
    (tmp_path / "colloquio").write_text("import sys; from admin_scripts.__main__ import main; sys.exit(main())")
    here = tmp_path / "here"
    (here / "bot").mkdir(parents=True)
    (here / "bot" / "__init__.py").touch()
    (here / "bot" / "__main__.py").write_text("print('another bot')")
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONSAFEPATH"}
    environment |= {"PYTHONPATH": str(EXAMPLES.parent), "COLLOQUIO_WEB_PORT": "refused"}
    words = [sys.executable, tmp_path / "colloquio", "serve"]
    ended = subprocess.run(words, cwd=here, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    assert (ended.returncode, ended.stdout) == (1, "")
    assert "COLLOQUIO_WEB_PORT" in ended.stderr


# ---------------------------------------------------------------- trouble


def test_a_database_of_a_newer_version_is_refused_by_every_command(configured, capsys):
    """One sentence, and nothing is done to it."""

    async def newer(engine):
        async with transaction(engine) as connection:
            await connection.execute(text("UPDATE alembic_version SET version_num = 'future'"))

    on(configured, newer)
    for arguments in (["survey", "list"], ["demo"], ["status", "x"], ["survey", "create", "zone", FORM]):
        assert main(arguments) == 1
        assert "newer version" in said(capsys)


def test_a_full_disk_is_one_sentence(configured, monkeypatch, capsys):
    """Nothing is half done."""
    main(["survey", "create", "zone", FORM])
    capsys.readouterr()

    async def full(*_arguments, **_options):
        raise DatabaseFull

    monkeypatch.setattr("admin_scripts.participants.import_people", full)
    assert main(["participants", "import", "zone", STAFF]) == 1
    assert "The disk of the database is full" in said(capsys)
    assert stored(configured)["participants"] == 0


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("COLLOQUIO_DATABASE_URL", "mysql://x/y", "must look like"),
        ("COLLOQUIO_DATABASE_URL", "postgresql://127.0.0.1:1/none", "cannot be reached"),
        ("COLLOQUIO_DATA_DIR", "/dev/null/data", "The database cannot be reached"),
        ("COLLOQUIO_WEB_PORT", "many", "A setting is not valid"),
        ("COLLOQUIO_SETTINGS", "nowhere.env", "which is not there"),
    ],
)
def test_a_wrong_setting_is_one_sentence(monkeypatch, tmp_path, capsys, name, value, sentence):
    """That names it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(name, value)
    assert main(["survey", "list"]) == 1
    assert sentence in said(capsys)


@pytest.mark.usefixtures("configured")
def test_a_data_folder_that_cannot_be_is_one_sentence(monkeypatch, capsys):
    """The secret key would lie there."""
    main(["survey", "create", "zone", FORM])
    monkeypatch.delenv("COLLOQUIO_SECRET")
    monkeypatch.setenv("COLLOQUIO_DATA_DIR", "/dev/null/data")
    assert main(["participants", "import", "zone", STAFF]) == 1
    assert "cannot be used: Not a directory. Check COLLOQUIO_DATA_DIR" in said(capsys)


def test_a_wrong_call_ends_with_2(capsys):
    """An unknown command, an unknown mode, a missing argument."""
    for arguments in (["bogus"], ["survey", "create", "x", FORM, "--mode", "secret"], ["status"]):
        assert main(arguments) == 2
        assert "Traceback" not in said(capsys)


def stored(url):
    """How many rows these tables have."""
    counts = {}

    async def count(engine):
        async with transaction(engine) as connection:
            for table in ("forms", "surveys", "participants"):
                counts[table] = await connection.scalar(text(f"SELECT count(*) FROM {table}"))  # noqa: S608

    on(url, count)
    return counts
