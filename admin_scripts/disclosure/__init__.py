"""The gate: whatever is told of people's answers is decided here, and nothing passes by."""
