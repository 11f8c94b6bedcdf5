"""What people say at any question though it is no answer there."""

from conversations.protocol import Command, Commanded, Heard, Located, NotReceived, Pressed, Trouble, Unreadable

CLUMSY: tuple[Heard, ...] = (
    Commanded(Command.HELP),
    Commanded(Command.STATUS),
    Commanded(Command.LANGUAGE),
    Commanded(Command.PRIVACY),
    Unreadable("sticker"),
    NotReceived(Trouble.LOST),
    Located(45.4642, 9.19),
    Pressed("aaaaaaaabc"),
)
