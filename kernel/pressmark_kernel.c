/* The loops of a search, compiled: postings -> rows and sums, rows in two sets, the best of many.

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

#ifndef MADE_OF
#define MADE_OF ""  /* a digest of the files that this was compiled of; hatch_build.py gives it */
#endif
#define VERSION 12  /* of the functions of searches */
#define SNIPPETS 3  /* of those of pressmark_snippets.c */
#define TREES 5     /* of those of pressmark_trees.c, pressmark_features.c, pressmark_words.c and pressmark_texts.c */
#define PAGES 4     /* of those of pressmark_pages.c */
#define PATTERNS 2  /* of those of pressmark_seek.c */
#define TOGETHER 512 /* terms that are added up together */
#define COUNTS 65536 /* texts of a block */
#define COUNTED 60000 /* times that terms stand in a text, which leave room for three times each of those taken together */
#define FREQUENT 64  /* postings a block, from which on terms take turns */
#define AHEAD 3      /* terms whose next postings are sent for while those of one are looked at */
#ifndef FEW          /* tests build it with less */
#define FEW 4096     /* postings that are sorted by row, in place of added up in an array of all rows */
#endif
#define FETCHED 8 /* terms of a word, of which most have no more forms */
#define LOOKED 16 /* scores that are compared together */
#define AT_ONCE 4 /* rows that are listed without a look at whether there are so many */
#define LAST (UINT64_C(1) << 63)

#include "pressmark_lexicon.h"
#include "pressmark_postings.h"

static void forget(PyObject *capsule) {
    Lists *lists = PyCapsule_GetPointer(capsule, "lists");
    if (!lists) return;
    for (int i = 0; i < ARRAYS; i++) drop(&lists->a[i]);
    PyMem_Free(lists->long_from);
    PyMem_Free(lists);
}

/* Has an array the type that the writer gives it? What is wider could be below zero, and no place at all. */
static int is_written(int number, const Array *one) {
    int is_short = number == HIGH || number == FAR_AT;
    int is_whole = number == ENDS || number == OVER_BY || number == NEAR || number == FAR_BY;
    return !length(one) || one->view.itemsize <= (is_short ? 2 : is_whole ? 4 : 8);
}

/* Count the long terms before all neighbours, so that few lines of memory lead to one; -1: an error. */
static int count_long(Lists *lists) {
    const Array *long_terms = &lists->a[LONG];
    Py_ssize_t many = (lists->terms >> NEIGHBOURS) + 2, at_ = 0;
    lists->long_from = PyMem_Malloc((size_t)many * sizeof(uint32_t));
    if (!lists->long_from) { PyErr_NoMemory(); return -1; }
    for (Py_ssize_t i = 0; i < length(long_terms); i++) {
        int64_t number = at(long_terms, i);
        if (number < 0 || number >= lists->terms || i >= UINT32_MAX) { damaged(); return -1; }
        while (at_ <= number >> NEIGHBOURS) lists->long_from[at_++] = (uint32_t)i;
    }
    while (at_ < many) lists->long_from[at_++] = (uint32_t)length(long_terms);
    return 0;
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
    if (count_long(lists) < 0) { Py_DECREF(capsule); return NULL; }
    return capsule;
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

/* Count how often terms stand in the texts of a block, of 16 bits each. What would not fit there is added to a sum at once. */
static int count_texts(Term *term, Py_ssize_t begin, Py_ssize_t end, uint32_t base, Goal *goal, uint16_t *counts) {
    const uint16_t *low = term->low;
    const uint8_t *codes = term->codes;
    const Array *more = &term->lists->a[MORE];
    const uint8_t *large = more->view.buf;
    Py_ssize_t apart = apart_before(term, begin), most = length(more);
    int has_over = length(&term->lists->a[OVER_AT]) > 0;
    for (Py_ssize_t place = begin; place < end; place++) {
        uint16_t own = low[place];
        int code = code_at(codes, place);
        if (code != FIT - 1) { counts[own] += code + 1; continue; }
        if (apart >= most) return -1;
        int64_t often = large[apart++] + (has_over ? over(term->lists, place) : 0);
        if (often + counts[own] <= COUNTED) { counts[own] += often; continue; }
        int64_t text = base + own, row = goal->first + (text >> TEXT_BITS);
        if (text >= goal->texts) return -1;
        if (goal->field >= 0 && (int)(text & ((1 << TEXT_BITS) - 1)) != goal->field) continue;
        goal->sums[row] += goal->weights[text] * (float)often;
        goal->seen[row >> 6] |= UINT64_C(1) << (row & 63);
    }
    term->apart = apart;
    term->ranked = end;
    return 0;
}

/* Add to the sums of a block's rows what was counted in its texts; -1: there are no such texts. */
static int add_counts(const uint16_t *counts, uint32_t base, Goal *goal) {
    for (int64_t i = 0; i < COUNTS; i += 1 << TEXT_BITS) {
        uint64_t four;
        memcpy(&four, counts + i, 8);
        if (!four) continue;
        int64_t text = base + i, row = goal->first + (text >> TEXT_BITS);
        if (text + (1 << TEXT_BITS) > goal->texts) return -1;
        float sum = 0;
        int any = 0;
        for (int j = 0; j < 1 << TEXT_BITS; j++) {
            if (goal->field >= 0 && j != goal->field) continue;
            sum += goal->weights[text + j] * (float)counts[i + j];
            any |= counts[i + j];
        }
        if (!any) continue;
        goal->sums[row] += sum;
        goal->seen[row >> 6] |= UINT64_C(1) << (row & 63);
    }
    return 0;
}

/* Add what some terms count. The long ones take turns, block by block: the weights and sums of a block stay near the
   processor meanwhile, which those of all texts do not. Where they have about as many postings as there are texts, or
   more, it is first counted how often any of them stands in each text. */
static int add_terms(const Lists *lists, const Array *numbers, Py_ssize_t first, Py_ssize_t last, Goal *goal) {
    Term terms[TOGETHER];
    Py_ssize_t begins[TOGETHER];
    int held = 0;
    int64_t postings = 0;
    for (Py_ssize_t i = first; i < last; i++) {
        Term *term = &terms[held];
        if (term_open(term, lists, at(numbers, i)) < 0) return -1;
        if (term->long_number >= 0) { begins[held++] = term->start; postings += term->end - term->start; }
        else if (add_run(term, term->start, term->end, 0, goal) < 0) return -1;
    }
    int is_counted = held > 1 && !goal->listed && postings > lists->blocks << 16, failed = 0;
    uint16_t *counts = is_counted ? malloc(COUNTS * 2) : NULL;
    is_counted = counts != NULL;  /* without memory it takes longer */
    for (Py_ssize_t block = 0; held && block < lists->blocks && !failed; block++) {
        uint32_t base = (uint32_t)block << 16;
        if (is_counted) memset(counts, 0, COUNTS * 2);
        for (int i = 0; i < held && !failed; i++) {
            if (i + AHEAD < held) __builtin_prefetch(terms[i + AHEAD].low + begins[i + AHEAD]);
            Py_ssize_t end = long_end(&terms[i], block);
            failed = end < begins[i] || (is_counted ? count_texts(&terms[i], begins[i], end, base, goal, counts)
                                                    : add_run(&terms[i], begins[i], end, base, goal)) < 0;
            begins[i] = end;
        }
        if (is_counted && !failed) failed = add_counts(counts, base, goal) < 0;
    }
    free(counts);
    for (int i = 0; i < held; i++) failed |= begins[i] != terms[i].end;
    return failed ? -1 : 0;
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

/* Write 1 for the documents of some texts of a field, of 16 bits each: of sixteen at once it is seen that none is of it. */
static void mark_field(const uint16_t *low, Py_ssize_t count, int field, uint8_t *marks) {
    const uint64_t ones = UINT64_C(0x0001000100010001), own = ones * (uint64_t)field;
    Py_ssize_t i = 0;
    for (; i + 16 <= count; i += 16) {
        uint64_t fours[4], others = ones;
        memcpy(fours, low + i, 32);
        for (int j = 0; j < 4; j++) others &= (fours[j] ^ own) | (fours[j] ^ own) >> 1;
        if (others == ones) continue;
        for (int j = 0; j < 16; j++) marks[low[i + j] >> TEXT_BITS] |= (low[i + j] & 3) == field;
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
        if (term->long_number >= 0 && term->end - term->start >= FREQUENT * lists->blocks) { begins[held++] = term->start; continue; }
        if (!left) continue;
        if (term->long_number < 0) {
            if (mark_run(term, term->start, term->end, 0, field, marks, documents) < 0) return -1;
        } else for (Py_ssize_t block = 0, begin = term->start, end; block < lists->blocks; block++, begin = end) {
            end = long_end(term, block);
            if (end < begin || mark_run(term, begin, end, (int64_t)block << 16, field, marks, documents) < 0) return -1;
        }
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

/* Send for what is read of a few terms' postings, all of them at once. Nothing is compared here: the places may be wrong. */
static void fetch_few(const Lists *lists, const Array *numbers) {
    const Array *a = lists->a;
    Py_ssize_t many = length(numbers) < FETCHED ? length(numbers) : FETCHED;
    for (Py_ssize_t i = 0; i < many; i++) {
        int64_t number = at(numbers, i);
        if (number < 0 || number >= lists->terms) return;
        __builtin_prefetch((const char *)a[POSTING_AT].view.buf + number * a[POSTING_AT].view.itemsize);
        __builtin_prefetch(lists->long_from + (number >> NEIGHBOURS));
    }
    for (Py_ssize_t i = 0; i < many; i++) {
        int64_t number = at(numbers, i), start = at(&a[POSTING_AT], number);
        Py_ssize_t before = lists->long_from[number >> NEIGHBOURS];
        if (start < 0 || start >= lists->postings) return;
        __builtin_prefetch((const uint16_t *)a[LOW].view.buf + start);
        __builtin_prefetch((const uint8_t *)a[CODES].view.buf + (start / RANKED * RANKED >> 2));
        __builtin_prefetch((const uint8_t *)a[CODES].view.buf + (start >> 2));
        __builtin_prefetch((const char *)a[RANK].view.buf + start / RANKED * a[RANK].view.itemsize);
        if (before < length(&a[LONG])) {
            __builtin_prefetch((const char *)a[LONG].view.buf + before * a[LONG].view.itemsize);
            __builtin_prefetch((const char *)a[LONG_BEFORE].view.buf + before * a[LONG_BEFORE].view.itemsize);
        }
    }
    for (Py_ssize_t i = 0; i < many && lists->blocks > 1; i++) {
        int64_t number = at(numbers, i), start = at(&a[POSTING_AT], number);
        Py_ssize_t before = lists->long_from[number >> NEIGHBOURS];
        int64_t high = start - (before < length(&a[LONG]) ? at(&a[LONG_BEFORE], before) : 0);
        if (high >= 0 && high < length(&a[HIGH])) __builtin_prefetch((const char *)a[HIGH].view.buf + high * a[HIGH].view.itemsize);
    }
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
    fetch_few(lists, numbers);
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
    for (Py_ssize_t i = 0; i < size && i < LOOKED; i++) __builtin_prefetch(&ties.third[row[i]]);
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
    if (done == UNKNOWN || done == UNWRITTEN) return Py_NewRef(done == UNKNOWN ? Py_None : Py_False);
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
   all live: None, the rows, None, the hits, and the forms as `kin_forms` gives them. False where `keys` is None and they are
   to be given. */
static PyObject *first(PyObject *self, PyObject *args) {
    PyObject *capsule, *typed, *keys;
    Py_ssize_t count;
    int is_folded;
    if (!PyArg_ParseTuple(args, "OUOnp", &capsule, &typed, &keys, &count, &is_folded)) return NULL;
    Table *table = PyCapsule_GetPointer(capsule, "table");
    if (!table || (keys != Py_None && !PyTuple_Check(keys))) return table ? damaged() : NULL;
    int is_one = PyTuple_Size(table->parts) == 1 && !table->live.held;
    if (keys == Py_None && !is_one) Py_RETURN_FALSE;
    Few all = few_of(table->weights, ALL_FIELDS, table->live);
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
/* Of pressmark_phrases.c and pressmark_sweep.c. */
PyObject *phrase(PyObject *self, PyObject *args);
PyObject *sweep_open(PyObject *self, PyObject *args);
PyObject *swept(PyObject *self, PyObject *args);
/* Of pressmark_trees.c. */
PyObject *forest_open(PyObject *self, PyObject *args);
PyObject *forest_descend(PyObject *self, PyObject *args);
PyObject *block_columns(PyObject *self, PyObject *args);

/* Of pressmark_snippets.c. */
PyObject *words_open(PyObject *self, PyObject *args);
PyObject *text_marks(PyObject *self, PyObject *args);
PyObject *text_fragments(PyObject *self, PyObject *args);
/* Of pressmark_pages.c, pressmark_texts.c and pressmark_seek.c. */
PyObject *text_seeker(PyObject *self, PyObject *args);
PyObject *page_blocks(PyObject *self, PyObject *args);
PyObject *page_marked(PyObject *self, PyObject *args);
PyObject *page_gathered(PyObject *self, PyObject *args);
PyObject *page_holding(PyObject *self, PyObject *args);
PyObject *text_scan(PyObject *self, PyObject *args);
PyObject *text_words(PyObject *self, PyObject *args);
PyObject *text_scores(PyObject *self, PyObject *args);
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
    {"sweep", sweep_open, METH_VARARGS, NULL}, {"swept", swept, METH_VARARGS, NULL},
    {"lexicon", lexicon_open, METH_VARARGS, NULL}, {"kin", lexicon_kin, METH_VARARGS, NULL},
    {"near", lexicon_near, METH_VARARGS, NULL},
    {"forest", forest_open, METH_VARARGS, NULL}, {"descend", forest_descend, METH_VARARGS, NULL},
    {"words", words_open, METH_VARARGS, NULL}, {"marks", text_marks, METH_VARARGS, NULL},
    {"fragments", text_fragments, METH_VARARGS, NULL},
    {"blocks", page_blocks, METH_VARARGS, NULL}, {"words_of", text_words, METH_VARARGS, NULL},
    {"marked", page_marked, METH_VARARGS, NULL}, {"gathered", page_gathered, METH_VARARGS, NULL},
    {"holding", page_holding, METH_VARARGS, NULL}, {"prints", text_prints, METH_VARARGS, NULL},
    {"scan", text_scan, METH_VARARGS, NULL}, {"seeker", text_seeker, METH_VARARGS, NULL},
    {"parts", text_parts, METH_O, NULL}, {"scores", text_scores, METH_VARARGS, NULL},
    {"counts", text_counts, METH_VARARGS, NULL}, {"spoken", text_spoken, METH_VARARGS, NULL},
    {"alike", text_alike, METH_VARARGS, NULL}, {"columns", block_columns, METH_VARARGS, NULL}, {NULL, NULL, 0, NULL},
};

static int begin(PyObject *module) {
    if (PyModule_AddStringConstant(module, "MADE_OF", MADE_OF) < 0) return -1;
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
