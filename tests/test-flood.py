#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""20,000 datagrams of 64 bytes a second through the window: all are received or counted as dropped, and a click still works. Prints TAP."""
import os
import re
import subprocess
import sys
import time

from gi.repository import Atspi

from e2e.desk import Program, run_cases, wait_for

FLOOD = os.environ["TONGLU_FLOOD"]
RATE = int(os.environ.get("TONGLU_FLOOD_RATE", "20000"))
SECONDS = int(os.environ.get("TONGLU_FLOOD_SECONDS", "10"))
SIZE = 64
CLICK_SECONDS = 5.0
TEXT = "按文本显示内容"
HEX = "按十六进制字节显示内容"
HEX_OF_PAYLOAD = "78 78 78 78"


def port_of(program):
    def look():
        found = (re.search(r"127\.0\.0\.1:(\d+)$", text) for text in program.texts())
        return next((int(match[1]) for match in found if match and match[1] != "0"), None)
    return wait_for("the port that the system picked", look)


def label(program, start):
    """The label of the status line that begins with `start`. Found once: walking the window costs the program time, too."""
    return wait_for(f"“{start}” in the status line", lambda: next(
        (node for node in program.all("label") if (node.get_name() or "").startswith(start)), None))


def number(node, before):
    found = wait_for(f"a number after “{before}”", lambda: re.search(before + r"([\d,]+)", node.get_name() or ""))
    return int(found[1].replace(",", ""))


def processor_seconds(pid):
    with open(f"/proc/{pid}/stat", encoding="ascii") as stat:
        fields = stat.read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def resident_bytes(pid):
    with open(f"/proc/{pid}/statm", encoding="ascii") as statm:
        return int(statm.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def is_on(button):
    states = button.get_state_set()  # None while a busy program does not answer
    return states is not None and (states.contains(Atspi.StateType.PRESSED) or states.contains(Atspi.StateType.CHECKED))


def click_time(button):
    """How long it takes until the program has done what the click says."""
    start = time.monotonic()
    button.do_action(0)
    wait_for(f"“{button.get_name()}” to be on", lambda: is_on(button), CLICK_SECONDS)
    return time.monotonic() - start


def flood(look):
    program = Program("udp://?local=127.0.0.1:0")
    generator = None
    try:
        program.wait_text("已打开")
        port = port_of(program)
        if look == "table":
            program.click("push button", "聊天样式")
        received = label(program, "收 0 条")
        drops = label(program, "内核丢弃：")
        buttons = [program.find("push button", name) for name in (HEX, TEXT)]

        busy = processor_seconds(program.process.pid)
        began = time.monotonic()
        generator = subprocess.Popen([FLOOD, "127.0.0.1", str(port), str(RATE), str(SECONDS), str(SIZE)],
                                     stdout=subprocess.PIPE, text=True)
        wait_for("the flood to begin", lambda: number(received, "收 ") > RATE // 10)
        clicks = []
        while generator.poll() is None:
            clicks.append(click_time(buttons[len(clicks) % 2]))
        sent = int(generator.communicate()[0])
        busy = (processor_seconds(program.process.pid) - busy) / (time.monotonic() - began)

        assert clicks, "no click was made during the flood"
        wait_for(f"{sent} received or dropped, not {received.get_name()}, {drops.get_name()}",
                 lambda: number(received, "收 ") + number(drops, "：") == sent)
        lost = number(drops, "：")
        memory = resident_bytes(program.process.pid)
        print(f"# {look}: {sent} sent in {SECONDS} s, {lost} dropped by the kernel; {len(clicks)} clicks, the slowest took "
              f"{max(clicks) * 1000:.0f} ms; {busy * 100:.0f} % of a processor; {memory / 1e6:.0f} MB")

        buttons[0].do_action(0)
        program.wait_text(HEX_OF_PAYLOAD)
        program.picture("flood-" + look)
        return sent, lost
    finally:
        if generator and generator.poll() is None:
            generator.kill()
            generator.wait()
        program.end()


def flood_of_table():
    flood("table")


def flood_of_bubbles():
    flood("bubbles")


if __name__ == "__main__":
    sys.exit(run_cases([flood_of_table, flood_of_bubbles]))
