# SPDX-License-Identifier: GPL-3.0-or-later
"""A desk for end-to-end tests: starts the program, finds its widgets through AT-SPI, clicks, types, takes pictures."""
import itertools
import os
import re
import subprocess
import sys
import tempfile
import time
import traceback

from gi.repository import GLib

from .bus import Atspi, Bus, flat, texts_of, tree

PROGRAM = os.environ["TONGLU_PROGRAM"]
PICTURES = os.environ.get("TONGLU_SCREENSHOTS", "")
PEERS = os.path.join(os.environ["TONGLU_SOURCE_DIR"], "tests", "peers")
# Nobody waits for it but where a test fails; a busy machine may need most of it.
DEADLINE = float(os.environ.get("TONGLU_DEADLINE", "120"))
# What a person would do once more when nothing happens: a key or a press that came too early is lost; on a busy machine it may only be late.
PATIENCE = (10, 20, 40)


class NotSeen(AssertionError):
    """What was awaited did not come."""


def plain(name):
    """A button's name without its mnemonic, which GTK 4.8 leaves in: “打开(_O) 打开(O)” is “打开”."""
    return re.sub(r"\(_?[A-Z]\).*$", "", name or "")


def wait_for(what, condition, seconds=DEADLINE):
    """Runs the main context until `condition` gives something true; fails with `what` was awaited."""
    context = GLib.MainContext.default()
    end = time.monotonic() + seconds
    ticking = GLib.timeout_add(50, lambda: True)
    try:
        while True:
            try:
                value = condition()
            except GLib.Error:
                value = None  # the widget went away while it was looked at
            if value:
                return value
            if time.monotonic() > end:
                raise NotSeen(f"awaited in vain: {what}")
            context.iteration(True)
    finally:
        GLib.source_remove(ticking)


class Program:
    """One run of the program, in Chinese, with settings of its own."""

    def __init__(self, *arguments, language="zh_CN", **environment):
        env = dict(os.environ)
        env.pop("GTK_A11Y", None)
        env.pop("NO_AT_BRIDGE", None)
        env.update(LANG="C.UTF-8", LANGUAGE=language, **environment)
        locpath = env.get("TONGLU_TEST_LOCPATH")
        if locpath and os.path.isdir(os.path.join(locpath, "zh_CN.UTF-8")) and language == "zh_CN":
            env.update(LANG="zh_CN.UTF-8", LOCPATH=locpath)
        env.setdefault("G_DEBUG", "fatal-criticals")
        self.errors = tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace")
        self.process = subprocess.Popen([PROGRAM, *arguments], env=env, stderr=self.errors)
        self.bus = Bus()
        self.root = wait_for("the program on the accessibility bus", self._find_root)

    def _find_root(self):
        if self.process.poll() is not None:
            self.errors.seek(0)
            raise NotSeen(f"the program ended with status {self.process.returncode}: {self.errors.read()[-2000:]}")
        return self.bus.root_of(self.process.pid)

    def nodes(self, start=None, below=None):
        """Every node that is visible, from the top, without those under something hidden, or under one that `below` says no of."""
        return tree(start or self.root, lambda node: (node == self.root or node.states.contains(Atspi.StateType.VISIBLE)) and (not below or below(node)))

    def each(self, role=None, name=None, start=None, sensitive=False):
        for node in self.nodes(start):
            if role and node.role != role or name is not None and plain(node.name) != name:
                continue
            if node.states.contains(Atspi.StateType.VISIBLE) and (not sensitive or node.states.contains(Atspi.StateType.SENSITIVE)):
                yield node

    def rows(self, table):
        """The rows of a table that is shown, from the heads of the columns on, each with the texts of its labels: found at one look."""
        visible = [node for node in self.nodes(table) if node.states.contains(Atspi.StateType.VISIBLE)]
        return [(row, [node.name for node in flat([row]) if node.role == "label" and node.states.contains(Atspi.StateType.VISIBLE)])
                for row in visible if row.role == "table row"]

    def all(self, role=None, name=None, start=None, sensitive=False):
        return list(self.each(role, name, start, sensitive))

    def find(self, role=None, name=None, start=None, nth=0, sensitive=False, laid_out=False):
        """laid_out: what stands on a page that is only being turned to, or in a bar that is not shown, is there, without a size, and a click on it does nothing:
        it does not count."""
        def found():
            nodes = self.each(role, name, start, sensitive)
            if laid_out:
                nodes = (node for node in nodes if node.get_extents(Atspi.CoordType.WINDOW).width > 0)
            return next(itertools.islice(nodes, nth, None), None)
        return wait_for(f"{role or 'a widget'} “{name}”" + (f" number {nth + 1}" if nth else "") + (" with a size" if laid_out else ""), found)

    def click(self, role, name, **keywords):
        node = self.find(role, name, sensitive=True, **keywords)
        assert node.get_action_iface() and node.get_n_actions() > 0, f"{role} {name} cannot be clicked"
        node.do_action(0)
        return node

    def place(self, node):
        """Where the middle of a widget is on the screen, once it stands still; the window that it is in is the newest one."""
        top = node
        while top.get_parent().get_role() != Atspi.Role.APPLICATION:
            top = top.get_parent()
        last = None

        def still():
            nonlocal last
            before, last = last, self._place(top, node)
            return last if last == before else None
        return wait_for(f"“{node.get_name()}” to stand still", still)

    def _place(self, top, node):
        windows, _ = self.windows()
        said = windows and subprocess.run(["xdotool", "getwindowgeometry", "--shell", windows[-1]], capture_output=True, text=True, check=False).stdout
        if not said:
            return None
        place = {key: int(value) for key, value in (line.split("=") for line in said.split())}
        inner, at = (part.get_extents(Atspi.CoordType.WINDOW) for part in (top, node))
        if at.width <= 0 or at.height <= 0:
            return None
        shadow = (place["WIDTH"] - inner.width) // 2
        return place["X"] + shadow + at.x + at.width // 2, place["Y"] + shadow + at.y + at.height // 2

    def press(self, node, *buttons):
        """The pointer on the middle of a widget, for those without an action."""
        x, y = self.place(node)
        subprocess.run(["xdotool", "mousemove", str(x), str(y), *(word for button in buttons or ("1",) for word in ("click", button))], check=True)

    def write(self, name, text, nth=0, role=None, start=None):
        """Replaces the content of the text field with that accessible name."""
        def look():
            found = [n for n in self.all(role, name, start) if n.get_editable_text_iface()]
            return found[nth] if len(found) > nth else None
        node = wait_for(f"the field “{name}”", look)
        node.set_text_contents(text)
        return node

    def choose(self, combo, item, start=None, nth=0):
        """A line of a drop-down list, by its text or its number, with the keyboard."""
        box = self.find("combo box", combo, start=start, nth=nth)
        buttons = self.all("push button", start=box)
        if buttons:
            buttons[0].do_action(0)
        else:
            self.press(box)
        wait_for(f"the list of “{combo}”", lambda: self.windows()[1])
        lines = wait_for(f"the lines of “{combo}”", lambda: self._lines(box))
        self.keys("key", "Home", *["key", "Down"] * (item if isinstance(item, int) else lines.index(item)), "key", "Return")
        wait_for(f"“{item}” as “{combo}”", lambda: not self.windows()[1])

    def _lines(self, box):
        found = self.all("list", start=box)
        return [node.name for node in self.all("label", start=found[0])] if found else None

    def choose_file(self, path, new=False):
        """In the dialog for files: the whole path is typed, as a person may do. The dialog is there before it has the keyboard: what was typed is looked at.
        `new`: a file to be written; its name has a field already."""
        wait_for("the window of the file chooser", lambda: len(self.windows()[0]) > 1)
        for seconds in (*PATIENCE, DEADLINE):
            self.keys(*(() if new else ("key", "ctrl+l")), "key", "ctrl+a", "type", "--delay", "20", path)
            try:
                wait_for("the path in its field", lambda: path in self.texts(), seconds)
                break
            except NotSeen:
                continue
        else:
            raise NotSeen(f"“{path}” in the field for the path; there was {self.texts()}")
        self.keys("key", "Return")

    def windows(self):
        """Its windows on the screen, the newest last: those that have the keyboard, and those that pop up."""
        found = subprocess.run(["xdotool", "search", "--onlyvisible", "--pid", str(self.process.pid)],
                               capture_output=True, text=True, check=False).stdout.split()
        windows, popups = [], []
        for window in found:
            said = subprocess.run(["xwininfo", "-id", window], capture_output=True, text=True, check=False).stdout
            if said:
                (popups if "Override Redirect State: yes" in said else windows).append(window)
        return windows, popups

    def keys(self, *arguments):
        """Keys of the keyboard, to the program's window; there is no window manager that would give it the focus."""
        def focus():
            # The window that was found may be a dialog that is just closing.
            windows, _ = self.windows()
            return windows and subprocess.run(["xdotool", "windowfocus", "--sync", windows[-1]], capture_output=True, check=False).returncode == 0
        wait_for("the focus of a window of the program", focus)
        subprocess.run(["xdotool", *arguments], check=True)

    def send(self, text):
        """Types a message into the composer, as a person does, and presses Enter. For letters that are on no key, xdotool changes the
        keyboard while it types, and on a busy machine some of them get lost: what came is looked at, and typed again. Whether they are lost or only late is not
        known: each time more of them are waited for."""
        for delay, seconds in ((30, 4), (100, 10), (200, 30), (400, DEADLINE)):
            self.keys("key", "ctrl+e")
            self.keys("key", "ctrl+a", "key", "BackSpace")
            self.keys("type", "--delay", str(delay), text)
            try:
                wait_for("the composer", lambda: text in self._composed(), seconds)
                break
            except NotSeen:
                continue
        else:
            raise NotSeen(f"“{text}” in the composer; there was {self._composed()}")
        self.keys("key", "Return")

    def _composed(self):
        nodes = [node for node in self.all("text", "消息") if node.get_text_iface()]
        return [node.get_text_iface().get_text(0, 200) for node in nodes]

    def texts(self, start=None):
        """All that can be read."""
        return texts_of(self.nodes(start))

    def wait_text(self, part, seconds=DEADLINE, start=None):
        return wait_for(f"the text “{part}”", lambda: next((text for text in self.texts(start) if part in text), None), seconds)

    def picture(self, name):
        if not PICTURES:
            return
        os.makedirs(PICTURES, exist_ok=True)
        wait_for("a quiet moment to take a picture", iter([None] * 8 + [True]).__next__)
        subprocess.run(["import", "-window", "root", os.path.join(PICTURES, name + ".png")], check=False)

    def end(self):
        """Fails when the program has ended by itself, as it does after a critical message."""
        status = self.process.poll()
        if status is None:
            self.process.terminate()
            self.process.wait(DEADLINE)
            return
        self.errors.seek(0)
        raise NotSeen(f"the program ended with status {status}: {self.errors.read()[-2000:]}")


def peer(name, *arguments):
    """A program of tests/peers, in plain Python."""
    return subprocess.Popen([sys.executable, os.path.join(PEERS, name), *map(str, arguments)],
                            stdout=subprocess.PIPE, text=True, encoding="utf-8")


def run_cases(cases):
    """Runs functions as TAP; each starts its own program. With names as arguments, only those."""
    cases = [case for case in cases if len(sys.argv) < 2 or case.__name__ in sys.argv[1:]]
    print(f"1..{len(cases)}")
    failed = 0
    for number, case in enumerate(cases, 1):
        began = time.monotonic()
        try:
            case()
            print(f"ok {number} {case.__name__}")
        except Exception as error:  # pylint: disable=broad-except
            failed += 1
            print(f"not ok {number} {case.__name__}")
            said = f"{type(error).__name__}: {error}"
            if not isinstance(error, AssertionError):
                said = traceback.format_exc()  # a mistake of the test or of a library: where it is decides
            print("\n".join(f"# {line}" for line in said.splitlines()))
        print(f"# {case.__name__}: {time.monotonic() - began:.1f} s")
        sys.stdout.flush()
    return 1 if failed else 0
