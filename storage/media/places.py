"""Where an installation keeps what respondents send: a folder of this machine, or an address of fsspec."""

from pathlib import Path
from urllib.parse import unquote, urlsplit

from storage.errors import SettingsRefused
from storage.media.folder import MediaFolder
from storage.media.store import MediaStore
from storage.settings import Settings

FOLDER = "media"
"""In the folder of the installation."""


def open_media(settings: Settings) -> MediaStore:
    """The place that COLLOQUIO_MEDIA names; the folder `media` of the installation where it names none.

    Raises SettingsRefused where the program for such an address is not there.
    """
    address, most = settings.media, settings.most_megabytes
    folder = settings.data_dir / FOLDER
    if "://" not in address:
        return MediaFolder(Path(address) if address else folder, most)
    parts = urlsplit(address)
    if parts.scheme == "file":
        return MediaFolder(Path(unquote(parts.path)), most)
    from fsspec import get_filesystem_class  # noqa: PLC0415 - for those who need it

    from storage.media.remote import RemoteMedia  # noqa: PLC0415

    try:
        get_filesystem_class(address.partition("://")[0].rpartition("::")[2])
    except (ImportError, ValueError) as error:
        raise SettingsRefused(f"COLLOQUIO_MEDIA: {error}") from error
    return RemoteMedia(address, folder, most)
