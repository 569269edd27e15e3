/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two sessions beside each other, or one at a time where there is no room for both. */

#include "tl-pair.h"

#include "tl-tab-content.h"
#include "tl-widget.h"

#define BESIDE_MIN_WIDTH 720

struct _TlPair
{
  GtkWidget parent_instance;

  GtkWidget *switcher;
  GtkWidget *buttons[2];
  GtkWidget *pages[2];
  GtkWidget *separator;
  char *title;
  gboolean folded;
};

enum {
  PROP_TITLE = 1,
  PROP_ICON,
  PROP_BUSY,
  PROP_NEEDS_ATTENTION,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void tl_pair_tab_content_init (TlTabContentInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TlPair, tl_pair, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (TL_TYPE_TAB_CONTENT, tl_pair_tab_content_init))

static guint
get_shown (TlPair *self)
{
  return gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->buttons[0])) ? 0 : 1;
}

static void
toggled_cb (TlPair *self)
{
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
clicked_cb (TlPair *self)
{
  gtk_widget_grab_focus (self->pages[get_shown (self)]);
}

static void
page_changed_cb (TlPair *self,
                 GParamSpec *pspec)
{
  static const int ids[] = { PROP_ICON, PROP_BUSY, PROP_NEEDS_ATTENTION };

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    if (g_str_equal (pspec->name, properties[ids[i]]->name))
      g_object_notify_by_pspec (G_OBJECT (self), properties[ids[i]]);
}

static gboolean
either_has (TlPair *self,
            const char *property)
{
  gboolean first = FALSE, second = FALSE;

  g_object_get (self->pages[0], property, &first, NULL);
  g_object_get (self->pages[1], property, &second, NULL);

  return first || second;
}

static GtkSizeRequestMode
tl_pair_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_CONSTANT_SIZE;
}

/* What is asked for must not depend on whether it is folded at the moment, or the pair could never become narrow again. */
static void
tl_pair_measure (GtkWidget *widget,
                 GtkOrientation orientation,
                 int for_size,
                 int *minimum,
                 int *natural,
                 int *minimum_baseline,
                 int *natural_baseline)
{
  TlPair *self = TL_PAIR (widget);
  int switcher, separator;

  gtk_widget_measure (self->switcher, orientation, -1, &switcher, NULL, NULL, NULL);
  gtk_widget_measure (self->separator, orientation, -1, &separator, NULL, NULL, NULL);
  *minimum = *natural = 0;
  for (guint i = 0; i < G_N_ELEMENTS (self->pages); i++)
    {
      int page_minimum, page_natural;

      gtk_widget_measure (self->pages[i], orientation, -1, &page_minimum, &page_natural, NULL, NULL);
      *minimum = MAX (*minimum, page_minimum);
      *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? *natural + page_natural : MAX (*natural, page_natural);
    }

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = MAX (*minimum, switcher);
      *natural += separator;
    }
  else
    {
      *minimum += switcher;
      *natural += switcher;
    }
}

static void
allocate_beside (TlPair *self,
                 int width,
                 int height)
{
  int line, first;

  gtk_widget_measure (self->separator, GTK_ORIENTATION_HORIZONTAL, -1, &line, NULL, NULL, NULL);
  first = (width - line) / 2;
  gtk_widget_size_allocate (self->pages[0], &(GtkAllocation) { 0, 0, first, height }, -1);
  gtk_widget_size_allocate (self->separator, &(GtkAllocation) { first, 0, line, height }, -1);
  gtk_widget_size_allocate (self->pages[1], &(GtkAllocation) { first + line, 0, width - line - first, height }, -1);
}

static void
allocate_folded (TlPair *self,
                 int width,
                 int height)
{
  int top;

  gtk_widget_measure (self->switcher, GTK_ORIENTATION_VERTICAL, -1, &top, NULL, NULL, NULL);
  gtk_widget_size_allocate (self->switcher, &(GtkAllocation) { 0, 0, width, top }, -1);
  gtk_widget_size_allocate (self->pages[get_shown (self)], &(GtkAllocation) { 0, top, width, height - top }, -1);
}

static void
tl_pair_size_allocate (GtkWidget *widget,
                       int width,
                       int height,
                       int baseline)
{
  TlPair *self = TL_PAIR (widget);

  self->folded = width < BESIDE_MIN_WIDTH;
  gtk_widget_set_child_visible (self->switcher, self->folded);
  gtk_widget_set_child_visible (self->separator, !self->folded);
  for (guint i = 0; i < G_N_ELEMENTS (self->pages); i++)
    gtk_widget_set_child_visible (self->pages[i], !self->folded || i == get_shown (self));

  if (self->folded)
    allocate_folded (self, width, height);
  else
    allocate_beside (self, width, height);
}

/* The second is the one that writes first. */
static gboolean
tl_pair_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (tl_pair_get_current (TL_PAIR (widget))));
}

static void
tl_pair_get_property (GObject *object,
                      guint prop_id,
                      GValue *value,
                      GParamSpec *pspec)
{
  TlPair *self = TL_PAIR (object);

  switch (prop_id)
    {
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    case PROP_ICON:
      g_object_get_property (G_OBJECT (self->pages[0]), "icon", value);
      break;
    case PROP_BUSY:
    case PROP_NEEDS_ATTENTION:
      g_value_set_boolean (value, either_has (self, pspec->name));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_pair_dispose (GObject *object)
{
  TlPair *self = TL_PAIR (object);

  tl_widget_unparent_children (GTK_WIDGET (self));
  g_clear_pointer (&self->title, g_free);

  G_OBJECT_CLASS (tl_pair_parent_class)->dispose (object);
}

static void
tl_pair_class_init (TlPairClass *klass)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = tl_pair_get_property;
  object_class->dispose = tl_pair_dispose;
  widget_class->focus = tl_widget_focus_children;
  widget_class->grab_focus = tl_pair_grab_focus;
  widget_class->get_request_mode = tl_pair_get_request_mode;
  widget_class->measure = tl_pair_measure;
  widget_class->size_allocate = tl_pair_size_allocate;

  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_ICON] = g_param_spec_object ("icon", NULL, NULL, G_TYPE_ICON, flags);
  properties[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, flags);
  properties[PROP_NEEDS_ATTENTION] = g_param_spec_boolean ("needs-attention", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
add_switch_button (TlPair *self,
                   guint number)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  self->buttons[number] = gtk_toggle_button_new ();
  gtk_button_set_child (GTK_BUTTON (self->buttons[number]), label);
  gtk_widget_set_hexpand (self->buttons[number], TRUE);
  gtk_box_append (GTK_BOX (self->switcher), self->buttons[number]);
  g_signal_connect_swapped (self->buttons[number], "clicked", G_CALLBACK (clicked_cb), self);
}

static void
tl_pair_init (TlPair *self)
{
  self->switcher = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_box_set_homogeneous (GTK_BOX (self->switcher), TRUE);
  gtk_widget_add_css_class (self->switcher, "linked");
  gtk_widget_set_margin_top (self->switcher, 6);
  gtk_widget_set_margin_start (self->switcher, 6);
  gtk_widget_set_margin_end (self->switcher, 6);
  gtk_widget_set_parent (self->switcher, GTK_WIDGET (self));
  add_switch_button (self, 0);
  add_switch_button (self, 1);
  gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (self->buttons[1]), GTK_TOGGLE_BUTTON (self->buttons[0]));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->buttons[1]), TRUE);
  g_signal_connect_swapped (self->buttons[1], "toggled", G_CALLBACK (toggled_cb), self);
}

static void
tl_pair_count_running (TlTabContent *content,
                       TlRunning *running)
{
  TlPair *self = TL_PAIR (content);

  for (guint i = 0; i < G_N_ELEMENTS (self->pages); i++)
    tl_tab_content_count_running (TL_TAB_CONTENT (self->pages[i]), running);
}

static void
tl_pair_close (TlTabContent *content)
{
  TlPair *self = TL_PAIR (content);

  for (guint i = 0; i < G_N_ELEMENTS (self->pages); i++)
    tl_tab_content_close (TL_TAB_CONTENT (self->pages[i]));
}

static gboolean
tl_pair_press (TlTabContent *content,
               GVariant *verbs)
{
  return tl_tab_content_press (TL_TAB_CONTENT (tl_pair_get_current (TL_PAIR (content))), verbs);
}

static char *
tl_pair_dup_link (TlTabContent *content)
{
  return tl_tab_content_dup_link (TL_TAB_CONTENT (tl_pair_get_current (TL_PAIR (content))));
}

static void
tl_pair_save (TlTabContent *content,
              GVariantBuilder *builder)
{
  TlPair *self = TL_PAIR (content);

  for (guint i = 0; i < G_N_ELEMENTS (self->pages); i++)
    tl_tab_content_save (TL_TAB_CONTENT (self->pages[i]), builder);
}

static void
tl_pair_tab_content_init (TlTabContentInterface *iface)
{
  iface->count_running = tl_pair_count_running;
  iface->close = tl_pair_close;
  iface->press = tl_pair_press;
  iface->dup_link = tl_pair_dup_link;
  iface->save = tl_pair_save;
}

GtkWidget *
tl_pair_new (const char *title,
             TlSessionPage *first,
             TlSessionPage *second)
{
  TlPair *self = g_object_new (TL_TYPE_PAIR, NULL);

  self->title = g_strdup (title);
  self->pages[0] = GTK_WIDGET (first);
  self->pages[1] = GTK_WIDGET (second);
  self->separator = gtk_separator_new (GTK_ORIENTATION_VERTICAL);
  gtk_widget_set_parent (self->pages[0], GTK_WIDGET (self));
  gtk_widget_set_parent (self->separator, GTK_WIDGET (self));
  gtk_widget_set_parent (self->pages[1], GTK_WIDGET (self));
  for (guint i = 0; i < G_N_ELEMENTS (self->pages); i++)
    {
      GtkWidget *label = gtk_button_get_child (GTK_BUTTON (self->buttons[i]));

      g_object_bind_property (self->pages[i], "title", label, "label", G_BINDING_SYNC_CREATE);
      g_signal_connect_object (self->pages[i], "notify", G_CALLBACK (page_changed_cb), self, G_CONNECT_SWAPPED);
    }

  return GTK_WIDGET (self);
}

TlSessionPage *
tl_pair_get_current (TlPair *self)
{
  g_return_val_if_fail (TL_IS_PAIR (self), NULL);

  if (self->folded)
    return TL_SESSION_PAGE (self->pages[get_shown (self)]);

  return TL_SESSION_PAGE (gtk_widget_get_focus_child (GTK_WIDGET (self)) == self->pages[0] ? self->pages[0] : self->pages[1]);
}
