# SPDX-License-Identifier: GPL-3.0-or-later
"""A TlFtpClient in a process of its own (ftp-drive), driven line by line."""
import os
import select
import subprocess
import time

SECURITY = {"auto": 0, "explicit": 1, "implicit": 2, "none": 3}
KIND = {"anonymous": 0, "guest": 1, "real": 2}
ERRORS = ("FAILED", "PROTOCOL", "CLOSED", "LOGIN", "TOO_MANY", "NOT_FOUND", "DENIED", "EXISTS", "NO_SPACE", "UNSUPPORTED", "DATA", "TLS",
          "NAME", "LOCAL", "CHANGED", "TIMED_OUT", "DECLINED")
CANCELLED = "CANCELLED"
# Nobody waits for it but where a test fails; a busy machine may need most of it.
ANSWER_SECONDS = 120


class Failed(Exception):
    """What the client said. `code`: the name of the TlFtpError, or CANCELLED, or the domain and number of another error."""

    def __init__(self, domain, number, message):
        super().__init__(message)
        number = int(number)
        if domain == "g-io-error-quark" and number == 19:
            self.code = CANCELLED
        elif domain == "TlFtpError":
            self.code = ERRORS[number]
        else:
            self.code = f"{domain} {number}"

    def __str__(self):
        return f"{self.code}: {self.args[0]}"


def word(value):
    """Bytes and text as hexadecimal, numbers as they are, None as `-`."""
    if value is None:
        return "-"
    if isinstance(value, int):
        return str(value)
    return (value.encode() if isinstance(value, str) else value).hex() or "-"


class Entry:
    """One entry of a listing."""

    KINDS = ("file", "directory", "link", "other")

    def __init__(self, line):
        kind, size, mtime, precision, mode, name, target = line.split()
        self.kind, self.size, self.time, self.precision, self.mode = (
            self.KINDS[int(kind)], int(size), int(mtime), int(precision), int(mode))
        self.name, self.target = (b"" if text == "-" else bytes.fromhex(text) for text in (name, target))


class Drive:
    """One client. Methods are its operations; they raise Failed."""

    def __init__(self, program, folder, prefix=(), environment=()):
        env = {name: value for name, value in os.environ.items() if name != "GIO_USE_VFS"}
        env.update(GIO_USE_VFS="local", G_DEBUG="fatal-criticals", LANGUAGE="en", LANG="C.UTF-8")
        env.update(environment)
        self.folder = folder
        self.errors = open(os.path.join(folder, "drive.err"), "w+", encoding="utf-8", errors="replace")
        self.process = subprocess.Popen([*prefix, program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.errors, env=env)
        self.rest = b""

    def ask(self, *words, raw_words=False, seconds=ANSWER_SECONDS):
        line = " ".join(words if raw_words else [words[0], *map(word, words[1:])])
        self.process.stdin.write(line.encode() + b"\n")
        self.process.stdin.flush()
        end = time.monotonic() + seconds
        while b"\n" not in self.rest:
            left = end - time.monotonic()
            if left <= 0 or not select.select([self.process.stdout], [], [], left)[0]:
                raise AssertionError(f"no answer to “{words[0]}” within {seconds} s")
            piece = os.read(self.process.stdout.fileno(), 65536)
            if not piece:
                raise AssertionError(f"the client ended at “{words[0]}”: {self.complaints()[-600:]}")
            self.rest += piece
        answer, self.rest = self.rest.split(b"\n", 1)
        answer = answer.decode(errors="replace")
        if answer.startswith("error "):
            raise Failed(*answer.split(" ", 3)[1:])
        return answer.split(" ")[1:]

    def soon(self, *words):
        """The command, cancelled when it has begun."""
        return self.ask("soon", *[words[0], *map(word, words[1:])], raw_words=True)

    def site(self, port, security, kind, user, password, host="127.0.0.1", active=False, trusted=None):
        """trusted: the fingerprint of a certificate that was trusted always."""
        self.ask("site", host, str(port), str(SECURITY[security]), str(KIND[kind]), word(user), word(password), str(int(active)),
                 *([trusted] if trusted else []), raw_words=True)

    def state(self):
        """The number of the state, whether encrypted, the directory, what was asked, the sentence about the security."""
        state, encrypted, directory, asked, *security = self.ask("state")
        return {"state": int(state), "encrypted": encrypted == "1", "directory": b"" if directory == "-" else bytes.fromhex(directory),
                "asked": [] if asked == "-" else asked.split(","), "security": " ".join(security)}

    def list(self, path=None):
        """A dictionary of entries by name, and the number of lines that were not understood."""
        file = os.path.join(self.folder, "listing")
        count, unparsed, _ = self.ask("list", path, file)
        with open(file, encoding="ascii") as lines:
            entries = [Entry(line) for line in lines]
        assert len(entries) == int(count)
        return {entry.name: entry for entry in entries}, int(unparsed)

    def stat(self, path):
        return tuple(map(int, self.ask("stat", path)))

    def complaints(self):
        self.errors.seek(0)
        return self.errors.read()

    def close(self):
        """Ends the process; fails when it complained or kept the client."""
        if self.process.poll() is None:
            self.process.stdin.close()
            try:
                self.process.wait(ANSWER_SECONDS)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        text = self.complaints()
        self.errors.close()
        self.process.stdout.close()
        assert self.process.returncode == 0, f"the client ended with {self.process.returncode}: {text[-600:]}"
