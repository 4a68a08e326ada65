/* SPDX-License-Identifier: MIT */
/* Files on disk: folders made on the way, gzip without time and name. */
#ifndef GEN_FILE_H
#define GEN_FILE_H

#include <stddef.h>

#include "buf.h"

/* Makes every folder of path up to its last slash. */
void file_folders(const char *path);
void file_put(const char *path, const void *data, size_t len);
void file_put_gzip(const char *path, const void *data, size_t len);
/* Appends one gzip member. */
void gzip_member(struct buf *out, const void *data, size_t len);

#endif
