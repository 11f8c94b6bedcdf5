"""colloquio audit: what somebody who has all that was published could learn of few people."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress as ProgressBar
from rich.progress import SpinnerColumn, TextColumn

from admin_scripts.disclosure.attack import Progress, attack
from admin_scripts.disclosure.checks import check
from admin_scripts.disclosure.differences import differences
from admin_scripts.disclosure.findings import Finding
from admin_scripts.publication import Publication
from admin_scripts.published_file import SUFFIX, read_published
from admin_scripts.refusal import Refused
from admin_scripts.screen import counted, say


def audit_all(
    publications: Mapping[Path, Publication], *, on_progress: Progress = lambda _: None
) -> tuple[Finding, ...]:
    """Everything that is told though it should not be: of each by itself, and of all of them together."""
    every = list(publications.values())
    found = [finding for publication in every for finding in check(publication)]
    return tuple(dict.fromkeys((*found, *differences(every), *attack(every, on_progress=on_progress))))


def report(publications: Mapping[Path, Publication], findings: tuple[Finding, ...]) -> str:
    """What was read, and what could be learnt from it."""
    read = [f"{path.name}: {_told(publication)}" for path, publication in publications.items()]
    if not findings:
        return "\n".join((*read, "Nothing can be learnt about fewer people than the rules allow."))
    learnt = [f"  {finding.place}: {finding.what} ({finding.rule})" for finding in findings]
    return "\n".join((*read, f"{counted(len(findings), 'thing', 'things')} can be learnt:", *learnt))


def _told(publication: Publication) -> str:
    panels = [panel for table in publication.tables for panel in table.panels]
    hidden = sum(panel.hidden is not None for panel in panels)
    by = f" by {publication.by}" if publication.by else ""
    tables = counted(len(publication.tables), "table", "tables")
    return (
        f"{publication.responses} responses, k = {publication.k}, {tables}{by}, {hidden} of {len(panels)} groups hidden"
    )


@contextmanager
def waiting() -> Iterator[Progress]:
    """On a screen, which question is being attacked; nothing elsewhere."""
    console = Console(stderr=True)
    with ProgressBar(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        transient=True,
        console=console,
        disable=not console.is_terminal,
    ) as bar:
        task = bar.add_task("Attacking", total=None)
        yield lambda what: bar.update(task, description=f"Attacking {what}")


app = typer.Typer()


@app.command("audit", epilog="Example: colloquio audit results")
def audit(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder of what was, or will be, published.")],
) -> None:
    """Attack what was published, as somebody curious would.

    Reads every NAME.published.json that tables, report and opendata have written to the folder, checks each against
    its rules, and tries to work out from all of them together what is hidden. Nothing else is needed, no database.
    Exit code 0: nothing can be learnt; 1: something can, and it says what.
    """
    if not folder.is_dir():
        raise Refused(f"{folder} is no folder.")
    publications = read_published(folder)
    if not publications:
        raise Refused(f"{folder} holds no file *{SUFFIX}: tables, report and opendata write one beside their files.")
    with waiting() as on_progress:
        findings = audit_all(publications, on_progress=on_progress)
    say(report(publications, findings))
    if findings:
        raise typer.Exit(1)
