/* SPDX-License-Identifier: GPL-3.0-or-later */
/* MLSD. */

static const Sample mlsd_samples[] = {
  { "modify=20240229103005;perm=adfrw;size=1234;type=file;unique=803U1F2A;UNIX.group=100;UNIX.groupname=users;UNIX.mode=0644;UNIX.owner=1000;UNIX.ownername=chen; 报告.txt\r\n",
    "f 1234 2024-02-29 10:30:05 p=0644 o=chen g=users n=报告.txt" },
  { "type=dir;sizd=4096;modify=20200101000000;UNIX.mode=0755;UNIX.uid=5;UNIX.gid=6;unique=1g2; dir with blanks\r\n",
    "d 4096 2020-01-01 00:00:00 p=0755 o=5 g=6 n=dir with blanks" },
  { "Type=cdir;Modify=20200101000000; /home\r\nTYPE=PDIR;MODIFY=20200101000000; ..\r\nTyPe=FiLe;SiZe=0; x\r\n", "f 0 - n=x" },
  { "type=OS.unix=slink:/srv/data;modify=20211212121212; data\r\n", "l - 2021-12-12 12:12:12 n=data t=/srv/data" },
  { "type=OS.unix=slink:/srv/my data;size=11; data\r\n", "l 11 - n=data t=/srv/my data" },
  { "type=OS.UNIX=symlink;modify=20211212121212.345; data\r\n", "l - 2021-12-12 12:12:12 n=data" },
  { "type=OS.unix=chr-1/3; null\r\n", "o - - n=null" },
  { "size=7;type=file last-semicolon-missing\r\n", "f 7 - n=last-semicolon-missing" },
  { "size=7;type=file a;b=c\r\n", "f 7 - n=a;b=c" },
  { "type=file;size=7;  two blanks: one is of the name \r\n", "f 7 - n= two blanks: one is of the name " },
  { "type=file;size=7; semi;colon = sign.txt", "f 7 - n=semi;colon = sign.txt" },
  { "type=file;modify=191200612030405;size=5; y2k\r\n", "f 5 2020-06-12 03:04:05 n=y2k" },
  { "type=file;modify=20201301000000;size=5; month 13\r\n", "f 5 - n=month 13" },
  { "type=file;perm=r;size=5;x.unknown=1;Media-Type=text/plain; other facts\r\n", "f 5 - p=r n=other facts" },
  { "type=file;size=5; a/b\r\n", "f 5 - !n=a/b" },
  { "type=file;size=99999999999999999999; too large\r\n", "f - - n=too large" },
};
