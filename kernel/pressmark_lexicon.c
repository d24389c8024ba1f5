/* The forms of a word: a typed word and keys of its stems -> the forms of a segment that share one of them; a typed word
   and a number of edits -> the forms that are so near.

The arrays are those of indexer/storage/terms: sorted words without characters of control, each with a line feed, and
where one in STEP of them begins; and maps of keys, which have such words, where the forms of each key begin, and the
numbers of these forms. What is read from a file and used as a place is compared with what it is a place in: damage
raises ValueError. */

#define PY_SSIZE_T_CLEAN
#define Py_LIMITED_API 0x030B0000
#include "pressmark_room.h"
#include <stdint.h>
#include <string.h>
#include "pressmark_lexicon.h"

#define STEP 16    /* words between two whose place is written: that of term_dictionary.py */
#define MAPS 17    /* of keys: one of folded spellings, and those of languages */
#define LETTERS 64 /* of a word that others are near to, and of these: MAX_LETTERS of levenshtein.py */
#define BLOCK 256  /* signatures that are compared together */
#define WIDE 32    /* heads that are compared together: the processor waits for their memory at once */
#define LEVELS 8   /* of heads; more than 32 bits can count */
#define FEEDS UINT64_C(0x0A0A0A0A0A0A0A0A)
#define ONES UINT64_C(0x0101010101010101)
#define NO_KEY UINT32_MAX
#define MISSING -1
#define DAMAGE -2
#define NONE 2

/* Sorted words. Their heads are the first eight bytes of each step's first word, as a number that sorts as they do; of
   these on the level below, every WIDE-th makes a level above it, so that few lines of memory lead to a word. */
typedef struct {
    Py_buffer text, at;  /* 8 and 32 bits */
    Py_ssize_t steps;
    uint64_t *heads, *level[LEVELS];
    int levels;
} Words;

typedef struct {
    Words keys;
    Py_buffer ends, forms;  /* 32 bits */
    uint32_t *of_form;      /* the number of a key of each form, or NO_KEY; NULL: not made yet */
} Map;

typedef struct {
    Words forms;
    Py_buffer postings;  /* where those of each form begin; 32 or 64 bits */
    Map maps[MAPS];
    Py_ssize_t count;    /* of maps */
    Py_buffer *held[3 + 4 * MAPS];
    int many;            /* buffers that are held */
} Lexicon;

static PyObject *damaged(void) {
    PyErr_SetString(PyExc_ValueError, "the arrays of a segment do not go together");
    return NULL;
}

static void forget(PyObject *capsule) {
    Lexicon *lexicon = PyCapsule_GetPointer(capsule, "lexicon");
    if (!lexicon) return;
    while (lexicon->many) PyBuffer_Release(lexicon->held[--lexicon->many]);
    PyMem_Free(lexicon->forms.heads);
    for (int i = 0; i < MAPS; i++) {
        PyMem_Free(lexicon->maps[i].keys.heads);
        PyMem_Free(lexicon->maps[i].of_form);
    }
    PyMem_Free(lexicon);
}

static int hold(Lexicon *lexicon, PyObject *from, Py_buffer *to, Py_ssize_t size) {
    if (!from || PyObject_GetBuffer(from, to, PyBUF_C_CONTIGUOUS) < 0) return -1;
    lexicon->held[lexicon->many++] = to;
    if (to->itemsize == size || (!size && (to->itemsize == 4 || to->itemsize == 8))) return 0;
    damaged();
    return -1;
}

/* The first eight bytes of a word, or fewer and zeros, as a number that sorts as they do; a word ends at a line feed, or
   at `size` without one. Returns how many bytes stand before the line feed; 8: there is none among these. */
static inline int head_of(const char *word, Py_ssize_t size, uint64_t *head) {
    uint64_t bytes = 0;
    if (size >= 8) memcpy(&bytes, word, 8);
    else if (size > 0) memcpy(&bytes, word, (size_t)size);
    uint64_t feed = ((bytes ^ FEEDS) - ONES) & ~(bytes ^ FEEDS) & ONES << 7;  /* its lowest bit is that of the first */
    int before = feed ? __builtin_ctzll(feed) >> 3 : 8;
    if (feed) bytes &= (UINT64_C(1) << (before << 3)) - 1;
    *head = __builtin_bswap64(bytes);
    return before;
}

/* Make the heads of words; -1: an error. */
static int make_heads(Words *words) {
    Py_ssize_t many = words->steps, total = 0;
    const uint32_t *at = words->at.buf;
    for (Py_ssize_t left = many; ; left = (left + WIDE - 1) / WIDE) {
        total += (left / WIDE + 1) * WIDE;
        if (left <= WIDE) break;
    }
    words->heads = PyMem_Malloc((size_t)(total + WIDE) * sizeof(uint64_t));
    if (!words->heads) { PyErr_NoMemory(); return -1; }
    uint64_t *level = (uint64_t *)(((uintptr_t)words->heads + 63) & ~(uintptr_t)63), *below = NULL;
    for (;; many = (many + WIDE - 1) / WIDE) {
        Py_ssize_t room = (many / WIDE + 1) * WIDE;
        for (Py_ssize_t i = 0; i < room; i++) {
            if (i >= many) level[i] = UINT64_MAX;
            else if (below) level[i] = below[i * WIDE];
            else if (at[i] >= words->text.len) { damaged(); return -1; }
            else head_of((const char *)words->text.buf + at[i], words->text.len - at[i], &level[i]);
        }
        words->level[words->levels++] = below = level;
        if (many <= WIDE) return 0;
        level += room;
    }
}

static int hold_words(Lexicon *lexicon, PyObject *text, PyObject *at, Words *words) {
    if (hold(lexicon, text, &words->text, 1) < 0 || hold(lexicon, at, &words->at, 4) < 0) return -1;
    words->steps = words->at.len / 4 - 2;
    if (words->steps >= 0) return make_heads(words);
    damaged();
    return -1;
}

/* lexicon(text, at, postings, maps): the forms of a segment, and for each map its text, at, ends and forms. */
PyObject *lexicon_open(PyObject *self, PyObject *args) {
    PyObject *text, *at, *postings, *maps;
    if (!PyArg_ParseTuple(args, "OOOO!", &text, &at, &postings, &PyTuple_Type, &maps)) return NULL;
    Lexicon *lexicon = PyMem_Calloc(1, sizeof(Lexicon));
    if (!lexicon) return PyErr_NoMemory();
    PyObject *capsule = PyCapsule_New(lexicon, "lexicon", forget);
    if (!capsule) { PyMem_Free(lexicon); return NULL; }
    lexicon->count = PyTuple_Size(maps);
    int failed = lexicon->count > MAPS;
    if (failed) damaged();
    failed = failed || hold_words(lexicon, text, at, &lexicon->forms) < 0 || hold(lexicon, postings, &lexicon->postings, 0) < 0;
    for (Py_ssize_t i = 0; i < lexicon->count && !failed; i++) {
        PyObject *own = PyTuple_GetItem(maps, i), *of[4];
        failed = !PyTuple_Check(own) || PyTuple_Size(own) != 4;
        if (failed) { damaged(); break; }
        for (int j = 0; j < 4; j++) of[j] = PyTuple_GetItem(own, j);
        Map *map = &lexicon->maps[i];
        failed = hold_words(lexicon, of[0], of[1], &map->keys) < 0 || hold(lexicon, of[2], &map->ends, 4) < 0 ||
            hold(lexicon, of[3], &map->forms, 4) < 0;
    }
    if (failed) { Py_DECREF(capsule); return NULL; }
    return capsule;
}

/* Where the word with a number begins; its end is given too. -1: damage. */
static Py_ssize_t word_begin(const Words *words, Py_ssize_t number, Py_ssize_t *end) {
    const uint32_t *at = words->at.buf;
    const char *text = words->text.buf;
    Py_ssize_t size = words->text.len, begin;
    if (number < 0 || number / STEP >= words->at.len / 4 - 2) return -1;
    begin = at[number / STEP];
    for (Py_ssize_t left = number % STEP; ; left--) {
        const char *found = begin < size ? memchr(text + begin, '\n', (size_t)(size - begin)) : NULL;
        if (!found) return -1;
        *end = found - text;
        if (!left) return begin;
        begin = *end + 1;
    }
}

/* Compare a word with that which begins at a place and ends at a line feed: below 0, 0, or above 0. */
static int compared(const Words *words, Py_ssize_t begin, const char *word, Py_ssize_t length) {
    const char *text = (const char *)words->text.buf + begin;
    Py_ssize_t left = words->text.len - begin;
    int order = memcmp(word, text, (size_t)(length < left ? length : left));
    if (order) return order;
    return length < left && text[length] == '\n' ? 0 : -1;
}

/* How many words of a level have a head below this one, from the first of so many neighbours on; 0: none has. */
static inline Py_ssize_t below_on(const uint64_t *level, Py_ssize_t from, uint64_t head) {
    Py_ssize_t count = from;
    for (int i = 0; i < WIDE; i++) count += level[from + i] < head;
    return count;
}

/* How many steps have a head below this one. */
static Py_ssize_t heads_below(const Words *words, uint64_t head) {
    Py_ssize_t from = 0, count = 0;
    for (int level = words->levels; level-- > 0; from = (count - 1) * WIDE) {
        count = below_on(words->level[level], from, head);
        if (!count) return 0;
    }
    return count;
}

/* Send for what `find` reads of one word in several lists of words, all of them at once: else it waits for each in turn. */
static void fetch(const Words *const *lists, int many, const char *word, Py_ssize_t length) {
    Py_ssize_t count[MAPS + 1] = {0}, from[MAPS + 1] = {0};
    uint64_t head;
    head_of(word, length, &head);
    for (int depth = LEVELS; depth-- > 0;)
        for (int i = 0; i < many; i++) {
            const Words *words = lists[i];
            if (depth >= words->levels || from[i] < 0) continue;
            count[i] = below_on(words->level[depth], from[i], head);
            from[i] = (count[i] - 1) * WIDE;
            if (depth && count[i])
                for (int line = 0; line < WIDE; line += 8) __builtin_prefetch(words->level[depth - 1] + from[i] + line);
            else if (count[i])
                __builtin_prefetch((const uint32_t *)words->at.buf + count[i] - 1);
        }
    for (int i = 0; i < many; i++) {
        if (!count[i]) continue;
        const char *text = lists[i]->text.buf;
        Py_ssize_t begin = ((const uint32_t *)lists[i]->at.buf)[count[i] - 1];
        for (int line = 0; line < 192 && begin + line < lists[i]->text.len; line += 64) __builtin_prefetch(text + begin + line);
    }
}

/* The number of a word without a line feed; MISSING or DAMAGE. */
static Py_ssize_t find(const Words *words, const char *word, Py_ssize_t length) {
    const uint32_t *at = words->at.buf;
    const char *text = words->text.buf;
    Py_ssize_t size = words->text.len;
    uint64_t head, own;
    head_of(word, length, &head);
    Py_ssize_t low = heads_below(words, head), high = low;
    if (low < words->steps && words->level[0][low] == head) high = head == UINT64_MAX ? words->steps : heads_below(words, head + 1);
    while (low < high) {  /* the first step that begins behind the word */
        Py_ssize_t middle = low + (high - low) / 2;
        if (at[middle] >= size) return DAMAGE;  /* the file was another when the heads were made */
        if (compared(words, at[middle], word, length) < 0) high = middle; else low = middle + 1;
    }
    if (!low) return MISSING;
    Py_ssize_t begin = at[low - 1];
    for (int i = 0; i < STEP && begin < size; i++) {
        int before = head_of(text + begin, size - begin, &own);
        if (own > head) return MISSING;
        if (own == head) {
            int order = compared(words, begin, word, length);
            if (!order) return (low - 1) * STEP + i;
            if (order < 0) return MISSING;
        }
        if (before == 8) {
            const char *end = size - begin > 8 ? memchr(text + begin + 8, '\n', (size_t)(size - begin - 8)) : NULL;
            if (!end) return DAMAGE;
            begin = end - text + 1;
        } else {
            begin += before + 1;
        }
    }
    return MISSING;
}

/* Some forms, each once, in order. */
typedef struct {
    int64_t *terms;  /* room for KIN */
    int many;
} Kin;

/* Add a form; -1: there are too many. */
static int add_kin(Kin *kin, int64_t term) {
    int at = kin->many;
    while (at && kin->terms[at - 1] > term) at--;
    if (at && kin->terms[at - 1] == term) return 0;
    if (kin->many == KIN) return -1;
    memmove(&kin->terms[at + 1], &kin->terms[at], (size_t)(kin->many++ - at) * sizeof(int64_t));
    kin->terms[at] = term;
    return 0;
}

/* Add the forms of a map's key. 1: done, NONE: it has none, 0: there are too many, DAMAGE. */
static int add_forms(const Map *map, Py_ssize_t at, Kin *kin) {
    const uint32_t *ends = map->ends.buf, *forms = map->forms.buf;
    if (at + 1 >= map->ends.len / 4 || ends[at] > ends[at + 1] || ends[at + 1] > map->forms.len / 4) return DAMAGE;
    for (uint32_t i = ends[at]; i < ends[at + 1]; i++)
        if (add_kin(kin, forms[i]) < 0) return 0;
    return ends[at] < ends[at + 1] ? 1 : NONE;
}

/* Add the forms that have a key in a map. 1: done, 0: the caller is to find all forms, DAMAGE. `own` is the form that was
   typed, or MISSING; `is_own`: the key is spelled like it. A key that only the form spelled like it has is in no map, and whether a form has it is for a stemmer to say. */
static int add_key(const Lexicon *lexicon, Py_ssize_t number, const char *key, Py_ssize_t length, Py_ssize_t own,
                   int is_own, Kin *kin) {
    Py_ssize_t at = find(&lexicon->maps[number].keys, key, length);
    if (at == DAMAGE) return DAMAGE;
    if (at != MISSING) {
        int done = add_forms(&lexicon->maps[number], at, kin);
        if (done != NONE) return done;
    }
    if (is_own) return 1;
    Py_ssize_t form = find(&lexicon->forms, key, length);
    if (form == DAMAGE) return DAMAGE;
    if (form == MISSING || form == own) return 1;
    if (number) return 0;
    for (Py_ssize_t i = 0; i < length; i++)
        if (key[i] & 0x80) return 0;
    return add_kin(kin, form) < 0 ? 0 : 1;
}

/* How many postings a form has; below 0: damage. */
static int64_t postings_of(const Lexicon *lexicon, int64_t term) {
    Py_ssize_t terms = lexicon->postings.len / lexicon->postings.itemsize - 1;
    const uint32_t *four = lexicon->postings.buf;
    const int64_t *eight = lexicon->postings.buf;
    if (term >= terms) return -1;
    return lexicon->postings.itemsize == 4 ? (int64_t)four[term + 1] - four[term] : eight[term + 1] - eight[term];
}

/* The form with a number. */
static PyObject *form_of(const Lexicon *lexicon, int64_t term) {
    Py_ssize_t end, begin = word_begin(&lexicon->forms, (Py_ssize_t)term, &end);
    return begin < 0 ? damaged() : PyUnicode_DecodeUTF8((const char *)lexicon->forms.text.buf + begin, end - begin, NULL);
}

/* The forms with some numbers, these numbers, and how many postings each has. */
static PyObject *three(const Lexicon *lexicon, const int64_t *numbers, Py_ssize_t many) {
    PyObject *lists[3] = {PyList_New(many), PyList_New(many), PyList_New(many)}, *made = NULL;
    Py_ssize_t terms = lexicon->postings.len / lexicon->postings.itemsize - 1;
    int failed = !lists[0] || !lists[1] || !lists[2];
    for (Py_ssize_t i = 0; i < many && !failed; i++) {
        if (numbers[i] >= terms) { damaged(); failed = 1; break; }
        PyObject *of[3] = {
            form_of(lexicon, numbers[i]), PyLong_FromLongLong(numbers[i]), PyLong_FromLongLong(postings_of(lexicon, numbers[i])),
        };
        for (int j = 0; j < 3; j++) {
            if (!of[j]) failed = 1;
            PyList_SetItem(lists[j], i, of[j]);
        }
    }
    if (!failed) made = PyTuple_Pack(3, lists[0], lists[1], lists[2]);
    for (int j = 0; j < 3; j++) Py_XDECREF(lists[j]);
    return made;
}

/* Note the key of each form in a map; -1: an error. Of several keys of one form, the last. */
static int note_keys(const Lexicon *lexicon, Map *map) {
    Py_ssize_t terms = lexicon->postings.len / lexicon->postings.itemsize - 1, keys = map->ends.len / 4 - 1;
    const uint32_t *ends = map->ends.buf, *forms = map->forms.buf;
    uint32_t *of_form = terms < 0 ? NULL : PyMem_Malloc((size_t)terms * sizeof(uint32_t) + 1);
    if (!of_form) { PyErr_NoMemory(); return -1; }
    memset(of_form, 0xff, (size_t)terms * sizeof(uint32_t));
    for (Py_ssize_t key = 0; key < keys; key++) {
        int is_whole = ends[key] <= ends[key + 1] && ends[key + 1] <= map->forms.len / 4;
        for (uint32_t i = ends[key]; is_whole && i < ends[key + 1]; i++)
            if (forms[i] < terms) of_form[forms[i]] = (uint32_t)key;
            else is_whole = 0;
        if (!is_whole) { PyMem_Free(of_form); damaged(); return -1; }
    }
    map->of_form = of_form;
    return 0;
}

/* What `kin_terms` gives for a form of the segment, by the stem that was written of it: no stemmer is needed. UNWRITTEN: it
   is no form, or there is not one language. */
static int kin_of_form(Lexicon *lexicon, const char *word, Py_ssize_t length, int64_t terms[KIN]) {
    Kin kin = {.terms = terms};
    Map *spelled = &lexicon->maps[0], *stemmed = &lexicon->maps[1];
    if (lexicon->count != 2) return UNWRITTEN;
    if (!stemmed->of_form && note_keys(lexicon, stemmed) < 0) return -1;
    const Words *lists[3] = {&lexicon->forms, &spelled->keys, &stemmed->keys};
    fetch(lists, 3, word, length);
    Py_ssize_t own = find(&lexicon->forms, word, length), many = lexicon->postings.len / lexicon->postings.itemsize - 1;
    if (own == MISSING) return UNWRITTEN;
    if (own == DAMAGE || own >= many) return damaged(), -1;
    __builtin_prefetch(stemmed->of_form + own);
    add_kin(&kin, own);
    int done = add_key(lexicon, 0, word, length, own, 1, &kin);
    if (done == 1) done = add_key(lexicon, 1, word, length, own, 1, &kin);
    uint32_t key = stemmed->of_form[own];
    if (done == 1 && key != NO_KEY) done = add_forms(stemmed, key, &kin);
    if (done == DAMAGE) return damaged(), -1;
    return done ? kin.many : UNKNOWN;
}

int kin_terms(PyObject *capsule, PyObject *typed, PyObject *keys, int64_t terms[KIN]) {
    Lexicon *lexicon = PyCapsule_GetPointer(capsule, "lexicon");
    if (!lexicon) return -1;
    Kin kin = {.terms = terms};
    Py_ssize_t length, own = MISSING;
    int done = 1;
    const char *word = PyUnicode_AsUTF8AndSize(typed, &length);
    if (!word || memchr(word, '\n', (size_t)length)) {  /* half of a pair is in no form */
        PyErr_Clear();
        return UNKNOWN;
    }
    if (keys == Py_None) return kin_of_form(lexicon, word, length, terms);
    own = find(&lexicon->forms, word, length);
    if (own == DAMAGE) return damaged(), -1;
    if (own != MISSING) add_kin(&kin, own);
    for (Py_ssize_t i = 0; i < PyTuple_Size(keys) && done == 1; i++) {
        Py_ssize_t number, size;
        PyObject *pair = PyTuple_GetItem(keys, i);
        if (!PyTuple_Check(pair)) return damaged(), -1;
        if (PyTuple_Size(pair) != 2) return UNKNOWN;
        PyObject *spelled = PyTuple_GetItem(pair, 1);
        number = PyLong_AsSsize_t(PyTuple_GetItem(pair, 0));
        const char *key = PyUnicode_Check(spelled) ? PyUnicode_AsUTF8AndSize(spelled, &size) : NULL;
        if (PyErr_Occurred() || !key) {
            PyErr_Clear();
            return UNKNOWN;
        }
        if (number < 0 || number >= lexicon->count) return damaged(), -1;
        int is_own = size == length && !memcmp(key, word, (size_t)size);
        done = memchr(key, '\n', (size_t)size) ? 0 : add_key(lexicon, number, key, size, own, is_own, &kin);
    }
    if (done == DAMAGE) return damaged(), -1;
    return done ? kin.many : UNKNOWN;
}

PyObject *kin_lists(PyObject *capsule, const int64_t *terms, int many) {
    Lexicon *lexicon = PyCapsule_GetPointer(capsule, "lexicon");
    return lexicon ? three(lexicon, terms, many) : NULL;
}

PyObject *kin_forms(PyObject *capsule, const int64_t *terms, int many) {
    Lexicon *lexicon = PyCapsule_GetPointer(capsule, "lexicon");
    if (!lexicon) return NULL;
    int64_t count[KIN];
    int order[KIN], held = 0;
    for (int i = 0; i < many; i++) {
        int64_t own = postings_of(lexicon, terms[i]);
        int at = held;
        if (own < 0) return damaged();
        if (!own) continue;
        for (; at && count[at - 1] < own; at--) {
            count[at] = count[at - 1];
            order[at] = order[at - 1];
        }
        count[at] = own;
        order[at] = i;
        held++;
    }
    PyObject *forms = PyTuple_New(held);
    for (int i = 0; i < held && forms; i++) {
        PyObject *form = form_of(lexicon, terms[order[i]]);
        if (form) PyTuple_SetItem(forms, i, form);
        else Py_CLEAR(forms);
    }
    return forms;
}

/* kin(lexicon, typed, keys) -> the forms that share a key with what was typed, their numbers, and how many postings each
   has, in order; None where the caller is to find them. `keys` are the number of a map and a key each. */
PyObject *lexicon_kin(PyObject *self, PyObject *args) {
    PyObject *capsule, *typed, *keys;
    int64_t terms[KIN];
    if (!PyArg_ParseTuple(args, "OUO!", &capsule, &typed, &PyTuple_Type, &keys)) return NULL;
    int many = kin_terms(capsule, typed, keys, terms);
    if (many == UNKNOWN) Py_RETURN_NONE;
    return many < 0 ? NULL : kin_lists(capsule, terms, many);
}

/* The number of the first word that begins with these bytes or, `past`, of the first behind all that do; DAMAGE. */
static Py_ssize_t first_from(const Words *words, const char *wanted, Py_ssize_t length, int past) {
    const uint32_t *at = words->at.buf;
    const char *text = words->text.buf;
    Py_ssize_t low = 0, high = words->at.len / 4 - 2, size = words->text.len;
    while (low < high) {  /* the first step that does not begin before it */
        Py_ssize_t middle = low + (high - low) / 2, left = size - at[middle];
        if (left <= 0) return DAMAGE;
        if (memcmp(text + at[middle], wanted, (size_t)(length < left ? length : left)) < past) low = middle + 1;
        else high = middle;
    }
    if (!low) return 0;
    Py_ssize_t begin = at[low - 1], number = (low - 1) * STEP;
    for (int i = 0; i < STEP && begin < size; i++, number++) {
        Py_ssize_t left = size - begin;
        if (memcmp(text + begin, wanted, (size_t)(length < left ? length : left)) >= past) break;
        const char *end = memchr(text + begin, '\n', (size_t)left);
        if (!end) return DAMAGE;
        begin = end - text + 1;
    }
    return number;
}

/* A word that others are near to: where each of its characters stands, a bit a place. */
typedef struct {
    uint64_t plain[128];
    uint32_t other[LETTERS];     /* characters that are not ASCII, and their places */
    uint64_t places[LETTERS];
    int others, length, distance;
    uint32_t signature;
} Typed;

/* Read a character of UTF-8 and go behind it. What is none gives some number; nothing behind `end` is read. */
static inline uint32_t character(const unsigned char **at, const unsigned char *end) {
    uint32_t first = *(*at)++;
    if (first < 0x80) return first;
    int more = first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : 1;
    first &= 0x3fu >> more;
    while (more-- && *at < end) first = first << 6 | (*(*at)++ & 0x3f);
    return first;
}

/* Take in a word; 0: it has too many characters. */
static int take_in(Typed *typed, const char *word, Py_ssize_t size) {
    const unsigned char *at = (const unsigned char *)word, *end = at + size;
    memset(typed, 0, sizeof *typed);
    for (; at < end; typed->length++) {
        if (typed->length == LETTERS) return 0;
        uint32_t one = character(&at, end);
        uint64_t place = (uint64_t)1 << typed->length;
        typed->signature |= (uint32_t)1 << one % 32;
        if (one < 128) { typed->plain[one] |= place; continue; }
        int i = 0;
        while (i < typed->others && typed->other[i] != one) i++;
        if (i == typed->others) typed->other[typed->others++] = one;
        typed->places[i] |= place;
    }
    return 1;
}

/* Whether a word of at most LETTERS characters is near: the optimal string alignment of Hyyrö's "A bit-vector algorithm
   for computing Levenshtein and Damerau edit distances" (2003), a bit a place of the typed word. */
static int is_near(const Typed *typed, const unsigned char *at, const unsigned char *end) {
    uint64_t up = ~(uint64_t)0, down = 0, same = 0, before = 0, last = (uint64_t)1 << (typed->length - 1);
    int edits = typed->length;
    for (int read = 0; at < end; read++) {
        if (read == LETTERS) return 0;
        uint32_t one = character(&at, end);
        uint64_t places = 0;
        if (one < 128) places = typed->plain[one];
        else for (int i = 0; i < typed->others; i++)
            if (typed->other[i] == one) places = typed->places[i];
        uint64_t swapped = (~same & places) << 1 & before;
        same = (((places & up) + up) ^ up) | places | down | swapped;
        uint64_t right = down | ~(same | up), left = same & up;
        edits += (right & last) != 0;
        edits -= (left & last) != 0;
        right = right << 1 | 1;
        up = left << 1 | ~(same | right);
        down = right & same;
        before = places;
    }
    return edits <= typed->distance;
}

/* How many bits are set. */
static uint32_t ones(uint32_t bits) {
    bits -= bits >> 1 & 0x55555555u;
    bits = (bits & 0x33333333u) + (bits >> 2 & 0x33333333u);
    bits = (bits + (bits >> 4)) & 0x0f0f0f0fu;
    bits += bits >> 8;
    return (bits + (bits >> 16)) & 63;
}

/* may_be_near of edit_signatures.py. */
static int may_be_near(const Typed *typed, uint32_t signature, int length) {
    int longer = length - typed->length, shorter = longer < 0 ? longer : 0;
    return (int)ones(signature & ~typed->signature) <= typed->distance + shorter &&
        (int)ones(~signature & typed->signature) <= typed->distance - (longer - shorter);
}

/* Some numbers, as many as come. */
typedef struct {
    int64_t *numbers;
    Py_ssize_t many, room;
} Numbers;

static int append(Numbers *found, int64_t number) {
    int64_t *numbers = grown(found->numbers, found->many + 1, &found->room, sizeof(int64_t));
    if (!numbers) return -1;
    found->numbers = numbers;
    numbers[found->many++] = number;
    return 0;
}

/* Find the near ones among the words from `first` up to `last`; -1: an error is set. */
static int find_near(const Words *words, const uint32_t *signatures, const uint8_t *lengths, const Typed *typed,
                     Py_ssize_t first, Py_ssize_t last, Numbers *found) {
    const unsigned char *text = words->text.buf;
    const uint32_t own = typed->signature;
    for (Py_ssize_t block = first; block < last; block += BLOCK) {
        uint32_t other[BLOCK];  /* what is left of the bits that differ; several signatures are done at once */
        Py_ssize_t size = last - block < BLOCK ? last - block : BLOCK;
        const uint32_t *some = signatures + block;
        for (Py_ssize_t i = 0; i < size; i++) other[i] = some[i] ^ own;
        for (int edits = 0; edits < typed->distance; edits++)  /* an edit adds a bit, takes one, or both */
            for (Py_ssize_t i = 0; i < size; i++) {
                uint32_t less = other[i] & (other[i] - 1);
                other[i] = less & (less - 1);
            }
        for (Py_ssize_t i = 0; i < size; i++) {
            if (other[i] || !may_be_near(typed, some[i], lengths[block + i])) continue;
            Py_ssize_t end, begin = word_begin(words, block + i, &end);
            if (begin < 0) { damaged(); return -1; }
            if (is_near(typed, text + begin, text + end) && append(found, block + i) < 0) return -1;
        }
    }
    return 0;
}

/* near(lexicon, signatures, lengths, typed, distance) -> the forms within so many edits of what was typed that begin with
   the same character, their numbers, and how many postings each has, in order; None where the caller is to find them.
   The signatures (32 bits) and numbers of characters (8 bits) are those of edit_signatures.py. */
PyObject *lexicon_near(PyObject *self, PyObject *args) {
    PyObject *capsule, *one, *two, *word, *made = NULL;
    Typed typed;
    int distance;
    Py_ssize_t size;
    if (!PyArg_ParseTuple(args, "OOOUi", &capsule, &one, &two, &word, &distance)) return NULL;
    Lexicon *lexicon = PyCapsule_GetPointer(capsule, "lexicon");
    if (!lexicon) return NULL;
    const char *text = PyUnicode_AsUTF8AndSize(word, &size);
    if (!text) PyErr_Clear();  /* half of a pair is in no form */
    if (!text || !size || (unsigned char)*text < ' ' || memchr(text, '\n', (size_t)size) || distance < 0 ||
        distance > LETTERS || !take_in(&typed, text, size))
        Py_RETURN_NONE;
    typed.distance = distance;
    Py_buffer signatures, lengths;
    if (PyObject_GetBuffer(one, &signatures, PyBUF_C_CONTIGUOUS) < 0) return NULL;
    if (PyObject_GetBuffer(two, &lengths, PyBUF_C_CONTIGUOUS) < 0) { PyBuffer_Release(&signatures); return NULL; }
    const unsigned char *second = (const unsigned char *)text;
    character(&second, second + size);
    Py_ssize_t begins = (const char *)second - text;
    Py_ssize_t first = first_from(&lexicon->forms, text, begins, 0), last = first_from(&lexicon->forms, text, begins, 1);
    Numbers found = {NULL, 0, 0};
    if (signatures.itemsize != 4 || lengths.itemsize != 1 || first < 0 || last < 0 || last > signatures.len / 4 ||
        last > lengths.len)
        damaged();
    else if (find_near(&lexicon->forms, signatures.buf, lengths.buf, &typed, first, last, &found) == 0)
        made = three(lexicon, found.numbers, found.many);
    PyMem_Free(found.numbers);
    PyBuffer_Release(&signatures);
    PyBuffer_Release(&lengths);
    return made;
}
