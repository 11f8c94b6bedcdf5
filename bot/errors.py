"""What `bot` raises on purpose; the docstring is what people read."""


class WrongToken(Exception):
    """Telegram does not know the bot token. Check COLLOQUIO_TELEGRAM_TOKEN: @BotFather shows the right one."""

    def __init__(self) -> None:
        super().__init__(type(self).__doc__)
