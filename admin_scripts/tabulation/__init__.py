"""Answers -> what a table says, before anything is protected. Known to the gate, admin_scripts.disclosure, only."""
