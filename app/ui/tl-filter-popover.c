/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where it is written which messages are shown. */

#include "tl-filter-popover.h"

#include "tl-widget.h"

#include <glib/gi18n-lib.h>

/* The pages of the time. */
enum {
  TIME_BETWEEN,
  TIME_LAST,
};

struct _TlFilterPopover
{
  GtkPopover parent_instance;

  GtkDropDown     *show_drop;
  GtkWidget       *peer_label;
  GtkDropDown     *peer_drop;
  GtkEditable     *least;
  GtkEditable     *most;
  GtkLabel        *length_error;
  GtkDropDown     *time_choice;
  GtkStack        *time_stack;
  GtkEditable     *from;
  GtkEditable     *to;
  GtkEditable     *minutes;
  GtkLabel        *minutes_words;
  GtkLabel        *time_error;
  GtkDropDown     *content_choice;
  GtkEditable     *content;
  GtkDropDown     *kind_choice;
  GtkToggleButton *case_button;
  GtkLabel        *content_error;

  TlMessageCriteria criteria;
  char             *time_words;  /* of the time that is in force; NULL: any */
  TlCharset         charset;
  gboolean          filling;     /* several fields are written at once */
};

enum {
  CHANGED,
  CLEAR_ALL,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TlFilterPopover, tl_filter_popover, GTK_TYPE_POPOVER)

static void
show_error (GtkLabel     *label,
            GtkEditable  *entry,
            GtkEditable  *other,
            const GError *error)
{
  GtkEditable *entries[] = { entry, other };

  gtk_label_set_text (label, error != NULL ? error->message : "");
  gtk_widget_set_visible (GTK_WIDGET (label), error != NULL);
  for (guint i = 0; i < G_N_ELEMENTS (entries) && entries[i] != NULL; i++)
    {
      if (error != NULL)
        gtk_widget_add_css_class (GTK_WIDGET (entries[i]), "error");
      else
        gtk_widget_remove_css_class (GTK_WIDGET (entries[i]), "error");
      gtk_accessible_update_state (GTK_ACCESSIBLE (entries[i]), GTK_ACCESSIBLE_STATE_INVALID,
                                   error != NULL ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
    }
}

static void
emit_changed (TlFilterPopover *self)
{
  if (!self->filling)
    g_signal_emit (self, signals[CHANGED], 0);
}

static void
length_cb (TlFilterPopover *self)
{
  g_autoptr (GError) error = NULL;

  if (self->filling)
    return;
  tl_message_criteria_parse_length (gtk_editable_get_text (self->least), gtk_editable_get_text (self->most),
                                    &self->criteria.min_length, &self->criteria.max_length, &error);
  show_error (self->length_error, self->least, self->most, error);
  if (error == NULL)
    emit_changed (self);
}

/* @from, @to: without blanks around. */
static char *
describe_span (const char *from,
               const char *to)
{
  if (*from != '\0' && *to != '\0')
    return g_strdup_printf (C_("time range", "%s – %s"), from, to);
  if (*from != '\0')
    return g_strdup_printf (C_("time range", "from %s"), from);
  return g_strdup_printf (C_("time range", "to %s"), to);
}

static char *
describe_time (TlFilterPopover *self,
               gboolean         is_last)
{
  g_autofree char *from = g_strstrip (g_strdup (gtk_editable_get_text (self->from)));
  g_autofree char *to = g_strstrip (g_strdup (gtk_editable_get_text (self->to)));
  const gulong n = (gulong) (self->criteria.time.from / (60 * G_USEC_PER_SEC));

  if (self->criteria.time.kind == TL_TIME_ANY)
    return NULL;
  return is_last ? g_strdup_printf (ngettext ("last %lu minute", "last %lu minutes", n), n) : describe_span (from, to);
}

static void
time_cb (TlFilterPopover *self)
{
  const gboolean is_last = gtk_drop_down_get_selected (self->time_choice) == TIME_LAST;
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autoptr (GError) error = NULL;

  if (self->filling)
    return;
  gtk_stack_set_visible_child_name (self->time_stack, is_last ? "last" : "between");
  if (is_last)
    tl_time_range_parse_last (gtk_editable_get_text (self->minutes), &self->criteria.time, &error);
  else
    tl_time_range_parse (gtk_editable_get_text (self->from), gtk_editable_get_text (self->to), zone, &self->criteria.time, &error);
  show_error (self->time_error, is_last ? self->minutes : self->from, is_last ? NULL : self->to, error);
  if (error != NULL)
    return;
  g_free (self->time_words);
  self->time_words = describe_time (self, is_last);
  emit_changed (self);
}

static void
content_cb (TlFilterPopover *self)
{
  const TlPatternKind kind = gtk_drop_down_get_selected (self->kind_choice);
  const char *text = gtk_editable_get_text (self->content);
  g_autoptr (GError) error = NULL;
  TlPattern *pattern = NULL;

  if (self->filling)
    return;
  gtk_widget_set_sensitive (GTK_WIDGET (self->case_button), kind != TL_PATTERN_HEX);
  if (*text != '\0')
    pattern = tl_pattern_new (kind, text, self->charset, !gtk_toggle_button_get_active (self->case_button), &error);
  show_error (self->content_error, self->content, NULL, error);
  if (error != NULL)
    return;
  g_clear_pointer (&self->criteria.pattern, tl_pattern_unref);
  self->criteria.pattern = pattern;
  self->criteria.inverted = gtk_drop_down_get_selected (self->content_choice) == 1;
  emit_changed (self);
}

static void
clear_all_cb (TlFilterPopover *self)
{
  g_signal_emit (self, signals[CLEAR_ALL], 0);
}

static void
tl_filter_popover_dispose (GObject *object)
{
  TlFilterPopover *self = TL_FILTER_POPOVER (object);

  /* What is torn down is no wish. */
  self->filling = TRUE;
  G_OBJECT_CLASS (tl_filter_popover_parent_class)->dispose (object);
}

static void
tl_filter_popover_finalize (GObject *object)
{
  TlFilterPopover *self = TL_FILTER_POPOVER (object);

  tl_message_criteria_clear (&self->criteria);
  g_free (self->time_words);
  G_OBJECT_CLASS (tl_filter_popover_parent_class)->finalize (object);
}

static void
tl_filter_popover_class_init (TlFilterPopoverClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tl_filter_popover_dispose;
  G_OBJECT_CLASS (klass)->finalize = tl_filter_popover_finalize;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[CLEAR_ALL] = g_signal_new ("clear-all", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/tonglu/Tonglu/tl-filter-popover.ui");
  gtk_widget_class_bind_template_child (widget_class, TlFilterPopover, show_drop);
  gtk_widget_class_bind_template_child (widget_class, TlFilterPopover, peer_label);
  gtk_widget_class_bind_template_child (widget_class, TlFilterPopover, peer_drop);
  gtk_widget_class_bind_template_child (widget_class, TlFilterPopover, least);
  gtk_widget_class_bind_template_child (widget_class, TlFilterPopover, most);
  gtk_widget_class_bind_template_child (widget_class, TlFilterPopover, length_error);
  gtk_widget_class_bind_template_child (widget_class, TlFilterPopover, time_choice);
  gtk_widget_class_bind_template_child (widget_class, TlFilterPopover, time_stack);
  gtk_widget_class_bind_template_child (widget_class, TlFilterPopover, from);
  gtk_widget_class_bind_template_child (widget_class, TlFilterPopover, to);
  gtk_widget_class_bind_template_child (widget_class, TlFilterPopover, minutes);
  gtk_widget_class_bind_template_child (widget_class, TlFilterPopover, minutes_words);
  gtk_widget_class_bind_template_child (widget_class, TlFilterPopover, time_error);
  gtk_widget_class_bind_template_child (widget_class, TlFilterPopover, content_choice);
  gtk_widget_class_bind_template_child (widget_class, TlFilterPopover, content);
  gtk_widget_class_bind_template_child (widget_class, TlFilterPopover, kind_choice);
  gtk_widget_class_bind_template_child (widget_class, TlFilterPopover, case_button);
  gtk_widget_class_bind_template_child (widget_class, TlFilterPopover, content_error);
  gtk_widget_class_bind_template_callback (widget_class, length_cb);
  gtk_widget_class_bind_template_callback (widget_class, time_cb);
  gtk_widget_class_bind_template_callback (widget_class, content_cb);
  gtk_widget_class_bind_template_callback (widget_class, clear_all_cb);
}

static void
tl_filter_popover_init (TlFilterPopover *self)
{
  self->criteria = (TlMessageCriteria) TL_MESSAGE_CRITERIA_INIT;
  gtk_widget_init_template (GTK_WIDGET (self));
  tl_widget_name_drop_downs (GTK_WIDGET (self));
}

GtkWidget *
tl_filter_popover_new (void)
{
  return g_object_new (TL_TYPE_FILTER_POPOVER, NULL);
}

GtkDropDown *
tl_filter_popover_get_show_drop (TlFilterPopover *self)
{
  return self->show_drop;
}

GtkDropDown *
tl_filter_popover_get_peer_drop (TlFilterPopover *self)
{
  return self->peer_drop;
}

void
tl_filter_popover_set_has_peers (TlFilterPopover *self,
                                 gboolean         has_peers)
{
  gtk_widget_set_visible (self->peer_label, has_peers);
  gtk_widget_set_visible (GTK_WIDGET (self->peer_drop), has_peers);
}

const TlMessageCriteria *
tl_filter_popover_get_criteria (TlFilterPopover *self)
{
  return &self->criteria;
}

static char *
describe_length (const TlMessageCriteria *criteria)
{
  const guint min = criteria->min_length, max = criteria->max_length;

  if (min == 0 && max == G_MAXUINT32)
    return NULL;
  if (min == max)
    return g_strdup_printf (ngettext ("%u byte", "%u bytes", min), min);
  if (max == G_MAXUINT32)
    return g_strdup_printf (ngettext ("at least %u byte", "at least %u bytes", min), min);
  if (min == 0)
    return g_strdup_printf (ngettext ("at most %u byte", "at most %u bytes", max), max);
  return g_strdup_printf (ngettext ("%u–%u byte", "%u–%u bytes", max), min, max);
}

static char *
describe_content (const TlMessageCriteria *criteria)
{
  static const char *const with[TL_N_PATTERN_KINDS] = { N_("with “%s”"), N_("with regex “%s”"), N_("with hex “%s”") };
  static const char *const without[TL_N_PATTERN_KINDS] = { N_("without “%s”"), N_("without regex “%s”"), N_("without hex “%s”") };
  const char *const *words = criteria->inverted ? without : with;

  if (criteria->pattern == NULL)
    return NULL;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  return g_strdup_printf (_(words[tl_pattern_get_kind (criteria->pattern)]), tl_pattern_get_text (criteria->pattern));
#pragma GCC diagnostic pop
}

char *
tl_filter_popover_describe (TlFilterPopover *self,
                            TlFilterPart     part)
{
  switch (part)
    {
    case TL_FILTER_LENGTH:
      return describe_length (&self->criteria);
    case TL_FILTER_TIME:
      return g_strdup (self->time_words);
    case TL_FILTER_CONTENT:
      return describe_content (&self->criteria);
    case TL_FILTER_SHOW:
    case TL_FILTER_PEER:
    default:
      return NULL;
    }
}

/* Writes several fields, and then looks at them once. */
static void
fill (TlFilterPopover *self,
      GtkEditable     *entry,
      const char      *text)
{
  self->filling = TRUE;
  gtk_editable_set_text (entry, text);
  self->filling = FALSE;
}

void
tl_filter_popover_clear (TlFilterPopover *self,
                         TlFilterPart     part)
{
  switch (part)
    {
    case TL_FILTER_LENGTH:
      fill (self, self->least, "");
      fill (self, self->most, "");
      length_cb (self);
      break;
    case TL_FILTER_TIME:
      fill (self, self->from, "");
      fill (self, self->to, "");
      fill (self, self->minutes, "");
      time_cb (self);
      break;
    case TL_FILTER_CONTENT:
      fill (self, self->content, "");
      content_cb (self);
      break;
    case TL_FILTER_SHOW:
    case TL_FILTER_PEER:
    default:
      break;
    }
}

void
tl_filter_popover_set_pattern (TlFilterPopover *self,
                               TlPattern       *pattern)
{
  self->filling = TRUE;
  gtk_editable_set_text (self->content, tl_pattern_get_text (pattern));
  gtk_drop_down_set_selected (self->kind_choice, tl_pattern_get_kind (pattern));
  if (tl_pattern_get_kind (pattern) != TL_PATTERN_HEX)
    gtk_toggle_button_set_active (self->case_button, !tl_pattern_get_fold (pattern));
  gtk_drop_down_set_selected (self->content_choice, 0);
  self->filling = FALSE;
  content_cb (self);
}

void
tl_filter_popover_set_live (TlFilterPopover *self,
                            gboolean         live)
{
  const char *words = live ? _("So many minutes before now: what becomes older goes, also while nothing comes")
                           : _("So many minutes before the newest message of what was recorded");

  g_return_if_fail (TL_IS_FILTER_POPOVER (self));

  gtk_label_set_label (self->minutes_words, live ? _("minutes before now") : _("minutes before the newest message"));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->minutes), words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->minutes), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}

void
tl_filter_popover_set_charset (TlFilterPopover *self,
                               TlCharset        charset)
{
  if (self->charset == charset)
    return;
  self->charset = charset;
  if (*gtk_editable_get_text (self->content) != '\0')
    content_cb (self);
}
