"""Telegram: polling in, calls out."""
