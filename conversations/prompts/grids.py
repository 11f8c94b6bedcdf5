"""The buttons by which a date or a time is picked: years, the months of one, its days, hours, minutes."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from conversations import picked
from conversations.answers.calendar_words import month_name, weekday_initials
from conversations.answers.date import show_day
from conversations.codes import Verb
from conversations.prompts.offers import asked_at
from conversations.prompts.parts import button, tag
from conversations.prompts.picking import Picking
from conversations.protocol import Button, Grid
from conversations.stops import Stop
from conversations.walk import Walk

NO_DAY = "·"
"""What stands where nothing can be picked: a button needs a sign."""

WEEK = 7
SUNDAY_FIRST = frozenset({"en-us", "en-ca", "pt-br", "he", "ja", "ko"})
"""Languages, as tags, of those whose week begins on Sunday."""

Row = tuple[Button, ...]


def grid_of(walk: Walk, stop: Stop) -> Grid | None:
    """What can be picked now; None of a question that takes nothing so."""
    if not picked.whole_length(stop.control):
        return None
    picking = Picking(walk, stop)
    digits = picking.now_shown()
    if digits is None:
        return None
    return (_TIME_VIEWS if picking.is_time else _VIEWS)[len(digits)](picking, digits)


# ---------------------------------------------------------------- days, months, years


def _days(picking: Picking, month: str) -> Grid:
    first = date(int(month[: picked.YEAR]), int(month[picked.YEAR :]), 1)
    language = tag(picking.walk)
    starts = 6 if language.lower() in SUNDAY_FIRST else 0
    before = (first.weekday() - starts) % WEEK
    cells = [""] * before + [f"{month}{day:02}" for day in range(1, picking.last_day(month) + 1)]
    cells += [""] * (-len(cells) % WEEK)
    days = [_cell(picking, str(int(digits[-2:])) if digits else "", digits) for digits in cells]
    header = tuple(_blank(picking, initials) for initials in weekday_initials(starts, language))
    title = picking.walk.phrases.say("{when}. Press the day, or write the date.", when=_month_words(picking, first))
    return Grid(title, (header, *_rows(days, WEEK), *_beside_month(picking, first), *_today(picking)))


def _beside_month(picking: Picking, first: date) -> Iterator[Row]:
    """The months before and after, then the years."""
    near = (first - timedelta(days=1), first + timedelta(days=31))
    language = tag(picking.walk)
    arrows = zip(near, ("‹ {}", "{} ›"), strict=True)
    months = [(f"{day:%Y%m}", arrow.format(month_name(day.month, language))) for day, arrow in arrows]
    named = tuple(_to(picking, label, digits) for digits, label in months if picking.offers_month(digits))
    yield from [named] if named else []
    yield _beside_year(picking, first.year, f"{first:%m}")


def _beside_year(picking: Picking, year: int, month: str = "") -> Row:
    """The year before and the one after, with the same month; and all the others."""
    others = _to(picking, picking.walk.phrases.say("Other years"), str(year)[: picked.DECADE])
    before, after = (f"{near}{month}" for near in (year - 1, year + 1))
    earlier = [_to(picking, f"‹ {year - 1}", before)] if _is_there(picking, before) else []
    later = [_to(picking, f"{year + 1} ›", after)] if _is_there(picking, after) else []
    return (*earlier, others, *later)


def _is_there(picking: Picking, digits: str) -> bool:
    return picking.offers_month(digits) if len(digits) == picked.MONTH else picking.offers(digits)


def _today(picking: Picking) -> Iterator[Row]:
    today = picking.today()
    if picking.offers(today):
        label = picking.walk.phrases.say("Today, {day}", day=_day_words(picking, picking.walk.now.date()))
        yield (_to(picking, label, today),)


def _months(picking: Picking, year: str) -> Grid:
    say, language = picking.walk.phrases.say, tag(picking.walk)
    cells = [_cell(picking, month_name(month, language), f"{year}{month:02}") for month in range(1, 13)]
    return Grid(
        say("{when}. Press the month, or write it.", when=year), (*_rows(cells, 3), _beside_year(picking, int(year)))
    )


def _years(picking: Picking, decade: str) -> Grid:
    cells = [_cell(picking, f"{decade}{last}", f"{decade}{last}") for last in range(10)]
    near = ((int(decade) - 1, "‹ {}"), (int(decade) + 1, "{} ›"))
    beside = [(str(number), arrow.format(_years_words(number))) for number, arrow in near]
    arrows = tuple(_to(picking, label, digits) for digits, label in beside if picking.offers(digits))
    title = picking.walk.phrases.say("{when}. Press the year, or write it.", when=_years_words(int(decade)))
    return Grid(title, tuple(row for row in (*_rows(cells, 5), arrows) if row))


def _years_words(decade: int) -> str:
    return f"{decade}0–{decade}9"


def _month_words(picking: Picking, first: date) -> str:
    month = month_name(first.month, tag(picking.walk))
    words = picking.walk.phrases.say("{month} {year}", month=month, year=first.year)
    return words[:1].upper() + words[1:]


def _day_words(picking: Picking, day: date) -> str:
    return show_day(asked_at(picking.walk, picking.stop), day)


# ---------------------------------------------------------------- hours and minutes


def _hours(picking: Picking, day: str) -> Grid:
    say = picking.walk.phrases.say
    cells = [_cell(picking, str(hour), f"{day}{hour:02}") for hour in range(24)]
    title = say("Press the hour, or write the time.")
    another = ((_to(picking, say("Another day"), day[: picked.MONTH]),),) if day else ()
    return Grid(_on(picking, day) + title, (*_rows(cells, 6), *another))


def _minutes(picking: Picking, hour: str) -> Grid:
    say, number = picking.walk.phrases.say, int(hour[-2:])
    cells = [_cell(picking, f"{number}:{minute:02}", f"{hour}{minute:02}") for minute in range(0, 60, 5)]
    another = _to(picking, say("Another hour"), hour[:-2])
    title = say("Press the time, or write it to the minute.")
    return Grid(_on(picking, hour[:-2]) + title, (*_rows(cells, 4), (another,)))


def _on(picking: Picking, day: str) -> str:
    return f"{_day_words(picking, date.fromisoformat(day))}. " if day else ""


# ---------------------------------------------------------------- buttons


def _cell(picking: Picking, label: str, digits: str) -> Button:
    if not digits or not picking.offers(digits):
        return _blank(picking, NO_DAY)
    drawn = button(picking.walk, label, Verb.PICK, digits)
    return Button(label, drawn.code, chosen=picking.stored[: len(digits)] == digits)


def _blank(picking: Picking, label: str) -> Button:
    return button(picking.walk, label, Verb.NOTHING)


def _to(picking: Picking, label: str, digits: str) -> Button:
    return button(picking.walk, label, Verb.PICK, digits)


def _rows(cells: Sequence[Button], length: int) -> tuple[Row, ...]:
    """Without those in which nothing can be picked."""
    rows = (tuple(cells[at : at + length]) for at in range(0, len(cells), length))
    return tuple(row for row in rows if any(cell.label != NO_DAY for cell in row))


_VIEWS = {picked.DECADE: _years, picked.YEAR: _months, picked.MONTH: _days, picked.DAY: _hours, picked.HOUR: _minutes}
_TIME_VIEWS = {0: _hours, picked.HOUR_ALONE: _minutes}
