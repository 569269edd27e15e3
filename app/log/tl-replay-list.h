/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What one list takes: the rest is counted. */
#define TL_REPLAY_MAX_ITEMS 1000000
#define TL_REPLAY_MAX_BYTES (256 * 1024 * 1024)
#define TL_REPLAY_MAX_FLOWS 65536

/* Who sent what is in a flow: we did, the peer did, or one of two programs did between which it was captured. */
typedef enum {
  TL_REPLAY_SENT,
  TL_REPLAY_RECEIVED,
  TL_REPLAY_CAPTURED,
} TlReplayOrigin;

/**
 * TlReplayFlow:
 *
 * One direction of one conversation.
 */
typedef struct {
  TlReplayOrigin origin;
  gboolean       is_tcp;      /* of what was captured */
  char          *from;        /* of what was captured; otherwise NULL */
  char          *to;          /* the same; otherwise the peer, "" for none */
  guint          n_items;
  guint64        n_bytes;
} TlReplayFlow;

/**
 * TlReplayItem:
 *
 * One message that can be sent again.
 */
typedef struct {
  gint64  time;               /* µs since 1970, or since whatever the file counts from */
  guint64 start;              /* in the list's bytes */
  guint32 length;
  guint32 flow;
} TlReplayItem;

/**
 * TlReplayCounts:
 *
 * What a reader could not, or need not, take over.
 */
typedef struct {
  guint64  n_cut;             /* messages: there was no room for them */
  guint64  n_cut_bytes;
  guint64  n_other;           /* packets: neither UDP nor TCP */
  guint64  n_bad;             /* packets or lines: cannot be read */
  guint64  n_snapped;         /* packets: the capture has only their beginning, which is not sent again */
  guint64  n_incomplete;      /* datagrams: not all of their fragments are there */
  guint64  n_repeated;        /* TCP segments that came again, in whole or in part, and are taken once */
  guint64  n_reordered;       /* TCP segments that came out of order, and are put in order */
  guint64  n_missing_bytes;   /* of TCP streams: were not captured */
  guint64  n_damaged;         /* parts of the history */
  guint64  read;              /* bytes of the file, when it ended in the middle of something; otherwise 0 */
  guint64  size;
} TlReplayCounts;

/**
 * TlReplayList:
 *
 * Messages that can be sent again, in order, with their bytes. Made by a reader in its thread; does not change afterwards. Counted references.
 */
typedef struct _TlReplayList TlReplayList;

TlReplayList       *tl_replay_list_new        (void);
TlReplayList       *tl_replay_list_ref        (TlReplayList       *self);
void                tl_replay_list_unref      (TlReplayList       *self);
/* For the readers: the number of the flow; G_MAXUINT: there are too many. @from: (nullable). */
guint               tl_replay_list_add_flow   (TlReplayList       *self,
                                               TlReplayOrigin      origin,
                                               gboolean            is_tcp,
                                               const char         *from,
                                               const char         *to);
/* For the readers. FALSE: it is full; the message was counted. */
gboolean            tl_replay_list_add        (TlReplayList       *self,
                                               guint               flow,
                                               gint64              time,
                                               const guint8       *data,
                                               gsize               length);
/* For the readers: more of the message that was added last. FALSE: that is not of this flow, or it is full. */
gboolean            tl_replay_list_extend     (TlReplayList       *self,
                                               guint               flow,
                                               const guint8       *data,
                                               gsize               length);
TlReplayCounts     *tl_replay_list_get_counts (TlReplayList       *self);
guint               tl_replay_list_get_n_items (TlReplayList      *self);
/* Valid as long as nothing is added. */
const TlReplayItem *tl_replay_list_get_item   (TlReplayList       *self,
                                               guint               position);
const guint8       *tl_replay_list_get_data   (TlReplayList       *self,
                                               const TlReplayItem *item);
guint               tl_replay_list_get_n_flows (TlReplayList      *self);
const TlReplayFlow *tl_replay_list_get_flow   (TlReplayList       *self,
                                               guint               flow);
/* How many flows are of that origin. */
guint               tl_replay_list_count_origin (TlReplayList     *self,
                                               TlReplayOrigin      origin);
/* (transfer full): positions (guint) of the items of one flow, or (G_MAXUINT) of all flows of @origin, by their time. */
GArray             *tl_replay_list_pick       (TlReplayList       *self,
                                               guint               flow,
                                               TlReplayOrigin      origin);
/* Sentences about what is not in it, a line each, translated. (transfer full) (nullable): NULL: nothing is missing. */
char               *tl_replay_list_describe   (TlReplayList       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlReplayList, tl_replay_list_unref)

G_END_DECLS
