/* SPDX-License-Identifier: GPL-3.0-or-later */
/* In which pieces the composer sends a file. */
#include "tl-file-popover.h"

#include "tl-udp-session.h"

#include <glib/gi18n-lib.h>

#define DATAGRAM_PIECE 1024
#define STREAM_PIECE (64 * 1024)
#define STREAM_MAX_PIECE (1024 * 1024)

struct _TlFilePopover
{
  GtkPopover     parent_instance;

  GtkLabel      *piece_label;
  GtkSpinButton *piece;
  GtkSpinButton *gap;
  GtkWidget     *choose_button;

  GtkFileChooserNative *chooser;
  gboolean       is_datagram;
  gboolean       can_start;
};

G_DEFINE_FINAL_TYPE (TlFilePopover, tl_file_popover, GTK_TYPE_POPOVER)

enum {
  PROP_0,
  PROP_IS_DATAGRAM,
  PROP_CAN_START,
  N_PROPS,
};

enum {
  SIGNAL_CHOSEN,
  N_SIGNALS,
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

static void
show_kind (TlFilePopover *self)
{
  if (self->is_datagram)
    {
      gtk_label_set_label (self->piece_label, _("_Datagram size, in bytes"));
      gtk_spin_button_set_range (self->piece, 1, TL_UDP_MAX_PAYLOAD_IPV6);
      gtk_spin_button_set_value (self->piece, DATAGRAM_PIECE);
      /* The receiver has nothing else that slows the sender down. */
      gtk_spin_button_set_value (self->gap, 1);
    }
  else
    {
      gtk_label_set_label (self->piece_label, _("_Piece size, in bytes"));
      gtk_spin_button_set_range (self->piece, 1, STREAM_MAX_PIECE);
      gtk_spin_button_set_value (self->piece, STREAM_PIECE);
      gtk_spin_button_set_value (self->gap, 0);
    }
}

static void
response_cb (TlFilePopover *self,
             int            response)
{
  g_autoptr (GtkFileChooserNative) chooser = g_steal_pointer (&self->chooser);
  g_autoptr (GListModel) files = NULL;

  if (response != GTK_RESPONSE_ACCEPT)
    return;

  files = gtk_file_chooser_get_files (GTK_FILE_CHOOSER (chooser));
  for (guint i = 0; i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr (GFile) file = g_list_model_get_item (files, i);

      g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, file);
    }
}

static void
choose_cb (TlFilePopover *self)
{
  gtk_spin_button_update (self->piece);
  gtk_spin_button_update (self->gap);
  gtk_popover_popdown (GTK_POPOVER (self));
  tl_file_popover_choose (self);
}

static void
tl_file_popover_get_property (GObject    *object,
                              guint       id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  TlFilePopover *self = TL_FILE_POPOVER (object);

  switch (id)
    {
    case PROP_IS_DATAGRAM:
      g_value_set_boolean (value, self->is_datagram);
      break;
    case PROP_CAN_START:
      g_value_set_boolean (value, self->can_start);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
tl_file_popover_set_property (GObject      *object,
                              guint         id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  TlFilePopover *self = TL_FILE_POPOVER (object);

  switch (id)
    {
    case PROP_IS_DATAGRAM:
      tl_file_popover_set_is_datagram (self, g_value_get_boolean (value));
      break;
    case PROP_CAN_START:
      if (self->can_start == g_value_get_boolean (value))
        break;
      self->can_start = g_value_get_boolean (value);
      g_object_notify_by_pspec (object, pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
tl_file_popover_dispose (GObject *object)
{
  TlFilePopover *self = TL_FILE_POPOVER (object);

  if (self->chooser)
    gtk_native_dialog_destroy (GTK_NATIVE_DIALOG (self->chooser));
  g_clear_object (&self->chooser);
  gtk_widget_dispose_template (GTK_WIDGET (self), TL_TYPE_FILE_POPOVER);

  G_OBJECT_CLASS (tl_file_popover_parent_class)->dispose (object);
}

static void
tl_file_popover_class_init (TlFilePopoverClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = tl_file_popover_get_property;
  object_class->set_property = tl_file_popover_set_property;
  object_class->dispose = tl_file_popover_dispose;

  props[PROP_IS_DATAGRAM] = g_param_spec_boolean ("is-datagram", NULL, NULL, FALSE, flags);
  props[PROP_CAN_START] = g_param_spec_boolean ("can-start", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);

  signals[SIGNAL_CHOSEN] = g_signal_new ("chosen", TL_TYPE_FILE_POPOVER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, G_TYPE_FILE);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/tonglu/Tonglu/tl-file-popover.ui");
  gtk_widget_class_bind_template_child (widget_class, TlFilePopover, piece_label);
  gtk_widget_class_bind_template_child (widget_class, TlFilePopover, piece);
  gtk_widget_class_bind_template_child (widget_class, TlFilePopover, gap);
  gtk_widget_class_bind_template_child (widget_class, TlFilePopover, choose_button);
  gtk_widget_class_bind_template_callback (widget_class, choose_cb);
}

static void
tl_file_popover_init (TlFilePopover *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_popover_set_default_widget (GTK_POPOVER (self), self->choose_button);
  show_kind (self);
}

void
tl_file_popover_choose (TlFilePopover *self)
{
  GtkRoot *root;

  g_return_if_fail (TL_IS_FILE_POPOVER (self));

  if (!self->chooser)
    {
      root = gtk_widget_get_root (GTK_WIDGET (self));
      self->chooser = gtk_file_chooser_native_new (_("Send File"), GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                                   GTK_FILE_CHOOSER_ACTION_OPEN, _("_Send"), _("_Cancel"));
      gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (self->chooser), TRUE);
      gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
      g_signal_connect_object (self->chooser, "response", G_CALLBACK (response_cb), self, G_CONNECT_SWAPPED);
    }
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

void
tl_file_popover_set_is_datagram (TlFilePopover *self,
                                 gboolean       is_datagram)
{
  g_return_if_fail (TL_IS_FILE_POPOVER (self));

  if (self->is_datagram == is_datagram)
    return;

  self->is_datagram = is_datagram;
  show_kind (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_IS_DATAGRAM]);
}

guint
tl_file_popover_get_piece (TlFilePopover *self)
{
  g_return_val_if_fail (TL_IS_FILE_POPOVER (self), STREAM_PIECE);

  return gtk_spin_button_get_value_as_int (self->piece);
}

guint
tl_file_popover_get_gap (TlFilePopover *self)
{
  g_return_val_if_fail (TL_IS_FILE_POPOVER (self), 0);

  return gtk_spin_button_get_value_as_int (self->gap);
}
