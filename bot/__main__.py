"""`python -m bot [--demo SURVEY]`: serve until Ctrl-C. Ends with 1 and one sentence if that is not possible."""

import argparse
import asyncio
import signal
import sys
from collections.abc import Sequence
from urllib.parse import urlsplit

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.app import serve
from bot.errors import WrongToken
from bot.logs import start_log
from bot.welcome import greet, greet_demo
from storage.errors import StorageError
from storage.settings import Settings, load_settings


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve; the exit code."""
    parser = argparse.ArgumentParser(prog="python -m bot", description="Serve the surveys: web chat and Telegram.")
    parser.add_argument("--demo", metavar="SURVEY", default="", help="say how to try this survey and what to do next")
    demo = parser.parse_args(arguments).demo
    try:
        settings = load_settings()
        start_log(_secrets(settings))
        asyncio.run(_serve(settings, demo=demo))
    except (StorageError, WrongToken, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except KeyboardInterrupt:  # before anybody listened for it
        return 130
    return 0


def _secrets(settings: Settings) -> list[str]:
    secrets = [settings.telegram_token, settings.secret, settings.smtp_url, settings.imap_url]
    told = [secret.get_secret_value() for secret in secrets if secret is not None]
    return [*told, *filter(None, (urlsplit(url).password for url in told if "://" in url))]


async def _serve(settings: Settings, *, demo: str) -> None:
    async def ready(engine: AsyncEngine, address: str) -> None:
        if demo:
            await greet_demo(engine, demo, address, settings)
        else:
            greet(address, settings)

    await serve(settings, ready)


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.default_int_handler)
    sys.exit(main())
