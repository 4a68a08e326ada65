/* SPDX-License-Identifier: MIT */
/*
 * Clients that servers without TLS 1.0 and 1.1 would lock out, by what their
 * user agents say.  The registry values are sums of bits: TLS 1.0 0x80,
 * TLS 1.1 0x200, TLS 1.2 0x800.
 */

#include "machine.h"

enum kind { KIND_WINDOWS_7, KIND_OLDER_WINDOWS, KIND_2010, KIND_2013, KINDS };

static const struct {
	const char *subject, *agent;
} kinds[KINDS] = {
	{ "Windows 7 or Server 2008 R2", "Windows NT 6.1" },
	{ "Windows Vista, XP or their servers", "Windows NT 6.0 or 5" },
	{ "Outlook 2010", "Microsoft Outlook 14" },
	{ "Outlook 2013", "Microsoft Outlook 15" },
};

#define SETTINGS                                                               \
	"SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Internet Settings"
#define SETTINGS_32                                                            \
	"SOFTWARE\\Wow6432Node\\Microsoft\\Windows\\CurrentVersion\\"          \
	"Internet Settings"
#define SCHANNEL                                                               \
	"SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\"    \
	"Protocols\\TLS 1.2\\Client"

static bool
is_version(rpclog_slice text, rpclog_slice version)
{
	return slice_starts(text, version) &&
	       (text.len == version.len || text.ptr[version.len] == '.');
}

/* The front end knows who it is: anybody can send any user agent. */
static bool
is_logged_on(const struct cell *cell)
{
	/* A row that can't prompt is here because it names its user. */
	return cell->popup == RPCLOG_POPUP_NO || is_kerberos(cell->class_id) ||
	       cell->class_id == C_AUTH_401_LEGACY ||
	       cell->class_id == C_AUTH_401;
}

static bool
is_of(const struct findings *f, const struct cell *cell, enum kind kind)
{
	rpclog_slice windows = name_at(f, cell->windows);
	rpclog_slice software = name_at(f, cell->software);

	if (!is_logged_on(cell) || is_source(f, cell->actor))
		return false;
	switch (kind) {
	case KIND_WINDOWS_7: return slice_eq(windows, SLICE("6.1"));
	case KIND_OLDER_WINDOWS:
		return slice_eq(windows, SLICE("6.0")) ||
		       is_version(windows, SLICE("5"));
	case KIND_2010: return is_version(software, SLICE("Outlook 14"));
	case KIND_2013: return is_version(software, SLICE("Outlook 15"));
	case KINDS: break;
	}
	return false;
}

struct clients {
	enum kind kind;
	struct set users, addresses;
	uint64_t joined; /* users who use Outlook Anywhere from there, too */
	uint32_t *last;	 /* by client: 1 + the last actor seen there */
};

/* All cells of one actor: those of such a client, then Outlook Anywhere from
 * the same addresses. */
static void
take_actor(const struct findings *f, struct clients *c, struct draft *d,
	   const struct cell *from, const struct cell *to)
{
	bool joined = false;

	for (const struct cell *cell = from; cell < to; cell++) {
		if (!is_of(f, cell, c->kind))
			continue;
		draft_count(d, cell);
		set_add(&c->users, cell->actor, cell->requests);
		set_add(&c->addresses, cell->client, cell->requests);
		c->last[cell->client] = cell->actor + 1;
	}
	for (const struct cell *cell = from; cell < to; cell++)
		joined |=
			c->last[cell->client] == cell->actor + 1 &&
			slice_eq(name_at(f, cell->protocol), SLICE("RpcHttp"));
	c->joined += joined;
}

static void
take(const struct findings *f, struct clients *c, struct draft *d)
{
	const struct cells *use = &f->in->table[TABLE_USE];
	const struct cell *end = use->cells + use->count;

	/* Cells are in order of actors. */
	for (const struct cell *from = use->cells, *to; from < end; from = to) {
		for (to = from; to < end && to->actor == from->actor;)
			to++;
		take_actor(f, c, d, from, to);
	}
}

/* ---- what to set ----------------------------------------------------------
 */

static void
say_values(struct findings *f, struct draft *d)
{
	say_remedy(f, d,
		   "Before servers stop accepting TLS 1.0 and 1.1, install "
		   "update KB3140245 on these computers and set "
		   "DefaultSecureProtocols 0xA00 and SecureProtocols 0xA80 in "
		   "the registry (rpclog diagnose --reg FILE writes them).");
	say(f, d, LINE_DO,
	    "Install update KB3140245 on these computers. To see whether one "
	    "has it (an error says that it has not):");
	say(f, d, LINE_COMMAND, "Get-HotFix -Id KB3140245");
	say(f, d, LINE_DO,
	    "Then set, as administrator, which versions of TLS programs like "
	    "Outlook offer (0xA00: TLS 1.1 and 1.2; the second line is for "
	    "64-bit Windows). Note the values that are there before:");
	say(f, d, LINE_COMMAND,
	    "reg add \"HKLM\\" SETTINGS
	    "\\WinHttp\" /v DefaultSecureProtocols /t REG_DWORD /d 0xA00 /f");
	say(f, d, LINE_COMMAND,
	    "reg add \"HKLM\\" SETTINGS_32
	    "\\WinHttp\" /v DefaultSecureProtocols /t REG_DWORD /d 0xA00 /f");
	say(f, d, LINE_DO,
	    "Set, too, what Internet Explorer and programs that use its "
	    "settings offer (0xA80: TLS 1.0, 1.1 and 1.2), for the computer "
	    "and for the user who is logged on:");
	say(f, d, LINE_COMMAND,
	    "reg add \"HKLM\\" SETTINGS
	    "\" /v SecureProtocols /t REG_DWORD /d 0xA80 /f");
	say(f, d, LINE_COMMAND,
	    "reg add \"HKCU\\" SETTINGS
	    "\" /v SecureProtocols /t REG_DWORD /d 0xA80 /f");
	say(f, d, LINE_DO,
	    "Restart the computer. If it still offers no TLS 1.2, switch that "
	    "on in Windows itself (Schannel, its TLS component), too:");
	say(f, d, LINE_COMMAND,
	    "reg add \"HKLM\\" SCHANNEL
	    "\" /v DisabledByDefault /t REG_DWORD /d 0 /f");
	say(f, d, LINE_DO,
	    "For many computers: rpclog diagnose --reg FILE writes the values "
	    "as a file that regedit imports.");
}

static void
say_values_undo(struct findings *f, struct draft *d)
{
	say(f, d, LINE_UNDO,
	    "Put back the values that you noted; those that were not there "
	    "before are deleted:");
	say(f, d, LINE_UNDO_COMMAND,
	    "reg delete \"HKLM\\" SETTINGS
	    "\\WinHttp\" /v DefaultSecureProtocols /f");
	say(f, d, LINE_UNDO_COMMAND,
	    "reg delete \"HKLM\\" SETTINGS_32
	    "\\WinHttp\" /v DefaultSecureProtocols /f");
	say(f, d, LINE_UNDO_COMMAND,
	    "reg delete \"HKLM\\" SETTINGS "\" /v SecureProtocols /f");
	say(f, d, LINE_UNDO_COMMAND,
	    "reg delete \"HKCU\\" SETTINGS "\" /v SecureProtocols /f");
	say(f, d, LINE_UNDO_COMMAND,
	    "reg delete \"HKLM\\" SCHANNEL "\" /v DisabledByDefault /f");
}

static void
say_steps(struct findings *f, struct draft *d, enum kind kind)
{
	switch (kind) {
	case KIND_WINDOWS_7:
		say_values(f, d);
		say_values_undo(f, d);
		break;
	case KIND_OLDER_WINDOWS:
		say(f, d, LINE_DO,
		    "Replace these computers: no registry value brings TLS 1.2 "
		    "to Outlook on Windows XP or Vista. Leave TLS 1.0 on for "
		    "as long as they must work.");
		break;
	case KIND_2010:
	case KIND_2013:
		say(f, d, LINE_DO,
		    "Bring %s up to date (Service Pack %s and all updates "
		    "after it), or better, replace it: Microsoft supports it "
		    "no more.",
		    kinds[kind].subject, kind == KIND_2010 ? "2" : "1");
		say(f, d, LINE_DO,
		    "Outlook takes TLS from Windows: on Windows 7 and Server "
		    "2008 R2 update KB3140245 and the values of the finding "
		    "about these are needed as well; rpclog diagnose --reg "
		    "FILE writes them as a file.");
		break;
	case KINDS: break;
	}
}

static void
say_why(struct findings *f, struct draft *d, const struct clients *c)
{
	say(f, d, LINE_WHY,
	    "%n from %u %s %s %s in the user agent, the words by which a "
	    "program tells what it is. They are not proven.",
	    d->face.requests, (uint64_t)c->addresses.size,
	    plural(c->addresses.size, "address", "addresses"),
	    plural(d->face.requests, "says", "say"), kinds[c->kind].agent);
	if (c->joined > 0)
		say(f, d, LINE_WHY,
		    "%u of them also %s Outlook Anywhere from the same "
		    "address, where the log only says MSRPC.",
		    c->joined, plural(c->joined, "uses", "use"));
	say(f, d, LINE_WHY,
	    "The log does not show the version of TLS. A connection that fails "
	    "for TLS leaves no row at all: who is cut off already can't be "
	    "seen here.");
}

static void
describe(struct findings *f, struct clients *c)
{
	const char *subject = kinds[c->kind].subject;
	struct draft *d =
		draft_new(f, "tls_old_clients", "clients that may lack TLS 1.2",
			  RPCLOG_MEDIUM, slice_str(subject));

	if (!d)
		return;
	take(f, c, d);
	d->face.users = c->users.size;
	say_sentence(
		f, d,
		"%u %s %s. If the servers stop accepting TLS 1.0 and 1.1 "
		"(the encryption of the connection), Outlook there may "
		"fail to connect until it uses TLS 1.2.",
		(uint64_t)c->users.size,
		plural(c->users.size, "user works with", "users work with"),
		subject);
	say_users(f, d, &c->users);
	say_why(f, d, c);
	say_steps(f, d, c->kind);
	say(f, d, LINE_CHECK,
	    "No log shows these values: try one computer against a server "
	    "without TLS 1.0 and 1.1 first. A week later this tells who still "
	    "comes with such a client:");
	say_check(f, d, "diagnose --finding tls_old_clients --since 7d");
}

static bool
has_any(const struct findings *f, enum kind kind)
{
	for_cells (f, TABLE_USE, cell) {
		if (is_of(f, cell, kind))
			return true;
	}
	return false;
}

void
find_tls_old_clients(struct findings *f)
{
	for (int kind = 0; kind < KINDS; kind++) {
		struct clients c;

		if (!has_any(f, (enum kind)kind))
			continue;
		memset(&c, 0, sizeof(c));
		c.kind = (enum kind)kind;
		set_init(f, &c.users);
		set_init(f, &c.addresses);
		c.last = alloc_zero(&f->alloc, f->in->name_count,
				    sizeof(*c.last));
		f->broken |= !c.last;
		if (!f->broken)
			describe(f, &c);
		alloc_free(&f->alloc, c.last);
		set_free(f, &c.users);
		set_free(f, &c.addresses);
	}
}
