"""The verbs of the command `glasstown`, in the order of the documentation, and the application that reads a line of words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from glasstown.cli import (
    act,
    archive,
    case,
    check,
    claims,
    compare,
    compare_rules,
    dataset,
    demo,
    ensemble,
    explore,
    firm,
    history,
    levers,
    life,
    lives,
    new,
    publish,
    query,
    report,
    rescue,
    resume,
    rulebooks,
    run,
    show,
    sources,
    sweep,
    targets,
    worked,
)
from glasstown.cli.completion import PROGRAM, listen, script
from glasstown.cli.output import write
from glasstown.errors import Fault, UsageError, did_you_mean
from glasstown.version import __version__

__all__ = ["PROGRAM", "VERBS", "build"]

ABOUT = """Documented social credit schemes as executable, cited rulebooks, and a synthetic town that lives under them.

There is no single national score. Everyone here is synthetic. Results compare rules under stated assumptions; they do
not estimate what happened in China.
"""
EXAMPLES = """\b
Begin with:
  glasstown demo
  glasstown rulebooks
  glasstown show suining-2010
  glasstown run suining-2010 --people 10000 --months 24
"""
VERBS: dict[str, Callable[..., None]] = {
    "demo": demo.demo,
    "rulebooks": rulebooks.rulebooks,
    "show": show.show,
    "act": act.act,
    "compare-rules": compare_rules.compare_rules,
    "new": new.new,
    "check": check.check,
    "case": case.case,
    "firm": firm.firm,
    "test": worked.worked,
    "run": run.run,
    "levers": levers.levers,
    "compare": compare.compare,
    "sweep": sweep.sweep,
    "targets": targets.targets,
    "ensemble": ensemble.ensemble,
    "resume": resume.resume,
    "life": life.life,
    "lives": lives.lives,
    "rescue": rescue.rescue,
    "report": report.report,
    "query": query.query,
    "archive": archive.archive,
    "unpack": archive.unpack,
    "explore": explore.explore,
    "publish": publish.publish,
    "claims": claims.claims,
    "timeline": history.timeline,
    "agencies": history.agencies,
    "areas": history.areas,
    "sources": sources.sources,
    "dataset": dataset.dataset,
}


class Verbs(TyperGroup):
    """The group of verbs; an unknown one is answered with the nearest spelling."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Return the verb; `UsageError` where there is none of that name."""
        known = list(self.commands)
        if not ctx.resilient_parsing and args and not args[0].startswith("-") and args[0] not in known:
            fault = Fault("command", None, f"'{args[0]}'", "one of the commands", did_you_mean(args[0], known))
            raise UsageError("glasstown", [fault])
        return super().resolve_command(ctx, args)


def _version(asked: bool) -> None:
    if asked:
        write(f"glasstown {__version__}\n")
        raise typer.Exit


def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and end.")
    ] = False,
    completion: Annotated[
        str | None,
        typer.Option(
            "--completion",
            metavar="SHELL",
            callback=script,
            is_eager=True,
            help="Print what lets bash, zsh, fish or PowerShell complete commands, options and rulebooks, and end.",
        ),
    ] = None,
) -> None:
    """Take the options that stand before the verb."""


def build() -> typer.Typer:
    """Return the application with all verbs, in the order of the documentation."""
    listen()
    app = typer.Typer(
        cls=Verbs,
        add_completion=False,  # its installer writes into files of the user; `--completion` prints
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
    )
    app.callback(help=ABOUT, epilog=EXAMPLES)(_root)
    for name, verb in VERBS.items():
        app.command(name)(verb)
    return app
