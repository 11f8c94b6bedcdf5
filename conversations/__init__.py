"""What is asked and said. Pure: no I/O, no clock, no randomness of its own."""
