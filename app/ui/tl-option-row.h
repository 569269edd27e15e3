/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

typedef enum {
  TL_OPTION_SWITCH,   /* a boolean */
  TL_OPTION_NUMBER,   /* an int or uint */
  TL_OPTION_CHOICE,   /* an enum, by its numbers from 0 */
} TlOptionControl;

/**
 * TlOptionSpec:
 * @property: of the object that the row edits
 * @title: untranslated, marked with N_()
 * @subtitle: (nullable): likewise
 * @choices: (nullable): likewise, NULL-terminated, of TL_OPTION_CHOICE
 * @tag: for the one who keeps the table
 *
 * One line of a table of options.
 */
typedef struct {
  const char         *property;
  TlOptionControl     control;
  const char         *title;
  const char         *subtitle;
  double              minimum;
  double              maximum;
  const char * const *choices;
  guint               tag;
} TlOptionSpec;

#define TL_TYPE_OPTION_ROW (tl_option_row_get_type ())
G_DECLARE_FINAL_TYPE (TlOptionRow, tl_option_row, TL, OPTION_ROW, AdwActionRow)

/**
 * TlOptionRow:
 *
 * A row that edits one property of an object, and may show beside it what came of it.
 */
GtkWidget          *tl_option_row_new           (GObject            *object,
                                                 const TlOptionSpec *spec);
const TlOptionSpec *tl_option_row_get_spec      (TlOptionRow        *self);
/* A sentence under the title; NULL for none. */
void                tl_option_row_set_effective (TlOptionRow        *self,
                                                 const char         *sentence);
GtkWidget          *tl_option_row_get_control   (TlOptionRow        *self);

/* Adds a row to @group for each line of the table that @object has the property of. Returns those rows. (transfer container) */
GPtrArray          *tl_option_rows_add          (AdwPreferencesGroup *group,
                                                 GObject            *object,
                                                 const TlOptionSpec *specs,
                                                 guint               n_specs);

G_END_DECLS
