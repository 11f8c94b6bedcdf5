"""What a publisher of open data has to say of them that no survey knows."""

from dataclasses import dataclass
from datetime import date

THEMES = "http://publications.europa.eu/resource/authority/data-theme/"


@dataclass(frozen=True, slots=True)
class About:
    """Who holds the rights, and where the data are found. `theme` is a code of the EU's data themes: "GOVE"."""

    holder: str
    holder_id: str  # in Italy the IPA code
    identifier: str
    access_url: str
    theme: str
    modified: date
