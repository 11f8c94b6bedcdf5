"""What an administrator can set."""

from pathlib import Path

import pytest

from storage.errors import SettingsRefused
from storage.settings import load_settings


@pytest.fixture(autouse=True)
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """An empty folder and no setting from outside."""
    monkeypatch.chdir(tmp_path)
    for name in ("SETTINGS", "DATA_DIR", "DATABASE_URL", "TELEGRAM_TOKEN", "SECRET", "WEB_PORT", "TIMEZONE"):
        monkeypatch.delenv(f"COLLOQUIO_{name}", raising=False)


def test_nothing_needs_to_be_set():
    """One folder beside the program holds the database and the key."""
    settings = load_settings()

    assert settings.database_url == "sqlite+aiosqlite:///data/colloquio.db"
    assert (settings.web_host, settings.web_port, settings.timezone) == ("127.0.0.1", 8080, "Europe/Rome")
    assert settings.telegram_token is None
    assert settings.secret_key() == Path("data/secret.key").read_bytes()


def test_the_environment_wins_over_the_file(monkeypatch: pytest.MonkeyPatch):
    """The file is for what stays, the environment for what is tried; a line for another program is no fault."""
    Path("colloquio.env").write_text("COLLOQUIO_WEB_PORT=9000\nCOLLOQUIO_DATA_DIR=kept\nPOSTGRES_USER=x\n")
    monkeypatch.setenv("COLLOQUIO_WEB_PORT", "9001")

    settings = load_settings()

    assert (settings.web_port, settings.data_dir) == (9001, Path("kept"))
    assert settings.database_url == "sqlite+aiosqlite:///kept/colloquio.db"


def test_another_file_can_be_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """A name that leads nowhere is refused, rather than passed over."""
    named = tmp_path / "survey.env"
    named.write_text("COLLOQUIO_TELEGRAM_TOKEN=12:canary\n")
    monkeypatch.setenv("COLLOQUIO_SETTINGS", str(named))
    settings = load_settings()
    named.unlink()

    assert settings.telegram_token is not None
    assert settings.telegram_token.get_secret_value() == "12:canary"
    assert "canary" not in repr(settings)
    with pytest.raises(SettingsRefused, match=r"survey\.env"):
        load_settings()


def test_a_wrong_setting_is_named_and_its_value_is_not_shown(monkeypatch: pytest.MonkeyPatch):
    """A secret with a mistake in it is still a secret."""
    monkeypatch.setenv("COLLOQUIO_WEB_PORT", "eighty")
    monkeypatch.setenv("COLLOQUIO_SECRET", "canary")

    with pytest.raises(SettingsRefused, match="COLLOQUIO_WEB_PORT") as refused:
        load_settings()

    assert "COLLOQUIO_SECRET" in str(refused.value)
    assert "canary" not in str(refused.value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TIMEZONE", "Nowhere-canary"),
        ("TIMEZONE", "../canary"),
        ("TELEGRAM_API_URL", "canary.example.org"),
        ("TELEGRAM_API_URL", "ftp://canary.example.org"),
        ("TELEGRAM_API_URL", "https://"),
        ("PUBLIC_URL", "canary.example.org"),
        ("PUBLIC_URL", "ftp://canary.example.org"),
        ("PUBLIC_URL", "https://canary.example.org/a b"),
        ("PUBLIC_URL", "https://canary.example.org/?q"),
        ("PUBLIC_URL", "http://[::1"),
        ("TELEGRAM_TOKEN", "canary"),
        ("TELEGRAM_TOKEN", "123456:"),
        ("TELEGRAM_TOKEN", "123456:canary canary"),
        ("TELEGRAM_TOKEN", "@canary_bot:123"),
    ],
)
def test_what_could_never_work_is_refused_at_the_start(monkeypatch: pytest.MonkeyPatch, name: str, value: str):
    """By its name, and before anything is served."""
    monkeypatch.setenv(f"COLLOQUIO_{name}", value)

    with pytest.raises(SettingsRefused, match=f"COLLOQUIO_{name}: ") as refused:
        load_settings()

    assert "canary" not in str(refused.value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SMTP_URL", "http://canary.example.org"),
        ("SMTP_URL", "smtp://"),
        ("IMAP_URL", "smtp://canary.example.org"),
        ("SMTP_URL", "smtp://canary..example.org"),
        ("HOURS", "09:00Z-18:00"),
        ("HOURS", "09:00Z-18:00Z"),
        ("BOUNCE_LISTEN", "127.0.0.1:2527"),
        ("MAIL_FROM", "Canary <canary@example.org>"),
        ("MAIL_FROM", "canary@example..org"),
        ("BOUNCE_ADDRESS", "canary"),
        ("BOUNCE_ADDRESS", f"{'canary' * 3}@example.org"),
    ],
)
def test_mail_that_could_never_leave_or_come_back_is_refused(monkeypatch: pytest.MonkeyPatch, name: str, value: str):
    """A long name of the bounce address would leave no place for the tags of the messages."""
    monkeypatch.setenv(f"COLLOQUIO_{name}", value)

    with pytest.raises(SettingsRefused, match=f"COLLOQUIO_{name}: ") as refused:
        load_settings()

    assert "canary" not in str(refused.value)


@pytest.mark.parametrize(
    ("name", "value"),
    [("BOUNCE_LISTEN", "lmtp://127.0.0.1:2527"), ("IMAP_URL", "imaps://survey:canary@mail.example.org")],
)
def test_bounces_that_could_never_come_are_not_waited_for(monkeypatch: pytest.MonkeyPatch, name: str, value: str):
    """No message would name an address that leads there."""
    monkeypatch.setenv(f"COLLOQUIO_{name}", value)

    with pytest.raises(SettingsRefused, match=f"COLLOQUIO_{name} reads .* COLLOQUIO_BOUNCE_ADDRESS, which") as refused:
        load_settings()

    assert "canary" not in str(refused.value)


def test_mail_has_a_server_a_sender_and_a_way_back(monkeypatch: pytest.MonkeyPatch):
    """As they are written; the password is not shown."""
    told = {
        "SMTP_URL": "smtps://survey:canary@mail.example.org:465",
        "IMAP_URL": "imaps://survey:canary@mail.example.org/INBOX",
        "MAIL_FROM": "survey@example.org",
        "BOUNCE_ADDRESS": "colloquio-back@example.org",
        "BOUNCE_LISTEN": "lmtp://127.0.0.1:2527",
    }
    for name, value in told.items():
        monkeypatch.setenv(f"COLLOQUIO_{name}", value)

    settings = load_settings()

    assert settings.bounce_address == told["BOUNCE_ADDRESS"]
    assert settings.smtp_url is not None
    assert settings.smtp_url.get_secret_value() == told["SMTP_URL"]
    assert "canary" not in repr(settings)


@pytest.mark.parametrize("url", ["http://127.0.0.1:8081", "https://bots.example.org/api/"])
def test_a_server_of_ones_own_and_a_token_are_taken(monkeypatch: pytest.MonkeyPatch, url: str):
    """As they are written."""
    monkeypatch.setenv("COLLOQUIO_TELEGRAM_API_URL", url)
    monkeypatch.setenv("COLLOQUIO_TELEGRAM_TOKEN", "123456:TEST")

    settings = load_settings()

    assert settings.telegram_api_url == url
    assert settings.telegram_token is not None


def test_a_secret_that_is_set_makes_no_file(monkeypatch: pytest.MonkeyPatch):
    """Several machines share it by the environment."""
    monkeypatch.setenv("COLLOQUIO_SECRET", "s" * 32)

    assert load_settings().secret_key() == b"s" * 32
    assert not Path("data").exists()
