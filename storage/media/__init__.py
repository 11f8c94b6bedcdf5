"""What respondents send as an answer: pictures, recordings, films, files, in a folder or at an address of fsspec."""

from storage.media.folder import MediaFolder
from storage.media.jpeg import PhotoUnreadable
from storage.media.places import FOLDER, open_media
from storage.media.store import FileTooLarge, Kept, MediaStore

__all__ = ["FOLDER", "FileTooLarge", "Kept", "MediaFolder", "MediaStore", "PhotoUnreadable", "open_media"]
