/* SPDX-License-Identifier: MIT */
/*
 * --reg FILE: registry values with which Windows 7 and Server 2008 R2 offer
 * TLS 1.2, once update KB3140245 is installed.
 */

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "diagnose.h"

/*
 * DefaultSecureProtocols: TLS 1.1 (0x200) and 1.2 (0x800), for programs that
 * use WinHTTP; on 64-bit Windows both keys count.  SecureProtocols: the same
 * and TLS 1.0 (0x80), for those that use WinINet.
 */
#define SETTINGS                                                               \
	"\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Internet "            \
	"Settings"
#define SETTINGS_32                                                            \
	"\\SOFTWARE\\Wow6432Node\\Microsoft\\Windows\\"                        \
	"CurrentVersion\\Internet Settings"

static const char reg_text[] =
	"Windows Registry Editor Version 5.00\r\n"
	"\r\n"
	"; For Windows 7 and Windows Server 2008 R2 with update KB3140245:\r\n"
	"; offer TLS 1.1 and TLS 1.2. Restart afterwards.\r\n"
	"\r\n"
	"[HKEY_LOCAL_MACHINE" SETTINGS "\\WinHttp]\r\n"
	"\"DefaultSecureProtocols\"=dword:00000a00\r\n"
	"\r\n"
	"[HKEY_LOCAL_MACHINE" SETTINGS_32 "\\WinHttp]\r\n"
	"\"DefaultSecureProtocols\"=dword:00000a00\r\n"
	"\r\n"
	"[HKEY_LOCAL_MACHINE" SETTINGS "]\r\n"
	"\"SecureProtocols\"=dword:00000a80\r\n"
	"\r\n"
	"[HKEY_CURRENT_USER"
	"\\Software\\Microsoft\\Windows\\CurrentVersion\\"
	"Internet Settings]\r\n"
	"\"SecureProtocols\"=dword:00000a80\r\n";

int
diagnose_write_reg(const char *path)
{
	FILE *file = fopen(path, "we");
	int good = file && fputs(reg_text, file) >= 0;

	if (file && fclose(file) != 0)
		good = 0;
	if (good)
		return EXIT_DONE;
	complain("%s: cannot write: %s", path, strerror(errno));
	return EXIT_TROUBLE;
}
