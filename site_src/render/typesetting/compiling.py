"""How templates become Python: as Jinja does it, but with less work for each piece of a page.

A page is a few hundred pieces, and Jinja hands each through a generator, an `escape` and a `getattr` of its own. Here
a block collects its pieces in one list, markup is recognised by its class, and `a.b` is an attribute and nothing else.
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

from site_src.render.labels import Label, marked, markup
from site_src.render.typesetting.rewriting import printed_only, rewritten

_SAFE: tuple[type[Any], ...] = (Markup, Label)
"""Classes of what is markup already."""
_BARE, _ESCAPED = ("(", ")"), ("(_t if (_c := type(_t := (", "))) is marked or _c is label else quick(_t))")
"""What stands around an expression that is printed: one that needs no escaping, and any other."""


_MAKES = ("def root(context, ", "def block_")
_GOES_ON = "yield from parent_template.root_render_func(context)"
"""How Jinja begins what makes the text of a template or block, which here may be told what list it goes into; and how
that goes on where the template extends another."""


class _Macro(Macro):
    """A macro that is handed its words and no more than those: called without asking what else it might take."""

    printed: frozenset[str] = frozenset()
    """Names of the words that it prints as they are."""

    def __init__(self, *told: Any):
        super().__init__(*told)
        plain = not (self.caller or self.catch_kwargs or self.catch_varargs)
        self._rest = _unsaid(self._argument_count) if plain else {}

    def __call__(self, *words: Any, **named: Any) -> str:
        rest = self._rest.get(len(words))
        if rest is None or (named and not named.keys() <= set(self.arguments[len(words) :])):
            return super().__call__(*words, **named)
        if named:
            rest = tuple(named.get(name, missing) for name in self.arguments[len(words) :])
        return markup(self._func(*words, *rest))


@cache
def _unsaid(count: int) -> dict[int, tuple[Any, ...]]:
    """What stands for the words that a macro of so many is not told, by how many it is told."""
    return {said: (missing,) * (count - said) for said in range(count + 1)}


class _Generator(CodeGenerator):
    def write_commons(self) -> None:
        super().write_commons()
        self.writeline("(marked, label), quick, call = environment.safe, environment.quick, environment.call")
        self.writeline("Macro, Markup, joined = environment.macro, environment.markup, environment.joined")
        self.writeline("resolve = context.sought")

    def writeline(self, x: str, node: nodes.Node | None = None, extra: int = 0) -> None:
        if x.startswith(_MAKES):
            x = x.replace("(context", "(context, into=None", 1)
        elif x == _GOES_ON:
            x = x.replace("(context", "(context, into")
        super().writeline(x, node, extra)

    def enter_frame(self, frame: Frame) -> None:
        super().enter_frame(frame)
        if self._whole(frame) and frame.buffer is None:
            frame.buffer = self.temporary_identifier()
            self.writeline(f"{frame.buffer} = [] if into is None else into")

    def leave_frame(self, frame: Frame, with_python_scope: bool = False) -> None:
        if self._whole(frame):
            self.writeline(f"if into is None: yield concat({frame.buffer})")
        super().leave_frame(frame, with_python_scope)

    def visit_Block(self, node: nodes.Block, frame: Frame) -> None:
        if node.required or (frame.toplevel and self.extends_so_far):
            super().visit_Block(node, frame)
        else:
            context = self.derive_context(frame) if node.scoped else self.get_context_ref()
            self.writeline(f"for _ in context.blocks[{node.name!r}][0]({context}, {frame.buffer}): pass", node)

    @staticmethod
    def _whole(frame: Frame) -> bool:
        """Whether the frame is a block, or a template outside its blocks."""
        return frame.block_frame or frame.rootlevel

    def visit_Name(self, node: nodes.Name, frame: Frame) -> None:
        ref = frame.symbols.ref(node.name)
        if node.ctx == "load" and (frame.symbols.find_load(ref) or ("",))[0] == VAR_LOAD_RESOLVE:
            self.write(ref)  # what the page was not given was found out where it was sought
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
        self.write("joined((")
        for part in node.nodes:
            self.visit(part, frame)
            self.write(", ")
        self.write("))")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        # Asked once: while the expression is written, more of it may turn out to be constant.
        opening, self._closing = _BARE if _constant(node) else _ESCAPED
        self.write(opening)

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        self.write(self._closing)


def _constant(node: nodes.Node | None) -> bool:
    """Whether an expression gives a text of the template itself, with nothing to escape, whatever it depends on."""
    if isinstance(node, nodes.CondExpr):
        return _constant(node.expr1) and _constant(node.expr2)
    return isinstance(node, nodes.Const) and isinstance(node.value, str) and marked(node.value) == node.value


def _joined(parts: tuple[Any, ...]) -> str:
    """What `~` makes: markup, in which the rest is escaped, or text where no part is markup."""
    if not any(type(part) in _SAFE for part in parts):
        return markup_join(parts)
    return markup("".join(map(marked, parts)))


class _Sought(dict[str, Any]):
    """The words that a template is given, or a strict complaint that it is not."""

    def __missing__(self, name: str) -> Undefined:
        return StrictUndefined(name=name)


class _Context(Context):
    """What a template is given and what it sets, in one table that is asked once for each name."""

    def __init__(self, environment: Environment, parent: dict[str, Any], *rest: Any, **named: Any):
        super().__init__(environment, parent, *rest, **named)
        self.vars = self.parent = parent if isinstance(parent, _Sought) else _Sought(parent)
        self.sought = self.vars.__getitem__


class Templates(Environment):
    """A Jinja environment for templates that escape everything and are handed objects with attributes."""

    code_generator_class = _Generator
    context_class = _Context
    call: ClassVar[Any] = staticmethod(operator.call)
    joined: ClassVar[Callable[[tuple[Any, ...]], str]] = staticmethod(_joined)
    macro: ClassVar[type[Macro]] = _Macro
    numbered: ClassVar[Callable[..., Any]] = staticmethod(partial(enumerate, start=1))
    markup: ClassVar[Callable[[str], Markup]] = staticmethod(markup)
    quick: ClassVar[Callable[[object], str]] = staticmethod(marked)
    safe: ClassVar[tuple[type[Any], ...]] = _SAFE

    def __init__(self, folders: Iterable[str], compiled: BytecodeCache | None = None):
        super().__init__(
            loader=FileSystemLoader(list(folders)), autoescape=True, undefined=StrictUndefined,
            trim_blocks=True, lstrip_blocks=True, auto_reload=False, bytecode_cache=compiled,
        )  # fmt: skip
        self._held: dict[Any, Template] = {}

    def _generate(self, source: nodes.Template, *told: Any, **named: Any) -> str:
        return super()._generate(rewritten(source), *told, **named)

    def get_template(self, name: Any, parent: Any = None, globals: Any = None) -> Template:
        """The template of a name, compiled once; Jinja's own memory asks its loader each time."""
        if name not in self._held:
            self._held[name] = super().get_template(name, parent, globals)
        return self._held[name]

    def fill(self, name: str, words: Mapping[str, Any]) -> str:
        """What a template makes of words: its blocks put their texts into one list, which is put together once."""
        template, made = self.get_template(name), list[str]()
        told = _Sought(self.globals)
        told.update(words)
        context = _Context(self, told, name, template.blocks)
        make: Callable[..., Iterable[str]] = template.root_render_func
        try:
            for text in make(context, made):  # none, unless Jinja comes to write its code in another way
                made.append(text)
        except Exception:
            self.handle_exception()  # names the lines of templates in place of those made of them
        finally:
            context.vars.clear()  # a macro of the template holds the context that holds it: a page's words would stay
        return "".join(made)
