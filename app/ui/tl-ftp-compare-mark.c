/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a file differs, in a cell of a table. */

#include "tl-ftp-compare-mark.h"

#include "tl-widget.h"

#include <glib/gi18n-lib.h>

/* Each class stands for a sign and a word, so that no colour has to be told apart. */
static const struct {
  const char *local;
  const char *remote;
  const char *local_class;
  const char *remote_class;
  const char *sentence;
} marks[TL_N_FTP_DIFFERENCES] = {
  /* Translators: the signs in front of the words of a comparison stay as they are. */
  [TL_FTP_DIFFERENCE_EQUAL] = { N_("= Same"), N_("= Same"), NULL, NULL, N_("The same on both sides, as far as was compared") },
  [TL_FTP_DIFFERENCE_FOLDER] = { "", "", NULL, NULL, N_("This folder is on both sides; what is in it was not compared") },
  [TL_FTP_DIFFERENCE_ONLY_LOCAL] = { N_("+ Only here"), "", "tl-cmp-only", NULL, N_("Only on this computer") },
  [TL_FTP_DIFFERENCE_ONLY_REMOTE] = { "", N_("+ Only here"), NULL, "tl-cmp-only", N_("Only on the server") },
  [TL_FTP_DIFFERENCE_LOCAL_NEWER] = { N_("▲ Newer"), N_("▽ Older"), "tl-cmp-newer", "tl-cmp-older", N_("Newer on this computer") },
  [TL_FTP_DIFFERENCE_REMOTE_NEWER] = { N_("▽ Older"), N_("▲ Newer"), "tl-cmp-older", "tl-cmp-newer", N_("Newer on the server") },
  [TL_FTP_DIFFERENCE_SIZE] = { N_("≠ Size differs"), N_("≠ Size differs"), "tl-cmp-size", "tl-cmp-size",
                               N_("The sizes differ, and nothing tells which one is newer") },
  [TL_FTP_DIFFERENCE_KIND] = { N_("! Not the same kind"), N_("! Not the same kind"), "tl-cmp-kind", "tl-cmp-kind",
                               N_("A file on one side, a folder on the other") },
  [TL_FTP_DIFFERENCE_UNKNOWN] = { N_("? Unknown"), N_("? Unknown"), "tl-cmp-unknown", "tl-cmp-unknown",
                                  N_("This cannot be compared: it is a link, its name stands for several files or cannot be sent, or the server does not tell enough") },
};

#define SHOWN "tl-mark-class"
#define TOLD "tl-mark-difference"

const char *
tl_ftp_compare_mark_text (TlFtpDifference difference,
                          gboolean        local)
{
  const char *text = local ? marks[difference].local : marks[difference].remote;

  return *text ? _(text) : "";
}

const char *
tl_ftp_compare_mark_sentence (TlFtpDifference difference)
{
  return marks[difference].sentence ? _(marks[difference].sentence) : NULL;
}

/* On X11 a tooltip that is set waits for the server; it is asked for only when the pointer rests there. */
static gboolean
query_tip_cb (GtkWidget  *mark,
              int         x,
              int         y,
              gboolean    keyboard,
              GtkTooltip *tooltip)
{
  guint difference = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (mark), TOLD));

  gtk_tooltip_set_text (tooltip, difference > 0 ? tl_ftp_compare_mark_sentence (difference - 1) : NULL);
  return difference > 0;
}

GtkWidget *
tl_ftp_compare_mark_new (void)
{
  GtkWidget *mark = gtk_inscription_new ("");

  gtk_inscription_set_min_chars (GTK_INSCRIPTION (mark), 10);
  gtk_inscription_set_nat_chars (GTK_INSCRIPTION (mark), 10);
  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (mark), GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_inscription_set_yalign (GTK_INSCRIPTION (mark), 0.5f);
  gtk_widget_add_css_class (mark, "tl-cmp-mark");
  g_signal_connect (mark, "query-tooltip", G_CALLBACK (query_tip_cb), NULL);
  gtk_widget_set_has_tooltip (mark, TRUE);
  return mark;
}

static void
tint_row (GtkWidget  *mark,
          const char *css_class)
{
  GtkWidget *cell = gtk_widget_get_parent (mark);
  GtkWidget *row = cell ? gtk_widget_get_parent (cell) : NULL;
  const char *shown;

  if (!row)
    return;
  shown = g_object_get_data (G_OBJECT (row), SHOWN);
  if (shown == css_class)
    return;
  if (shown)
    gtk_widget_remove_css_class (row, shown);
  if (css_class)
    gtk_widget_add_css_class (row, css_class);
  g_object_set_data (G_OBJECT (row), SHOWN, (gpointer) css_class);
}

void
tl_ftp_compare_mark_show (GtkWidget              *mark,
                          const TlFtpComparedRow *row,
                          gboolean                local)
{
  gtk_inscription_set_text (GTK_INSCRIPTION (mark), row ? tl_ftp_compare_mark_text (row->difference, local) : "");
  g_object_set_data (G_OBJECT (mark), TOLD, GUINT_TO_POINTER (row ? row->difference + 1 : 0));
  tint_row (mark, !row ? NULL : local ? marks[row->difference].local_class : marks[row->difference].remote_class);
}

/* The rows stay when the column goes. */
static void
teardown_cb (GtkSignalListItemFactory *factory,
             GtkListItem              *item)
{
  GtkWidget *mark = gtk_list_item_get_child (item);

  if (mark)
    tint_row (mark, NULL);
}

GtkColumnViewColumn *
tl_ftp_compare_mark_new_column (GtkListItemFactory *factory)
{
  GtkColumnViewColumn *column = gtk_column_view_column_new (_("Comparison"), factory);

  g_signal_connect (factory, "unbind", G_CALLBACK (teardown_cb), NULL);
  gtk_column_view_column_set_resizable (column, TRUE);
  return column;
}
