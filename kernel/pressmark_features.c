/* Features of a page's blocks, compiled: what stands around each block -> one row of numbers a feature.

crawler/body/model/columns.py says what is given and names the rows; features.py and context_features.py do the same with
NumPy. Sums are added in the same order here, and NumPy takes the logarithms, so that each number is the same to its
last bit. */

#define PY_SSIZE_T_CLEAN
#define Py_LIMITED_API 0x030B0000
#include <Python.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* The rows, in their order. Those of the tags that tell, one a tag, stand between the first and the others. */
enum { LINKED, LINKS, BOLD, GOOD, DEPTH, HIDDEN, ONLY_BLOCK, OWN };
enum {
    LEVEL, /* share, links, blocks, purity: of five levels */
    SCORE = LEVEL + 20, /* of the parent, the grandparent, the owner */
    BEST = SCORE + 3, BEST_SCORE = BEST + 6, /* in, share, deeper, place, left, beyond */
    HOLDS, ARTICLE = HOLDS + 12, /* the same, of half the good text and of four fifths */
    PLACE = ARTICLE + 4, INDEX, GOOD_BEFORE, SIZE_BEFORE, PAGE_BLOCKS, PAGE_GOOD, PAGE_LINKS, PAGE_PURITY,
    NEAR, HEADING = NEAR + 10, PARAGRAPH, /* far, parent, grandparent, deeper, same tag: before, and after */
    BESIDE, /* size, linked, sentences, good, heading, p, listed, ends: of four neighbours */
    GOOD_3 = BESIDE + 32, SIZE_3, GOOD_8, LINKS_8, SIZE_8, PURITY_8, LONGER,
    TITLE_LIKE, DESCRIBED, TOLD, TITLE_FAR, TITLE_GOOD, H1_FAR, H1_GOOD,
    UNDER_FAR, UNDER_LISTED, UNDER_RELATED, UNDER_PARENT, UNDER_DEEPER, UNDER_SIZE, UNDER_GOOD,
    TIMES, LATER, ALIKE, /* many, share, links, size, good: of a name, and of a parent */
    LIST = ALIKE + 10, /* blocks, links, size, good, digits, share around, prose before, after, colon before, place */
    NAMED = LIST + 10, /* own, parent, grandparent, near, least, most, sum, tag, parent's tag */
    ROWS = NAMED + 9
};
enum { LIST_BLOCKS, LIST_LINKS, LIST_SIZE, LIST_GOOD, LIST_DIGITS, LIST_AROUND, LIST_BEFORE, LIST_AFTER, LIST_COLON, LIST_AT };
enum { IS_HEADING = 1, IS_PARAGRAPH = 2, IS_LIST = 4, IS_ARTICLE = 8, IS_MAIN = 16, IS_H1 = 32 }; /* of a tag */
enum { OWNERS, BOLDS, LINK_COUNTS, OF_BLOCKS }; /* lists of whole numbers, one a block */
enum { PARENTS, DEPTHS, WITHIN, IS_HIDDEN, FIRST, END, OF_ELEMENTS };
enum { SIZE, LOG_SIZE, LINKED_SHARE, AMOUNT, DIGITS, LIKE, DESCRIBED_BY, TOLD_BY, LISTED, RELATED, IS_GOOD, SENTENCES, STOPS,
       COLONS, MEASURED };
static const Py_ssize_t WIDTHS[MEASURED] = {8, 8, 8, 8, 8, 8, 8, 8, 4, 4, 1, 1, 1, 1};
enum { SUM_AMOUNT, SUM_SIZE, SUM_LINKED, SUM_GOOD, SUM_DIGITS, SUMS };
enum { LOGS = 15, FAR = 60, CHAIN = 40, LEVELS = 5, IN_LIST = 6 };

typedef struct {
    Py_ssize_t count, none, levels, telling; /* blocks; elements, and the number of none; rows of the chain */
    double total;
    int64_t *of_block[OF_BLOCKS], *of_element[OF_ELEMENTS], *lengths, *times, *first_time, *scratch;
    int64_t *tag, *facts, *name; /* of each element: the numbers of its tag and its names, what its tag is */
    double *name_score, *tag_score;
    int32_t *chain; /* of each level, the ancestor of each block */
    const void *measured[MEASURED];
    double *sums[SUMS], *logs; /* before each block; logarithms to be taken */
    float *table;
} Page;

static float *own_row(Page *page, Py_ssize_t row) {
    return page->table + row * page->count;
}

static float *row_of(Page *page, Py_ssize_t row) {
    return page->table + (OWN + page->telling + row) * page->count;
}

static PyObject *unfit(void) {
    if (!PyErr_Occurred()) PyErr_SetString(PyExc_ValueError, "what is known of the blocks does not go together");
    return NULL;
}

static const double *reals(const Page *page, int which) {
    return page->measured[which];
}

static const uint8_t *truths(const Page *page, int which) {
    return page->measured[which];
}

static double within(const Page *page, int which, int64_t element) {
    return page->sums[which][page->of_element[END][element]] - page->sums[which][page->of_element[FIRST][element]];
}

static double blocks_within(const Page *page, int64_t element) {
    return (double)(page->of_element[END][element] - page->of_element[FIRST][element]);
}

static double at_least(double value, double least) {
    return value > least ? value : least;
}

static double clipped(double value, double least, double most) {
    return value < least ? least : value > most ? most : value;
}

/* The whole numbers of a list, in room for one more, which is 0; -1: an error. */
static int whole_numbers(PyObject *list, Py_ssize_t count, int64_t **to) {
    if (!PyList_Check(list) || PyList_Size(list) != count) return unfit(), -1;
    if (!(*to = malloc((size_t)(count + 1) * 8))) return PyErr_NoMemory(), -1;
    for (Py_ssize_t n = 0; n < count; n++) {
        (*to)[n] = PyLong_AsLongLong(PyList_GetItem(list, n));
        if ((*to)[n] == -1 && PyErr_Occurred()) return -1;
    }
    (*to)[count] = 0;
    return 0;
}

/* The number of a key, in the order in which keys are met; -1: an error. */
static int64_t number_of(PyObject *numbers, PyObject *key) {
    PyObject *found = PyDict_GetItemWithError(numbers, key);
    if (found) return PyLong_AsLongLong(found);
    Py_ssize_t next = PyDict_Size(numbers);
    PyObject *value = PyErr_Occurred() ? NULL : PyLong_FromSsize_t(next);
    int failed = !value || PyDict_SetItem(numbers, key, value) < 0;
    Py_XDECREF(value);
    return failed ? -1 : next;
}

/* The number that is known of a key; 0 where none is. The caller looks whether there was an error. */
static double score_of(PyObject *known, PyObject *key) {
    PyObject *found = PyDict_GetItemWithError(known, key);
    return found ? PyFloat_AsDouble(found) : 0.0;
}

/* Read the tags and names of the elements, as numbers and with their scores; -1: an error. */
static int named(Page *page, PyObject *tags, PyObject *names, PyObject *facts, PyObject *tag_scores, PyObject *name_scores) {
    Py_ssize_t count = page->none;
    PyObject *tag_numbers = PyDict_New(), *name_numbers = PyDict_New(), *nothing = PyUnicode_FromString("");
    int failed = !tag_numbers || !name_numbers || !nothing || number_of(name_numbers, nothing) < 0;
    for (Py_ssize_t n = 0; n < count && !failed; n++) {
        PyObject *tag = PyList_GetItem(tags, n), *name = PyList_GetItem(names, n);
        PyObject *fact = PyDict_GetItemWithError(facts, tag);
        page->tag[n] = number_of(tag_numbers, tag);
        page->name[n] = number_of(name_numbers, name);
        page->facts[n] = fact ? PyLong_AsLongLong(fact) : 0;
        page->tag_score[n] = score_of(tag_scores, tag);
        page->name_score[n] = score_of(name_scores, name);
        failed = PyErr_Occurred() != NULL;
    }
    page->tag[count] = -1;
    page->facts[count] = page->name[count] = 0;
    page->tag_score[count] = page->name_score[count] = 0.0;
    Py_XDECREF(tag_numbers);
    Py_XDECREF(name_numbers);
    Py_XDECREF(nothing);
    return failed ? -1 : 0;
}

/* Of each block: how long its text is, how often that stands on the page, and where first; -1: an error. */
static int repeated(Page *page, PyObject *texts) {
    PyObject *numbers = PyDict_New();
    int failed = !numbers;
    for (Py_ssize_t n = 0; n < page->count && !failed; n++) {
        PyObject *text = PyList_GetItem(texts, n);
        int64_t number = PyUnicode_Check(text) ? number_of(numbers, text) : -1;
        if (number < 0 || number > n) {
            failed = 1;
            unfit();
            break;
        }
        page->lengths[n] = PyUnicode_GetLength(text);
        page->scratch[n] = number;
        page->times[n] = 0;
        if (!page->times[number]++) page->first_time[number] = n;
    }
    Py_XDECREF(numbers);
    return failed ? -1 : 0;
}

/* Check the numbers of elements and blocks, and turn them so that the element of none is each root's parent. */
static int sound(Page *page) {
    Py_ssize_t count = page->count, none = page->none;
    int64_t *parents = page->of_element[PARENTS], *first = page->of_element[FIRST], *end = page->of_element[END];
    for (Py_ssize_t n = 0; n < count; n++)
        if (page->of_block[OWNERS][n] < 0 || page->of_block[OWNERS][n] >= none) return 0;
    for (Py_ssize_t n = 0; n < none; n++) {
        if (parents[n] >= n || first[n] < 0 || first[n] > end[n] || end[n] > count) return 0;
        if (parents[n] < 0) parents[n] = none;
    }
    parents[none] = none;
    return 1;
}

/* Of each level, the ancestor of each block, the innermost element first; -1: an error. */
static int chained(Page *page) {
    Py_ssize_t count = page->count;
    int64_t deepest = 0;
    for (Py_ssize_t n = 0; n < count; n++) {
        int64_t depth = page->of_element[DEPTHS][page->of_block[OWNERS][n]];
        if (depth > deepest) deepest = depth;
    }
    page->levels = 1 + (deepest < 3 ? 3 : deepest > CHAIN ? CHAIN : (Py_ssize_t)deepest);
    if (!(page->chain = malloc((size_t)(page->levels * count) * 4))) return PyErr_NoMemory(), -1;
    for (Py_ssize_t n = 0; n < count; n++) page->chain[n] = (int32_t)page->of_block[OWNERS][n];
    for (Py_ssize_t n = count; n < page->levels * count; n++)
        page->chain[n] = (int32_t)page->of_element[PARENTS][page->chain[n - count]];
    return 0;
}

static void summed(Page *page) {
    const double *size = reals(page, SIZE), *linked = reals(page, LINKED_SHARE), *amount = reals(page, AMOUNT);
    for (int k = 0; k < SUMS; k++) page->sums[k][0] = 0.0;
    for (Py_ssize_t n = 0; n < page->count; n++) {
        page->sums[SUM_AMOUNT][n + 1] = page->sums[SUM_AMOUNT][n] + amount[n];
        page->sums[SUM_SIZE][n + 1] = page->sums[SUM_SIZE][n] + size[n];
        page->sums[SUM_LINKED][n + 1] = page->sums[SUM_LINKED][n] + size[n] * linked[n];
        page->sums[SUM_GOOD][n + 1] = page->sums[SUM_GOOD][n] + truths(page, IS_GOOD)[n];
        page->sums[SUM_DIGITS][n + 1] = page->sums[SUM_DIGITS][n] + reals(page, DIGITS)[n] * size[n];
    }
}

/* Logarithms to be taken, a row of `count` each; those of the page's blocks and good text stand behind them. */
enum { LOG_LINKS, LOG_BLOCKS, LOG_INDEX = LOG_BLOCKS + LEVELS, LOG_SIZE_3, LOG_SIZE_8, LOG_ALIKE, LOG_LIST = LOG_ALIKE + 4 };

static double *log_row(Page *page, int which) {
    return page->logs + which * page->count;
}

static void own(Page *page) {
    Py_ssize_t count = page->count;
    for (Py_ssize_t n = 0; n < count; n++) {
        int64_t owner = page->of_block[OWNERS][n], telling = page->of_element[WITHIN][owner];
        double length = page->lengths[n] > 1 ? (double)page->lengths[n] : 1.0;
        own_row(page, LINKED)[n] = (float)reals(page, LINKED_SHARE)[n];
        log_row(page, LOG_LINKS)[n] = (double)page->of_block[LINK_COUNTS][n];
        own_row(page, BOLD)[n] = (float)((double)page->of_block[BOLDS][n] / length);
        own_row(page, GOOD)[n] = truths(page, IS_GOOD)[n];
        own_row(page, DEPTH)[n] = (float)page->of_element[DEPTHS][owner];
        own_row(page, HIDDEN)[n] = (float)page->of_element[IS_HIDDEN][owner];
        own_row(page, ONLY_BLOCK)[n] = (float)blocks_within(page, owner);
        for (Py_ssize_t bit = 0; bit < page->telling; bit++) own_row(page, OWN + bit)[n] = (float)(telling >> bit & 1);
    }
}

static void levels(Page *page) {
    Py_ssize_t count = page->count;
    for (Py_ssize_t level = 0; level < LEVELS; level++) {
        float *row = row_of(page, LEVEL + 4 * level);
        for (Py_ssize_t n = 0; n < count; n++) {
            int64_t at = level < page->levels ? page->chain[level * count + n] : page->none;
            double size = at_least(within(page, SUM_SIZE, at), 1.0), amount = within(page, SUM_AMOUNT, at);
            row[n] = (float)(amount / page->total);
            row[count + n] = (float)(within(page, SUM_LINKED, at) / size);
            log_row(page, LOG_BLOCKS + (int)level)[n] = blocks_within(page, at);
            row[3 * count + n] = (float)(amount / size);
        }
    }
}

/* How each block stands to one element, in six rows. */
static void against(Page *page, int64_t element, Py_ssize_t row) {
    Py_ssize_t count = page->count;
    int64_t first = page->of_element[FIRST][element], end = page->of_element[END][element];
    const int64_t *depths = page->of_element[DEPTHS];
    double span = end - first > 1 ? (double)(end - first) : 1.0;
    float *to = row_of(page, row), share = (float)(within(page, SUM_AMOUNT, element) / page->total);
    for (Py_ssize_t n = 0; n < count; n++) {
        int64_t beyond = n < first ? n - first : n >= end ? n - end + 1 : 0;
        to[n] = n >= first && n < end;
        to[count + n] = share;
        to[2 * count + n] = (float)(depths[page->of_block[OWNERS][n]] - depths[element]);
        to[3 * count + n] = (float)clipped((double)(n - first) / span, -1, 2);
        to[4 * count + n] = (float)clipped((double)(end - n), -50, 200);
        to[5 * count + n] = (float)clipped((double)beyond, -50, 50);
    }
}

/* The good text of an element's children, half its grandchildren's, a quarter of theirs; -1: an error. */
static int scored(Page *page) {
    Py_ssize_t count = page->count, none = page->none;
    double *scores = calloc((size_t)(none + 1) * 2, 8), *part;
    if (!scores) return PyErr_NoMemory(), -1;
    part = scores + none + 1;
    const double *amount = reals(page, AMOUNT);
    memset(page->scratch, 0, (size_t)(none + 1) * 8);
    for (Py_ssize_t n = 0; n < count; n++) {
        scores[page->chain[n]] += amount[n];
        page->scratch[page->chain[n]]++;
    }
    for (Py_ssize_t n = 0; n <= none; n++) scores[n] *= page->scratch[n] > 1;
    for (int level = 1; level <= 3; level++) {
        memset(part, 0, (size_t)(none + 1) * 8);
        for (Py_ssize_t n = 0; n < count; n++) part[page->chain[level * count + n]] += amount[n];
        for (Py_ssize_t n = 0; n <= none; n++) scores[n] += part[n] / (double)(1 << (level - 1));
    }
    scores[none] = 0.0;
    int64_t best = 0;
    for (Py_ssize_t n = 1; n <= none; n++)
        if (scores[n] > scores[best]) best = n;
    float *row = row_of(page, SCORE), most = (float)(scores[best] / page->total);
    for (Py_ssize_t n = 0; n < count; n++) {
        row[n] = (float)(scores[page->chain[count + n]] / page->total);
        row[count + n] = (float)(scores[page->chain[2 * count + n]] / page->total);
        row[2 * count + n] = (float)(scores[page->chain[n]] / page->total);
        row_of(page, BEST_SCORE)[n] = most;
    }
    free(scores);
    against(page, best, BEST);
    for (int k = 0; k < 2; k++) {
        int64_t deepest = 0, depth = -1;
        for (Py_ssize_t n = 0; n < none; n++) {
            int holds = within(page, SUM_AMOUNT, n) >= (k ? 0.8 : 0.5) * page->total;
            if (holds && page->of_element[DEPTHS][n] > depth) depth = page->of_element[DEPTHS][deepest = n];
        }
        against(page, deepest, HOLDS + 6 * k);
    }
    return 0;
}

/* The nearest article and main around each block, and how many there are. */
static void articles(Page *page) {
    Py_ssize_t count = page->count;
    for (int k = 0; k < 2; k++) {
        int64_t fact = k ? IS_MAIN : IS_ARTICLE;
        float *share = row_of(page, ARTICLE + 2 * k), *many = share + count;
        int total = 0;
        for (Py_ssize_t n = 0; n < page->none && total < 20; n++) total += (page->facts[n] & fact) != 0;
        for (Py_ssize_t n = 0; n < count; n++) {
            Py_ssize_t level = 0;
            while (level < page->levels && !(page->facts[page->chain[level * count + n]] & fact)) level++;
            share[n] = level == page->levels
                ? -1.0F : (float)(within(page, SUM_AMOUNT, page->chain[level * count + n]) / page->total);
            many[n] = (float)total;
        }
    }
}

static void placed(Page *page) {
    Py_ssize_t count = page->count;
    double size = at_least(page->sums[SUM_SIZE][count], 1.0);
    for (Py_ssize_t n = 0; n < count; n++) {
        row_of(page, PLACE)[n] = (float)((double)n / (double)count);
        log_row(page, LOG_INDEX)[n] = (double)n;
        row_of(page, GOOD_BEFORE)[n] = (float)(page->sums[SUM_AMOUNT][n] / page->total);
        row_of(page, SIZE_BEFORE)[n] = (float)(page->sums[SUM_SIZE][n] / size);
        row_of(page, PAGE_LINKS)[n] = (float)(page->sums[SUM_LINKED][count] / size);
        row_of(page, PAGE_PURITY)[n] = (float)(page->total / size);
    }
}

/* How a block stands to the nearest good one on a side; `other` is that one, -1 where there is none. */
static void near(Page *page, Py_ssize_t n, Py_ssize_t other, Py_ssize_t row) {
    Py_ssize_t count = page->count;
    const int32_t *parent = page->chain + count, *grandparent = parent + count;
    const int64_t *depths = page->of_element[DEPTHS];
    const int32_t *owner = page->chain;
    float *to = row_of(page, row) + n;
    Py_ssize_t far = other > n ? other - n : n - other;
    int exists = other >= 0;
    to[0] = !exists || far > FAR ? FAR : (float)far;
    to[count] = exists && parent[other] == parent[n];
    to[2 * count] = exists && grandparent[other] == grandparent[n];
    to[3 * count] = exists ? (float)(depths[owner[other]] - depths[owner[n]]) : 99;
    to[4 * count] = exists && page->tag[owner[other]] == page->tag[owner[n]];
}

static void around(Page *page) {
    Py_ssize_t count = page->count, other = -1;
    const uint8_t *good = truths(page, IS_GOOD);
    const double *log_size = reals(page, LOG_SIZE);
    for (Py_ssize_t n = 0; n < count; n++) {
        near(page, n, other, NEAR);
        if (good[n]) other = n;
    }
    other = -1;
    for (Py_ssize_t n = count - 1; n >= 0; n--) {
        near(page, n, other, NEAR + 5);
        if (good[n]) other = n;
    }
    for (Py_ssize_t n = 0; n < count; n++) {
        int64_t facts = page->facts[page->chain[n]];
        row_of(page, HEADING)[n] = (facts & IS_HEADING) != 0;
        row_of(page, PARAGRAPH)[n] = (facts & IS_PARAGRAPH) != 0;
        row_of(page, LONGER)[n] = (float)(log_size[n] - (n + 1 < count ? log_size[n + 1] : 0.0));
        for (int k = 0; k < 2; k++) {
            Py_ssize_t reach = k ? 8 : 3, low = n > reach ? n - reach : 0, high = n + reach + 1 < count ? n + reach + 1 : count;
            double span = (double)(high - low), chars = at_least(page->sums[SUM_SIZE][high] - page->sums[SUM_SIZE][low], 1);
            double links = page->sums[SUM_LINKED][high] - page->sums[SUM_LINKED][low];
            double amount = page->sums[SUM_AMOUNT][high] - page->sums[SUM_AMOUNT][low];
            row_of(page, k ? GOOD_8 : GOOD_3)[n] =
                (float)((page->sums[SUM_GOOD][high] - page->sums[SUM_GOOD][low] - good[n]) / span);
            row_of(page, k ? LINKS_8 : LEVEL + 4 * 3 + 1)[n] = (float)(links / chars); /* both are called links_3 */
            row_of(page, k ? PURITY_8 : LEVEL + 4 * 3 + 3)[n] = (float)(amount / chars);
            log_row(page, k ? LOG_SIZE_8 : LOG_SIZE_3)[n] = chars / span;
        }
    }
}

/* What stands two blocks before each, one before, one behind and two behind. */
static void neighbours(Page *page) {
    static const int steps[] = {-2, -1, 1, 2};
    Py_ssize_t count = page->count;
    for (int k = 0; k < 4; k++) {
        float *row = row_of(page, BESIDE + 8 * k);
        for (Py_ssize_t n = 0; n < count; n++) {
            Py_ssize_t at = n + steps[k];
            int is_there = at >= 0 && at < count;
            int64_t facts = is_there ? page->facts[page->chain[at]] : 0;
            row[n] = is_there ? (float)reals(page, LOG_SIZE)[at] : -1;
            row[count + n] = is_there ? (float)reals(page, LINKED_SHARE)[at] : -1;
            row[2 * count + n] = is_there ? truths(page, SENTENCES)[at] : -1;
            row[3 * count + n] = is_there ? truths(page, IS_GOOD)[at] : -1;
            row[4 * count + n] = is_there ? (facts & IS_HEADING) != 0 : -1;
            row[5 * count + n] = is_there ? (facts & IS_PARAGRAPH) != 0 : -1;
            row[6 * count + n] = is_there ? ((const float *)page->measured[LISTED])[at] : -1;
            row[7 * count + n] = is_there ? truths(page, STOPS)[at] : -1;
        }
    }
}

/* How far each block is from one, -1: there is none; the logarithms are taken. */
static void far_from(Page *page, Py_ssize_t place, Py_ssize_t row) {
    Py_ssize_t count = page->count;
    float *far = row_of(page, row), *good = far + count;
    const double *logs = log_row(page, LOG_INDEX), *sums = page->sums[SUM_AMOUNT];
    for (Py_ssize_t n = 0; n < count; n++) {
        far[n] = place < 0 ? -9 : n < place ? (float)-logs[place - n] : (float)logs[n - place];
        good[n] = place < 0 ? -9 : (float)((sums[n] - sums[place]) / page->total);
    }
}

static void headings(Page *page) {
    Py_ssize_t count = page->count, last = -1;
    const int32_t *owner = page->chain, *parent = page->chain + count;
    const int64_t *depths = page->of_element[DEPTHS];
    const double *sums = page->sums[SUM_AMOUNT];
    for (Py_ssize_t n = 0; n < count; n++) {
        if ((page->facts[owner[n]] & (IS_HEADING | IS_H1)) == IS_HEADING) last = n;
        int exists = last >= 0;
        row_of(page, UNDER_FAR)[n] = !exists ? -1 : n - last > FAR ? FAR : (float)(n - last);
        row_of(page, UNDER_LISTED)[n] = exists ? ((const float *)page->measured[LISTED])[last] : -1;
        row_of(page, UNDER_RELATED)[n] = exists ? ((const float *)page->measured[RELATED])[last] : -1;
        row_of(page, UNDER_PARENT)[n] = exists && parent[last] == parent[n];
        row_of(page, UNDER_DEEPER)[n] = exists ? (float)(depths[owner[last]] - depths[owner[n]]) : 99;
        row_of(page, UNDER_SIZE)[n] = exists ? (float)reals(page, LOG_SIZE)[last] : -1;
        row_of(page, UNDER_GOOD)[n] = exists ? (float)((sums[n] - sums[last]) / page->total) : -1;
    }
}

static void titles(Page *page) {
    for (Py_ssize_t n = 0; n < page->count; n++) {
        row_of(page, TITLE_LIKE)[n] = (float)reals(page, LIKE)[n];
        row_of(page, DESCRIBED)[n] = (float)reals(page, DESCRIBED_BY)[n];
        row_of(page, TOLD)[n] = (float)reals(page, TOLD_BY)[n];
        int64_t number = page->scratch[n], times = page->times[number];
        row_of(page, TIMES)[n] = times > 20 ? 20 : (float)times;
        row_of(page, LATER)[n] = page->first_time[number] < n;
    }
}

/* The number of a key of three numbers among those met before, in a table of `room` (a power of two) places. */
static int64_t code_of(int64_t *places, size_t room, int64_t a, int64_t b, int64_t c, int64_t *met) {
    size_t at = ((uint64_t)a * 0x9e3779b97f4a7c15U ^ (uint64_t)b * 0xc2b2ae3d27d4eb4fU ^ (uint64_t)c * 0x165667b19e3779f9U) >> 20;
    for (at &= room - 1; places[4 * at]; at = (at + 1) & (room - 1))
        if (places[4 * at + 1] == a && places[4 * at + 2] == b && places[4 * at + 3] == c) return places[4 * at] - 1;
    places[4 * at] = ++*met;
    places[4 * at + 1] = a;
    places[4 * at + 2] = b;
    places[4 * at + 3] = c;
    return *met - 1;
}

/* The blocks that are marked up alike, by their names, and by their parent; -1: an error. */
static int grouped(Page *page) {
    Py_ssize_t count = page->count;
    size_t room = 8;
    while (room < (size_t)count * 2) room *= 2;
    int64_t *places = malloc(room * 32);
    double *sums = malloc((size_t)count * 40);
    if (!places || !sums) {
        free(places);
        free(sums);
        return PyErr_NoMemory(), -1;
    }
    const double *size = reals(page, SIZE), *linked = reals(page, LINKED_SHARE), *amount = reals(page, AMOUNT);
    for (int k = 0; k < 2; k++) {
        int64_t met = 0;
        memset(places, 0, room * 32);
        memset(sums, 0, (size_t)count * 40);
        for (Py_ssize_t n = 0; n < count; n++) {
            int64_t owner = page->chain[n], parent = page->of_element[PARENTS][owner];
            int64_t code = k ? code_of(places, room, page->tag[owner], parent, 0, &met)
                             : code_of(places, room, page->tag[owner], page->name[owner], page->name[parent], &met);
            double *sum = sums + 5 * code;
            page->scratch[n] = code;
            sum[0] += 1;
            sum[1] += amount[n];
            sum[2] += size[n] * linked[n];
            sum[3] += size[n];
            sum[4] += truths(page, IS_GOOD)[n];
        }
        float *row = row_of(page, ALIKE + 5 * k);
        for (Py_ssize_t n = 0; n < count; n++) {
            const double *sum = sums + 5 * page->scratch[n];
            log_row(page, LOG_ALIKE + 2 * k)[n] = sum[0];
            row[count + n] = (float)(sum[1] / page->total);
            row[2 * count + n] = (float)(sum[2] / at_least(sum[3], 1));
            log_row(page, LOG_ALIKE + 2 * k + 1)[n] = sum[3] / sum[0];
            row[4 * count + n] = (float)(sum[4] / sum[0]);
        }
    }
    free(places);
    free(sums);
    return 0;
}

/* The outermost list or table near each block. */
static void lists(Page *page) {
    Py_ssize_t count = page->count, reach = page->levels < IN_LIST ? page->levels : IN_LIST;
    const uint8_t *good = truths(page, IS_GOOD), *colon = truths(page, COLONS);
    for (Py_ssize_t n = 0; n < count; n++) {
        float *row = row_of(page, LIST) + n;
        Py_ssize_t level = reach - 1;
        while (level >= 0 && !(page->facts[page->chain[level * count + n]] & IS_LIST)) level--;
        if (level < 0) {
            for (int k = 0; k < 10; k++) row[k * count] = -1;
            log_row(page, LOG_LIST)[n] = log_row(page, LOG_LIST + 1)[n] = 0;
            continue;
        }
        int64_t group = page->chain[level * count + n], first = page->of_element[FIRST][group], end = page->of_element[END][group];
        double blocks = blocks_within(page, group), chars = at_least(within(page, SUM_SIZE, group), 1);
        log_row(page, LOG_LIST)[n] = blocks;
        row[LIST_LINKS * count] = (float)(within(page, SUM_LINKED, group) / chars);
        log_row(page, LOG_LIST + 1)[n] = chars / at_least(blocks, 1);
        row[LIST_GOOD * count] = (float)(within(page, SUM_AMOUNT, group) / chars);
        row[LIST_DIGITS * count] = (float)(within(page, SUM_DIGITS, group) / chars);
        row[LIST_AROUND * count] = (float)(within(page, SUM_AMOUNT, page->of_element[PARENTS][group]) / page->total);
        row[LIST_BEFORE * count] = first > 0 ? good[first - 1] : 0;
        row[LIST_AFTER * count] = end < count ? good[end] : 0;
        row[LIST_COLON * count] = first > 0 ? colon[first - 1] : 0;
        row[LIST_AT * count] = (float)((double)(n - first) / (end - first > 1 ? (double)(end - first) : 1.0));
        row[LIST_BLOCKS * count] = row[LIST_SIZE * count] = 0; /* their logarithms follow */
    }
}

/* How much the names and tags of the elements around each block speak for the story. */
static void names(Page *page) {
    Py_ssize_t count = page->count;
    for (Py_ssize_t n = 0; n < count; n++) {
        float *row = row_of(page, NAMED) + n;
        double sum = 0, least = 0, most = 0;
        for (Py_ssize_t level = 0; level < page->levels; level++) {
            double score = page->name_score[page->chain[level * count + n]];
            sum = level ? sum + score : score;
            if (!level || score < least) least = score;
            if (!level || score > most) most = score;
            if (level < 3) row[level * count] = (float)score;
            if (level == 3) row[3 * count] = (float)sum;
        }
        row[4 * count] = (float)least;
        row[5 * count] = (float)most;
        row[6 * count] = (float)sum;
        row[7 * count] = (float)page->tag_score[page->chain[n]];
        row[8 * count] = (float)page->tag_score[page->chain[count + n]];
    }
}

/* Let NumPy take the logarithms, and put them into their rows; -1: an error. */
static int logarithms(Page *page, PyObject *log1p) {
    Py_ssize_t count = page->count;
    page->logs[LOGS * count] = (double)count;
    page->logs[LOGS * count + 1] = page->total;
    PyObject *raw = PyBytes_FromStringAndSize((char *)page->logs, (LOGS * count + 2) * 8);
    PyObject *answer = raw ? PyObject_CallFunctionObjArgs(log1p, raw, NULL) : NULL;
    Py_XDECREF(raw);
    Py_buffer taken;
    if (!answer || PyObject_GetBuffer(answer, &taken, PyBUF_SIMPLE) < 0) return Py_XDECREF(answer), -1;
    int fits = taken.len == (LOGS * count + 2) * 8;
    if (fits) memcpy(page->logs, taken.buf, (size_t)taken.len);
    PyBuffer_Release(&taken);
    Py_DECREF(answer);
    if (!fits) return unfit(), -1;
    for (Py_ssize_t n = 0; n < count; n++) {
        own_row(page, LINKS)[n] = (float)log_row(page, LOG_LINKS)[n];
        for (int level = 0; level < LEVELS; level++)
            row_of(page, LEVEL + 4 * level + 2)[n] = (float)log_row(page, LOG_BLOCKS + level)[n];
        row_of(page, INDEX)[n] = (float)log_row(page, LOG_INDEX)[n];
        row_of(page, PAGE_BLOCKS)[n] = (float)page->logs[LOGS * count];
        row_of(page, PAGE_GOOD)[n] = (float)page->logs[LOGS * count + 1];
        row_of(page, SIZE_3)[n] = (float)log_row(page, LOG_SIZE_3)[n];
        row_of(page, SIZE_8)[n] = (float)log_row(page, LOG_SIZE_8)[n];
        for (int k = 0; k < 2; k++) {
            row_of(page, ALIKE + 5 * k)[n] = (float)log_row(page, LOG_ALIKE + 2 * k)[n];
            row_of(page, ALIKE + 5 * k + 3)[n] = (float)log_row(page, LOG_ALIKE + 2 * k + 1)[n];
        }
        float *list = row_of(page, LIST);
        if (list[LIST_BLOCKS * count + n] < 0) continue;
        list[LIST_BLOCKS * count + n] = (float)log_row(page, LOG_LIST)[n];
        list[LIST_SIZE * count + n] = (float)log_row(page, LOG_LIST + 1)[n];
    }
    return 0;
}

/* Room for what is found of the elements and blocks; -1: an error. */
static int roomy(Page *page) {
    size_t blocks = (size_t)page->count + 1, elements = (size_t)page->none + 1;
    size_t both = blocks > elements ? blocks : elements;
    int64_t **of_blocks[] = {&page->lengths, &page->times, &page->first_time}, **of_elements[] = {&page->tag, &page->facts, &page->name};
    int failed = !(page->scratch = malloc(both * 8));
    for (int k = 0; k < 3; k++) {
        failed |= !(*of_blocks[k] = malloc(blocks * 8));
        failed |= !(*of_elements[k] = malloc(elements * 8));
    }
    for (int k = 0; k < SUMS; k++) failed |= !(page->sums[k] = malloc(blocks * 8));
    failed |= !(page->logs = malloc((size_t)(LOGS * page->count + 2) * 8));
    failed |= !(page->name_score = malloc(elements * 8)) || !(page->tag_score = malloc(elements * 8));
    return failed ? PyErr_NoMemory(), -1 : 0;
}

static void left(Page *page) {
    void *rooms[] = {page->lengths, page->times, page->first_time, page->scratch, page->tag, page->facts, page->name,
        page->name_score, page->tag_score, page->chain, page->logs};
    for (size_t k = 0; k < sizeof rooms / sizeof *rooms; k++) free(rooms[k]);
    for (int k = 0; k < OF_BLOCKS; k++) free(page->of_block[k]);
    for (int k = 0; k < OF_ELEMENTS; k++) free(page->of_element[k]);
    for (int k = 0; k < SUMS; k++) free(page->sums[k]);
}

/* Read the lists of the blocks: texts, three of numbers, tags, names, six of numbers; -1: an error. */
static int read_lists(Page *page, PyObject *lists, PyObject *facts, PyObject *tag_scores, PyObject *name_scores) {
    if (PyTuple_Size(lists) != 3 + OF_BLOCKS + OF_ELEMENTS) return unfit(), -1;
    PyObject *texts = PyTuple_GetItem(lists, 0), *tags = PyTuple_GetItem(lists, 1), *names = PyTuple_GetItem(lists, 2);
    if (!PyList_Check(texts) || !PyList_Check(tags) || !PyList_Check(names)) return unfit(), -1;
    page->count = PyList_Size(texts);
    page->none = PyList_Size(tags);
    if (!page->count || !page->none || PyList_Size(names) != page->none || page->none >= INT32_MAX) return unfit(), -1;
    if (roomy(page) < 0) return -1;
    for (int k = 0; k < OF_BLOCKS; k++)
        if (whole_numbers(PyTuple_GetItem(lists, 3 + k), page->count, &page->of_block[k]) < 0) return -1;
    for (int k = 0; k < OF_ELEMENTS; k++)
        if (whole_numbers(PyTuple_GetItem(lists, 3 + OF_BLOCKS + k), page->none, &page->of_element[k]) < 0) return -1;
    if (!sound(page)) return unfit(), -1;
    return named(page, tags, names, facts, tag_scores, name_scores) < 0 || chained(page) < 0 ? -1 : 0;
}

/* columns(table, lists, measured, facts, tag_scores, name_scores, telling, title, total, log1p): fill the table, of 32 bits a
   number, a row of all blocks for each feature. `title` is the block of the title, -1: none is. */
PyObject *block_columns(PyObject *self, PyObject *args) {
    Page page = {0};
    PyObject *lists_, *measured, *facts, *tag_scores, *name_scores, *log1p, *answer = NULL;
    Py_buffer table, views[MEASURED];
    Py_ssize_t title, h1 = -1;
    int read = 0;
    if (!PyArg_ParseTuple(args, "w*O!O!O!O!O!nndO", &table, &PyTuple_Type, &lists_, &PyTuple_Type, &measured, &PyDict_Type, &facts,
                          &PyDict_Type, &tag_scores, &PyDict_Type, &name_scores, &page.telling, &title, &page.total, &log1p))
        return NULL;
    int failed = read_lists(&page, lists_, facts, tag_scores, name_scores) < 0;
    if (!failed && PyTuple_Size(measured) == MEASURED)
        for (; read < MEASURED; read++) {
            if (PyObject_GetBuffer(PyTuple_GetItem(measured, read), &views[read], PyBUF_SIMPLE) < 0) break;
            page.measured[read] = views[read].buf;
            if (views[read].len != page.count * WIDTHS[read]) failed = 1;
        }
    failed = failed || read < MEASURED || page.telling < 0 || page.telling > 62 || title < -1 || title >= page.count ||
        !(page.total >= 1) || table.len != (OWN + page.telling + ROWS) * page.count * 4;
    if (!failed) {
        page.table = table.buf;
        failed = repeated(&page, PyTuple_GetItem(lists_, 0)) < 0;
    }
    if (!failed) {
        summed(&page);
        titles(&page);
        own(&page);
        levels(&page);
        articles(&page);
        placed(&page);
        around(&page);
        neighbours(&page);
        headings(&page);
        lists(&page);
        names(&page);
        failed = scored(&page) < 0 || grouped(&page) < 0 || logarithms(&page, log1p) < 0;
    }
    if (!failed) {
        for (Py_ssize_t n = 0; n < page.count && h1 < 0; n++)
            if (page.facts[page.chain[n]] & IS_H1) h1 = n;
        far_from(&page, title, TITLE_FAR);
        far_from(&page, h1, H1_FAR);
        Py_INCREF(Py_None);
        answer = Py_None;
    } else {
        unfit();
    }
    while (read) PyBuffer_Release(&views[--read]);
    PyBuffer_Release(&table);
    left(&page);
    return answer;
}
