#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""20,000 datagrams of 64 bytes a second through the window: all are received or counted as dropped, a click still works, and so does a filter. Prints TAP."""
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
CLICK_SECONDS = 10.0
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
        (node for node in program.all("label") if node.name.startswith(start)), None))


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


def shown_of_all(strip):
    """What the label of the filter says: how many are shown, of how many."""
    match = re.match(r"显示 ([\d,]+) / ([\d,]+) 条", strip.get_name() or "")
    return match and [int(number.replace(",", "")) for number in match.groups()]


def set_filter(program):
    """What is sent is a number of eight digits and then only x: those with a 1 in the number pass."""
    program.click("push button", "过滤")
    program.write("至少多少字节", str(SIZE))
    program.write("至多多少字节", str(SIZE))
    program.write("在消息中查找的内容", "1")
    program.keys("key", "Escape")
    return label(program, "显示 ")


def assert_filtered(strip, shown, received):
    """It went on while they came, and in the end shows those that pass; the line of state is not one of them."""
    shown = [pair for pair in shown if pair]
    assert all(a[0] <= b[0] and a[1] <= b[1] for a, b in zip(shown, shown[1:])), f"the filter went back: {shown}"
    assert len({tuple(pair) for pair in shown}) > 3, f"the filter did not go on: {shown}"
    last = wait_for("the filter to have seen all", lambda: (lambda pair: pair and pair[1] > received and pair)(shown_of_all(strip)))
    assert 0 < last[0] < received, f"{last} of {received}"
    if received == RATE * SECONDS:
        passing = sum("1" in f"{i:08}" for i in range(received))
        assert last[0] == passing, f"{last[0]} are shown, {passing} pass"
    print(f"# filtered: {shown}, then {last}")


def flood(look, filtered=False):
    program = Program("udp://?local=127.0.0.1:0")
    generator = None
    try:
        program.wait_text("已打开")
        port = port_of(program)
        if look == "table":
            program.click("push button", "聊天样式")
        strip = set_filter(program) if filtered else None
        received = label(program, "收 0 条")
        drops = label(program, "内核丢弃：")
        buttons = [program.find("push button", name) for name in (HEX, TEXT)]

        busy = processor_seconds(program.process.pid)
        began = time.monotonic()
        generator = subprocess.Popen([FLOOD, "127.0.0.1", str(port), str(RATE), str(SECONDS), str(SIZE)],
                                     stdout=subprocess.PIPE, text=True)
        wait_for("the flood to begin", lambda: number(received, "收 ") > RATE // 10)
        clicks = []
        shown = [shown_of_all(strip)] if filtered else []
        while generator.poll() is None:
            clicks.append(click_time(buttons[len(clicks) % 2]))
            if filtered:
                shown.append(shown_of_all(strip))
        sent = int(generator.communicate()[0])
        busy = (processor_seconds(program.process.pid) - busy) / (time.monotonic() - began)

        assert clicks, "no click was made during the flood"
        wait_for(f"{sent} received or dropped, not {received.get_name()}, {drops.get_name()}",
                 lambda: number(received, "收 ") + number(drops, "：") == sent)
        lost = number(drops, "：")
        if filtered:
            assert_filtered(strip, shown, sent - lost)
        memory = resident_bytes(program.process.pid)
        print(f"# {look}: {sent} sent in {SECONDS} s, {lost} dropped by the kernel; {len(clicks)} clicks, the slowest took "
              f"{max(clicks) * 1000:.0f} ms; {busy * 100:.0f} % of a processor; {memory / 1e6:.0f} MB")

        buttons[0].do_action(0)
        program.wait_text(HEX_OF_PAYLOAD)
        program.picture("flood-" + look + ("-filtered" if filtered else ""))
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


def flood_of_filtered_table():
    flood("table", filtered=True)


if __name__ == "__main__":
    sys.exit(run_cases([flood_of_table, flood_of_bubbles, flood_of_filtered_table]))
