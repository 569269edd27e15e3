# SPDX-License-Identifier: GPL-3.0-or-later
"""Which port the system picked."""
import re

from .desk import wait_for


def port_of(program, host="127.0.0.1"):
    """The port that the system picked, as the connection bar shows it."""
    def look():
        for text in program.texts():
            found = re.search(re.escape(host) + r":(\d+)", text)
            if found and int(found[1]) > 0:
                return int(found[1])
        return None
    return wait_for("the port that the system picked", look)
