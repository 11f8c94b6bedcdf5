"""Charts of a publication: the right kind, the right order, n above each, told to those who cannot see it."""

import re
from dataclasses import replace

import pytest

from admin_scripts.charts.drawing import answers, draw
from admin_scripts.charts.likert import batteries, draw_groups, draw_items, is_likert, net
from admin_scripts.charts.look import diverging, ink_on, wrapped
from admin_scripts.charts.response import draw_response
from admin_scripts.wording import wording_for
from tests.admin_scripts.publications import a_publication

IT, EN = wording_for("it"), wording_for("en")
PUBLICATION = a_publication()
TABLES = {table.variable: table for table in PUBLICATION.tables}
DRAWN = [variable for variable, table in TABLES.items() if draw(EN, table, is_synthetic=False)]


def titles(picture):
    """The lines above the chart."""
    return [picture.specification["title"]["text"], *picture.specification["title"]["subtitle"]]


@pytest.mark.parametrize("variable", DRAWN)
def test_every_chart_says_its_base(variable):
    """In the line above it, of all kinds of chart."""
    assert any(
        f"n = {TABLES[variable].panels[0].answered}" in line
        for line in titles(draw(EN, TABLES[variable], is_synthetic=False))
    )


def test_what_is_hidden_or_open_has_no_chart():
    """A question that too few answered, and open answers."""
    assert draw(IT, TABLES["report_frequenza"], is_synthetic=False) is None
    assert draw(IT, TABLES["commenti"], is_synthetic=False) is None


def test_several_answers_are_sorted_and_a_scale_keeps_its_order():
    """The most frequent first, where the order is not the author's."""
    percents = [
        float(p) for p in re.findall(r": (\d+)%", draw(EN, TABLES["monitoraggio"], is_synthetic=False).alternative)
    ]
    assert percents == sorted(percents, reverse=True)
    told = draw(EN, TABLES["livello_zo"], is_synthetic=False).alternative
    assert told.index("all of them: 31%") < told.index("only some: 25%") < told.index("none of them: 44%")


def test_the_alternative_text_has_the_figures_of_the_chart():
    """Each choice with percentage, count, base and interval, in the language of the report."""
    told = draw(IT, TABLES["livello_zo"], is_synthetic=False).alternative
    assert told.startswith("Grafico a barre: Questi servizi sono organizzati")
    assert "Sì, tutti: 31% (11 su 36, intervallo" in told


def test_only_opinions_diverge():
    """A scale of agreement has two ends; how much or how often has none."""
    assert is_likert(TABLES["op_intercomunalita"])
    assert not is_likert(TABLES["supporto_comuni"])


def test_items_of_one_scale_stand_together_by_net_agreement():
    """Those of one section that follow each other; the one with the highest net agreement first."""
    item = TABLES["op_intercomunalita"]
    panel = item.panels[0]
    turned = tuple(reversed([line.share for line in answers(panel)]))
    lines = (*(replace(line, share=share) for line, share in zip(answers(panel), turned, strict=True)),)
    other = replace(item, variable="other", wording={"en": "Other."}, panels=(replace(panel, lines=lines),))
    assert [len(together) for together in batteries((TABLES["livello_zo"], other, item))] == [1, 2]
    assert net(other.panels[0]) < 0 < net(panel)
    told = draw_items(EN, (other, item), is_synthetic=False).alternative
    assert told.index("work together") < told.index("Other")


def test_groups_that_are_shown_have_a_row_each():
    """Hidden ones none; with fewer than two there is no chart."""
    drawn = draw_groups(EN, TABLES["op_intercomunalita"], is_synthetic=False)
    assert drawn.alternative.count("(n = 1") >= 4
    assert draw_groups(EN, TABLES["monitoraggio"], is_synthetic=False) is None


def test_a_small_unit_is_told_in_words():
    """Where no counts are published there is no bar."""
    drawn = draw_response(IT, PUBLICATION)
    assert "≤ 50 %" in drawn.alternative
    assert "53% (20 su 38)" in drawn.alternative


def test_a_synthetic_survey_is_marked_on_each_chart():
    """In the picture itself, which may be copied out of the report."""
    assert titles(draw(IT, TABLES["consiglio"], is_synthetic=True))[0].startswith("DATI SINTETICI")
    assert titles(draw_response(IT, a_publication(is_synthetic=True)))[0].startswith("DATI SINTETICI")


def test_the_same_figures_give_the_same_bytes():
    """SVG and PNG, and the ids of two charts in one page differ."""
    first, second = (draw(IT, TABLES["ostacolo"], is_synthetic=False) for _ in range(2))
    assert first.svg() == second.svg()
    assert first.png() == second.png()
    ids = set(re.findall(r'\bid="([^"]+)"', first.svg()))
    assert all(name.startswith("ostacolo-") for name in ids)


@pytest.mark.parametrize("variable", DRAWN)
def test_every_chart_fits_a_telephone(variable):
    """Drawn once more for it, in letters as large, with the lines above in more lines."""
    table = TABLES[variable]
    make = draw_items if is_likert(table) else draw
    drawn = make(IT, (table,) if is_likert(table) else table, is_synthetic=True)
    wide, narrow = (float(re.search(r'width="([\d.]+)"', svg)[1]) for svg in (drawn.svg(), drawn.narrow_svg()))
    assert 300 < narrow <= 370 < wide


def test_long_labels_are_wrapped_and_steps_stay_apart_in_grey():
    """Nothing is cut off; neighbours of a scale differ, and what is written on them can be read."""
    assert max(map(len, wrapped("Ritardi nell'attuazione normativa delle Zone omogenee").split("\n"))) <= 36
    assert diverging(3)[1] == diverging(5)[2]
    for steps in (3, 4, 5, 7):
        assert len(diverging(steps)) == steps
    assert [ink_on(colour) for colour in diverging(5)] == ["#ffffff", "#111111", "#111111", "#111111", "#ffffff"]
