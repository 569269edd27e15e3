# SPDX-License-Identifier: GPL-3.0-or-later
"""The shared folder as a process (share-drive), a raw peer for it, and a report in TAP."""
import os
import re
import socket
import ssl
import subprocess
import tempfile
import time
import traceback

PROGRAM = os.environ["TONGLU_SHARE_DRIVE"]
# Nobody waits for it but where a test fails; a busy machine may need most of it.
SECONDS = 120
USER, PASSWORD = "张三", "geheim-密码-1"


class Share:
    """Shares `folder` until the `with` ends; then `log` and `counts` are there."""

    def __init__(self, folder, *options, certificate=None, limits=()):
        self.folder = folder
        self.certificate = certificate or os.path.join(os.path.dirname(folder), "certificate.pem")
        self.options = list(options)
        self.limits = limits
        address = next((option.split("=", 1)[1] for option in options if option.startswith("address=")), "127.0.0.1")
        self.host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(address, address)
        self.log, self.counts = None, None

    def __enter__(self):
        self.errors = tempfile.TemporaryFile()
        def limit():
            import resource
            for what, number in self.limits:
                resource.setrlimit(what, (number, number))
        self.process = subprocess.Popen([PROGRAM, self.folder, self.certificate, *self.options], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=self.errors, preexec_fn=limit, env={**os.environ, "G_DEBUG": "fatal-warnings"})
        line = self.process.stdout.readline().decode()
        assert line.startswith("PORT "), line
        self.port = int(line.split()[1])
        self.fingerprint = self.process.stdout.readline().decode().split()[1:]
        return self

    def tell(self, line):
        """Changes something while it is shared: an option as above, or `forget NAME`."""
        self.process.stdin.write(line.encode() + b"\n")
        self.process.stdin.flush()

    def descriptors(self):
        return len(os.listdir(f"/proc/{self.process.pid}/fd"))

    def memory(self):
        """In KiB."""
        with open(f"/proc/{self.process.pid}/status", encoding="utf-8") as file:
            return int(re.search(r"VmRSS:\s+(\d+)", file.read())[1])

    def __exit__(self, kind, *_):
        out, _ = self.process.communicate(timeout=SECONDS)
        lines = out.decode(errors="surrogateescape").splitlines()
        counts = next((line for line in lines if line.startswith("COUNTS ")), "")
        self.counts = {name: int(number) for name, number in re.findall(r"(\w+)=(\d+)", counts)}
        self.log = [line for line in lines if not line.startswith("COUNTS ")]
        self.errors.seek(0)
        said = self.errors.read().decode(errors="replace")
        self.errors.close()
        if kind is None:
            assert self.process.returncode == 0, f"ended with {self.process.returncode}: {said}"
            assert not said, said
            text = "\n".join(self.log)
            assert PASSWORD not in text, "a password is in the log"


def until(condition, what, seconds=SECONDS):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, f"awaited in vain: {what}"
        time.sleep(0.01)


class Raw:
    """A client that says what no client says."""

    def __init__(self, share, login=True, user=USER, password=PASSWORD):
        self.socket = socket.create_connection((share.host, share.port), SECONDS)
        self.host = share.host
        self.rest = b""
        self.greeting = self.reply()
        if login:
            self.log_in(user, password)

    def log_in(self, user=USER, password=PASSWORD):
        assert self.ask(f"USER {user}".encode()).startswith(b"331")
        answer = self.ask(f"PASS {password}".encode())
        assert answer.startswith(b"230"), answer

    def send(self, data):
        self.socket.sendall(data)

    def reply(self):
        """A whole reply, b"" at the end."""
        lines = []
        while True:
            while b"\r\n" not in self.rest:
                data = self.socket.recv(65536)
                if not data:
                    return b"".join(lines) + self.rest
                self.rest += data
            line, self.rest = self.rest.split(b"\r\n", 1)
            lines.append(line + b"\r\n")
            if re.match(rb"\d{3} ", line) and (len(lines) == 1 or line[:3] == lines[0][:3]):
                return b"".join(lines)

    def ask(self, line):
        self.send(line + b"\r\n")
        return self.reply()

    def passive(self):
        answer = self.ask(b"EPSV")
        assert answer.startswith(b"229"), answer
        return int(re.search(rb"\|\|\|(\d+)\|", answer)[1])

    def data(self):
        return socket.create_connection((self.host, self.passive()), SECONDS)

    def fetch(self, command):
        """The bytes and the last reply."""
        with self.data() as data:
            first = self.ask(command)
            if not first.startswith(b"150"):
                return b"", first
            found = b""
            while part := data.recv(65536):
                found += part
        return found, self.reply()

    def store(self, command, content):
        with self.data() as data:
            first = self.ask(command)
            if not first.startswith(b"150"):
                return first
            data.sendall(content)
        return self.reply()

    def start_tls(self, version=None):
        assert self.ask(b"AUTH TLS").startswith(b"234")
        self.context = ssl.create_default_context()
        self.context.check_hostname, self.context.verify_mode = False, ssl.CERT_NONE
        if version:
            self.context.minimum_version = self.context.maximum_version = version
        self.socket = self.context.wrap_socket(self.socket)

    def close(self):
        self.socket.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


class Report:
    """Each function of a list is a test; its first line of documentation is its name."""

    def __init__(self):
        self.number, self.well = 0, True

    def run(self, operation, *arguments, label=""):
        self.number += 1
        name = f"{operation.__doc__.splitlines()[0]}{label}"
        began = time.monotonic()
        try:
            operation(*arguments)
            print(f"ok {self.number} {name} # {time.monotonic() - began:.1f} s", flush=True)
        except Exception:  # the others are to be told, too
            self.well = False
            print(f"not ok {self.number} {name}")
            print("".join(f"# {line}\n" for line in traceback.format_exc().splitlines()), end="", flush=True)

    def end(self):
        print(f"1..{self.number}")
        return 0 if self.well else 1
