"""A browser for tests: it reads a page's forms, fills them in and sends them, as one without JavaScript."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlsplit

from aiohttp import ClientResponse, ClientSession, CookieJar

VOID = {"meta", "link", "input", "br", "img", "progress"}


@dataclass
class Form:
    """One form of a page: where it is sent, what it sends anyway, what can be pressed, ticked or written."""

    action: str
    hidden: list[tuple[str, str]] = field(default_factory=list)
    buttons: dict[str, tuple[str, str]] = field(default_factory=dict)
    boxes: dict[str, str] = field(default_factory=dict)
    ticked: list[str] = field(default_factory=list)
    value: str | None = None


class Page(HTMLParser):
    """A page as it came: `status`, `headers`, `html`, the visible `text` and the `forms`."""

    def __init__(self, response: ClientResponse, html: str) -> None:
        super().__init__()
        self.status, self.headers, self.url, self.html = response.status, response.headers, str(response.url), html
        self.forms: list[Form] = []
        self.links: list[dict[str, str]] = []
        self.inputs: list[dict[str, str]] = []
        self._outside: dict[str, Form] = {}
        self._words: list[str] = []
        self._button: tuple[Form, str, str] | None = None
        self._box = ""
        self._label: list[str] = []
        self.feed(html)
        self.text = " ".join(" ".join(self._words).split())

    def handle_starttag(self, tag, attrs):
        """Open a form, note what belongs to it."""
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(Form(given.get("action", "")))
            self._outside[given.get("id", "")] = self.forms[-1]
        elif tag == "button":
            form = self._outside[given["form"]] if "form" in given else self.forms[-1]
            self._button, self._label = (form, given.get("name", ""), given.get("value", "")), []
        elif tag == "input":
            self._note_input(given)
        elif tag == "textarea":
            self.inputs.append({"tag": "textarea", **given})
            self.forms[-1].value = ""
        elif tag == "a":
            self.links.append(given)

    def _note_input(self, given):
        kind, form = given.get("type", "text"), self.forms[-1]
        if kind == "hidden":
            form.hidden.append((given["name"], given["value"]))
        elif kind == "checkbox":
            self._box, self._label = given["value"], []
            form.ticked += [given["value"]] if "checked" in given else []
        else:
            self.inputs.append(given)
            form.value = given.get("value", "")

    def handle_endtag(self, tag):
        """Name the button or box that was just read."""
        label = " ".join("".join(self._label).split())
        if tag == "button" and self._button:
            form, name, value = self._button
            form.buttons[label] = (name, value)
            self._button = None
        elif tag == "label" and self._box:
            self.forms[-1].boxes[label] = self._box
            self._box = ""

    def handle_data(self, data):
        """Collect words."""
        self._words.append(data)
        self._label.append(data)

    @property
    def answering(self) -> Form:
        """The form under the question."""
        return self.forms[2]

    def button(self, label: str) -> tuple[Form, tuple[str, str]]:
        """The button of that label, or whose label contains it, with its form."""
        found = [(form, button) for form in self.forms for name, button in form.buttons.items() if name == label]
        near = [(form, button) for form in self.forms for name, button in form.buttons.items() if label in name]
        assert found or near, f"no {label!r} among {[list(form.buttons) for form in self.forms]}"
        return (found or near)[0]


class Browser:
    """A browser with its own cookies; every act answers the page that it led to."""

    def __init__(self, address: str, **headers: str) -> None:
        self.address = address
        self.session = ClientSession(cookie_jar=CookieJar(unsafe=True), headers=headers)
        self.page: Page

    async def close(self) -> None:
        """Forget the cookies."""
        await self.session.close()

    async def open(self, path: str) -> Page:
        """Go to an address of the site."""
        async with self.session.get(f"{self.address}{path}") as response:
            self.page = Page(response, await response.text())
        return self.page

    async def send(self, path: str, fields: list[tuple[str, str]]) -> Page:
        """Post a form; redirects are followed."""
        async with self.session.post(f"{self.address}{path}", data=fields) as response:
            self.page = Page(response, await response.text())
        return self.page

    async def start(self, token: str) -> Page:
        """Open a personal link and press "Answer here"."""
        page = await self.open(f"/s/{token}")
        return await self.send(f"/s/{token}", page.forms[0].hidden)

    async def press(self, label: str, page: Page | None = None) -> Page:
        """Press a button of the page in sight, or of an older one."""
        page = page or self.page
        form, button = page.button(label)
        return await self.send(form.action or urlsplit(page.url).path, [*form.hidden, button])

    async def write(self, text: str, page: Page | None = None) -> Page:
        """Write into the input under the question and send it."""
        form = (page or self.page).answering
        return await self.send(form.action, [*form.hidden, ("text", text)])

    async def tick(self, *labels: str) -> Page:
        """Tick the boxes of these labels, no others, and send them."""
        form = self.page.answering
        return await self.send(form.action, [*form.hidden, *(("name", form.boxes[label]) for label in labels)])
