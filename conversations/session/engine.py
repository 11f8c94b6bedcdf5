"""FormSession: one walk through a questionnaire, as the conversation sees it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Self

from conversations.forms import FormDefinition
from conversations.session.walk import ChoiceItem, Position, Refused


class FormSession:
    """Answers, rows and language of one respondent. Mutable while a turn runs; a snapshot goes in and comes out."""

    language: str

    @classmethod
    def start(cls, form: FormDefinition, *, now: datetime, language: str, seed: int) -> Self: raise NotImplementedError
    @classmethod
    def restore(cls, form: FormDefinition, snapshot: Mapping[str, object], *, now: datetime) -> Self: raise NotImplementedError
    def snapshot(self) -> dict[str, object]: raise NotImplementedError
    def set_language(self, name: str) -> None: raise NotImplementedError
    def answer(self, ref: str, value: str) -> Refused | None: raise NotImplementedError
    def value(self, ref: str) -> str | None: raise NotImplementedError
    def is_relevant(self, ref: str) -> bool: raise NotImplementedError
    def is_required(self, ref: str) -> bool: raise NotImplementedError
    def is_readonly(self, ref: str) -> bool: raise NotImplementedError
    def label(self, ref: str) -> str: raise NotImplementedError
    def hint(self, ref: str) -> str: raise NotImplementedError
    def required_message(self, ref: str) -> str: raise NotImplementedError
    def constraint_message(self, ref: str) -> str: raise NotImplementedError
    def choices(self, ref: str) -> tuple[ChoiceItem, ...]: raise NotImplementedError
    def add_repeat(self, ref: str) -> None: raise NotImplementedError
    def remove_repeat(self, ref: str) -> None: raise NotImplementedError
    def repeat_count(self, ref: str) -> int: raise NotImplementedError
    def positions(self) -> list[Position]: raise NotImplementedError
    def validate(self) -> list[tuple[str, str]]: raise NotImplementedError
    def submission_values(self) -> list[tuple[str, str]]: raise NotImplementedError
    def submission(self) -> str: raise NotImplementedError
