"""Answers -> files for other programs. One file a format; all of them are handed the same chunks of answers."""
