"""A real Chromium, driven as a person uses it: look at the question, press, tick, write."""

import asyncio
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
DRIVER = shutil.which("chromedriver")
PATIENCE = 10  # seconds until a page that does not come is a failure
_DESK = 500
_MOUSE = "blink-settings=primaryHoverType=2,availableHoverTypes=2,primaryPointerType=4,availablePointerTypes=4"
"""Without a screen there is no mouse either, unless it is said that there is one."""
_ARGUMENTS = ("headless=new", "no-sandbox", "disable-gpu", "no-first-run", "disable-background-networking")


def needs_chromium() -> None:
    """Skip, with the remedy, where there is no browser to test with."""
    pytest.importorskip("selenium", reason="needs selenium: install the dependency group 'browser'")
    if not (CHROMIUM and DRIVER):
        pytest.skip("needs Chromium and chromedriver: apt-get install chromium chromium-driver")


class Person:
    """Somebody in front of the browser. Only for threads: everything here waits."""

    def __init__(self, driver: Any) -> None:
        self.driver = driver

    def open(self, address: str) -> None:
        """Go there."""
        self.driver.get(address)

    def find(self, css: str) -> Any:
        """The first element that fits; fails when there is none."""
        return self.driver.find_element("css selector", css)

    def all(self, css: str) -> list[Any]:
        """Every element that fits."""
        return self.driver.find_elements("css selector", css)

    @property
    def kind(self) -> str:
        """The kind of prompt in sight."""
        return self.find("#now").get_attribute("class").split()[-1]

    @property
    def question(self) -> str:
        """The question in sight; "" where none is asked."""
        return next((heading.text for heading in self.all("#question")), "")

    def press(self, label: str) -> None:
        """Press the button of that label, and wait for what comes next."""
        buttons = {button.text: button for button in self.all("button") if button.is_displayed()}
        assert label in buttons, f"no {label!r} among {list(buttons)}"
        self.act(buttons[label].click)

    def act(self, action: Callable[[], object]) -> None:
        """Do something that brings another page, and wait for it: every page that is drawn has its own ticket."""
        before = self.ticket
        action()
        self.wait(lambda: self.ticket not in ("", before))

    @property
    def ticket(self) -> str:
        """The name of the page in sight; "" outside of the chat."""
        return next((field.get_attribute("value") for field in self.all("#now [name=ticket]")), "")

    def wait(self, condition: Callable[[], object]) -> None:
        """Wait until something is so; while a page goes and another comes nothing can be asked."""
        from selenium.common.exceptions import WebDriverException  # noqa: PLC0415 - not installed everywhere
        from selenium.webdriver.support.wait import WebDriverWait  # noqa: PLC0415

        waiting = WebDriverWait(self.driver, PATIENCE, 0.02, ignored_exceptions=[WebDriverException])
        waiting.until(lambda _: condition())

    def write(self, text: str) -> None:
        """Write into the input under the question and press its button."""
        field = self.find(".answer [name=text]")
        field.clear()
        field.send_keys(text)
        self.act(self.find(".answer .leading").click)


@contextmanager
def chromium(*, width: int = 1100, scripts: bool = True, dark: bool = False) -> Iterator[Person]:
    """Start a browser of that width."""
    from selenium import webdriver  # noqa: PLC0415 - not installed everywhere
    from selenium.webdriver.chrome.service import Service  # noqa: PLC0415

    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for argument in (*_ARGUMENTS, *([] if width < _DESK else [_MOUSE])):
        options.add_argument(f"--{argument}")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    if not scripts:
        options.add_experimental_option("prefs", {"profile.managed_default_content_settings.javascript": 2})
    driver = webdriver.Chrome(options=options, service=Service(DRIVER))
    size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < _DESK}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    media = [
        {"name": "prefers-color-scheme", "value": "dark" if dark else "light"},
        {"name": "prefers-reduced-motion", "value": "reduce"},  # what is still fading in has no text yet
    ]
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": media})
    try:
        yield Person(driver)
    finally:
        driver.quit()


async def in_chromium(walk: Callable[[Person], None], **how: Any) -> None:
    """Let somebody walk in a browser while the server goes on answering."""

    def run() -> None:
        with chromium(**how) as person:
            walk(person)

    await asyncio.to_thread(run)
