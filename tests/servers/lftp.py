# SPDX-License-Identifier: GPL-3.0-or-later
"""lftp as a client of the servers here, for measurements: nothing of the user's settings, any certificate."""
import os
import subprocess
import tempfile


def run(server, *commands, port=None, seconds=140):
    """From its start to its end. The password is not in its arguments."""
    user, password = server.accounts["real"]
    script = [f"set ssl:verify-certificate no; set ftp:ssl-force {'yes' if server.tls else 'no'}; set ftp:ssl-protect-data yes; set net:max-retries 3",
              f"open -p {port or server.port} 127.0.0.1", f'user "{user}" "{password}"', *commands]
    with tempfile.TemporaryDirectory() as home:
        env = dict(os.environ, HOME=home, LFTP_HOME=home, LC_ALL="C.UTF-8")
        subprocess.run(["lftp", "--norc", "-f", "/dev/stdin"], input="\n".join(script).encode() + b"\n", check=True, timeout=seconds, stdout=subprocess.DEVNULL, env=env)
