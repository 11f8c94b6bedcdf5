"""The choices in a question's list, whether or not a filter offers them."""

from conversations.forms import FormDefinition
from conversations.forms.xpath.syntax import Text, calls_in


def listed(form: FormDefinition, path: str) -> list[str]:
    """Their names, in the order of the list; of a list made from rows of a repeat none are known."""
    control = form.control_at[path]
    names = dict.fromkeys(item.name for item in control.items)
    if control.itemset is not None:
        ids = [c.arguments[0] for c in calls_in(control.itemset.nodes.tree) if c.name == "instance" and c.arguments]
        for one in ids:
            list_of = form.instances.get(one.value) if isinstance(one, Text) else None
            items = [node for node in list_of.descendants() if node.name == "item"] if list_of else []
            found = (item.named(control.itemset.value.text.strip()) for item in items)
            names.update(dict.fromkeys(nodes[0].string() for nodes in found if nodes))
    return [name for name in names if name]
