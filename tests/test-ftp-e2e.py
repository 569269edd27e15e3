#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The FTP page end to end: the window, in Chinese, against real servers; bytes are compared on disk. Prints TAP.
With names of cases as arguments, only those."""
import shutil
import sys
import tempfile

from e2e import ftp_accounts, ftp_edit, ftp_files, ftp_names, ftp_others, ftp_queue, ftp_search, ftp_view
from e2e.desk import run_cases
from servers.ftpd import NotPossible, Server


def can_run(kind, tls=None):
    """Whether such a server can run here; says why it cannot."""
    place = tempfile.mkdtemp()
    try:
        with Server(kind, place, tls=tls):
            return True
    except NotPossible as reason:
        print(f"# {kind}: {reason}")
        return False
    finally:
        shutil.rmtree(place)


def main():
    if not can_run("proftpd", "1.3"):
        print("1..0 # SKIP no ProFTPD can run here")
        return 0
    cases = ftp_files.CASES + ftp_edit.CASES + ftp_search.CASES + ftp_others.CASES + ftp_accounts.CASES + ftp_view.CASES + ftp_names.CASES + ftp_queue.CASES
    if can_run("pyftpdlib", "1.3"):
        cases += ftp_accounts.OF_PYFTPDLIB
    return run_cases(cases)


if __name__ == "__main__":
    sys.exit(main())
