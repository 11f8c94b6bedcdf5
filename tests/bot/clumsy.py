"""What people do to a bot besides answering: all that Telegram lets them."""

from tests.bot.telegram_peer import BOT, Json, Message, Person


class Clumsy(Person):
    """Somebody who does not only answer."""

    def pastes(self, text: str) -> list[int]:
        """A text that is too long for a message: the client sends it in several."""
        return [self.says(text[at : at + 4096]) for at in range(0, len(text), 4096)]

    def replies(self, text: str, to: Message | int) -> int:
        """A text as a reply, to a message of the bot or to one of one's own."""
        if isinstance(to, int):
            return self.sends(text=text, reply_to_message=self.message(to))
        return self.sends(text=text, reply_to_message=self._of_the_bot(to))

    def forwards(self, text: str) -> int:
        """What somebody else has written."""
        origin = {"type": "user", "sender_user": {"id": 99, "is_bot": False, "first_name": "Q"}, "date": 1}
        return self.sends(text=text, forward_origin=origin)

    def captions(self, number: int, caption: str) -> None:
        """Change what stands under a picture that was sent."""
        self._changes(number, {"photo": [], "caption": caption})

    def moves(self, number: int) -> None:
        """A place that is shared live goes on."""
        self._changes(number, {"location": {"latitude": 45.1, "longitude": 9.1, "live_period": 900}})

    def deletes(self, message: Message | int) -> None:
        """For both sides; the bot is told nothing."""
        if isinstance(message, int):
            self.chat.said.discard(message)
        else:
            message.is_deleted = True

    def clears(self) -> None:
        """The whole chat."""
        self.chat.said.clear()
        for message in self.chat.messages:
            message.is_deleted = True

    def speaks(self, language: str) -> None:
        """Change the language of the app."""
        self._from["language_code"] = language

    def pins(self, message: Message) -> None:
        """Which makes a note of the service."""
        self.sends(pinned_message=self._of_the_bot(message))

    def _changes(self, number: int, content: Json) -> None:
        self.peer.put("edited_message", self.message(number) | content | {"edit_date": 2})

    def _of_the_bot(self, message: Message) -> Json:
        shown: Json = {"message_id": message.id, "from": BOT, "chat": {"id": self.id, "type": "private"}, "date": 1}
        if message.keyboard:
            shown["reply_markup"] = {"inline_keyboard": message.keyboard}
        return shown | {"text": message.text}
