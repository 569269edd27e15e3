# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether the accessible names can be understood by those who read Chinese."""
import re

from e2e.desk import plain

CONTROLS = {"push button", "toggle button", "check box", "radio button", "combo box", "entry", "text", "spin button", "slider", "menu item",
            "check menu item", "page tab"}
# Proper names and words of the protocols, which are the same in Chinese.
LATIN = re.compile(r"(Aa|UDP|TCP|TLS|UTF|ISO|GBK|GB|Big|EUC|KR|JIS|Shift|LE|BE|Ctrl|Alt|Esc|Tab|Menu|Delete|End|Home|Page|Up|Down|Enter|tonglu|[r-][w-][x-]|"
                   r"[A-Z]|\W|\d)*")


def names_that_are_wrong(program, given=()):
    """What a screen reader would stumble over: controls without a name or with that of their class, and sentences in English. `given`: names of
    files and the like, which are nobody's to translate; with them, what is in tables is not looked at either."""
    for node in program.nodes(below=(lambda node: node.name != "GtkColumnViewCell") if given else None):
        role, name = node.role, plain(node.name)
        if name in given or role not in CONTROLS | {"label"} or re.search("[\u4e00-\u9fff]", name):
            continue
        ancestors, up = [], node.get_parent()
        while up and len(ancestors) < 6:
            ancestors.append(up.get_name())
            up = up.get_parent()
        # Parts of libadwaita's own: the close button inside a tab, the search and the (hidden) switcher of a preferences window.
        if "AdwTab" in ancestors or (role, name) in (("entry", "GtkSearchEntry"), ("page tab", "GtkLabel")) or \
                (name == "GtkImage" and "AdwGizmo" in ancestors[:2]):
            continue
        if role in CONTROLS and (not name or re.fullmatch(r"(Gtk|Adw|Tl)[A-Z]\w*", name)):
            yield f"{role} “{name}” in {ancestors}"
        elif role in CONTROLS | {"label"} and not re.fullmatch(r"(Gtk|Adw|Tl)[A-Z]\w*", name) and not LATIN.fullmatch(name) \
                and not re.search("[\u4e00-\u9fff]", name):
            yield f"{role} “{name}” is not Chinese"
