/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is rare. */

static const Sample eplf_samples[] = {
  { "+i131072.9,m1577934245,r,s42,\tread me.txt\r\n", "f 42 2020-01-02 03:04:05 n=read me.txt" },
  { "+i131072.10,m1577934245,/,\tfolder\r\n", "d - 2020-01-02 03:04:05 n=folder" },
  { "+r,s7,up644,\tmode\n", "f 7 - p=644 n=mode" },
  { "+,\tnothing is known\n", "f - - n=nothing is known" },
  { "+r,\t name, with a comma and a\ttab\n", "f - - n= name, with a comma and a\ttab" },
  { "+i1.2,r,s9, no tab\n", "f 9 - n=no tab" },
  { "+m99999999999999,r,\tno such time\n", "f - - n=no such time" },
  { "+i1.3,m1577934245,r,s0,\t\xbc\xf2.txt\r\n", "f 0 2020-01-02 03:04:05 n=\xbc\xf2.txt" },
  { "+/,up755,\t a -> b \r\n", "d - - p=755 n= a -> b " },
  { "+i9,s18446744073709551616,r,\ttoo large\r\n", "f - - n=too large" },
  { "+,,r,,s5,\tempty facts\r\n", "f 5 - n=empty facts" },
  { "+r,s5,\ta/b\r\n", "f 5 - !n=a/b" },
};

static const Sample netware_samples[] = {
  { "d [RWCEAFMS] admin                          512 Feb 11 09:12    SYSTEM\r\n", "d 512 2026-02-11 09:12? p=RWCEAFMS o=admin n=SYSTEM" },
  { "- [R----F--] wang                        734003 Nov 02  2005    budget.xls\r\n", "f 734003 2005-11-02 p=R----F-- o=wang n=budget.xls" },
  { "-[R----F-] two words                       12 Nov 02  2005    a b.txt\r\n", "f 12 2005-11-02 p=R----F- o=two g=words n=a b.txt" },
  { "total 0\r\nd [RWCEAFMS] admin                          512 Feb 11 09:12    X\r\n", "d 512 2026-02-11 09:12? p=RWCEAFMS o=admin n=X" },
  { "d [RWCEAFMS]    domain admins            512 Feb 29 09:12    leap dir\r\n", "d 512 2024-02-29 09:12? p=RWCEAFMS o=domain g=admins n=leap dir" },
  { "- [--------] nobody                        0 Nov 02  2005    none\r\n", "f 0 2005-11-02 p=-------- o=nobody n=none" },
};

static const Sample vms_samples[] = {
  { "Directory DKA0:[ANON]\r\n\r\nLOGIN.COM;12            3/18       4-MAR-2004 13:22:10.55  [ANON]   (RWED,RE,,)\r\n\r\nTotal of 1 file, 3/18 blocks.\r\n",
    "f 1536 2004-03-04 13:22:10 p=RWED,RE,, o=ANON n=LOGIN.COM;12" },
  { "PUB.DIR;1                   1   30-JUN-1999 08:00:00  [SYSTEM]   (RWE,RWE,RE,RE)\r\n", "d 512 1999-06-30 08:00:00 p=RWE,RWE,RE,RE o=SYSTEM n=PUB" },
  { "A_VERY_LONG_NAME_OF_A_FILE_THAT_FILLS_ITS_COLUMN.TXT;3\r\n                            7/9   30-JUN-1999 08:00  [GRP,USER ONE]  (RWED,RWED,R,)\r\n",
    "f 3584 1999-06-30 08:00 p=RWED,RWED,R, o=GRP,USER ONE n=A_VERY_LONG_NAME_OF_A_FILE_THAT_FILLS_ITS_COLUMN.TXT;3" },
  { "LONG.TXT;3\r\n                 7/9   30-JUN-1999 08:00\r\n   [A,B]  (RWED,RWED,R,)\r\nNEXT.TXT;1  1  30-JUN-1999 08:00 [A] (R)\r\n",
    "f 3584 1999-06-30 08:00 p=RWED,RWED,R, o=A,B n=LONG.TXT;3\nf 512 1999-06-30 08:00 p=R o=A n=NEXT.TXT;1" },
  { "SECRET.DAT;1        %RMS-E-PRV, insufficient privilege or file protection violation\r\nA.B;2  1  30-JUN-1999 08:00 [A] (R)\r\n",
    "f - - n=SECRET.DAT;1\nf 512 1999-06-30 08:00 p=R o=A n=A.B;2" },
  { "A.TXT;1  2  30-JUN-1999 08:00\r\nB.TXT;1  2  30-JUN-1999 08:00\r\n", "f 1024 1999-06-30 08:00 n=A.TXT;1\nf 1024 1999-06-30 08:00 n=B.TXT;1" },
  { "A.TXT;2  2  30-JUN-1999\r\nA.TXT;1  2  29-JUN-99\r\n", "f 1024 1999-06-30 n=A.TXT;2\nf 1024 1999-06-29 n=A.TXT;1" },
  { "NO_SIZE.TXT;2  30-JUN-1999 08:00  [A,B]\r\n", "f - 1999-06-30 08:00 o=A,B n=NO_SIZE.TXT;2" },
  { "Directory X:[Y]\r\n\r\nTotal of 0 files, 0 blocks.\r\n", "" },
  { "A^;B^_C.TXT;7             4/6   4-MAR-2004 13:22:10  [1,4]  (RWED,RWED,RE,)\r\n", "f 2048 2004-03-04 13:22:10 p=RWED,RWED,RE, o=1,4 n=A^;B^_C.TXT;7" },
  { "lower.case;32767  1/3  29-FEB-2000 00:00:00.00  [A,B]  (RWED,RWED,,)\r\n", "f 512 2000-02-29 00:00:00 p=RWED,RWED,, o=A,B n=lower.case;32767" },
  { "NO_TYPE.;1  0/0  1-JAN-2001 01:01  [A,B]  (RWED,RWED,,)\r\n", "f 0 2001-01-01 01:01 p=RWED,RWED,, o=A,B n=NO_TYPE.;1" },
  { "X.DIR;1\r\n                 1/3   1-JAN-2001 01:01  [A,B]  (RWE,RWE,RE,E)\r\nY.DIR;1  1/3   1-JAN-2001 01:02  [A,B]  (RWE,RWE,RE,E)\r\n",
    "d 512 2001-01-01 01:01 p=RWE,RWE,RE,E o=A,B n=X\nd 512 2001-01-01 01:02 p=RWE,RWE,RE,E o=A,B n=Y" },
  { "Directory A:[X]\r\n\r\nA.A;1  1  1-JAN-2001 01:01\r\n\r\nDirectory A:[Y]\r\n\r\nB.B;1  1  1-JAN-2001 01:01\r\n\r\nGrand total of 2 directories, 2 files, 2/6 blocks.\r\n",
    "f 512 2001-01-01 01:01 n=A.A;1\nf 512 2001-01-01 01:01 n=B.B;1" },
};

static const Sample mvs_samples[] = {
  { "Volume Unit    Referred Ext Used Recfm Lrecl BlkSz Dsorg Dsname\r\nVOL001 3390   2020/05/21  1   15  FB      80 27920  PO  LI.SOURCE\r\n",
    "d - 2020-05-21 p=FB n=LI.SOURCE" },
  { "VOL002 3390   2020/05/22 16  999  VB     255  6233  PS  LI.LOG.G0001V00\r\n", "f - 2020-05-22 p=VB n=LI.LOG.G0001V00" },
  { "VOL002 3390   **NONE**    1   15  U        0  6144  PO-E 'SYS1.LOAD'\r\n", "d - - p=U n='SYS1.LOAD'" },
  { "Migrated                                                OLD.DATA\r\n", "f - - n=OLD.DATA" },
  { "ARCIVE Not Direct Access Device                         KPAS.OLD\r\n", "f - - n=KPAS.OLD" },
  { "V00123 Tape                                             BACKUP.Y2019\r\n", "f - - n=BACKUP.Y2019" },
  { "VOL003 3390                                        VSAM MASTER.KSDS\r\n", "f - - n=MASTER.KSDS" },
  { "VOL009 Not Mounted                                      GONE.DATA\r\n", "f - - n=GONE.DATA" },
  { "Pseudo Directory                                        LI.JCL\r\n", "d - - n=LI.JCL" },
  { " Name     VV.MM   Created       Changed      Size  Init   Mod   Id\r\nCOMPILE   01.07 2019/03/04 2021/08/09 10:11    88    70     3 LIWEI\r\n$NOSTATS\r\n",
    "f - 2021-08-09 10:11 o=LIWEI n=COMPILE\nf - - n=$NOSTATS" },
  { "COMPILE   01.07 19/03/04 21/08/09 10:11    88    70     3\r\n", "f - 2021-08-09 10:11 n=COMPILE" },
  { " Name      Size     TTR   Alias-of AC --------- Attributes --------- Amode Rmode\r\nPAYROLL   0001A0   00000F          00 FO             RN RU            31    ANY\r\n",
    "f 416 - n=PAYROLL" },
  { "TSO007 3390   2021/06/06 213000 U          0 27998  PO  LI.BIG.LOAD\r\n", "d - 2021-06-06 p=U n=LI.BIG.LOAD" },
  { "SMS001 3390   2021/02/30  1    1  FB      80  3120  PS  NO.SUCH.DAY\r\n", "f - - p=FB n=NO.SUCH.DAY" },
  { "Volume Unit    Referred Ext Used Recfm Lrecl BlkSz Dsorg Dsname\r\nMigrated                                                A.B\r\nV00123 Tape                                             C.D\r\n"
    "GDG                                                     E.F\r\n", "f - - n=A.B\nf - - n=C.D\nf - - n=E.F" },
  { " Name      Size     TTR   Alias-of AC --------- Attributes --------- Amode Rmode\r\nALIAS1    00FFFFFF 000010 MAINPROG 01 FO             RN RU RF         64    64 \r\n",
    "f 16777215 - n=ALIAS1" },
  { " Name     VV.MM   Created       Changed      Size  Init   Mod   Id\r\n@#$ABC12  01.99 2019/03/04 2024/02/29 23:59     0     0     0 LI#WEI\r\n",
    "f - 2024-02-29 23:59 o=LI#WEI n=@#$ABC12" },
};

static const Sample os400_samples[] = {
  { "QSYS            77824 02/23/20 15:09:55 *DIR       home/\r\n", "d 77824 2020-02-23 15:09:55 o=QSYS n=home" },
  { "LIWEI          131072 23/02/20 15:09:55 *STMF      report 1.pdf\r\n", "f 131072 2020-02-23 15:09:55 o=LIWEI n=report 1.pdf" },
  { "LIWEI          131072 26/02/20 15:09:55 *STMF      day first.pdf\r\n", "f 131072 2020-02-26 15:09:55 o=LIWEI n=day first.pdf" },
  { "LIWEI          131072 11/02/20 15:09:55 *STMF      a\r\nLIWEI          131072 26/02/28 15:09:55 *STMF      b\r\n",
    "f 131072 2011-02-20 15:09:55 o=LIWEI n=a\nf 131072 2026-02-28 15:09:55 o=LIWEI n=b" },
  { "LIWEI           36864 99/12/31 23:59:59 *FILE      ORDERS.FILE\r\n", "f 36864 1999-12-31 23:59:59 o=LIWEI n=ORDERS.FILE" },
  { "LIWEI                                   *MEM       ORDERS.MBR\r\n", "f - - o=LIWEI n=ORDERS.MBR" },
  { "QSYS            28672 04/12/19 11:14:08 *FLR       QDLS\r\nQSYS            28672 04/13/19 11:14:08 *LIB       QGPL.LIB\r\n",
    "d 28672 2019-04-12 11:14:08 o=QSYS n=QDLS\nd 28672 2019-04-13 11:14:08 o=QSYS n=QGPL.LIB" },
  { "QSYS               28 04/13/19 11:14:08 *SYMLNK    tmp2\r\n", "l 28 2019-04-13 11:14:08 o=QSYS n=tmp2" },
  { "$SYSOPR         77824 23.02.20 15:09:55 *DIR       points/\r\n", "d 77824 2020-02-23 15:09:55 o=$SYSOPR n=points" },
  { "#LI              1024 02/29/24 00:00:00 *STMF      a -> b\r\n", "f 1024 2024-02-29 00:00:00 o=#LI n=a -> b" },
  { "LIWEI         1048576 12/24/21 15:09:55 *FILE      QGPL.LIB/ORDERS.FILE\r\n", "f 1048576 2021-12-24 15:09:55 o=LIWEI !n=QGPL.LIB/ORDERS.FILE" },
};

static const Sample os2_samples[] = {
  { "     0           DIR   06-25-99  16:44  DESKTOP\r\n", "d 0 1999-06-25 16:44 n=DESKTOP" },
  { "  5120      A          06-25-99  16:44  CONFIG.SYS\r\n", "f 5120 1999-06-25 16:44 p=A n=CONFIG.SYS" },
  { "  5120      RA         06-25-103  16:44  two words.txt\r\n", "f 5120 2003-06-25 16:44 p=RA n=two words.txt" },
  { "     0      A    DIR   06-25-99  16:44  ARCHIVED\r\n", "d 0 1999-06-25 16:44 p=A n=ARCHIVED" },
  { "  77                   06-25-99  16:44  none.txt\r\n", "f 77 1999-06-25 16:44 n=none.txt" },
  { " 2147483648    HSR       02-29-04  00:00  swapper.dat\r\n", "f 2147483648 2004-02-29 00:00 p=HSR n=swapper.dat" },
  { "     0           DIR   06-25-99  16:44  .\r\n     0           DIR   06-25-99  16:44  OS!2\r\n", "d 0 1999-06-25 16:44 n=OS!2" },
};

static const Sample vxworks_samples[] = {
  { "  size          date       time       name\r\n--------       ------     ------    --------\r\n     512    Nov-28-2006  10:20:30   FLASH             <DIR>\r\n    8721    Feb-29-2008  01:02:04   boot rom.bin\r\n",
    "d 512 2006-11-28 10:20:30 n=FLASH\nf 8721 2008-02-29 01:02:04 n=boot rom.bin" },
  { "     100    Jan-01-1980  00:00:00   VXWORKS\r\n", "f 100 1980-01-01 00:00:00 n=VXWORKS" },
  { "     100    Jan-01-1980  00:00:00   .                 <DIR>\r\n     100    Jan-01-1980  00:00:00   a\r\n", "f 100 1980-01-01 00:00:00 n=a" },
  { "     512    Feb-30-2007  10:20:30   NO SUCH DAY       <DIR>\r\n", "d 512 - n=NO SUCH DAY" },
  { "  1048576    Dec-31-1999  23:59:59   a<DIR>\r\n", "f 1048576 1999-12-31 23:59:59 n=a<DIR>" },
};
