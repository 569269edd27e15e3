/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * TlRunning:
 *
 * What closing would cut off.
 */
typedef struct {
  guint sessions;
  guint transfers;
  guint kept_transfers; /* they can go on the next time */
  guint removals;   /* servers on which files are being deleted */
  guint shares;     /* folders that are shared */
  guint visitors;   /* who are connected to them */
  guint edits;      /* files of a server that were saved here, and are not there */
} TlRunning;

#define TL_TYPE_TAB_CONTENT (tl_tab_content_get_type ())
G_DECLARE_INTERFACE (TlTabContent, tl_tab_content, TL, TAB_CONTENT, GtkWidget)

/**
 * TlTabContent:
 *
 * What a tab of the window may hold: a session, two of them beside each other, an FTP connection.
 * Properties, read-only: "title" (string), "icon" (GIcon), "busy", "needs-attention" (boolean).
 */
struct _TlTabContentInterface
{
  GTypeInterface parent;

  void      (*count_running) (TlTabContent    *self,
                              TlRunning       *running);
  void      (*close)         (TlTabContent    *self);
  gboolean  (*press)         (TlTabContent    *self,
                              GVariant        *verbs);
  char     *(*dup_link)      (TlTabContent    *self);
  void      (*save)          (TlTabContent    *self,
                              GVariantBuilder *builder);
};

/* Adds to @running. */
void      tl_tab_content_count_running (TlTabContent    *self,
                                        TlRunning       *running);
/* Closes the connections; the content itself stays. */
void      tl_tab_content_close         (TlTabContent    *self);
/* @verbs: those of a key, as tl_page_keys_add() has them. Whether it did one of them. */
gboolean  tl_tab_content_press         (TlTabContent    *self,
                                        GVariant        *verbs);
/* (transfer full) (nullable): NULL while there is nothing to link to. */
char     *tl_tab_content_dup_link      (TlTabContent    *self);
/* Adds what is needed to have it again in the next run, as tl-saved-sessions.h describes it. */
void      tl_tab_content_save          (TlTabContent    *self,
                                        GVariantBuilder *builder);

G_END_DECLS
