"""The level of measurement of each question, where the author wrote one: column x_measure of the sheet "survey"."""

import io

COLUMN = "x_measure"


def measures_in(workbook: bytes) -> dict[str, str]:
    """Question -> "nominal", "ordinal", "scale", ...; empty when the workbook has no such column."""
    import openpyxl  # noqa: PLC0415 - half a second

    sheet = openpyxl.load_workbook(io.BytesIO(workbook), read_only=True, data_only=True)["survey"]
    heading, *rows = [[str(cell or "").strip() for cell in row] for row in sheet.iter_rows(values_only=True)]
    if COLUMN not in heading or "name" not in heading:
        return {}
    name, measure = heading.index("name"), heading.index(COLUMN)
    return {row[name]: row[measure] for row in rows if row[name] and row[measure]}
