"""The report: what was published, in chapters with charts, tables and sentences, as HTML, PDF or DOCX."""
