"""What respondents send as an answer: pictures, recordings, films, files, in a folder beside the database."""

from storage.media.folder import FOLDER, FileTooLarge, Kept, MediaFolder
from storage.media.jpeg import PhotoUnreadable

__all__ = ["FOLDER", "FileTooLarge", "Kept", "MediaFolder", "PhotoUnreadable"]
