"""What servers and people send to a bounce address, as they write it. `%TO%` is the address, `%MESSAGE%` ours."""

from tests.bot.mail.errands import composed

POSTFIX = """\
Return-Path: <>
From: MAILER-DAEMON@mail.example.org (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender
To: %TO%
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
\tboundary="4F2C11A.1795800000/mail.example.org"
Content-Transfer-Encoding: 8bit

This is a MIME-encapsulated message.

--4F2C11A.1795800000/mail.example.org
Content-Description: Notification
Content-Type: text/plain; charset=us-ascii

This is the mail system at host mail.example.org.

I'm sorry to have to inform you that your message could not
be delivered to one or more recipients. It's attached below.

<ada@example.net>: host mx.example.net[192.0.2.25] said: 550 5.1.1
    <ada@example.net>: Recipient address rejected: User unknown (in reply to
    RCPT TO command)

--4F2C11A.1795800000/mail.example.org
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example.org
X-Postfix-Queue-ID: 4F2C11A
Arrival-Date: Mon, 30 Nov 2026 09:30:01 +0100 (CET)

Final-Recipient: rfc822; ada@example.net
Original-Recipient: rfc822;ada@example.net
Action: failed
Status: 5.1.1
Remote-MTA: dns; mx.example.net
Diagnostic-Code: smtp; 550 5.1.1 <ada@example.net>: Recipient address rejected:
    User unknown

--4F2C11A.1795800000/mail.example.org
Content-Description: Undelivered Message
Content-Type: message/rfc822
Content-Transfer-Encoding: 8bit

%MESSAGE%
--4F2C11A.1795800000/mail.example.org--
"""

OPENSMTPD = """\
From: Mailer Daemon <MAILER-DAEMON@mail.example.org>
To: %TO%
Date: Mon, 30 Nov 2026 09:30:03 +0100 (CET)
Subject: Delivery status notification: error
MIME-Version: 1.0
Content-Type: multipart/mixed;boundary="15446372061795800001/mail.example.org"

This is a MIME-encapsulated message.

--15446372061795800001/mail.example.org
Content-Description: Notification
Content-Type: text/plain; charset=us-ascii

    Hi!

    This is the MAILER-DAEMON, please DO NOT REPLY to this email.

    An error has occurred while attempting to deliver a message for
    the following list of recipients:

ada@example.net: 550 Invalid recipient: <ada@example.net>

    Below is a copy of the original message:

--15446372061795800001/mail.example.org
Content-Description: Delivery Report
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example.org

Final-Recipient: rfc822; ada@example.net
Action: failed
Status: 5.0.0

--15446372061795800001/mail.example.org
Content-Description: Message headers
Content-Type: text/rfc822-headers

%MESSAGE%
--15446372061795800001/mail.example.org--
"""

DELAYED = (
    POSTFIX.replace("Action: failed", "Action: delayed")
    .replace("Status: 5.1.1", "Status: 4.4.1")
    .replace("550 5.1.1", "450 4.4.1")
    .replace("Undelivered Mail Returned to Sender", "Delayed Mail (still being retried)")
)
EXPIRED = DELAYED.replace("Action: delayed", "Action: failed")
FULL = POSTFIX.replace("5.1.1", "5.2.2").replace("User unknown", "Mailbox full")
POLICY = POSTFIX.replace("5.1.1", "5.7.1").replace("User unknown", "Message refused by policy")
VAGUE_BUT_FULL = POSTFIX.replace("Status: 5.1.1", "Status: 5.0.0").replace("550 5.1.1", "552 5.2.2")
DELIVERED = POSTFIX.replace("Action: failed", "Action: delivered").replace("Status: 5.1.1", "Status: 2.1.5")
EXPANDED = POSTFIX.replace(
    "Diagnostic-Code",
    "Final-Recipient: rfc822; bea@example.net\nAction: relayed\nStatus: 2.1.5\n\nDiagnostic-Code",
).replace("Remote-MTA: dns; mx.example.net\n", "\n")

EXIM_BEFORE_REPORTS = """\
Return-Path: <>
X-Failed-Recipients: ada@example.net
Auto-Submitted: auto-replied
From: Mail Delivery System <Mailer-Daemon@mail.example.org>
To: %TO%
Subject: Mail delivery failed: returning message to sender

This message was created automatically by mail delivery software.

A message that you sent could not be delivered to one or more of its
recipients. This is a permanent error. The following address(es) failed:

  ada@example.net
    SMTP error from remote mail server after RCPT TO:<ada@example.net>:
    550 No such user here

------ This is a copy of the message, including all the headers. ------

%MESSAGE%
"""

QMAIL = """\
Return-Path: <>
From: MAILER-DAEMON@mail.example.org
To: %TO%
Subject: failure notice

Hi. This is the qmail-send program at mail.example.org.
I'm afraid I wasn't able to deliver your message to the following addresses.

<ada@example.net>:
192.0.2.25 does not like recipient.
Remote host said: 550 5.1.1 User unknown
Giving up on 192.0.2.25.
"""

QMAIL_WAITS = QMAIL.replace("550 5.1.1 User unknown", "450 4.2.0 Greylisted").replace("failure notice", "still trying")

AWAY = """\
Return-Path: <>
From: Ada Bianchi <ada@example.net>
To: %TO%
Subject: Automatic reply: =?utf-8?q?Il_t=C3=A8_in_ufficio?=
Auto-Submitted: auto-replied
X-Auto-Response-Suppress: All
In-Reply-To: <1@example.org>
Content-Type: text/plain; charset=utf-8

I am away until 7 December. For urgent matters call extension 550 5.1.1.
"""

PERSON = """\
Return-Path: <ada@example.net>
From: Ada Bianchi <ada@example.net>
To: %TO%
Subject: Re: Il te in ufficio
Content-Type: text/plain; charset=utf-8

Buongiorno, non ho capito la domanda 5.1.1. Grazie. 550 saluti
"""

FORWARDED = """\
From: Ada Bianchi <ada@example.net>
To: %TO%
Subject: Fwd: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="outer"

--outer
Content-Type: text/plain

Mi e tornato questo.

--outer
Content-Type: message/rfc822

%POSTFIX%
--outer--
""".replace("%POSTFIX%", POSTFIX)

UNSUBSCRIBE = """\
From: Ada Bianchi <ada@example.net>
To: %TO%
Subject: unsubscribe

"""


def sample(text: str, to: str) -> bytes:
    """The bytes of a sample that came to this address."""
    ours = composed().message.as_bytes().decode().replace("\r\n", "\n")
    return text.replace("%TO%", to).replace("%MESSAGE%", ours).replace("\n", "\r\n").encode()
