"""What stands at the entrance: the ways on from a page, and what the page of an invitation shows."""

from dataclasses import dataclass
from datetime import datetime

from bot.reply import Preview
from bot.web.words import Sentence
from conversations.advice import Advice, advice
from conversations.protocol import Block, Style


@dataclass(frozen=True, slots=True)
class Way:
    """A way on from a page: what its button says, and the address."""

    sentence: Sentence
    address: str


@dataclass(frozen=True, slots=True)
class LandingView:
    """An invitation and the ways to answer, each "" where there is none: a form here, Telegram, an SVG to scan."""

    preview: Preview
    form_token: str
    telegram: str
    qr: str
    qr_opens_telegram: bool
    ways: tuple[Way, ...]

    @property
    def title(self) -> str:
        """The survey's."""
        return self.preview.terms.title if self.preview.terms is not None else ""

    @property
    def blocks(self) -> tuple[Block, ...]:
        """What is said before anything is begun; the notice follows in the conversation."""
        return tuple(block for block in self.preview.prompt.blocks if block.style is Style.PLAIN)

    @property
    def beside(self) -> str:
        """That another participation is open here, where one is; "" otherwise. Not whose, nor in which survey."""
        known = self.form_token and self.preview.is_beside
        return advice(Advice.BESIDE_ANOTHER, self.preview.prompt.language).blocks[0].text if known else ""

    @property
    def closes_at(self) -> datetime | None:
        """Until when answers are taken, where they are."""
        is_over = self.preview.obstacle in (Advice.SURVEY_CLOSED, Advice.NOT_OPEN_YET)
        return self.preview.terms.closes_at if self.preview.terms is not None and not is_over else None
