/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TL_TYPE_CHECKED_ENTRY (tl_checked_entry_get_type ())
G_DECLARE_DERIVABLE_TYPE (TlCheckedEntry, tl_checked_entry, TL, CHECKED_ENTRY, GtkWidget)

/**
 * TlVerdict:
 * @valid: whether the text can be used
 * @message: (nullable): what is wrong, a sentence
 * @note: (nullable): what stands beside a text that is good (or is awaited, when there is no @message)
 *
 * What a subclass thinks of the text.
 */
typedef struct {
  gboolean  valid;
  char     *message;
  char     *note;
} TlVerdict;

struct _TlCheckedEntryClass
{
  GtkWidgetClass parent_class;

  void (*check)  (TlCheckedEntry *self, const char *text, TlVerdict *verdict);
  /* The text is a paste, or the person has left the field. */
  void (*settle) (TlCheckedEntry *self);
};

/**
 * TlCheckedEntry:
 *
 * An entry with a line under it: a word on what was typed, or, in error style, the sentence that says what is wrong. The line's first row of text
 * is always there, so that the layout stays.
 *
 * Properties: "text" (string), "label" (string: the accessible name, and what an empty entry shows), "optional" (boolean: may be empty),
 * "width-chars" (int), "caption-label" (GtkLabel, nullable: a label elsewhere that is told instead of the line under the entry), "valid" (boolean, read-only), "message" (string, nullable, read-only: what is wrong), "note" (string, nullable, read-only).
 * Signals "activate": Enter was pressed in it; "endpoint-pasted" (host, port): the text was an address with a port, of which the entry has kept
 * its own part.
 */
const char *tl_checked_entry_get_text     (TlCheckedEntry *self);
void        tl_checked_entry_set_text     (TlCheckedEntry *self,
                                           const char     *text);
gboolean    tl_checked_entry_get_valid    (TlCheckedEntry *self);
const char *tl_checked_entry_get_message  (TlCheckedEntry *self);
/* Text that cannot be edited is dim, and can still be selected. */
void        tl_checked_entry_set_editable (TlCheckedEntry *self,
                                           gboolean        editable);
gboolean    tl_checked_entry_get_optional (TlCheckedEntry *self);

/* For subclasses. */
void        tl_checked_entry_recheck      (TlCheckedEntry *self);
/* Of a text such as `host:port` or a URL only the host, or only the port, is kept; the rest goes out with "endpoint-pasted". */
void        tl_checked_entry_split_endpoint (TlCheckedEntry *self,
                                             gboolean        keeps_host);
void        tl_checked_entry_add_suffix   (TlCheckedEntry *self,
                                           GtkWidget      *widget);
GtkEntry   *tl_checked_entry_get_entry    (TlCheckedEntry *self);

G_END_DECLS
