"""Who was asked a question: its relevance in words, Italian and English."""

import re
from collections.abc import Sequence
from itertools import chain

from admin_scripts.microdata.variables import Dictionary, Texts
from admin_scripts.relevance_conditions import (
    ALWAYS,
    NEVER,
    Answered,
    Compared,
    Condition,
    Said,
    Together,
    flat,
    joined,
    questions_in,
)
from admin_scripts.relevance_phrases import Phrases, phrases_in
from admin_scripts.relevance_reading import Reader
from conversations.forms.written import REFERENCE
from conversations.forms.xpath import XPathSyntaxError
from conversations.forms.xpath.syntax import Call, Chain, Expression, Filter, Negation, Number, Path, Step, Text

LONGEST = 110
"""Characters of a question's wording; what is longer is cut at a word."""

MARKS = re.compile(r"\*\*|__|<[^>]*>|[#`]")


def words_of(expression: str, dictionary: Dictionary, language: str) -> str:
    """Who was asked: "A chi ha risposto «Sì» a «Conosce buone pratiche?»"; of a blank expression "A tutti".

    `language`: a tag of the questionnaire's; other languages than Italian are said in English, with the labels of the
    language. What is not understood stays the author's expression, with the questions in place of the names.
    """
    writer = _Writer(dictionary, language)
    try:
        condition = writer.reader.condition(expression)
    except XPathSyntaxError:
        shown = REFERENCE.sub(lambda found: writer.question(found[1]), expression).strip()
        return f"{writer.phrases.those_who} {writer.phrases.meets.format(condition=shown)}"
    needed = joined(Together(is_all=True, parts=tuple(_not_implied(flat(condition), writer.reader))))
    if needed in (ALWAYS, NEVER):
        return writer.phrases.everybody if needed == ALWAYS else writer.phrases.nobody
    return f"{writer.phrases.those_who} {writer.said(needed)}"


def _not_implied(parts: Sequence[Condition], reader: Reader) -> list[Condition]:
    """Without the parts that hold for all who were asked a question that another part is about."""
    return [part for part in parts if not any(part in _around(other, reader) for other in parts if other != part)]


def _around(condition: Condition, reader: Reader) -> list[Condition]:
    """What held for everybody who was asked the questions of the condition."""
    found = [_asked_under(name, reader) for name in sorted(questions_in(condition))]
    return [part for part in found[0] if all(part in others for others in found)] if found else []


def _asked_under(name: str, reader: Reader) -> list[Condition]:
    try:
        return list(flat(reader.condition(reader.variables[name].relevant)))
    except XPathSyntaxError:
        return []


class _Writer:
    """Puts conditions in words of one language."""

    def __init__(self, dictionary: Dictionary, language: str) -> None:
        self.reader = Reader(dictionary)
        self.phrases: Phrases = phrases_in(language)
        self.languages = (language, *dictionary.languages)

    def said(self, condition: Condition, *, is_inside: bool = False) -> str:
        """A clause after "who"; in brackets where it would be misread."""
        phrases = self.phrases
        match condition:
            case Said():
                return self._said(condition)
            case Answered():
                return self._answered(condition)
            case Compared():
                return self._compared(condition)
            case Together():
                return self._together(condition, is_inside=is_inside)
        pattern = phrases.fails if condition.is_not else phrases.meets
        return pattern.format(condition=self.written(condition.tree))

    def _said(self, said: Said) -> str:
        pattern = self.phrases.not_said if said.is_not else self.phrases.said
        joint = self.phrases.words_nor if said.is_not else self.phrases.words_or
        questions = listed([self._to(name) for name in said.questions], joint)
        return pattern.format(values=self._values(said.questions[0], said.values, joint), questions=questions)

    def _answered(self, one: Answered) -> str:
        pattern = self.phrases.answered_but if one.but else self.phrases.answered
        return (self.phrases.not_answered if one.is_not else pattern).format(
            question=self.question(one.question), values=self._values(one.question, one.but)
        )

    def _compared(self, one: Compared) -> str:
        phrases, questions = self.phrases, self._to(one.question)
        if one.up_to is not None:
            return phrases.between.format(number=plain(one.number), up_to=plain(one.up_to), questions=questions)
        number = phrases.signs[one.sign].format(n=plain(one.number))
        choices = phrases.choice if one.number == 1 else phrases.choices
        pattern = phrases.numbers if one.of_count else phrases.number
        return pattern.format(number=number, choices=choices, questions=questions)

    def _together(self, condition: Together, *, is_inside: bool) -> str:
        """Two kinds of joints, so that of "a and b, or c" nobody has to guess what belongs together."""
        parts = [self.said(part, is_inside=True) for part in condition.parts]
        if any(isinstance(part, Together) for part in condition.parts):
            text = (self.phrases.longer_and if condition.is_all else self.phrases.longer_or).join(parts)
            return f"({text})" if is_inside else text
        return listed(parts, self.phrases.words_and if condition.is_all else self.phrases.words_or)

    def _to(self, name: str) -> str:
        return f"{self.phrases.to} {self.question(name)}"

    def _values(self, name: str, values: Sequence[str], joint: str = "") -> str:
        labels = {choice.name: choice.labels for choice in self.reader.variables[name].choices}
        shown = [self._quoted(shortened(self._text(labels.get(value, {}))) or value) for value in values]
        return listed(shown, joint or self.phrases.words_or)

    def question(self, name: str) -> str:
        """Its wording in quotes, short; the name of what is not asked."""
        variable = self.reader.variables.get(name)
        wording = shortened(self._text(variable.wording)) if variable else ""
        return self._quoted(wording) if wording else name

    def _text(self, texts: Texts) -> str:
        return next((texts[language] for language in self.languages if texts.get(language)), "")

    def _quoted(self, text: str) -> str:
        first, last = self.phrases.quotes
        return f"{first}{text}{last}"

    def written(self, tree: Expression) -> str:
        """An expression, with the questions in place of the names."""
        match tree:
            case Text(value=text):
                return f"'{text}'"
            case Number(value=number):
                return plain(number)
            case Negation(operand=inside):
                return f"-{self.written(inside)}"
            case Chain(operators=signs, operands=operands):
                shown = [f"({self.written(one)})" if isinstance(one, Chain) else self.written(one) for one in operands]
                return " ".join(chain([shown[0]], *zip(signs, shown[1:], strict=True)))
            case Call(name=name, arguments=arguments):
                return f"{name}({', '.join(map(self.written, arguments))})"
        return self._reached(tree)

    def _reached(self, tree: Expression) -> str:
        match tree:
            case Path():
                return self._path(tree)
            case Filter(subject=subject, predicates=predicates):
                return f"({self.written(subject)}){self._predicates(predicates)}"
        return ""

    def _path(self, path: Path) -> str:
        if found := self.reader.named(path):
            return self.question(found.name)
        if path.start is None and not path.steps[1:]:
            return "".join(map(self._step, path.steps))
        start = "" if path.start is None else f"{self.written(path.start)}/"
        return start + ("/" if path.absolute else "") + "/".join(map(self._step, path.steps))

    def _step(self, step: Step) -> str:
        test = {"self": ".", "parent": ".."}.get(step.axis, step.test)
        return test + self._predicates(step.predicates)

    def _predicates(self, predicates: Sequence[Expression]) -> str:
        return "".join(f"[{self.written(one)}]" for one in predicates)


def listed(words: Sequence[str], joint: str) -> str:
    """One, two and three: commas, and the joint before the last; "" of none."""
    return f" {joint} ".join([", ".join(words[:-1]), words[-1]] if words[1:] else words)


def plain(number: float) -> str:
    """Without a decimal point where there is nothing behind it."""
    return f"{number:.15g}"


def shortened(text: str) -> str:
    """The first line without marks, cut at a word where it is long."""
    line = " ".join(MARKS.sub("", text).strip().partition("\n")[0].split())
    return line if len(line) <= LONGEST else line[:LONGEST].rpartition(" ")[0].rstrip(" ,;:") + "…"
