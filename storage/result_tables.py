"""The tables of what is made of the responses. They know responses, never people."""

from sqlalchemy import JSON, Column, Date, ForeignKey, Integer, String, Table, Text

from storage.schema import schema

code_frames = Table(
    "code_frames",
    schema,
    Column("survey_id", ForeignKey("surveys.id"), primary_key=True),
    Column("variable", Text, primary_key=True),  # the open question, by its name in the data dictionary
    Column("code", Text, primary_key=True),
    Column("place", Integer, nullable=False),  # in the order of the coders
    Column("labels", JSON, nullable=False),  # language -> label
)

codings = Table(
    "codings",
    schema,
    Column("response_id", ForeignKey("responses.id", ondelete="CASCADE"), primary_key=True),
    Column("variable", Text, primary_key=True),
    Column("row", String(32), primary_key=True),  # of the repeats around the question: "2", "2/1"; "" outside of any
    Column("coder", Text, primary_key=True),
    Column("codes", JSON, nullable=False),  # [code, ...]; [] is a text that no code fits
    sqlite_with_rowid=False,  # the order of rows would tell in which order texts were listed
)

releases = Table(
    "releases",
    schema,
    Column("id", Integer, primary_key=True),
    Column("survey_id", ForeignKey("surveys.id"), nullable=False, index=True),
    Column("day", Date, nullable=False),
    Column("kind", String(16), nullable=False),  # published, protected or whole
    Column("who", Text, nullable=False),  # the name of the operating system's user
    Column("purpose", Text, nullable=False),
    Column("responses", Integer, nullable=False),
    Column("data_hash", String(64), nullable=False),  # of the answers, in any order
    Column("options", JSON, nullable=False),
    Column("bases", JSON, nullable=False),  # [[question, by, [group, ...], people], ...] of what was published
)
