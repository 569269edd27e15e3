/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A row that edits one property: options are tables, not templates. */

#include "tl-option-row.h"

#include "tl-choice-binding.h"

#include <glib/gi18n-lib.h>

struct _TlOptionRow
{
  AdwActionRow        parent_instance;

  const TlOptionSpec *spec;
  GtkWidget          *control;
};

G_DEFINE_FINAL_TYPE (TlOptionRow, tl_option_row, ADW_TYPE_ACTION_ROW)

static GtkWidget *
make_switch (TlOptionRow *self,
             GObject     *object)
{
  GtkWidget *control = gtk_switch_new ();

  g_object_bind_property (object, self->spec->property, control, "active", G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
  return control;
}

static GtkWidget *
make_number (TlOptionRow *self,
             GObject     *object)
{
  GtkAdjustment *adjustment = gtk_adjustment_new (self->spec->minimum, self->spec->minimum, self->spec->maximum, 1, 10, 0);
  GtkWidget *control = gtk_spin_button_new (adjustment, 1, 0);

  gtk_spin_button_set_numeric (GTK_SPIN_BUTTON (control), TRUE);
  gtk_editable_set_width_chars (GTK_EDITABLE (control), 6);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (control), 8);
  g_object_bind_property (object, self->spec->property, adjustment, "value",
                          G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
  return control;
}

static GtkWidget *
make_choice (TlOptionRow *self,
             GObject     *object)
{
  GtkStringList *choices = gtk_string_list_new (NULL);
  GtkWidget *control;

  for (const char * const *p = self->spec->choices; *p != NULL; p++)
    gtk_string_list_append (choices, _(*p));
  control = gtk_drop_down_new (G_LIST_MODEL (choices), NULL);
  tl_choice_bind (object, self->spec->property, control);
  return control;
}

static void
tl_option_row_class_init (TlOptionRowClass *klass)
{
}

static void
tl_option_row_init (TlOptionRow *self)
{
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (self), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (self), 0);
}

GtkWidget *
tl_option_row_new (GObject            *object,
                   const TlOptionSpec *spec)
{
  TlOptionRow *self = g_object_new (TL_TYPE_OPTION_ROW, "title", _(spec->title), NULL);

  self->spec = spec;
  switch (spec->control)
    {
    case TL_OPTION_SWITCH:
      self->control = make_switch (self, object);
      break;
    case TL_OPTION_NUMBER:
      self->control = make_number (self, object);
      break;
    case TL_OPTION_CHOICE:
    default:
      self->control = make_choice (self, object);
      break;
    }

  gtk_widget_set_valign (self->control, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->control), GTK_ACCESSIBLE_PROPERTY_LABEL, _(spec->title), -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), self->control);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (self), self->control);
  tl_option_row_set_effective (self, NULL);
  return GTK_WIDGET (self);
}

const TlOptionSpec *
tl_option_row_get_spec (TlOptionRow *self)
{
  g_return_val_if_fail (TL_IS_OPTION_ROW (self), NULL);

  return self->spec;
}

void
tl_option_row_set_effective (TlOptionRow *self,
                             const char  *sentence)
{
  const char *subtitle;

  g_return_if_fail (TL_IS_OPTION_ROW (self));

  subtitle = self->spec->subtitle != NULL ? _(self->spec->subtitle) : "";
  if (sentence != NULL)
    {
      g_autofree char *both = g_strconcat (subtitle, *subtitle != '\0' ? "\n" : "", sentence, NULL);

      adw_action_row_set_subtitle (ADW_ACTION_ROW (self), both);
    }
  else
    adw_action_row_set_subtitle (ADW_ACTION_ROW (self), subtitle);
}

GtkWidget *
tl_option_row_get_control (TlOptionRow *self)
{
  g_return_val_if_fail (TL_IS_OPTION_ROW (self), NULL);

  return self->control;
}

GPtrArray *
tl_option_rows_add (AdwPreferencesGroup *group,
                    GObject             *object,
                    const TlOptionSpec  *specs,
                    guint                n_specs)
{
  GPtrArray *rows = g_ptr_array_new ();

  for (guint i = 0; i < n_specs; i++)
    if (g_object_class_find_property (G_OBJECT_GET_CLASS (object), specs[i].property) != NULL)
      {
        GtkWidget *row = tl_option_row_new (object, &specs[i]);

        adw_preferences_group_add (group, row);
        g_ptr_array_add (rows, row);
      }
  return rows;
}
