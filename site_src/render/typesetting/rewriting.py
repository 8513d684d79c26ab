"""Rewrites templates before they are compiled, so that they print the same with less work.

Jinja makes an object with a dozen attributes for each loop that uses `loop`, an `Undefined` for each printed condition
without `else`, and a call for each use of a macro. Here a loop that uses only `loop.index` or `loop.first` gets a
number, a printed condition without `else` prints "", and a macro that its own template calls is inlined.
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
_NUMBER_ATTRIBUTES = frozenset({"index", "first"})
"""Attributes of `loop` that the number gives."""
_SCOPES = (nodes.For, nodes.Macro, nodes.CallBlock, nodes.Block, nodes.Include)
"""Nodes that have a `loop` of their own, or pass the loop's on."""
_SPECIAL_NAMES = frozenset({"loop", "caller", "varargs", "kwargs"})


def printed_only(macro: nodes.Macro) -> frozenset[str]:
    """The arguments that a macro prints as they are, and otherwise only tests for being there."""
    if any(not isinstance(part, nodes.Output | nodes.If | nodes.Assign) for part in macro.find_all(nodes.Stmt)):
        return frozenset()
    conditions = macro.find_all((nodes.If, nodes.CondExpr))
    harmless_uses = Counter(name for part in conditions for name in _tested_names(cast(nodes.If, part).test))
    uses = Counter(name.name for name in macro.find_all(nodes.Name) if name.ctx == "load")
    for assignment in macro.find_all(nodes.Assign):
        target = assignment.target
        if isinstance(target, nodes.Name) and harmless_uses[target.name] == uses[target.name]:
            harmless_uses.update(_tested_names(assignment.node))
    for output in macro.find_all(nodes.Output):
        harmless_uses.update(name for part in output.nodes for name in _printed_names(part))
    assigned = {name.name for name in macro.find_all(nodes.Name) if name.ctx == "store"}
    return frozenset(name.name for name in macro.args if harmless_uses[name.name] == uses[name.name]) - assigned


def _tested_names(test: nodes.Node) -> Iterator[str]:
    """The names in a test that only asks whether they are true."""
    if isinstance(test, nodes.Name):
        yield test.name
    elif isinstance(test, nodes.And | nodes.Or):
        yield from (*_tested_names(test.left), *_tested_names(test.right))
    elif isinstance(test, nodes.Not):
        yield from _tested_names(test.node)


def _printed_names(part: nodes.Expr | None) -> Iterator[str]:
    """The names whose values a printed expression prints as they are."""
    if isinstance(part, nodes.Name):
        yield part.name
    elif isinstance(part, nodes.CondExpr):
        yield from (*_printed_names(part.expr1), *_printed_names(part.expr2))


def rewrite(template: nodes.Template) -> nodes.Template:
    """The template, changed in place where it can do with less work."""
    template = cast(nodes.Template, _LoopSimplifier().visit(template))
    return cast(nodes.Template, _MacroInliner(template).visit(template))


class _LoopSimplifier(NodeTransformer):
    """Gives loops a number in place of `loop` where that is enough, and printed conditions an `else`."""

    def visit_Output(self, node: nodes.Output) -> nodes.Node:
        for part in node.nodes:
            _add_missing_else(part)
        return self.generic_visit(node)

    def visit_For(self, node: nodes.For) -> nodes.Node:
        self.generic_visit(node)  # inner loops first: afterwards they no longer use `loop`
        if _uses_only_its_number(node):
            node.body = [_LoopNumbers().visit(part) for part in node.body]
            node.target = nodes.Tuple([_number("store", node.lineno), node.target], "store", lineno=node.lineno)
            numbered = nodes.EnvironmentAttribute("numbered", lineno=node.lineno)
            node.iter = nodes.Call(numbered, [node.iter], [], None, None, lineno=node.lineno)
        return node


def _add_missing_else(part: nodes.Expr) -> None:
    """Make a condition without `else` print "". Only in printed parts: elsewhere a template may use its value."""
    branches: list[nodes.Expr] = []
    if isinstance(part, nodes.CondExpr):
        part.expr2 = part.expr2 or nodes.Const("", lineno=part.lineno)
        branches = [part.expr1, part.expr2]
    elif isinstance(part, nodes.Concat):
        branches = part.nodes
    for branch in branches:
        _add_missing_else(branch)


class _LoopNumbers(NodeTransformer):
    """Replaces `loop.index` and `loop.first` by the loop's number and a comparison with it."""

    def visit_Getattr(self, node: nodes.Getattr) -> nodes.Node:
        if not _is_loop_number(node):
            return self.generic_visit(node)
        number, equals_one = _number("load", node.lineno), nodes.Operand("eq", nodes.Const(1))
        return number if node.attr == "index" else nodes.Compare(number, [equals_one], lineno=node.lineno)


def _uses_only_its_number(loop: nodes.For) -> bool:
    """Whether a loop uses its number and nothing else of `loop`."""
    body = nodes.Template(loop.body)
    number_uses = sum(map(_is_loop_number, body.find_all(nodes.Getattr)))
    if loop.recursive or loop.test or not _loop_uses(body) == number_uses > 0:
        return False
    scopes = body.find_all(_SCOPES)
    return not any(isinstance(scope, nodes.Include | nodes.Block) or _loop_uses(scope) for scope in scopes)


def _loop_uses(part: nodes.Node) -> int:
    return sum(name.name == "loop" for name in part.find_all(nodes.Name))


def _is_loop_number(node: nodes.Getattr) -> bool:
    return isinstance(node.node, nodes.Name) and node.node.name == "loop" and node.attr in _NUMBER_ATTRIBUTES


def _number(context: str, line: int) -> nodes.Name:
    return nodes.Name(_NUMBER, context, lineno=line)


class _MacroInliner(NodeTransformer):
    """Replaces a call of a macro that its own template prints, further down, by the body of the macro.

    Only for a macro that means the same everywhere: neither its name nor any name that it uses is bound elsewhere.
    """

    def __init__(self, template: nodes.Template):
        self._bindings = Counter(name for part in template.body for name in _bound_names(part))
        self._definitions = Counter(macro.name for macro in template.find_all(nodes.Macro))
        self._macros: dict[str, nodes.Macro] = {}

    def visit_Macro(self, node: nodes.Macro) -> nodes.Macro:
        free_names = {name.name for name in node.find_all(nodes.Name)} - _bound_names(node)
        self.generic_visit(node)
        is_bound_elsewhere = any(self._bindings[name] for name in (node.name, *free_names))
        if self._definitions[node.name] == 1 and not is_bound_elsewhere and not free_names & _SPECIAL_NAMES:
            self._macros[node.name] = node
        return node

    def visit_Output(self, node: nodes.Output) -> list[nodes.Node]:
        self.generic_visit(node)
        statements: list[nodes.Node] = []
        for is_inlined, parts in groupby(map(self._inline, node.nodes), key=lambda part: isinstance(part, nodes.With)):
            printed = cast(list[nodes.Expr], list(parts))
            statements += printed if is_inlined else [nodes.Output(printed, lineno=node.lineno)]
        return statements

    def _inline(self, part: nodes.Expr) -> nodes.Node:
        """The body of the macro that an expression calls, with its arguments; any other expression as it is."""
        if not (isinstance(part, nodes.Call) and isinstance(part.node, nodes.Name) and part.node.name in self._macros):
            return part
        macro = self._macros[part.node.name]
        names = [name.name for name in macro.args]
        arguments = dict(zip(reversed(names), reversed(macro.defaults), strict=False))
        arguments |= dict(zip(names, part.args, strict=False)) | {named.key: named.value for named in part.kwargs}
        is_unpacked = part.dyn_args or part.dyn_kwargs
        if is_unpacked or len(part.args) > len(names) or arguments.keys() != set(names):
            return part
        targets: list[nodes.Expr] = [nodes.Name(name, "param", lineno=part.lineno) for name in arguments]
        return nodes.With(targets, list(arguments.values()), macro.body, lineno=part.lineno)


def _bound_names(part: nodes.Node) -> set[str]:
    """The names that a part of a template assigns, or has as parameters."""
    return {name.name for name in part.find_all(nodes.Name) if name.ctx != "load"}
