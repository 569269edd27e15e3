/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the widget and its actions share. */

#include "tl-collapse-model.h"
#include "tl-filter-popover.h"
#include "tl-filter-strip.h"
#include "tl-find-bar.h"
#include "tl-frame-model.h"
#include "tl-log-copy.h"
#include "tl-log-list.h"
#include "tl-log-pace.h"
#include "tl-history-session.h"
#include "tl-log-view.h"
#include "tl-message-details.h"
#include "tl-message-filter.h"
#include "tl-peer-choice.h"

G_BEGIN_DECLS

struct _TlLogView
{
  GtkWidget parent_instance;

  AdwToastOverlay  *toasts;
  TlFindBar        *find_bar;
  TlFilterStrip    *filter_strip;
  GtkWidget        *filter_button;
  GtkWidget        *narrow_filter_button;
  GtkLabel         *trimmed_label;
  GtkPaned         *paned;
  GtkStack         *stack;
  TlLogList        *table;
  TlLogList        *bubbles;
  GtkButton        *new_button;
  TlMessageDetails *details;
  GtkDropDown      *charset_drop;
  GtkDropDown      *narrow_charset_drop;
  GtkDropDown      *peer_drop;
  GMenuModel       *row_menu;
  GtkWidget        *row_popover;

  TlLogLook         *look;
  TlLogPace         *pace;
  TlPeerChoice      *peers;
  TlSession         *session;  /* NULL: a log without one */
  TlMessageLog      *log;      /* NULL: messages that nobody writes any more */
  TlFrameModel      *frames;   /* of the log */
  TlHistoryAbout    *recorded; /* of such a session; NULL: not known */
  TlMessageSource   *base;     /* all messages: the frames, or a session of the history */
  TlMessageFilter   *filter;
  TlCollapseModel   *runs;     /* of what the filter leaves: the rows */
  TlMessageSearch   *search;
  GtkSelectionModel *rows;
  TlLogCopy         *copying;  /* waits for rows to be read */
  TlFilterPopover   *filter_popover; /* NULL until it is used */
  GCancellable      *listing;  /* of the peers of a recorded session */

  TlLogShow show;
  TlLogExplainFunc explain;
  guint64   seen_id;
  guint     n_new;
  guint     progress_id;
  gboolean  filter_frozen;
  gboolean  collapse;
  guint64   wanted_id;   /* of a message that is to be shown; 0: none */
  guint64   place_id;    /* of the row that is to stay where it is; 0: none */
  gboolean  place_selected;
  gboolean  place_found;   /* and is gone to */
  guint64   place_end_id;  /* of the last row then */
  gboolean  show_bubbles;
  gboolean  show_calls;
  gboolean  paused;
};

/* The look that is seen. */
TlLogList *tl_log_view_get_list       (TlLogView      *self);
void       tl_log_view_show_details   (TlLogView      *self,
                                       guint           position);
/* @x, @y: in the coordinates of @list. */
void       tl_log_view_show_menu      (TlLogView      *self,
                                       guint           position,
                                       double          x,
                                       double          y,
                                       TlLogList      *list);

void       tl_log_view_set_bubbles    (TlLogView      *self,
                                       gboolean        show_bubbles);
/* The look that is seen has the rows. */
void       tl_log_view_update_look    (TlLogView      *self);
/* Selects a row and scrolls to it. */
void       tl_log_view_go_to          (TlLogView      *self,
                                       guint           position);

/* tl-log-view-source.c */
void       tl_log_view_drop_rows      (TlLogView      *self);

/* tl-log-view-rows.c */
/* Before the list gets them. */
void       tl_log_view_rows_change    (TlLogView      *self,
                                       guint           position,
                                       guint           removed,
                                       guint           added);
/* It has. */
void       tl_log_view_rows_changed   (TlLogView      *self);
/* Rows, or why there are none. */
void       tl_log_view_update_page    (TlLogView      *self);
/* The end of what is there has been seen. */
void       tl_log_view_see_end        (TlLogView      *self);
/* How many rows came since the end was left. */
void       tl_log_view_update_new     (TlLogView      *self);

gboolean   tl_log_view_tooltip_cb     (TlLogView      *self,
                                       int             x,
                                       int             y,
                                       gboolean        keyboard_mode,
                                       GtkTooltip     *tooltip,
                                       TlLogList      *list);

/* tl-log-view-place.c */
/* Before the rows are others: one of them is to stay. */
void       tl_log_view_keep_place     (TlLogView      *self);
/* As soon as it is known where it is. */
void       tl_log_view_return_to_place (TlLogView     *self);
/* The user goes somewhere else. */
void       tl_log_view_forget_place   (TlLogView      *self);

/* tl-log-view-filter.c */
void       tl_log_view_bind_filter    (GtkWidgetClass *widget_class);
void       tl_log_view_update_filter  (TlLogView      *self);
/* How many messages are left. */
void       tl_log_view_update_count   (TlLogView      *self);
/* Everything but the socket calls. */
void       tl_log_view_clear_filter   (TlLogView      *self);
void       tl_log_view_open_filter    (TlLogView      *self);
/* Only what the find bar finds. */
void       tl_log_view_filter_found   (TlLogView      *self);
void       tl_log_view_set_has_peers  (TlLogView      *self,
                                       gboolean        has_peers);
/* Those of a recorded session, to choose from. */
void       tl_log_view_list_peers     (TlLogView      *self);
/* The rows go. */
void       tl_log_view_drop_filter    (TlLogView      *self);

/* tl-log-view-collapse.c */
gboolean   tl_log_view_get_collapse   (TlLogView      *self);
void       tl_log_view_set_collapse   (TlLogView      *self,
                                       gboolean        collapse);
/* Of the filter, all that stand behind the selected rows. (transfer full) */
GtkBitset *tl_log_view_get_selected_messages (TlLogView *self);
/* How many messages a row stands for. */
guint      tl_log_view_count_messages (TlLogView      *self,
                                       guint           position);
void       tl_log_view_unfold         (TlLogView      *self,
                                       guint           position);
/* What is said of a row that stands for several. (transfer full) (nullable) */
char      *tl_log_view_describe_run   (TlLogView      *self,
                                       guint           position);
gboolean   tl_log_view_try_show       (TlLogView      *self);
/* Tooltips are asked for where there are any. */
void       tl_log_view_update_tooltips (TlLogView     *self);

/* tl-log-view-actions.c; the properties have to be installed before. */
void       tl_log_view_install_actions (GtkWidgetClass *widget_class);
void       tl_log_view_update_actions (TlLogView      *self);

G_END_DECLS
