/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-message-criteria.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * TlFilterPart:
 *
 * What a filter can ask for; each is told and taken away on its own.
 */
typedef enum {
  TL_FILTER_SHOW,
  TL_FILTER_PEER,
  TL_FILTER_LENGTH,
  TL_FILTER_TIME,
  TL_FILTER_CONTENT,
} TlFilterPart;

#define TL_N_FILTER_PARTS (TL_FILTER_CONTENT + 1)

#define TL_TYPE_FILTER_POPOVER (tl_filter_popover_get_type ())
G_DECLARE_FINAL_TYPE (TlFilterPopover, tl_filter_popover, TL, FILTER_POPOVER, GtkPopover)

/**
 * TlFilterPopover:
 *
 * Where a filter is written. What is wrong is said beside it and stays as it was typed; meanwhile what was asked for before is in force.
 *
 * Signals: "changed" (other messages pass now), "clear-all" (the button).
 */
GtkWidget               *tl_filter_popover_new          (void);
/* (transfer none): for the caller to bind. */
GtkDropDown             *tl_filter_popover_get_show_drop (TlFilterPopover *self);
GtkDropDown             *tl_filter_popover_get_peer_drop (TlFilterPopover *self);
void                     tl_filter_popover_set_has_peers (TlFilterPopover *self,
                                                          gboolean         has_peers);
/* What is asked for of length, time and content; kinds and peer are left open. (transfer none) */
const TlMessageCriteria *tl_filter_popover_get_criteria (TlFilterPopover  *self);
/* One part in a few words, as in force. (transfer full) (nullable): NULL: it is not asked for. Not for TL_FILTER_SHOW and TL_FILTER_PEER. */
char                    *tl_filter_popover_describe     (TlFilterPopover  *self,
                                                         TlFilterPart      part);
/* Empties the fields of a part. */
void                     tl_filter_popover_clear        (TlFilterPopover  *self,
                                                         TlFilterPart      part);
/* Asks for messages in which @pattern is. */
void                     tl_filter_popover_set_pattern  (TlFilterPopover  *self,
                                                         TlPattern        *pattern);
/* Whether the last minutes end now, or with the newest message. */
void                     tl_filter_popover_set_live     (TlFilterPopover  *self,
                                                         gboolean          live);
/* What text is looked for in. */
void                     tl_filter_popover_set_charset  (TlFilterPopover  *self,
                                                         TlCharset         charset);

G_END_DECLS
