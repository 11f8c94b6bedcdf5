"""The questionnaire: an XForm, read once into an immutable definition."""

from conversations.forms.definition import Control, ControlKind, FormDefinition
from conversations.forms.problems import FormRefused, Problem
from conversations.forms.xform_parser import files_needed, form_id_of, load_form, version_of

__all__ = [
    "Control",
    "ControlKind",
    "FormDefinition",
    "FormRefused",
    "Problem",
    "files_needed",
    "form_id_of",
    "load_form",
    "version_of",
]
