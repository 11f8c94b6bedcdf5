"""Every function of the registry, each with cases: (expression, what it says)."""

import pytest

from conversations.forms.xpath import XPathError, compile_expression, faults_in, parse
from conversations.forms.xpath.functions import FUNCTIONS

CASES = {
    "abs": [("abs(-2.5)", "2.5"), ("abs('x')", "")],
    "acos": [("round(acos(0), 3)", "1.571"), ("acos(2)", "")],
    "area": [("round(area(corner), -5)", "87500000"), ("area('nowhere')", "0")],
    "asin": [("asin(0)", "0")],
    "atan": [("atan(0)", "0")],
    "atan2": [("atan2(0, 1)", "0"), ("atan2('', 1)", "")],
    "base64-decode": [("base64-decode('Y2lhbw')", "ciao"), ("base64-decode('a')", "")],
    "boolean": [("boolean('0')", "true"), ("boolean(0)", "false"), ("boolean(blank)", "false")],
    "boolean-from-string": [("boolean-from-string('true')", "true"), ("boolean-from-string('yes')", "false")],
    "ceiling": [("ceiling(1.2)", "2"), ("ceiling(-1.2)", "-1")],
    "checklist": [
        ("checklist(1, 2, true(), false())", "true"),
        ("checklist(2, -1, true(), false())", "false"),
        ("checklist(-1, 2, member/years)", "true"),
    ],
    "coalesce": [("coalesce(blank, name)", "Ada"), ("coalesce(blank, '')", "")],
    "concat": [("concat(name, '-', 1)", "Ada-1"), ("concat(member/who)", "BoCyDi"), ("concat()", "")],
    "contains": [("contains('abc', 'bc')", "true"), ("contains('abc', '')", "true")],
    "cos": [("cos(0)", "1")],
    "count": [("count(member)", "3"), ("count(/data/nothing)", "0")],
    "count-non-empty": [("count-non-empty(member/years)", "2")],
    "count-selected": [("count-selected(crops)", "2"), ("count-selected(blank)", "0")],
    "current": [("current()/name", "Ada")],
    "date": [("date('2026-1-5')", "2026-01-05"), ("date(0)", "1970-01-01"), ("date('soon')", "")],
    "date-time": [("date-time('2026-03-10')", "2026-03-10"), ("date-time(1)", "1970-01-02T01:00:00.000+01:00")],
    "decimal-date-time": [("decimal-date-time('1970-01-02T12:00:00Z')", "1.5"), ("decimal-date-time('x')", "")],
    "decimal-time": [("decimal-time('06:00:00.000')", "0.25"), ("decimal-time('25:00')", "")],
    "depend": [("depend(name, age, blank)", "Ada")],
    "digest": [
        ("digest('a', 'MD5', 'hex')", "0cc175b9c0f1b6a831c399e269772661"),
        ("string-length(digest('a', 'SHA-256'))", "44"),
        ("string-length(digest('a', 'SHA-1', 'hex'))", "40"),
        ("string-length(digest('a', 'SHA-384', 'hex'))", "96"),
        ("string-length(digest('a', 'SHA-512', 'hex'))", "128"),
    ],
    "distance": [
        ("round(distance('45 9; 45 10'), -3)", "79000"),
        ("distance('45 9')", ""),
        ("distance('95 9;95 9')", ""),
    ],
    "enclosed-area": [("round(enclosed-area(corner), -5)", "87500000"), ("enclosed-area('45 9;46 9')", "0")],
    "ends-with": [("ends-with('abc', 'bc')", "true"), ("ends-with('abc', 'ab')", "false")],
    "exp": [("exp(0)", "1"), ("exp(9999)", "Infinity")],
    "exp10": [("exp10(2)", "100")],
    "false": [("false()", "false")],
    "floor": [("floor(-1.2)", "-2"), ("floor('')", "")],
    "format-date": [("format-date('2026-03-05', '%e/%n/%y %a %b %d.%m.%Y')", "5/3/26 Thu Mar 05.03.2026")],
    "format-date-time": [
        ("format-date-time('2026-03-05T07:08:09.010', '%H:%M:%S.%3 %h')", "07:08:09.010 7"),
        ("format-date-time('later', '%H')", ""),
        ("format-date-time('2026-03-05', '100%% %Q week %W')", "100% %Q week 10"),
    ],
    "geofence": [
        ("geofence('45.05 9.05', corner)", "true"),
        ("geofence('46 9.05', corner)", "false"),
        ("geofence('', corner)", "false"),
        ("geofence('45.05 9.05 0 0', '45 9;46 10')", "false"),
        ("geofence('45 9', '45 9;45 10;46 10;46 9')", "false"),
    ],
    "id": [("count(id('name'))", "0")],
    "if": [("if(age > 18, 'adult', 'minor')", "adult"), ("if(blank, 1, 2)", "2")],
    "indexed-repeat": [
        ("indexed-repeat(/data/member/who, /data/member, 2)", "Cy"),
        ("indexed-repeat(/data/member/who, /data/member, 9)", ""),
        ("indexed-repeat(/data/house/room/bed, /data/house/room, 1, /data/house/room/bed, 2)", ""),
    ],
    "instance": [("instance('places')/root/item[2]/label", "Roma")],
    "int": [("int('3.9')", "3"), ("int(-3.9)", "-3"), ("int('')", "")],
    "is-selected": [("is-selected(crops, 'maize')", "true")],
    "join": [("join(', ', member/who)", "Bo, Cy, Di"), ("join('-', 1, 'b')", "1-b"), ("join('-')", "")],
    "jr:choice-name": [
        ("jr:choice-name(region, '/data/region')", "region:north"),
        ("jr:choice-name('south', ' /data/region ')", "region:south"),
        ("jr:choice-name(region, concat('/data/', 'region'))", "region:north"),
        ("jr:choice-name(blank, '/data/region')", ""),
    ],
    "jr:itext": [("jr:itext('hello')", "<hello>")],
    "lang": [("lang('en')", "false"), ("lang('')", "true")],
    "last": [("member[last()]/who", "Di")],
    "local-name": [("local-name(member)", "member"), ("local-name()", "data"), ("local-name(/data/none)", "")],
    "log": [("log(1)", "0"), ("log(0)", "-Infinity"), ("log(-1)", "")],
    "log10": [("log10(1000)", "3"), ("log10(0)", "-Infinity")],
    "max": [("max(member/years)", "61"), ("max(1, '', 3)", "3"), ("max(blank)", ""), ("max('x', 1)", "")],
    "min": [("min(member/years)", "5"), ("min(-4, -1)", "-4"), ("min('', '')", "")],
    "name": [("name(@version)", "version")],
    "namespace-uri": [("namespace-uri()", "")],
    "normalize-space": [("normalize-space(spaced)", "two words"), ("normalize-space(' \n ')", "")],
    "not": [("not(blank)", "true"), ("not(name)", "false")],
    "now": [("now()", "2026-07-01T12:00:00.000+02:00")],
    "number": [("number('12.50')", "12.5"), ("number(true())", "1"), ("number(' 7 ')", "7"), ("number('4,5')", "")],
    "once": [("once('new')", "kept")],
    "pi": [("round(pi(), 2)", "3.14")],
    "position": [("position(member[2])", "2"), ("position(/data/none)", ""), ("member[position() = 3]/who", "Di")],
    "pow": [("pow(2, 10)", "1024"), ("pow(0, -1)", "Infinity"), ("pow(-10, 999)", "-Infinity"), ("pow(-1, 0.5)", "")],
    "pulldata": [
        ("pulldata('places', 'label', 'name', 'turin')", "Torino"),
        ("pulldata('places', 'label', 'name', 'oslo')", ""),
        ("pulldata('places', 'label', '@code', 'RM')", "Roma"),
        ("pulldata('places', '@code', 'name', 'rome')", "RM"),
    ],
    "random": [("random()", "0.25")],
    "randomize": [("randomize(member/who, 42)[1]", "Bo")],
    "regex": [("regex('12345', '[0-9]+')", "true"), ("regex('a12345', '[0-9]+')", "false")],
    "round": [("round(2.345, 2)", "2.35"), ("round(-2.5)", "-3"), ("round(1250, -2)", "1300"), ("round('x')", "")],
    "selected": [("selected(crops, 'beans')", "true"), ("selected(crops, 'bean')", "false")],
    "selected-at": [("selected-at(crops, 1)", "beans"), ("selected-at(crops, 2)", ""), ("selected-at(crops, -1)", "")],
    "sin": [("sin(0)", "0")],
    "sqrt": [("sqrt(9)", "3"), ("sqrt(-1)", "")],
    "starts-with": [("starts-with('abc', 'ab')", "true")],
    "string": [("string(1 div 4)", "0.25"), ("string(true())", "true")],
    "string-length": [("string-length('perché')", "6"), ("string-length(blank)", "0")],
    "substr": [("substr('hello', 1, 3)", "el"), ("substr('hello', -2)", "lo"), ("substr('hello', 3, 1)", "")],
    "substring": [("substring('12345', 2, 3)", "234"), ("substring('12345', 1.5, 2.6)", "234")],
    "substring-after": [("substring-after('a=b', '=')", "b"), ("substring-after('a', '')", "a")],
    "substring-before": [("substring-before('a=b', '=')", "a"), ("substring-before('a', 'x')", "")],
    "sum": [("sum(member/years)", "66"), ("sum(/data/none)", "0")],
    "tan": [("tan(0)", "0")],
    "today": [("today()", "2026-07-01")],
    "translate": [("translate('a-b', 'ab-', 'xy')", "xy"), ("translate('aa', 'aa', 'bc')", "bb")],
    "true": [("true()", "true")],
    "uuid": [("string-length(uuid())", "36"), ("string-length(uuid(50))", "50"), ("uuid(0)", "")],
    "version": [("version()", "7")],
    "weighted-checklist": [
        ("weighted-checklist(3, 5, true(), 3, false(), 9)", "true"),
        ("weighted-checklist(-1, 2, true(), 3)", "false"),
        ("weighted-checklist(0, 2, true(), member/years)", "false"),
        ("weighted-checklist(-1, -1, true(), member/years)", "false"),
        ("weighted-checklist(-1, -1, member/years, member/years)", "true"),
        ("weighted-checklist(66, 66, member/years, member/years)", "true"),
    ],
}
FAILURES = [
    "count('x')",
    "digest('a', 'CRC')",
    "digest('a', 'MD5', 'octal')",
    "indexed-repeat(//bed, //room, 1, //bed)",
    "instance('nowhere')/root",
    "jr:choice-name('x', '/data/none')",
    "no-such-function()",
    "regex('a', '(')",
    "substring('a')",
    "sum(1)",
    "uuid('long')",
    "weighted-checklist(1, 2, true())",
    "'a' | name",
    "1[2]/a",
]


def test_every_function_has_cases():
    """A new function comes with an example of what it says."""
    assert FUNCTIONS.keys() == CASES.keys()


@pytest.mark.parametrize(("expression", "said"), [case for cases in CASES.values() for case in cases])
def test_each_function_says_what_its_cases_say(context, expression, said):
    """The cases above; once() stands at a node that is filled already."""
    if expression.startswith("once"):
        context.node.named("blank")[0].text = "kept"
        context.node = context.node.named("blank")[0]
    assert compile_expression(expression).string(context) == said


@pytest.mark.parametrize("expression", FAILURES)
def test_what_cannot_be_computed_is_an_xpath_error(context, expression):
    """Authors' mistakes that show only when evaluated are errors of one kind."""
    with pytest.raises(XPathError):
        compile_expression(expression).evaluate(context)


def test_a_faulty_call_that_is_never_reached_harms_nobody(holds):
    """As in ODK, a branch that is not taken is not looked at."""
    assert holds("true() or substring()")


def test_all_faulty_calls_are_listed_for_the_author_with_their_places():
    """Unknown functions and wrong numbers of arguments, wherever they are nested."""
    faults = faults_in(parse("if(nope(1), count(), /a[round(1, 2, 3)])"))
    assert [(fault.at, fault.what) for fault in faults] == [
        (3, "there is no function nope()"),
        (12, "count() needs 1 argument, not 0"),
        (24, "round() takes at most 2 arguments, not 3"),
    ]


@pytest.mark.parametrize(
    ("expression", "position"),
    [("1 + nonsense(2)", 4), ("if(true(), sum('a'), 1)", 11), ("concat('a', 1 | 2)", 0), ("abs()", 0)],
)
def test_an_error_says_where_in_the_text_it_is(context, expression, position):
    """The beginning of the innermost call that failed, or of the whole."""
    with pytest.raises(XPathError, match=f"at character {position + 1}\\)$") as raised:
        compile_expression(expression).evaluate(context)
    assert raised.value.position == position


@pytest.mark.parametrize("call", ["property('deviceid')", "extract-signed('a', 'b')"])
def test_what_only_an_app_can_do_is_refused_in_words_of_its_own(call):
    """It is no slip of the pen, so no other function is proposed for it."""
    [fault] = faults_in(parse(call))
    assert fault.what.startswith(f"{call.partition('(')[0]}() ")
    assert "there is no function" not in fault.what
