/* SPDX-License-Identifier: MIT */
/* Whose popup is it (lib/README.md, Actors). */
#include "ref.h"

#include <stdlib.h>

/* Case-insensitively alike users together, the first seen in front. */
static int
by_user_first_seen(const void *left, const void *right)
{
	const struct row *a = *(struct row *const *)left;
	const struct row *b = *(struct row *const *)right;
	int order = text_compare(a->user_folded, b->user_folded);

	if (order)
		return order;
	if (a->start != b->start)
		return a->start < b->start ? -1 : 1;
	if (a->end != b->end)
		return a->end < b->end ? -1 : 1;
	order = text_compare(a->request_id, b->request_id);
	return order ? order : text_compare(a->U, b->U);
}

static int
by_mailbox_client_user(const void *left, const void *right)
{
	const struct row *a = *(struct row *const *)left;
	const struct row *b = *(struct row *const *)right;
	int order = text_compare(a->mailbox, b->mailbox);

	if (!order)
		order = text_compare(a->client, b->client);
	return order ? order : text_compare(a->user_folded, b->user_folded);
}

/* Every row with U gets its spelling as first seen by start. */
static void
set_shown_users(struct rows all)
{
	struct row **with = ref_alloc((all.count + 1) * sizeof *with);
	size_t count = 0;

	for (size_t i = 0; i < all.count; i++)
		if (all.ptr[i]->U.len)
			with[count++] = all.ptr[i];
	qsort(with, count, sizeof *with, by_user_first_seen);
	for (size_t i = 0; i < count; i++)
		with[i]->shown_user =
			i > 0 && text_compare(with[i - 1]->user_folded,
					      with[i]->user_folded) == 0
				? with[i - 1]->shown_user
				: with[i]->U;
}

/*
 * Authenticated rows that show a mailbox and a user, one for each mailbox,
 * client and user.  Health mailboxes and probes never own a mailbox.
 */
static struct rows
owners_of(struct rows all)
{
	struct rows owners = {
		ref_alloc((all.count + 1) * sizeof(struct row *)), 0
	};
	size_t count = 0;

	for (size_t i = 0; i < all.count; i++) {
		struct row *row = all.ptr[i];

		if (row->IA && row->U.len && row->mailbox.len &&
		    !text_is(text_of(row->class->name), "probe") &&
		    !is_health_account(row->account))
			owners.ptr[owners.count++] = row;
	}
	qsort(owners.ptr, owners.count, sizeof *owners.ptr,
	      by_mailbox_client_user);
	for (size_t i = 0; i < owners.count; i++)
		if (i == 0 ||
		    by_mailbox_client_user(&owners.ptr[i],
					   &owners.ptr[count - 1]) != 0)
			owners.ptr[count++] = owners.ptr[i];
	owners.count = count;
	return owners;
}

/* The first owner whose mailbox is not less. */
static size_t
first_owner(struct rows owners, struct text mailbox)
{
	size_t low = 0, high = owners.count;

	while (low < high) {
		const size_t middle = low + (high - low) / 2;

		if (text_compare(owners.ptr[middle]->mailbox, mailbox) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/*
 * The one user of this mailbox, with client only of (mailbox, client); empty
 * if there is none or more than one.
 */
static struct text
one_owner(struct rows owners, struct text mailbox, const struct text *client)
{
	const struct row *one = NULL;

	for (size_t i = first_owner(owners, mailbox);
	     i < owners.count &&
	     text_compare(owners.ptr[i]->mailbox, mailbox) == 0;
	     i++) {
		const struct row *owner = owners.ptr[i];

		if (client && text_compare(owner->client, *client) != 0)
			continue;
		if (one &&
		    text_compare(one->user_folded, owner->user_folded) != 0)
			return text_of("");
		one = owner;
	}
	return one ? one->shown_user : text_of("");
}

static struct text
actor_of(const struct row *row, struct rows owners)
{
	struct text owner;

	if (row->U.len)
		return row->shown_user;
	if (row->mailbox.len == 0)
		return text_join("client:", row->client);
	owner = one_owner(owners, row->mailbox, &row->client);
	if (owner.len == 0)
		owner = one_owner(owners, row->mailbox, NULL);
	if (owner.len == 0)
		return text_join("mailbox:", row->mailbox);
	return owner;
}

void
actors_resolve(struct rows all)
{
	struct rows owners;

	set_shown_users(all);
	owners = owners_of(all);
	for (size_t i = 0; i < all.count; i++)
		all.ptr[i]->actor = actor_of(all.ptr[i], owners);
}
