#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The history in the whole program, in Chinese, when its file cannot be used. Prints TAP."""
import sys

from e2e.desk import run_cases
from e2e.history import damaged_file, disk_full, locked_by_another_program, of_a_newer_version

if __name__ == "__main__":
    sys.exit(run_cases([of_a_newer_version, damaged_file, locked_by_another_program, disk_full]))
