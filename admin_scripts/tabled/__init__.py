"""A publication as tables for people and programs: XLSX, HTML and CSV. Knows figures that may be seen, no answers."""
