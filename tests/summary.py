#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Counts what the tests of a meson run said: each TAP line is a test, a program without TAP is one."""
import json
import re
import sys


def explain(result):
    """What a failed program said about each failed test, which meson leaves out for TAP, and how it ended."""
    if result["result"] not in ("OK", "SKIP", "EXPECTEDFAIL"):
        print(f"{result['name']}: {result['result']} (status {result.get('returncode')}, {result.get('duration', 0):.0f} s)")
    lines = (result.get("stdout") or "").splitlines()
    for number, line in enumerate(lines):
        if re.match(r"\s*not ok \d+", line) and "# SKIP" not in line.upper():
            print(f"{result['name']}: {line.strip()}")
            for comment in lines[number + 1:number + 20]:
                if not comment.startswith("#"):
                    break
                print(f"    {comment}")


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
                result = json.loads(line)
                explain(result)
                totals = [a + b for a, b in zip(totals, count(result))]
    except OSError as error:
        print(error, file=sys.stderr)
        totals[1] += 1
    passed, failed, skipped = totals
    print(f"{passed} passed, {failed} failed" + (f", {skipped} skipped" if skipped else ""))
    return 1 if failed or passed == 0 else 0


sys.exit(main())
