#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A pyftpdlib server, for ftpd.py: pyftp.py JSON. SIGUSR1 drops every connection, as a server that dies does."""
import json
import signal
import sys
import warnings

warnings.simplefilter("ignore")  # asynchat is deprecated

from asynchat import async_chat  # noqa: E402

from pyftpdlib.authorizers import DummyAuthorizer  # noqa: E402
from pyftpdlib.handlers import FTPHandler  # noqa: E402
from pyftpdlib.servers import FTPServer  # noqa: E402

ALL = "elradfmwMT"


class BytesHandler:
    """Names are bytes, not UTF-8: also in replies."""

    unicode_errors = "surrogateescape"
    use_sendfile = False

    def push(self, text):
        async_chat.push(self, text.encode("utf8", self.unicode_errors))


def secure(options):
    from OpenSSL import SSL
    from pyftpdlib.handlers import TLS_FTPHandler

    class Handler(BytesHandler, TLS_FTPHandler):
        certfile = options["certificate"]
        keyfile = options["key"]

    Handler.ssl_context = Handler.get_ssl_context()
    not_wanted = {"1.2": SSL.OP_NO_TLSv1_3, "1.3": SSL.OP_NO_TLSv1_2}[options["tls"]]
    Handler.ssl_context.set_options(not_wanted | SSL.OP_NO_TLSv1 | SSL.OP_NO_TLSv1_1)
    return Handler


def main():
    options = json.loads(sys.argv[1])
    handler = secure(options) if options["tls"] else type("Handler", (BytesHandler, FTPHandler), {})
    authorizer = DummyAuthorizer()
    for user, password in options["users"]:
        authorizer.add_user(user, password, options["home"], perm=ALL)
    authorizer.add_anonymous(options["home"], perm=ALL)
    handler.authorizer = authorizer
    if not options["passive"]:
        handler.proto_cmds = {name: value for name, value in handler.proto_cmds.items() if name not in ("PASV", "EPSV")}
    server = FTPServer((options["host"], options["port"]), handler)
    server.max_cons = 0

    def drop(*_):
        for channel in list(server.ioloop.socket_map.values()):
            if channel is not server:
                channel.close()

    signal.signal(signal.SIGUSR1, drop)
    server.serve_forever(handle_exit=False)


if __name__ == "__main__":
    main()
