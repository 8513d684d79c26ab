"""Templates rewritten before they are compiled: they make the same of the same words, with less work.

Jinja makes an object with a dozen answers for each loop that asks for `loop`, one that complains for each condition
without `else`, and a call for each use of a macro. Here a loop that asks for no more than a number gets a number, such
a condition prints nothing, and a macro stands where its own template prints what it makes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from typing import cast

from jinja2 import nodes
from jinja2.visitor import NodeTransformer

_NUMBER = "loop__number"
"""The name of a loop's number; inner loops hide it, as they hide `loop`."""
_ASKED = frozenset({"index", "first"})
_PASSING = (nodes.For, nodes.Macro, nodes.CallBlock, nodes.Block, nodes.Include)
"""What has a `loop` of its own, or passes it on."""
_SPECIAL = frozenset({"loop", "caller", "varargs", "kwargs"})


def printed_only(macro: nodes.Macro) -> frozenset[str]:
    """The words of which a macro asks no more than whether there are any, and which it prints as they are."""
    if any(not isinstance(part, nodes.Output | nodes.If | nodes.Assign) for part in macro.find_all(nodes.Stmt)):
        return frozenset()
    conditions = macro.find_all((nodes.If, nodes.CondExpr))
    asked = Counter(name for part in conditions for name in _weighed(cast(nodes.If, part).test))
    loaded = Counter(name.name for name in macro.find_all(nodes.Name) if name.ctx == "load")
    for set_ in macro.find_all(nodes.Assign):
        if isinstance(set_.target, nodes.Name) and asked[set_.target.name] == loaded[set_.target.name]:
            asked.update(_weighed(set_.node))
    for output in macro.find_all(nodes.Output):
        asked.update(name for part in output.nodes for name in _printed(part))
    stored = {name.name for name in macro.find_all(nodes.Name) if name.ctx == "store"}
    return frozenset(name.name for name in macro.args if asked[name.name] == loaded[name.name]) - stored


def _weighed(test: nodes.Node) -> Iterator[str]:
    """The names of which a test asks only whether they are true."""
    if isinstance(test, nodes.Name):
        yield test.name
    elif isinstance(test, nodes.And | nodes.Or):
        yield from (*_weighed(test.left), *_weighed(test.right))
    elif isinstance(test, nodes.Not):
        yield from _weighed(test.node)


def _printed(part: nodes.Expr | None) -> Iterator[str]:
    """The names of which an expression that is printed gives what they stand for."""
    if isinstance(part, nodes.Name):
        yield part.name
    elif isinstance(part, nodes.CondExpr):
        yield from (*_printed(part.expr1), *_printed(part.expr2))


def rewritten(template: nodes.Template) -> nodes.Template:
    """A template that makes the same of the same words."""
    template = cast(nodes.Template, _Loops().visit(template))
    return cast(nodes.Template, _Spread(template).visit(template))


class _Loops(NodeTransformer):
    def visit_Output(self, node: nodes.Output) -> nodes.Node:
        for part in node.nodes:
            _answered(part)
        return self.generic_visit(node)

    def visit_For(self, node: nodes.For) -> nodes.Node:
        self.generic_visit(node)  # inner loops first: what they ask is then no longer asked
        if _numbered(node):
            node.body = [_Numbers().visit(part) for part in node.body]
            node.target = nodes.Tuple([_number("store", node.lineno), node.target], "store", lineno=node.lineno)
            numbers = nodes.EnvironmentAttribute("numbered", lineno=node.lineno)
            node.iter = nodes.Call(numbers, [node.iter], [], None, None, lineno=node.lineno)
        return node


def _answered(part: nodes.Expr) -> None:
    """Have a condition without `else` print nothing by itself: elsewhere a template may ask what it gives."""
    if isinstance(part, nodes.CondExpr):
        part.expr2 = part.expr2 or nodes.Const("", lineno=part.lineno)
    branches = (part.expr1, part.expr2) if isinstance(part, nodes.CondExpr) else ()
    for branch in (*branches, *(part.nodes if isinstance(part, nodes.Concat) else ())):
        _answered(branch)


class _Numbers(NodeTransformer):
    def visit_Getattr(self, node: nodes.Getattr) -> nodes.Node:
        if not _asks(node):
            return self.generic_visit(node)
        number, first = _number("load", node.lineno), nodes.Operand("eq", nodes.Const(1))
        return number if node.attr == "index" else nodes.Compare(number, [first], lineno=node.lineno)


def _numbered(loop: nodes.For) -> bool:
    """Whether a loop asks for its number, and for nothing else of itself."""
    body = nodes.Template(loop.body)
    asked = sum(map(_asks, body.find_all(nodes.Getattr)))
    passed = any(isinstance(part, nodes.Include | nodes.Block) or _named(part) for part in body.find_all(_PASSING))
    return _named(body) == asked > 0 and not (loop.recursive or loop.test or passed)


def _named(part: nodes.Node) -> int:
    return sum(name.name == "loop" for name in part.find_all(nodes.Name))


def _asks(node: nodes.Getattr) -> bool:
    return isinstance(node.node, nodes.Name) and node.node.name == "loop" and node.attr in _ASKED


def _number(context: str, line: int) -> nodes.Name:
    return nodes.Name(_NUMBER, context, lineno=line)


class _Spread(NodeTransformer):
    """Puts a macro where its own template, further down, prints what it makes: there it is set without a call.

    Only a macro that means the same everywhere: no name that it asks for or goes by is bound elsewhere.
    """

    def __init__(self, template: nodes.Template):
        self._bound = Counter(name for part in template.body for name in _bound(part))
        self._made = Counter(macro.name for macro in template.find_all(nodes.Macro))
        self._macros: dict[str, nodes.Macro] = {}

    def visit_Macro(self, node: nodes.Macro) -> nodes.Macro:
        asked = {name.name for name in node.find_all(nodes.Name)} - _bound(node)
        self.generic_visit(node)
        if self._made[node.name] == 1 and not any(map(self._bound.__getitem__, {node.name, *asked})):
            self._macros |= {} if asked & _SPECIAL else {node.name: node}
        return node

    def visit_Output(self, node: nodes.Output) -> list[nodes.Node]:
        self.generic_visit(node)
        found: list[nodes.Node] = []
        for spread, parts in groupby(map(self._put, node.nodes), key=lambda part: isinstance(part, nodes.With)):
            printed = cast(list[nodes.Expr], list(parts))
            found += printed if spread else [nodes.Output(printed, lineno=node.lineno)]
        return found

    def _put(self, part: nodes.Expr) -> nodes.Node:
        """The body of the macro that an expression calls, with its words; the expression, where it is no such call."""
        if not (isinstance(part, nodes.Call) and isinstance(part.node, nodes.Name) and part.node.name in self._macros):
            return part
        macro = self._macros[part.node.name]
        names = [name.name for name in macro.args]
        told = dict(zip(reversed(names), reversed(macro.defaults), strict=False))
        told |= dict(zip(names, part.args, strict=False)) | {named.key: named.value for named in part.kwargs}
        if part.dyn_args or part.dyn_kwargs or len(part.args) > len(names) or told.keys() != set(names):
            return part
        targets: list[nodes.Expr] = [nodes.Name(name, "param", lineno=part.lineno) for name in told]
        return nodes.With(targets, list(told.values()), macro.body, lineno=part.lineno)


def _bound(part: nodes.Node) -> set[str]:
    """The names that a part gives a meaning."""
    return {name.name for name in part.find_all(nodes.Name) if name.ctx != "load"}
