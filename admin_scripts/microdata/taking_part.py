"""Who took part: whoever handed in after one question, though the questionnaire has more, has said no."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from admin_scripts.microdata.answer_texts import Answers
from admin_scripts.microdata.positions import generic
from conversations.forms import FormDefinition
from conversations.stops import asked_in


def has_more(forms: Sequence[FormDefinition]) -> bool:
    """Whether the survey's own questionnaire, the first, has more than one question."""
    return len(asked_in(forms[0])) > 1


def said_no(answers: Answers, count: int, forms: Sequence[FormDefinition]) -> NDArray[np.bool_]:
    """Of each of `count` responses whether it is a refusal. See storage.dispositions.SAID_NO_INSIDE."""
    if not has_more(forms):
        return np.zeros(count, dtype=np.bool_)
    asked = frozenset[str]().union(*map(asked_in, forms))
    is_asked = np.array([generic(path) in asked for path in answers.paths], dtype=np.bool_)
    return np.bincount(answers.rows[is_asked[answers.codes]], minlength=count) <= 1
