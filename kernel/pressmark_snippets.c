/* A text and the forms of a query -> the places of the forms in it, and the pieces of it that are shown.

indexer/results/compiled.py says what the functions take and give; snippets.py and surroundings.py beside it do the same
in Python, rule by rule under the same names. Only plain texts are read here: ASCII and the quotation marks and dashes
of print. For any other, and where a word may be meant that is written in parts, the answer is None. */

#define PY_SSIZE_T_CLEAN
#define Py_LIMITED_API 0x030B0000
#include "pressmark_room.h"
#include <stdlib.h>
#include <string.h>

#define MAX_FORM 64 /* characters of a form */
#define LEAD 70     /* characters shown before the first mark, unless its sentence begins nearer */
#define FRAGMENTS 2

typedef struct {
    uint8_t size;
    char letters[MAX_FORM];
    int32_t number;
} Form;

/* The forms that are looked for, by the hash of their letters; `sizes`: by the first letter, a bit for each size. */
typedef struct {
    Form *forms;
    size_t mask;
    int32_t numbers;
    uint64_t sizes[128];
} Words;

typedef struct {
    Py_ssize_t first, last;
    int32_t number;
} Mark;

typedef struct {
    Py_UCS4 *text;
    char *words; /* the text in small letters, a zero for each character that is none, with one at either end */
    Py_ssize_t length;
    Mark *marks;
    Py_ssize_t count, room_for;
} Found;

typedef struct {
    Py_ssize_t kinds, marks, first, last; /* of a run of marks: how many readings and marks, and where it stands */
} Run;

static inline int small_letter(Py_UCS4 one) {
    Py_UCS4 small = one - 'A' < 26 ? one + 32 : one;
    return small - 'a' < 26 || small - '0' < 10 ? (int)small : 0;
}

static inline int is_of_print(Py_UCS4 one) {
    return (one >= 0x2010 && one <= 0x2015) || (one >= 0x2018 && one <= 0x201F) || one == 0x2026 || one == 0xA0 ||
        one == 0xA3 || one == 0x20AC || one == 0x2022;
}

static inline int is_apostrophe(Py_UCS4 one) {
    return one == '\'' || one == 0x2019;
}

static inline int is_joint(Py_UCS4 one) {
    return one == '-' || one == '"' || one == '.' || one == ',' || one == '/' || one == '`' || one == 0x2010 || one == 0x2011 ||
        one == 0x2018 || one == 0x201B || one == 0x2022 || one == 0xA0 || is_apostrophe(one);
}

static inline int is_space(Py_UCS4 one) {
    return one == ' ' || (one >= 9 && one <= 13) || (one >= 28 && one <= 31) || one == 0xA0;
}

static inline int is_end(Py_UCS4 one) {
    return one == '.' || one == '!' || one == '?' || one == ':' || one == 0x2026;
}

static inline int is_closing(Py_UCS4 one) {
    return one == '"' || one == ')' || one == ']' || one == 0x201D || is_apostrophe(one);
}

static inline size_t hashed(const char *letters, Py_ssize_t size) {
    uint32_t hash = 2166136261u;
    for (Py_ssize_t i = 0; i < size; i++) hash = (hash ^ (uint8_t)letters[i]) * 16777619u;
    return hash ^ hash >> 15;
}

/* The form with these letters, or the free place for it. */
static Form *place_of(const Words *words, const char *letters, Py_ssize_t size) {
    size_t at = hashed(letters, size) & words->mask;
    while (words->forms[at].size && (words->forms[at].size != size || memcmp(words->forms[at].letters, letters, size)))
        at = (at + 1) & words->mask;
    return &words->forms[at];
}

static inline const Form *form_of(const Words *words, const char *letters, Py_ssize_t size) {
    if (!(words->sizes[(uint8_t)letters[0]] >> (size - 1) & 1)) return NULL;
    const Form *found = place_of(words, letters, size);
    return found->size ? found : NULL;
}

static void forgotten(PyObject *capsule) {
    Words *words = PyCapsule_GetPointer(capsule, "words");
    if (!words) return;
    PyMem_Free(words->forms);
    PyMem_Free(words);
}

static int put(Words *words, PyObject *form, PyObject *number) {
    Py_ssize_t size;
    const char *letters = PyUnicode_AsUTF8AndSize(form, &size);
    if (!letters && PyErr_ExceptionMatches(PyExc_UnicodeEncodeError)) return PyErr_Clear(), 0; /* no plain text has it */
    if (!letters) return -1;
    long given = PyLong_AsLong(number);
    if (given == -1 && PyErr_Occurred()) return -1;
    if (given < 0 || given >= INT32_MAX) { PyErr_SetString(PyExc_ValueError, "no number of a reading"); return -1; }
    if (size < 1 || size > MAX_FORM) return 0;
    for (Py_ssize_t i = 0; i < size; i++)
        if (letters[i] != small_letter((uint8_t)letters[i])) return 0; /* no plain text has it */
    Form *place = place_of(words, letters, size);
    place->size = (uint8_t)size;
    memcpy(place->letters, letters, (size_t)size);
    place->number = (int32_t)given;
    words->sizes[(uint8_t)letters[0]] |= UINT64_C(1) << (size - 1);
    if (given >= words->numbers) words->numbers = (int32_t)given + 1;
    return 0;
}

/* words({form: number}) -> the forms, as `marks` and `fragments` take them. */
PyObject *words_open(PyObject *self, PyObject *args) {
    PyObject *given, *form, *number;
    Py_ssize_t at = 0;
    if (!PyArg_ParseTuple(args, "O!", &PyDict_Type, &given)) return NULL;
    Words *words = PyMem_Calloc(1, sizeof(Words));
    if (!words) return PyErr_NoMemory();
    PyObject *capsule = PyCapsule_New(words, "words", forgotten);
    if (!capsule) { PyMem_Free(words); return NULL; }
    size_t room = 4;
    while (room < (size_t)PyDict_Size(given) * 2) room *= 2;
    words->mask = room - 1;
    words->forms = PyMem_Calloc(room, sizeof(Form));
    if (!words->forms) { Py_DECREF(capsule); return PyErr_NoMemory(); }
    while (PyDict_Next(given, &at, &form, &number))
        if (put(words, form, number) < 0) { Py_DECREF(capsule); return NULL; }
    return capsule;
}

/* Where the next initial of a name stands, behind the point and the blank at `end` of the initial [start, end); else 0. */
static Py_ssize_t initial_after(const Found *found, Py_ssize_t start, Py_ssize_t end) {
    const Py_UCS4 *text = found->text;
    if (end != start + 1 || end + 3 >= found->length || text[end] != '.' || (text[end + 1] != ' ' && text[end + 1] != 0xA0))
        return 0;
    return found->words[end + 2] && !found->words[end + 3] ? end + 2 : 0;
}

/* Whether a form that is looked for may be written by the word [start, end) and those joined to it. */
static int may_be_joined(const Found *found, const Words *words, Py_ssize_t start, Py_ssize_t end) {
    char together[MAX_FORM];
    Py_ssize_t size = 0;
    const Py_UCS4 *text = found->text;
    for (;;) {
        if (size + end - start > MAX_FORM) return 0;
        int is_first = !size;
        memcpy(together + size, found->words + start, (size_t)(end - start));
        size += end - start;
        if (!is_first && form_of(words, together, size)) return 1;
        Py_ssize_t initial = initial_after(found, start, end);
        if (!initial && (end + 1 >= found->length || !is_joint(text[end]) || !found->words[end + 1])) return 0;
        start = end = initial ? initial : end + 1;
        while (found->words[end]) end++;
        if (is_apostrophe(text[start - 1]) && end == start + 1 && found->words[start] == 's') return 0;
    }
}

static int add_mark(Found *found, Py_ssize_t first, Py_ssize_t last, int32_t number) {
    Mark *marks = grown(found->marks, found->count + 1, &found->room_for, sizeof(Mark));
    if (!marks) return -1;
    found->marks = marks;
    marks[found->count++] = (Mark){first, last, number};
    return 0;
}

/* Whether a dotted abbreviation goes on at a point, as within U.S. */
static int is_dotted(const Py_UCS4 *text, const char *words, Py_ssize_t at) {
    int before = at > 0 && text[at - 1] - '0' >= 10 && words[at - 1] && !words[at - 2];
    return before && words[at + 1] && text[at + 1] - '0' >= 10 && !words[at + 2];
}

static void release(Found *found) {
    if (found->words) PyMem_Free(found->words - 1);
    PyMem_Free(found->text);
    PyMem_Free(found->marks);
}

/* The bits of 64 characters, the first lowest: whether each is a letter. A letter is over 0 and below 128. */
static inline uint64_t letters_of(const char *letters) {
    uint64_t bits = 0;
    for (int i = 0; i < 64; i += 8) {
        uint64_t eight = 0;
        for (int j = 0; j < 8; j++) eight |= (uint64_t)(uint8_t)letters[i + j] << 8 * j;
        eight = (eight + UINT64_C(0x7F7F7F7F7F7F7F7F)) & UINT64_C(0x8080808080808080); /* the highest bit of each byte */
        bits |= (eight * UINT64_C(0x0002040810204081)) >> 56 << i;                     /* side by side */
    }
    return bits;
}

/* Look at the word [start, end), behind the word that ends at `before`: as `read_text`. */
static inline int read_word(Found *found, const Words *words, Py_ssize_t before, Py_ssize_t start, Py_ssize_t end) {
    const Py_UCS4 *text = found->text;
    const char *letters = found->words;
    if (start == before + 1 && text[before] == '.' && is_dotted(text, letters, before)) return 0;
    if (end - start > MAX_FORM) return 0;
    const Form *form = form_of(words, letters + start, end - start);
    if (form && add_mark(found, start, end, form->number) < 0) return -1;
    int is_joined = text[end] != ' ' && end + 1 < found->length && letters[end + 1] && is_joint(text[end]);
    return !(is_joined || initial_after(found, start, end)) || !may_be_joined(found, words, start, end);
}

/* Look at the words of a text: as `read_text`. The places of 64 characters are found first, so that no word waits for
   the one before. */
static int read_words(Found *found, const Words *words, Py_ssize_t blocks) {
    Py_ssize_t edges[66], count = 0, before = 0; /* where words begin and end; the first may have begun earlier */
    uint64_t last = 0;
    for (Py_ssize_t block = 0; block < blocks; block++) {
        uint64_t bits = letters_of(found->words + block * 64), turns = bits ^ (bits << 1 | last);
        last = bits >> 63;
        for (; turns; turns &= turns - 1) edges[count++] = block * 64 + __builtin_ctzll(turns);
        Py_ssize_t at = 0;
        for (; at + 1 < count; before = edges[at + 1], at += 2) {
            int read = read_word(found, words, before, edges[at], edges[at + 1]);
            if (read <= 0) return read;
        }
        if (at < count) edges[0] = edges[at]; /* the word goes on in the next 64 characters */
        count -= at;
    }
    return 1;
}

/* Read a text: 1, or 0 when it is not for here, or -1 for an error. */
static int read_text(Found *found, PyObject *given, const Words *words) {
    memset(found, 0, sizeof *found);
    Py_ssize_t length = PyUnicode_GetLength(given);
    if (length < 0) return -1;
    Py_ssize_t blocks = length / 64 + 1;
    Py_UCS4 *text = found->text = PyUnicode_AsUCS4Copy(given);
    char *letters = text ? PyMem_Malloc((size_t)blocks * 64 + 2) : NULL;
    if (!letters) { if (text) PyErr_NoMemory(); return -1; }
    *letters++ = 0;
    found->words = letters;
    found->length = length;
    Py_UCS4 all = 0;
    uint8_t is_odd = 0;
    for (Py_ssize_t i = 0; i < length; i++) { /* without a branch, here and below: many at once, and of bytes more */
        all |= text[i];
        letters[i] = (char)text[i];
    }
    for (Py_ssize_t i = 0; all >= 128 && i < length; i++) {
        if (text[i] < 128) continue;
        if (!is_of_print(text[i])) return 0;
        letters[i] = ' ';
    }
    for (Py_ssize_t i = 0; i < length; i++) {
        uint8_t one = (uint8_t)letters[i], small = one | (uint8_t)((uint8_t)(one - 'A') < 26) << 5;
        uint8_t is_letter = (uint8_t)(small - 'a') < 26 || (uint8_t)(one - '0') < 10;
        is_odd |= one == '#' || one == '+';
        letters[i] = (char)(small & -is_letter);
    }
    for (Py_ssize_t i = 0; is_odd && i < length; i++)
        if (text[i] == '#' || (text[i] == '+' && text[i + 1] == '+')) return 0;
    memset(letters + length, 0, (size_t)(blocks * 64 + 1 - length));
    return read_words(found, words, blocks);
}

static PyObject *spans_of(const Mark *marks, Py_ssize_t count, Py_ssize_t stop) {
    PyObject *spans = PyTuple_New(count);
    for (Py_ssize_t i = 0; spans && i < count; i++) {
        PyObject *span = Py_BuildValue("(nn)", marks[i].first, marks[i].last < stop ? marks[i].last : stop);
        if (!span || PyTuple_SetItem(spans, i, span) < 0) Py_CLEAR(spans);
    }
    return spans;
}

/* Read the arguments and the text of a call: as `read_text`. */
static int opened(PyObject *args, const char *format, Found *found, const Words **words, Py_ssize_t *room) {
    PyObject *capsule, *text;
    memset(found, 0, sizeof *found);
    if (!PyArg_ParseTuple(args, format, &capsule, &text, room)) return -1;
    *words = PyCapsule_GetPointer(capsule, "words");
    return *words ? read_text(found, text, *words) : -1;
}

/* marks(words, text) -> where forms stand, as (start, end) in order; None: the text is not for here. */
PyObject *text_marks(PyObject *self, PyObject *args) {
    Found found;
    const Words *words;
    int read = opened(args, "OU", &found, &words, NULL);
    PyObject *spans = read > 0 ? spans_of(found.marks, found.count, found.length) : NULL;
    release(&found);
    return read ? spans : Py_NewRef(Py_None);
}

static Py_ssize_t next_word(const Found *found, Py_ssize_t at) {
    while (at < found->length && !found->words[at]) at++;
    return at;
}

static Py_ssize_t end_before(const Found *found, Py_ssize_t at) {
    while (at > 0 && !found->words[at - 1]) at--;
    return at;
}

/* Behind the last end of a sentence in [from, to), or -1. */
static Py_ssize_t sentence_end(const Found *found, Py_ssize_t from, Py_ssize_t to) {
    const Py_UCS4 *text = found->text;
    for (Py_ssize_t at = to - 1; at >= from; at--) {
        if (!is_space(text[at])) continue;
        if (text[at] == '\n') return at + 1;
        Py_ssize_t before = at - 1;
        while (before >= from && is_closing(text[before])) before--;
        if (before >= from && is_end(text[before])) return at + 1;
    }
    return -1;
}

static Py_ssize_t beginning(const Found *found, Py_ssize_t first, Py_ssize_t lead) {
    if (lead <= 0) return first;
    Py_ssize_t start = first > lead ? first - lead : 0;
    if (start && found->words[start - 1])
        while (found->words[start]) start++;
    start = next_word(found, start);
    Py_ssize_t end = sentence_end(found, start, first);
    return next_word(found, end < 0 ? start : end);
}

static Run around(const Found *found, Py_ssize_t first, Py_ssize_t last, Py_ssize_t room) {
    Py_ssize_t lead = room - (last - first), begin = beginning(found, first, lead < LEAD ? lead : LEAD);
    Py_ssize_t limit = begin + room;
    if (limit >= found->length) {
        limit = found->length;
    } else if (found->words[limit]) { /* a token that is cut there is left out */
        while (limit > begin && found->words[limit - 1]) limit--;
        if (limit == begin) limit = 0;
    }
    Py_ssize_t end = end_before(found, limit);
    return (Run){.first = begin, .last = end > last ? end : last};
}

static int is_better(const void *one, const void *other) {
    const Run *a = one, *b = other;
    if (a->kinds != b->kinds) return a->kinds > b->kinds ? -1 : 1;
    if (a->marks != b->marks) return a->marks > b->marks ? -1 : 1;
    return a->first < b->first ? -1 : a->first > b->first;
}

/* The runs of marks that fit a fragment, the best first; NULL without memory. */
static Run *ranked(const Found *found, int32_t numbers, Py_ssize_t room) {
    const Mark *marks = found->marks;
    Py_ssize_t count = found->count, end = 0, kinds = 0;
    Run *runs = PyMem_Malloc((size_t)count * sizeof(Run));
    uint32_t *inside = runs ? PyMem_Calloc((size_t)numbers, sizeof(uint32_t)) : NULL;
    if (!inside) { PyMem_Free(runs); return NULL; }
    for (Py_ssize_t at = 0; at < count; at++) {
        Py_ssize_t limit = marks[at].first + room;
        while (end == at || (end < count && marks[end].last <= limit)) {
            kinds += !inside[marks[end].number]++;
            if (marks[end++].last > limit) break; /* a mark with no room stands alone */
        }
        runs[at] = (Run){kinds, end - at, marks[at].first, marks[end - 1].last};
        kinds -= !--inside[marks[at].number];
    }
    PyMem_Free(inside);
    qsort(runs, (size_t)count, sizeof(Run), is_better);
    return runs;
}

static inline int is_punctuation(Py_UCS4 one) {
    return !is_space(one) && !small_letter(one);
}

static PyObject *fragment(const Found *found, const Run *run, Py_ssize_t room) {
    const Py_UCS4 *text = found->text;
    Py_ssize_t start = run->first, stop = run->last < start + room ? run->last : start + room;
    while (start && is_punctuation(text[start - 1]) && stop - start < room) start--;
    while (stop < found->length && is_punctuation(text[stop]) && stop - start < room) stop++;
    Py_ssize_t before = end_before(found, run->first), after = next_word(found, run->last);
    int cut_before = before > 0 && sentence_end(found, before, run->first) < 0;
    int cut_after = after < found->length && sentence_end(found, run->last, after) < 0;
    Py_ssize_t first = 0, behind;
    while (first < found->count && found->marks[first].first < run->first) first++;
    for (behind = first; behind < found->count && found->marks[behind].last <= run->last;) behind++;
    PyObject *spans = spans_of(found->marks + first, behind - first, stop);
    return spans ? Py_BuildValue("(nniiN)", start, stop, cut_before, cut_after, spans) : NULL;
}

/* The best runs that do not overlap, each with what stands around it, in the order of the text; how many, or -1. */
static int chosen_runs(const Found *found, int32_t numbers, Py_ssize_t room, Run chosen[FRAGMENTS]) {
    if (!found->count) {
        Py_ssize_t start = next_word(found, 0), end = start;
        while (end < found->length && found->words[end]) end++;
        if (start < end) chosen[0] = around(found, start, end, room);
        return start < end;
    }
    Run *runs = ranked(found, numbers, room);
    int count = 0;
    if (!runs) { PyErr_NoMemory(); return -1; }
    for (Py_ssize_t i = 0; i < found->count && count < FRAGMENTS; i++) {
        int is_apart = 1;
        for (int j = 0; j < count; j++)
            is_apart &= !(chosen[j].first <= runs[i].first && runs[i].first <= chosen[j].last) &&
                !(chosen[j].first <= runs[i].last && runs[i].last <= chosen[j].last);
        if (!is_apart) continue;
        Run wider = around(found, runs[i].first, runs[i].last, room);
        for (int j = 0; j < count; j++) is_apart &= wider.last < chosen[j].first || chosen[j].last < wider.first;
        if (is_apart) chosen[count++] = wider;
    }
    PyMem_Free(runs);
    if (count == 2 && chosen[1].first < chosen[0].first) {
        Run later = chosen[0];
        chosen[0] = chosen[1];
        chosen[1] = later;
    }
    return count;
}

/* fragments(words, text, room) -> the best pieces of a text in order, as (start, stop, is cut before, is cut after,
   spans); None: the text is not for here. */
PyObject *text_fragments(PyObject *self, PyObject *args) {
    Found found;
    const Words *words;
    Py_ssize_t room;
    int read = opened(args, "OUn", &found, &words, &room);
    if (read > 0 && (room < MAX_FORM || room > INT32_MAX)) {
        PyErr_SetString(PyExc_ValueError, "a fragment has no room for a form, or too much");
        read = -1;
    }
    PyObject *list = NULL;
    if (read > 0) {
        Run chosen[FRAGMENTS];
        int count = chosen_runs(&found, words->numbers, room, chosen);
        list = count < 0 ? NULL : PyList_New(count);
        for (int i = 0; list && i < count; i++) {
            PyObject *one = fragment(&found, &chosen[i], room);
            if (!one || PyList_SetItem(list, i, one) < 0) Py_CLEAR(list);
        }
    }
    release(&found);
    return read ? list : Py_NewRef(Py_None);
}
