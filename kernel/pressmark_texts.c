/* Texts of pages, compiled: what their characters are, and their words.

crawler/body/model/compiled.py says what the functions take and give. What a character is stands in a table of the first
65,536, which Python makes; so no function knows Unicode but by it. */

#define PY_SSIZE_T_CLEAN
#define Py_LIMITED_API 0x030B0000
#include "pressmark_utf8.h"
#include <stdlib.h>
#include <string.h>

#define PART 400 /* characters of names at most, and so bytes of a part of them */

/* words_of(text, is_letter) -> the words; None for a text with characters beyond the plane. */
PyObject *text_words(PyObject *self, PyObject *args) {
    PyObject *text, *answer = NULL;
    Py_buffer letters;
    if (!PyArg_ParseTuple(args, "Uy*", &text, &letters)) return NULL;
    Py_ssize_t size;
    const char *bytes = bytes_of(text, &size);
    const uint8_t *is_letter = letters.buf;
    PyObject *words = PyList_New(0);
    int failed = !words || letters.len != PLANE || PyErr_Occurred(), beyond = !bytes;
    const unsigned char *at = (const unsigned char *)bytes, *end = at + (bytes ? size : 0), *begin = NULL;
    while (!failed && !beyond && (at < end || begin)) {
        const unsigned char *here = at;
        uint32_t code = at < end ? next_of(&at) : ' ';
        if (code == PLANE) beyond = 1;
        else if (is_letter[code] && here < end) begin = begin ? begin : here;
        else if (begin) {
            PyObject *word = PyUnicode_DecodeUTF8((const char *)begin, here - begin, NULL);
            failed = !word || PyList_Append(words, word) < 0;
            Py_XDECREF(word);
            begin = NULL;
        }
    }
    if (letters.len != PLANE) PyErr_SetString(PyExc_ValueError, "a table of the plane is wanted");
    else if (beyond && !failed) answer = none();
    else if (!failed) answer = PyList_AsTuple(words);
    Py_XDECREF(words);
    PyBuffer_Release(&letters);
    return answer;
}

/* parts(names) -> the words that element names are made of, in small letters, each once, of two letters or more. */
PyObject *text_parts(PyObject *self, PyObject *names) {
    Py_ssize_t size;
    const char *at = PyUnicode_Check(names) ? PyUnicode_AsUTF8AndSize(names, &size) : NULL;
    PyObject *parts = at ? PyList_New(0) : NULL, *answer = NULL;
    if (!at && !PyErr_Occurred()) PyErr_SetString(PyExc_TypeError, "a text is wanted");
    const char *end = at + (at ? size : 0);
    int failed = !parts, count = 0;
    char low[PART];  /* the words found, one behind the other */
    short ends[PART / 2 + 1] = {0};  /* of each of them, the first being none */
    while (!failed && at < end) {
        const char *begin = at;
        while (at < end && *at >= 'A' && *at <= 'Z') at++;
        int follows = at < end && *at >= 'a' && *at <= 'z';
        if (follows && at - begin > 1) {
            at--;  /* the last capital begins a word of its own */
        } else if (follows) {
            while (at < end && *at >= 'a' && *at <= 'z') at++;
        } else if (at == begin) {
            at++;
            continue;
        }
        if (at - begin < 2) continue;
        char *own = low + ends[count];
        Py_ssize_t length = at - begin;
        if (length > PART - ends[count]) {
            PyErr_SetString(PyExc_ValueError, "names are too long");
            failed = 1;
            break;
        }
        for (Py_ssize_t n = 0; n < length; n++) own[n] = (char)(begin[n] | 0x20);
        int has = 0;
        for (int n = 0; n < count && !has; n++) has = ends[n + 1] - ends[n] == length && !memcmp(low + ends[n], own, (size_t)length);
        if (has) continue;
        PyObject *part = PyUnicode_DecodeASCII(own, length, NULL);
        failed = !part || PyList_Append(parts, part) < 0;
        Py_XDECREF(part);
        ends[count + 1] = (short)(ends[count] + length);
        count++;
    }
    if (!failed) answer = PyList_AsTuple(parts);
    Py_XDECREF(parts);
    return answer;
}

/* scores(parts, known) -> of the words of each element the sum of the numbers that are known of them, in their order. */
PyObject *text_scores(PyObject *self, PyObject *args) {
    PyObject *parts, *known;
    if (!PyArg_ParseTuple(args, "O!O!", &PyList_Type, &parts, &PyDict_Type, &known)) return NULL;
    PyObject *answer = PyList_New(PyList_Size(parts));
    for (Py_ssize_t n = 0; answer && n < PyList_Size(parts); n++) {
        PyObject *words = PyList_GetItem(parts, n), *found = NULL;
        double sum = 0;
        if (!PyTuple_Check(words)) PyErr_SetString(PyExc_TypeError, "tuples are wanted");
        for (Py_ssize_t k = 0; !PyErr_Occurred() && k < PyTuple_Size(words); k++) {
            PyObject *value = PyDict_GetItemWithError(known, PyTuple_GetItem(words, k));
            if (value) sum += PyFloat_AsDouble(value);
        }
        if (!PyErr_Occurred()) found = PyFloat_FromDouble(sum);
        if (!found || PyList_SetItem(answer, n, found) < 0) Py_CLEAR(answer);
    }
    return answer;
}

/* counts(texts, kinds, extras, roles) -> numbers of 64 bits: of each text how many characters it has of each kind, what
   they count beyond 1, the ends of sentences, and the kinds of the first, the last, and the one before it. `roles` are
   the number of kinds, those of a stop, a stop of its own and a break, then of each kind whether a stop behind it may
   end a sentence (1), and one before it (2). None where a text has no bytes. */
PyObject *text_counts(PyObject *self, PyObject *args) {
    PyObject *texts, *answer = NULL;
    Py_buffer kinds, extras, roles;
    if (!PyArg_ParseTuple(args, "O!y*y*y*", &PyList_Type, &texts, &kinds, &extras, &roles)) return NULL;
    Py_ssize_t count = PyList_Size(texts);
    const uint8_t *kind_of = kinds.buf, *extra_of = extras.buf, *role = roles.buf;
    Py_ssize_t many = roles.len > 4 ? role[0] : 0;
    int whole = kinds.len == PLANE && extras.len == PLANE && many && roles.len == 4 + many;
    uint8_t most = 0;
    if (whole)
        for (Py_ssize_t n = 0; n < PLANE; n++) most = kind_of[n] > most ? kind_of[n] : most;  /* many at a time */
    whole = whole && most < many;
    PyObject *room = whole ? PyBytes_FromStringAndSize(NULL, count * (many + 5) * 8) : NULL;
    if (!whole) PyErr_SetString(PyExc_ValueError, "the tables of characters do not go together");
    if (room) {
        int64_t *cells = (int64_t *)PyBytes_AsString(room);
        memset(cells, 0, (size_t)(count * (many + 5) * 8));
        uint8_t stop = role[1], own_stop = role[2], rest = role[3];
        const uint8_t *beside = role + 4;
        int readable = 1;
        for (Py_ssize_t n = 0; n < count && readable; n++) {
            Py_ssize_t size;
            PyObject *text = PyList_GetItem(texts, n);
            const unsigned char *at = (const unsigned char *)(PyUnicode_Check(text) ? bytes_of(text, &size) : NULL);
            if (!at) {
                readable = 0;
                break;
            }
            const unsigned char *end = at + size;
            uint8_t before = rest, last = rest, first = rest;  /* the last two, and the first */
            int64_t extra = 0, sentences = 0;
            for (int is_first = 1; at < end; is_first = 0) {
                uint32_t code = next_of(&at);
                if (code == PLANE) code = PLANE - 1;
                uint8_t kind = kind_of[code];
                cells[kind * count + n]++;
                extra += extra_of[code];
                sentences += kind == own_stop || (last == stop && beside[before] & 1 && beside[kind] & 2);
                if (is_first) first = kind;
                before = last;
                last = kind;
            }
            sentences += last == stop && beside[before] & 1 && beside[rest] & 2;
            const int64_t more[] = {extra, sentences, first, last, before};
            for (int k = 0; k < 5; k++) cells[(many + k) * count + n] = more[k];
        }
        if (readable) {
            answer = room;
        } else {
            Py_DECREF(room);
            answer = PyErr_Occurred() ? NULL : none();
        }
    }
    PyBuffer_Release(&kinds);
    PyBuffer_Release(&extras);
    PyBuffer_Release(&roles);
    return answer;
}

/* scan(markup, longest) -> where each tag of more than so many bytes begins and ends: from < and a letter up to the first > that
   stands in no quotes, or to a quote that is never closed; whether there is a control that is no character of XML; and where
   the page's end tag begins, -1: nowhere. */
PyObject *text_scan(PyObject *self, PyObject *args) {
    static const char closing[] = "</html";
    Py_buffer markup;
    Py_ssize_t longest, closed_at = -1;
    if (!PyArg_ParseTuple(args, "y*n", &markup, &longest)) return NULL;
    const char *begin = markup.buf, *end = begin + markup.len, *at = begin;
    PyObject *found = PyList_New(0), *answer = NULL;
    int failed = !found;
    while (!failed && at < end && (at = memchr(at, '<', (size_t)(end - at)))) {
        const char *tag = at++;
        if (at == end || (*at | 0x20) < 'a' || (*at | 0x20) > 'z') continue;
        for (at++; at < end && *at != '>'; at++) {
            if (*at != '"' && *at != '\'') continue;
            const char *closed = memchr(at + 1, *at, (size_t)(end - at - 1));
            if (!closed) break;
            at = closed;
        }
        if (at < end && *at == '>') at++;
        if (at - tag > longest) {
            PyObject *both = Py_BuildValue("nn", tag - begin, at - begin);
            failed = !both || PyList_Append(found, both) < 0;
            Py_XDECREF(both);
        }
    }
    /* Within tags, too. */
    for (at = begin; closed_at < 0 && at < end && (at = memchr(at, '<', (size_t)(end - at))); at++)
        if ((size_t)(end - at) >= sizeof(closing) - 1 && !memcmp(at, closing, sizeof(closing) - 1)) closed_at = at - begin;
    uint8_t any = 0;
    const uint8_t *codes = markup.buf;
    for (Py_ssize_t n = 0; n < markup.len; n++) {  /* sixteen at a time: each is a byte, all or nothing */
        const uint8_t code = codes[n], low = code < 32 ? 255 : 0;
        const uint8_t blank = (uint8_t)((code == 9) | (code == 10) | (code == 12) | (code == 13)) ? 255 : 0;
        any |= low & (uint8_t)~blank;
    }
    if (!failed) answer = Py_BuildValue("ONn", found, PyBool_FromLong(any != 0), closed_at);
    Py_XDECREF(found);
    PyBuffer_Release(&markup);
    return answer;
}

enum { APART, OF_WORD, OF_NUMBER };  /* what a character is in a fingerprint */

/* prints(texts, kinds, least) -> of each text, in small letters, its words in UTF-8, each number as 0, whatever stands between
   words as one blank; None: they have fewer characters than `least`; False: it has a character that is not in the table. */
PyObject *text_prints(PyObject *self, PyObject *args) {
    PyObject *texts, *all;
    Py_buffer kinds;
    Py_ssize_t least;
    if (!PyArg_ParseTuple(args, "O!y*n", &PyList_Type, &texts, &kinds, &least)) return NULL;
    const unsigned char *kind_of = kinds.buf;
    Py_ssize_t count = PyList_Size(texts);
    int failed = kinds.len != PLANE;
    if (failed) PyErr_SetString(PyExc_ValueError, "a table of the plane is wanted");
    all = failed ? NULL : PyList_New(count);
    char *words = NULL;
    Py_ssize_t room = 0;
    failed |= !all;
    for (Py_ssize_t n = 0; !failed && n < count; n++) {
        Py_ssize_t size, length = 0;
        PyObject *given = PyList_GetItem(texts, n), *made = NULL;
        const unsigned char *at = given ? (const unsigned char *)PyUnicode_AsUTF8AndSize(given, &size) : NULL;
        if (!at && !PyErr_ExceptionMatches(PyExc_UnicodeEncodeError)) {
            failed = 1;
            break;
        }
        int known = at != NULL, before = APART, waiting = 0;
        if (!known) PyErr_Clear();
        if (known && size + 2 > room) {
            char *more = realloc(words, (size_t)size * 2 + 2);
            if (!more) {
                PyErr_NoMemory();
                failed = 1;
                break;
            }
            words = more;
            room = size * 2 + 2;
        }
        char *to = words;
        for (const unsigned char *end = known ? at + size : at; known && at < end;) {
            const unsigned char *from = at;
            uint32_t code = next_of(&at);
            if (code >= PLANE) {
                known = 0;
                break;
            }
            int kind = kind_of[code];
            if (kind == APART) {
                waiting = length > 0;
            } else if (kind == OF_WORD || kind != before) {
                if (waiting) *to++ = ' ', length++;
                waiting = 0;
                if (kind == OF_NUMBER) *to++ = '0';
                else
                    while (from < at) *to++ = (char)*from++;
                length++;
            }
            before = kind;
        }
        if (!known) made = PyBool_FromLong(0);
        else made = length < least ? none() : PyBytes_FromStringAndSize(words, to - words);
        failed = !made || PyList_SetItem(all, n, made) < 0;
    }
    free(words);
    PyBuffer_Release(&kinds);
    if (failed) Py_CLEAR(all);
    return all;
}
