/* SPDX-License-Identifier: MIT */
/* key=value pairs of GenericInfo and GenericErrors. */

#include "check_rows.h"

#include <stdlib.h>

static const struct {
	const char *name, *cell, *want; /* "key>value|" of each pair */
} cases[] = {
	{ "nothing", "", "" },
	{ "only ends", ";;;", "" },
	{ "one", "A=1", "A>1|" },
	{ "an end behind it", "A=1;", "A>1|" },
	{ "empty pairs", ";;A=1;;;B=2;;", "A>1|B>2|" },
	{ "repeated keys", "K=1;K=2;K=1;", "K>1|K>2|K>1|" },
	{ "no =", "word;A=1;last", "word>|A>1|last>|" },
	{ "no key", "=1;=;", ">1|>|" },
	{ "no value", "A=;B=", "A>|B>|" },
	{ "= in the value", "A=b=c==d", "A>b=c==d|" },
	{ "blanks stay", " A = 1 ; B=2 ", " A > 1 | B>2 |" },
	{ "the first grammar", "BeginRequest=T;CorrelationID=<empty>;",
	  "BeginRequest>T|CorrelationID><empty>|" },
	{ "the second grammar",
	  "S:A.B=c;I32:ATE.C[dc01.contoso.com]=1;"
	  "Dbl:WLM.TS=5000",
	  "S:A.B>c|I32:ATE.C[dc01.contoso.com]>1|"
	  "Dbl:WLM.TS>5000|" },
	{ "quoted", "'A=1;2';B=3", "A>1;2|B>3|" },
	{ "quoted, last", "B=3;'A=1;2'", "B>3|A>1;2|" },
	{ "quoted and cut", "B=3;'A=1;2", "B>3|'A>1|2>|" },
	{ "a doubled quote stays", "'A=it''s;1';B=2", "A>it''s;1|B>2|" },
	{ "a quote inside closes nothing", "'A='b'c;1';B=2", "A>'b'c;1|B>2|" },
	{ "a quote in the value", "A='x;y';B=2", "A>'x|y'>|B>2|" },
	{ "a quote at an item's end", "A=x';B=2", "A>x'|B>2|" },
	{ "an empty quote", "'';A=1", ">|A>1|" },
	{ "only an empty quote", "''", ">|" },
	{ "one quote", "'", "'>|" },
	{ "three quotes", "'''", "'>|" },
	{ "three and a pair", "''';A=1", "'>|A>1|" },
	{ "four quotes", "''''", "''>|" },
	{ "one quote and an end", "';A=1", "'>|A>1|" },
	{ "closed far behind", "'a;b;c;d'", "a;b;c;d>|" },
	{ "many that never close", "'a;'b;'c=1", "'a>|'b>|'c>1|" },
	{ "an empty quote behind those", "'a;'';b", "'a>|>|b>|" },
	{ "four quotes behind those", "'a;'''';b", "'a>|''>|b>|" },
	{ "text behind a quote", "'A=1'x;B=2", "'A>1'x|B>2|" },
	{ "cut off", "A=1;Begi", "A>1|Begi>|" },
};

static void
render(struct check_text *out, rpclog_slice cell)
{
	rpclog_slice key, value;
	size_t cursor = 0, pairs = 0;

	check_text_add(out, "%s", "");
	while (rpclog_pairs_next(cell, &cursor, &key, &value)) {
		check_text_bytes(out, key.ptr, key.len);
		check_text_add(out, ">");
		check_text_bytes(out, value.ptr, value.len);
		check_text_add(out, "|");
		if (++pairs > cell.len) {
			CHECK(pairs <= cell.len);
			return;
		}
	}
	/* And so it stays. */
	if (rpclog_pairs_next(cell, &cursor, &key, &value))
		CHECK_INT(1, 0);
	if (key.len || value.len)
		CHECK_INT(key.len + value.len, 0);
}

static void
test_cases(void)
{
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct check_guard g = { 0 };
		struct check_text got = { 0 };

		check_casef("pairs, %s: %s", cases[i].name, cases[i].cell);
		render(&got, check_guard_end(&g, slice_str(cases[i].cell)));
		CHECK_STR(got.ptr, cases[i].want);
		check_text_free(&got);
		check_guard_free(&g);
	}
	CHECK_CASE("pairs, no cell");
	struct check_text none = { 0 };

	render(&none, slice_of(NULL, 0));
	CHECK_STR(none.ptr, "");
	check_text_free(&none);
}

/* ---- against a search that begins anew at each item --- */

static size_t
end_of_item(rpclog_slice cell, size_t from)
{
	if (cell.ptr[from] == '\'') {
		for (size_t i = from + 1; i < cell.len; i++) {
			bool last = i + 1 == cell.len;

			if (cell.ptr[i] != '\'')
				continue;
			if (!last && cell.ptr[i + 1] == '\'')
				i++;
			else if (last || cell.ptr[i + 1] == ';')
				return i + 1;
		}
	}
	while (from < cell.len && cell.ptr[from] != ';')
		from++;
	return from;
}

static void
render_naively(struct check_text *out, rpclog_slice cell)
{
	size_t from = 0;

	check_text_add(out, "%s", "");
	while (from < cell.len) {
		size_t end;

		if (cell.ptr[from] == ';') {
			from++;
			continue;
		}
		end = end_of_item(cell, from);

		rpclog_slice item = slice_cut(cell, from, end);

		if (item.len > 1 && item.ptr[0] == '\'' &&
		    item.ptr[item.len - 1] == '\'')
			item = slice_cut(item, 1, item.len - 1);

		size_t equals = slice_find(item, SLICE("="));
		size_t at = equals == SIZE_MAX ? item.len : equals;

		check_text_bytes(out, item.ptr, at);
		check_text_add(out, ">");
		at += equals != SIZE_MAX;
		check_text_bytes(out, item.ptr + at, item.len - at);
		check_text_add(out, "|");
		from = end;
	}
}

static void
test_random(void)
{
	static const char alphabet[] = "'';;a=";
	uint64_t seed = 3;
	char text[40];

	for (int round = 0; round < 60000; round++) {
		size_t len = check_random(&seed, sizeof(text));
		struct check_text got = { 0 }, want = { 0 };

		for (size_t i = 0; i < len; i++)
			text[i] = alphabet[check_random(&seed,
							sizeof(alphabet) - 1)];
		check_casef("pairs, random: %.*s", (int)len, text);
		render(&got, slice_of(text, len));
		render_naively(&want, slice_of(text, len));
		CHECK_STR(got.ptr, want.ptr);
		check_text_free(&got);
		check_text_free(&want);
	}
}

/*
 * Cells whose every item opens a quote that nothing closes.  So long that a
 * search anew at each item would not end within hours: this test ends.
 */
static void
test_hostile(void)
{
	static const struct {
		const char *unit;
		size_t pairs; /* a unit, if not all is one pair */
	} units[] = {
		{ "'", 0 },	{ "'a;", 1 },	 { "'';'a;", 2 },   { "';", 0 },
		{ "''';x", 0 }, { "''''a;", 1 }, { "'a=;''b;", 2 },
	};
	size_t len = (size_t)8 << 20;
	char *text = malloc(len);

	if (!text)
		abort();
	for (size_t u = 0; u < ARRAY_LEN(units); u++) {
		size_t unit = strlen(units[u].unit);
		size_t cursor = 0, pairs = 0;
		rpclog_slice key, value;

		check_casef("8 MiB of %s", units[u].unit);
		for (size_t i = 0; i < len; i++)
			text[i] = units[u].unit[i % unit];
		while (rpclog_pairs_next(slice_of(text, len / unit * unit),
					 &cursor, &key, &value))
			pairs++;
		CHECK(pairs > 0);
		if (units[u].pairs)
			CHECK_INT(pairs, len / unit * units[u].pairs);
	}
	free(text);
}

int
main(void)
{
	test_cases();
	test_random();
	test_hostile();
	return check_report();
}
