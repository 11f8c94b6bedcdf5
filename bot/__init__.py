"""Channels and the process."""
