"""What is kept: rosters, sessions and responses, in SQLite or PostgreSQL; one module a subject."""
