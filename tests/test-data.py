#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the program ships besides code: desktop entry, metainfo, schema, windows, translations. Prints TAP."""
import json
import os
import re
import shlex
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import gi

gi.require_version("GdkPixbuf", "2.0")
from gi.repository import GdkPixbuf  # noqa: E402

SOURCE = Path(os.environ["TONGLU_SOURCE_DIR"])
BUILD = Path(os.environ["TONGLU_BUILD_DIR"])
APP_ID = "org.tonglu.Tonglu"
CASES = []


def case(function):
    CASES.append(function)
    return function


def run(*command, **keywords):
    result = subprocess.run([str(part) for part in command], capture_output=True, text=True, **keywords)
    assert result.returncode == 0, f"{' '.join(map(str, command))}:\n{result.stdout}{result.stderr}"
    return result.stdout + result.stderr


def tracked(*patterns):
    """The files of the project that match, sorted."""
    for pattern in patterns:
        yield from sorted(path for path in SOURCE.glob(pattern) if path.is_file())


@case
def desktop_entry():
    run("desktop-file-validate", BUILD / "data" / f"{APP_ID}.desktop")
    text = (BUILD / "data" / f"{APP_ID}.desktop").read_text("utf-8")
    for key in ("Name", "GenericName", "Comment", "Keywords"):
        assert f"{key}[zh_CN]=" in text, f"{key} has no Chinese"


@case
def metainfo():
    path = BUILD / "data" / f"{APP_ID}.metainfo.xml"
    run("appstreamcli", "validate", "--no-net", path)
    lang = "{http://www.w3.org/XML/1998/namespace}lang"
    tags = {element.tag for element in ElementTree.parse(path).iter() if element.get(lang) == "zh_CN"}
    assert {"name", "summary", "p", "li"} <= tags, f"Chinese only in {tags}"
    version = re.search(r"version: '([^']+)'", (SOURCE / "meson.build").read_text("utf-8"))[1]
    assert f'version="{version}"' in path.read_text("utf-8"), "the version of meson.build has no release"


@case
def settings_schema():
    run("glib-compile-schemas", "--strict", "--dry-run", SOURCE / "data")
    schema = (SOURCE / "data" / f"{APP_ID}.gschema.xml").read_text("utf-8")
    code = "".join(path.read_text("utf-8") for path in tracked("app/**/*.c"))
    for key in re.findall(r'<key name="([^"]+)"', schema):
        assert f'"{key}"' in code, f"the key {key} is not used"


@case
def interface_files():
    listed = {element.text for element in ElementTree.parse(SOURCE / "app/ui/tonglu.gresource.xml").iter("file")}
    for path in tracked("app/ui/*.ui"):
        root = ElementTree.parse(path).getroot()
        assert path.name in listed, f"{path.name} is not in the resources"
        assert root.get("domain") == "tonglu", f"{path.name} names no translation domain"
        for element in root.iter("property"):
            wants = element.get("name") in ("label", "title", "subtitle", "tooltip-text", "description", "placeholder-text")
            text = (element.text or "").strip()
            if wants and re.search(r"[A-Za-z]{3}", text) and not re.search(r"://|^[0-9A-F ]+$", text):
                assert element.get("translatable") == "yes", f"{path.name}: “{text}” is not translatable"
    for name in listed:
        assert (SOURCE / "app/ui" / name).is_file(), f"{name} does not exist"


@case
def every_button_has_a_name():
    for path in tracked("app/ui/*.ui"):
        for element in ElementTree.parse(path).getroot().iter("object"):
            if element.get("class") not in ("GtkButton", "GtkToggleButton", "GtkMenuButton"):
                continue
            names = {child.get("name") for child in element.findall("property")}
            named = element.find("accessibility/property[@name='label']") is not None
            code = path.with_suffix(".c").read_text("utf-8") if path.with_suffix(".c").exists() else ""
            labelled_in_code = re.search(rf"gtk_button_set_label \((self|priv)->{element.get('id')},", code) or \
                re.search(rf"ACCESSIBLE \((self|priv)->{element.get('id')}\),\s*GTK_ACCESSIBLE_PROPERTY_LABEL", code)
            assert named or labelled_in_code or "label" in names or "tooltip-text" in names or "child" in names or \
                element.find("child") is not None, f"{path.name}: a button without a name: {element.get('id')}"


@case
def icons():
    for path in tracked("data/icons/**/*.svg"):
        run("xmllint", "--noout", path)
        picture = GdkPixbuf.Pixbuf.new_from_file_at_size(str(path), 64, 64)
        assert any(picture.get_pixels()), f"{path.name} is empty"


@case
def scripts():
    for path in [SOURCE / "app/run", SOURCE / "app/packages.sh", SOURCE / "tests/run", SOURCE / ".ci/run"]:
        run("bash", "-n", path)
    for name in ("app/run", "tests/run", ".ci/run"):
        assert os.access(SOURCE / name, os.X_OK), f"{name} cannot be run"


ROOMS = {
    "text": set(),
    "store": set(),
    "log": {"text", "store"},
    "net": {"text", "log"},
    "ftp": {"text", "log", "store", "net"},
    "ui": {"text", "store", "log", "net", "ftp"},
}


def compile_commands(room):
    with open(BUILD / "compile_commands.json", encoding="utf-8") as file:
        for entry in json.load(file):
            path = (Path(entry["directory"]) / entry["file"]).resolve()
            if path.parent == (SOURCE / "app" / room).resolve():
                yield entry, path


@case
def rooms_see_only_what_they_may():
    """A room's include path is its own folder and those of the rooms below it that DESIGN names; GTK is there for the window alone."""
    for room, below in ROOMS.items():
        allowed = {(SOURCE / "app" / name).resolve() for name in below | {room}}
        commands = list(compile_commands(room))
        assert commands, f"nothing of {room} is compiled"
        for entry, path in commands:
            folders = [(Path(entry["directory"]) / folder).resolve() for folder in re.findall(r"-(?:I|isystem ?)(\S+)", entry["command"])]
            inside = {folder for folder in folders if SOURCE.resolve() / "app" in folder.parents and BUILD.resolve() not in folder.parents}
            assert inside <= allowed, f"{path.name} of {room} sees {inside - allowed}"
            toolkit = [str(folder) for folder in folders if re.search(r"gtk|libadwaita", folder.name)]
            assert bool(toolkit) == (room == "ui"), f"{path.name} of {room}: {toolkit}"


@case
def a_wrong_include_does_not_compile():
    """Proved with the compiler: the header of each other room, and GTK's, from one file of each room."""
    headers = {"text": "tl-hex.h", "store": "tl-database.h", "log": "tl-message.h", "net": "tl-endpoint.h", "ftp": "tl-ftp-types.h", "ui": "tl-window.h", "gtk": "gtk/gtk.h"}
    for room, below in ROOMS.items():
        entry, path = next(compile_commands(room))
        words = [word for word in shlex.split(entry["command"]) if not word.startswith("-W")]
        for option in ("-o", "-MF", "-MQ"):
            at = words.index(option)
            del words[at:at + 2]
        words = [word for word in words if word not in ("-c", "-MD", entry["file"])] + ["-fsyntax-only", "-x", "c", "-"]
        for name, header in headers.items():
            right = name in below | {room} or (room == "ui" and name == "gtk")
            done = subprocess.run(words, input=f'#include "{header}"\n', cwd=entry["directory"], capture_output=True, text=True, check=False)
            assert (done.returncode == 0) == right, f"{room} (as {path.name}) and {header}: {done.stderr or 'compiles'}"
            assert right or header in done.stderr.splitlines()[0], done.stderr


def files_with_texts():
    for path in tracked("app/**/*.c", "app/**/*.h", "app/ui/*.ui"):
        text = path.read_text("utf-8")
        if re.search(r'\b(N?_|C_|NC_|n?gettext)\s*\(\s*"', text) or 'translatable="yes"' in text:
            yield path.relative_to(SOURCE).as_posix()
    yield f"data/{APP_ID}.desktop.in"
    yield f"data/{APP_ID}.metainfo.xml.in"


@case
def potfiles():
    listed = [line for line in (SOURCE / "po/POTFILES").read_text("utf-8").splitlines() if line and line[0] != "#"]
    assert listed == sorted(listed), "POTFILES is not sorted"
    assert set(listed) == set(files_with_texts()), \
        f"POTFILES: missing {set(files_with_texts()) - set(listed)}, too many {set(listed) - set(files_with_texts())}"


def extract(pot):
    run("xgettext", f"--files-from={SOURCE}/po/POTFILES", f"--directory={SOURCE}", f"--output={pot}", "--from-code=UTF-8",
        "--keyword=_", "--keyword=N_", "--keyword=C_:1c,2", "--keyword=NC_:1c,2", "--keyword=ngettext:1,2",
        "--add-comments")


@case
def texts_are_whole():
    """xgettext takes a text only up to a macro such as G_GUINT64_FORMAT: what follows would never be translated."""
    for path in tracked("app/**/*.c"):
        found = re.search(r'\b(_|N_|ngettext)\s*\((\s*"(\\.|[^"\\])*")+\s*[A-Z][A-Z0-9_]+', path.read_text("utf-8"))
        assert not found, f"{path.name}: {found[0]}"


@case
def chinese_is_complete():
    po = SOURCE / "po/zh_CN.po"
    with tempfile.TemporaryDirectory() as folder:
        pot, merged = f"{folder}/tonglu.pot", f"{folder}/zh_CN.po"
        extract(pot)
        run("msgmerge", "--quiet", "--no-fuzzy-matching", "-o", merged, po, pot)
        said = run("msgfmt", "--check", "--statistics", "-o", f"{folder}/zh_CN.mo", merged, env={**os.environ, "LC_ALL": "C"})
        missing = run("msgattrib", "--untranslated", "--no-obsolete", "--no-wrap", merged)
    said += run("msgfmt", "--check", "--statistics", "-o", "/dev/null", po, env={**os.environ, "LC_ALL": "C"})
    assert "untranslated" not in said and "fuzzy" not in said, f"{said}\n{missing}"


@case
def chinese_keeps_mnemonics_and_forms():
    """A mnemonic stays one, at the end in parentheses as Chinese programs write it; an ellipsis stays an ellipsis."""
    text = run("msgcat", "--no-wrap", SOURCE / "po/zh_CN.po")
    for entry in text.split("\n\n"):
        ident = re.search(r'^msgid "(.*)"$', entry, re.M)
        string = re.search(r'^msgstr "(.*)"$', entry, re.M)
        if not ident or not string or not ident[1]:
            continue
        if re.match(r"^[^ ]*_[A-Za-z]", ident[1]) and len(ident[1]) < 40 and "{" not in ident[1] and " " not in ident[1].split("_")[0]:
            if re.search(r"_[A-Z]", ident[1]):
                assert re.search(r"\(_[A-Za-z0-9]\)", string[1]), f"no mnemonic: {ident[1]} → {string[1]}"
        if ident[1].endswith("…"):
            assert string[1].endswith("…"), f"no ellipsis: {ident[1]} → {string[1]}"


def main():
    print(f"1..{len(CASES)}")
    for number, function in enumerate(CASES, 1):
        try:
            function()
            print(f"ok {number} {function.__name__}")
        except Exception as error:  # pylint: disable=broad-except
            print(f"not ok {number} {function.__name__}")
            print("\n".join(f"# {line}" for line in str(error).splitlines()))
        sys.stdout.flush()


main()
