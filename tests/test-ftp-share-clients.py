#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The shared folder as other programs see it: curl, lftp, wget, ncftp, Python's ftplib; in clear, TLS 1.2 and 1.3. Prints TAP."""
import filecmp
import ftplib
import hashlib
import io
import os
import random
import shutil
import ssl
import subprocess
import sys
import tempfile
import urllib.parse

from servers.drive import Drive
from servers.share import PASSWORD, SECONDS, USER, Report, Share

TLS = {None: None, "1.2": ssl.TLSVersion.TLSv1_2, "1.3": ssl.TLSVersion.TLSv1_3}
WRITE = ("writable=1", f"account={USER}:{PASSWORD}::rw")
NAME = "目录/大 文件.bin"
TIME = 1_580_601_600


def noise(length, seed):
    return random.Random(seed).randbytes(length)


def make_tree(top):
    """Names of all kinds, files of all sizes."""
    os.makedirs(os.path.join(top, "目录", "空"))
    for i in range(30):
        with open(os.path.join(top, "目录", f"文件 {i}.txt"), "wb") as file:
            file.write(noise((0, 1, 4096, 70_000)[i % 4], i))
    with open(os.path.join(top, NAME), "wb") as file:
        file.write(noise(3_000_001, 7))
    os.utime(os.path.join(top, NAME), (TIME, TIME))


def run(*command, good=True, **options):
    done = subprocess.run(command, capture_output=True, timeout=SECONDS * 2, check=False, **options)
    assert (done.returncode == 0) == good, f"{command[0]} ended with {done.returncode}: {done.stderr.decode(errors='replace')[-2000:]}"
    return done.stdout


def assert_same(one, other):
    compared = filecmp.dircmp(one, other)
    stack = [compared]
    while stack:
        now = stack.pop()
        assert not (now.left_only or now.right_only or now.funny_files), (now.left_only, now.right_only)
        _, differ, errors = filecmp.cmpfiles(now.left, now.right, now.common_files, shallow=False)
        assert not differ and not errors, (differ, errors)
        stack += now.subdirs.values()


def url(share, path=""):
    return f"ftp://127.0.0.1:{share.port}/{urllib.parse.quote(path)}"


def curl(share, *arguments, tls=None, **options):
    secure = ("--ssl-reqd", "--insecure", f"--tlsv{tls}", "--tls-max", tls) if tls else ()
    return run("curl", "-sS", "--user", f"{USER}:{PASSWORD}", *secure, *arguments, **options)


def curl_moves(place, tls):
    """curl: listing, download, upload, resume, rename, delete, time"""
    top = os.path.join(place, "shared")
    with Share(top, *WRITE) as share:
        assert "目录" in curl(share, url(share), tls=tls).decode()
        whole = noise(3_000_001, 7)
        assert curl(share, url(share, NAME), tls=tls) == whole
        part = os.path.join(place, "part")
        with open(part, "wb") as file:
            file.write(whole[:1_234_567])
        curl(share, "--continue-at", "-", "--output", part, url(share, NAME), tls=tls)
        with open(part, "rb") as file:
            assert file.read() == whole
        curl(share, "--upload-file", part, url(share, "上传.bin"), tls=tls)
        assert filecmp.cmp(part, os.path.join(top, "上传.bin"), shallow=False)
        os.truncate(os.path.join(top, "上传.bin"), 1_000_000)
        curl(share, "--continue-at", "-", "--upload-file", part, url(share, "上传.bin"), tls=tls)
        assert filecmp.cmp(part, os.path.join(top, "上传.bin"), shallow=False)
        curl(share, "--append", "--upload-file", part, url(share, "上传.bin"), tls=tls)
        assert os.path.getsize(os.path.join(top, "上传.bin")) == 2 * len(whole)
        curl(share, "--quote", "RNFR 上传.bin", "--quote", "RNTO 改名.bin", url(share), tls=tls)
        curl(share, "--quote", "MFMT 20200202000000 改名.bin", url(share), tls=tls)
        assert os.path.getmtime(os.path.join(top, "改名.bin")) == TIME
        curl(share, "--quote", "DELE 改名.bin", url(share), tls=tls)
        assert sorted(os.listdir(top)) == ["目录"]
        if not tls:
            assert curl(share, "--ftp-port", "-", url(share, NAME)) == whole
            assert curl(share, "--disable-epsv", url(share, NAME)) == whole
        curl(share, "--upload-file", part, url(share, "no/such/place"), good=False, tls=tls)


def lftp_mirrors(place, tls):
    """lftp: mirror up and down, alone and with four connections; active too"""
    top = os.path.join(place, "shared")
    secure = ("set ssl:verify-certificate no; set ftp:ssl-force yes; set ftp:ssl-protect-data yes; "
              f"set ssl:priority 'NORMAL:-VERS-ALL:+VERS-TLS{tls}'") if tls else "set ftp:ssl-allow no"
    with Share(top, *WRITE) as share:
        for parallel, active in ((1, False), (4, False), (1, True)):
            back = os.path.join(place, "back")
            run("lftp", "-c", f"set net:timeout 10; set net:max-retries 1; set ftp:passive-mode {'no' if active else 'yes'}; {secure}; "
                f"open -u {USER},{PASSWORD} ftp://127.0.0.1:{share.port}; mirror --parallel={parallel} 目录 {back}; "
                f"mirror -R --parallel={parallel} {back} 镜像", cwd=place)
            assert_same(os.path.join(top, "目录"), back)
            assert_same(back, os.path.join(top, "镜像"))
            assert os.path.getmtime(os.path.join(top, "镜像", os.path.basename(NAME))) == TIME
            shutil.rmtree(back)
            shutil.rmtree(os.path.join(top, "镜像"))
    broken = [line for line in share.log if line.startswith(("> 426", "> 425", "> 451", "> 522"))]
    assert not broken, broken


def wget_fetches(place):
    """wget: a whole folder"""
    with Share(os.path.join(place, "shared"), *WRITE) as share:
        back = os.path.join(place, "wget")
        run("wget", "-q", "-r", "-nH", "-P", back, f"ftp://{urllib.parse.quote(USER)}:{urllib.parse.quote(PASSWORD)}@127.0.0.1:{share.port}/目录/",
            env={**os.environ, "LC_ALL": "C.UTF-8"})
        # wget makes no empty folders.
        os.makedirs(os.path.join(back, "目录", "空"), exist_ok=True)
        assert_same(os.path.join(place, "shared", "目录"), os.path.join(back, "目录"))
        shutil.rmtree(back)


def ncftp_moves(place):
    """ncftp: down, up, listing"""
    top = os.path.join(place, "shared")
    with Share(top, *WRITE) as share:
        to = ("-u", USER, "-p", PASSWORD, "-P", str(share.port), "127.0.0.1")
        run("ncftpget", *to, place, f"/{NAME}")
        assert filecmp.cmp(os.path.join(top, NAME), os.path.join(place, os.path.basename(NAME)), shallow=False)
        run("ncftpput", *to, "/", os.path.join(place, os.path.basename(NAME)))
        sent = os.path.join(top, os.path.basename(NAME))
        assert filecmp.cmp(sent, os.path.join(top, NAME), shallow=False)
        os.remove(sent)


class Resuming(ftplib.FTP_TLS):
    """Takes the session of the control connection up, as RFC 4217 asks for; Python's own does not."""
    resume = True

    def ntransfercmd(self, cmd, rest=None):
        connection, size = ftplib.FTP.ntransfercmd(self, cmd, rest)
        if self._prot_p:
            connection = self.context.wrap_socket(connection, session=self.sock.session if self.resume else None)
            assert connection.session_reused == self.resume
        return connection, size


def python_client(share, tls, context=None):
    if not tls:
        client = ftplib.FTP(encoding="utf-8", timeout=SECONDS)
    else:
        context = context or ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        context.minimum_version = context.maximum_version = TLS[tls]
        client = Resuming(context=context, encoding="utf-8", timeout=SECONDS)
    client.connect("127.0.0.1", share.port)
    client.login(USER, PASSWORD)
    if tls:
        client.prot_p()
    return client


def python_moves(place, tls):
    """ftplib: all commands, passive and active; the fingerprint"""
    top = os.path.join(place, "shared")
    with Share(top, *WRITE) as share:
        client = python_client(share, tls)
        if tls:
            der = client.sock.getpeercert(binary_form=True)
            assert hashlib.sha256(der).hexdigest().upper() == share.fingerprint[0].replace(":", "")
            assert client.sock.version() == f"TLSv{tls}"
        assert client.pwd() == "/"
        client.cwd("目录")
        assert client.pwd() == "/目录"
        names = {name: facts for name, facts in client.mlsd() if facts["type"] in ("file", "dir")}
        assert names["大 文件.bin"]["size"] == "3000001" and names["大 文件.bin"]["modify"] == "20200202000000", names["大 文件.bin"]
        assert names["空"]["type"] == "dir"
        assert sorted(client.nlst()) == sorted(names)
        assert sorted(client.nlst("/目录")) == sorted(f"/目录/{name}" for name in names)
        # Listings were asked for in TYPE A, as which nobody knows the size of what comes.
        try:
            client.size("大 文件.bin")
            raise AssertionError("a size in TYPE A")
        except ftplib.error_perm:
            client.sendcmd("TYPE I")
        assert client.size("大 文件.bin") == 3_000_001
        assert client.sendcmd("MDTM 大 文件.bin") == "213 20200202000000"
        digest = hashlib.sha256(noise(3_000_001, 7)).hexdigest()
        assert client.sendcmd("HASH 大 文件.bin") == f"213 SHA-256 0-3000001 {digest} 大 文件.bin"
        for passive in (True, False) if not tls else (True,):
            client.set_pasv(passive)
            found = io.BytesIO()
            client.retrbinary("RETR 大 文件.bin", found.write, rest=17)
            assert found.getvalue() == noise(3_000_001, 7)[17:]
            client.storbinary("STOR neu.bin", io.BytesIO(b"x" * 300_000))
            assert client.size("neu.bin") == 300_000
        client.set_pasv(True)
        client.storbinary("APPE neu.bin", io.BytesIO(b"yy"))
        assert client.size("neu.bin") == 300_002
        client.rename("neu.bin", "/alt.bin")
        client.delete("/alt.bin")
        assert client.mkd('a"b') == '/目录/a"b'
        client.cwd('a"b')
        assert client.pwd() == '/目录/a"b'
        client.sendcmd("CDUP")
        client.rmd('a"b')
        for command in ("SYST", "FEAT", "HELP", "STAT", "NOOP", "OPTS UTF8 ON", "ALLO 5", "ACCT x", "TYPE I", "MODE S", "STRU F", "STAT .", "MLST ."):
            assert client.sendcmd(command)[0] == "2", command
        assert client.quit().startswith("221")
    assert share.counts["sent"] >= 3_000_001 and share.counts["received"] >= 300_002, share.counts


def needs_session(place, tls):
    """a data connection without the session of its control connection is refused"""
    with Share(os.path.join(place, "shared"), *WRITE) as share:
        client = python_client(share, tls)
        client.resume = False
        try:
            client.nlst()
            raise AssertionError("it was taken")
        except (ftplib.Error, ssl.SSLError, ConnectionError, EOFError):
            pass
        # Nor is the session of another control connection good enough.
        other = python_client(share, tls)
        one = python_client(share, tls, other.context)

        def with_other(cmd, rest=None):
            connection, size = ftplib.FTP.ntransfercmd(one, cmd, rest)
            return one.context.wrap_socket(connection, session=other.sock.session), size
        one.ntransfercmd = with_other
        try:
            one.nlst()
            raise AssertionError("it was taken")
        except (ftplib.Error, ssl.SSLError, ConnectionError, EOFError):
            pass
        assert other.nlst()
    assert sum(line.startswith("> 522") for line in share.log) == 2, [line for line in share.log if line.startswith("> 5")]


def own_client(place):
    """our own client: TLS, the same fingerprint at both ends, listing, download, upload, resume, a folder, times"""
    top = os.path.join(place, "shared")
    with Share(top, *WRITE, "tls=2") as share:
        drive = Drive(os.environ["TONGLU_FTP_DRIVE"], place)
        try:
            drive.site(share.port, "explicit", "real", USER, PASSWORD)
            drive.ask("connect")
            state = drive.state()
            assert state["encrypted"] and "certificate" in state["asked"], state
            assert drive.ask("fingerprint") == share.fingerprint, (drive.ask("fingerprint"), share.fingerprint)
            entries, unparsed = drive.list("/目录")
            big = os.path.basename(NAME).encode()
            assert unparsed == 0 and set(entries) == {os.fsencode(name) for name in os.listdir(os.path.join(top, "目录"))}
            assert entries[big].size == 3_000_001 and entries[big].time == TIME
            got = os.path.join(place, "own")
            drive.ask("fetch", f"/{NAME}", 0, got)
            assert filecmp.cmp(got, os.path.join(top, NAME), shallow=False)
            os.truncate(got, 1_000_000)
            drive.ask("fetch", f"/{NAME}", 1_000_000, got)
            assert filecmp.cmp(got, os.path.join(top, NAME), shallow=False)
            drive.ask("mkdir", "/自己")
            drive.ask("store", "/自己/甲", 0, got)
            os.truncate(os.path.join(top, "自己", "甲"), 2_000_000)
            drive.ask("store", "/自己/甲", 2_000_000, got)
            assert filecmp.cmp(got, os.path.join(top, "自己", "甲"), shallow=False)
            drive.ask("touch", "/自己/甲", TIME)
            assert os.path.getmtime(os.path.join(top, "自己", "甲")) == TIME
            drive.ask("mv", "/自己/甲", "/自己/乙")
            drive.ask("rm", "/自己/乙")
            drive.ask("rmdir", "/自己")
            assert not os.path.exists(os.path.join(top, "自己"))
        finally:
            drive.close()
    assert not any(line.startswith(("> 522", "> 425", "> 426")) for line in share.log)


def tls_only(place):
    """TLS required: nobody logs in or moves anything in clear"""
    with Share(os.path.join(place, "shared"), *WRITE, "tls=2") as share:
        client = ftplib.FTP(timeout=SECONDS)
        client.connect("127.0.0.1", share.port)
        for name in (USER, "anonymous"):
            try:
                client.login(name, PASSWORD)
                raise AssertionError("logged in")
            except (ftplib.error_perm, UnicodeEncodeError):
                pass
        curl(share, url(share), good=False)
        assert "目录" in curl(share, url(share), tls="1.3").decode()
        clear = python_client(share, "1.3")
        try:
            clear.prot_c()
            raise AssertionError("PROT C was taken")
        except ftplib.error_perm:
            pass


def main():
    report = Report()
    with tempfile.TemporaryDirectory(prefix="tonglu-share-") as place:
        os.makedirs(os.path.join(place, "shared"))
        make_tree(os.path.join(place, "shared"))
        for tls in TLS:
            label = f", TLS {tls}" if tls else ", in clear"
            report.run(curl_moves, place, tls, label=label)
            report.run(lftp_mirrors, place, tls, label=label)
            report.run(python_moves, place, tls, label=label)
            if tls:
                report.run(needs_session, place, tls, label=label)
        report.run(wget_fetches, place)
        report.run(ncftp_moves, place)
        report.run(own_client, place)
        report.run(tls_only, place)
    return report.end()


if __name__ == "__main__":
    sys.exit(main())
