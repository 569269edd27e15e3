#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The whole program, in Chinese: sessions are recorded to files, and played again. Prints TAP."""
import sys

from e2e.desk import run_cases
from e2e.replay import recording_to_a_capture_file, replaying_a_file, replaying_a_session_of_the_history

if __name__ == "__main__":
    sys.exit(run_cases([recording_to_a_capture_file, replaying_a_file, replaying_a_session_of_the_history]))
