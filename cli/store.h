/* SPDX-License-Identifier: MIT */
/* How the argument of an option is stored: one function per kind. */

#ifndef RPCLOG_CLI_STORE_H
#define RPCLOG_CLI_STORE_H

#include "options.h"

typedef int option_store(struct options *options, const struct option_row *row,
			 const char *argument);

option_store store_flag;	/* int becomes 'limit' */
option_store store_minus;	/* int becomes -1 */
option_store store_text;	/* const char * */
option_store store_number;	/* uint64_t up to 'limit' */
option_store store_from_one;	/* uint64_t from 1 up to 'limit' */
option_store store_when;	/* enum when_mode */
option_store store_term;	/* a filter term of kind 'limit' */
option_store store_list;	/* text_list: one more */
option_store store_split;	/* text_list: parts between commas */
option_store store_legacy, store_format, store_row_form,
	store_finding_form, store_report_form, store_json;

#endif /* RPCLOG_CLI_STORE_H */
