"""Questionnaires that nobody wrote: parts put together at random, each reading those before it."""

from xml.sax.saxutils import quoteattr

from hypothesis import strategies as st

_HEAD = (
    '<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"'
    ' xmlns:jr="http://openrosa.org/javarosa"><h:head><h:title>t</h:title><model><itext>'
    '<translation lang="it"><text id="l"><value>Uno <output value="/data/first"/></value></text></translation>'
    '<translation lang="en"><text id="l"><value>One <output value="/data/first"/></value></text></translation></itext>'
)
_LIST = (
    '<instance id="list"><root>'
    "<item><name>a</name><kind>1</kind></item><item><name>b</name><kind>2</kind></item></root></instance>"
)
_TYPES = ("int", "decimal", "date", "time", "dateTime", "string", "geopoint", "")
_RULES = ("relevant", "required", "readonly", "constraint", "calculate")
_READS = (
    "{0} != ''",
    "{0} > 1 or {1} = 'a'",
    "sum({0}) + count({1})",
    "concat({0}, '-', {1})",
    "position(..) + count(../../*)",
    "if(selected({0}, 'a'), {1}, once(random()))",
    "jr:choice-name({0}, '{1}')",
    "indexed-repeat({0}, .., 1)",
    "{0}[position() = last()] div {1}",
    "format-date({0}, '%Y') + round({1}, 2)",
    "count-selected({0}) mod 0",
    "regex({0}, '[')",
    "nonsense({0})",
    ". > 3",
    "substr({0}, -1) = string(now() - {1})",
)
_CHOSEN = (
    "instance('list')/root/item[kind = {0}]",
    "instance('list')/root/item[name != {0}]",
    "randomize(instance('list')/root/item, {0})",
)


class _Grown:
    def __init__(self, draw):
        self.draw = draw
        self.paths = ["/data/first"]
        self.binds = ['<bind nodeset="/data/first" type="int"/>']

    def reading(self, patterns):
        read = st.sampled_from(self.paths)
        return self.draw(st.sampled_from(patterns)).format(self.draw(read), self.draw(read))

    def bind(self, path, rules):
        chosen = self.draw(st.lists(st.sampled_from(rules), max_size=2, unique=True))
        said = "".join(f" {rule}={quoteattr(self.reading(_READS))}" for rule in chosen)
        datatype = self.draw(st.sampled_from(_TYPES)) if "calculate" in rules else ""
        self.binds.append(f'<bind nodeset="{path}" type="{datatype}"{said}/>')

    def parts(self, parent, depth):
        made = [self.part(f"{parent}/p{number}", depth) for number in range(self.draw(st.integers(1, 3)))]
        return "".join(nodes for nodes, _ in made), "".join(body for _, body in made)

    def part(self, path, depth):
        kind = self.draw(st.sampled_from(["input", "input", "select", "group", "repeat"][: None if depth else 3]))
        name = path.rpartition("/")[2]
        if kind in {"input", "select"}:
            body = self.question(kind, path)
            self.bind(path, _RULES)
            self.paths.append(path)
            return f"<{name}/>", body
        self.bind(path, _RULES[:1])
        count = f" jr:count={quoteattr(self.reading(('{0}', '2', '{0} + 1')))}" if self.draw(st.booleans()) else ""
        nodes, inside = self.parts(path, depth - 1)
        body = f'<repeat nodeset="{path}"{count}>{inside}</repeat>' if kind == "repeat" else inside
        return f"<{name}>{nodes}</{name}>", f'<group ref="{path}"><label ref="jr:itext(\'l\')"/>{body}</group>'

    def question(self, kind, path):
        inner = "<label ref=\"jr:itext('l')\"/>"
        if kind == "select":
            nodes = quoteattr(self.reading(_CHOSEN))
            inner += f'<itemset nodeset={nodes}><value ref="name"/><label ref="kind"/></itemset>'
        if self.draw(st.integers(0, 4)) == 0:
            value = quoteattr(self.reading(_READS))
            events = "xforms-value-changed odk-new-repeat"
            inner += f'<setvalue event="{events}" ref="{self.draw(st.sampled_from(self.paths))}" value={value}/>'
        return f'<{kind} ref="{path}">{inner}</{kind}>'


@st.composite
def grown_forms(draw):
    """An XForm with groups, repeats, filters and actions up to two deep."""
    grown = _Grown(draw)
    nodes, body = grown.parts("/data", 2)
    return (
        f'{_HEAD}<instance><data id="t"><first/>{nodes}</data></instance>{_LIST}{"".join(grown.binds)}</model></h:head>'
        f'<h:body><input ref="/data/first"/>{body}</h:body></h:html>'
    )
