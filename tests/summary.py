#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Counts what the tests of a meson run said: each TAP line is a test, a program without TAP is one."""
import json
import re
import sys


def count(result):
    passed = failed = skipped = 0
    for line in (result.get("stdout") or "").splitlines():
        tap = re.match(r"\s*(not )?ok \d+(.*)", line)
        if not tap:
            continue
        if "# SKIP" in tap[2].upper():
            skipped += 1
        elif tap[1]:
            failed += 1
        else:
            passed += 1
    verdict = result["result"]
    if verdict not in ("OK", "SKIP", "EXPECTEDFAIL"):
        failed = max(failed, 1)
    elif passed + failed + skipped == 0:
        if verdict == "SKIP":
            skipped = 1
        else:
            passed = 1
    return passed, failed, skipped


def main():
    totals = [0, 0, 0]
    try:
        with open(sys.argv[1], encoding="utf-8") as log:
            for line in log:
                totals = [a + b for a, b in zip(totals, count(json.loads(line)))]
    except OSError as error:
        print(error, file=sys.stderr)
        totals[1] += 1
    passed, failed, skipped = totals
    print(f"{passed} passed, {failed} failed" + (f", {skipped} skipped" if skipped else ""))
    return 1 if failed or passed == 0 else 0


sys.exit(main())
