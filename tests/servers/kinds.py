# SPDX-License-Identifier: GPL-3.0-or-later
"""How each of the FTP servers is started: its configuration, its command, its environment. They change nothing on the machine: accounts
are in files of their own, put over /etc/passwd and the like in a mount namespace."""
import json
import os
import shlex
import sys

from servers.unpack import NotPossible, find, folders_of, run, unpack

# The user as whom the servers work, and what they know it by.
UID = 54321
GUEST = ("tlguest", "guest-pw 1")
REAL = ("tlreal", "real-密码 2")


def put(path, text, mode=0o644):
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    os.chmod(path, mode)
    return path


def hash_of(password):
    return run("openssl", "passwd", "-6", password).stdout.strip()


def environment(root, **more):
    env = dict(os.environ, **more)
    if root != "/":
        env["LD_LIBRARY_PATH"] = ":".join(folders_of(root, ".so."))
    return env


def openssl_conf(place, tls):
    """For the servers that have no setting of their own for the version of TLS."""
    version = f"TLSv{tls}"
    return put(os.path.join(place, "openssl.cnf"), f"""openssl_conf = init
[init]
ssl_conf = ssl
[ssl]
system_default = versions
[versions]
MinProtocol = {version}
MaxProtocol = {version}
CipherString = DEFAULT@SECLEVEL=1
""")


def passwd_lines(home):
    lines = ["root:x:0:0:root:/root:/bin/sh", "nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin"]
    lines += [f"{user}:x:{UID}:{UID}::{home}:/bin/sh" for user in ("ftp", GUEST[0], REAL[0])]
    return "\n".join(lines) + "\n"


def need_root(name):
    if os.geteuid() != 0:
        raise NotPossible(f"{name} with accounts of the test's own can be started by root only.")
    if run("unshare", "-m", "true").returncode != 0:
        raise NotPossible(f"{name} needs a mount namespace, which cannot be made here.")


def with_accounts(place, home, command, pam=None):
    """`command` where /etc knows the test's accounts, and only in its own mount namespace."""
    put(os.path.join(place, "passwd"), passwd_lines(home))
    put(os.path.join(place, "group"), f"root:x:0:\nnogroup:x:65534:\nftp:x:{UID}:\n")
    put(os.path.join(place, "shadow"), "".join(f"{user}:{hash_of(password)}:19000:0:99999:7:::\n" for user, password in (GUEST, REAL)), 0o600)
    put(os.path.join(place, "nsswitch.conf"), "passwd: files\ngroup: files\nshadow: files\nhosts: files\n")
    binds = [(os.path.join(place, name), f"/etc/{name}") for name in ("passwd", "group", "shadow", "nsswitch.conf")]
    if pam:
        folder = os.path.join(place, "pam.d")
        os.makedirs(folder, exist_ok=True)
        put(os.path.join(folder, "tonglu-test"), pam)
        binds.append((folder, "/etc/pam.d"))
    mounts = " && ".join(f"mount --bind {shlex.quote(source)} {target}" for source, target in binds)
    return ["unshare", "-m", "sh", "-c", f"{mounts} && exec {shlex.join(command)}"]


def vsftpd(server, place):
    need_root("vsftpd")
    root = unpack("vsftpd", server.cache)
    empty = os.path.join(place, "empty")
    os.makedirs(empty, exist_ok=True)
    listen = ["listen=NO", "listen_ipv6=YES", "listen_address6=::1"] if server.host == "::1" else \
        ["listen=YES", "listen_ipv6=NO", "listen_address=127.0.0.1"]
    lines = [*listen, f"pasv_enable={'YES' if server.passive else 'NO'}", "background=NO", f"listen_port={server.port}",
             "connect_from_port_20=NO", f"secure_chroot_dir={empty}", "pam_service_name=tonglu-test", "seccomp_sandbox=NO",
             "anonymous_enable=YES", "no_anon_password=YES", f"anon_root={server.home}", "anon_upload_enable=YES",
             "anon_mkdir_write_enable=YES", "anon_other_write_enable=YES", "anon_world_readable_only=NO", "anon_umask=022",
             "local_enable=YES", "local_umask=022", "write_enable=YES", "chroot_local_user=YES", "allow_writeable_chroot=YES",
             "mdtm_write=YES", "utf8_filesystem=YES", "delay_failed_login=0", "max_clients=0", f"max_per_ip={server.limit}", "xferlog_enable=NO",
             "session_support=NO"]
    env = environment(root)
    if server.tls:
        lines += ["ssl_enable=YES", "allow_anon_ssl=YES", f"require_ssl_reuse={'YES' if server.reuse else 'NO'}", "ssl_ciphers=HIGH",
                  "force_local_data_ssl=NO", "force_local_logins_ssl=NO", f"rsa_cert_file={server.certificate}",
                  f"rsa_private_key_file={server.key}"]
        if server.implicit:
            lines.append("implicit_ssl=YES")
        env["OPENSSL_CONF"] = openssl_conf(place, server.tls)
    conf = put(os.path.join(place, "vsftpd.conf"), "\n".join(lines) + "\n", 0o600)
    pam = "auth required pam_unix.so\naccount required pam_permit.so\nsession required pam_permit.so\n"
    return with_accounts(place, server.home, [find(root, "vsftpd"), conf], pam), env


def proftpd(server, place):
    need_root("ProFTPD")
    root = unpack("proftpd", server.cache)
    users = "".join(f"{user}:{hash_of(password)}:{UID}:{UID}::{server.home}:/bin/sh\n"
                    for user, password in (GUEST, REAL, ("ftp", "x"), ("nobody", "x")))
    put(os.path.join(place, "users"), users, 0o600)
    put(os.path.join(place, "groups"), f"ftp:x:{UID}:\n", 0o600)
    modules = [folder for folder in folders_of(root, "mod_tls.so")]
    lines = [f"ModulePath {modules[0]}"] if modules else []
    if server.tls and modules:
        lines.append("LoadModule mod_tls.c")
    lines += ["ServerName test", "ServerType standalone", f"DefaultAddress {server.host}", f"Port {server.port}", "SocketBindTight on",
              f"UseIPv6 {'on' if server.host == '::1' else 'off'}", "UseReverseDNS off", f"PidFile {place}/pid", f"ScoreboardFile {place}/scoreboard", "User nobody", "Group ftp",
              "AuthOrder mod_auth_file.c", f"AuthUserFile {place}/users", f"AuthGroupFile {place}/groups",
              "<IfModule mod_auth_pam.c>", "AuthPAM off", "</IfModule>",
              "<IfModule mod_delay.c>", "DelayEngine off", "</IfModule>",
              "RequireValidShell off", "DefaultRoot ~", "TimesGMT on", "AllowOverwrite on", "AllowStoreRestart on",
              "AllowRetrieveRestart on", "MaxInstances none", "WtmpLog off", f"SystemLog {place}/log", "TransferLog none", "Umask 022",
              "UseEncoding off", 'LogFormat command "%r"', f"ExtendedLog {place}/commands ALL command"]
    if server.limit:
        lines.append(f"MaxClientsPerHost {server.limit}")
    if server.tls:
        options = ["NoSessionReuseRequired"] if not server.reuse else []
        options += ["UseImplicitSSL"] if server.implicit else []
        lines += ["<IfModule mod_tls.c>", "TLSEngine on", f"TLSProtocol TLSv{server.tls}", f"TLSLog {place}/tls.log",
                  f"TLSRSACertificateFile {server.certificate}", f"TLSRSACertificateKeyFile {server.key}", "TLSRequired off",
                  "TLSVerifyClient off"]
        lines += [f"TLSOptions {' '.join(options)}"] if options else []
        lines.append("</IfModule>")
    if not server.passive:
        lines += ["<Limit PASV EPSV>", "DenyAll", "</Limit>"]
    lines += [f"<Anonymous {server.home}>", "User ftp", "Group ftp", "UserAlias anonymous ftp", "AllowStoreRestart on",
              "<Limit ALL>", "AllowAll", "</Limit>", "</Anonymous>"]
    conf = put(os.path.join(place, "proftpd.conf"), "\n".join(lines) + "\n")
    return [find(root, "proftpd"), "-n", "-q", "-c", conf], environment(root)


def pure_ftpd(server, place):
    need_root("Pure-FTPd")
    if server.implicit:
        raise NotPossible("Pure-FTPd is built without implicit TLS.")
    if not server.passive:
        raise NotPossible("Pure-FTPd always listens for data connections.")
    root = unpack("pure-ftpd", server.cache)
    env = environment(root, FTP_ANON_DIR=server.home)
    users = "".join(f"{user}:{hash_of(password)}:{UID}:{UID}::{server.home}/./::::::::::::\n" for user, password in (GUEST, REAL))
    put(os.path.join(place, "users"), users, 0o600)
    made = run(find(root, "pure-pw"), "mkdb", f"{place}/users.pdb", "-f", f"{place}/users", env=env)
    if made.returncode != 0:
        raise NotPossible(f"Pure-FTPd's accounts could not be made: {made.stderr.strip()}")
    command = [find(root, "pure-ftpd"), "-S", f"{server.host},{server.port}", "-l", f"puredb:{place}/users.pdb", "-u", "100", "-C",
               str(server.limit or 800), "-c", "800", "-H", "-M", "-L", "1000000:1000", "-g", f"{place}/pid", "-U", "022:022"]
    command += [] if server.host == "::1" else ["-4"]
    if server.tls:
        command += ["-Y", "1", "-2", server.both]
        env["OPENSSL_CONF"] = openssl_conf(place, server.tls)
    else:
        command += ["-Y", "0"]
    return with_accounts(place, server.home, command), env


def pyftpdlib(server, place):
    python = "/usr/bin/python3" if os.path.exists("/usr/bin/python3") else sys.executable
    needed = "import pyftpdlib.servers" + (", OpenSSL" if server.tls else "")
    if run(python, "-c", needed).returncode != 0:
        raise NotPossible("pyftpdlib is not there for the system's Python.")
    if server.implicit:
        raise NotPossible("pyftpdlib has no implicit TLS.")
    options = {"host": server.host, "passive": server.passive, "port": server.port, "home": server.home, "users": [GUEST, REAL], "tls": server.tls, "certificate": server.certificate,
               "key": server.key}
    program = os.path.join(os.path.dirname(os.path.abspath(__file__)), "pyftp.py")
    return [python, "-W", "ignore", program, json.dumps(options)], dict(os.environ, PYTHONDONTWRITEBYTECODE="1")


KINDS = {"vsftpd": vsftpd, "proftpd": proftpd, "pure-ftpd": pure_ftpd, "pyftpdlib": pyftpdlib}
# Those that refuse a data connection whose TLS session is not the control connection's.
WANT_REUSE = ("vsftpd", "proftpd")
