"""What is read out of a message that comes back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.mail.bounces import READ, Returned, Sort, read_returned
from bot.mail.verdicts import names_nobody
from tests.bot.mail import samples
from tests.bot.mail.samples import sample

TO = "bounces+aerukz4jvpg66ajdivtytk6n54-w12-yh5urcd2@example.org"
OTHER = Returned(Sort.OTHER)
KINDS = ("text/plain", "message/delivery-status", "message/rfc822", "multipart/mixed")
NOTICE = Returned(Sort.NOTICE)


@pytest.mark.parametrize(
    ("name", "status", "is_hard"),
    [
        ("POSTFIX", "5.1.1", True),
        ("OPENSMTPD", "5.0.0", True),
        ("EXIM_BEFORE_REPORTS", "5.0.0", True),
        ("QMAIL", "5.1.1", True),
        ("FULL", "5.2.2", False),
        ("VAGUE_BUT_FULL", "5.2.2", False),
        ("POLICY", "5.7.1", False),
        ("EXPIRED", "4.4.1", False),
    ],
)
def test_a_bounce_is_understood_however_it_is_written(name: str, status: str, *, is_hard: bool):
    """With a report for machines in any kind of message, or in words; hard is only what is about the address."""
    assert read_returned(sample(getattr(samples, name), TO)) == Returned(Sort.FAILED, status, is_hard)


@pytest.mark.parametrize("name", ["DELAYED", "DELIVERED", "EXPANDED", "QMAIL_WAITS"])
def test_a_notice_changes_nothing(name: str):
    """The message is under way, has arrived, or has reached one of those for whom the address stands."""
    assert read_returned(sample(getattr(samples, name), TO)) == NOTICE


@pytest.mark.parametrize("name", ["AWAY", "PERSON", "FORWARDED"])
def test_what_people_and_their_programs_answer_is_no_bounce(name: str):
    """Whatever numbers stand in it; a report that somebody forwards is about another message."""
    assert read_returned(sample(getattr(samples, name), TO)) == OTHER


def test_a_mail_can_ask_for_quiet():
    """With the subject that the header of our messages names."""
    assert read_returned(sample(samples.UNSUBSCRIBE, TO)) == Returned(Sort.QUIET)


def test_a_report_for_addresses_beyond_ascii_is_understood():
    """RFC 6533 has its own type for it."""
    text = samples.POSTFIX.replace("message/delivery-status", "message/global-delivery-status")

    assert read_returned(sample(text, TO)) == Returned(Sort.FAILED, "5.1.1", is_hard=True)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\r\n",
        b"\xff\xfe\x00garbage" * 1000,
        b"Content-Type: multipart/report; boundary=x\r\n\r\n--x\r\n--x--\r\n",
        b"Content-Type: multipart/report\r\n\r\nno boundary",
        b"Content-Type: message/delivery-status\r\n\r\n",
        b"Content-Type: message/delivery-status; charset=nonsense\r\n\r\nAction\r\n: failed\r\nStatus: 9.9.9\r\n",
        b"From: \xe0\r\nSubject: =?utf-8?b?!!!?=\r\n\r\n",
        b"From: MAILER-DAEMON@x\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!\xff",
        b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(3000)),
    ],
    ids=["empty", "blank", "binary", "no parts", "no boundary", "no block", "no status", "bytes", "base64", "deep"],
)
def test_garbage_is_no_bounce(raw: bytes):
    """And breaks nothing."""
    assert read_returned(raw) == OTHER


@given(st.binary(max_size=400))
def test_no_bytes_raise_anything(raw: bytes):
    """Alone, and within a report."""
    read_returned(raw)
    read_returned(samples.POSTFIX.encode()[:900] + raw)


CHARSETS = ("undefined", "idna", "punycode", "a\0b", "rot13", "hex", "utf-7", "utf-16", "unicode_escape", "\ud800", "")
HEADERS = st.lists(
    st.sampled_from(
        [
            *(f'Content-Type: {kind}; charset="{name}"; boundary=x' for kind in KINDS for name in CHARSETS),
            *(
                f"Content-Transfer-Encoding: {name}"
                for name in ("8bit", "base64", "quoted-printable", "x-uuencode", "7")
            ),
            "From: MAILER-DAEMON@x",
            "Subject: =?undefined?b?4A==?=",
            "Content-Type: text/plain; charset*=undefined''%E0; charset*0*=idna''%FF",
        ]
    ),
    max_size=6,
)
PIECES = st.lists(
    st.binary(max_size=40)
    | st.sampled_from(
        [b"\r\n", b"\r\n\r\n", b"--x\r\n", b"--x--", b"\xe0", b"Action: failed", b"Status: 5.1.1", b"550 "]
    ),
    max_size=20,
)


@given(HEADERS, PIECES, HEADERS, PIECES)
def test_no_headers_raise_anything(outer: list[str], before: list[bytes], inner: list[str], after: list[bytes]):
    """Whatever charset or encoding a stranger names, in the message or in a part of it."""
    lines = (line.encode(errors="surrogatepass") for line in [*outer, "", "--x", *inner, ""])
    read_returned(b"".join(before) + b"\r\n".join(lines) + b"".join(after))
    read_returned(
        b"\r\n".join(line.encode(errors="surrogatepass") for line in [*outer, ""]) + b"\r\n" + b"".join(after)
    )


@pytest.mark.parametrize("charset", CHARSETS)
def test_a_charset_that_python_cannot_use_ends_nothing(charset: str):
    """Some codecs raise for all that they get."""
    raw = f'From: MAILER-DAEMON@x\r\nContent-Type: text/plain; charset="{charset}"\r\n\r\n'.encode(errors="replace")

    assert read_returned(raw + b"\xe0") == OTHER


def test_only_the_beginning_of_a_large_message_is_read():
    """The report stands there; ten megabytes behind it make no difference."""
    raw = sample(samples.POSTFIX, TO) + b"x" * 10_000_000

    assert len(raw) > READ
    assert read_returned(raw) == Returned(Sort.FAILED, "5.1.1", is_hard=True)
    assert read_returned(b"From: MAILER-DAEMON@x\r\n\r\n" + b"x" * 10_000_000 + b"550 5.1.1 ") == OTHER


@pytest.mark.parametrize(
    ("status", "is_about_the_address"),
    [
        ("5.1.1", True),
        ("5.1.10", True),
        ("5.1.2", True),
        ("5.1.3", True),
        ("5.1.6", True),
        ("5.1.0", False),
        ("5.1.4", False),
        ("5.1.7", False),
        ("5.1.8", False),
        ("5.2.1", True),
        ("5.2.2", False),
        ("5.4.4", True),
        ("5.4.6", False),
        ("5.4.7", False),
        ("5.4.14", False),
        ("5.4.300", False),
        ("5.4.316", False),
        ("5.2.0", False),
        ("5.0.0", False),
        ("5.7.1", False),
        ("5.7.26", False),
        ("4.1.1", False),
        ("", False),
    ],
)
def test_few_codes_say_that_nobody_has_the_address(status: str, *, is_about_the_address: bool):
    """The sender's address, a full mailbox, a loop, a delay and a policy are something else."""
    assert names_nobody(status) is is_about_the_address


@pytest.mark.parametrize(
    ("status", "is_hard"),
    [("5.0.0", True), ("5.1.0", True), ("5.0.9", False), ("5.4.316", False), ("5.4.14", False), ("5.2.0", False)],
)
def test_a_server_that_gives_up_vaguely_means_the_address(status: str, *, is_hard: bool):
    """But not where it names a reason that may pass."""
    raw = sample(samples.POSTFIX, TO).replace(b"5.1.1", status.encode())

    assert read_returned(raw) == Returned(Sort.FAILED, status, is_hard)
