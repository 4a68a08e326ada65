/* SPDX-License-Identifier: MIT */
/* The ledger: where every byte of the input went. */

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "engine.h"

static const char *const category_names[CATEGORY_COUNT] = {
	"rows",	   "probe",    "activity", "header", "blank",	"duplicate",
	"partial", "rejected", "foreign",  "joined", "skipped",
};

static void
put_text(struct out *out, const char *key, const char *text)
{
	out_format(out, ",\"%s\":", key);
	if (text)
		out_json(out, (rpclog_slice){ text, strlen(text) });
	else
		out_str(out, "null");
}

static void
put_categories(struct out *out, const struct account *account)
{
	size_t i;

	out_str(out, ",\"categories\":{");
	for (i = 0; i < CATEGORY_COUNT; i++) {
		out_format(out, "%s\"%s\":{\"count\":", i ? "," : "",
			   category_names[i]);
		out_unsigned(out, account->in[i].count);
		out_str(out, ",\"bytes\":");
		out_unsigned(out, account->in[i].bytes);
		out_char(out, '}');
	}
	out_char(out, '}');
}

static void
put_rejected(struct out *out, const struct input *input)
{
	size_t i;

	out_str(out, ",\"rejected_rows\":[");
	for (i = 0; i < input->rejected_count && i < REJECTED_LISTED; i++) {
		const struct rejected *rejected = &input->rejected[i];

		out_str(out, i ? ",{\"line\":" : "{\"line\":");
		out_unsigned(out, rejected->line);
		out_str(out, ",\"offset\":");
		out_unsigned(out, rejected->offset);
		put_text(out, "reason", rejected->reason);
		out_char(out, '}');
	}
	out_char(out, ']');
}

static void
put_file(struct out *out, const struct input *input)
{
	out_str(out, "{\"path\":");
	out_json(out,
		 (rpclog_slice){ input->file.path, strlen(input->file.path) });
	out_str(out, ",\"bytes\":");
	out_unsigned(out, input->account.bytes);
	out_str(out, ",\"compressed_bytes\":");
	if (input->gzip)
		out_unsigned(out, input->state == INPUT_SKIPPED
					  ? input->size
					  : input->compressed);
	else
		out_str(out, "null");
	put_categories(out, &input->account);
	put_rejected(out, input);
	put_text(out, "foreign", input->foreign);
	if (input->joined)
		put_text(out, "joined", input->joined);
	put_text(out, "error", input->error);
	out_str(out, input->state == INPUT_SKIPPED ? ",\"skipped\":true"
						   : ",\"skipped\":false");
	if (input->stopped || (input->state == INPUT_READ && !input->taken))
		out_str(out, ",\"stopped\":true");
	out_char(out, '}');
}

/* A log that went away between being listed and being opened. */
static int
vanished(const struct input *input)
{
	return input->state == INPUT_GONE && !input->error;
}

static void
add_up(const struct inputs *inputs, struct account *total)
{
	size_t i, k;

	memset(total, 0, sizeof(*total));
	for (i = 0; i < inputs->count; i++) {
		const struct account *account = &inputs->items[i].account;
		uint64_t sum = 0;

		for (k = 0; k < CATEGORY_COUNT; k++) {
			total->in[k].count += account->in[k].count;
			total->in[k].bytes += account->in[k].bytes;
			sum += account->in[k].bytes;
		}
		assert(sum == account->bytes);
		total->bytes += account->bytes;
	}
}

static int
save(const char *path, const struct out *text)
{
	const int fd =
		open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	size_t done = 0;
	int error = 0;

	if (fd < 0) {
		complain("%s: %s", path, strerror(errno));
		return EXIT_TROUBLE;
	}
	while (done < text->len && !error) {
		const ssize_t n =
			write(fd, text->data + done, text->len - done);

		if (n >= 0)
			done += (size_t)n;
		else if (errno != EINTR)
			error = errno;
	}
	if (close(fd) != 0 && !error)
		error = errno;
	if (error)
		complain("%s: write error: %s", path, strerror(error));
	return error ? EXIT_TROUBLE : EXIT_DONE;
}

int
ledger_write(const struct run *run)
{
	const struct inputs *inputs = &run->inputs;
	struct account total;
	struct out text;
	int code, first = 1;
	size_t i;

	out_memory(&text);
	out_str(&text, "{\"schema\":1,\"files\":[");
	for (i = 0; i < inputs->count; i++) {
		if (vanished(&inputs->items[i]))
			continue;
		out_str(&text, first ? "\n" : ",\n");
		put_file(&text, &inputs->items[i]);
		first = 0;
	}
	add_up(inputs, &total);
	out_str(&text, "\n],\"total\":{\"bytes\":");
	out_unsigned(&text, total.bytes);
	put_categories(&text, &total);
	out_str(&text, "}}\n");
	code = save(run->options->ledger_file, &text);
	out_free(&text);
	return code;
}

void
ledger_show(const struct run *run)
{
	struct out *err = out_stderr();
	struct account total;
	size_t i;

	add_up(&run->inputs, &total);
	out_format(err, "%llu files, %llu bytes\n",
		   (unsigned long long)run->inputs.count,
		   (unsigned long long)total.bytes);
	for (i = 0; i < CATEGORY_COUNT; i++)
		if (total.in[i].count)
			out_format(err, "  %-9s %12llu %15llu bytes\n",
				   category_names[i],
				   (unsigned long long)total.in[i].count,
				   (unsigned long long)total.in[i].bytes);
	out_flush(err);
}
