"""Views -> HTML. The only file that knows the templates."""

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.web import words
from bot.web.text import lines, passages
from bot.web.view import ChatView
from conversations.phrases import Phrases, phrases_for
from conversations.protocol import Block, Prompt, Style

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
        self._jinja.filters |= {"passages": passages, "lines": lines}
        self._jinja.globals |= {"base": base, "static": {name: _address(base, name) for name in STATIC}}

    def _page(self, template: str, phrases: Phrases, **values: object) -> str:
        return self._jinja.get_template(template).render(words=words.words_of(phrases), **values)

    def chat(self, view: ChatView) -> str:
        """The conversation."""
        phrases = phrases_for(view.prompt.language)
        earlier = words.earlier_answers(phrases, len(view.earlier))
        return self._page("chat.html", phrases, view=view, menu=words.menu_of(phrases), earlier=earlier)

    def landing(self, prompt: Prompt, *, title: str, token: str, telegram: str) -> str:
        """What an invitation says before anything is begun; the notice follows in the conversation."""
        said = [block for block in prompt.blocks if block.style is Style.PLAIN]
        values = {"prompt": prompt, "title": title, "blocks": said, "token": token, "telegram": telegram}
        return self._page("landing.html", phrases_for(prompt.language), **values)

    def message(self, language: str, sentence: str, *, title: str = "", link: str = "") -> str:
        """One sentence, and perhaps the way on."""
        blocks = (Block(Style.PLAIN, sentence),)
        return self.blocks(language, blocks, title=title, link=link)

    def blocks(self, language: str, blocks: Sequence[Block], *, title: str = "", link: str = "") -> str:
        """A page outside of any conversation."""
        return self._page("message.html", phrases_for(language), blocks=blocks, title=title, link=link)

    def trouble(self, language: str, sentence: str, fields: Sequence[tuple[str, str]], text: str) -> str:
        """What went wrong, with everything that was sent, ready to be sent again; `fields` are (name, value)."""
        return self._page("trouble.html", phrases_for(language), sentence=sentence, fields=fields, text=text)


def _address(base: str, name: str) -> str:
    """An address that changes with the content, so that browsers may keep it for ever."""
    return f"{base}/static/{name}?{sha256(STATIC[name]).hexdigest()[:12]}"
