"""Compiles templates to Python as Jinja does, but to Python that does less work for each piece of a page.

A page has a few hundred pieces, and Jinja passes each through a generator, an `escape` and a `getattr` of its own.
Here a block collects its pieces in one list, markup is recognised by its class, and `a.b` is only ever an attribute.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Mapping
from functools import cache, partial
from typing import Any, ClassVar

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined, Template, Undefined, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.idtracking import VAR_LOAD_RESOLVE
from jinja2.runtime import Context, Macro, markup_join
from jinja2.utils import missing
from markupsafe import Markup

from site_src.render.labels import Label, markup, page_text
from site_src.render.typesetting.rewriting import printed_only, rewrite

_MARKUP_CLASSES: tuple[type[Any], ...] = (Markup, Label)
"""Classes of values that are markup already."""
_UNESCAPED = ("(", ")")
"""Code around an expression that is printed and needs no escaping."""
_ESCAPED = ("(_t if (_c := type(_t := (", "))) is markup_class or _c is label_class else page_text(_t))")
"""Code around any other expression that is printed."""


_RENDER_FUNCTIONS = ("def root(context, ", "def block_")
"""How Jinja begins the function that makes the text of a template or block; here it may be given the list to fill."""
_PARENT_CALL = "yield from parent_template.root_render_func(context)"
"""How Jinja calls that function of the template that a template extends."""


class _Macro(Macro):
    """A macro that is called with its own arguments only: quicker, because nothing else needs to be asked for."""

    printed: frozenset[str] = frozenset()
    """Names of the arguments that it prints as they are."""

    def __init__(self, *arguments: Any):
        super().__init__(*arguments)
        takes_more = self.caller or self.catch_kwargs or self.catch_varargs
        self._missing = {} if takes_more else _missing_arguments(self._argument_count)

    def __call__(self, *arguments: Any, **named: Any) -> str:
        rest = self._missing.get(len(arguments))
        if rest is None or (named and not named.keys() <= set(self.arguments[len(arguments) :])):
            return super().__call__(*arguments, **named)
        if named:
            rest = tuple(named.get(name, missing) for name in self.arguments[len(arguments) :])
        return markup(self._func(*arguments, *rest))


@cache
def _missing_arguments(count: int) -> dict[int, tuple[Any, ...]]:
    """What a macro with `count` arguments gets for those that it is not given, by how many it is given."""
    return {given: (missing,) * (count - given) for given in range(count + 1)}


class _Generator(CodeGenerator):
    """Writes render functions that append to the list `into` if they are given one, and else yield their text."""

    def write_commons(self) -> None:
        super().write_commons()
        self.writeline("markup_class, label_class = environment.markup_classes")
        self.writeline("page_text, call, Macro = environment.page_text, environment.call, environment.macro")
        self.writeline("Markup, concatenate = environment.markup, environment.concatenate")
        self.writeline("resolve = context.look_up")

    def writeline(self, x: str, node: nodes.Node | None = None, extra: int = 0) -> None:
        if x.startswith(_RENDER_FUNCTIONS):
            x = x.replace("(context", "(context, into=None", 1)
        elif x == _PARENT_CALL:
            x = x.replace("(context", "(context, into")
        super().writeline(x, node, extra)

    def enter_frame(self, frame: Frame) -> None:
        super().enter_frame(frame)
        if self._is_render_function(frame) and frame.buffer is None:
            frame.buffer = self.temporary_identifier()
            self.writeline(f"{frame.buffer} = [] if into is None else into")

    def leave_frame(self, frame: Frame, with_python_scope: bool = False) -> None:
        if self._is_render_function(frame):
            self.writeline(f"if into is None: yield concat({frame.buffer})")
        super().leave_frame(frame, with_python_scope)

    def visit_Block(self, node: nodes.Block, frame: Frame) -> None:
        if node.required or (frame.toplevel and self.extends_so_far):
            super().visit_Block(node, frame)
        else:
            context = self.derive_context(frame) if node.scoped else self.get_context_ref()
            self.writeline(f"for _ in context.blocks[{node.name!r}][0]({context}, {frame.buffer}): pass", node)

    @staticmethod
    def _is_render_function(frame: Frame) -> bool:
        """Whether the frame is a block, or a template outside its blocks."""
        return frame.block_frame or frame.rootlevel

    def visit_Name(self, node: nodes.Name, frame: Frame) -> None:
        ref = frame.symbols.ref(node.name)
        if node.ctx == "load" and (frame.symbols.find_load(ref) or ("",))[0] == VAR_LOAD_RESOLVE:
            self.write(ref)  # looked up on entry to the frame: an `Undefined` if the page was not given it
        else:
            super().visit_Name(node, frame)

    def visit_Macro(self, node: nodes.Macro, frame: Frame) -> None:
        super().visit_Macro(node, frame)
        self.writeline(f"{frame.symbols.ref(node.name)}.printed = frozenset({sorted(printed_only(node))!r})")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:
        self.visit(node.node, frame)
        self.write(f".{node.attr}")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:
        self.write("call(")
        self.visit(node.node, frame)
        self.signature(node, frame, {"caller": "caller"} if forward_caller else None)
        self.write(")")

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:
        self.write("concatenate((")
        for part in node.nodes:
            self.visit(part, frame)
            self.write(", ")
        self.write("))")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        # Decided once: while the expression is written, more of it may turn out to be constant.
        opening, self._closing = _UNESCAPED if _is_safe_constant(node) else _ESCAPED
        self.write(opening)

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        self.write(self._closing)


def _is_safe_constant(node: nodes.Node | None) -> bool:
    """Whether an expression always gives a text of the template itself, with nothing to escape."""
    if isinstance(node, nodes.CondExpr):
        return _is_safe_constant(node.expr1) and _is_safe_constant(node.expr2)
    return isinstance(node, nodes.Const) and isinstance(node.value, str) and page_text(node.value) == node.value


def _concatenate(parts: tuple[Any, ...]) -> str:
    """The result of `~`: if any part is markup, markup in which the others are escaped, else text."""
    if not any(type(part) in _MARKUP_CLASSES for part in parts):
        return markup_join(parts)
    return markup("".join(map(page_text, parts)))


class _Variables(dict[str, Any]):
    """The variables of a template; for any other name, an `Undefined` that raises an error when it is used."""

    def __missing__(self, name: str) -> Undefined:
        return StrictUndefined(name=name)


class _Context(Context):
    """What a template is given and what it sets, in one table, so that a name is looked up once."""

    def __init__(self, environment: Environment, parent: dict[str, Any], *rest: Any, **named: Any):
        super().__init__(environment, parent, *rest, **named)
        self.vars = self.parent = parent if isinstance(parent, _Variables) else _Variables(parent)
        self.look_up = self.vars.__getitem__


class Templates(Environment):
    """A Jinja environment for templates in which everything is escaped and `a.b` is an attribute."""

    code_generator_class = _Generator
    context_class = _Context
    # What the generated code calls, besides what Jinja's own does.
    call: ClassVar[Any] = staticmethod(operator.call)
    concatenate: ClassVar[Callable[[tuple[Any, ...]], str]] = staticmethod(_concatenate)
    macro: ClassVar[type[Macro]] = _Macro
    markup: ClassVar[Callable[[str], Markup]] = staticmethod(markup)
    markup_classes: ClassVar[tuple[type[Any], ...]] = _MARKUP_CLASSES
    numbered: ClassVar[Callable[..., Any]] = staticmethod(partial(enumerate, start=1))
    page_text: ClassVar[Callable[[object], str]] = staticmethod(page_text)

    def __init__(self, folders: Iterable[str], cache: BytecodeCache | None = None):
        super().__init__(
            loader=FileSystemLoader(list(folders)), autoescape=True, undefined=StrictUndefined,
            trim_blocks=True, lstrip_blocks=True, auto_reload=False, bytecode_cache=cache,
        )  # fmt: skip
        self._templates: dict[Any, Template] = {}

    def _generate(self, source: nodes.Template, *arguments: Any, **named: Any) -> str:
        return super()._generate(rewrite(source), *arguments, **named)

    def get_template(self, name: Any, parent: Any = None, globals: Any = None) -> Template:
        """The template of a name, loaded once; Jinja's own memory asks its loader each time."""
        if name not in self._templates:
            self._templates[name] = super().get_template(name, parent, globals)
        return self._templates[name]

    def fill(self, name: str, variables: Mapping[str, Any]) -> str:
        """The text of a template filled with `variables`: all its blocks append to one list, which is joined once."""
        template, pieces = self.get_template(name), list[str]()
        all_variables = _Variables(self.globals)
        all_variables.update(variables)
        context = _Context(self, all_variables, name, template.blocks)
        render: Callable[..., Iterable[str]] = template.root_render_func
        try:
            for piece in render(context, pieces):  # yields nothing, unless a later Jinja writes other code
                pieces.append(piece)
        except Exception:
            self.handle_exception()  # names the lines of templates, not those of the Python that they became
        finally:
            context.vars.clear()  # it and a macro refer to each other: the variables would stay in memory
        return "".join(pieces)
