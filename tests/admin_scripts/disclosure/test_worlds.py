"""P62: somebody who knows the whole program tries every table that would have been published alike."""

from itertools import product
from random import Random

import pytest

from admin_scripts.disclosure import rules
from admin_scripts.disclosure.rules import Counted, Rules, hidden_groups, is_alike, prevailing
from admin_scripts.publication import Hidden

ENOUGH = 400
"""Tables that are tried of each publication; most are told apart by the first few."""


def tables_of_one(sizes, totals):
    """Every table of one answer each with these sums of groups and of lines."""
    if len(sizes) == 1:
        yield (tuple(totals),)
        return
    for row in product(*(range(min(sizes[0], total) + 1) for total in totals)):
        if sum(row) == sizes[0]:
            rest = [total - count for total, count in zip(totals, row, strict=True)]
            yield from ((row, *more) for more in tables_of_one(sizes[1:], rest))


def tables_of_several(sizes, totals):
    """Every table of several answers each: no line has more than the group has people."""
    columns = [
        [column for column in product(*(range(size + 1) for size in sizes)) if sum(column) == total] for total in totals
    ]
    yield from (tuple(zip(*table, strict=True)) for table in product(*columns))


def published(sizes, table, *, is_multiple):
    """What is seen of it: the groups that are shown, and why others are not."""
    groups = [Counted(size, counts) for size, counts in zip(sizes, table, strict=True)]
    why = hidden_groups(groups, Rules(), is_multiple=is_multiple)
    return tuple(
        (why[place], prevailing(groups, place) if why[place] is Hidden.ALIKE else None) if place in why else counts
        for place, counts in enumerate(table)
    )


def learnt(random, sizes, table, *, is_multiple):
    """Groups and lines that (nearly) all chose, where no other table that is published alike has another number."""
    seen = published(sizes, table, is_multiple=is_multiple)
    secret = {
        (place, line)
        for place, counts in enumerate(table)
        for line, count in enumerate(counts)
        if not isinstance(seen[place][0], int) and count >= sizes[place] - 1
    }
    hidden = [place for place, one in enumerate(seen) if isinstance(one[0], Hidden)]
    totals = [sum(table[place][line] for place in hidden) for line in range(len(table[0]))]
    making = tables_of_several if is_multiple else tables_of_one
    others = list(making([sizes[place] for place in hidden], totals)) if secret else []
    for other in random.sample(others, len(others))[:ENOUGH]:
        whole = list(table)
        for place, counts in zip(hidden, other, strict=True):
            whole[place] = counts
        differing = {(place, line) for place, line in secret if whole[place][line] != table[place][line]}
        if differing and published(sizes, whole, is_multiple=is_multiple) == seen:
            secret -= differing
        if not secret:
            break
    return secret


def surveys(random, number, *, is_multiple):
    """Small groups, in some of which nearly all are of one mind; not all of everybody."""
    while number:
        sizes = [
            random.randrange(5, 8 if is_multiple else 13)
            for _ in range(random.choice((2, 3, 3, 3 if is_multiple else 4)))
        ]
        mind, lines = random.choice((0.5, 0.7, 0.85, 0.93)), random.choice((2, 2, 2 if is_multiple else 3))
        table = [said(random, size, mind, lines, is_multiple=is_multiple) for size in sizes]
        everybody = Counted(sum(sizes), [sum(column) for column in zip(*table, strict=True)])
        groups = [Counted(size, counts) for size, counts in zip(sizes, table, strict=True)]
        if max(everybody.counts) < everybody.base - 1 and any(map(is_alike, groups)):
            number -= 1
            yield sizes, table


def said(random, size, mind, lines, *, is_multiple):
    """How often each line was chosen."""
    if is_multiple:
        return tuple(sum(random.random() < mind for _ in range(size)) for _ in range(lines))
    chosen = [0 if random.random() < mind else random.randrange(1, lines) for _ in range(size)]
    return tuple(map(chosen.count, range(lines)))


@pytest.mark.parametrize("is_multiple", [False, True])
def test_p62_who_knows_the_program_does_not_learn_whether_really_all_were_alike(is_multiple):
    """Whatever follows from the reasons, from how many groups are hidden, and from which."""
    random = Random(20)
    found = [
        (sizes, table)
        for sizes, table in surveys(random, 40, is_multiple=is_multiple)
        if learnt(random, sizes, table, is_multiple=is_multiple)
    ]
    assert found == []


def test_p62_a_gate_that_hides_only_as_many_as_the_figures_need_is_caught(monkeypatch):
    """Sabotage: what the reasons say themselves is left out of the calculation."""
    monkeypatch.setattr(rules, "_is_safe", lambda *_, **__: True)
    random = Random(20)
    assert any(learnt(random, *one, is_multiple=False) for one in surveys(random, 60, is_multiple=False))
