"""Telegram: listening, speaking, and the order between them."""

import os

# PTB gives times as timedelta from its next major version on, and warns wherever this does not ask for it already.
os.environ.setdefault("PTB_TIMEDELTA", "1")
