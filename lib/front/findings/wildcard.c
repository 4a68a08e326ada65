/* SPDX-License-Identifier: MIT */
/*
 * A note: what Outlook must be told if the certificate of Outlook Anywhere is
 * a wildcard one.  A mismatch fails on the client and leaves no row, so no log
 * can tell whether it is needed.
 */

#include "inside.h"

#define HOSTS_SAID   5
#define DOMAINS_SAID 3

/*
 * The domain of a host, fit for a command: host names come from clients.  Two
 * labels at least of letters, digits and '-'; and no address.
 */
static bool
domain_of(rpclog_slice host, rpclog_slice *domain)
{
	size_t dots = 0, first = 0, label = 0;
	bool letters = false;

	for (size_t i = 0; i < host.len; i++) {
		unsigned char c = ascii_lower((unsigned char)host.ptr[i]);

		if (c == '.' && label > 0 && host.ptr[i - 1] != '-') {
			first = dots++ == 0 ? i + 1 : first;
			label = 0;
			letters = false;
		} else if (ascii_digit(c) || (c >= 'a' && c <= 'z') ||
			   (c == '-' && label > 0)) {
			letters |= c >= 'a' && c <= 'z';
			label++;
		} else {
			return false;
		}
	}
	/* The last label of a name has a letter, that of an address none. */
	if (dots < 2 || label == 0 || !letters || host.len > 253)
		return false;
	*domain = slice_cut(host, first, host.len);
	return true;
}

/* The hosts with most requests, the first of them first. */
static size_t
find_hosts(const struct findings *f, const struct cell *best[HOSTS_SAID])
{
	size_t count = 0;

	for_cells (f, TABLE_HOST, cell) {
		size_t at = count;

		if (cell->host == 0)
			continue;
		while (at > 0 && cell->requests > best[at - 1]->requests) {
			if (at < HOSTS_SAID)
				best[at] = best[at - 1];
			at--;
		}
		if (at < HOSTS_SAID)
			best[at] = cell;
		count += count < HOSTS_SAID;
	}
	return count;
}

static bool
is_same(rpclog_slice a, rpclog_slice b)
{
	return a.len == b.len && slice_starts_nocase(a, b);
}

static void
say_domains(struct findings *f, struct draft *d, const struct cell *const *best,
	    size_t count)
{
	rpclog_slice said[DOMAINS_SAID];
	size_t saids = 0;

	for (size_t i = 0; i < count && saids < DOMAINS_SAID; i++) {
		rpclog_slice domain;
		bool known = false;

		if (!domain_of(name_at(f, best[i]->host), &domain))
			continue;
		for (size_t k = 0; k < saids; k++)
			known |= is_same(said[k], domain);
		if (known)
			continue;
		said[saids++] = domain;
		/* Letters, digits, '-' and '.' alone: harmless. */
		say(f, d, LINE_COMMAND,
		    "Set-OutlookProvider EXPR -CertPrincipalName "
		    "\"msstd:*.%L\"",
		    &domain);
	}
	if (saids == 0)
		say(f, d, LINE_COMMAND,
		    "Set-OutlookProvider EXPR -CertPrincipalName "
		    "\"msstd:*.domain.com\"");
}

void
find_wildcard_certificate(struct findings *f)
{
	const struct cell *best[HOSTS_SAID];
	size_t count = find_hosts(f, best);
	struct draft *d;

	if (count == 0)
		return;
	d = draft_note(f, "wildcard_certificate",
		       "host name whose certificate may be a wildcard one",
		       name_at(f, best[0]->host));
	say_sentence(f, d,
		     "Only if the certificate of Outlook Anywhere is a "
		     "wildcard one (its name begins with *.): Outlook must be "
		     "told so, or it may refuse the certificate and ask for a "
		     "password again and again. That happens on the client "
		     "and leaves nothing in these logs.");
	for (size_t i = 0; i < count; i++)
		say(f, d, LINE_WHY,
		    "Outlook Anywhere came in by the name %S (%n).",
		    best[i]->host, best[i]->requests);
	say(f, d, LINE_DO,
	    "See what the certificate's names are, and what Outlook is told "
	    "(empty: nothing); note it:");
	say(f, d, LINE_COMMAND,
	    "Get-ExchangeCertificate | Format-List "
	    "Subject,CertificateDomains,Services");
	say(f, d, LINE_COMMAND,
	    "Get-OutlookProvider EXPR | Format-List CertPrincipalName");
	say(f, d, LINE_DO,
	    "If it is a wildcard certificate, tell Outlook its name, with the "
	    "dot behind the asterisk, exactly as the certificate has it:");
	say_domains(f, d, best, count);
	say(f, d, LINE_UNDO, "To take it back:");
	say(f, d, LINE_UNDO_COMMAND,
	    "Set-OutlookProvider EXPR -CertPrincipalName $null");
}
