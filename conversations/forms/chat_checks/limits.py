"""What a message and a keyboard of a chat can hold; the tests compare these numbers with the channels' own."""

LONGEST_MESSAGE = 4096
"""Characters of one message in Telegram."""

LONGEST_CAPTION = 1024
"""Characters under a picture."""

WIDEST_BUTTON = 36
"""Characters of a button over the whole width of a phone; a longer label moves the list into the text."""

NARROW_BUTTON = 32
"""Characters that a small phone shows of such a button."""

CHOICES_AT_ONCE = 12
"""Choices shown at once; more come in pages."""

OWN_WORDS = 120
"""Characters that the bot itself adds to a question: "Question 3 of about 20", how to answer, blank lines."""
