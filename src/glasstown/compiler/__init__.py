"""Rulebook to integer tables: `compile_rulebook(book, acts) -> CompiledRules`."""

from glasstown.compiler.compile import compile_rulebook
from glasstown.compiler.tables import CompiledRules

__all__ = ["CompiledRules", "compile_rulebook"]
