/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define TL_FTP_HISTORY_MAX 100

/* How a person came to a folder. */
typedef enum {
  TL_FTP_MOVE_STAY,       /* the same folder anew, or the first one */
  TL_FTP_MOVE_GO,
  TL_FTP_MOVE_BACK,
  TL_FTP_MOVE_FORWARD,
} TlFtpMove;

/* The folders that were left, behind and ahead, the nearest last. Paths are raw bytes. */
typedef struct {
  GPtrArray *back;
  GPtrArray *forward;
} TlFtpHistory;

void    tl_ftp_history_init    (TlFtpHistory *self);
void    tl_ftp_history_destroy (TlFtpHistory *self);
void    tl_ftp_history_clear   (TlFtpHistory *self);
/* From @from (NULL: nowhere) to @to. At most TL_FTP_HISTORY_MAX are kept. */
void    tl_ftp_history_move    (TlFtpHistory *self,
                                TlFtpMove     move,
                                GBytes       *from,
                                GBytes       *to);
/* (transfer none) (nullable): where MOVE_BACK or MOVE_FORWARD leads. */
GBytes *tl_ftp_history_peek    (TlFtpHistory *self,
                                TlFtpMove     move);

G_END_DECLS
