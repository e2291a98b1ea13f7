"""How the documentation site is made: Sphinx over the Markdown pages where they lie, `make site`.

Pages keep their places, so that a link on a page leads to the same page in the repository and on the site.
"""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

import glasstown

ROOT = Path(__file__).resolve().parents[2]
API = tuple(ROOT / "src" / "glasstown" / name for name in ("api.py", "api_record.py", "api_runs.py", "api_studies.py"))
TAG = re.compile(r"<(?P<name>/?\w+)(?:[^>]*?(?P<id> id=\"[^\"]*\"))?[^>]*>")
"""a tag of a page, of which its name and its anchor are kept"""
HEADERLINK = re.compile(r"<a class=\"headerlink\".*?</a>")
ANSWERS_MARK = "<!-- answers -->"
UNDER = {
    "ARCHITECTURE": "docs/decisions/*",
    "docs/catalogue/README": "docs/catalogue/*",
    "docs/experiments/README": "docs/experiments/*",
    "benchmarks/README": "benchmarks/peers/*",
}
"""pages below a page of the navigation"""

project = "Glasstown"
author = "Glasstown contributors"
project_copyright = "Glasstown contributors; code Apache-2.0, rulebooks and data CC BY 4.0"
version = release = glasstown.__version__
language = "en"
smartquotes = False

root_doc = "docs/index"
include_patterns = ["*.md", "docs/**.md", "benchmarks/**.md", "verification/*.md"]
exclude_patterns = [".*", "build", "runs", "demo", "src", "tests", "docs/notebooks", "docs/site/**.md"]
extensions = ["myst_parser", "sphinx.ext.autodoc"]

myst_enable_extensions = ["tasklist"]
myst_heading_anchors = 4  # as a forge names headings
suppress_warnings = ["myst.header"]  # a generated page may step from a second to a fourth level

default_role = "literal"  # docstrings are written as Markdown: one pair of backticks is code
autodoc_typehints = "signature"
autodoc_member_order = "bysource"
python_maximum_signature_line_length = 90
add_module_names = False

html_theme = "furo"
html_title = f"Glasstown {version}"
html_static_path = ["look"]
html_css_files = ["site.css"]
html_extra_path = ["door"]  # index.html, which leads on to docs/index.html
html_copy_source = False
html_show_sphinx = False
html_theme_options = {"source_repository": "", "top_of_page_buttons": []}


def answer_types() -> list[tuple[str, str]]:
    """Return module and class of every answer that the Python interface imports for its signatures."""
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in API]
    blocks = [node for tree in trees for node in tree.body if isinstance(node, ast.If)]
    imports = [node for block in blocks for node in block.body if isinstance(node, ast.ImportFrom)]
    return list(dict.fromkeys((node.module or "", alias.name) for node in imports for alias in node.names))


def put_answers(app: Sphinx, docname: str, source: list[str]) -> None:
    """Put the answers of the Python interface where a page has the mark for them."""
    if ANSWERS_MARK in source[0]:
        lines = [f".. autoclass:: {module}.{name}\n   :members:\n" for module, name in answer_types()]
        block = "```{eval-rst}\n" + "\n".join(lines) + "```"
        source[0] = source[0].replace(ANSWERS_MARK, block)


def put_pages_below(app: Sphinx, docname: str, source: list[str]) -> None:
    """Put the pages of a folder into the navigation, below the page that lists them."""
    if docname in UNDER:
        source[0] += f"\n\n```{{toctree}}\n:hidden:\n:glob:\n\n/{UNDER[docname]}\n```\n"


def keep_passages(app: Sphinx, pagename: str, template: str, context: dict[str, Any], doctree: Any) -> None:
    """Keep each page's words and anchors as a script too, for search where the site is opened from disk (look/passages.js)."""
    if template == "search.html":
        app.add_js_file("passages.js")
    elif doctree is not None:
        kept = Path(app.outdir) / "_static" / "passages" / f"{pagename}.js"
        kept.parent.mkdir(parents=True, exist_ok=True)
        body = HEADERLINK.sub("", context["body"])
        words = TAG.sub(lambda tag: f"<{tag['name']}{tag['id'] or ''}>", body)
        page = json.dumps(f'<div role="main">{words}</div>', ensure_ascii=False)
        kept.write_text(f"PASSAGES[{json.dumps(pagename)}] = {page};\n", encoding="utf-8")


def setup(app: Sphinx) -> None:
    """Let Sphinx ask for what is put into pages."""
    app.connect("html-page-context", keep_passages)
    app.connect("source-read", put_answers)
    app.connect("source-read", put_pages_below)
