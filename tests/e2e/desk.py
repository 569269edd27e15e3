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

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

# The library's own limit is 800 ms, which is little on a busy machine.
Atspi.set_timeout(10000, 30000)

PROGRAM = os.environ["TONGLU_PROGRAM"]
PICTURES = os.environ.get("TONGLU_SCREENSHOTS", "")
PEERS = os.path.join(os.environ["TONGLU_SOURCE_DIR"], "tests", "peers")
DEADLINE = float(os.environ.get("TONGLU_DEADLINE", "30"))


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
        self.looks = 0
        self.root = wait_for("the program on the accessibility bus", self._find_root)

    def _find_root(self):
        if self.process.poll() is not None:
            self.errors.seek(0)
            raise NotSeen(f"the program ended with status {self.process.returncode}: {self.errors.read()[-2000:]}")
        desktop = Atspi.get_desktop(0)
        self.looks += 1
        if self.looks % 40 == 0:
            # A program that came while the bus was being started would never be seen. Not each time: libatspi goes through all that it knows of programs
            # that ended too, and does not come back where they are in a circle.
            desktop.clear_cache()
        for i in range(desktop.get_child_count()):
            child = desktop.get_child_at_index(i)
            if child and child.get_process_id() == self.process.pid and child.get_child_count() > 0:
                return child
        return None

    def nodes(self, start=None, below=None):
        """Every node that is visible, from the top, without those under something hidden, or under one that `below` says no of. Each question to a node
        takes its way over the bus."""
        stack = [start or self.root]
        while stack:
            node = stack.pop()
            try:
                states = node and node.get_state_set()
                if not node or states.contains(Atspi.StateType.DEFUNCT):
                    continue
                yield node
                if node is not self.root and not states.contains(Atspi.StateType.VISIBLE) or below and not below(node):
                    continue
                stack.extend(node.get_child_at_index(i) for i in reversed(range(node.get_child_count())))
            except GLib.Error:
                continue

    def each(self, role=None, name=None, start=None, sensitive=False):
        for node in self.nodes(start):
            try:
                if role and node.get_role_name() != role:
                    continue
                if name is not None and plain(node.get_name()) != name:
                    continue
                states = node.get_state_set()
                if not states.contains(Atspi.StateType.VISIBLE):
                    continue
                if sensitive and not states.contains(Atspi.StateType.SENSITIVE):
                    continue
            except GLib.Error:
                continue
            yield node

    def all(self, role=None, name=None, start=None, sensitive=False):
        return list(self.each(role, name, start, sensitive))

    def find(self, role=None, name=None, start=None, nth=0, sensitive=False, laid_out=False):
        """laid_out: what stands on a page that is only being turned to is there, without a size, and a click on it does nothing."""
        node = wait_for(f"{role or 'a widget'} “{name}”" + (f" number {nth + 1}" if nth else ""),
                        lambda: next(itertools.islice(self.each(role, name, start, sensitive), nth, None), None))
        if laid_out:
            wait_for(f"the page of {role} “{name}”", lambda: node.get_extents(Atspi.CoordType.WINDOW).width > 0)
        return node

    def click(self, role, name, **keywords):
        node = self.find(role, name, sensitive=True, **keywords)
        assert node.get_action_iface() and node.get_n_actions() > 0, f"{role} {name} cannot be clicked"
        node.do_action(0)
        return node

    def place(self, node):
        """Where the middle of a widget is on the screen; the window that it is in is the newest one."""
        top = node
        while top.get_parent().get_role() != Atspi.Role.APPLICATION:
            top = top.get_parent()
        window = self.windows()[0][-1]
        said = subprocess.run(["xdotool", "getwindowgeometry", "--shell", window], capture_output=True, text=True, check=True).stdout
        place = {key: int(value) for key, value in (line.split("=") for line in said.split())}
        inner, at = (part.get_extents(Atspi.CoordType.WINDOW) for part in (top, node))
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
        keyboard while it types, and on a busy machine some of them get lost: what came is looked at, and typed again."""
        for delay in (30, 100, 200, 400):
            self.keys("key", "ctrl+e")
            self.keys("key", "ctrl+a", "key", "BackSpace")
            self.keys("type", "--delay", str(delay), text)
            try:
                wait_for("the composer", lambda: text in self._composed(), seconds=4)
                break
            except NotSeen:
                continue
        else:
            raise NotSeen(f"“{text}” in the composer; there was {self._composed()}")
        self.keys("key", "Return")

    def _composed(self):
        nodes = [node for node in self.all("text", "消息") if node.get_text_iface()]
        return [node.get_text_iface().get_text(0, 200) for node in nodes]

    def each_text(self, start=None):
        for node in self.nodes(start):
            try:
                name, text = node.get_name(), node.get_text_iface()
                text = text and text.get_text(0, min(text.get_character_count(), 4000))
            except GLib.Error:
                continue
            yield from (part for part in (name, text) if part)

    def texts(self, start=None):
        """All that can be read."""
        return list(self.each_text(start))

    def wait_text(self, part, seconds=DEADLINE, start=None):
        return wait_for(f"the text “{part}”", lambda: next((text for text in self.each_text(start) if part in text), None), seconds)

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
            self.process.wait(10)
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
