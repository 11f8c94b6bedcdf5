"""A prompt as lines of text, for people who read transcripts."""

from conversations.protocol import Prompt, Style

MARKS = {
    Style.NOTICE: "! ",
    Style.SECTION: "§ ",
    Style.PROGRESS: "· ",
    Style.HINT: "  ",
    Style.ANSWER: "→ ",
}


def plain(prompt: Prompt) -> str:
    """Blocks, entries, then buttons in brackets; chosen ones with an x."""
    lines = [_block(block.style, block.text) for block in prompt.blocks]
    lines += [f"{e.button.label}. {e.question} → {e.answer}" for e in prompt.entries]
    choices = " ".join(f"[{'x ' if b.chosen else ''}{b.label}]" for b in prompt.choices)
    actions = " ".join(f"[{b.label}]" for b in prompt.actions)
    lines += [row for row in (choices, actions) if row]
    first, *rest = "\n".join(lines).splitlines()
    return "\n".join([f"< {first}", *(f"  {line}".rstrip() for line in rest)])


def _block(style: Style, text: str) -> str:
    return MARKS.get(style, "") + text
