/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define TL_TYPE_CALM_LIST (tl_calm_list_get_type ())
G_DECLARE_FINAL_TYPE (TlCalmList, tl_calm_list, TL, CALM_LIST, GObject)

/* Changes that are passed on at once within TL_CALM_LIST_INTERVAL_MS. */
#define TL_CALM_LIST_AT_ONCE 16
#define TL_CALM_LIST_INTERVAL_MS 100

/**
 * TlCalmList:
 *
 * The same items as another list whose items come at its end and go anywhere. A few changes are passed on as they come; of many, what has become of them
 * is told in few and long steps, within a share of the time. For a list view one change costs milliseconds, and a thousand peers may leave at once.
 */
TlCalmList *tl_calm_list_new    (GListModel *model);
/* Tells now what has changed. */
void        tl_calm_list_settle (TlCalmList *self);

G_END_DECLS
