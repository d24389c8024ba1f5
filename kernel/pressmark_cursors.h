/* A term's postings, from the first to the last, with their positions; and texts that are found, and how often. */

#include "pressmark_postings.h"

/* A term's posting: its place, that of its first position, and how many it has. */
typedef struct {
    Term term;
    Py_ssize_t place, spot;
    Py_ssize_t next_spot;  /* of the first posting that is not read yet, which is at `term.ranked` */
    Py_ssize_t far;        /* among the positions of more than twelve bits, the first that is not before `spot` */
    Py_ssize_t far_block;  /* of 65,536 positions, in which it is */
    int64_t far_spot;      /* its place; INT64_MAX where there is none */
    int64_t frequency;
    int here;              /* does it stand in the text that is looked at? */
} Cursor;

/* Add up the positions before the cursor's place, which is not before the last one read. */
static inline int catch_up(Cursor *cursor) {
    Term *term = &cursor->term;
    const Array *more = &term->lists->a[MORE];
    const uint8_t *large = more->view.buf;
    Py_ssize_t place = cursor->place;
    int has_over = length(&term->lists->a[OVER_AT]) > 0;
    if (term->ranked > place) return -1;
    while (term->ranked < place) {
        Py_ssize_t left = 32 - (term->ranked & 31), step = place - term->ranked < left ? place - term->ranked : left;
        uint64_t word = word_at(term->codes, term->ranked) >> ((term->ranked & 31) << 1);
        if (step < 32) word &= (UINT64_C(1) << (step << 1)) - 1;
        uint64_t ones = word & PAIRS, twos = word >> 1 & PAIRS, both = ones & twos;
        cursor->next_spot += step + bits(ones) + 2 * bits(twos);
        if (both) {
            Py_ssize_t apart = bits(both);
            if (term->apart + apart > length(more)) return -1;
            cursor->next_spot -= FIT * apart;
            for (Py_ssize_t i = 0; i < apart; i++) cursor->next_spot += large[term->apart + i];
            if (has_over)
                for (Py_ssize_t i = 0; i < step; i++) cursor->next_spot += over(term->lists, term->ranked + i);
            term->apart += apart;
        }
        term->ranked += step;
    }
    return 0;
}

/* Read the posting at the cursor's place, which is not before the last one read. */
static inline int read_on(Cursor *cursor) {
    Term *term = &cursor->term;
    const Array *more = &term->lists->a[MORE];
    const uint8_t *large = more->view.buf;
    Py_ssize_t place = cursor->place;
    int has_over = length(&term->lists->a[OVER_AT]) > 0;
    if (catch_up(cursor) < 0) return -1;
    int code = code_at(term->codes, place);
    cursor->frequency = code + 1;
    if (code == 3) {
        if (term->apart >= length(more)) return -1;
        cursor->frequency = large[term->apart++] + (has_over ? over(term->lists, place) : 0);
    }
    cursor->spot = cursor->next_spot;
    cursor->next_spot += cursor->frequency;
    term->ranked++;
    return 0;
}

/* The place of a position of more than twelve bits, whose block is not before one; INT64_MAX where there is none. */
static inline int64_t far_spot(const Lists *lists, Py_ssize_t far, Py_ssize_t *block) {
    const Array *where = &lists->a[FAR_AT], *ends = &lists->a[FAR_ENDS];
    if (far >= length(where)) return INT64_MAX;
    while (*block < length(ends) && at(ends, *block) <= far) (*block)++;
    return *block < length(ends) ? (int64_t)*block << 16 | at(where, far) : INT64_MAX;
}

/* The first position of more than twelve bits that is not before a place, and its block. */
static inline Py_ssize_t far_from(const Lists *lists, int64_t spot, Py_ssize_t *block) {
    const Array *where = &lists->a[FAR_AT], *ends = &lists->a[FAR_ENDS];
    *block = 0;
    if (spot < 0 || spot >> 16 >= length(ends)) return length(where);
    *block = (Py_ssize_t)(spot >> 16);
    int64_t first = *block ? at(ends, *block - 1) : 0, last = at(ends, *block);
    if (first < 0 || first > last || last > length(where)) return length(where);
    return bisect(where, first, last, spot & 0xFFFF);
}

static inline int cursor_open(Cursor *cursor, const Lists *lists, int64_t number) {
    Term *term = &cursor->term;
    if (term_open(term, lists, number) < 0) return -1;
    if (term->start < term->end) apart_before(term, term->start);  /* its own postings are counted from here */
    cursor->place = term->ranked = term->start;
    cursor->spot = cursor->next_spot = at(&lists->a[POSITION_AT], number);
    if (cursor->spot < 0 || cursor->spot > length(&lists->a[NEAR])) return -1;
    cursor->far = far_from(lists, cursor->spot, &cursor->far_block);
    cursor->far_spot = far_spot(lists, cursor->far, &cursor->far_block);
    cursor->here = 0;
    return 0;
}

/* The text of a posting of a term whose blocks stand beside its texts, or that has only one. */
static inline int64_t text_beside(const Term *term, Py_ssize_t place) {
    int64_t text = term->low[place];
    if (term->lists->blocks > 1) text |= at(&term->lists->a[HIGH], place - term->high_from) << 16;
    return text;
}

/* Go to the first posting of a text or a later one; 1: it is this text's, 0: it is not, -1: damage. */
static inline int seek(Cursor *cursor, int64_t text) {
    Term *term = &cursor->term;
    Py_ssize_t low = cursor->place, end = term->end;
    if (term->long_number < 0) {
        Py_ssize_t step = 1, high = low;
        while (high < end && text_beside(term, high) < text) { low = high + 1; high += step; step <<= 1; }
        if (high > end) high = end;
        while (low < high) {
            Py_ssize_t middle = low + (high - low) / 2;
            if (text_beside(term, middle) < text) low = middle + 1; else high = middle;
        }
        cursor->place = low;
        return low < end && text_beside(term, low) == text;
    }
    Py_ssize_t block = (Py_ssize_t)(text >> 16);
    if (block >= term->lists->blocks) { cursor->place = end; return 0; }
    if (block != term->block) {
        Py_ssize_t begin = block ? long_end(term, block - 1) : term->start;
        term->block_end = long_end(term, block);
        if (begin < term->start || term->block_end < begin) return -1;
        term->block = block;
        if (begin > low) low = begin;
    }
    uint32_t wanted = text & 0xFFFF;
    Py_ssize_t step = 1, high = low;
    end = term->block_end;
    while (high < end && term->low[high] < wanted) { low = high + 1; high += step; step <<= 1; }
    if (high > end) high = end;
    while (low < high) {
        Py_ssize_t middle = low + (high - low) / 2;
        if (term->low[middle] < wanted) low = middle + 1; else high = middle;
    }
    cursor->place = low;
    return low < end && term->low[low] == wanted;
}

/* The text of the posting at the cursor's place; NO_TEXT behind the last, -1: damage. */
static inline int64_t text_here(Cursor *cursor) {
    Term *term = &cursor->term;
    if (cursor->place >= term->end) return NO_TEXT;
    if (term->long_number < 0) return text_beside(term, cursor->place);
    if (term->block < 0) term->block_end = long_end(term, term->block = 0);
    while (cursor->place >= term->block_end) {
        if (term->block_end < 0 || term->block + 1 >= term->lists->blocks) return -1;
        term->block_end = long_end(term, ++term->block);
    }
    return (int64_t)term->block << 16 | term->low[cursor->place];
}

/* The positions of a cursor's posting, in order; -1: damage. `room` has space for them. */
static inline int64_t positions(const Lists *lists, Cursor *cursor, uint32_t *room) {
    const Array *a = lists->a;
    Py_ssize_t first = cursor->spot, last = first + cursor->frequency, place = first;
    if (first < 0 || cursor->frequency < 0 || last > length(&a[NEAR])) return -1;
    if (lists->is_wide) {
        for (; place < last; place++) *room++ = (uint32_t)at(&a[NEAR], place);
        return cursor->frequency;
    }
    if (last > a[ABOVE].view.len * 2) return -1;
    const uint8_t *near = a[NEAR].view.buf, *above = a[ABOVE].view.buf;
    if (place & 1 && place < last) {
        *room++ = near[place] | (uint32_t)(above[place >> 1] >> 4) << 8;
        place++;
    }
    for (; place + 1 < last; place += 2, room += 2) {
        uint32_t two = above[place >> 1];
        room[0] = near[place] | (two & 15) << 8;
        room[1] = near[place + 1] | two >> 4 << 8;
    }
    if (place < last) *room++ = near[place] | (uint32_t)(above[place >> 1] & 15) << 8;
    if (cursor->far_spot < first) {
        cursor->far = far_from(lists, first, &cursor->far_block);
        cursor->far_spot = far_spot(lists, cursor->far, &cursor->far_block);
    }
    if (cursor->far_spot < last) {
        if (length(&a[FAR_BY]) != length(&a[FAR_AT])) return -1;
        Py_ssize_t block = cursor->far_block, own = cursor->far;
        for (int64_t far; (far = far_spot(lists, own, &block)) < last; own++) {
            if (far < first) return -1;
            room[far - last] |= (uint32_t)at(&a[FAR_BY], own) << 12;
        }
    }
    return cursor->frequency;
}

/* Texts in order, and how often something stands in each. */
typedef struct {
    uint32_t *texts;
    int64_t *counts;
    Py_ssize_t count, room;
} Found;

static inline int keep(Found *found, int64_t text, int64_t count) {
    if (found->count == found->room) {
        Py_ssize_t room = found->room ? found->room * 2 : 64;
        uint32_t *texts = realloc(found->texts, (size_t)room * 4);
        if (texts) found->texts = texts;
        int64_t *counts = realloc(found->counts, (size_t)room * 8);
        if (counts) found->counts = counts;
        if (!texts || !counts) return -1;
        found->room = room;
    }
    found->texts[found->count] = (uint32_t)text;
    found->counts[found->count++] = count;
    return 0;
}

static inline void found_free(Found *found) {
    free(found->texts);
    free(found->counts);
}

/* Texts and counts, as bytes of 32 and 64 bits each. */
static inline PyObject *found_as_bytes(const Found *found) {
    PyObject *both = NULL, *one = PyBytes_FromStringAndSize((char *)found->texts, found->count * 4);
    PyObject *other = PyBytes_FromStringAndSize((char *)found->counts, found->count * 8);
    if (one && other) both = PyTuple_Pack(2, one, other);
    Py_XDECREF(one);
    Py_XDECREF(other);
    return both;
}
