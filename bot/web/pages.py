"""Views -> HTML. The only file that knows the templates."""

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.web import words
from bot.web.doors import LandingView, Way
from bot.web.mailbox import Leaf, Mail
from bot.web.menu import menu_of
from bot.web.text import lines, linked, passages
from bot.web.view import ChatView
from conversations.phrases import Phrases, phrases_for
from conversations.protocol import Block, Style

_HERE = Path(__file__).parent
STATIC = {name: (_HERE / "static" / name).read_bytes() for name in ("chat.css", "chat.js", "mark.svg")}
"""Everything a page loads, by name."""


class Pages:
    """The pages of one installation, whose addresses all begin with `base` ("" or "/path")."""

    def __init__(self, base: str) -> None:
        self._jinja = Environment(
            loader=FileSystemLoader(_HERE / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._jinja.filters |= {"passages": passages, "lines": lines, "linked": linked}
        self._jinja.globals |= {"base": base, "static": {name: _address(base, name) for name in STATIC}}

    def _page(self, template: str, phrases: Phrases, **values: object) -> str:
        return self._jinja.get_template(template).render(phrases=phrases, words=words.words_of(phrases), **values)

    def chat(self, view: ChatView) -> str:
        """The conversation."""
        phrases = phrases_for(view.prompt.language)
        earlier = words.earlier_answers(phrases, len(view.earlier))
        return self._page("chat.html", phrases, view=view, menu=menu_of(phrases), earlier=earlier)

    def landing(self, view: LandingView) -> str:
        """What an invitation says before anything is begun; the notice follows in the conversation."""
        phrases = phrases_for(view.preview.prompt.language)
        return self._page("landing.html", phrases, view=view, until=words.until(phrases, view.closes_at))

    def message(self, language: str, sentences: Sequence[str], *, title: str = "", ways: Sequence[Way] = ()) -> str:
        """Some sentences, a paragraph each, and perhaps the ways on."""
        blocks = [Block(Style.PLAIN, sentence) for sentence in sentences]
        return self.blocks(language, blocks, title=title, ways=ways)

    def blocks(self, language: str, blocks: Sequence[Block], *, title: str = "", ways: Sequence[Way] = ()) -> str:
        """A page outside of any conversation."""
        return self._page("message.html", phrases_for(language), blocks=blocks, title=title, ways=ways)

    def trouble(self, language: str, sentence: str, fields: Sequence[tuple[str, str]], text: str) -> str:
        """What went wrong, with everything that was sent, ready to be sent again; `fields` are (name, value)."""
        return self._page("trouble.html", phrases_for(language), sentence=sentence, fields=fields, text=text)

    def no_more(self, language: str, title: str) -> str:
        """Asks whether no more reminders about the survey of that title are wanted."""
        phrases = phrases_for(language)
        return self._page("no_more.html", phrases, question=words.ask_no_more(phrases, title))

    def lost_link(self, language: str, *, email: str = "", problem: str = "", token: str = "") -> str:
        """Asks for an e-mail address; `problem` says what was wrong with the one that was sent."""
        return self._page("lost_link.html", phrases_for(language), email=email, problem=problem, token=token)

    def outbox(self, language: str, leaf: Leaf) -> str:
        """The messages that wait."""
        return self._page("outbox.html", phrases_for(language), leaf=leaf)

    def mail(self, language: str, mail: Mail) -> str:
        """One message; its HTML stands in a frame of its own."""
        return self._page("mail.html", phrases_for(language), mail=mail)


def _address(base: str, name: str) -> str:
    """An address that changes with the content, so that browsers may keep it for ever."""
    return f"{base}/static/{name}?{sha256(STATIC[name]).hexdigest()[:12]}"
