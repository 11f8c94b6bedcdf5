"""Thirty questions, by name and type. Apart from everything else: the peers import nothing of ours but this."""

LISTS = {
    "steps": ("1", "2", "3", "4", "5"),
    "towns": tuple(f"town{number}" for number in range(40)),
    "services": ("advice", "permits", "tenders", "data", "training"),
}
QUESTIONS: tuple[tuple[str, str], ...] = (
    *((f"agree{number}", "select_one steps") for number in range(12)),
    *((f"town{number}", "select_one towns") for number in range(4)),
    *((f"services{number}", "select_multiple services") for number in range(2)),
    *((f"count{number}", "integer") for number in range(6)),
    *((f"amount{number}", "decimal") for number in range(2)),
    *((f"day{number}", "date") for number in range(2)),
    *((f"words{number}", "text") for number in range(2)),
)
