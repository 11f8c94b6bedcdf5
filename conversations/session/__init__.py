"""One walk through a questionnaire."""
