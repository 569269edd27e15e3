/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Downloads of what a person has selected: of 100,000 names no turn of the main loop can take care. */

#include "tl-transfer-feed.h"

#include "tl-ftp-name.h"
#include "tl-transfer-lane.h"
#include "tl-transfer-queue-private.h"

#define SLICE_US 6000
#define CHECK_EVERY 16

struct _TlTransferFeed
{
  TlTransferQueue *queue;     /* owns it */
  TlFtpClient     *client;
  TlFtpSite       *site;
  GBytes          *dir;
  TlFtpListing    *listing;
  GArray          *indices;   /* of guint32 */
  guint            next;
  TlFtpCharset     charset;
  TlCharset        guess;
  char            *root;
  guint            idle;
};

gboolean
tl_transfer_queue_takes (TlFtpListing *listing,
                         guint         index)
{
  TlFtpListingItem item;

  tl_ftp_listing_get_entry (listing, index, &item);
  return !item.unsafe && item.kind != TL_FTP_ENTRY_OTHER;
}

static TlTransfer *
make (TlTransferFeed *self,
      guint           index)
{
  TlFtpListingItem item;
  g_autoptr (GBytes) name = NULL;
  g_autoptr (GBytes) remote = NULL;
  g_autofree char *path = NULL;
  TlTransfer *transfer;
  gboolean folder;

  tl_ftp_listing_get_entry (self->listing, index, &item);
  name = g_bytes_new (item.name, item.name_length);
  remote = tl_ftp_path_join (self->dir, name);
  path = tl_ftp_name_to_local (item.name, item.name_length, self->charset, self->guess);
  folder = item.kind == TL_FTP_ENTRY_DIRECTORY;
  transfer = tl_transfer_new (self->site, FALSE, folder, remote, self->root, path);
  transfer->size = folder ? -1 : MAX (item.size, -1);
  return transfer;
}

/* Whether there is more. */
static gboolean
take_slice (TlTransferFeed *self)
{
  gint64 end = g_get_monotonic_time () + SLICE_US;
  g_autoptr (GPtrArray) transfers = g_ptr_array_new_with_free_func (g_object_unref);
  guint begin = self->next;
  gboolean more;

  while (self->next < self->indices->len && ((self->next - begin) % CHECK_EVERY != CHECK_EVERY - 1 || g_get_monotonic_time () < end))
    {
      guint index = g_array_index (self->indices, guint32, self->next++);

      if (tl_transfer_queue_takes (self->listing, index))
        g_ptr_array_add (transfers, make (self, index));
    }
  more = self->next < self->indices->len;
  /* The last: whoever hears of it may end the feed. */
  tl_transfer_queue_add_top (self->queue, self->client, transfers);
  return more;
}

static gboolean
idle_cb (gpointer data)
{
  TlTransferFeed *self = data;
  g_autoptr (TlTransferQueue) queue = g_object_ref (self->queue);

  if (take_slice (self))
    return G_SOURCE_CONTINUE;
  if (g_ptr_array_find (queue->feeds, self, NULL))
    {
      self->idle = 0;
      g_ptr_array_remove (queue->feeds, self);
    }
  return G_SOURCE_REMOVE;
}

TlTransferFeed *
tl_transfer_feed_new (TlTransferQueue *queue,
                      TlFtpClient     *client,
                      GBytes          *dir,
                      TlFtpListing    *listing,
                      GArray          *indices,
                      TlFtpCharset     charset,
                      TlCharset        guess,
                      GFile           *folder)
{
  TlTransferFeed *self = g_new0 (TlTransferFeed, 1);

  self->queue = queue;
  self->client = g_object_ref (client);
  g_object_get (client, "site", &self->site, NULL);
  self->dir = g_bytes_ref (dir);
  self->listing = tl_ftp_listing_ref (listing);
  self->indices = g_array_ref (indices);
  self->charset = charset;
  self->guess = guess;
  self->root = g_file_get_path (folder);
  if (take_slice (self))
    {
      self->idle = g_idle_add (idle_cb, self);
      return self;
    }
  tl_transfer_feed_free (self);
  return NULL;
}

void
tl_transfer_feed_free (TlTransferFeed *self)
{
  g_clear_handle_id (&self->idle, g_source_remove);
  g_object_unref (self->client);
  g_object_unref (self->site);
  g_bytes_unref (self->dir);
  tl_ftp_listing_unref (self->listing);
  g_array_unref (self->indices);
  g_free (self->root);
  g_free (self);
}
