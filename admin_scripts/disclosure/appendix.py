"""The questionnaire as it was asked, line by line, for the appendix of a report."""

from collections.abc import Callable, Iterator, Sequence

from admin_scripts.microdata.variables import Dictionary
from admin_scripts.publication import Asked, Texts
from admin_scripts.questions import questions_of, texts_of
from conversations.forms import Control, FormDefinition

Words = Callable[[str], Texts]


def asked_of(form: FormDefinition, dictionary: Dictionary, words: Words) -> tuple[Asked, ...]:
    """Sections, notes and questions in their order. `words`: a condition in every language."""
    known = {question.path: question for question in questions_of(form)}
    choices = {variable.path: variable.choices for variables in dictionary.tables.values() for variable in variables}

    def lines(controls: Sequence[Control], level: int) -> Iterator[Asked]:
        for control in controls:
            question = known.get(control.path)
            yield Asked(
                variable=control.path.rpartition("/")[2],
                kind=control.kind.value,
                wording=texts_of(form, control.label),
                hint=texts_of(form, control.hint),
                choices=tuple((one.name, one.labels) for one in choices.get(control.path, ())),
                relevant_words=words(question.relevant) if question and question.relevant else {},
                level=level,
            )
            yield from lines(control.children, level + 1)

    return tuple(lines(form.controls, 0))
