"""Everything `storage` raises, each with its sentence for people, and the one place where foreign errors end."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import exc


class StorageError(Exception):
    """Base of what `storage` raises on purpose; the docstring of each child is its message."""

    def __init__(self, detail: str = "") -> None:
        sentence = " ".join((type(self).__doc__ or "").split())
        super().__init__(f"{sentence} ({detail})" if detail else sentence)


# ---------------------------------------------------------------- the database


class DatabaseTooNew(StorageError):
    """A newer version of Colloquio made this database. Install that version, or restore the back-up made before it."""


class DatabaseFull(StorageError):
    """The disk of the database is full; nothing was changed. Make room on it, then try again."""


class DatabaseUnavailable(StorageError):
    """The database cannot be reached or is busy; nothing was changed. Check COLLOQUIO_DATABASE_URL, then try again."""


class DatabaseRefused(StorageError):
    """The database refused a change that would break its rules; nothing was changed. Please report this."""


class DatabaseFailed(StorageError):
    """The database reported an error; nothing was changed."""


class DatabaseAddressRefused(StorageError):
    """COLLOQUIO_DATABASE_URL must look like sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME."""


# ---------------------------------------------------------------- settings and keys


class SettingsRefused(StorageError):
    """A setting is not valid. Correct it in the environment or in the settings file."""


class SecretChanged(StorageError):
    """These invitations were made with another secret key. Put the earlier secret.key or COLLOQUIO_SECRET back."""


class SecretTooShort(StorageError):
    """The secret key is shorter than 32 bytes. Restore it from the backup, or delete it if no invitation was sent."""


# ---------------------------------------------------------------- surveys and people


class FormUnknown(StorageError):
    """No questionnaire with this version is stored. Create the survey from its file again."""


class SurveyUnknown(StorageError):
    """There is no survey of this name. `colloquio survey list` shows the names."""


class SurveyExists(StorageError):
    """There is a survey of this name already. Choose another name."""


class VersionChanged(StorageError):
    """The survey has got another version of its questionnaire meanwhile; nothing was changed. Look at it once more."""


class SurveySynthetic(StorageError):
    """Its answers were made up to rehearse, so nobody can be asked in it, ever. Create another survey for people."""


class SurveyNotSynthetic(StorageError):
    """People can answer this survey, so no invented answer comes into it. Give another name after --into."""


class ModeNotOffered(StorageError):
    """The anonymous mode is not offered yet, and nothing weaker takes its place. Choose identified or confidential."""


class DatesRefused(StorageError):
    """The survey would close before it opens. Give a closing date after the opening date."""


class TimezoneUnknown(StorageError):
    """No time zone has this name. Use a name such as Europe/Rome."""


class PersonTwice(StorageError):
    """The register names the same person twice; nothing was imported. Remove one of the two rows."""


class PersonUnknown(StorageError):
    """The register of this survey has no such person. `colloquio invitations export` lists them all."""


# ---------------------------------------------------------------- foreign errors

_SQLITE_UNAVAILABLE = {5, 6, 8, 10, 14}  # BUSY, LOCKED, READONLY, IOERR, CANTOPEN
_SQLITE_FULL = 13
_POSTGRESQL_UNAVAILABLE = ("08", "28", "3D", "40", "53", "55P03", "57")
_POSTGRESQL_FULL = "53100"
_UNREACHABLE = (OSError, TimeoutError, exc.TimeoutError)  # while connecting, anything of the network or the file


@contextmanager
def translated() -> Iterator[None]:
    """Turn the errors of SQLAlchemy and the drivers into ours; the foreign one stays as the cause."""
    try:
        yield
    except exc.DBAPIError as error:
        raise _kind(error)(str(error.orig).partition("\n")[0]) from error  # the next lines quote values


@contextmanager
def reaching() -> Iterator[None]:
    """Around the opening of a connection, which fails with errors of the operating system as well."""
    try:
        yield
    except _UNREACHABLE as error:
        raise DatabaseUnavailable(str(error)) from error


def _kind(error: exc.DBAPIError) -> type[StorageError]:
    if isinstance(error, exc.IntegrityError):
        return DatabaseRefused
    state = str(getattr(error.orig, "sqlstate", None) or "")
    code = getattr(error.orig, "sqlite_errorcode", 0) & 0xFF  # the higher bits only say more
    if code == _SQLITE_FULL or state == _POSTGRESQL_FULL:
        return DatabaseFull
    if code in _SQLITE_UNAVAILABLE or state.startswith(_POSTGRESQL_UNAVAILABLE) or error.connection_invalidated:
        return DatabaseUnavailable
    return DatabaseFailed
