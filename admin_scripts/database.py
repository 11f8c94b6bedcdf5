"""The database that a command works on, opened for it; storage's refusals become the command's."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy.ext.asyncio import AsyncEngine

from admin_scripts.refusal import Refused
from storage.engine import open_engine
from storage.errors import StorageError
from storage.migrate import migrate
from storage.settings import Settings, load_settings


@asynccontextmanager
async def connected() -> AsyncIterator[tuple[AsyncEngine, Settings]]:
    """The database of the settings, with this version's schema. Whatever storage refuses inside raises Refused."""
    try:
        settings = load_settings()
        engine = open_engine(settings.database_url)
        try:
            await migrate(engine)
            yield engine, settings
        finally:
            await engine.dispose()
    except StorageError as error:
        raise Refused(str(error)) from error
    except OSError as error:
        raise Refused(f"{error.filename} cannot be used: {error.strerror}. Check COLLOQUIO_DATA_DIR.") from error
