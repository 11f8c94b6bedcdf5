"""ODK XPath: expressions are read once, compiled to closures, and evaluated on a tree of answers."""

from conversations.forms.xpath.compile import CompiledExpression, compile_expression
from conversations.forms.xpath.context import Context
from conversations.forms.xpath.errors import XPathError, XPathSyntaxError
from conversations.forms.xpath.faults import Fault, faults_in
from conversations.forms.xpath.moments import Moment
from conversations.forms.xpath.nodes import Node, UnreadableDocument, document, parse_document
from conversations.forms.xpath.parser import parse
from conversations.forms.xpath.references import Reference, References, references

__all__ = [
    "CompiledExpression",
    "Context",
    "Fault",
    "Moment",
    "Node",
    "Reference",
    "References",
    "UnreadableDocument",
    "XPathError",
    "XPathSyntaxError",
    "compile_expression",
    "document",
    "faults_in",
    "parse",
    "parse_document",
    "references",
]
