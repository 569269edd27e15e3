/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TL_TYPE_JOB_ROW (tl_job_row_get_type ())
G_DECLARE_DERIVABLE_TYPE (TlJobRow, tl_job_row, TL, JOB_ROW, GtkListBoxRow)

struct _TlJobRowClass
{
  GtkListBoxRowClass parent_class;

  void (*stop)    (TlJobRow *self);
  void (*refresh) (TlJobRow *self);
};

/**
 * TlJobRow:
 *
 * Something that goes on for a while, with a button that stops it and, when it has ended, takes the row away.
 * Property: "running" (boolean, read-only). Signal "dismiss": the person wants the row away.
 */
gboolean tl_job_row_get_running  (TlJobRow   *self);
void     tl_job_row_stop         (TlJobRow   *self);

/* For subclasses. */
void     tl_job_row_set_running  (TlJobRow   *self,
                                  gboolean    running);
void     tl_job_row_set_title    (TlJobRow   *self,
                                  const char *icon_name,
                                  const char *title);
void     tl_job_row_set_detail   (TlJobRow   *self,
                                  const char *detail);
/* In front of the one that stops it or takes it away. */
void     tl_job_row_add_button   (TlJobRow   *self,
                                  GtkWidget  *button);
/* (nullable): a sentence that says what went wrong. */
void     tl_job_row_set_problem  (TlJobRow   *self,
                                  const char *problem);
/* Below 0: no progress is shown. */
void     tl_job_row_set_fraction (TlJobRow   *self,
                                  double      fraction);
/* Something changed: "refresh" is called soon, at most ten times a second. */
void     tl_job_row_touch        (TlJobRow   *self);

G_END_DECLS
