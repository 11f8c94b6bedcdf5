"""Open answers that people code: listed for them, their codes read back, and how far two of them agree."""
