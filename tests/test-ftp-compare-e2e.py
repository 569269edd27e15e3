#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Comparing and synchronising end to end: the window, in Chinese, against a real server; bytes are compared on both disks. Prints TAP.
With names of cases as arguments, only those."""
import shutil
import sys
import tempfile

from e2e import ftp_compare
from e2e.desk import run_cases
from servers.ftpd import NotPossible, Server


def main():
    place = tempfile.mkdtemp()
    try:
        with Server("proftpd", place):
            pass
    except NotPossible as reason:
        print(f"1..0 # SKIP no ProFTPD can run here: {reason}")
        return 0
    finally:
        shutil.rmtree(place)
    return run_cases(ftp_compare.CASES)


if __name__ == "__main__":
    sys.exit(main())
