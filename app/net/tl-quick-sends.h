/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-quick-send.h"
#include "tl-sequence.h"

G_BEGIN_DECLS

#define TL_QUICK_SENDS_MAX 1000
#define TL_QUICK_SENDS_MAX_SEQUENCES 200

#define TL_TYPE_QUICK_SENDS (tl_quick_sends_get_type ())
G_DECLARE_FINAL_TYPE (TlQuickSends, tl_quick_sends, TL, QUICK_SENDS, GObject)

/**
 * TlQuickSends:
 *
 * What is kept to be sent: a `GListModel` of TlQuickSend, those of a group beside each other, groups in the order in which they came; a group is there as long as
 * something is in it. And the sequences beside them. A shortcut belongs to one: who is given it takes it from who had it.
 * Signal "changed": something is to be written.
 */
TlQuickSends *tl_quick_sends_new             (void);
/* At the end of its group. False: there are TL_QUICK_SENDS_MAX already. */
gboolean      tl_quick_sends_add             (TlQuickSends *self,
                                              TlQuickSend  *send);
/* Returns where it was in its group, for tl_quick_sends_insert(). */
guint         tl_quick_sends_remove          (TlQuickSends *self,
                                              TlQuickSend  *send);
/* @place: in the group that it says; as far behind as there are any. */
gboolean      tl_quick_sends_insert          (TlQuickSends *self,
                                              TlQuickSend  *send,
                                              guint         place);
/* The same for one that is in the list: into that group, before the one that is at @place there now. */
void          tl_quick_sends_move            (TlQuickSends *self,
                                              TlQuickSend  *send,
                                              const char   *group,
                                              guint         place);
guint         tl_quick_sends_get_place       (TlQuickSends *self,
                                              TlQuickSend  *send);
gboolean      tl_quick_sends_has             (TlQuickSends *self,
                                              TlQuickSend  *send);
guint         tl_quick_sends_count           (TlQuickSends *self,
                                              const char   *group);
/* All of the group are of that one from then on, behind those that it has. */
void          tl_quick_sends_rename_group    (TlQuickSends *self,
                                              const char   *group,
                                              const char   *name);
/* The whole group, before the one that is at @place of all groups now; behind all where there is none. */
void          tl_quick_sends_move_group      (TlQuickSends *self,
                                              const char   *group,
                                              guint         place);
/* (transfer full) (element-type TlQuickSend): what was in it, in order. */
GPtrArray    *tl_quick_sends_remove_group    (TlQuickSends *self,
                                              const char   *group);
/* (transfer full): their names, in order. */
char        **tl_quick_sends_dup_groups      (TlQuickSends *self);
/* (transfer none) (nullable) */
TlQuickSend  *tl_quick_sends_find_shortcut   (TlQuickSends *self,
                                              guint         digit);
/* Of TlSequence; one that was changed is put in anew. */
GListStore   *tl_quick_sends_get_sequences   (TlQuickSends *self);
/* Adds those of @sends and @sequences (of TlQuickSend, TlSequence). A shortcut that is taken stays with who has it; *@n_shortcuts says how often. False, with nothing
 * added: it would be too many. */
gboolean      tl_quick_sends_add_all         (TlQuickSends *self,
                                              GPtrArray    *sends,
                                              GPtrArray    *sequences,
                                              guint        *n_shortcuts,
                                              GError      **error);

G_END_DECLS
