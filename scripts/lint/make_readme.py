# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""The add-on's pages, made of its fragments: make_readme.py [--check]

``readme/*.md`` become ``README.rst`` and ``static/description/index.html``, as OCA's
``oca-gen-addon-readme`` makes them (which no registry has). The pictures that they
name are copied from ``docs/``, icon and banner are drawn from their SVG. ``--check``
changes nothing and fails when a page or a picture is not what its source says.
"""

import ast
import re
import sys
from pathlib import Path

import mistune
import resvg_py
from docutils.core import publish_string
from mistune.renderers.rst import RSTRenderer

ROOT = Path(__file__).resolve().parents[2]
ADDON = ROOT / "giftcard_salon"
DESCRIPTION = ADDON / "static/description"
COMMAND = "make readme"
SECTIONS = {
    "INSTALL": "Installation",
    "CONFIGURE": "Configuration",
    "USAGE": "Usage",
    "ROADMAP": "Known issues / Roadmap",
    "HISTORY": "Changelog",
    "CONTRIBUTORS": "Contributors",
}
FIGURE = re.compile(r"^\.\. figure:: \.\./(static/description/\S+)\n\n   (.+)$", re.M)
LITERAL = re.compile(r'<span class="docutils literal">([^<]*)</span>')
# for whoever opens the page by itself; Odoo shows it in its own
STYLE = (
    "<style>body {font-family: sans-serif; margin: 2em auto; max-width: 60em}</style>"
)
LARGEST = 300 * 1024
DRAWN = {"icon": 256, "banner": 1120}
SETTINGS = {
    "embed_stylesheet": False,
    "stylesheet_path": "",
    "file_insertion_enabled": False,
    "raw_enabled": False,
    "generator": None,
    "datestamp": None,
    "smart_quotes": False,
    "syntax_highlight": "none",
    "toc_backlinks": False,
    "halt_level": 2,
}


def title(text, sign, over=False):
    line = sign * len(text)
    return "\n".join([line, text, line] if over else [text, line]) + "\n\n"


def fragment(name):
    """Return a fragment as reStructuredText, its pictures by their path."""
    text = (ADDON / "readme" / f"{name}.md").read_text("utf-8")
    made = mistune.create_markdown(renderer=RSTRenderer())(text).strip()
    return FIGURE.sub(r".. figure:: \1\n   :alt: \2\n   :width: 80%\n\n   \2", made)


def make_readme(manifest):
    badges = [manifest[key] for key in ("version", "development_status", "license")]
    sections = [
        title(manifest["name"], "=", over=True),
        f".. Made by `{COMMAND}` of readme/*.md and the manifest: change those.\n\n",
        f"*{' · '.join([*badges, manifest['author']])}*\n\n",
        fragment("DESCRIPTION") + "\n\n",
        ".. contents:: **Table of contents**\n   :local:\n\n",
    ]
    for name, heading in SECTIONS.items():
        sections.append(title(heading, "=") + fragment(name) + "\n\n")
    return "".join(sections).rstrip() + "\n"


def make_html(readme):
    """Return the page that Odoo shows: pictures stand beside it."""
    text = readme.replace(".. figure:: static/description/", ".. figure:: ")
    made = publish_string(text, writer="html5", settings_overrides=SETTINGS).decode()
    made = made.replace("\n</head>", f"{STYLE}\n</head>")
    made = re.sub(r'<span class="pre">(.*?)</span>', r"\1", made)
    return LITERAL.sub(r"<code>\1</code>", made).rstrip() + "\n"


def make_all(manifest):
    """Return what each made file has to be, by path."""
    readme = make_readme(manifest)
    made = {
        ADDON / "README.rst": readme.encode(),
        DESCRIPTION / "index.html": make_html(readme).encode(),
    }
    for path in sorted(set(re.findall(r"static/description/(\S+\.png)", readme))):
        made[DESCRIPTION / path] = (ROOT / "docs" / path).read_bytes()
    for name, width in DRAWN.items():
        drawing = (DESCRIPTION / f"{name}.svg").read_text("utf-8")
        picture = resvg_py.svg_to_bytes(svg_string=drawing, width=width)
        made[DESCRIPTION / f"{name}.png"] = bytes(picture)
    return made


def get_faults(made, manifest):
    """Return what is wrong with the files that stand there."""
    faults = [
        f"{path.relative_to(ROOT)} is not what its source says: {COMMAND}"
        for path, content in made.items()
        if not path.is_file() or path.read_bytes() != content
    ]
    pictures = set(DESCRIPTION.glob("*.png"))
    images = {ADDON / name for name in manifest["images"]}
    faults += [f"the manifest's {path.name} is not made" for path in images - set(made)]
    faults += [f"{path.name} is on no page" for path in sorted(pictures - set(made))]
    faults += [
        f"{path.name} is larger than {LARGEST // 1024} kB"
        for path, content in made.items()
        if path.suffix == ".png" and len(content) > LARGEST
    ]
    return faults


def main():
    manifest = ast.literal_eval((ADDON / "__manifest__.py").read_text("utf-8"))
    made = make_all(manifest)
    if "--check" not in sys.argv[1:]:
        for path, content in made.items():
            path.write_bytes(content)
            print(path.relative_to(ROOT))
    faults = get_faults(made, manifest)
    print("".join(f"{fault}\n" for fault in faults), end="")
    sys.exit(bool(faults))


if __name__ == "__main__":
    main()
