/* SPDX-License-Identifier: MIT */
/* Regular expressions over bytes: PCRE2 behind a literal prefilter. */

#include "regex.h"

#include "scan.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

/* Kibibytes that one match may take besides the machine stack. */
#define HEAP_LIMIT_KIB UINT32_C(20000)
#define JIT_STACK_MIN  ((size_t)32 << 10)
#define JIT_STACK_MAX  ((size_t)512 << 10)
/* Letters that are an escape of two bytes and of no effect on what follows. */
#define PLAIN_ESCAPES "dDwWsSbBAzZGKRXhHvVntrfae"

struct regex {
	struct alloc alloc;
	pcre2_general_context *general;
	pcre2_code *code; /* NULL: the literal is all of the pattern */
	char *literal;
	size_t literal_len;
	bool whole;
};

struct regex_run {
	struct alloc alloc;
	pcre2_general_context *general;
	pcre2_match_context *match;
	pcre2_match_data *data;
	pcre2_jit_stack *stack; /* may be NULL: there is no JIT */
};

static void *
take(PCRE2_SIZE size, void *ctx)
{
	return alloc_get(ctx, size, 1);
}

static void
give(void *ptr, void *ctx)
{
	alloc_free(ctx, ptr);
}

struct run {
	char *text; /* the run so far, then the longest */
	size_t len;
	char *best;
	size_t best_len;
};

static void
end_run(struct run *r)
{
	if (r->len > r->best_len) {
		memcpy(r->best, r->text, r->len);
		r->best_len = r->len;
	}
	r->len = 0;
}

static bool
is_letter(unsigned char c)
{
	return (unsigned char)(ascii_lower(c) - 'a') < 26;
}

/* A class at 'at' ('['): the place behind it, or SIZE_MAX if in doubt. */
static size_t
skip_class(rpclog_slice p, size_t at)
{
	at++;
	if (at < p.len && p.ptr[at] == '^')
		at++;
	if (at < p.len && p.ptr[at] == ']')
		at++;
	while (at < p.len && p.ptr[at] != ']') {
		if (p.ptr[at] == '[' || (p.ptr[at] == '\\' && at + 1 < p.len &&
					 p.ptr[at + 1] == 'Q'))
			return SIZE_MAX;
		at += p.ptr[at] == '\\' ? 2 : 1;
	}
	return at < p.len ? at + 1 : SIZE_MAX;
}

/* A group at 'at' ('('): the place behind it, or SIZE_MAX if in doubt. */
static size_t
skip_group(rpclog_slice p, size_t at)
{
	size_t depth = 0;

	while (at < p.len) {
		char c = p.ptr[at];
		char next = at + 1 < p.len ? p.ptr[at + 1] : '\0';

		if (c == '\\') {
			if (next == 'Q')
				return SIZE_MAX;
			at += 2;
			continue;
		}
		if (c == '[') {
			at = skip_class(p, at);
			continue;
		}
		if (c == '(') {
			/* (?i) and (*VERB) may change all that follows. */
			if (next == '*' ||
			    (next == '?' && (at + 2 >= p.len ||
					     !strchr(":=!>", p.ptr[at + 2]))))
				return SIZE_MAX;
			depth++;
		} else if (c == ')' && --depth == 0) {
			return at + 1;
		}
		at++;
	}
	return SIZE_MAX;
}

/* "{2,5}" at 'at': the place behind it; what is none is one byte long. */
static size_t
skip_braces(rpclog_slice p, size_t at)
{
	size_t end = at + 1;

	while (end < p.len && p.ptr[end] != '\0' &&
	       strchr("0123456789, ", p.ptr[end]))
		end++;
	return end < p.len && p.ptr[end] == '}' ? end + 1 : at + 1;
}

/*
 * One item of the pattern: literal bytes join the run, all else ends it.  The
 * place behind the item, or SIZE_MAX: nothing can be said of this pattern.
 */
static size_t
item(struct run *r, rpclog_slice p, size_t at, bool nocase)
{
	char c = p.ptr[at];

	if (c == '|' || c == ')')
		return SIZE_MAX;
	if (c == '(') {
		end_run(r);
		return skip_group(p, at);
	}
	if (c == '[') {
		end_run(r);
		return skip_class(p, at);
	}
	if (c == '*' || c == '?' || c == '{') {
		r->len -= r->len > 0;
		end_run(r);
		return c == '{' ? skip_braces(p, at) : at + 1;
	}
	if (c == '+' || c == '.' || c == '^' || c == '$') {
		end_run(r);
		return at + 1;
	}

	size_t behind = at + 1;

	if (c == '\\') {
		c = behind < p.len ? p.ptr[behind] : '\0';
		behind++;
		if (c && strchr(PLAIN_ESCAPES, c)) {
			end_run(r);
			return behind;
		}
		if (c == '\0' || is_letter((unsigned char)c) ||
		    ascii_digit((unsigned char)c))
			return SIZE_MAX;
	}
	if (nocase && is_letter((unsigned char)c))
		end_run(r);
	else
		r->text[r->len++] = c;
	return behind;
}

/*
 * The longest run of plain bytes outside groups, classes, alternations and
 * optional items.  Whatever is doubtful gives none: then PCRE2 sees every
 * subject, which is slower and as right.
 */
static rpclog_status
find_literal(struct regex *regex, rpclog_slice p, uint32_t flags)
{
	const struct alloc *a = &regex->alloc;
	bool nocase = flags & REGEX_NOCASE;

	regex->literal = alloc_copy(a, p);
	if (!regex->literal)
		return RPCLOG_ERR_NOMEM;
	if (flags & REGEX_LITERAL) {
		regex->literal_len = nocase ? 0 : p.len;
		regex->whole = !nocase;
		return RPCLOG_OK;
	}

	struct run r = { alloc_get(a, p.len, 1), 0, regex->literal, 0 };
	size_t at = 0;

	if (!r.text)
		return RPCLOG_ERR_NOMEM;
	while (at < p.len) {
		at = item(&r, p, at, nocase);
		if (at == SIZE_MAX)
			r.len = r.best_len = 0;
	}
	end_run(&r);
	regex->literal_len = r.best_len;
	regex->whole = p.len > 0 && at == p.len && r.best_len == p.len &&
		       !memcmp(r.best, p.ptr, p.len);
	alloc_free(a, r.text);
	return RPCLOG_OK;
}

static rpclog_status
refuse(struct regex_error *error, int code, size_t offset)
{
	if (code == PCRE2_ERROR_HEAP_FAILED)
		return RPCLOG_ERR_NOMEM;
	if (error) {
		PCRE2_UCHAR text[sizeof(error->text)];

		error->code = code;
		error->offset = offset;
		pcre2_get_error_message(code, text, sizeof(text));
		memcpy(error->text, text, sizeof(text));
		error->text[sizeof(error->text) - 1] = '\0';
	}
	return RPCLOG_ERR_RULE;
}

static rpclog_status
compile(struct regex *regex, rpclog_slice pattern, uint32_t flags,
	struct regex_error *error)
{
	uint32_t options = PCRE2_NEVER_UTF | PCRE2_NEVER_UCP;
	pcre2_compile_context *context;
	size_t offset = 0;
	int code = 0;

	if (flags & REGEX_LITERAL)
		options = PCRE2_LITERAL;
	if (flags & REGEX_NOCASE)
		options |= PCRE2_CASELESS;
	context = pcre2_compile_context_create(regex->general);
	if (!context)
		return RPCLOG_ERR_NOMEM;
	regex->code =
		pcre2_compile((PCRE2_SPTR)(pattern.len ? pattern.ptr : ""),
			      pattern.len, options, &code, &offset, context);
	pcre2_compile_context_free(context);
	if (!regex->code)
		return refuse(error, code, offset);
	/* Without JIT the interpreter gives the same answers. */
	(void)pcre2_jit_compile(regex->code, PCRE2_JIT_COMPLETE);
	return RPCLOG_OK;
}

rpclog_status
regex_new(struct regex **out, const struct alloc *a, rpclog_slice pattern,
	  uint32_t flags, struct regex_error *error)
{
	struct regex *regex = alloc_zero(a, 1, sizeof(*regex));
	rpclog_status status;

	*out = NULL;
	if (!regex)
		return RPCLOG_ERR_NOMEM;
	regex->alloc = *a;
	status = find_literal(regex, pattern, flags);
	if (status == RPCLOG_OK && !regex->whole) {
		regex->general =
			pcre2_general_context_create(take, give, &regex->alloc);
		status = regex->general ? compile(regex, pattern, flags, error)
					: RPCLOG_ERR_NOMEM;
	}
	if (status != RPCLOG_OK) {
		regex_free(regex);
		return status;
	}
	*out = regex;
	return RPCLOG_OK;
}

void
regex_free(struct regex *regex)
{
	if (!regex)
		return;

	struct alloc a = regex->alloc;

	pcre2_code_free(regex->code);
	pcre2_general_context_free(regex->general);
	alloc_free(&a, regex->literal);
	alloc_free(&a, regex);
}

rpclog_slice
regex_literal(const struct regex *regex, bool *whole)
{
	if (whole)
		*whole = regex->whole;
	return slice_of(regex->literal, regex->literal_len);
}

rpclog_status
regex_run_new(struct regex_run **out, const struct alloc *a,
	      uint32_t match_limit)
{
	struct regex_run *run = alloc_zero(a, 1, sizeof(*run));

	*out = NULL;
	if (!run)
		return RPCLOG_ERR_NOMEM;
	run->alloc = *a;
	run->general = pcre2_general_context_create(take, give, &run->alloc);
	if (run->general) {
		run->match = pcre2_match_context_create(run->general);
		run->data = pcre2_match_data_create(1, run->general);
	}
	if (!run->match || !run->data) {
		regex_run_free(run);
		return RPCLOG_ERR_NOMEM;
	}
	pcre2_set_match_limit(run->match, match_limit);
	pcre2_set_depth_limit(run->match, match_limit);
	pcre2_set_heap_limit(run->match, HEAP_LIMIT_KIB);
	run->stack = pcre2_jit_stack_create(JIT_STACK_MIN, JIT_STACK_MAX,
					    run->general);
	if (run->stack)
		pcre2_jit_stack_assign(run->match, NULL, run->stack);
	*out = run;
	return RPCLOG_OK;
}

void
regex_run_free(struct regex_run *run)
{
	if (!run)
		return;

	struct alloc a = run->alloc;

	pcre2_jit_stack_free(run->stack);
	pcre2_match_data_free(run->data);
	pcre2_match_context_free(run->match);
	pcre2_general_context_free(run->general);
	alloc_free(&a, run);
}

rpclog_status
regex_find(struct regex_run *run, const struct regex *regex,
	   rpclog_slice subject, size_t *from, size_t *to)
{
	const char *bytes = subject.len ? subject.ptr : "";
	size_t start = *from;
	size_t hit = scan_find(slice_of(bytes + start, subject.len - start),
			       regex_literal(regex, NULL));

	if (hit == SIZE_MAX)
		return RPCLOG_NO_MATCH;
	if (regex->whole) {
		*from = start + hit;
		*to = *from + regex->literal_len;
		return RPCLOG_OK;
	}

	int code = pcre2_match(regex->code, (PCRE2_SPTR)bytes, subject.len,
			       start, 0, run->data, run->match);

	if (code == PCRE2_ERROR_NOMATCH)
		return RPCLOG_NO_MATCH;
	if (code == PCRE2_ERROR_NOMEMORY)
		return RPCLOG_ERR_NOMEM;
	if (code < 0)
		return RPCLOG_ERR_LIMIT;

	const PCRE2_SIZE *ends = pcre2_get_ovector_pointer(run->data);

	*from = ends[0];
	*to = ends[1] < ends[0] ? ends[0] : ends[1];
	return RPCLOG_OK;
}

void
regex_version(char out[REGEX_VERSION_SIZE])
{
	memset(out, 0, REGEX_VERSION_SIZE);
	/* PCRE2 names its version in far fewer bytes than there is room. */
	if (pcre2_config(PCRE2_CONFIG_VERSION, NULL) <= (int)REGEX_VERSION_SIZE)
		pcre2_config(PCRE2_CONFIG_VERSION, out);
}
