"""Rehearsal: simulated respondents walk a questionnaire before real ones do."""
