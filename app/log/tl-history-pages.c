/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Chunks by the rows that they hold. */

#include "tl-history-pages.h"

/* What is kept of what was read: whichever of the two is reached first, but always what is on screen. */
#define MAX_PAGES 4096
#define MAX_MEMORY (48 * 1024 * 1024)
#define MIN_PAGES 4

struct _TlHistoryPages
{
  GPtrArray     *pages;    /* of TlHistoryPage, by `first` */
  TlHistoryPage *last;     /* looked at last: mostly it is the next one too */
  guint64        clock;
  gsize          memory;
};

static void
page_free (TlHistoryPage *page)
{
  g_clear_pointer (&page->chunk, tl_history_chunk_free);
  g_free (page->peers);
  g_free (page);
}

TlHistoryPages *
tl_history_pages_new (void)
{
  TlHistoryPages *self = g_new0 (TlHistoryPages, 1);

  self->pages = g_ptr_array_new_with_free_func ((GDestroyNotify) page_free);
  return self;
}

void
tl_history_pages_free (TlHistoryPages *self)
{
  g_ptr_array_unref (self->pages);
  g_free (self);
}

void
tl_history_pages_clear (TlHistoryPages *self)
{
  self->last = NULL;
  self->memory = 0;
  g_ptr_array_set_size (self->pages, 0);
}

/* The place of the page that holds @position, or where it would stand. */
static guint
find_place (TlHistoryPages *self,
            guint           position)
{
  guint low = 0, high = self->pages->len;

  while (low < high)
    {
      const guint middle = low + (high - low) / 2;
      const TlHistoryPage *page = self->pages->pdata[middle];

      if (page->first + page->n_rows <= position)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

TlHistoryPage *
tl_history_pages_find (TlHistoryPages *self,
                       guint           position)
{
  TlHistoryPage *page = self->last;
  guint place;

  if (page == NULL || position < page->first || position - page->first >= page->n_rows)
    {
      place = find_place (self, position);
      page = place < self->pages->len ? self->pages->pdata[place] : NULL;
      if (page == NULL || position < page->first)
        return NULL;
    }
  self->last = page;
  page->used = ++self->clock;
  return page;
}

static void
drop_page (TlHistoryPages *self,
           guint           place)
{
  TlHistoryPage *page = self->pages->pdata[place];

  if (page->chunk != NULL)
    self->memory -= tl_history_chunk_get_size (page->chunk);
  if (self->last == page)
    self->last = NULL;
  g_ptr_array_remove_index (self->pages, place);
}

static void
trim (TlHistoryPages *self)
{
  while (self->pages->len > MIN_PAGES && (self->pages->len > MAX_PAGES || self->memory > MAX_MEMORY))
    {
      guint oldest = 0;

      for (guint i = 1; i < self->pages->len; i++)
        if (((TlHistoryPage *) self->pages->pdata[i])->used < ((TlHistoryPage *) self->pages->pdata[oldest])->used)
          oldest = i;
      drop_page (self, oldest);
    }
}

void
tl_history_pages_add (TlHistoryPages *self,
                      guint           first,
                      TlHistoryChunk *chunk,
                      guint32        *peers)
{
  TlHistoryPage *page = g_new0 (TlHistoryPage, 1);

  page->first = first;
  page->n_rows = chunk != NULL ? tl_history_chunk_get_n_rows (chunk) : 1;
  page->chunk = chunk;
  page->peers = peers;
  page->used = ++self->clock;
  g_ptr_array_insert (self->pages, (int) find_place (self, first), page);
  self->memory += chunk != NULL ? tl_history_chunk_get_size (chunk) : 0;
  self->last = page;
  trim (self);
}

gsize
tl_history_pages_get_memory (TlHistoryPages *self)
{
  return self->memory;
}
