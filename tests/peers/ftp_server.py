#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""An FTP server for the tests of transfers: ftp_server.py JSON. It prints its port, and ends when its input does.

root: the folder that it shows; speed: bytes a second, both ways; breaks, up_breaks: so many downloads and uploads lose their connection, each after
`break_after` bytes; max: connections; inject: the folder "/hostile" also shows names that lead out of it; no_size: it knows neither SIZE nor MDTM nor MLSD;
no_rest: nor REST; zero_size: SIZE is 0 of every file; refuse_stor: so many STOR are answered
with 450, a moment later; empty_stor: so many STOR of each file empty it, or make it, and are answered with 425 and no 150. The commands that come are in the file `commands` beside the root.
"""
import json
import os
import sys
import threading

from pyftpdlib.authorizers import DummyAuthorizer
from pyftpdlib.filesystems import AbstractedFS
from pyftpdlib.handlers import DTPHandler, FTPHandler, ThrottledDTPHandler
from pyftpdlib.servers import FTPServer

options = {"speed": 0, "breaks": 0, "up_breaks": 0, "break_after": 0, "max": 0, "inject": False, "no_size": False, "no_rest": False, "zero_size": False, "refuse_stor": 0,
           "empty_stor": 0}
options.update(json.loads(sys.argv[1]))
emptied = {}
commands = open(os.path.join(os.path.dirname(options["root"]), "commands"), "a", encoding="utf-8", errors="surrogateescape")


class Files(AbstractedFS):
    def format_mlsx(self, basedir, listing, perms, facts, ignore_err=True):
        yield from super().format_mlsx(basedir, listing, perms, facts, ignore_err)
        if options["inject"] and basedir.endswith("/hostile"):
            for name in (b"../outside", b"/etc/outside", b"..", b".", b"sub/../../outside", b"..\\outside", b"C:\\outside"):
                yield b"type=file;size=4;modify=20200101000000; " + name + b"\r\n"


class Data(ThrottledDTPHandler if options["speed"] else DTPHandler):
    read_limit = write_limit = options["speed"]
    # pyftpdlib sets it after a connection that is gone already has been closed, which looks at it: without it here, the same error is raised at each turn for ever.
    _throttler = None
    n_sent = 0

    def send(self, data):
        if options["breaks"] > 0 and self.cmd == "RETR" and self.n_sent + len(data) > options["break_after"]:
            options["breaks"] -= 1
            super().send(data[:max(options["break_after"] - self.n_sent, 1)])
            self.cmd_channel.close()
            return 0
        n = super().send(data)
        self.n_sent += n
        return n

    def handle_read(self):
        super().handle_read()
        if options["up_breaks"] > 0 and self.cmd in ("STOR", "APPE") and self.tot_bytes_received > options["break_after"]:
            options["up_breaks"] -= 1
            self.cmd_channel.close()

    handle_read_event = handle_read


class Handler(FTPHandler):
    abstracted_fs = Files
    dtp_handler = Data
    use_sendfile = False
    banner = "ready"
    n_open = 0

    def handle(self):
        Handler.n_open += 1
        self.counted = True
        if options["max"] and Handler.n_open > options["max"]:
            self.handle_max_cons()
        else:
            super().handle()

    def ftp_SIZE(self, path):
        if options["zero_size"] and os.path.exists(path):
            self.respond("213 0")
        else:
            super().ftp_SIZE(path)

    def ftp_STOR(self, file, mode="w"):
        if options["refuse_stor"] > 0 and mode == "w":
            options["refuse_stor"] -= 1
            self.ioloop.call_later(0.05, self.respond, "450 busy")
        elif emptied.get(file, 0) < options["empty_stor"] and mode == "w":
            emptied[file] = emptied.get(file, 0) + 1
            open(file, "wb").close()
            self.respond("425 no data connection")
        else:
            super().ftp_STOR(file, mode)

    def pre_process_command(self, line, cmd, arg):
        commands.write(line + "\n")
        commands.flush()
        super().pre_process_command(line, cmd, arg)

    def close(self):
        if getattr(self, "counted", False):
            self.counted = False
            Handler.n_open -= 1
        super().close()


unknown = ("SIZE", "MDTM", "MLSD", "MLST", "MFMT") if options["no_size"] else ()
unknown += ("REST",) if options["no_rest"] else ()
Handler.proto_cmds = {key: value for key, value in FTPHandler.proto_cmds.items() if key not in unknown}

authorizer = DummyAuthorizer()
authorizer.add_anonymous(options["root"], perm="elradfmwMT")
Handler.authorizer = authorizer
server = FTPServer(("127.0.0.1", 0), Handler)
print(server.address[1], flush=True)


def wait_for_end():
    sys.stdin.read()
    os._exit(0)


threading.Thread(target=wait_for_end, daemon=True).start()
server.serve_forever(timeout=0.05, handle_exit=False)
