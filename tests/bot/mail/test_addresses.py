"""What people typed, as mail can take it."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.mail.addresses import ascii_web_address, one_line
from storage.senders import address_in


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("ada@example.org", "ada@example.org"),
        ("  Ada.Bianchi+indagini@Example.ORG ", "Ada.Bianchi+indagini@example.org"),
        ("o'neill@example.org", "o'neill@example.org"),
        ("ada@città.example", "ada@xn--citt-3na.example"),
        ("ada@citta\u0300.example", "ada@xn--citt-3na.example"),
        ("ada@xn--citt-3na.example", "ada@xn--citt-3na.example"),
        ("root@localhost", "root@localhost"),
    ],
)
def test_a_plain_address_is_taken_as_servers_write_it(typed: str, address: str):
    """Domains with accents by IDNA, however the accent was typed."""
    assert address_in(typed) == address


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "@",
        "ada",
        "ada@",
        "@example.org",
        "Ada <ada@example.org>",
        "ada@example.org, bea@example.org",
        "ada bianchi@example.org",
        "ada@example.org\r\nRCPT TO:<bea@example.org>",
        "ada\n@example.org",
        "ada@exa mple.org",
        "àda@example.org",
        "ada@-example.org",
        "ada@example..org",
        "ada@[127.0.0.1]",
        ".ada@example.org",
        "a..da@example.org",
        '"ada"@example.org',
        f"{'a' * 65}@example.org",
        f"ada@{'a' * 64}.org",
        f"ada@{'a.' * 130}org",
        "ada@straße.example",
        "ada@example\u200b.org",
        "ada@\ud800.org",
    ],
)
def test_anything_else_is_no_address(typed: str):
    """Neither guessed at nor turned into another one: a link is personal."""
    assert address_in(typed) == ""


@given(st.text())
def test_whatever_is_typed_becomes_one_line(text: str):
    """Without anything that ends it, and nothing that a mail program would decode; not too long."""
    line = one_line(text, 40)

    assert len(line) <= 40
    assert len(line.splitlines()) <= 1
    assert not any(unicodedata.category(sign) in {"Cc", "Cf", "Cs"} for sign in line)
    assert "=?" not in line
    line.encode()


def test_a_line_that_is_cut_says_so():
    """And nothing else is changed."""
    assert one_line("Città di Milano", 15) == "Città di Milano"
    assert one_line("Città di Milano", 9) == "Città di…"
    assert one_line("a\r\nBcc: b@example.org\u202e!", 99) == "a Bcc: b@example.org !"


def test_a_web_address_goes_into_a_header():
    """In ASCII, with the same meaning."""
    assert ascii_web_address("https://città.example/più/s/a_b-C") == "https://xn--citt-3na.example/pi%C3%B9/s/a_b-C"
    assert ascii_web_address("https://straße.example:8080/") == "https://stra%C3%9Fe.example:8080/"
    assert ascii_web_address("http://127.0.0.1:8080/s/a") == "http://127.0.0.1:8080/s/a"
    assert ascii_web_address("") == ""
