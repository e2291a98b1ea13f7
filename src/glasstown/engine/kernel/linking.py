"""How Numba makes one piece of machine code of many kernels: each is lowered alone, all are optimised once, together.

By itself Numba optimises every function with all that it calls, and makes machine code of it, before it is built into its
callers, where the same is done again: with calls six deep, most of the compile time.  Nobody but kernels calls a kernel, so here
its LLVM text is only kept until a function that Python calls (`cache.entry`) links it in.

What is linked in is made private to the function that links it (`internal` where Numba writes `linkonce_odr`, which other libraries
could call), so that a call drops the arguments that its kernel never reads: bundles of arrays are many.

Whole numbers wrap.  Numba tells LLVM that a signed sum or product never runs over, so that one which does would mean whatever the
optimiser likes, another thing on another processor.  Without that promise it is the same remainder everywhere.

This leans on Numba's inner parts.  The lock file fixes the version; tests hold what is said here.
"""

from __future__ import annotations

import re
from typing import Any

from llvmlite import binding
from numba.core import cgutils, compiler
from numba.core.codegen import JITCodeLibrary
from numba.core.compiler_machinery import register_pass
from numba.core.typed_passes import NativeLowering

NEVER_OVER = re.compile(r"\b(add|sub|mul|shl) (?:nuw )?nsw (?:nuw )?")
"""LLVM's words for a sum, difference, product or shift that is promised not to run over."""


class Whole(JITCodeLibrary):  # type: ignore[misc]
    """The code of a function that Python calls, with all that it calls: optimised and made machine code."""

    def add_ir_module(self, ir_module: Any) -> None:
        """Take a function's LLVM text, without promises about sums that run over."""
        self._raise_if_finalized()
        module = binding.parse_assembly(NEVER_OVER.sub(r"\1 ", cgutils.normalize_ir_text(str(ir_module))))
        module.name = ir_module.name
        module.verify()
        self.add_llvm_module(module)

    def _optimize_final_module(self) -> None:
        """Optimise, once all that was linked in is private: LLVM then passes no argument that nobody reads."""
        for function in self._final_module.functions:
            if function.linkage == binding.Linkage.linkonce_odr and not function.is_declaration:
                function.linkage = binding.Linkage.internal
        super()._optimize_final_module()


class Part(Whole):
    """The code of a kernel with all that it calls, linked and left as it is for the caller to optimise."""

    def _optimize_final_module(self) -> None:
        """Leave it to the caller."""

    def _finalize_final_module(self) -> None:
        """End without machine code."""
        self._finalize_dynamic_globals()
        self._verify_declare_only_symbols()
        self._finalized = True


@register_pass(mutates_CFG=True, analysis_only=False)
class WholeLowering(NativeLowering):  # type: ignore[misc]
    """Numba's lowering into a library of ours."""

    _name = "glasstown_whole_lowering"

    def run_pass(self, state: Any) -> bool:
        """Lower the function, optimise it with all that it calls, make machine code."""
        state.library = Whole(state.targetctx.codegen(), state.func_id.func_qualname)
        state.library.enable_object_caching()
        return bool(super().run_pass(state))


@register_pass(mutates_CFG=True, analysis_only=False)
class PartLowering(NativeLowering):  # type: ignore[misc]
    """Numba's lowering without wrappers for Python and without machine code."""

    _name = "glasstown_part_lowering"

    def run_pass(self, state: Any) -> bool:
        """Lower the function and make it known to the functions that call it."""
        name = state.func_id.func_qualname
        state.flags.no_compile = state.flags.no_cpython_wrapper = state.flags.no_cfunc_wrapper = True
        state.library = Part(state.targetctx.codegen(), name)
        super().run_pass(state)

        def from_python(*_: object) -> None:
            raise TypeError(f"{name} is a part of other kernels; declare a function that Python calls with `entry`")

        lowered = state["cr"]
        state.targetctx.insert_user_function(from_python, lowered.fndesc, [state.library])
        state["cr"] = lowered._replace(cfunc=from_python)
        return True


class WholeCompiler(compiler.CompilerBase):  # type: ignore[misc]
    """Numba's steps, with the lowering of a function that Python calls."""

    def define_pipelines(self) -> list[Any]:
        """Return the one list of steps."""
        return [_with_lowering(self.state, WholeLowering)]


class PartCompiler(compiler.CompilerBase):  # type: ignore[misc]
    """Numba's steps, with the lowering of a kernel."""

    def define_pipelines(self) -> list[Any]:
        """Return the one list of steps."""
        return [_with_lowering(self.state, PartLowering)]


def _with_lowering(state: Any, lowering: type) -> Any:
    """Return Numba's usual steps with another lowering."""
    steps = compiler.DefaultPassBuilder.define_nopython_pipeline(state)
    steps.passes = [(lowering if each is NativeLowering else each, words) for each, words in steps.passes]
    steps._finalized = False
    steps.finalize()
    return steps


def keep_part(dispatcher: Any) -> None:
    """Let a kernel be compiled as a part: what is known of it stays with Numba's compiler and never meets Python's calls."""

    def add_overload(compiled: Any) -> None:
        dispatcher.overloads[tuple(compiled.signature.args)] = compiled

    dispatcher.add_overload = add_overload
