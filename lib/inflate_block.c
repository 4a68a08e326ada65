/* SPDX-License-Identifier: MIT */
/*
 * The header of one deflate block, read as RFC 1951 has it and as strictly as
 * zlib reads it: ISA-L takes codes that are incomplete, and would go on where
 * zlib stops.  What is rare may be refused here: zlib has the last word.
 */

#include "inflate_block.h"

#define CODE_LENGTHS 19
#define LITERALS     286
#define DISTANCES    30
#define END_OF_BLOCK 256
#define DEEPEST	     15

/* Makes 'hold' have 'count' bits, at most 32, if they are there. */
static bool
want(struct bits *b, unsigned count)
{
	if (b->count >= count)
		return true;
	while (b->count <= 56 && b->in.len > 0) {
		b->hold |= (uint64_t)(unsigned char)b->in.ptr[0] << b->count;
		b->count += 8;
		b->in = slice_of(b->in.ptr + 1, b->in.len - 1);
	}
	return b->count >= count;
}

static unsigned
take(struct bits *b, unsigned count)
{
	unsigned value = (unsigned)b->hold & ((1U << count) - 1);

	b->hold >>= count;
	b->count -= count;
	return value;
}

struct shape {
	unsigned codes; /* symbols that have a code */
	unsigned deepest;
	int left; /* 0: complete; negative: more codes than can be */
};

static struct shape
shape_of(const uint8_t *lengths, size_t len)
{
	unsigned counts[DEEPEST + 1] = { 0 };
	struct shape shape = { 0, 0, 1 };

	for (size_t i = 0; i < len; i++)
		counts[lengths[i]]++;
	for (unsigned depth = 1; depth <= DEEPEST; depth++) {
		shape.left = shape.left * 2 - (int)counts[depth];
		shape.codes += counts[depth];
		if (counts[depth])
			shape.deepest = depth;
		if (shape.left < 0)
			break;
	}
	return shape;
}

/* The code of the code lengths, by its next seven bits. */
struct decoder {
	uint8_t symbol[128], length[128];
};

static void
decoder_fill(struct decoder *d, const uint8_t *lengths)
{
	unsigned code = 0;

	for (unsigned depth = 1; depth <= 7; depth++, code <<= 1) {
		for (unsigned i = 0; i < CODE_LENGTHS; i++) {
			unsigned first = 0;

			if (lengths[i] != depth)
				continue;
			/* Codes are packed with their highest bit first. */
			for (unsigned bit = 0; bit < depth; bit++)
				first |= (code >> (depth - 1 - bit) & 1) << bit;
			for (; first < 128; first += 1U << depth) {
				d->symbol[first] = (uint8_t)i;
				d->length[first] = (uint8_t)depth;
			}
			code++;
		}
	}
}

static enum block_kind
read_decoder(struct bits *b, struct decoder *d, unsigned count)
{
	static const uint8_t order[CODE_LENGTHS] = { 16, 17, 18, 0,  8, 7,  9,
						     6,	 10, 5,	 11, 4, 12, 3,
						     13, 2,  14, 1,  15 };
	uint8_t lengths[CODE_LENGTHS] = { 0 };

	for (unsigned i = 0; i < count; i++) {
		if (!want(b, 3))
			return BLOCK_SHORT;
		lengths[order[i]] = (uint8_t)take(b, 3);
	}
	if (shape_of(lengths, CODE_LENGTHS).left != 0)
		return BLOCK_REFUSED;
	decoder_fill(d, lengths);
	return BLOCK_CODED;
}

/* The next symbol, with its extra bits in '*extra'; false: input is over. */
static bool
next_symbol(struct bits *b, const struct decoder *d, unsigned *symbol,
	    unsigned *extra)
{
	static const uint8_t extra_bits[3] = { 2, 3, 7 };

	/* The bits behind the last are zero, so that what is looked up is an
	 * entry, if not one that the bits are enough for. */
	(void)want(b, 14);

	unsigned length = d->length[b->hold & 127];

	*symbol = d->symbol[b->hold & 127];
	if (*symbol >= 16)
		length += extra_bits[*symbol - 16];
	if (b->count < length)
		return false;
	if (*symbol >= 16)
		*extra = (unsigned)(b->hold & ((1U << length) - 1)) >>
			 d->length[b->hold & 127];
	(void)take(b, length);
	return true;
}

static enum block_kind
read_lengths(struct bits *b, const struct decoder *d, uint8_t *lengths,
	     size_t total)
{
	static const uint8_t least[3] = { 3, 3, 11 };
	size_t at = 0;

	while (at < total) {
		unsigned symbol = 0, extra = 0;

		if (!next_symbol(b, d, &symbol, &extra))
			return BLOCK_SHORT;
		if (symbol < 16) {
			lengths[at++] = (uint8_t)symbol;
			continue;
		}

		size_t repeat = least[symbol - 16] + extra;

		if ((symbol == 16 && at == 0) || repeat > total - at)
			return BLOCK_REFUSED;
		memset(lengths + at, symbol == 16 ? lengths[at - 1] : 0,
		       repeat);
		at += repeat;
	}
	return BLOCK_CODED;
}

static enum block_kind
read_dynamic(struct bits *b)
{
	uint8_t lengths[LITERALS + DISTANCES];
	struct decoder decoder;

	if (!want(b, 14))
		return BLOCK_SHORT;

	size_t literals = take(b, 5) + 257, distances = take(b, 5) + 1;
	unsigned codes = take(b, 4) + 4;

	if (literals > LITERALS || distances > DISTANCES)
		return BLOCK_REFUSED;

	enum block_kind kind = read_decoder(b, &decoder, codes);

	if (kind == BLOCK_CODED)
		kind = read_lengths(b, &decoder, lengths, literals + distances);
	if (kind != BLOCK_CODED)
		return kind;

	struct shape shape = shape_of(lengths + literals, distances);

	/* A text may need one distance, or none. */
	if (lengths[END_OF_BLOCK] == 0 ||
	    shape_of(lengths, literals).left != 0 ||
	    (shape.left != 0 && shape.deepest > 1) || shape.left < 0)
		return BLOCK_REFUSED;
	return BLOCK_CODED;
}

static enum block_kind
read_stored(struct block *block, struct bits *b)
{
	(void)take(b, b->count % 8);
	if (!want(b, 32))
		return BLOCK_SHORT;
	block->stored = take(b, 16);
	return take(b, 16) == (block->stored ^ 0xffff) ? BLOCK_STORED
						       : BLOCK_REFUSED;
}

static enum block_kind
read_kind(struct block *block, struct bits *b)
{
	if (!want(b, 3))
		return BLOCK_SHORT;
	block->final = take(b, 1);
	switch (take(b, 2)) {
	case 0: return read_stored(block, b);
	case 1: return BLOCK_CODED;
	case 2: return read_dynamic(b);
	default: return BLOCK_REFUSED;
	}
}

enum block_kind
block_read(struct block *block, struct bits *bits)
{
	struct bits b = *bits;
	enum block_kind kind = read_kind(block, &b);

	if (kind == BLOCK_CODED || kind == BLOCK_STORED)
		*bits = b;
	return kind;
}
