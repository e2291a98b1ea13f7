"""The command `glasstown`: the verbs, and the one place where errors become messages and exit codes."""

from __future__ import annotations

import gc
import sys
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Annotated, Any, NoReturn

import typer
from typer.core import TyperGroup
from typer.exceptions import TyperException

import glasstown
from glasstown.cli import (
    act,
    case,
    check,
    claims,
    compare,
    compare_rules,
    demo,
    history,
    levers,
    life,
    query,
    report,
    rescue,
    resume,
    rulebooks,
    run,
    show,
    sources,
    sweep,
    worked,
)
from glasstown.cli.completion import PROGRAM, listen, script
from glasstown.cli.faults import INTERRUPTED_EXIT, INTERRUPTED_WORDS, tell, tell_request
from glasstown.cli.output import say, write
from glasstown.errors import Fault, RunWarning, UsageError, did_you_mean
from glasstown.incoming import check_arguments

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
    "check": check.check,
    "case": case.case,
    "test": worked.worked,
    "run": run.run,
    "levers": levers.levers,
    "compare": compare.compare,
    "sweep": sweep.sweep,
    "resume": resume.resume,
    "life": life.life,
    "rescue": rescue.rescue,
    "report": report.report,
    "query": query.query,
    "claims": claims.claims,
    "timeline": history.timeline,
    "agencies": history.agencies,
    "areas": history.areas,
    "sources": sources.sources,
}


SELDOM = (20_000, 20, 20)
"""When Python looks for objects that nobody refers to: after so many new ones, and how much more rarely among older ones."""


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
        write(f"glasstown {glasstown.__version__}\n")
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


def main(arguments: Sequence[str]) -> int:
    """Run one command line and return its exit code; never raises for what a user can cause."""
    if not arguments:
        arguments = ["--help"]
    try:
        check_arguments(arguments)
        with words_on_stderr():
            code = build()(args=list(arguments), prog_name=PROGRAM, standalone_mode=False)
    except TyperException as problem:
        return tell_request(problem)
    except KeyboardInterrupt:
        code = INTERRUPTED_EXIT
    except SystemExit as ending:
        return ending.code if isinstance(ending.code, int) else 0
    except Exception as problem:
        return tell(problem)
    if code == INTERRUPTED_EXIT:
        say(INTERRUPTED_WORDS)
    return code if isinstance(code, int) else 0


@contextmanager
def words_on_stderr() -> Iterator[None]:
    """Say warnings about runs on stderr, each once, as a message of the command; other warnings stay as they are."""
    with warnings.catch_warnings():
        warnings.simplefilter("always", RunWarning)
        shown, said = warnings.showwarning, set()

        def show(message: Warning | str, category: type[Warning], *where: Any) -> None:
            if not issubclass(category, RunWarning):
                shown(message, category, *where)
            elif str(message) not in said:
                said.add(str(message))
                say(str(message))

        warnings.showwarning = show  # type: ignore[assignment]
        yield


class WithoutPandas:
    """Keeps pandas out of this process.

    PyArrow imports it, where it is installed, only to ask whether a list is one of its columns: half a second of a run.
    SALib cannot do without it, so `sweep` has it.
    """

    def find_spec(self, name: str, path: object = None, target: object = None) -> None:
        """Say that there is no pandas, and nothing of any other module."""
        if name == "pandas":
            raise ModuleNotFoundError("glasstown runs without pandas", name=name)


def _say_what_is_logged() -> None:
    """Let what the engine has to say (that it compiles, that it cannot keep what it compiled) come as plain lines on stderr."""
    import logging

    logger, handler = logging.getLogger("glasstown"), logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(message)s"))
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    logger.propagate = False


def entry() -> NoReturn:
    """Run the command line of this process.

    Python looks through everything it has loaded for what nobody refers to, again and again as modules come in and twice more at
    the end: a tenth of a second or two of a command.  It looks more rarely here, and at the end not at all.
    """
    gc.set_threshold(*SELDOM)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    _say_what_is_logged()
    if "sweep" not in sys.argv[1:2]:
        sys.meta_path.insert(0, WithoutPandas())
    code = main(sys.argv[1:])
    gc.freeze()
    sys.exit(code)
