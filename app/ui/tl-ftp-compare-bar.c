/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a comparison found. */

#include "tl-ftp-compare-bar.h"

#include "tl-choice-binding.h"
#include "tl-widget.h"
#include "tl-wrap-layout.h"

#include <glib/gi18n-lib.h>

struct _TlFtpCompareBar
{
  AdwBin parent_instance;

  GtkLabel      *summary;
  GtkDropDown   *show;
  TlFtpComparer *comparer;
};

G_DEFINE_FINAL_TYPE (TlFtpCompareBar, tl_ftp_compare_bar, ADW_TYPE_BIN)

static void
update (TlFtpCompareBar *self)
{
  TlFtpComparison *comparison = tl_ftp_comparer_get_comparison (self->comparer);
  g_autofree char *problem = NULL;
  g_autofree char *text = NULL;
  TlFtpCompareShow show;

  g_object_get (self->comparer, "problem", &problem, "show", &show, NULL);
  if (comparison)
    text = tl_ftp_comparison_dup_summary (comparison, tl_ftp_compare_show_get_differences (show));
  gtk_label_set_label (self->summary, problem ? problem : text ? text : _("Comparing…"));
  if (problem)
    gtk_widget_add_css_class (GTK_WIDGET (self->summary), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->summary), "error");
}

static void
tl_ftp_compare_bar_dispose (GObject *object)
{
  TlFtpCompareBar *self = TL_FTP_COMPARE_BAR (object);

  if (self->comparer)
    g_signal_handlers_disconnect_by_data (self->comparer, self);
  g_clear_object (&self->comparer);
  gtk_widget_dispose_template (GTK_WIDGET (self), TL_TYPE_FTP_COMPARE_BAR);

  G_OBJECT_CLASS (tl_ftp_compare_bar_parent_class)->dispose (object);
}

static void
tl_ftp_compare_bar_class_init (TlFtpCompareBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tl_ftp_compare_bar_dispose;
  g_type_ensure (TL_TYPE_WRAP_BOX);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/tonglu/Tonglu/tl-ftp-compare-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, TlFtpCompareBar, summary);
  gtk_widget_class_bind_template_child (widget_class, TlFtpCompareBar, show);
}

static void
tl_ftp_compare_bar_init (TlFtpCompareBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  tl_widget_name_drop_downs (GTK_WIDGET (self));
}

GtkWidget *
tl_ftp_compare_bar_new (TlFtpComparer *comparer)
{
  TlFtpCompareBar *self = g_object_new (TL_TYPE_FTP_COMPARE_BAR, NULL);

  self->comparer = g_object_ref (comparer);
  tl_choice_bind (G_OBJECT (comparer), "show", GTK_WIDGET (self->show));
  g_signal_connect_swapped (comparer, "notify::comparison", G_CALLBACK (update), self);
  g_signal_connect_swapped (comparer, "notify::problem", G_CALLBACK (update), self);
  g_signal_connect_swapped (comparer, "notify::show", G_CALLBACK (update), self);
  update (self);

  return GTK_WIDGET (self);
}
