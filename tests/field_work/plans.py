"""The field periods that are simulated."""

from tests.field_work.month import Plan
from tests.field_work.office import (
    adds_people,
    changes_closing,
    closes,
    excludes,
    invites,
    opens,
    reminds,
    reminds_now,
    renews,
)

SPRING = Plan(
    begins="2025-03-24 09:00",
    ends="2025-05-13 12:00",
    orders=(
        ("2025-03-24 10:00", opens("2025-05-09")),
        ("2025-03-24 10:05", invites("2025-03-25 09:30")),
        ("2025-03-24 10:10", reminds("2025-04-01 09:30", "10wd", 3)),
        ("2025-04-07 11:20", excludes("never comes")),
        ("2025-04-07 11:25", excludes("is half-way for good")),
        ("2025-04-11 12:00", adds_people()),
        ("2025-04-16 15:40", renews("is at the summary for good")),
        ("2025-04-25 10:30", invites("2025-04-25 10:30")),
        ("2025-04-29 12:10", closes()),
        ("2025-04-30 10:00", opens("2025-05-09")),
        ("2025-05-09 10:00", reminds_now()),
    ),
    away=("2025-04-01 09:00", "2025-04-02 07:00"),
    busy=("2025-04-01 08:40", "2025-05-08 08:10"),
)
"""Over the change to daylight saving time, Easter Monday, 25 April and 1 May; closed early, and opened again."""

SEVEN_A_DAY = ("03:00", "08:59", "09:00", "09:30", "13:00", "17:00", "21:00")

WINTER = Plan(
    begins="2025-11-28 09:00",
    ends="2026-01-13 12:00",
    orders=(
        ("2025-11-28 10:00", opens("2025-12-22 12:00")),
        ("2025-11-28 10:05", invites("2025-11-30 20:00")),
        ("2025-11-28 10:10", reminds("2025-12-03 17:00", "5wd", 3)),
        ("2025-12-05 18:30", adds_people()),
        ("2025-12-05 18:31", invites("2025-12-06 10:00")),
        ("2025-12-09 08:30", excludes("only reads")),
        ("2025-12-22 09:30", reminds_now()),
        ("2025-12-22 11:00", changes_closing("2026-01-09")),
        ("2025-12-23 16:00", renews("is half-way for good")),
        ("2026-01-07 09:00", reminds_now()),
    ),
    busy=("2025-12-03 15:50", "2025-12-19 08:50", "2026-01-08 08:50"),
    looks=SEVEN_A_DAY,
)
"""Over 8 December, Christmas and Epiphany; orders at night and on Sundays; put off in the last hour."""

AUTUMN = Plan(
    begins="2026-10-19 09:00",
    ends="2026-11-03 12:00",
    orders=(
        ("2026-10-19 10:00", opens("2026-11-01")),
        ("2026-10-19 10:05", invites("2026-10-19 10:05")),
        ("2026-10-19 10:10", reminds("2026-10-22 09:30", "5wd", 2)),
        ("2026-10-20 12:00", adds_people()),
        ("2026-10-21 12:00", excludes("declines")),
    ),
    away=("2026-10-29 09:00", "2026-10-29 17:30"),
    busy=("2026-10-22 08:40", "2026-10-30 08:10"),
    looks=SEVEN_A_DAY,
)
"""A fortnight, over the end of daylight saving time, until All Saints' Day."""
