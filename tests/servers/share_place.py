# SPDX-License-Identifier: GPL-3.0-or-later
"""A folder that is shared to be attacked, and what is beside it."""
import contextlib
import os
import shutil
import tempfile

from .share import PASSWORD, USER

SECRET = b"not for you"
WRITE = ("writable=1", f"account={USER}:{PASSWORD}::rw")


def make_place(place):
    """A shared folder with links of all kinds in it, and what is beside it."""
    top, outside = os.path.join(place, "shared"), os.path.join(place, "outside")
    os.makedirs(os.path.join(top, "sub", "deep"))
    os.makedirs(outside)
    for path, content in ((os.path.join(outside, "secret"), SECRET), (os.path.join(top, "a.txt"), b"hello"), (os.path.join(top, "sub", "b.txt"), b"there")):
        with open(path, "wb") as file:
            file.write(content)
    make_links(place)
    return top


def make_links(place):
    """Puts those back that a command took away."""
    for target, name in (("../outside/secret", "out"), (os.path.join(place, "outside", "secret"), "absolute"), ("/", "root"), ("../outside", "out-dir"),
                         ("../../outside", "sub/out-dir"), ("..", "up"), ("/proc/self/root", "magic"), ("../outside/new", "dangling-out"),
                         ("loop", "loop"), ("a.txt", "inside"), ("sub", "inside-dir")):
        path = os.path.join(place, "shared", name)
        if not os.path.islink(path):
            if os.path.isdir(path):
                shutil.rmtree(path)
            os.symlink(target, path)


def beside(place):
    """What is beside the shared folder, byte by byte."""
    found = {}
    for folder, _, files in os.walk(os.path.join(place, "outside")):
        for name in files:
            with open(os.path.join(folder, name), "rb") as file:
                found[os.path.join(folder, name)] = file.read()
    return found


@contextlib.contextmanager
def fresh():
    """Such a place, as long as the `with` lasts."""
    with tempfile.TemporaryDirectory(prefix="tonglu-attack-") as folder:
        place = os.path.join(folder, "fresh")
        make_place(place)
        yield place
