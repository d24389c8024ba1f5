/* Phrases and windows of many postings, a range of texts at a time.

   The texts of a range are laid out one behind the other, so that each of their positions has an address, and a bit there;
   one slot after another sets its bits, term by term, and what does not fit is left out of the next one's. Nothing is done
   text by text but where hardly any is left, and a slot may have any number of terms. */

#define PY_SSIZE_T_CLEAN
#define Py_LIMITED_API 0x030B0000
#include <Python.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "pressmark_cursors.h"

#if defined(__x86_64__) && defined(__GLIBC__) && __GNUC__ >= 6 && !defined(__clang__)
#define FASTEST __attribute__((target_clones("avx2", "default")))  /* the processor's own is chosen when it is loaded */
#else
#define FASTEST
#endif

#define MAX_PLACES 32
#define WIDEST 192  /* positions of a window; no less than MAX_PLACES */
#define BEYOND 16 /* words that are read behind the last text: no less than WIDEST / 64 + 2, nor than are looked at at once */
#define AT_ONCE 4    /* words of bits that are looked at together */
#define NEAREST 4096 /* positions that twelve bits can say */
#define UNPACKED 16 /* positions that are unpacked without a look at whether there are so many */
#ifndef RANGE                 /* tests build it with less */
#define RANGE 8192            /* texts of a range, a whole number of words of bits */
#endif
#define LAID 32768           /* words of bits of its texts */
#define OUT 65400            /* the first word of those that are written to for texts of no interest, and never read */
#define LONGEST (LAID / 2 * 64) /* positions of a text that is laid out */
#define CHUNK 2048           /* positions that are unpacked in one go */
#define FULLER 12            /* times as many postings as texts: then the texts are sought among them */
#define MOST_TERMS 65536
#define PATIENCE 15          /* ranges */
#define AHEAD 4              /* terms whose next postings are sent for while those of one are looked at */
#define OFTEN 16             /* times a term in a text, that are written without a look at how many they are */
#define LONGEST_RUN 1024     /* postings that are sent for */
#define FOUR UINT64_C(0x0001000100010001)
#define LEVELS 4             /* times that a window is to hold a slot */

#if defined(__clang__) || __GNUC__ >= 12
#define UNPACKED_TOGETHER
typedef uint8_t Bytes __attribute__((vector_size(16)));
typedef uint16_t Halves __attribute__((vector_size(16)));
typedef uint64_t Longs __attribute__((vector_size(16)));
#define LOWER(a, b) __builtin_shufflevector(a, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23)
#define UPPER(a, b) __builtin_shufflevector(a, b, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31)

/* Write UNPACKED positions; nine bytes of `above` can be read, and the first half of one may be another's. */
static inline void unpack_together(const uint8_t *near, const uint8_t *above, int second, uint16_t *keys) {
    uint64_t packed;
    memcpy(&packed, above, 8);
    packed = packed >> second * 4 | (uint64_t)above[8] << 1 << (63 - second * 4);
    Bytes low, pairs = (Bytes)(Longs){packed, 0};
    memcpy(&low, near, 16);
    Bytes high = LOWER(pairs & 15, pairs >> 4);
    Halves halves[2] = {(Halves)LOWER(low, high), (Halves)UPPER(low, high)};
    memcpy(keys, halves, 32);
}
#endif

/* Write a cursor's positions, none of which has more than twelve bits; -1: damage. There is room for UNPACKED more. */
static int unpack(const Lists *lists, const Cursor *cursor, uint16_t *keys) {
    const uint8_t *near = lists->a[NEAR].view.buf, *above = lists->a[ABOVE].view.buf;
    Py_ssize_t first = cursor->spot, last = first + cursor->frequency, halves = lists->a[ABOVE].view.len;
    if (first < 0 || cursor->frequency < 0 || last > length(&lists->a[NEAR]) || last > halves * 2) return -1;
    size_t place = (size_t)first, end = (size_t)last;
#ifdef UNPACKED_TOGETHER
    for (; place < end && place + UNPACKED <= (size_t)length(&lists->a[NEAR]) && place / 2 + 9 <= (size_t)halves;
         place += UNPACKED, keys += UNPACKED) unpack_together(near + place, above + place / 2, place & 1, keys);
#endif
    for (; place < end; place++)
        *keys++ = (uint16_t)(near[place] | (uint32_t)(above[place / 2] >> (place & 1) * 4 & 15) << 8);
    return 0;
}

/* Bits, moved to the front by less than 64. */
static inline uint64_t moved(const uint64_t *words, int by) {
    return words[0] >> by | words[1] << 1 << (63 - by);
}

typedef uint64_t Words __attribute__((vector_size(AT_ONCE * 8)));  /* passed by its place: compilers differ in how else */

/* Widen bits to those that have one of their own or of the next word in a width from there on, which is 64 at the most. */
static inline __attribute__((always_inline)) void within(Words *own, Words *later, uint32_t width) {
    for (uint32_t span = 1, step; span < width; span += step) {
        step = span < width - span ? span : width - span;
        *own |= *own >> step | *later << (64 - step);
        *later |= *later >> step;
    }
}

/* The bits from the first one of a word on. */
#define BEHIND_FIRST(own) ((own) | -(own))

/* The same of a width of more than 64: in their own word, in one that the width ends in, or in one between. */
static inline __attribute__((always_inline)) void within_far(const uint64_t *from, Words *own, uint32_t width) {
    uint32_t whole = (width - 1) / 64;
    int left = (int)((width - 1) % 64);
    Words end, behind;
    for (int step = 1; step < 64; step <<= 1) *own |= *own >> step;
    for (uint32_t j = 1; j < whole; j++) {
        memcpy(&end, from + j, sizeof end);
        *own |= -(BEHIND_FIRST(end) >> 63);
    }
    memcpy(&end, from + whole, sizeof end);
    memcpy(&behind, from + whole + 1, sizeof behind);
    end = BEHIND_FIRST(end);
    behind = BEHIND_FIRST(behind) | -(end >> 63);
    *own |= end >> left | behind << 1 << (63 - left);
}

/* Add marks to the hits, and leave of `holds` the bits that have one of them in the width from there on; no mark is left. */
FASTEST static void hold_near(uint64_t *restrict marks, uint64_t *restrict hits, uint64_t *restrict holds, uint32_t words, uint32_t width) {
    for (uint32_t i = 0; i < words; i += AT_ONCE) {  /* some words more are no matter */
        Words own, later, held, hit;
        memcpy(&own, marks + i, sizeof own);
        memcpy(&later, marks + i + 1, sizeof later);
        memcpy(&hit, hits + i, sizeof hit);
        memcpy(&held, holds + i, sizeof held);
        hit |= own;
        if (width > 64) within_far(marks + i, &own, width);
        else within(&own, &later, width);
        held &= own;
        memcpy(hits + i, &hit, sizeof hit);
        memcpy(holds + i, &held, sizeof held);
        memset(marks + i, 0, sizeof own);
    }
}

/* Leave of some bits those of `marks`, moved to the front by less than 64. */
static void leave(uint64_t *restrict hits, const uint64_t *restrict marks, uint32_t words, int by) {
    for (uint32_t i = 0; i < words; i++) hits[i] &= moved(marks + i, by);
}

/* Turn words of bits into how many bits are set in each and all before it. */
FASTEST static void add_up(uint64_t *words, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) {
        uint64_t word = words[i];
        word -= word >> 1 & PAIRS;
        word = (word & UINT64_C(0x3333333333333333)) + (word >> 2 & UINT64_C(0x3333333333333333));
        word = (word + (word >> 4)) & UINT64_C(0x0F0F0F0F0F0F0F0F);
        word += word >> 8;
        word += word >> 16;
        words[i] = (word + (word >> 32)) & 0x7F;
    }
    for (uint32_t i = 1; i < count; i++) words[i] += words[i - 1];
}

typedef struct {
    Py_ssize_t first, last, postings;  /* of its cursors */
    int asked, number;
} Part;

/* A phrase, and where the search for it is. */
typedef struct {
    PyObject *lists_of;
    const Lists *lists;
    Array lengths;               /* of each text */
    Cursor *cursors;
    uint32_t *runs;              /* of each cursor: how many postings it had in the last range */
    uint32_t *next;              /* of each cursor: no text before this one is its next */
    Py_ssize_t terms;
    Part parts[MAX_PLACES];      /* the rarest first */
    int of[MAX_PLACES], places, distinct, field;
    uint32_t width;
    int64_t texts, at;           /* how many there are, and the first that was not looked at */
    uint16_t *base;              /* of each text of a block: the word in which it is laid out */
    uint16_t *owners, *keys;     /* of some positions: the word of their text, and what they are */
    uint32_t *far;               /* the same of positions of more than twelve bits */
    uint64_t *marks, *hits, *holds, *levels[2 * LEVELS];
    uint64_t *seen;              /* texts of the range, a bit each */
    uint32_t *chosen, *ends, size, words;  /* the texts that are laid out, where each ends, and the last one does */
    int patience[MAX_PLACES];    /* ranges in which nothing is left out after a slot, as that hardly paid */
    Found found;
} Sweep;

static void sweep_free(Sweep *s) {
    drop(&s->lengths);
    Py_XDECREF(s->lists_of);
    free(s->cursors);
    free(s->next);
    free(s->runs);
    free(s->base);
    free(s->owners);
    free(s->keys);
    free(s->far);
    free(s->marks);
    free(s->hits);
    free(s->holds);
    for (int i = 0; i < 2 * LEVELS; i++) free(s->levels[i]);
    free(s->seen);
    free(s->chosen);
    free(s->ends);
    found_free(&s->found);
    PyMem_Free(s);
}

static void sweep_forget(PyObject *capsule) {
    Sweep *s = PyCapsule_GetPointer(capsule, "sweep");
    if (s) sweep_free(s);
}

/* The first place behind one at which a text is not below another, which is in the same block or begins the next. */
static Py_ssize_t run_end(const Term *term, Py_ssize_t place, int64_t to) {
    Py_ssize_t step = 1, low = place, high = place, end = term->long_number < 0 ? term->end : term->block_end;
    if (term->long_number < 0) {
        while (high < end && text_beside(term, high) < to) { low = high + 1; high += step; step <<= 1; }
        if (high > end) high = end;
        while (low < high) {
            Py_ssize_t middle = low + (high - low) / 2;
            if (text_beside(term, middle) < to) low = middle + 1; else high = middle;
        }
        return low;
    }
    int64_t wanted = to - ((int64_t)term->block << 16);
    if (wanted > UINT16_MAX) return end;
    while (high < end && term->low[high] < wanted) { low = high + 1; high += step; step <<= 1; }
    if (high > end) high = end;
    while (low < high) {
        Py_ssize_t middle = low + (high - low) / 2;
        if (term->low[middle] < wanted) low = middle + 1; else high = middle;
    }
    return low;
}

/* Go to the first posting of a term in a range of texts, and say where the last one ends; -1: damage. */
static Py_ssize_t run_of(Sweep *s, Py_ssize_t number, int64_t from, int64_t to) {
    Cursor *cursor = &s->cursors[number];
    if (seek(cursor, from) < 0) return -1;
    return run_end(&cursor->term, cursor->place, to);
}

/* Set the bits of some positions, whose owners are known, from the first that the cursor has not read; -1: damage. */
static int set_marks(Sweep *s, Cursor *cursor, int64_t count) {
    const Lists *lists = s->lists;
    const uint16_t *owners = s->owners, *keys = s->keys;
    uint64_t *marks = s->marks;
    cursor->spot = cursor->next_spot;
    cursor->frequency = count;
    if (cursor->spot < 0 || cursor->spot > length(&lists->a[NEAR]) - count) return -1;
    cursor->next_spot += count;
    int is_far = lists->is_wide;
    if (!is_far) {
        if (cursor->far_spot < cursor->spot) {
            cursor->far = far_from(lists, cursor->spot, &cursor->far_block);
            cursor->far_spot = far_spot(lists, cursor->far, &cursor->far_block);
        }
        is_far = cursor->far_spot < cursor->next_spot;
    }
    if (is_far) {
        if (positions(lists, cursor, s->far) < 0) return -1;
        for (int64_t i = 0; i < count; i++) {
            uint32_t word = owners[i] + (s->far[i] >> 6);
            marks[word < OUT ? word : OUT] |= UINT64_C(1) << (s->far[i] & 63);
        }
        return 0;
    }
    if (unpack(lists, cursor, s->keys) < 0) return -1;
    for (int64_t i = 0; i < count; i++) marks[owners[i] + (keys[i] >> 6)] |= UINT64_C(1) << (keys[i] & 63);
    return 0;
}

/* Write the owner of a posting as often as its term stands there, which stands apart; what does not fit is marked first.
   How many are written then; -1: damage. */
static int64_t write_many(Sweep *s, Cursor *cursor, Py_ssize_t place, uint16_t own, int64_t count) {
    Term *term = &cursor->term;
    const Array *more = &s->lists->a[MORE];
    if (term->apart >= length(more)) return -1;
    int64_t often = ((const uint8_t *)more->view.buf)[term->apart++];
    if (length(&s->lists->a[OVER_AT])) often += over(s->lists, place);
    if (often > length(&s->lists->a[NEAR])) return -1;
    while (count + often > CHUNK) {
        for (; count < CHUNK; count++, often--) s->owners[count] = own;
        if (set_marks(s, cursor, count) < 0) return -1;
        count = 0;
    }
    uint64_t four = own * FOUR;
    for (int64_t i = 0; i < often; i += 4) memcpy(s->owners + count + i, &four, 8);
    return count + often;
}

/* Set the bits of some postings of a term, up to one; -1: damage. Which frequencies stand apart is no branch to guess. */
static int mark_run(Sweep *s, Cursor *cursor, Py_ssize_t end) {
    if (catch_up(cursor) < 0) return -1;
    Term *term = &cursor->term;
    const uint8_t *codes = term->codes, *large = s->lists->a[MORE].view.buf;
    const uint16_t *low = term->low, *base = s->base;
    uint16_t *owners = s->owners;
    int64_t count = 0;
    Py_ssize_t apart = term->apart, most = length(&s->lists->a[MORE]), last = most ? most - 1 : 0;
    static const uint8_t none[1];
    if (!most) large = none;  /* which is read, and is no frequency */
    for (Py_ssize_t place = cursor->place; place < end; place++) {
        if (count > CHUNK - OFTEN) {
            if (set_marks(s, cursor, count) < 0) return -1;
            count = 0;
        }
        int code = code_at(codes, place), is_apart = code == FIT - 1;
        uint64_t four = base[low[place]] * FOUR, all[OFTEN / 4];
        int often = (large[apart < most ? apart : last] & -is_apart) | ((code + 1) & (is_apart - 1));
        if (often <= OFTEN && often) {
            for (int i = 0; i < OFTEN / 4; i++) all[i] = four;
            memcpy(owners + count, all, sizeof all);  /* mostly too many */
            count += often;
            apart += is_apart;
        } else {
            term->apart = apart;
            count = write_many(s, cursor, place, base[low[place]], count);
            if (count < 0) return -1;
            apart = term->apart;
        }
    }
    if (apart > most) return -1;
    term->apart = apart;
    term->ranked = cursor->place = end;
    return set_marks(s, cursor, count);
}

/* Set the bits of a term in the texts that are laid out, of which it has some before a place; -1: damage. */
static int mark_few(Sweep *s, Cursor *cursor, Py_ssize_t end) {
    for (uint32_t i = 0; i < s->size; i++) {
        int there = seek(cursor, s->chosen[i]);
        if (there < 0) return -1;
        if (cursor->place >= end) break;
        if (there && mark_run(s, cursor, cursor->place + 1) < 0) return -1;
    }
    cursor->place = end;
    return 0;
}

/* Send for what is read of a term next, of about so many postings. */
static inline void fetch(const Sweep *s, const Cursor *cursor, uint32_t many) {
    const Array *a = s->lists->a;
    Py_ssize_t left = cursor->term.end - cursor->place;
    if (many > left) many = left > 0 ? (uint32_t)left : 0;
    const char *low = (const char *)(cursor->term.low + cursor->place);
    const char *codes = (const char *)cursor->term.codes + (cursor->place >> 2);
    const char *near = (const char *)a[NEAR].view.buf + cursor->next_spot;
    const char *above = (const char *)a[ABOVE].view.buf + (cursor->next_spot >> 1);
    for (uint32_t i = 0; i <= many * 2; i += 64) __builtin_prefetch(low + i);
    for (uint32_t i = 0; i <= many / 4; i += 64) __builtin_prefetch(codes + i);
    if (s->lists->is_wide) return;
    for (uint32_t i = 0; i <= many; i += 64) __builtin_prefetch(near + i);
    for (uint32_t i = 0; i <= many / 2; i += 64) __builtin_prefetch(above + i);
}

/* Set the bits of a slot in the texts of a range; -1: damage. */
static int mark_part(Sweep *s, const Part *part, int64_t from, int64_t to) {
    for (Py_ssize_t i = part->first; i < part->last; i++) {
        if (i + AHEAD < part->last && s->next[i + AHEAD] < to) fetch(s, &s->cursors[i + AHEAD], s->runs[i + AHEAD]);
        if (s->next[i] >= to) continue;
        Cursor *cursor = &s->cursors[i];
        Py_ssize_t end = run_of(s, i, from, to), many = end - cursor->place;
        if (many < 0) return -1;
        s->runs[i] = many > LONGEST_RUN ? LONGEST_RUN : (uint32_t)many;
        if (many && (many > FULLER * (Py_ssize_t)s->size ? mark_few : mark_run)(s, cursor, end) < 0) return -1;
        int64_t next = text_here(cursor);
        if (next < 0) return -1;
        s->next[i] = next > UINT32_MAX ? UINT32_MAX : (uint32_t)next;
    }
    return 0;
}

/* Is it not worth to look which texts the rarest slot stands in? */
static inline int is_everywhere(const Sweep *s) {
    return s->parts[0].last - s->parts[0].first > 1 && s->parts[0].postings > s->texts >> TEXT_BITS;
}

/* Lay out the texts of a range that the rarest slot stands in, as many as there is room for; where the range ends then,
   or -1: damage. */
static int64_t lay_out(Sweep *s, int64_t from, int64_t to) {
    const Part *part = &s->parts[0];
    uint32_t pad = s->width ? s->width : (uint32_t)s->places;
    int64_t base = from & ~(int64_t)63;
    s->size = s->words = 0;
    memset(s->seen, is_everywhere(s) ? 0xFF : 0, RANGE / 8 + 16);
    for (Py_ssize_t i = part->first; i < part->last && !is_everywhere(s); i++) {
        if (s->next[i] >= to) continue;
        Cursor *cursor = &s->cursors[i];
        Py_ssize_t end = run_of(s, i, from, to);
        if (end < cursor->place) return -1;
        int64_t block = from & ~(int64_t)UINT16_MAX;
        for (Py_ssize_t place = cursor->place; place < end; place++) {
            int64_t own = (block | cursor->term.low[place]) - base;
            if (own < 0 || own >= RANGE + 64) return -1;
            s->seen[own >> 6] |= UINT64_C(1) << (own & 63);
        }
    }
    for (int64_t word = 0; base + word * 64 < to; word++) {
        uint64_t left = s->seen[word];
        if (s->field >= 0) left &= UINT64_C(0x1111111111111111) << s->field;
        for (; left; left &= left - 1) {
            int64_t text = base + word * 64 + __builtin_ctzll(left), own = 0;
            if (text < from) continue;
            if (text >= to) break;
            own = at(&s->lengths, text);
            if (own <= 0) continue;
            if (own > LONGEST) return -1;
            uint32_t end = s->words + (uint32_t)(own + pad) / 64 + 1;
            if (end > LAID) return text;
            s->base[text & UINT16_MAX] = (uint16_t)s->words;
            s->chosen[s->size] = (uint32_t)text;
            s->ends[s->size++] = s->words = end;
        }
    }
    return to;
}

/* Leave out the texts that have no bit in `by`, and move up the others. */
static void narrow(Sweep *s, uint64_t *by, uint64_t *other) {
    uint32_t begin = 0, words = 0, size = 0;
    for (uint32_t i = 0; i < s->size; i++) {
        uint32_t end = s->ends[i];
        uint64_t any = 0;
        for (uint32_t j = begin; j < end; j++) any |= by[j];
        if (any) {
            if (words != begin) {
                memmove(by + words, by + begin, (end - begin) * 8);
                if (other) memmove(other + words, other + begin, (end - begin) * 8);
            }
            s->base[s->chosen[i] & UINT16_MAX] = (uint16_t)words;
            s->chosen[size] = s->chosen[i];
            words += end - begin;
            s->ends[size++] = words;
        } else {
            s->base[s->chosen[i] & UINT16_MAX] = OUT;
        }
        begin = end;
    }
    memset(by + words, 0, (s->words - words) * 8);
    if (other) memset(other + words, 0, (s->words - words) * 8);
    s->words = words;
    s->size = size;
}

/* Bits, moved to the front by any number. */
static inline uint64_t moved_far(const uint64_t *words, uint32_t by) {
    return moved(words + by / 64, (int)(by % 64));
}

/* Add to each level, of bits that have so many of some others in a span from there on, what another span has, which begins
   so many places later. */
static void add_levels(uint64_t **to, uint64_t **from, uint32_t words, int levels, uint32_t by) {
    for (uint32_t i = 0; i < words; i++) {
        uint64_t later[LEVELS], own[LEVELS];
        for (int k = 0; k < levels; k++) {
            later[k] = moved_far(from[k] + i, by);
            own[k] = to[k][i];
        }
        for (int k = 0; k < levels; k++) {
            uint64_t both = own[k] | later[k];
            for (int j = 0; j < k; j++) both |= own[j] & later[k - 1 - j];
            to[k][i] = both;
        }
    }
}

/* Return the bits that have so many of the marks, or more, in the width from there on. */
static const uint64_t *spread_levels(Sweep *s, int levels) {
    uint64_t **all = s->levels, **twice = s->levels + LEVELS;
    uint32_t held = 0;
    size_t bytes = ((size_t)s->words + BEYOND) * 8;
    for (int k = 0; k < levels; k++) {
        memset(all[k], 0, bytes);
        if (k) memset(twice[k], 0, bytes);
    }
    memcpy(twice[0], s->marks, bytes);
    for (uint32_t span = 1; span <= s->width; span <<= 1) {
        if (s->width & span) {
            if (held) add_levels(all, twice, s->words, levels, held);
            for (int k = 0; !held && k < levels; k++) memcpy(all[k], twice[k], (size_t)s->words * 8);
            held += span;
        }
        if (span <= s->width >> 1) add_levels(twice, twice, s->words, levels, span);
    }
    return all[levels - 1];
}

/* Look at the texts of a range, and say where it ends; -1: damage. */
static int64_t sweep_range(Sweep *s, int64_t from, int64_t to) {
    to = lay_out(s, from, to);
    if (to < 0 || (to == from)) return -1;
    if (!s->size) return to;
    size_t bytes = ((size_t)s->words + NEAREST / 64 + BEYOND) * 8;
    memset(s->hits, 0, bytes);
    memset(s->marks, 0, bytes);
    if (s->width) memset(s->holds, 0xFF, bytes);
    for (int i = 0; i < s->distinct && s->size; i++) {
        const Part *part = &s->parts[i];
        if (mark_part(s, part, from, to) < 0) return -1;
        if (s->width) {
            if (part->asked > 1) {
                for (uint32_t w = 0; w < s->words; w++) s->hits[w] |= s->marks[w];
                leave(s->holds, spread_levels(s, part->asked), s->words, 0);
            } else {
                hold_near(s->marks, s->hits, s->holds, s->words, s->width);
            }
        } else {
            for (int j = 0, is_first = !i; j < s->places; j++) {
                if (s->of[j] != part->number) continue;
                if (is_first) for (uint32_t w = 0; w < s->words; w++) s->hits[w] = moved(s->marks + w, j);
                else leave(s->hits, s->marks, s->words, j);
                is_first = 0;
            }
        }
        memset(s->marks, 0, ((size_t)s->words + NEAREST / 64 + BEYOND) * 8);
        if (i + 1 < s->distinct && (i || is_everywhere(s) || part->asked > 1) && --s->patience[i] < 0) {
            uint32_t before = s->size;
            narrow(s, s->width ? s->holds : s->hits, s->width ? s->hits : NULL);
            s->patience[i] = s->size > before / 2 ? PATIENCE : 0;
        }
    }
    if (s->width) for (uint32_t w = 0; w < s->words; w++) s->hits[w] &= s->holds[w];
    add_up(s->hits, s->words);
    uint64_t before = 0;
    for (uint32_t i = 0; i < s->size; i++) {
        uint64_t all = s->hits[s->ends[i] - 1];
        s->base[s->chosen[i] & UINT16_MAX] = OUT;
        if (all != before && keep(&s->found, s->chosen[i], (int64_t)(all - before)) < 0) return -1;
        before = all;
    }
    return to;
}

/* The first text that the rarest slot may stand in; NO_TEXT: there is none, -1: damage. */
static int64_t sweep_next(Sweep *s) {
    int64_t first = NO_TEXT;
    for (Py_ssize_t i = s->parts[0].first; i < s->parts[0].last; i++) {
        int64_t next = s->next[i];
        if (!next) {
            next = text_here(&s->cursors[i]);
            if (next < 0) return -1;
            s->next[i] = next > UINT32_MAX ? UINT32_MAX : (uint32_t)next;
        }
        if (next < first) first = next;
    }
    return first;
}

/* Look at the texts up to one; -1: damage. */
static int sweep_to(Sweep *s, int64_t last) {
    if (s->at < 0) return -1;
    if (last > s->texts) last = s->texts;
    while (s->at < last) {
        int64_t next = sweep_next(s);
        if (next < 0) return -1;
        if (next > s->at) s->at = next;
        if (s->at >= last) break;
        int64_t to = s->at + RANGE, block = (s->at | UINT16_MAX) + 1;
        if (to > block) to = block;
        s->at = sweep_range(s, s->at, to < last ? to : last);
        if (s->at < 0) return -1;
    }
    if (s->at < last) s->at = last;
    return 0;
}

/* Make room for what the texts of a range take; -1: there is no memory. */
static int make_rooms(Sweep *s) {
    size_t all = (UINT16_MAX + 1 + NEAREST / 64) * 8;
    s->next = calloc((size_t)s->terms, 4);
    s->runs = calloc((size_t)s->terms, 4);
    s->base = malloc((UINT16_MAX + 1) * 2);
    s->owners = malloc((CHUNK + UNPACKED) * 2);
    s->keys = malloc((CHUNK + UNPACKED) * 2);
    s->far = malloc(CHUNK * 4);
    s->seen = malloc(RANGE / 8 + 16);
    s->chosen = malloc((RANGE + 64) * 4);
    s->ends = malloc((RANGE + 64) * 4);
    s->marks = malloc(all);
    s->hits = malloc(all);
    int most = 1, whole = s->next && s->runs && s->base && s->owners && s->keys && s->far && s->seen && s->chosen &&
        s->ends && s->marks && s->hits;
    for (int i = 0; i < s->distinct; i++) most = s->parts[i].asked > most ? s->parts[i].asked : most;
    if (s->width) {
        whole &= !!(s->holds = malloc(all));
        for (int i = 0; i < 2 * LEVELS && most > 1; i++) whole &= !!(s->levels[i] = malloc(all));
    }
    for (int i = 0; i <= UINT16_MAX && whole; i++) s->base[i] = OUT;
    return whole ? 0 : -1;
}

/* Open what stands at the places of a phrase; -1: damage. */
static int sweep_fill(Sweep *s, const Array *terms, const Array *sizes, const Array *places) {
    Py_ssize_t used = 0;
    s->terms = length(terms);
    s->distinct = (int)length(sizes);
    s->places = (int)length(places);
    if (terms->view.itemsize != 8 || sizes->view.itemsize != 8 || places->view.itemsize != 8) return -1;
    if (s->terms < 1 || s->terms > MOST_TERMS || length(sizes) < 1 || length(sizes) > MAX_PLACES) return -1;
    if (length(places) < length(sizes) || length(places) > MAX_PLACES || s->width > WIDEST) return -1;
    if (s->texts < 0 || s->texts > UINT32_MAX || length(&s->lengths) < s->texts) return -1;
    if (!(s->cursors = malloc((size_t)s->terms * sizeof(Cursor)))) return -1;
    Part parts[MAX_PLACES] = {0};
    for (int i = 0; i < s->distinct; i++) {
        int64_t size = at(sizes, i);
        if (size < 1 || size > s->terms - used) return -1;
        parts[i] = (Part){.first = used, .last = used + size, .number = i};
        for (; used < parts[i].last; used++) {
            Cursor *cursor = &s->cursors[used];
            if (cursor_open(cursor, s->lists, at(terms, used)) < 0) return -1;
            parts[i].postings += cursor->term.end - cursor->term.start;
        }
    }
    for (int i = 0; i < s->places; i++) {
        int64_t own = at(places, i);
        if (own < 0 || own >= s->distinct) return -1;
        s->of[i] = (int)own;
        parts[own].asked++;
    }
    for (int i = 0; i < s->distinct; i++) {
        int to = i;
        if (!parts[i].asked || (s->width && parts[i].asked > LEVELS)) return -1;
        for (; to > 0 && s->parts[to - 1].postings > parts[i].postings; to--) s->parts[to] = s->parts[to - 1];
        s->parts[to] = parts[i];
    }
    return make_rooms(s);
}

/* sweep(lists, terms, sizes, places, lengths, texts, field, width) -> what `swept` takes: the search for texts where any term
   of each slot stands one behind the other, or within a window of a width that is not 0. The first of `sizes` terms are
   those of the first slot, and so on; `places` are the slots in the order of the phrase; `lengths` says how many positions
   each text has. */
PyObject *sweep_open(PyObject *self, PyObject *args) {
    PyObject *capsule, *of[3], *lengths;
    long long texts;
    int field, failed = 0;
    unsigned int width;
    if (!PyArg_ParseTuple(args, "OOOOOLiI", &capsule, &of[0], &of[1], &of[2], &lengths, &texts, &field, &width)) return NULL;
    Lists *lists = PyCapsule_GetPointer(capsule, "lists");
    if (!lists) return NULL;
    Sweep *s = PyMem_Calloc(1, sizeof(Sweep));
    if (!s) return PyErr_NoMemory();
    PyObject *made = PyCapsule_New(s, "sweep", sweep_forget);
    if (!made) { PyMem_Free(s); return NULL; }
    s->lists_of = Py_NewRef(capsule);
    s->lists = lists;
    s->texts = texts;
    s->field = field;
    s->width = width;
    Array a[3] = {0};
    failed = hold(lengths, &s->lengths, PyBUF_C_CONTIGUOUS) < 0;
    for (int i = 0; i < 3 && !failed; i++) failed = hold(of[i], &a[i], PyBUF_C_CONTIGUOUS) < 0;
    if (!failed && sweep_fill(s, &a[0], &a[1], &a[2]) < 0) { damaged(); failed = 1; }
    for (int i = 0; i < 3; i++) drop(&a[i]);
    if (failed) Py_CLEAR(made);
    return made;
}

/* swept(sweep, last) -> texts, counts: those up to a text that were not looked at before, and how often the phrase stands
   in each, as bytes of 32 and 64 bits each. */
PyObject *swept(PyObject *self, PyObject *args) {
    PyObject *capsule;
    long long last;
    int damage;
    if (!PyArg_ParseTuple(args, "OL", &capsule, &last)) return NULL;
    Sweep *s = PyCapsule_GetPointer(capsule, "sweep");
    if (!s) return NULL;
    s->found.count = 0;
    Py_BEGIN_ALLOW_THREADS
    damage = sweep_to(s, last) < 0;
    Py_END_ALLOW_THREADS
    return damage ? damaged() : found_as_bytes(&s->found);
}
