"""What an answer costs the engine, beside ODK's engine for browsers on the same questionnaires.

    python -m benchmarks.engine
    python -m benchmarks.engine --peer FOLDER       with Node and @getodk/xforms-engine, see benchmarks/README.md

Everything is CPU time. One answer of ours begins with the session as JSON text and ends with it as JSON text.
"""

import argparse
import json
import re
import shutil
import subprocess
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from statistics import median
from time import process_time
from zoneinfo import ZoneInfo

from benchmarks import forms
from conversations.forms import Control, ControlKind, FormDefinition, load_form
from conversations.forms.compiled import pack, unpack
from conversations.forms.xlsform import read_xlsform
from conversations.protocol import Mode, Session, Status, Terms, Typed
from conversations.session import FormSession, Position, PositionKind
from conversations.turn import take_turn

NOW = datetime(2026, 3, 10, 12, 0, tzinfo=ZoneInfo("Europe/Rome"))
REAL = Path(__file__).parent.parent / "examples" / "zone_omogenee_po.xlsx"
ROUNDS = 3

Answers = list[tuple[str, str]]


def main() -> None:
    """Print the figures of each questionnaire."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--peer", type=Path, help="the folder where @getodk/xforms-engine and jsdom are installed")
    peer = _peer(parser.parse_args().peer)
    if peer is None:
        print("Our figures only: the peer needs Node and --peer FOLDER, see benchmarks/README.md.\n")
    real = read_xlsform(REAL.read_bytes()).xform or ""
    for name, xform in (("30 questions", forms.small()), ("500 questions", forms.large()), (REAL.name, real)):
        _measure(name, xform, peer)


def _peer(folder: Path | None) -> list[str] | None:
    """The command that gives ODK's engine the same answers."""
    node = shutil.which("node")
    if node is None or folder is None:
        return None
    return [node, str(Path(__file__).with_name("peer.mjs")), str(folder.resolve())]


def _measure(name: str, xform: str, peer: list[str] | None) -> None:
    form = load_form(xform)
    answers = answers_to(form)
    print(f"{name}: {len(form.nodes)} nodes, {len(form.graph.rules)} rules, {len(answers)} answers given")
    ours = median(_restored_each_time(form, answers) for _ in range(ROUNDS))
    _say("one answer, from JSON text to JSON text", ours)
    if peer:
        _beside(ours, peer, xform, answers)
    _growth(form, answers)
    _say("one turn of the conversation, prompt and progress included", _turns(form, answers))
    _loading(form, xform)
    print()


def _say(what: str, milliseconds: float) -> None:
    print(f"  {what:<62}{milliseconds:9.3f} ms")


# ---------------------------------------------------------------- an answer


def answers_to(form: FormDefinition) -> Answers:
    """Valid answers to every question that comes up, in order."""
    session = FormSession.start(form, now=NOW, language="", seed=7)
    given: dict[str, str] = {}
    while True:
        asked = (place for place in session.positions() if place.kind is PositionKind.QUESTION)
        place = next((place for place in asked if place.ref not in given), None)
        if place is None:
            return [(ref, value) for ref, value in given.items() if value]
        value = _some_answer(session, place, len(given))
        given[place.ref] = "" if value and session.answer(place.ref, value) else value


def _some_answer(session: FormSession, place: Position, number: int) -> str:
    kind = place.control.kind
    if kind in (ControlKind.SELECT_ONE, ControlKind.SELECT_MULTIPLE):
        choices = session.choices(place.ref)
        return choices[number % len(choices)].name if choices else ""
    if kind is ControlKind.INTEGER:
        return str(20 + number % 50)
    plain = {ControlKind.DECIMAL: "3.5", ControlKind.TEXT: f"text {number}", ControlKind.DATE: "2026-01-02"}
    return plain.get(kind, place.control.parameters.get("start", ""))


def _restored_each_time(form: FormDefinition, answers: Answers) -> float:
    """Milliseconds an answer, over the whole questionnaire."""
    text = json.dumps(FormSession.start(form, now=NOW, language="", seed=7).snapshot())
    times = []
    for ref, value in answers:
        began = process_time()
        text = _answered(form, text, ref, value)
        times.append(process_time() - began)
    return 1000 * sum(times) / len(times)


def _answered(form: FormDefinition, text: str, ref: str, value: str) -> str:
    session = FormSession.restore(form, json.loads(text), now=NOW)
    if session.answer(ref, value):
        raise ValueError(ref)
    return json.dumps(session.snapshot())


def _beside(ours: float, peer: list[str], xform: str, answers: Answers) -> None:
    """The same answers, given to ODK's engine for browsers."""
    question = json.dumps({"xform": xform, "answers": answers})
    run = subprocess.run(peer, input=question, capture_output=True, text=True, check=True)  # noqa: S603 - our own script
    said = json.loads(run.stdout)
    _say("  ODK's, a session that stays in memory", said["alive"])
    _say("  ODK's, restored and serialised at each answer", said["kept"])
    print(f"  ours / ODK's: {ours / said['alive']:.2f} in memory, {ours / said['kept']:.4f} restored and serialised")


def _growth(form: FormDefinition, answers: Answers) -> None:
    """One and the same text answered anew after more and more others; how much of that is not JSON."""
    session = FormSession.start(form, now=NOW, language="", seed=7)
    first = next((ref for ref, _ in answers if _control(form, ref).kind is ControlKind.TEXT), None)
    for number, (ref, value) in enumerate(answers, start=1):
        session.answer(ref, value)
        if first and number in (10, 20, 100, 400, len(answers)):
            before = session.snapshot()
            text = json.dumps(before)
            whole = _repeated(partial(_answered, form, text, first, f"after {number}"))
            engine = _repeated(partial(_answered_without_json, form, before, first, f"after {number}"))
            _say(
                f"  after {number:3} answers: snapshot {len(text) / 1000:4.1f} kB, without JSON {engine:.3f} ms", whole
            )


def _answered_without_json(form: FormDefinition, stored: dict[str, object], ref: str, value: str) -> object:
    session = FormSession.restore(form, stored, now=NOW)
    session.answer(ref, value)
    return session.snapshot()


def _repeated(work: Callable[[], object], times: int = 30) -> float:
    spent = []
    for _ in range(ROUNDS):
        began = process_time()
        for _ in range(times):
            work()
        spent.append((process_time() - began) / times)
    return 1000 * median(spent)


# ---------------------------------------------------------------- a turn, a load


def _turns(form: FormDefinition, answers: Answers) -> float:
    """Milliseconds of `take_turn` in the middle of the questionnaire, at a number or a text."""
    filled = FormSession.start(form, now=NOW, language="", seed=7)
    half = answers[: len(answers) // 2]
    typed = (ControlKind.INTEGER, ControlKind.DECIMAL, ControlKind.TEXT)
    while _control(form, answers[len(half)][0]).kind not in typed:
        half.append(answers[len(half)])
    for ref, value in half:
        filled.answer(ref, value)
    seen = tuple(ref for ref, _ in half)
    terms = Terms("Title", "Sender", Mode.CONFIDENTIAL, "staff@example.org", None)
    session = Session(Status.ANSWERING, "", 7, 9, place=answers[len(half)][0], seen=seen, filled=filled.snapshot())
    return _repeated(lambda: take_turn(form, terms, session, Typed("23", "message"), now=NOW), times=10)


def _control(form: FormDefinition, ref: str) -> Control:
    return form.control_at[re.sub(r"\[\d+\]", "", ref)]


def _loading(form: FormDefinition, xform: str) -> None:
    packed = pack(form)
    _say("load: compile the XForm", _repeated(lambda: load_form(xform), times=3))
    _say(f"load: what was compiled and kept ({len(packed) // 1000} kB)", _repeated(lambda: unpack(packed), times=3))


if __name__ == "__main__":
    main()
