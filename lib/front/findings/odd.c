/* SPDX-License-Identifier: MIT */
/* Requests that no honest client makes: the marks of ProxyLogon. */

#include "bunch.h"
#include "logons.h"

static void
say_marks(struct findings *f, struct draft *d, const struct bunch *bunch)
{
	uint64_t marks[ODD_TARGET + 1] = { 0 };

	for (size_t i = 0; i < bunch->count; i++)
		marks[bunch->items[i].cell->kind] +=
			bunch->items[i].cell->requests;
	if (marks[ODD_ANCHOR] > 0)
		say(f, d, LINE_WHY,
		    "In %n the column AnchorMailbox names a server "
		    "(ServerInfo~) with characters that no server name has. "
		    "Microsoft published this as the mark of CVE-2021-26855.",
		    marks[ODD_ANCHOR]);
	if (marks[ODD_RESOURCE] > 0)
		say(f, d, LINE_WHY,
		    "%n sent data (POST), without a logon, to a file of /ecp "
		    "such as a script or a picture. Such files are only ever "
		    "fetched; the attack sends its commands there.",
		    marks[ODD_RESOURCE]);
	if (marks[ODD_TARGET] > 0)
		say(f, d, LINE_WHY,
		    "%n went to a server (column TargetServer) whose "
		    "name has characters that no server "
		    "name has.",
		    marks[ODD_TARGET]);
	say(f, d, LINE_WHY,
	    "The log shows that it was tried, not whether it worked: that "
	    "depends on the updates that the front end had at that time. "
	    "Scanners of your own security team look the same.");
	if (is_address(name_at(f, bunch->name)))
		say(f, d, LINE_WHY,
		    "The address may be a load balancer's, or be forged in the "
		    "header X-Forwarded-For.");
	say_no_address(f, d, bunch->name);
}

static void
say_steps(struct findings *f, struct draft *d, uint32_t client)
{
	say(f, d, LINE_DO,
	    "Before anything else copy the logs to a place that nobody can "
	    "change: these, those of IIS (inetpub\\logs\\LogFiles), those "
	    "under Logging of the Exchange folder, and the event logs. The "
	    "servers delete them after some time.");
	say(f, d, LINE_DO, "Look at what was sent, and how it was answered:");
	say(f, d, LINE_COMMAND,
	    "rpclog cat --client %H --fields "
	    "start,server,protocol,method,UrlStem,AnchorMailbox,target,status,"
	    "UserAgent%s%s",
	    client, f->paths[0] ? " " : "", f->paths);
	say(f, d, LINE_DO,
	    "See whether the front ends have the updates of March 2021 "
	    "(KB5000871) or later ones. On each of them compare this with "
	    "Microsoft's list of Exchange build numbers:");
	say(f, d, LINE_COMMAND,
	    "(Get-Command ExSetup.exe).FileVersionInfo.FileVersion");
	say(f, d, LINE_DO,
	    "On each front end let Microsoft's script look for more traces "
	    "(Test-ProxyLogon.ps1, at https://aka.ms/ExchangeScripts):");
	say(f, d, LINE_COMMAND,
	    ".\\Test-ProxyLogon.ps1 -OutPath $home\\Desktop\\logs");
	say(f, d, LINE_DO,
	    "Look for web shells, small pages by which an intruder comes "
	    "back. Pages that are younger than your last update, or that "
	    "nobody knows, are suspect:");
	say(f, d, LINE_COMMAND,
	    "Get-ChildItem -Recurse -Include *.aspx,*.asmx,*.ashx "
	    "C:\\inetpub\\wwwroot\\aspnet_client,"
	    "\"$env:ExchangeInstallPath\\FrontEnd\\HttpProxy\" | "
	    "Sort-Object LastWriteTime");
	say(f, d, LINE_DO,
	    "If one is found, or if the server was not patched: take it off "
	    "the network, do not clean up, and call those who handle security "
	    "incidents for you.");
	say(f, d, LINE_DO,
	    is_address(name_at(f, client))
		    ? "Stop-gap: block the address at the firewall to the "
		      "internet. That keeps out this address only."
		    : "Stop-gap: learn the real address from the log of IIS "
		      "(c-ip) or of the load balancer, and block it at the "
		      "firewall to the internet. That keeps out this address "
		      "only.");
	say(f, d, LINE_UNDO,
	    "Take the block out once all front ends are updated and looked "
	    "through.");
	say(f, d, LINE_CHECK,
	    "An hour after the block there must be nothing from there:");
	say_check(f, d,
		  "count --client %H --by hour,protocol,status "
		  "--since 1h",
		  client);
}

static void
describe(struct findings *f, const struct bunch *bunch, bool in_full)
{
	struct draft *d = bunch_draft(f, bunch, "odd_anchor",
				      "requests as an attack makes them",
				      RPCLOG_CRITICAL);

	if (!d)
		return;
	say_remedy(f, d,
		   "Keep the logs, see that the updates of March 2021 are in, "
		   "and let Test-ProxyLogon.ps1 look for traces.");
	if (is_address(name_at(f, bunch->name)))
		say_sentence(f, d,
			     "%S sent %n as the attack ProxyLogon "
			     "(CVE-2021-26855) makes them. It lets a stranger "
			     "into an Exchange server that lacks the updates "
			     "of March 2021.",
			     bunch->name, bunch->requests);
	else
		say_sentence(f, d,
			     "%n without an address in the log came as the "
			     "attack ProxyLogon (CVE-2021-26855) makes them. "
			     "It lets a stranger into an Exchange server that "
			     "lacks the updates of March 2021.",
			     bunch->requests);
	say_marks(f, d, bunch);
	if (in_full)
		say_steps(f, d, bunch->name);
}

void
find_odd_anchor(struct findings *f)
{
	struct bunches clients;

	bunches_init(&clients);
	for_cells (f, TABLE_ODD, cell)
		bunches_take(f, &clients, cell->client, cell);
	bunches_close(f, &clients);
	for (size_t i = 0; i < clients.count; i++)
		describe(f, &clients.list[i], i < BUNCHES_IN_FULL);
	bunches_free(f, &clients);
}
