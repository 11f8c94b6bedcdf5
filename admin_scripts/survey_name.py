"""The first argument of most verbs. It stands apart so that they need not import how a survey is made."""

import re
from typing import Annotated

import typer

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,59}")
SurveyName = Annotated[str, typer.Argument(metavar="NAME", help="The survey's name.")]
