/* The posting lists of a segment as the kernel holds them (indexer/storage/postings), and a term's postings among them. */

#define TEXT_BITS 2
#define ALL_FIELDS -1
#define FIT 4       /* a frequency so large stands apart */
#define RANKED 512  /* postings between two counts of those that stand apart */
#define NO_TEXT INT64_MAX
#define NEIGHBOURS 6 /* terms whose long ones are sought together, as a power of two */
#define PAIRS UINT64_C(0x5555555555555555)

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
    uint32_t *long_from;  /* of so many neighbours: how many of the long terms stand before them, and before the next */
} Lists;

static inline int hold(PyObject *from, Array *to, int flags) {
    if (PyObject_GetBuffer(from, &to->view, flags) < 0) return -1;
    to->length = to->view.itemsize ? to->view.len / to->view.itemsize : 0;
    to->held = 1;
    return 0;
}

static inline void drop(Array *one) {
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

static inline PyObject *damaged(void) {
    PyErr_SetString(PyExc_ValueError, "the arrays of a segment do not go together");
    return NULL;
}

/* The first place in [low, high) of a sorted array that is not below a number. */
static inline Py_ssize_t bisect(const Array *one, Py_ssize_t low, Py_ssize_t high, int64_t number) {
    while (low < high) {
        Py_ssize_t middle = low + (high - low) / 2;
        if (at(one, middle) < number) low = middle + 1; else high = middle;
    }
    return low;
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

static inline int term_open(Term *term, const Lists *lists, int64_t number) {
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
        const uint32_t *from = lists->long_from + (number >> NEIGHBOURS);
        Py_ssize_t before = bisect(&a[LONG], from[0], from[1], number);
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
static inline Py_ssize_t apart_before(Term *term, Py_ssize_t place) {
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

static inline int64_t over(const Lists *lists, Py_ssize_t place) {
    const Array *where = &lists->a[OVER_AT];
    Py_ssize_t found = bisect(where, 0, length(where), place);
    return found < length(where) && at(where, found) == place ? at(&lists->a[OVER_BY], found) : 0;
}
