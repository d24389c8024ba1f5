/* The loops of a search, compiled: postings -> rows and sums, rows in two sets, the best of many, a phrase's places.

The arrays are those of indexer/storage/postings; indexer/storage/kernel.py says what each function takes and gives.
Every number that is read from a file and used as a place is compared with the length of what it is a place in, so a
damaged file raises ValueError, as it does with NumPy. Numbers are added in the order of the postings, in 32 bits. */

#define PY_SSIZE_T_CLEAN
#define Py_LIMITED_API 0x030B0000
#include <Python.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#ifdef __APPLE__
#define st_mtim st_mtimespec
#endif

#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#error "the arrays of an index are little-endian, and are read as they are"
#endif

#define VERSION 10  /* of the functions of searches */
#define SNIPPETS 2  /* of those of pressmark_snippets.c */
#define TREES 4     /* of those of pressmark_trees.c, pressmark_features.c, pressmark_words.c and pressmark_texts.c */
#define PAGES 4     /* of those of pressmark_pages.c */
#define PATTERNS 1  /* of those of pressmark_seek.c */
#define TEXT_BITS 2
#define ALL_FIELDS -1
#define FIT 4       /* a frequency so large stands apart */
#define RANKED 512  /* postings between two counts of those that stand apart */
#define MAX_PLACES 32
#define MAX_TERMS 64 /* at all places of a phrase */
#define TOGETHER 512 /* terms that are added up together */
#define AHEAD 3      /* terms whose next postings are sent for while those of one are looked at */
#define MARKS 65536 /* positions that can be marked */
#define SPARSE 8    /* so few positions of two terms are compared one by one */
#define KEYS 16384  /* positions of a slot in texts that are looked at together */
#define ROOM 65536  /* addresses of them, a bit each: those of a text's positions, and those of a window behind it */
#define WIDEST 192  /* positions of a window that is looked for so; no less than MAX_PLACES */
#define BEYOND (WIDEST / 64 + 2) /* words that are read behind the last text */
#define NEAREST 4096 /* positions of a text that is looked at so: those that twelve bits can say */
#define UNPACKED 16 /* positions that are unpacked without a look at whether there are so many */
#ifndef BATCH        /* tests build it with less */
#define FEW 4096    /* postings that are sorted by row, in place of added up in an array of all rows */
#define BATCH 256   /* texts that are looked at together */
#define MANY 1024   /* postings of the rarest slot from which on that is worth its room */
#endif
#define LOOKED 16 /* scores that are compared together */
#define AT_ONCE 4 /* rows that are listed without a look at whether there are so many */
#define LAST (UINT64_C(1) << 63)
#define NO_TEXT INT64_MAX
#define NOWHERE UINT32_MAX /* behind the last of a term's positions */
#define PAIRS UINT64_C(0x5555555555555555)

#include "pressmark_lexicon.h"

typedef struct {
    Py_buffer view;
    Py_ssize_t length;  /* in items */
    int held;
} Array;

enum { POSTING_AT, POSITION_AT, LOW, HIGH, LONG, LONG_BEFORE, ENDS, RANK, CODES, MORE, OVER_AT, OVER_BY, NEAR, ABOVE,
       FAR_AT, FAR_BY, FAR_ENDS, ARRAYS };

typedef struct {
    Array a[ARRAYS];
    Py_ssize_t blocks, terms, postings;
    int is_wide;
} Lists;

static int hold(PyObject *from, Array *to, int flags) {
    if (PyObject_GetBuffer(from, &to->view, flags) < 0) return -1;
    to->length = to->view.itemsize ? to->view.len / to->view.itemsize : 0;
    to->held = 1;
    return 0;
}

static void drop(Array *one) {
    if (one->held) PyBuffer_Release(&one->view);
    one->held = 0;
}

static inline Py_ssize_t length(const Array *one) {
    return one->length;
}

static inline int64_t at(const Array *one, Py_ssize_t place) {
    switch (one->view.itemsize) {
        case 1: return ((const uint8_t *)one->view.buf)[place];
        case 2: return ((const uint16_t *)one->view.buf)[place];
        case 4: return ((const uint32_t *)one->view.buf)[place];
        default: return ((const int64_t *)one->view.buf)[place];
    }
}

static PyObject *damaged(void) {
    PyErr_SetString(PyExc_ValueError, "the arrays of a segment do not go together");
    return NULL;
}

/* The first place in [low, high) of a sorted array that is not below a number. */
static Py_ssize_t bisect(const Array *one, Py_ssize_t low, Py_ssize_t high, int64_t number) {
    while (low < high) {
        Py_ssize_t middle = low + (high - low) / 2;
        if (at(one, middle) < number) low = middle + 1; else high = middle;
    }
    return low;
}

static void forget(PyObject *capsule) {
    Lists *lists = PyCapsule_GetPointer(capsule, "lists");
    if (!lists) return;
    for (int i = 0; i < ARRAYS; i++) drop(&lists->a[i]);
    PyMem_Free(lists);
}

/* Has an array the type that the writer gives it? What is wider could be below zero, and no place at all. */
static int is_written(int number, const Array *one) {
    int is_short = number == HIGH || number == FAR_AT;
    int is_whole = number == ENDS || number == OVER_BY || number == NEAR || number == FAR_BY;
    return !length(one) || one->view.itemsize <= (is_short ? 2 : is_whole ? 4 : 8);
}

static PyObject *lists_open(PyObject *self, PyObject *args) {
    PyObject *arrays;
    Py_ssize_t blocks;
    int is_wide;
    if (!PyArg_ParseTuple(args, "O!ni", &PyTuple_Type, &arrays, &blocks, &is_wide)) return NULL;
    if (PyTuple_Size(arrays) != ARRAYS) return damaged();
    Lists *lists = PyMem_Calloc(1, sizeof(Lists));
    if (!lists) return PyErr_NoMemory();
    PyObject *capsule = PyCapsule_New(lists, "lists", forget);
    if (!capsule) { PyMem_Free(lists); return NULL; }
    for (int i = 0; i < ARRAYS; i++)
        if (hold(PyTuple_GetItem(arrays, i), &lists->a[i], PyBUF_C_CONTIGUOUS) < 0) { Py_DECREF(capsule); return NULL; }
    Array *a = lists->a;
    lists->blocks = blocks;
    lists->is_wide = is_wide;
    lists->terms = length(&a[POSTING_AT]) - 1;
    lists->postings = length(&a[LOW]);
    Py_ssize_t long_terms = length(&a[LONG]);
    int whole = blocks >= 1 && lists->terms >= 0 && a[LOW].view.itemsize == 2 && a[CODES].view.itemsize == 1 &&
        a[MORE].view.itemsize == 1 && length(&a[POSITION_AT]) == lists->terms + 1 && a[CODES].view.len % 8 == 0 &&
        a[CODES].view.len * 4 >= lists->postings && length(&a[RANK]) > lists->postings / RANKED &&
        length(&a[LONG_BEFORE]) == long_terms + 1 && length(&a[OVER_AT]) == length(&a[OVER_BY]) &&
        (long_terms == 0 || length(&a[ENDS]) == long_terms * blocks);
    for (int i = 0; i < ARRAYS; i++) whole &= is_written(i, &a[i]);
    if (!whole) { Py_DECREF(capsule); return damaged(); }
    return capsule;
}

/* One term's postings, read from the first to the last. */
typedef struct {
    const Lists *lists;
    const uint16_t *low;
    const uint8_t *codes;
    Py_ssize_t start, end;      /* of its postings */
    Py_ssize_t long_number;     /* among the long terms; -1: the block of a text stands beside it */
    Py_ssize_t high_from;       /* what is to be taken off a posting's place to find its block */
    Py_ssize_t block, block_end;
    Py_ssize_t apart;           /* how many frequencies stand apart before the place */
    Py_ssize_t ranked;          /* the place that `apart` is known for */
} Term;

static int term_open(Term *term, const Lists *lists, int64_t number) {
    const Array *a = lists->a;
    if (number < 0 || number >= lists->terms) return -1;
    term->lists = lists;
    term->low = a[LOW].view.buf;
    term->codes = a[CODES].view.buf;
    term->start = at(&a[POSTING_AT], number);
    term->end = at(&a[POSTING_AT], number + 1);
    if (term->start < 0 || term->end < term->start || term->end > lists->postings) return -1;
    term->long_number = -1;
    term->high_from = 0;
    if (lists->blocks > 1) {
        Py_ssize_t before = bisect(&a[LONG], 0, length(&a[LONG]), number);
        if (before < length(&a[LONG]) && at(&a[LONG], before) == number) {
            term->long_number = before;
        } else {
            term->high_from = at(&a[LONG_BEFORE], before);
            if (term->high_from < 0 || term->start < term->high_from) return -1;
            if (term->end - term->high_from > length(&a[HIGH])) return -1;
        }
    }
    term->block = -1;
    term->block_end = term->start;
    term->ranked = term->start / RANKED * RANKED;
    term->apart = term->start < term->end ? at(&a[RANK], term->start / RANKED) : 0;
    return term->apart < 0 || term->apart > length(&a[MORE]) ? -1 : 0;
}

/* Where a block of a long term ends; -1 when that is out of place. */
static inline Py_ssize_t long_end(const Term *term, Py_ssize_t block) {
    Py_ssize_t end = term->start + at(&term->lists->a[ENDS], term->long_number * term->lists->blocks + block);
    return end > term->end ? -1 : end;
}

/* How many bits of a word are set; a processor's own step for it is not on all of them. */
static inline int bits(uint64_t word) {
    word -= word >> 1 & PAIRS;
    word = (word & UINT64_C(0x3333333333333333)) + (word >> 2 & UINT64_C(0x3333333333333333));
    return (int)(((word + (word >> 4)) & UINT64_C(0x0F0F0F0F0F0F0F0F)) * UINT64_C(0x0101010101010101) >> 56);
}

static inline int code_at(const uint8_t *codes, Py_ssize_t place) {
    return codes[place >> 2] >> ((place & 3) << 1) & 3;
}

static inline uint64_t word_at(const uint8_t *codes, Py_ssize_t place) {
    uint64_t word;
    memcpy(&word, codes + (place >> 5 << 3), 8);
    return word;
}

/* How many frequencies stand apart before a place, which is not before the last one asked for. */
static Py_ssize_t apart_before(Term *term, Py_ssize_t place) {
    while (term->ranked < place) {
        Py_ssize_t left = 32 - (term->ranked & 31), step = place - term->ranked < left ? place - term->ranked : left;
        uint64_t word = word_at(term->codes, term->ranked) >> ((term->ranked & 31) << 1);
        uint64_t both = word & word >> 1 & PAIRS;
        if (step < 32) both &= (UINT64_C(1) << (step << 1)) - 1;
        term->apart += bits(both);
        term->ranked += step;
    }
    return term->apart;
}

static int64_t over(const Lists *lists, Py_ssize_t place) {
    const Array *where = &lists->a[OVER_AT];
    Py_ssize_t found = bisect(where, 0, length(where), place);
    return found < length(where) && at(where, found) == place ? at(&lists->a[OVER_BY], found) : 0;
}

/* Whether the block of each text stands beside it. */
static inline int is_beside(const Term *term) {
    return term->lists->blocks > 1 && term->long_number < 0;
}

typedef struct {
    int64_t row;
    float weight;
} Weight;

/* Where sums go: weights of the texts of a segment, whose first row is known; a field, or -1 for all. What is listed
   is not added up yet, and there is room for all postings; NULL where it goes into sums. */
typedef struct {
    const float *weights;
    int64_t texts;
    Py_ssize_t first;
    int field;
    float *sums;
    uint64_t *seen;
    Weight *listed;
} Goal;

/* Add or list what a run of postings of one block counts. What does not vary within a run is a constant to the compiler. */
static inline __attribute__((always_inline)) int count_run(Term *term, Py_ssize_t begin, Py_ssize_t end, uint32_t base,
                                                           Goal *goal, int is_listed, int is_plain) {
    static const float times_[4] = {1, 2, 3, 0};
    const float *weights = goal->weights;
    float *sums = goal->sums;
    uint64_t *seen = goal->seen;
    int field = is_plain ? -1 : goal->field;
    const Lists *lists = term->lists;
    const Array *more = &lists->a[MORE];
    const uint8_t *high = lists->a[HIGH].view.buf;
    int wide_high = lists->a[HIGH].view.itemsize == 2, beside = !is_plain && is_beside(term);
    Py_ssize_t apart = apart_before(term, begin), most = length(more);
    int has_over = length(&lists->a[OVER_AT]) > 0;
    for (Py_ssize_t place = begin; place < end; place++) {
        uint32_t text = base + term->low[place];
        if (beside) {
            Py_ssize_t own = place - term->high_from;
            text |= (uint32_t)(wide_high ? ((const uint16_t *)high)[own] : high[own]) << 16;
        }
        int code = code_at(term->codes, place);
        float frequency = times_[code];
        if (code == 3) {
            if (apart >= most) return -1;
            int64_t own = ((const uint8_t *)more->view.buf)[apart++];
            if (has_over) own += over(lists, place);
            frequency = (float)own;
        }
        if (!is_plain && text >= goal->texts) return -1;
        if (field >= 0 && (int)(text & ((1 << TEXT_BITS) - 1)) != field) continue;
        Py_ssize_t row = goal->first + (text >> TEXT_BITS);
        if (is_listed) {
            *goal->listed++ = (Weight){row, weights[text] * frequency};
        } else {
            sums[row] += weights[text] * frequency;
            seen[row >> 6] |= UINT64_C(1) << (row & 63);
        }
    }
    term->apart = apart;
    term->ranked = end;
    return 0;
}

static int add_run(Term *term, Py_ssize_t begin, Py_ssize_t end, uint32_t base, Goal *goal) {
    if (goal->listed) return count_run(term, begin, end, base, goal, 1, 0);
    int is_plain = goal->field < 0 && !is_beside(term) && base + (int64_t)UINT16_MAX < goal->texts;
    return is_plain ? count_run(term, begin, end, base, goal, 0, 1) : count_run(term, begin, end, base, goal, 0, 0);
}

/* Add what some terms count. The long ones take turns, block by block: the weights and sums of a block stay near the
   processor meanwhile, which those of all texts do not. */
static int add_terms(const Lists *lists, const Array *numbers, Py_ssize_t first, Py_ssize_t last, Goal *goal) {
    Term terms[TOGETHER];
    Py_ssize_t begins[TOGETHER];
    int held = 0;
    for (Py_ssize_t i = first; i < last; i++) {
        Term *term = &terms[held];
        if (term_open(term, lists, at(numbers, i)) < 0) return -1;
        if (term->long_number >= 0) begins[held++] = term->start;
        else if (add_run(term, term->start, term->end, 0, goal) < 0) return -1;
    }
    for (Py_ssize_t block = 0; held && block < lists->blocks; block++) {
        for (int i = 0; i < held; i++) {
            if (i + AHEAD < held) __builtin_prefetch(terms[i + AHEAD].low + begins[i + AHEAD]);
            Py_ssize_t end = long_end(&terms[i], block);
            if (end < begins[i] || add_run(&terms[i], begins[i], end, (uint32_t)block << 16, goal) < 0) return -1;
            begins[i] = end;
        }
    }
    for (int i = 0; i < held; i++)
        if (begins[i] != terms[i].end) return -1;
    return 0;
}

typedef struct {
    Array sums, seen;
    Py_ssize_t rows;
} Room;

static int room_open(Room *room, PyObject *sums, PyObject *seen) {
    memset(room, 0, sizeof *room);
    if (hold(sums, &room->sums, PyBUF_C_CONTIGUOUS | PyBUF_WRITABLE) < 0) return -1;
    if (hold(seen, &room->seen, PyBUF_C_CONTIGUOUS | PyBUF_WRITABLE) < 0) { drop(&room->sums); return -1; }
    room->rows = room->sums.view.len / 4;
    if (room->seen.view.len / 8 * 64 < room->rows) {
        drop(&room->sums);
        drop(&room->seen);
        damaged();
        return -1;
    }
    return 0;
}

static void room_close(Room *room) {
    drop(&room->sums);
    drop(&room->seen);
}

/* add(lists, terms, first, weights, field, sums, seen): each posting's weight is added to the sum of its row. */
static PyObject *add(PyObject *self, PyObject *args) {
    PyObject *capsule, *terms, *weights_of, *sums_of, *seen_of;
    Py_ssize_t first;
    int field, failed = 0;
    if (!PyArg_ParseTuple(args, "OOnOiOO", &capsule, &terms, &first, &weights_of, &field, &sums_of, &seen_of)) return NULL;
    Lists *lists = PyCapsule_GetPointer(capsule, "lists");
    if (!lists) return NULL;
    Room room;
    Array weights = {0}, numbers = {0};
    if (room_open(&room, sums_of, seen_of) < 0) return NULL;
    if (hold(terms, &numbers, PyBUF_C_CONTIGUOUS) < 0 || hold(weights_of, &weights, PyBUF_C_CONTIGUOUS) < 0) {
        drop(&numbers);
        room_close(&room);
        return NULL;
    }
    int64_t texts = weights.view.len / 4 - ((int64_t)first << TEXT_BITS), room_for = (int64_t)(room.rows - first) << TEXT_BITS;
    Goal goal = {
        .weights = (const float *)weights.view.buf + ((int64_t)first << TEXT_BITS),
        .texts = texts < room_for ? texts : room_for, .first = first, .field = field,
        .sums = room.sums.view.buf, .seen = room.seen.view.buf,
    };
    if (first < 0 || goal.texts < 0) {
        failed = 1;
    } else {
        Py_BEGIN_ALLOW_THREADS
        Py_ssize_t count = length(&numbers);
        for (Py_ssize_t i = 0; i < count && !failed; i += TOGETHER)
            failed = add_terms(lists, &numbers, i, i + TOGETHER < count ? i + TOGETHER : count, &goal) < 0;
        Py_END_ALLOW_THREADS
    }
    drop(&numbers);
    drop(&weights);
    room_close(&room);
    if (failed) return damaged();
    Py_RETURN_NONE;
}

/* Write 1 for the documents of some texts of a field, of 16 bits each: of four at once it is seen that none is of it. */
static void mark_field(const uint16_t *low, Py_ssize_t count, int field, uint8_t *marks) {
    const uint64_t ones = UINT64_C(0x0001000100010001), own = ones * (uint64_t)field;
    Py_ssize_t i = 0;
    for (; i + 4 <= count; i += 4) {
        uint64_t four;
        memcpy(&four, low + i, 8);
        four ^= own;
        if (((four | four >> 1) & ones) == ones) continue;
        for (int j = 0; j < 4; j++) marks[low[i + j] >> TEXT_BITS] |= (low[i + j] & 3) == field;
    }
    for (; i < count; i++) marks[low[i] >> TEXT_BITS] |= (low[i] & 3) == field;
}

/* Write 1 for the documents of a run of postings of one block. */
static int mark_run(const Term *term, Py_ssize_t begin, Py_ssize_t end, int64_t base, int field, uint8_t *marks,
                    int64_t documents) {
    const uint16_t *low = term->low;
    int64_t texts = documents << TEXT_BITS;
    if (!is_beside(term) && base + UINT16_MAX < texts) {
        uint8_t *own = marks + (base >> TEXT_BITS);
        if (field >= 0) mark_field(low + begin, end - begin, field, own);
        else for (Py_ssize_t place = begin; place < end; place++) own[low[place] >> TEXT_BITS] = 1;
        return 0;
    }
    const Array *high = &term->lists->a[HIGH];
    for (Py_ssize_t place = begin; place < end; place++) {
        int64_t text = base + low[place];
        if (is_beside(term)) text |= at(high, place - term->high_from) << 16;
        if (text >= texts) return -1;
        if (field < 0 || (int)(text & ((1 << TEXT_BITS) - 1)) == field) marks[text >> TEXT_BITS] = 1;
    }
    return 0;
}

/* Where the first of some marks is not set; NULL: all are. */
static const uint8_t *unmarked(const uint8_t *from, const uint8_t *end) {
    return from && from < end ? (*from ? memchr(from, 0, (size_t)(end - from)) : from) : NULL;
}

/* Mark the documents of some terms. A block of texts is left when each of its documents is marked, so the most frequent
   terms are best the first. */
static int mark_terms(const Lists *lists, const Array *numbers, Py_ssize_t first, Py_ssize_t last, int field,
                      uint8_t *marks, int64_t documents) {
    Term terms[TOGETHER];
    Py_ssize_t begins[TOGETHER];
    int held = 0;
    const uint8_t *left = unmarked(marks, marks + documents);
    for (Py_ssize_t i = first; i < last; i++) {
        Term *term = &terms[held];
        if (term_open(term, lists, at(numbers, i)) < 0) return -1;
        if (term->long_number >= 0) begins[held++] = term->start;
        else if (left && mark_run(term, term->start, term->end, 0, field, marks, documents) < 0) return -1;
        left = unmarked(left, marks + documents);
    }
    for (Py_ssize_t block = 0; left && held && block < lists->blocks; block++) {
        int64_t from = (int64_t)block << (16 - TEXT_BITS), to = from + (1 << (16 - TEXT_BITS));
        const uint8_t *end = marks + (to < documents ? to : documents), *here = unmarked(marks + from, end);
        for (int i = 0; i < held; i++) {
            if (i + AHEAD < held) __builtin_prefetch(terms[i + AHEAD].low + begins[i + AHEAD]);
            Py_ssize_t stop = long_end(&terms[i], block);
            if (stop < begins[i]) return -1;
            if (here && mark_run(&terms[i], begins[i], stop, (int64_t)block << 16, field, marks, documents) < 0) return -1;
            here = unmarked(here, end);
            begins[i] = stop;
        }
    }
    return 0;
}

/* mark(lists, terms, field, marks): 1 is written for each document of the segment that any of some terms stands in, in
   one field, or in any, which is -1. */
static PyObject *mark(PyObject *self, PyObject *args) {
    PyObject *capsule, *of[2];
    int field, failed = 0;
    if (!PyArg_ParseTuple(args, "OOiO", &capsule, &of[0], &field, &of[1])) return NULL;
    Lists *lists = PyCapsule_GetPointer(capsule, "lists");
    if (!lists) return NULL;
    Array numbers = {0}, marks = {0};
    if (hold(of[0], &numbers, PyBUF_C_CONTIGUOUS) < 0) return NULL;
    if (hold(of[1], &marks, PyBUF_C_CONTIGUOUS | PyBUF_WRITABLE) < 0) { drop(&numbers); return NULL; }
    Py_ssize_t count = length(&numbers);
    failed = (count && numbers.view.itemsize != 8) || marks.view.itemsize != 1;
    if (!failed) {
        Py_BEGIN_ALLOW_THREADS
        for (Py_ssize_t i = 0; i < count && !failed; i += TOGETHER)
            failed = mark_terms(lists, &numbers, i, i + TOGETHER < count ? i + TOGETHER : count, field, marks.view.buf,
                                marks.view.len) < 0;
        Py_END_ALLOW_THREADS
    }
    drop(&numbers);
    drop(&marks);
    if (failed) return damaged();
    Py_RETURN_NONE;
}

/* Sort weights by their rows, those of one row as they come: what is in order already is merged, two runs at a time. */
static Weight *in_order(Weight *from, Weight *to, Py_ssize_t count) {
    for (Py_ssize_t runs = 2; runs > 1;) {
        Py_ssize_t begin = 0;
        for (runs = 0; begin < count; runs++) {
            Py_ssize_t middle = begin + 1, end, out = begin;
            while (middle < count && from[middle - 1].row <= from[middle].row) middle++;
            for (end = middle; end < count && (end == middle || from[end - 1].row <= from[end].row);) end++;
            Py_ssize_t one = begin, other = middle;
            while (one < middle && other < end) to[out++] = from[other].row < from[one].row ? from[other++] : from[one++];
            while (one < middle) to[out++] = from[one++];
            while (other < end) to[out++] = from[other++];
            begin = end;
        }
        Weight *swapped = from;
        from = to;
        to = swapped;
    }
    return from;
}

/* The rows of some weights, each once and live, and the sum of each, as bytes of 64 and 32 bits. */
static PyObject *summed(const Weight *weights, Py_ssize_t count, const uint8_t *live) {
    Py_ssize_t many = 0;
    for (Py_ssize_t i = 0; i < count; i++)
        many += (!i || weights[i].row != weights[i - 1].row) && (!live || live[weights[i].row]);
    PyObject *rows = PyBytes_FromStringAndSize(NULL, many * 8), *sums = PyBytes_FromStringAndSize(NULL, many * 4);
    PyObject *both = NULL;
    if (rows && sums) {
        int64_t *row = (int64_t *)PyBytes_AsString(rows);
        float *sum = (float *)PyBytes_AsString(sums);
        for (Py_ssize_t i = 0; i < count;) {
            int64_t own = weights[i].row;
            float total = 0;
            for (; i < count && weights[i].row == own; i++) total += weights[i].weight;
            if (live && !live[own]) continue;
            *row++ = own;
            *sum++ = total;
        }
        both = PyTuple_Pack(2, rows, sums);
    }
    Py_XDECREF(rows);
    Py_XDECREF(sums);
    return both;
}

/* How many postings some terms have, or more than `most`; -1 where a term is none. */
static Py_ssize_t postings_of(const Lists *lists, const Array *numbers, Py_ssize_t most) {
    Py_ssize_t many = 0;
    for (Py_ssize_t i = 0; i < length(numbers) && many <= most; i++) {
        int64_t number = at(numbers, i);
        if (number < 0 || number >= lists->terms) return -1;
        int64_t own = at(&lists->a[POSTING_AT], number + 1) - at(&lists->a[POSTING_AT], number);
        if (own < 0) return -1;
        many = own > most ? most + 1 : many + own;
    }
    return many;
}

/* What a few postings count, listed segment by segment, in the order of their rows. */
typedef struct {
    Array weights, live;
    int64_t texts, rows;
    int field;
    Py_ssize_t most;  /* postings that are few */
    Weight *room;
    Py_ssize_t held, size;
} Few;

static void few_close(Few *few_) {
    PyMem_Free(few_->room);
    drop(&few_->weights);
    drop(&few_->live);
}

/* A sum of postings without any yet; who holds the arrays lets them go. */
static Few few_of(Array weights, int field, Array live) {
    weights.held = live.held = 0;
    int64_t texts = weights.view.len / 4, rows = texts >> TEXT_BITS;
    return (Few){
        .weights = weights, .live = live, .texts = texts, .rows = rows, .field = field,
        .most = rows / 64 < FEW ? rows / 64 + 1 : FEW,
    };
}

static int few_open(Few *few_, PyObject *weights, int field, PyObject *live) {
    Array of[2] = {0};
    int failed = hold(weights, &of[0], PyBUF_C_CONTIGUOUS) < 0 || (live != Py_None && hold(live, &of[1], PyBUF_C_CONTIGUOUS) < 0);
    *few_ = few_of(of[0], field, of[1]);
    few_->weights.held = of[0].held;
    few_->live.held = of[1].held;
    if (failed) return -1;
    if (live == Py_None || few_->live.view.len >= few_->rows) return 0;
    damaged();
    return -1;
}

/* List what some terms of a segment count: 1; 0: they have too many postings; -1: an error. */
static int few_add(Few *few_, const Lists *lists, const Array *numbers, Py_ssize_t first) {
    Py_ssize_t many = first < 0 || first > few_->rows ? -1 : postings_of(lists, numbers, few_->most);
    if (many < 0) { damaged(); return -1; }
    if (few_->held + many > few_->most || length(numbers) > TOGETHER) return 0;
    if (!many) return 1;
    Weight *more = PyMem_Realloc(few_->room, (few_->held + many) * 2 * sizeof(Weight));
    if (!more) { PyErr_NoMemory(); return -1; }
    few_->room = more;
    few_->size = few_->held + many;
    Goal goal = {
        .weights = (const float *)few_->weights.view.buf + ((int64_t)first << TEXT_BITS),
        .texts = few_->texts - ((int64_t)first << TEXT_BITS), .first = first, .field = few_->field,
        .listed = few_->room + few_->held,
    };
    if (add_terms(lists, numbers, 0, length(numbers), &goal) < 0) { damaged(); return -1; }
    few_->held = goal.listed - few_->room;
    return 1;
}

static PyObject *few_summed(Few *few_) {
    Weight *sorted = few_->room ? in_order(few_->room, few_->room + few_->size, few_->held) : NULL;
    return summed(sorted, few_->held, few_->live.view.buf);
}

/* few(parts, weights, field, live) -> rows, sums, as `add` and `take` give them; None for more than FEW postings, or than
   one in so many rows as a word of bits has: to look at the bits of all rows takes no longer then.
   A part is the lists of a segment, numbers of terms, and the first row; parts are in the order of their rows. */
static PyObject *few(PyObject *self, PyObject *args) {
    PyObject *parts, *weights, *live, *found = NULL;
    int field;
    Few all;
    if (!PyArg_ParseTuple(args, "O!OiO", &PyTuple_Type, &parts, &weights, &field, &live)) return NULL;
    int done = few_open(&all, weights, field, live) < 0 ? -1 : 1;
    for (Py_ssize_t part = 0; part < PyTuple_Size(parts) && done == 1; part++) {
        PyObject *capsule, *terms;
        Py_ssize_t first;
        Array numbers = {0};
        done = PyArg_ParseTuple(PyTuple_GetItem(parts, part), "OOn", &capsule, &terms, &first) ? 1 : -1;
        Lists *lists = done < 0 ? NULL : PyCapsule_GetPointer(capsule, "lists");
        if (!lists || hold(terms, &numbers, PyBUF_C_CONTIGUOUS) < 0) { done = -1; break; }
        done = few_add(&all, lists, &numbers, first);
        drop(&numbers);
    }
    if (done == 1) found = few_summed(&all);
    else if (!done) found = Py_NewRef(Py_None);
    few_close(&all);
    return found;
}

/* Make a score of each of some sums: it by itself and k1 together, and times `most`. */
static void saturate(const float *sum, float *score, Py_ssize_t count, double k1, double most) {
    float more = (float)k1, times_ = (float)most;
    for (Py_ssize_t i = 0; i < count; i++) score[i] = sum[i] / (sum[i] + more) * times_;
}

/* saturated(sums, k1, most) -> scores: each sum by itself and k1 together, and times `most`; as bytes of 32 bits each. */
static PyObject *saturated(PyObject *self, PyObject *args) {
    PyObject *sums_of, *found = NULL;
    double k1, most;
    if (!PyArg_ParseTuple(args, "Odd", &sums_of, &k1, &most)) return NULL;
    Array sums = {0};
    if (hold(sums_of, &sums, PyBUF_C_CONTIGUOUS) < 0) return NULL;
    Py_ssize_t count = sums.view.len / 4;
    found = PyBytes_FromStringAndSize(NULL, count * 4);
    if (found) saturate(sums.view.buf, (float *)PyBytes_AsString(found), count, k1, most);
    drop(&sums);
    return found;
}

/* The rows and scores of what was listed, as bytes of 64 and 32 bits: each sum by itself and k1 together, times a weight
   of what so few of the articles have. */
static PyObject *few_scored(Few *few_, double k1, double articles) {
    PyObject *both = few_summed(few_);
    if (!both) return NULL;
    PyObject *sums = PyTuple_GetItem(both, 1);
    double many = (double)(PyBytes_Size(sums) / 4), idf = log(1 + (articles - many + 0.5) / (many + 0.5));
    float *sum = (float *)PyBytes_AsString(sums);  /* nobody else has these bytes yet */
    saturate(sum, sum, (Py_ssize_t)many, k1, idf * (k1 + 1));
    return both;
}

/* List the postings of a word's forms in one segment, unless `all` is NULL, and give the numbers of these forms: as
   `few_add`, or UNKNOWN. */
static int part_add(PyObject *part, PyObject *typed, PyObject *keys, Few *all, int64_t terms[KIN], int *many) {
    PyObject *lexicon, *capsule;
    Py_ssize_t first;
    if (!PyArg_ParseTuple(part, "OOn", &lexicon, &capsule, &first)) return -1;
    Lists *lists = PyCapsule_GetPointer(capsule, "lists");
    *many = lists ? kin_terms(lexicon, typed, keys, terms) : -1;
    if (*many < 0) return *many;
    Array numbers = {.view = {.buf = terms, .itemsize = 8}, .length = *many};
    return all ? few_add(all, lists, &numbers, first) : 0;
}

/* What `word` gives; `all` has no postings yet. */
static PyObject *word_of(PyObject *parts, PyObject *typed, PyObject *keys, Few *all, double k1, double articles) {
    PyObject *both = NULL, *found = NULL;
    Py_ssize_t count = PyTuple_Size(parts);
    PyObject *kin = PyTuple_New(count);
    int done = kin ? 1 : -1, is_few = 1, many;
    for (Py_ssize_t i = 0; i < count && done >= 0; i++) {
        int64_t terms[KIN];
        PyObject *part = PyTuple_GetItem(parts, i);
        done = part_add(part, typed, keys, is_few ? all : NULL, terms, &many);
        if (done < 0) break;
        is_few &= done;
        PyObject *own = kin_lists(PyTuple_GetItem(part, 0), terms, many);
        if (!own || PyTuple_SetItem(kin, i, own) < 0) done = -1;
    }
    if (done == UNKNOWN) found = Py_NewRef(Py_None);
    else if (done >= 0 && !is_few) found = PyTuple_Pack(3, kin, Py_None, Py_None);
    else if (done >= 0 && (both = few_scored(all, k1, articles)))
        found = PyTuple_Pack(3, kin, PyTuple_GetItem(both, 0), PyTuple_GetItem(both, 1));
    Py_XDECREF(both);
    Py_XDECREF(kin);
    return found;
}

/* word(parts, typed, keys, weights, field, live, k1, articles) -> what `kin` finds in each part, and rows and scores of all
   these forms, as `few` and `saturated` give them; None in place of these two where `few` gives none, and in place of all
   three where `kin` does. A part is the lexicon of a segment, its lists, and its first row. */
static PyObject *word(PyObject *self, PyObject *args) {
    PyObject *parts, *typed, *keys, *weights, *live;
    int field;
    double k1, articles;
    Few all;
    if (!PyArg_ParseTuple(args, "O!UO!OiOdd", &PyTuple_Type, &parts, &typed, &PyTuple_Type, &keys, &weights, &field, &live, &k1, &articles))
        return NULL;
    PyObject *found = few_open(&all, weights, field, live) < 0 ? NULL : word_of(parts, typed, keys, &all, k1, articles);
    few_close(&all);
    return found;
}

/* pour(rows, numbers, sums, seen): each number is added to the sum of its row. */
static PyObject *pour(PyObject *self, PyObject *args) {
    PyObject *rows_of, *numbers_of, *sums_of, *seen_of;
    if (!PyArg_ParseTuple(args, "OOOO", &rows_of, &numbers_of, &sums_of, &seen_of)) return NULL;
    Room room;
    Array rows = {0}, numbers = {0};
    if (room_open(&room, sums_of, seen_of) < 0) return NULL;
    int failed = hold(rows_of, &rows, PyBUF_C_CONTIGUOUS) < 0 || hold(numbers_of, &numbers, PyBUF_C_CONTIGUOUS) < 0;
    int refused = 0;
    if (!failed) {
        Py_ssize_t count = length(&rows);
        refused = count != length(&numbers) || (count && (rows.view.itemsize != 8 || numbers.view.itemsize != 4));
        const int64_t *row = rows.view.buf;
        const float *number = numbers.view.buf;
        float *sums = room.sums.view.buf;
        uint64_t *seen = room.seen.view.buf;
        for (Py_ssize_t i = 0; i < count && !refused; i++) {
            if (row[i] < 0 || row[i] >= room.rows) { refused = 1; break; }
            sums[row[i]] += number[i];
            seen[row[i] >> 6] |= UINT64_C(1) << (row[i] & 63);
        }
    }
    drop(&rows);
    drop(&numbers);
    room_close(&room);
    if (failed) return NULL;
    if (refused) return damaged();
    Py_RETURN_NONE;
}

/* List the rows whose bit is set, of which there are so many, and clear the bits. Some rows too many are written while
   there is room, and the next word's are written over them: so hardly a branch is there for a processor to guess. */
static void rows_seen(uint64_t *seen, Py_ssize_t words, int64_t *row, Py_ssize_t count) {
    int64_t *end = row + count;
    for (Py_ssize_t word = 0; word < words; word++) {
        uint64_t left = seen[word];
        if (!left) continue;
        seen[word] = 0;
        int64_t base = (int64_t)word << 6;
        int many = bits(left), done = 0;
        while (done < many && end - row >= AT_ONCE) {
            for (int i = 0; i < AT_ONCE; i++) {
                row[i] = base + __builtin_ctzll(left | LAST);
                left &= left - 1;
            }
            int step = many - done < AT_ONCE ? many - done : AT_ONCE;
            row += step;
            done += step;
        }
        for (; done < many; done++, left &= left - 1) *row++ = base + __builtin_ctzll(left);
    }
}

/* take(sums, seen, live) -> rows, sums: what was added, as bytes of 64 and 32 bits each, in order; all is zero again. */
static PyObject *take(PyObject *self, PyObject *args) {
    PyObject *sums_of, *seen_of, *live_of, *rows = NULL, *numbers = NULL, *both = NULL;
    if (!PyArg_ParseTuple(args, "OOO", &sums_of, &seen_of, &live_of)) return NULL;
    Room room;
    Array live = {0};
    if (room_open(&room, sums_of, seen_of) < 0) return NULL;
    if (live_of != Py_None && hold(live_of, &live, PyBUF_C_CONTIGUOUS) < 0) { room_close(&room); return NULL; }
    if (live.held && live.view.len < room.rows) {
        damaged();
    } else {
        uint64_t *seen = room.seen.view.buf;
        float *sums = room.sums.view.buf;
        const uint8_t *lives = live.view.buf;
        Py_ssize_t words = (room.rows + 63) / 64, count = 0;
        for (Py_ssize_t word = 0; word < words; word++) {
            if (live.held)
                for (uint64_t left = seen[word]; left; left &= left - 1) {
                    Py_ssize_t row = (word << 6) + __builtin_ctzll(left);
                    if (!lives[row]) { seen[word] &= ~(UINT64_C(1) << (row & 63)); sums[row] = 0; }
                }
            if (seen[word]) count += bits(seen[word]);  /* of a rare word, next to none has a bit */
        }
        rows = PyBytes_FromStringAndSize(NULL, count * 8);
        numbers = PyBytes_FromStringAndSize(NULL, count * 4);
        if (rows && numbers) {
            int64_t *row = (int64_t *)PyBytes_AsString(rows);
            float *number = (float *)PyBytes_AsString(numbers);
            rows_seen(seen, words, row, count);
            for (Py_ssize_t i = 0; i < count; i++) {
                number[i] = sums[row[i]];
                sums[row[i]] = 0;
            }
            both = PyTuple_Pack(2, rows, numbers);
        }
        Py_XDECREF(rows);
        Py_XDECREF(numbers);
    }
    drop(&live);
    room_close(&room);
    return both;
}

/* meet(rows, numbers, other rows, their numbers) -> rows, sums: those in both, as `take` gives them. The first are fewer. */
static PyObject *meet(PyObject *self, PyObject *args) {
    PyObject *of[4], *rows = NULL, *numbers = NULL, *both = NULL;
    if (!PyArg_ParseTuple(args, "OOOO", &of[0], &of[1], &of[2], &of[3])) return NULL;
    Array a[4] = {0};
    int failed = 0;
    for (int i = 0; i < 4 && !failed; i++) failed = hold(of[i], &a[i], PyBUF_C_CONTIGUOUS) < 0;
    if (!failed) {
        Py_ssize_t few = length(&a[0]), many = length(&a[2]), count = 0, low = 0;
        const int64_t *one = a[0].view.buf, *other = a[2].view.buf;
        const float *add = a[1].view.buf, *adds = a[3].view.buf;
        int64_t *row = PyMem_Malloc(few * 12 + 1);
        float *number = (float *)(row + few);
        if (few != length(&a[1]) || many != length(&a[3]) || (few && (a[0].view.itemsize != 8 || a[1].view.itemsize != 4)) ||
            (many && (a[2].view.itemsize != 8 || a[3].view.itemsize != 4))) {
            damaged();
        } else if (!row) {
            PyErr_NoMemory();
        } else {
            for (Py_ssize_t i = 0; i < few; i++) {
                int64_t wanted = one[i];
                Py_ssize_t step = 1, high = low;
                while (high < many && other[high] < wanted) { low = high + 1; high += step; step <<= 1; }
                if (high > many) high = many;
                while (low < high) {
                    Py_ssize_t middle = low + (high - low) / 2;
                    if (other[middle] < wanted) low = middle + 1; else high = middle;
                }
                if (low == many) break;
                if (other[low] == wanted) {
                    row[count] = wanted;
                    number[count++] = add[i] + adds[low];
                }
            }
            rows = PyBytes_FromStringAndSize((char *)row, count * 8);
            numbers = PyBytes_FromStringAndSize((char *)number, count * 4);
            if (rows && numbers) both = PyTuple_Pack(2, rows, numbers);
            Py_XDECREF(rows);
            Py_XDECREF(numbers);
        }
        PyMem_Free(row);
    }
    for (int i = 0; i < 4; i++) drop(&a[i]);
    return both;
}

/* A place and what its order goes by; greater is better. */
typedef struct {
    double first;
    int64_t row;
    Py_ssize_t place;
} Key;

/* What breaks ties: two numbers a row, which are looked at where there is one. */
typedef struct {
    const int64_t *second, *third;
} Ties;

static inline int below(const Key *one, const Key *other, const Ties *ties) {
    if (one->first != other->first) return one->first < other->first;
    int64_t own = ties->second[one->row], others = ties->second[other->row];
    return own != others ? own < others : ties->third[one->row] < ties->third[other->row];
}

static void sift(Key *heap, Py_ssize_t size, Py_ssize_t at_, const Ties *ties) {
    Key own = heap[at_];
    for (Py_ssize_t child; (child = 2 * at_ + 1) < size; at_ = child) {
        if (child + 1 < size && below(&heap[child + 1], &heap[child], ties)) child++;
        if (!below(&heap[child], &own, ties)) break;
        heap[at_] = heap[child];
    }
    heap[at_] = own;
}

/* The place of the first score, from one on, in whose neighbourhood one is no less than a limit; `size`: there is none. */
static Py_ssize_t next_of(const float *scores, Py_ssize_t from, Py_ssize_t size, float limit) {
    for (; from + LOOKED <= size; from += LOOKED) {
        int is_any = 0;
        for (int i = 0; i < LOOKED; i++) is_any |= scores[from + i] >= limit;
        if (is_any) return from;
    }
    return from;
}

/* Put the greatest scores, or the greatest whole numbers where there are none, into a heap with room for `count`, and then
   in order: ties go by the second and then the third number of their rows. How many; -1: a row is none. */
static Py_ssize_t greatest(const float *scores, const int64_t *whole, const int64_t *row, Py_ssize_t size,
                           const Ties *ties, Py_ssize_t rows, Key *heap, Py_ssize_t count) {
    Py_ssize_t held = 0;
    for (Py_ssize_t i = 0, looked = 0; i < size && count; i++) {
        if (held == count && scores && i >= looked) {
            i = next_of(scores, i, size, (float)heap[0].first);
            if (i == size) break;
            looked = i + LOOKED;
        }
        double first = scores ? scores[i] : (double)whole[i];
        if (held == count && first < heap[0].first) continue;
        if (row[i] < 0 || row[i] >= rows) return -1;
        Key key = {first, row[i], i};
        if (held < count) {
            heap[held++] = key;
            if (held == count) for (Py_ssize_t j = count / 2; j-- > 0;) sift(heap, count, j, ties);
        } else if (below(&heap[0], &key, ties)) {
            heap[0] = key;
            sift(heap, count, 0, ties);
        }
    }
    for (Py_ssize_t left = held; left > 1;) {
        Key least = heap[0];
        heap[0] = heap[--left];
        sift(heap, left, 0, ties);
        heap[left] = least;
    }
    return held;
}

/* Whether a type makes tuples as Python does: some in C have more behind their items (os.stat_result). */
static int makes_tuples(PyObject *type) {
    PyObject *sample = PyObject_CallMethod((PyObject *)&PyTuple_Type, "__new__", "O", type);
    Py_XDECREF(sample);
    return sample ? 0 : -1;
}

/* A list of hits: tuples of a type, each of the third number of a key's row, its first one or nought, no copies, and
   false. */
static PyObject *hits_of(const Key *keys, Py_ssize_t count, const Ties *ties, PyTypeObject *type, int is_scored) {
    allocfunc make = (allocfunc)PyType_GetSlot(type, Py_tp_alloc);
    PyObject *hits = PyList_New(count), *none = PyTuple_New(0), *nought = PyFloat_FromDouble(0);
    int failed = !hits || !none || !nought;
    for (Py_ssize_t i = 0; i < count; i++) __builtin_prefetch(&ties->third[keys[i].row]);
    for (Py_ssize_t i = 0; i < count && !failed; i++) {
        PyObject *id = PyLong_FromLongLong(ties->third[keys[i].row]);
        PyObject *score = is_scored ? PyFloat_FromDouble(keys[i].first) : Py_NewRef(nought);
        PyObject *hit = id && score ? make(type, 4) : NULL;
        if (!hit) {
            Py_XDECREF(id);
            Py_XDECREF(score);
            failed = 1;
            break;
        }
        PyTuple_SetItem(hit, 0, id);
        PyTuple_SetItem(hit, 1, score);
        PyTuple_SetItem(hit, 2, Py_NewRef(none));
        PyTuple_SetItem(hit, 3, Py_NewRef(Py_False));
        PyList_SetItem(hits, i, hit);
    }
    Py_XDECREF(none);
    Py_XDECREF(nought);
    if (failed) Py_CLEAR(hits);
    return hits;
}

/* top(first, rows, second, third, count, type, is_scored) -> rows and hits, as `hits_of` gives them: of the greatest by
   `first`, then by the second and third number of their rows; in order. `first` is of 32-bit floats or 64-bit integers below
   2**53. */
static PyObject *top(PyObject *self, PyObject *args) {
    PyObject *of[4], *type, *found = NULL;
    Py_ssize_t count;
    int is_scored;
    if (!PyArg_ParseTuple(args, "OOOOnO!p", &of[0], &of[1], &of[2], &of[3], &count, &PyType_Type, &type, &is_scored)) return NULL;
    if (makes_tuples(type) < 0) return NULL;
    Array a[4] = {0};
    int failed = 0;
    for (int i = 0; i < 4 && !failed; i++) failed = hold(of[i], &a[i], PyBUF_C_CONTIGUOUS) < 0;
    if (!failed) {
        Py_ssize_t size = length(&a[0]), rows = length(&a[2]);
        if (count > size) count = size;
        if (count < 0) count = 0;
        const int64_t *row = a[1].view.buf;
        int is_score = a[0].view.itemsize == 4;
        Key *heap = PyMem_Malloc((count + 1) * sizeof(Key));
        if (size != length(&a[1]) || rows != length(&a[3]) || (size && a[1].view.itemsize != 8) ||
            (size && !is_score && a[0].view.itemsize != 8) ||
            (rows && (a[2].view.itemsize != 8 || a[3].view.itemsize != 8))) {
            damaged();
        } else if (!heap) {
            PyErr_NoMemory();
        } else {
            Ties ties = {a[2].view.buf, a[3].view.buf};
            Py_ssize_t held = greatest(is_score ? a[0].view.buf : NULL, a[0].view.buf, row, size, &ties, rows, heap, count);
            PyObject *chosen = held < 0 ? damaged() : PyBytes_FromStringAndSize(NULL, held * 8);
            PyObject *hits = chosen ? hits_of(heap, held, &ties, (PyTypeObject *)type, is_scored) : NULL;
            for (Py_ssize_t i = 0; i < held && hits; i++) ((int64_t *)PyBytes_AsString(chosen))[i] = heap[i].row;
            if (hits) found = PyTuple_Pack(2, chosen, hits);
            Py_XDECREF(chosen);
            Py_XDECREF(hits);
        }
        PyMem_Free(heap);
    }
    for (int i = 0; i < 4; i++) drop(&a[i]);
    return found;
}

/* What a page of hits for one word is made of: the segments, what their texts and rows count, and the type of a hit. */
typedef struct {
    PyObject *parts, *type;
    Array weights, live, second, third, grouped;
    double k1, articles;
} Table;

static void table_forget(PyObject *capsule) {
    Table *table = PyCapsule_GetPointer(capsule, "table");
    if (!table) return;
    drop(&table->weights);
    drop(&table->live);
    drop(&table->second);
    drop(&table->third);
    drop(&table->grouped);
    Py_XDECREF(table->parts);
    Py_XDECREF(table->type);
    PyMem_Free(table);
}

/* table(parts, weights, live, second, third, grouped, k1, articles, type) -> what `first` takes: parts, weights, live, k1
   and articles as in `word`; second, third and type as in `top`, a number a row; grouped: a byte a row, not nought where
   its article has copies, or None. */
static PyObject *table_open(PyObject *self, PyObject *args) {
    PyObject *parts, *type, *weights, *live, *second, *third, *grouped;
    double k1, articles;
    if (!PyArg_ParseTuple(args, "O!OOOOOddO!", &PyTuple_Type, &parts, &weights, &live, &second, &third, &grouped, &k1,
                          &articles, &PyType_Type, &type)) return NULL;
    if (makes_tuples(type) < 0) return NULL;
    Table *table = PyMem_Calloc(1, sizeof(Table));
    if (!table) return PyErr_NoMemory();
    PyObject *capsule = PyCapsule_New(table, "table", table_forget);
    if (!capsule) { PyMem_Free(table); return NULL; }
    table->parts = Py_NewRef(parts);
    table->type = Py_NewRef(type);
    table->k1 = k1;
    table->articles = articles;
    if (hold(weights, &table->weights, PyBUF_C_CONTIGUOUS) < 0 || hold(second, &table->second, PyBUF_C_CONTIGUOUS) < 0 ||
        hold(third, &table->third, PyBUF_C_CONTIGUOUS) < 0 ||
        (live != Py_None && hold(live, &table->live, PyBUF_C_CONTIGUOUS) < 0) ||
        (grouped != Py_None && hold(grouped, &table->grouped, PyBUF_C_CONTIGUOUS) < 0)) {
        Py_DECREF(capsule);
        return NULL;
    }
    Py_ssize_t rows = table->weights.view.len / 4 >> TEXT_BITS;
    if (table->second.view.itemsize != 8 || table->third.view.itemsize != 8 || length(&table->second) < rows ||
        length(&table->third) < rows || (table->live.held && table->live.view.len < rows) ||
        (table->grouped.held && table->grouped.view.len < rows)) {
        Py_DECREF(capsule);
        return damaged();
    }
    return capsule;
}

/* The hits of the first page of some rows, a tuple; None where several have copies, which may be those of each other. */
static PyObject *page_of(const Table *table, PyObject *both, Py_ssize_t count, int is_folded) {
    PyObject *rows_of = PyTuple_GetItem(both, 0), *hits = NULL;
    const int64_t *row = (int64_t *)PyBytes_AsString(rows_of);
    const float *scores = (float *)PyBytes_AsString(PyTuple_GetItem(both, 1));
    Py_ssize_t size = PyBytes_Size(rows_of) / 8, rows = table->weights.view.len / 4 >> TEXT_BITS, grouped = 0;
    if (is_folded && table->grouped.held)
        for (Py_ssize_t i = 0; i < size; i++) grouped += !!((const uint8_t *)table->grouped.view.buf)[row[i]];
    if (grouped > 1) return Py_NewRef(Py_None);
    if (count > size) count = size;
    if (count < 0) count = 0;
    Key *heap = PyMem_Malloc((count + 1) * sizeof(Key));
    if (!heap) return PyErr_NoMemory();
    Ties ties = {table->second.view.buf, table->third.view.buf};
    Py_ssize_t held = greatest(scores, NULL, row, size, &ties, rows, heap, count);
    hits = held < 0 ? damaged() : hits_of(heap, held, &ties, (PyTypeObject *)table->type, 1);
    PyMem_Free(heap);
    if (!hits) return NULL;
    PyObject *page = PyList_AsTuple(hits);
    Py_DECREF(hits);
    return page;
}

/* What `first` gives where one segment has all rows, and all are live. */
static PyObject *first_of_one(const Table *table, PyObject *typed, PyObject *keys, Few *all, Py_ssize_t count, int is_folded) {
    PyObject *part = PyTuple_GetItem(table->parts, 0), *both = NULL, *hits = NULL, *forms = NULL, *found = NULL;
    int64_t terms[KIN];
    int many, done = part_add(part, typed, keys, all, terms, &many);
    if (done == UNKNOWN) return Py_NewRef(Py_None);
    if (done > 0) {
        both = few_scored(all, table->k1, table->articles);
        hits = both ? page_of(table, both, count, is_folded) : NULL;
        if (!hits) done = -1;
    }
    if (done >= 0) {
        int is_whole = hits && hits != Py_None;
        PyObject *lexicon = PyTuple_GetItem(part, 0);
        forms = is_whole ? kin_forms(lexicon, terms, many) : kin_lists(lexicon, terms, many);
        if (forms && is_whole) found = PyTuple_Pack(5, Py_None, PyTuple_GetItem(both, 0), Py_None, hits, forms);
        else if (forms) found = Py_BuildValue("(O)OOOO", forms, both ? PyTuple_GetItem(both, 0) : Py_None,
                                              both ? PyTuple_GetItem(both, 1) : Py_None, Py_None, Py_None);
    }
    Py_XDECREF(forms);
    Py_XDECREF(hits);
    Py_XDECREF(both);
    return found;
}

/* What `first` gives where there are several segments, or rows that are not live. */
static PyObject *first_of_all(const Table *table, PyObject *typed, PyObject *keys, Few *all, Py_ssize_t count, int is_folded) {
    PyObject *three = word_of(table->parts, typed, keys, all, table->k1, table->articles), *both, *hits, *found = NULL;
    if (!three || three == Py_None) return three;
    PyObject *kin = PyTuple_GetItem(three, 0), *rows = PyTuple_GetItem(three, 1), *scores = PyTuple_GetItem(three, 2);
    both = rows == Py_None ? NULL : PyTuple_Pack(2, rows, scores);
    hits = rows == Py_None ? Py_NewRef(Py_None) : both ? page_of(table, both, count, is_folded) : NULL;
    if (hits) found = PyTuple_Pack(5, kin, rows, scores, hits, Py_None);
    Py_XDECREF(both);
    Py_XDECREF(hits);
    Py_DECREF(three);
    return found;
}

/* first(table, typed, keys, count, is_folded) -> what `word` gives, and a tuple of the best hits, or None in place of it:
   where there are no rows, and where copies are to be folded; and None. Where there are hits of one segment whose rows are
   all live: None, the rows, None, the hits, and the forms as `kin_forms` gives them. */
static PyObject *first(PyObject *self, PyObject *args) {
    PyObject *capsule, *typed, *keys;
    Py_ssize_t count;
    int is_folded;
    if (!PyArg_ParseTuple(args, "OUO!np", &capsule, &typed, &PyTuple_Type, &keys, &count, &is_folded)) return NULL;
    Table *table = PyCapsule_GetPointer(capsule, "table");
    if (!table) return NULL;
    Few all = few_of(table->weights, ALL_FIELDS, table->live);
    int is_one = PyTuple_Size(table->parts) == 1 && !table->live.held;
    PyObject *found = (is_one ? first_of_one : first_of_all)(table, typed, keys, &all, count, is_folded);
    few_close(&all);
    return found;
}

/* touched(files) -> whether a file has another size than it had, or was written to since: a handle, a size in bytes and a
   time in nanoseconds each. What cannot be looked at is touched. */
static PyObject *touched(PyObject *self, PyObject *files) {
    if (!PyTuple_Check(files)) return damaged();
    for (Py_ssize_t i = 0; i < PyTuple_Size(files); i++) {
        PyObject *file = PyTuple_GetItem(files, i);
        if (!PyTuple_Check(file) || PyTuple_Size(file) != 3) return damaged();
        int64_t of[3];
        for (int j = 0; j < 3; j++) of[j] = PyLong_AsLongLong(PyTuple_GetItem(file, j));
        if (PyErr_Occurred()) return NULL;
        struct stat now;
        if (fstat((int)of[0], &now) < 0 || now.st_size != of[1] ||
            (int64_t)now.st_mtim.tv_sec * 1000000000 + now.st_mtim.tv_nsec != of[2]) Py_RETURN_TRUE;
    }
    Py_RETURN_FALSE;
}

/* tally(column, rows, counts): one is added to the count of the number that the column has for each row. */
static PyObject *tally(PyObject *self, PyObject *args) {
    PyObject *of[3];
    if (!PyArg_ParseTuple(args, "OOO", &of[0], &of[1], &of[2])) return NULL;
    Array a[3] = {0};
    int failed = 0, refused = 0;
    for (int i = 0; i < 3 && !failed; i++)
        failed = hold(of[i], &a[i], PyBUF_C_CONTIGUOUS | (i == 2 ? PyBUF_WRITABLE : 0)) < 0;
    if (!failed) {
        Py_ssize_t size = length(&a[1]), rows = length(&a[0]), most = length(&a[2]);
        const int64_t *row = a[1].view.buf;
        int64_t *counts = a[2].view.buf;
        refused = (size && a[1].view.itemsize != 8) || (most && a[2].view.itemsize != 8);
#define TALLY(type)                                                                        \
    for (Py_ssize_t i = 0; i < size && !refused; i++) {                                    \
        if (row[i] < 0 || row[i] >= rows) { refused = 1; break; }                          \
        uint64_t number = ((const type *)a[0].view.buf)[row[i]];                           \
        if (number >= (uint64_t)most) { refused = 1; break; }                              \
        counts[number]++;                                                                  \
    }
        switch (a[0].view.itemsize) {
            case 1: TALLY(uint8_t) break;
            case 2: TALLY(uint16_t) break;
            case 4: TALLY(uint32_t) break;
            default: TALLY(uint64_t)
        }
    }
    for (int i = 0; i < 3; i++) drop(&a[i]);
    if (failed) return NULL;
    if (refused) return damaged();
    Py_RETURN_NONE;
}

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

/* Read the posting at the cursor's place, which is not before the last one read; add up the positions on the way. */
static int read_on(Cursor *cursor) {
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
static Py_ssize_t far_from(const Lists *lists, int64_t spot, Py_ssize_t *block) {
    const Array *where = &lists->a[FAR_AT], *ends = &lists->a[FAR_ENDS];
    *block = 0;
    if (spot < 0 || spot >> 16 >= length(ends)) return length(where);
    *block = (Py_ssize_t)(spot >> 16);
    int64_t first = *block ? at(ends, *block - 1) : 0, last = at(ends, *block);
    if (first < 0 || first > last || last > length(where)) return length(where);
    return bisect(where, first, last, spot & 0xFFFF);
}

static int cursor_open(Cursor *cursor, const Lists *lists, int64_t number) {
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
static int seek(Cursor *cursor, int64_t text) {
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
static int64_t text_here(Cursor *cursor) {
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
static int64_t positions(const Lists *lists, Cursor *cursor, uint32_t *room) {
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

/* What stands at a place of a phrase: any of some terms, so many in all of whose postings. */
typedef struct {
    Cursor *cursors;
    int terms, asked;  /* at how many places of the phrase it stands */
    Py_ssize_t postings;
    int64_t most;      /* how many positions it has in the text that is looked at, at the most */
} Slot;

/* Space for positions, and a byte a position: the positions of one slot are marked by the number of their turn. */
typedef struct {
    uint32_t *one;
    Py_ssize_t size;
    uint8_t turn, marks[MARKS];
} Rooms;

/* Make space for so many positions; -1: there are none so many, or there is no memory. */
static int make_room(const Lists *lists, Py_ssize_t needed, Rooms *rooms) {
    if (needed <= rooms->size) return 0;
    if (needed > (length(&lists->a[NEAR]) + MAX_PLACES) * 3 * MAX_TERMS) return -1;
    free(rooms->one);
    rooms->one = malloc((size_t)needed * 4);
    rooms->size = rooms->one ? needed : 0;
    return rooms->one ? 0 : -1;
}

/* The positions of a slot in the text that is looked at, in order, each once where it has several terms; -1: damage.
   `room` has space for them, and `spare` for as many. */
static int64_t slot_positions(const Lists *lists, const Slot *slot, uint32_t *room, uint32_t *spare) {
    int64_t many = 0;
    int runs = 0;
    for (int i = 0; i < slot->terms; i++) {
        if (!slot->cursors[i].here) continue;
        int64_t own = positions(lists, &slot->cursors[i], room + many), one = 0, other = many, left = 0;
        if (own < 0) return -1;
        if (runs++ == 0) { many = own; continue; }
        int64_t end = many + own;
        while (one < many || other < end) {
            uint32_t next = other == end || (one < many && room[one] <= room[other]) ? room[one++] : room[other++];
            if (!left || spare[left - 1] != next) spare[left++] = next;
        }
        memcpy(room, spare, (size_t)left * 4);
        many = left;
    }
    return many;
}

/* How often the slots stand one behind the other in the text that is looked at; -1: damage. */
static int64_t times(const Lists *lists, const Slot *slots, const int *of, int places, int lead, Rooms *rooms) {
    int64_t needed = 0;
    for (int j = 0; j < places; j++)
        if (slots[of[j]].most > needed) needed = slots[of[j]].most;
    if (make_room(lists, needed * 3, rooms) < 0) return -1;
    /* The leader's positions from which every other place fits; those that stay are moved up. */
    uint32_t *begins = rooms->one, *there = rooms->one + needed, *spare = there + needed;
    int64_t left = slot_positions(lists, &slots[of[lead]], begins, spare);
    for (int j = 0; j < places && left > 0; j++) {
        if (j == lead) continue;
        int64_t many = slot_positions(lists, &slots[of[j]], there, spare), found = 0, at_ = 0;
        if (many < 0) return -1;
        int64_t shift = (int64_t)j - lead;
        if (many > 0 && left + many > SPARSE && there[many - 1] < MARKS) {  /* no branch for a processor to guess */
            if (!++rooms->turn) { memset(rooms->marks, 0, MARKS); rooms->turn = 1; }
            for (int64_t i = 0; i < many; i++) rooms->marks[there[i] % MARKS] = rooms->turn;
            for (int64_t i = 0; i < left; i++) {
                uint64_t wanted = (uint64_t)(begins[i] + shift);
                begins[found] = begins[i];
                found += (rooms->marks[wanted % MARKS] == rooms->turn) & (wanted < MARKS);
            }
            left = found;
            continue;
        }
        for (int64_t i = 0; i < left; i++) {
            int64_t wanted = begins[i] + shift;
            while (at_ < many && there[at_] < wanted) at_++;
            if (at_ == many) break;
            if (there[at_] == wanted) begins[found++] = begins[i];
        }
        left = found;
    }
    return left;
}

/* How many windows of a width begin at one of the slots and hold each as often as it is asked; -1: damage. */
static int64_t windows(const Lists *lists, const Slot *slots, int distinct, uint32_t width, Rooms *rooms) {
    const uint32_t *next[MAX_PLACES];
    int64_t needed = 0, most = 0;
    for (int t = 0; t < distinct; t++) {
        needed += slots[t].most + slots[t].asked;
        if (slots[t].most > most) most = slots[t].most;
    }
    if (make_room(lists, needed + most, rooms) < 0) return -1;
    uint32_t *room = rooms->one, *spare = room + needed;
    for (int t = 0; t < distinct; t++) {
        int64_t many = slot_positions(lists, &slots[t], room, spare), left = 0;
        if (many < 0) return -1;
        uint32_t before = NOWHERE;
        for (int64_t i = 0; i < many; i++) {  /* one position may be said twice */
            uint32_t own = room[i];
            room[left] = own;
            left += own != before;
            before = own;
        }
        for (int i = 0; i < slots[t].asked; i++) room[left + i] = NOWHERE;
        next[t] = room;
        room += left + slots[t].asked;
    }
    int64_t found = 0;
    if (distinct == 2 && slots[0].asked == 1 && slots[1].asked == 1) {  /* as below, without a branch to guess */
        const uint32_t *one = next[0], *other = next[1];
        for (size_t i = 0, j = 0;;) {
            uint32_t a = one[i], b = other[j];
            if ((a == NOWHERE) | (b == NOWHERE)) return found;
            uint32_t apart = a < b ? b - a : a - b;
            found += apart < width;
            i += a <= b;
            j += b <= a;
        }
    }
    for (;;) {
        uint32_t begin = NOWHERE, last = 0;
        for (int t = 0; t < distinct; t++) {
            uint32_t first = *next[t], own = next[t][slots[t].asked - 1];
            begin = first < begin ? first : begin;
            last = own > last ? own : last;
        }
        if (last == NOWHERE) return found;
        found += last - begin < width;
        for (int t = 0; t < distinct; t++) next[t] += *next[t] == begin;
    }
}

/* Does any term of a slot stand in a text? Its cursors go there, and those that do are read; -1: damage. */
static int slot_seek(Slot *slot, int64_t text) {
    int found = 0;
    for (int i = 0; i < slot->terms; i++) {
        int there = slot->cursors[i].here = seek(&slot->cursors[i], text);
        if (there < 0) return -1;
        found |= there;
    }
    return found;
}

/* The first text, from where they are, that any cursor of a slot stands in; NO_TEXT: none, -1: damage. */
static int64_t slot_text(Slot *slot) {
    int64_t first = NO_TEXT;
    for (int i = 0; i < slot->terms; i++) {
        int64_t own = text_here(&slot->cursors[i]);
        if (own < first) first = own;
    }
    return first;
}

/* Read what the cursors of a slot that are in the text have there; -1: damage. */
static int slot_read(Slot *slot) {
    slot->most = 0;
    for (int i = 0; i < slot->terms; i++) {
        Cursor *cursor = &slot->cursors[i];
        if (!cursor->here) continue;
        if (read_on(cursor) < 0 || cursor->frequency > length(&cursor->term.lists->a[NEAR])) return -1;
        slot->most += cursor->frequency;
    }
    return 0;
}

/* Texts that all slots stand in, laid out one behind the other, so that each of their positions has an address, and a bit
   there: what is done for each runs through all texts, and there is no end of a text for a processor to guess. A text
   begins with a word of bits. */
typedef struct {
    uint16_t *keys[MAX_PLACES];  /* of each slot, the addresses where it stands, in order where it has one term */
    uint64_t *marks[MAX_PLACES]; /* and their bits; none is set from `next` on */
    uint64_t *room[3];           /* for as many */
    Py_ssize_t used[MAX_PLACES];
    uint32_t texts[BATCH], ends[BATCH], next; /* words: where each text ends, and the next one begins */
    int size;
} Batch;

/* A phrase, and what is found of it. */
typedef struct {
    const Lists *lists;
    Cursor cursors[MAX_TERMS];
    Slot slots[MAX_PLACES];
    int of[MAX_PLACES], places, distinct, lead;
    int64_t texts;
    int field;
    uint32_t width;
    Rooms rooms;
    int order[MAX_PLACES];            /* the slots, the rarest first */
    int batched[MAX_PLACES], size;    /* those that are laid out in the batch: all, or a pair that hardly any text has */
    int pair[2];                      /* the places of this pair in the phrase */
    Batch *batch;  /* NULL: texts are looked at one by one */
    uint32_t *found;
    int64_t *counts;
    Py_ssize_t count, room;
} Search;

static int keep(Search *search, int64_t text, int64_t count) {
    if (search->count == search->room) {
        Py_ssize_t room = search->room ? search->room * 2 : 64;
        uint32_t *found = realloc(search->found, (size_t)room * 4);
        if (found) search->found = found;
        int64_t *counts = realloc(search->counts, (size_t)room * 8);
        if (counts) search->counts = counts;
        if (!found || !counts) return -1;
        search->room = room;
    }
    search->found[search->count] = (uint32_t)text;
    search->counts[search->count++] = count;
    return 0;
}

static void batch_close(Batch *batch, int distinct) {
    for (int t = 0; batch && t < distinct; t++) {
        free(batch->keys[t]);
        free(batch->marks[t]);
    }
    for (int i = 0; batch && i < 3; i++) free(batch->room[i]);
    free(batch);
}

/* Make a batch where texts are to be looked at together and can be; -1: there is no memory. */
static int batch_open(Search *search) {
    const Array *a = search->lists->a;
    if (search->lists->is_wide || a[NEAR].view.itemsize != 1 || a[ABOVE].view.itemsize != 1) return 0;
    if (length(&a[FAR_AT]) != length(&a[FAR_BY]) || search->width > WIDEST) return 0;
    for (int t = 0; t < search->distinct; t++) {
        const Slot *slot = &search->slots[t];
        if (slot->postings < MANY || (search->width && slot->asked > 1)) return 0;
    }
    Batch *batch = search->batch = calloc(1, sizeof(Batch));
    if (!batch) return -1;
    for (int i = 0; i < 3; i++)
        if (!(batch->room[i] = malloc((ROOM / 64 + BEYOND) * 8))) return -1;
    for (int t = 0; t < search->distinct; t++) {
        batch->keys[t] = malloc((KEYS + UNPACKED) * 2);
        batch->marks[t] = calloc(ROOM / 64 + BEYOND, 8);
        if (!batch->keys[t] || !batch->marks[t]) return -1;
    }
    return 0;
}

#if defined(__clang__) || __GNUC__ >= 12
#define UNPACKED_TOGETHER
typedef uint8_t Bytes __attribute__((vector_size(16)));
typedef uint16_t Halves __attribute__((vector_size(16)));
typedef uint64_t Longs __attribute__((vector_size(16)));
#define LOWER(a, b) __builtin_shufflevector(a, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23)
#define UPPER(a, b) __builtin_shufflevector(a, b, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31)

/* Write the addresses of UNPACKED positions; nine bytes of `above` can be read, and the first half of one may be another's. */
static inline void unpack_together(const uint8_t *near, const uint8_t *above, int second, uint16_t start, uint16_t *keys) {
    uint64_t packed;
    memcpy(&packed, above, 8);
    packed = packed >> second * 4 | (uint64_t)above[8] << 1 << (63 - second * 4);
    Bytes low, pairs = (Bytes)(Longs){packed, 0};
    memcpy(&low, near, 16);
    Bytes high = LOWER(pairs & 15, pairs >> 4);
    Halves halves[2] = {(Halves)LOWER(low, high) + start, (Halves)UPPER(low, high) + start};
    memcpy(keys, halves, 32);
}
#endif

/* Write the addresses of a cursor's positions, given that of its text; -1: damage. There is room for UNPACKED more. */
static int unpack(const Lists *lists, const Cursor *cursor, uint16_t start, uint16_t *keys) {
    const uint8_t *near = lists->a[NEAR].view.buf, *above = lists->a[ABOVE].view.buf;
    Py_ssize_t first = cursor->spot, last = first + cursor->frequency, halves = lists->a[ABOVE].view.len;
    if (first < 0 || cursor->frequency < 0 || last > length(&lists->a[NEAR]) || last > halves * 2) return -1;
    size_t place = (size_t)first, end = (size_t)last;
#ifdef UNPACKED_TOGETHER
    for (; place < end && place + UNPACKED <= (size_t)length(&lists->a[NEAR]) && place / 2 + 9 <= (size_t)halves;
         place += UNPACKED, keys += UNPACKED) unpack_together(near + place, above + place / 2, place & 1, start, keys);
#endif
    for (; place < end; place++)
        *keys++ = (uint16_t)(start + (near[place] | (uint32_t)(above[place / 2] >> (place & 1) * 4 & 15) << 8));
    return 0;
}

/* Does a slot's cursor stand in the text that is looked at at a position of more than twelve bits? */
static int is_far(const Lists *lists, Slot *slot) {
    for (int i = 0; i < slot->terms; i++) {
        Cursor *cursor = &slot->cursors[i];
        if (!cursor->here) continue;
        while (cursor->far_spot < cursor->spot)
            cursor->far_spot = far_spot(lists, ++cursor->far, &cursor->far_block);
        if (cursor->far_spot < cursor->spot + cursor->frequency) return 1;
    }
    return 0;
}

/* Add the text that is looked at to the batch, which has room for it; 0: it is to be looked at alone, -1: damage. */
static int batch_add(Search *search, int64_t text) {
    Batch *batch = search->batch;
    const Lists *lists = search->lists;
    for (int i = 0; i < search->size; i++)
        if (search->slots[search->batched[i]].most > NEAREST || is_far(lists, &search->slots[search->batched[i]])) return 0;
    uint32_t start = batch->next * 64, last = start;
    for (int j = 0; j < search->size; j++) {
        int t = search->batched[j];
        const Slot *slot = &search->slots[t];
        uint16_t *keys = batch->keys[t] + batch->used[t];
        for (int i = 0; i < slot->terms; i++) {
            const Cursor *cursor = &slot->cursors[i];
            if (!cursor->here) continue;
            if (unpack(lists, cursor, (uint16_t)start, keys) < 0) return -1;
            keys += cursor->frequency;
            if (cursor->frequency && keys[-1] > last) last = keys[-1];
        }
        batch->used[t] = keys - batch->keys[t];
    }
    batch->next = (last + (search->width ? search->width : MAX_PLACES)) / 64 + 1;
    batch->texts[batch->size] = (uint32_t)text;
    batch->ends[batch->size++] = batch->next;
    return 1;
}

/* Is there no room for one more text? */
static int batch_full(const Search *search) {
    const Batch *batch = search->batch;
    int full = batch->size == BATCH || batch->next * 64 + NEAREST + WIDEST + 64 > ROOM;
    for (int i = 0; i < search->size; i++) full |= batch->used[search->batched[i]] + NEAREST > KEYS;
    return full;
}

/* Bits, moved to the front by less than 64. */
static inline uint64_t moved(const uint64_t *words, int by) {
    return words[0] >> by | words[1] << 1 << (63 - by);
}

/* Set in `to` the bits of `from`, and those that come so many places later. */
static void with_later(const uint64_t *restrict from, uint64_t *restrict to, uint32_t words, uint32_t by) {
    for (uint32_t i = 0; i < words; i++) to[i] = from[i] | moved(from + i, (int)by);
}

/* Set each bit that has one of `from` in the width from there on, which is more than 64: in its own word, in one that the
   width ends in, or in one between. `on` has in each word the bits from its first one on, which is all before its end. */
static void with_far(const uint64_t *restrict from, uint64_t *restrict on, uint64_t *restrict to, uint32_t words,
                     uint32_t width) {
    uint32_t whole = (width - 1) / 64;
    int left = (int)((width - 1) % 64);
    for (uint32_t i = 0; i < words + whole + 1; i++) on[i] = from[i] | (0 - from[i]);
    for (uint32_t i = 0; i < words; i++) {
        uint64_t own = from[i], end = on[i + whole], behind = on[i + whole + 1] | (0 - (end >> 63));
        own |= own >> 1;
        own |= own >> 2;
        own |= own >> 4;
        own |= own >> 8;
        own |= own >> 16;
        own |= own >> 32;
        to[i] = own | end >> left | behind << 1 << (63 - left);
    }
    for (uint32_t j = 1; j < whole; j++)
        for (uint32_t i = 0; i < words; i++) to[i] |= 0 - (on[i + j] >> 63);
}

/* Return the bits of a batch that have one of `from` in the width from there on. */
static const uint64_t *spread(Batch *batch, const uint64_t *from, uint32_t width) {
    int next = 1;
    if (width > 64) {
        with_far(from, batch->room[1], batch->room[2], batch->next, width);
        return batch->room[2];
    }
    for (uint32_t span = 1, step; span < width; span += step, next = 3 - next) {
        step = span < width - span ? span : width - span;
        with_later(from, batch->room[next], batch->next, step);
        batch->room[next][batch->next] = 0;  /* the word that is read behind the last */
        from = batch->room[next];
    }
    return from;
}

/* Leave of some bits those of `marks`, moved to the front by less than 64. */
static void leave(uint64_t *restrict hits, const uint64_t *restrict marks, uint32_t words, int by) {
    for (uint32_t i = 0; i < words; i++) hits[i] &= moved(marks + i, by);
}

/* Does the batch have a pair of the phrase's words, and not all? */
static inline int is_staged(const Search *search) {
    return search->size < search->distinct;
}

/* Leave a bit where the phrase begins, or the first word of the pair stands. */
static void hit_in_order(const Search *search, uint64_t *hits) {
    const Batch *batch = search->batch;
    const int *of = search->of, *pair = search->pair;
    memcpy(hits, batch->marks[of[is_staged(search) ? pair[0] : 0]], batch->next * 8);
    if (is_staged(search)) leave(hits, batch->marks[of[pair[1]]], batch->next, pair[1] - pair[0]);
    else for (int j = 1; j < search->places; j++) leave(hits, batch->marks[of[j]], batch->next, j);
}

/* How often the phrase stands in a text, given where its pair does; -1: damage. */
static int64_t with_others(Search *search, int64_t text, uint64_t *hits, uint32_t words) {
    uint64_t *marks = search->batch->room[1], any = 1;
    for (int i = 0; i < search->distinct && any; i++) {
        int t = search->order[i], there;
        Slot *slot = &search->slots[t];
        if (t == search->batched[0] || t == search->batched[1]) continue;
        if ((there = slot_seek(slot, text)) <= 0) return there;
        if (slot_read(slot) < 0 || make_room(search->lists, slot->most, &search->rooms) < 0) return -1;
        int64_t many = 0;
        for (int c = 0; c < slot->terms; c++) {
            int64_t own = slot->cursors[c].here ? positions(search->lists, &slot->cursors[c], search->rooms.one + many) : 0;
            if (own < 0) return -1;
            many += own;
        }
        for (int j = 0; j < search->places; j++) {
            if (search->of[j] != t) continue;
            memset(marks, 0, words * 8);
            for (int64_t k = 0; k < many; k++) {
                int64_t at_ = (int64_t)search->rooms.one[k] - (j - search->pair[0]);
                if (at_ >= 0 && at_ < (int64_t)words * 64) marks[at_ >> 6] |= UINT64_C(1) << (at_ & 63);
            }
            any = 0;
            for (uint32_t w = 0; w < words; w++) any |= hits[w] &= marks[w];
        }
    }
    int64_t found = 0;
    for (uint32_t w = 0; w < words; w++) found += bits(hits[w]);
    return found;
}

/* Leave a bit where a window begins that holds all slots: at a place of any of them, with each of them in the width from
   there on. */
static void hit_in_windows(const Search *search, uint64_t *hits) {
    Batch *batch = search->batch;
    uint32_t words = batch->next;
    memcpy(hits, batch->marks[0], words * 8);
    for (int t = 1; t < search->distinct; t++)
        for (uint32_t i = 0; i < words; i++) hits[i] |= batch->marks[t][i];
    for (int t = 0; t < search->distinct; t++) leave(hits, spread(batch, batch->marks[t], search->width), words, 0);
}

/* Turn words of bits into how many bits are set in each and all before it. */
static void add_up(uint64_t *words, uint32_t count) {
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

/* Look at the texts of the batch, which is empty then; -1: there is no memory. */
static int batch_flush(Search *search) {
    Batch *batch = search->batch;
    uint64_t *hits = batch->room[0], *sums = is_staged(search) ? batch->room[2] : hits, before = 0;
    if (!batch->size) return 0;
    for (int j = 0; j < search->size; j++) {
        const uint16_t *keys = batch->keys[search->batched[j]];
        uint64_t *marks = batch->marks[search->batched[j]];
        for (Py_ssize_t i = 0; i < batch->used[search->batched[j]]; i++)
            marks[keys[i] >> 6] |= UINT64_C(1) << (keys[i] & 63);
    }
    if (search->width) hit_in_windows(search, hits); else hit_in_order(search, hits);
    if (sums != hits) memcpy(sums, hits, batch->next * 8);
    add_up(sums, batch->next);
    for (int j = 0; j < search->size; j++) {
        memset(batch->marks[search->batched[j]], 0, batch->next * 8);
        batch->used[search->batched[j]] = 0;
    }
    int many = batch->size;
    batch->size = 0;
    batch->next = 0;
    for (int i = 0; i < many; i++) {
        uint64_t all = sums[batch->ends[i] - 1];
        int64_t own = (int64_t)(all - before);
        uint32_t begin = i ? batch->ends[i - 1] : 0;
        if (own && sums != hits) own = with_others(search, batch->texts[i], hits + begin, batch->ends[i] - begin);
        if (own < 0 || (own && keep(search, batch->texts[i], own) < 0)) return -1;
        before = all;
    }
    return 0;
}

/* Look at a text that all slots stand in, alone or with others; -1: damage. */
static int look_at(Search *search, int64_t text) {
    Slot *slots = search->slots;
    for (int i = 0; i < search->size; i++)
        if (slot_read(&slots[search->batched[i]]) < 0) return -1;
    if (search->batch) {
        if (batch_full(search) && batch_flush(search) < 0) return -1;
        int added = batch_add(search, text);
        if (added) return added;
        if (batch_flush(search) < 0) return -1;  /* texts are found in order */
        for (int i = 0, there; i < search->distinct && is_staged(search); i++) {
            Slot *slot = &slots[search->order[i]];
            if (search->order[i] == search->batched[0] || search->order[i] == search->batched[1]) continue;
            if ((there = slot_seek(slot, text)) <= 0) return there;
            if (slot_read(slot) < 0) return -1;
        }
    }
    int64_t own = search->width ? windows(search->lists, slots, search->distinct, search->width, &search->rooms)
        : times(search->lists, slots, search->of, search->places, search->lead, &search->rooms);
    return own < 0 || (own && keep(search, text, own) < 0) ? -1 : 0;
}

/* Find the phrase in the texts from one up to another; -1: damage. */
static int search_texts(Search *search, int64_t first, int64_t last) {
    Slot *slots = search->slots;
    int rarest = search->of[search->lead];
    Slot *leader = &slots[rarest];
    if (slot_seek(leader, first) < 0) return -1;
    for (;;) {
        int64_t text = slot_text(leader);
        if (text < 0) return -1;
        if (text >= last) return search->batch ? batch_flush(search) : 0;
        if (text >= search->texts) return -1;
        for (int i = 0; i < leader->terms; i++) leader->cursors[i].here = text_here(&leader->cursors[i]) == text;
        int there = search->field < 0 || (int)(text & ((1 << TEXT_BITS) - 1)) == search->field;
        for (int i = 0; i < search->size && there > 0; i++)
            if (search->batched[i] != rarest) there = slot_seek(&slots[search->batched[i]], text);
        if (there < 0) return -1;
        if (there && look_at(search, text) < 0) return -1;
        for (int i = 0; i < leader->terms; i++) leader->cursors[i].place += leader->cursors[i].here;
    }
}

/* Choose what is laid out in the batch: of a phrase of three words the two rarest, if none of them comes again. */
static void choose(Search *search) {
    Slot *slots = search->slots;
    int *order = search->order, is_pair = search->batch && !search->width && search->distinct > 2;
    for (int i = 0; i < search->distinct; i++) {
        int to = i;
        for (; to > 0 && slots[order[to - 1]].postings > slots[i].postings; to--) order[to] = order[to - 1];
        order[to] = i;
    }
    while (search->of[search->lead] != order[0]) search->lead++;
    for (int i = 0; i < 2 && is_pair; i++) is_pair = slots[order[i]].asked == 1;
    search->size = is_pair ? 2 : search->distinct;
    memcpy(search->batched, order, sizeof search->batched);
    for (int j = 0, found = 0; j < search->places && is_pair; j++)
        if (search->of[j] == order[0] || search->of[j] == order[1]) search->pair[found++] = j;
}

/* Open what stands at the places of a phrase; -1: damage. */
static int search_open(Search *search, const Array *terms, const Array *sizes, const Array *places) {
    Py_ssize_t all = length(terms), distinct = length(sizes), count = length(places), used = 0;
    if (terms->view.itemsize != 8 || sizes->view.itemsize != 8 || places->view.itemsize != 8) return -1;
    if (all > MAX_TERMS || distinct < 1 || distinct > MAX_PLACES || count < distinct || count > MAX_PLACES) return -1;
    search->places = (int)count;
    search->distinct = (int)distinct;
    for (int i = 0; i < distinct; i++) {
        int64_t size = at(sizes, i);
        Slot *slot = &search->slots[i];
        if (size < 1 || size > all - used) return -1;
        *slot = (Slot){.cursors = &search->cursors[used], .terms = (int)size};
        for (int j = 0; j < size; j++) {
            Cursor *cursor = &slot->cursors[j];
            if (cursor_open(cursor, search->lists, at(terms, used++)) < 0) return -1;
            slot->postings += cursor->term.end - cursor->term.start;
        }
    }
    for (int i = 0; i < count; i++) {
        int64_t own = at(places, i);
        if (own < 0 || own >= distinct) return -1;
        search->of[i] = (int)own;
        search->slots[own].asked++;
    }
    for (int i = 0; i < distinct; i++)
        if (!search->slots[i].asked) return -1;
    if (batch_open(search) < 0) return -1;
    choose(search);
    return 0;
}

/* phrase(lists, terms, sizes, places, texts, field, width, first, last) -> texts, counts: where any term of each slot
   stands one behind the other, or within a window of a width that is not 0, and how often, as bytes of 32 and 64 bits
   each. The first of `sizes` terms are those of the first slot, and so on; `places` are the slots in the order of the
   phrase. Only the texts from `first` up to `last` are looked at. */
static PyObject *phrase(PyObject *self, PyObject *args) {
    PyObject *capsule, *of[3];
    long long texts, first, last;
    int field, failed = 0;
    unsigned int width;
    if (!PyArg_ParseTuple(args, "OOOOLiILL", &capsule, &of[0], &of[1], &of[2], &texts, &field, &width, &first, &last))
        return NULL;
    Lists *lists = PyCapsule_GetPointer(capsule, "lists");
    if (!lists) return NULL;
    Search *search = PyMem_Calloc(1, sizeof(Search));
    if (!search) return PyErr_NoMemory();
    Array a[3] = {0};
    for (int i = 0; i < 3 && !failed; i++) failed = hold(of[i], &a[i], PyBUF_C_CONTIGUOUS) < 0;
    PyObject *both = NULL;
    if (!failed) {
        search->lists = lists;
        search->texts = texts;
        search->field = field;
        search->width = width;
        int damage = first < 0 || search_open(search, &a[0], &a[1], &a[2]) < 0;
        if (!damage) {
            Py_BEGIN_ALLOW_THREADS
            damage = search_texts(search, first, last) < 0;
            Py_END_ALLOW_THREADS
        }
        if (damage) {
            damaged();
        } else {
            PyObject *one = PyBytes_FromStringAndSize((char *)search->found, search->count * 4);
            PyObject *other = PyBytes_FromStringAndSize((char *)search->counts, search->count * 8);
            if (one && other) both = PyTuple_Pack(2, one, other);
            Py_XDECREF(one);
            Py_XDECREF(other);
        }
    }
    for (int i = 0; i < 3; i++) drop(&a[i]);
    free(search->rooms.one);
    batch_close(search->batch, search->distinct);
    free(search->found);
    free(search->counts);
    PyMem_Free(search);
    return both;
}

/* Of pressmark_trees.c. */
PyObject *forest_open(PyObject *self, PyObject *args);
PyObject *forest_descend(PyObject *self, PyObject *args);
PyObject *block_columns(PyObject *self, PyObject *args);

/* Of pressmark_snippets.c. */
PyObject *words_open(PyObject *self, PyObject *args);
PyObject *text_marks(PyObject *self, PyObject *args);
PyObject *text_fragments(PyObject *self, PyObject *args);
/* Of pressmark_pages.c, pressmark_texts.c and pressmark_seek.c. */
PyObject *text_seeker(PyObject *self, PyObject *words);
PyObject *page_blocks(PyObject *self, PyObject *args);
PyObject *page_marked(PyObject *self, PyObject *args);
PyObject *page_gathered(PyObject *self, PyObject *args);
PyObject *page_holding(PyObject *self, PyObject *args);
PyObject *text_scan(PyObject *self, PyObject *args);
PyObject *text_words(PyObject *self, PyObject *args);
PyObject *text_score(PyObject *self, PyObject *args);
PyObject *text_parts(PyObject *self, PyObject *names);
PyObject *text_counts(PyObject *self, PyObject *args);
PyObject *text_prints(PyObject *self, PyObject *args);
PyObject *text_spoken(PyObject *self, PyObject *args);
PyObject *text_alike(PyObject *self, PyObject *args);

static PyMethodDef functions[] = {
    {"open", lists_open, METH_VARARGS, NULL}, {"add", add, METH_VARARGS, NULL}, {"pour", pour, METH_VARARGS, NULL},
    {"mark", mark, METH_VARARGS, NULL},
    {"take", take, METH_VARARGS, NULL}, {"meet", meet, METH_VARARGS, NULL}, {"top", top, METH_VARARGS, NULL},
    {"few", few, METH_VARARGS, NULL}, {"word", word, METH_VARARGS, NULL}, {"saturated", saturated, METH_VARARGS, NULL},
    {"table", table_open, METH_VARARGS, NULL}, {"first", first, METH_VARARGS, NULL},
    {"touched", touched, METH_O, NULL},
    {"tally", tally, METH_VARARGS, NULL}, {"phrase", phrase, METH_VARARGS, NULL},
    {"lexicon", lexicon_open, METH_VARARGS, NULL}, {"kin", lexicon_kin, METH_VARARGS, NULL},
    {"near", lexicon_near, METH_VARARGS, NULL},
    {"forest", forest_open, METH_VARARGS, NULL}, {"descend", forest_descend, METH_VARARGS, NULL},
    {"words", words_open, METH_VARARGS, NULL}, {"marks", text_marks, METH_VARARGS, NULL},
    {"fragments", text_fragments, METH_VARARGS, NULL},
    {"blocks", page_blocks, METH_VARARGS, NULL}, {"words_of", text_words, METH_VARARGS, NULL},
    {"marked", page_marked, METH_VARARGS, NULL}, {"gathered", page_gathered, METH_VARARGS, NULL},
    {"holding", page_holding, METH_VARARGS, NULL}, {"prints", text_prints, METH_VARARGS, NULL},
    {"scan", text_scan, METH_VARARGS, NULL}, {"seeker", text_seeker, METH_O, NULL},
    {"parts", text_parts, METH_O, NULL}, {"score", text_score, METH_VARARGS, NULL},
    {"counts", text_counts, METH_VARARGS, NULL}, {"spoken", text_spoken, METH_VARARGS, NULL},
    {"alike", text_alike, METH_VARARGS, NULL}, {"columns", block_columns, METH_VARARGS, NULL}, {NULL, NULL, 0, NULL},
};

static int begin(PyObject *module) {
    if (PyModule_AddIntConstant(module, "TREES", TREES) < 0) return -1;
    if (PyModule_AddIntConstant(module, "SNIPPETS", SNIPPETS) < 0) return -1;
    if (PyModule_AddIntConstant(module, "PAGES", PAGES) < 0) return -1;
    if (PyModule_AddIntConstant(module, "PATTERNS", PATTERNS) < 0) return -1;
    return PyModule_AddIntConstant(module, "VERSION", VERSION);
}

static PyModuleDef_Slot slots[] = {{Py_mod_exec, begin}, {0, NULL}};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT, .m_name = "pressmark_kernel", .m_methods = functions, .m_slots = slots,
};

PyMODINIT_FUNC PyInit_pressmark_kernel(void) {
    return PyModuleDef_Init(&definition);
}
