"""The packages that exports and reports need and the bot does not: what to say where they are missing."""

PACKAGES = frozenset(
    {"adbc_driver_manager", "adbc_driver_postgresql", "adbc_driver_sqlite", "altair", "docx", "frictionless"}
    | {"krippendorff", "lxml", "numpy", "orjson", "pyarrow", "pyreadstat", "rdflib", "scipy", "vl_convert"}
    | {"weasyprint", "xlsxwriter"}
)
"""Of the extra 'report', by the names they are imported by. The launcher installs them; pip where it is asked to."""


def remedy_for(missing: ModuleNotFoundError) -> str:
    """What to install, in one sentence; "" where something else is missing, which is our own mistake."""
    package = (missing.name or "").partition(".")[0]
    if package not in PACKAGES:
        return ""
    return f"This command needs more packages ({package} is missing): pip install 'colloquio[report]'"
