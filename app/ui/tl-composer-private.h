/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-composer.h"

#include "tl-draft.h"
#include "tl-file-popover.h"
#include "tl-send-jobs.h"
#include "tl-timer-popover.h"

#include <adwaita.h>

G_BEGIN_DECLS

struct _TlComposer
{
  GtkWidget       parent_instance;

  GtkDropTarget  *drop;
  GtkWidget      *format_button;
  GtkLabel       *format_label;
  GtkMenuButton  *timer_button;
  TlTimerPopover *timer_popover;
  TlFilePopover  *file_popover;
  TlDraft        *draft;
  TlSendJobs     *jobs;

  TlSession      *session;
  GSignalGroup   *session_signals;
  GPtrArray      *targets;
  TlPayload       payload;
};

gboolean tl_composer_is_open         (TlComposer     *self);
/* The verbs, and what the template calls to send. */
void     tl_composer_install_actions (GtkWidgetClass *widget_class);

G_END_DECLS
