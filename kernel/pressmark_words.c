/* Words of a page's blocks, compiled: which lists have them, and which titles.

crawler/body/model/compiled.py says what the functions take and give. What a character is stands in a table of the first
65,536, which Python makes. A word is made an object of Python's once a page, however often it stands there. */

#define PY_SSIZE_T_CLEAN
#define Py_LIMITED_API 0x030B0000
#include "pressmark_room.h"
#include "pressmark_utf8.h"
#include <string.h>

/* The hash of a word: its bytes, three at a time, are the numbers of a polynomial, whose value at a secret place is taken by a
   prime. Who does not know the place cannot write a page of many words that share one. */
#define PRIME 0x7fffffffU /* 2 to the 31st, less 1 */

static uint32_t hash_of(const unsigned char *at, Py_ssize_t size, uint32_t place) {
    uint64_t hash = (uint64_t)size & PRIME;
    for (; size > 0; at += 3, size -= 3) {
        uint32_t next = at[0] | (size > 1 ? (uint32_t)at[1] << 8 : 0) | (size > 2 ? (uint32_t)at[2] << 16 : 0);
        hash = hash * place + next; /* below 2 to the 62nd, as the place is below 2 to the 29th */
        hash = (hash & PRIME) + (hash >> 31);
    }
    return (uint32_t)((hash & PRIME) + (hash >> 31));
}

/* A secret of this process, as Python's own hashes are; 0: an error. */
static uint32_t secret(void) {
    PyObject *text = PyUnicode_FromString("words of blocks");
    Py_hash_t hash = text ? PyObject_Hash(text) : -1;
    Py_XDECREF(text);
    return hash == -1 ? 0 : 0x10000000U | ((uint32_t)hash & 0x0fffffffU);
}

/* A word that texts of a page have: where it stands in the room of all, the lists it is in as bits, whether it is a stop, and
   the last text that had it. */
typedef struct {
    uint32_t hash;
    int32_t at, size, bits, is_stop, number, text;
} Word;

typedef struct {
    Word *words;
    size_t places, count;
    char *room;
    Py_ssize_t used, whole;
    PyObject *known, *stops, *list; /* borrowed, borrowed, owned */
    int32_t *ids;
    Py_ssize_t ids_count, ids_room;
    uint32_t place; /* of `hash_of` */
} Speech;

static int spread(Speech *speech) {
    size_t places = speech->places ? speech->places * 2 : 1024;
    Word *words = PyMem_Calloc(places, sizeof(Word));
    if (!words) return PyErr_NoMemory(), -1;
    for (size_t n = 0; n < speech->places; n++) {
        if (!speech->words[n].size) continue;
        size_t at = speech->words[n].hash & (places - 1);
        while (words[at].size) at = (at + 1) & (places - 1);
        words[at] = speech->words[n];
    }
    PyMem_Free(speech->words);
    speech->words = words;
    speech->places = places;
    return 0;
}

/* The word of some bytes, of which there must be one; NULL: an error. */
static Word *word_of(Speech *speech, const char *from, Py_ssize_t size) {
    uint32_t hash = hash_of((const unsigned char *)from, size, speech->place);
    if (speech->count * 2 >= speech->places && spread(speech) < 0) return NULL;
    size_t at = hash & (speech->places - 1);
    for (; speech->words[at].size; at = (at + 1) & (speech->places - 1)) {
        Word *word = &speech->words[at];
        if (word->hash == hash && word->size == size && !memcmp(speech->room + word->at, from, (size_t)size)) return word;
    }
    char *room = grown(speech->room, speech->used + size, &speech->whole, 1);
    if (!room) return NULL;
    speech->room = room;
    PyObject *text = PyUnicode_DecodeUTF8(from, size, NULL);
    PyObject *bits = text ? PyDict_GetItemWithError(speech->known, text) : NULL;
    long value = bits ? PyLong_AsLong(bits) : 0;
    if (value < 0 || value > INT32_MAX) PyErr_SetString(PyExc_ValueError, "lists are bits of 31");
    int is_stop = text && !PyErr_Occurred() ? PySequence_Contains(speech->stops, text) : -1;
    if (is_stop < 0 || PyList_Append(speech->list, text) < 0) return Py_XDECREF(text), NULL;
    Py_DECREF(text);
    speech->words[at] = (Word){hash, (int32_t)speech->used, (int32_t)size, (int32_t)value, is_stop, (int32_t)speech->count++, -1};
    memcpy(room + speech->used, from, (size_t)size);
    speech->used += size;
    return &speech->words[at];
}

/* What is counted of the words of one text. */
typedef struct {
    Py_ssize_t words, listed, stops;
    int32_t first, hits[32];
} Counts;

static int counted(Speech *speech, Counts *counts, const char *from, Py_ssize_t size, int32_t text, int is_short) {
    Word *word = word_of(speech, from, size);
    if (!word) return -1;
    counts->stops += word->is_stop;
    if (!counts->words++) counts->first = word->bits;
    if (!is_short) return 0;
    if (word->bits) {
        counts->listed++;
        for (int bit = 0; word->bits >> bit; bit++) counts->hits[bit] += word->bits >> bit & 1;
    }
    if (word->text == text) return 0;
    int32_t *ids = grown(speech->ids, speech->ids_count + 1, &speech->ids_room, 4);
    if (!ids) return -1;
    speech->ids = ids;
    ids[speech->ids_count++] = word->number;
    word->text = text;
    return 0;
}

/* Write up to `most` characters of a text in small letters, as Python makes them; return how many bytes. -1: a character is
   beyond ASCII, ISO 8859-1, the marks of print and the scripts of East Asia, which have no capitals. */
static Py_ssize_t lowered(const char *text, Py_ssize_t size, Py_ssize_t most, char *room) {
    const unsigned char *at = (const unsigned char *)text, *end = at + size;
    char *to = room;
    for (; at < end && most > 0; most--) {
        const unsigned char first = *at++;
        if (first < 0x80) {
            *to++ = (char)(first | (first >= 'A' && first <= 'Z' ? 0x20 : 0));
            continue;
        }
        const unsigned char second = *at++;
        const int is_capital = first == 0xc3 && second < 0x9f && second != 0x97; /* all but the sign of multiplication */
        const int is_print = first == 0xe2 && second == 0x80;
        if (!is_print && first != 0xc2 && first != 0xc3 && (first < 0xe3 || first > 0xe9)) return -1;
        *to++ = (char)first;
        *to++ = (char)(is_capital ? second + 0x20 : second);
        if (first > 0xc3) *to++ = (char)*at++;
    }
    return to - room;
}

/* Count the words of one text, in small letters: runs of the characters of which a table says so. `others` finds the words
   of one with characters beyond the table; NULL: those are of words. 1: such a word has no bytes; -1: an error. */
static int told(Speech *speech, Counts *counts, PyObject *low, const char *bytes, Py_ssize_t size, const uint8_t *is_part,
                PyObject *others, int32_t text) {
    const unsigned char *at = (const unsigned char *)bytes, *end = at + size, *begin = NULL;
    for (const unsigned char *each = at; others && each < end; each++) {
        if (*each < 0xf0) continue;
        PyObject *found = PyObject_CallFunctionObjArgs(others, low, NULL);
        int failed = !found || !PyList_Check(found);
        if (found && failed) PyErr_SetString(PyExc_TypeError, "a list of words is wanted");
        for (Py_ssize_t n = 0; !failed && n < PyList_Size(found); n++) {
            Py_ssize_t length;
            PyObject *word = PyList_GetItem(found, n);
            const char *own = PyUnicode_Check(word) ? bytes_of(word, &length) : NULL;
            failed = !own ? PyErr_Occurred() ? -1 : 1 : length ? counted(speech, counts, own, length, text, 1) : 0;
        }
        Py_XDECREF(found);
        return failed > 0 && PyErr_Occurred() ? -1 : failed;
    }
    while (at < end) {
        const unsigned char *here = at;
        uint32_t code = next_of(&at);
        if (code == PLANE || is_part[code]) {
            if (!begin) begin = here;
        } else if (begin) {
            if (counted(speech, counts, (const char *)begin, here - begin, text, others != NULL) < 0) return -1;
            begin = NULL;
        }
    }
    return begin ? counted(speech, counts, (const char *)begin, end - begin, text, others != NULL) : 0;
}

/* Put what was counted of a text into its column of the table: the shares of stops and of listed words, then of each list
   the words that it has, and whether the first is of it. */
static void put_counts(const Counts *counts, float *table, Py_ssize_t count, Py_ssize_t lists, int is_short) {
    if (!counts->words) return;
    table[0] = (float)((double)counts->stops / (double)counts->words);
    if (!is_short || !counts->listed) return;
    table[count] = (float)((double)counts->listed / (double)counts->words);
    for (Py_ssize_t n = 0; n < lists; n++) {
        table[(2 + 2 * n) * count] = (float)counts->hits[n];
        table[(3 + 2 * n) * count] = (float)(counts->first >> n & 1);
    }
}

/* spoken(texts, is_letter, visible, known, stops, others, short, sample, lists) -> a table of 32 bits a number, the numbers of
   the words that each short text has, each once, where those of each text end, and the words. None: a text has no bytes. */
PyObject *text_spoken(PyObject *self, PyObject *args) {
    PyObject *texts, *others, *table = NULL, *answer = NULL;
    Py_buffer letters, solid;
    Py_ssize_t most, sample, lists;
    Speech speech = {0};
    if (!PyArg_ParseTuple(args, "O!y*y*O!OOnnn", &PyList_Type, &texts, &letters, &solid, &PyDict_Type, &speech.known,
                          &speech.stops, &others, &most, &sample, &lists))
        return NULL;
    Py_ssize_t count = PyList_Size(texts);
    int whole = letters.len == PLANE && solid.len == PLANE && lists >= 0 && lists < 31 && count < INT32_MAX && sample > 0;
    PyObject *ends = whole ? PyBytes_FromStringAndSize(NULL, count * 4) : NULL;
    if (!whole) PyErr_SetString(PyExc_ValueError, "the tables of characters do not go together");
    if (ends) table = PyBytes_FromStringAndSize(NULL, (2 + 2 * lists) * count * 4);
    speech.list = table ? PyList_New(0) : NULL;
    int failed = speech.list && (speech.place = secret()) ? 0 : -1;
    char *room = NULL;
    Py_ssize_t whole_room = 0;
    if (table) memset(PyBytes_AsString(table), 0, (size_t)((2 + 2 * lists) * count * 4));
    for (Py_ssize_t n = 0; n < count && !failed; n++) {
        PyObject *text = PyList_GetItem(texts, n), *part = NULL, *low = NULL;
        Py_ssize_t length = PyUnicode_Check(text) ? PyUnicode_GetLength(text) : -1, size = -1;
        if (length < 0) {
            PyErr_SetString(PyExc_TypeError, "texts are wanted");
            failed = -1;
            break;
        }
        int is_short = length < most;
        const char *bytes = bytes_of(text, &size);
        if (bytes) {
            char *more = grown(room, size, &whole_room, 1);
            if (!more) {
                failed = -1;
                break;
            }
            room = more;
            size = lowered(bytes, size, is_short ? length : sample, room);
            bytes = room;
        }
        if (!bytes && PyErr_Occurred()) {
            failed = -1;
            break;
        }
        if (size < 0) {
            part = is_short ? NULL : PyUnicode_Substring(text, 0, sample);
            low = is_short || part ? PyObject_CallMethod(part ? part : text, "lower", NULL) : NULL;
            bytes = low ? bytes_of(low, &size) : NULL;
        }
        Counts counts = {0};
        if (!bytes) failed = PyErr_Occurred() ? -1 : 1;
        else failed = told(&speech, &counts, low, bytes, size, is_short ? letters.buf : solid.buf, is_short ? others : NULL, (int32_t)n);
        Py_XDECREF(part);
        Py_XDECREF(low);
        if (failed) break;
        put_counts(&counts, (float *)PyBytes_AsString(table) + n, count, lists, is_short);
        ((int32_t *)PyBytes_AsString(ends))[n] = (int32_t)speech.ids_count;
    }
    if (!failed) answer = Py_BuildValue("Oy#OO", table, speech.ids ? (char *)speech.ids : "", speech.ids_count * 4, ends, speech.list);
    else if (failed > 0) answer = none();
    Py_XDECREF(table);
    Py_XDECREF(ends);
    Py_XDECREF(speech.list);
    PyMem_Free(speech.words);
    PyMem_Free(speech.room);
    PyMem_Free(speech.ids);
    PyMem_Free(room);
    PyBuffer_Release(&letters);
    PyBuffer_Release(&solid);
    return answer;
}

enum { SETS = 8, LOOKED_UP = 1 << SETS };

/* Which of some sets have a word, a bit each, and `LOOKED_UP`; 0: an error. */
static int within(PyObject *word, PyObject *sets) {
    int found = LOOKED_UP;
    for (Py_ssize_t k = 0; k < PyTuple_Size(sets); k++) {
        int has = PySequence_Contains(PyTuple_GetItem(sets, k), word);
        if (has < 0) return 0;
        found |= has << k;
    }
    return found;
}

/* alike(words, ids, ends, sizes, sets, least) -> of each text how like the likest of some titles its words are (shared ones, of
   all of both), and which part of them the last of the sets has, in 64 bits each; 0 for one of `least` letters or fewer. */
PyObject *text_alike(PyObject *self, PyObject *args) {
    PyObject *words, *sets, *room = NULL;
    Py_buffer ids, ends, sizes;
    long long least;
    if (!PyArg_ParseTuple(args, "O!y*y*y*O!L", &PyList_Type, &words, &ids, &ends, &sizes, &PyTuple_Type, &sets, &least)) return NULL;
    Py_ssize_t count = ends.len / 4, many = PyList_Size(words), titles = PyTuple_Size(sets) - 1, lengths[SETS], from = 0;
    const int32_t *id = ids.buf, *end = ends.buf;
    int whole = titles >= 0 && titles < SETS && ends.len == count * 4 && sizes.len == count * 8, failed = 0;
    for (Py_ssize_t k = 0; whole && !failed && k <= titles; k++)
        failed = (lengths[k] = PyObject_Size(PyTuple_GetItem(sets, k))) < 0;
    uint16_t *known = whole && !failed ? PyMem_Calloc((size_t)many + 1, 2) : NULL;
    if (known) room = PyBytes_FromStringAndSize(NULL, count * 16);
    failed |= !room;
    for (Py_ssize_t n = 0; n < count && whole && !failed; n++) {
        double *like = (double *)PyBytes_AsString(room) + n;
        Py_ssize_t shared[SETS] = {0}, own = end[n] - from;
        whole = own >= 0 && end[n] <= ids.len / 4;
        like[0] = like[count] = 0.0;
        if (!whole || !own || ((int64_t *)sizes.buf)[n] <= least) {
            from = end[n];
            continue;
        }
        for (; from < end[n] && whole && !failed; from++) {
            if (!(whole = id[from] >= 0 && id[from] < many)) break;
            uint16_t *here = &known[id[from]];
            if (!*here) *here = (uint16_t)within(PyList_GetItem(words, id[from]), sets);
            failed = !*here;
            for (Py_ssize_t k = 0; k <= titles; k++) shared[k] += *here >> k & 1;
        }
        for (Py_ssize_t k = 0; k < titles; k++) {
            double share = (double)shared[k] / (double)(own + lengths[k] - shared[k]);
            if (share > like[0]) like[0] = share;
        }
        like[count] = (double)shared[titles] / (double)own;
    }
    PyMem_Free(known);
    PyBuffer_Release(&ids);
    PyBuffer_Release(&ends);
    PyBuffer_Release(&sizes);
    if (!whole && !PyErr_Occurred()) PyErr_SetString(PyExc_ValueError, "the words do not go together");
    if (!whole || failed) Py_CLEAR(room);
    return room || PyErr_Occurred() ? room : PyErr_NoMemory();
}
