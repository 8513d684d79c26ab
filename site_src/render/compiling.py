"""How templates become Python: as Jinja does it, but with less work for each piece of a page.

A page is a few hundred pieces, and Jinja hands each through a generator, an `escape` and a `getattr` of its own. Here
a block collects its pieces in one list, markup is recognised by its class, and `a.b` is an attribute and nothing else.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any, ClassVar

from jinja2 import Environment, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Macro
from jinja2.utils import missing
from markupsafe import Markup

from site_src.render.labels import Label, marked, markup


class _Macro(Macro):
    """A macro that is handed its words and no more than those: called without asking what else it might take."""

    def __call__(self, *words: Any, **named: Any) -> str:
        if self.caller or self.catch_kwargs or self.catch_varargs or len(words) > self._argument_count:
            return super().__call__(*words, **named)
        rest = [named.pop(name, missing) for name in self.arguments[len(words) :]]
        if named:
            return super().__call__(*words, **named)
        return markup(self._func(*words, *rest))


class _Generator(CodeGenerator):
    def write_commons(self) -> None:
        super().write_commons()
        self.writeline("safe, quick, call = environment.safe, environment.quick, environment.call")
        self.writeline("Macro, Markup = environment.macro, environment.markup")

    def enter_frame(self, frame: Frame) -> None:
        super().enter_frame(frame)
        if self._whole(frame) and frame.buffer is None:
            self.buffer(frame)

    def leave_frame(self, frame: Frame, with_python_scope: bool = False) -> None:
        if self._whole(frame):
            self.writeline(f"yield concat({frame.buffer})")
        super().leave_frame(frame, with_python_scope)

    @staticmethod
    def _whole(frame: Frame) -> bool:
        """Whether the frame is a block, or a template outside its blocks."""
        return frame.block_frame or frame.rootlevel

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:
        self.visit(node.node, frame)
        self.write(f".{node.attr}")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:
        self.write("call(")
        self.visit(node.node, frame)
        self.signature(node, frame, {"caller": "caller"} if forward_caller else None)
        self.write(")")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        self.write("(" if _constant(node) else "(_t if (_t := (")

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        self.write(")" if _constant(node) else ")).__class__ in safe else quick(_t))")


def _constant(node: nodes.Node | None) -> bool:
    """Whether an expression gives a text of the template itself, with nothing to escape, whatever it depends on."""
    if isinstance(node, nodes.CondExpr):
        return _constant(node.expr1) and _constant(node.expr2)
    return isinstance(node, nodes.Const) and isinstance(node.value, str) and marked(node.value) == node.value


class Templates(Environment):
    """A Jinja environment for templates that escape everything and are handed objects with attributes."""

    code_generator_class = _Generator
    call: ClassVar[Any] = staticmethod(operator.call)
    macro: ClassVar[type[Macro]] = _Macro
    markup: ClassVar[Callable[[str], Markup]] = staticmethod(markup)
    quick: ClassVar[Callable[[object], str]] = staticmethod(marked)
    safe: ClassVar[frozenset[type[Any]]] = frozenset({Markup, Label})
