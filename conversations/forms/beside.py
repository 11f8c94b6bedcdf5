"""The lists of a questionnaire that stand in files beside it, filled from those files."""

from collections.abc import Mapping
from dataclasses import dataclass

from conversations.forms.data_files import MAX_BYTES_IN_ALL, DataFile, is_bare, read_data_file
from conversations.forms.problems import Problem
from conversations.forms.xpath import Node


@dataclass(frozen=True, slots=True)
class Beside:
    """`data` are the files that were there, by the id of their list; `names` what all of them are called."""

    data: Mapping[str, DataFile]
    names: Mapping[str, str]
    problems: tuple[Problem, ...]

    def nodes(self, lists: Mapping[str, Node]) -> dict[str, Node]:
        """The lists, those of the files filled in; a file that is not there makes an empty one."""
        return {**lists, **{name: read.document for name, read in self.data.items()}}


def read_beside(names: Mapping[str, str], files: Mapping[str, bytes]) -> Beside:
    """The files that the lists stand in: `names` by the id of the list, `files` by their name."""
    problems = [_not_bare(name) for name in dict.fromkeys(names.values()) if not is_bare(name)]
    if sum(map(len, files.values())) > MAX_BYTES_IN_ALL:
        return Beside({}, names, (*problems, _too_much()))
    read = {name: read_data_file(name, files[name]) for name in dict.fromkeys(names.values()) if name in files}
    problems += [problem for one in read.values() for problem in one.problems]
    return Beside({key: read[name] for key, name in names.items() if name in read}, names, tuple(problems))


NOTHING = Beside({}, {}, ())
"""No list stands in a file."""


def _not_bare(name: str) -> Problem:
    return Problem(
        code="data-file",
        cell="",
        what=f"'{name}' is no plain name of a file.",
        remedy="Write the name alone, without a folder, and put the file beside the workbook.",
    )


def _too_much() -> Problem:
    return Problem(
        code="data-file",
        cell="",
        what=f"The files beside the workbook have more than {MAX_BYTES_IN_ALL // 1_000_000} MB together.",
        remedy="Make the pictures smaller, or take out rows that nobody chooses.",
    )
