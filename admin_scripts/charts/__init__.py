"""Pictures of what was published: one for each question, drawn by Altair offline, with its alternative text."""
