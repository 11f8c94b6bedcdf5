"""From a survey to what is published, through the commands: the field of 2020 and its published figures."""

import csv
import json
import re
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import frictionless
import pyreadstat
import pytest
from typer.testing import CliRunner

from admin_scripts.__main__ import compose
from admin_scripts.export import Format

EXAMPLES = Path(__file__).parents[2] / "examples"
REHEARSAL = (
    f"simulate {EXAMPLES}/zone_omogenee_po.xlsx --into zone2020 --register {EXAMPLES}/staff.csv"
    f" --margins {EXAMPLES}/margins_2020.csv --seed 2020"
)


def called(words: str, *more: str):
    """What a command said, and how it ended."""
    every = [*words.split(), *more]
    return CliRunner().invoke(compose(every), every)


def done(words: str, *more: str) -> str:
    """What a command said that did what it should."""
    result = called(words, *more)
    assert result.exit_code == 0, result.output
    return result.output


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    """The folder of an installation in which the field of 2020 was simulated."""
    folder = tmp_path_factory.mktemp("field")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("COLLOQUIO_DATA_DIR", str(folder))
        done(REHEARSAL)
    return folder


@pytest.fixture(autouse=True)
def installed(data, tmp_path, monkeypatch):
    """A copy of it for each test, which then is alone with its log of releases."""
    shutil.copytree(data, tmp_path / "data")
    monkeypatch.setenv("COLLOQUIO_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)


def releases() -> list[str]:
    """What is on record as let out."""
    with closing(sqlite3.connect("data/colloquio.db")) as database:
        return [kind for (kind,) in database.execute("SELECT kind FROM releases")]


def rows_in(path: str) -> list[dict[str, str]]:
    with Path(path).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_the_tables_have_the_published_figures_of_2020_and_their_margins():
    """69 of 134; 31, 25 and 44 % of those who support the Comuni; 7 % without monitoring."""
    done("tables zone2020 --by area --weights --out t.csv")
    published = json.loads(Path("SYNTHETIC-t.csv.published.json").read_text())
    assert (published["responses"], published["population"]) == (69, 134)
    whole = {table["variable"]: table["panels"][0] for table in published["tables"]}
    shares = {line["code"]: line["share"] for line in whole["livello_zo"]["lines"]}
    assert {code: (share["count"], round(share["percent"])) for code, share in shares.items()} == {
        "tutti": (11, 31),
        "parte": (9, 25),
        "nessuno": (16, 44),
    }
    assert round(whole["livello_zo"]["margin"], 1) == 11.5
    assert round(whole["supporto_comuni"]["margin"], 1) == 8.3
    (support,) = [line["share"] for line in whole["supporta"]["lines"] if line["code"] == "1"]
    assert (support["count"], round(support["low"], 1), round(support["high"], 1)) == (36, 44.0, 60.4)
    (unmonitored,) = [line["share"] for line in whole["monitoraggio"]["lines"] if line["code"] == "nessuno"]
    assert (unmonitored["count"], unmonitored["base"], round(unmonitored["percent"])) == (2, 30, 7)


def test_what_is_published_together_tells_of_nobody_and_is_the_same_twice():
    """Tables in every form and open data: valid, attacked in vain, and byte by byte the same."""
    wanted = [
        "tables zone2020 --by area --weights --out {}/t.xlsx",
        "tables zone2020 --by area --weights --out {}/t.html",
        "tables zone2020 --by area --weights --out {}/t.csv",
        "opendata zone2020 --rights-holder Ente --out {}/od",
    ]
    for folder in ("one", "two"):
        for words in wanted:
            done(words.format(folder))
    files = [path.relative_to("one") for path in Path("one").rglob("*") if path.is_file()]
    assert len(files) > 8
    assert [path for path in files if Path("one", path).read_bytes() != Path("two", path).read_bytes()] == []
    assert "Nothing can be learnt" in done("audit one")
    (package,) = Path("one").rglob("datapackage.json")
    assert frictionless.Package(str(package)).validate().valid


def test_every_export_is_the_same_twice():
    """Rows are shuffled by what they hold, and no file says when it was made."""
    for folder in ("one", "two"):
        for form in Format:
            done(f"export zone2020 --format {form} --partial --out {folder}/{form}")
    files = [path.relative_to("one") for path in Path("one").rglob("*") if path.is_file()]
    assert {path.parts[0] for path in files} == set(Format)
    assert [path for path in files if Path("one", path).read_bytes() != Path("two", path).read_bytes()] == []


def test_who_is_left_out_of_a_comparison_is_named_as_in_the_table():
    """By the group's label, not by its code."""
    done("tables zone2020 --by area --lang it --out t.html")
    notes = re.findall(r"Esclusi dal confronto: ([^<]*)", Path("SYNTHETIC-t.html").read_text())
    assert any("Risorse umane e organizzazione" in note for note in notes)
    assert not any("_" in note for note in notes)


def test_a_wrong_wish_is_refused_before_anything_is_on_record():
    """Neither open data without a holder of rights nor a language that is not there nor a file for a folder."""
    Path("file").write_text("")
    for words in (
        "opendata zone2020 --out od",
        "tables zone2020 --lang xx --out t.csv",
        "tables zone2020 --out file/t.csv",
        "tables zone2020 --out t.pdf",
        "opendata zone2020 --rights-holder Ente --lang xx --out od",
        "opendata zone2020 --rights-holder Ente --modified soon --out od",
        "opendata zone2020 --rights-holder Ente --out file",
        "export zone2020 --labels xx --out e",
        "export zone2020 --out file",
        "report zone2020 --lang xx --out r",
    ):
        assert called(words).exit_code != 0, words
    assert releases() == []
    assert not {"od", "t.csv", "t.pdf", "r", "e"} & {path.name for path in Path().iterdir()}
    done("tables zone2020 --out t.csv")
    assert releases() == ["published"]


def test_who_broke_off_is_told_from_who_was_not_asked():
    """With --partial: rows of their own, and for each blank cell the reason."""
    done("export zone2020 --format csv --partial --whole --purpose test --out e")
    rows = rows_in("e/SYNTHETIC-zone2020.responses.csv")
    why = rows_in("e/SYNTHETIC-zone2020.responses.missing.csv")
    stopped = [place for place, row in enumerate(rows) if row["disposition"] != "complete"]
    assert len(rows) == 69 + len(stopped)
    assert len(stopped) == 8
    assert all("broke_off" in why[place].values() for place in stopped if rows[place]["disposition"] == "break-off")
    answered = [row for place, row in enumerate(why) if place not in stopped]
    assert all("broke_off" not in row.values() for row in answered)
    assert any("not_asked" in row.values() for row in answered)
    assert any("skipped" in row.values() for row in answered)


PSPP = shutil.which("pspp")


@pytest.mark.skipif(PSPP is None, reason="PSPP is not installed")
@pytest.mark.parametrize("options", ["", "--whole --purpose test"])
def test_the_syntax_of_the_codebook_makes_of_the_csv_what_the_sav_is(options):
    """The same variables, labels and n, table by table: PSPP runs the one, the other is the export."""
    done(f"export zone2020 --format csv --out e {options}")
    done(f"export zone2020 --format sav --out e {options}")
    done(f"codebook zone2020 --format sps --out e {options.partition(' ')[0]}")
    for title in ("responses", "buona_pratica"):
        syntax = Path(f"e/SYNTHETIC-zone2020.{title}.sps")
        syntax.write_text(syntax.read_text() + f"SAVE OUTFILE='{title}.sav'.\n")
        subprocess.run([PSPP, "-o", "/dev/null", syntax.name], cwd="e", check=True, capture_output=True)  # noqa: S603
        read = pyreadstat.read_sav(f"e/{title}.sav")
        exported = pyreadstat.read_sav(f"e/SYNTHETIC-zone2020.{title}.sav")
        assert_alike(read, exported)


def assert_alike(read, exported):
    """But for several answers as one text, which only the CSV has, and for the reasons beside texts."""
    (frame, told), (other, meant) = read, exported
    assert len(frame) == len(other)
    assert all(name.endswith("_missing") for name in set(other) - set(frame))
    several = {name.rpartition("_")[0] for name in other}
    assert set(frame) - set(other) <= several
    for name in [name for name in frame if name in other]:
        assert told.column_names_to_labels[name] == meant.column_names_to_labels[name]
        labels = meant.variable_value_labels.get(name, {})
        assert told.variable_value_labels.get(name, {}).items() <= labels.items()
        assert frame[name].replace("", None).count() == other[name].replace("", None).count(), name


def test_a_long_list_shows_what_somebody_chose_and_a_median_is_a_step():
    """In the tables for people; calculated values stand after the questions."""
    done("tables zone2020 --lang it --out t.html")
    page = Path("SYNTHETIC-t.html").read_text()
    assert "altre voci, che nessuno ha scelto" in page
    assert re.search(r"mediana</th>\s*<td[^>]*>Da 3 a 8 anni", page)
    assert page.index("Valori calcolati") > page.index("Vuole aggiungere qualcosa?")
