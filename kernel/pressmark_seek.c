/* Which of many words stand in a text, whose case does not count: a look at each pair of letters, for patterns that only texts
   with one of them have. */

#define PY_SSIZE_T_CLEAN
#define Py_LIMITED_API 0x030B0000
#include <Python.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "pressmark_utf8.h"

#define NAME "pressmark.seeker"
#define PAIRS 1024  /* of five bits of a letter, and five of the next */
#define SHORT 2048  /* bytes of a text that is folded where no memory need be asked for */
#define EACH(byte) (UINT64_C(0x0101010101010101) * (byte))

typedef struct {
    int16_t first[PAIRS];  /* of each pair of letters, the first word that begins with it; -1: none does */
    uint32_t thirds[PAIRS];  /* of each pair, what may follow it, a bit each by five bits of it; all, after a word of two bytes */
    int16_t *following;    /* of each word, the next one that begins so */
    Py_ssize_t *ends;      /* of each word, its end in `letters` */
    unsigned char *letters;
    PyObject *folds;       /* bytes: of each character of the plane, in 16 bits, what it is compared as */
} Seeker;

static inline unsigned pair(const unsigned char *at) {
    return (at[0] & 31U) << 5 | (at[1] & 31U);
}

static void closed(Seeker *seeker) {
    if (!seeker) return;
    Py_XDECREF(seeker->folds);
    free(seeker->following);
    free(seeker->ends);
    free(seeker->letters);
    free(seeker);
}

static void forget(PyObject *capsule) {
    closed(PyCapsule_GetPointer(capsule, NAME));
}

/* Whether one of a seeker's words stands where two bytes or more are left. */
static inline int stands_at(const Seeker *seeker, const unsigned char *at, const unsigned char *end) {
    for (int n = seeker->first[pair(at)]; n >= 0; n = seeker->following[n]) {
        Py_ssize_t begin = n ? seeker->ends[n - 1] : 0, size = seeker->ends[n] - begin, same = 0;
        if (size > end - at) continue;
        while (same < size && at[same] == seeker->letters[begin + same]) same++;
        if (same == size) return 1;
    }
    return 0;
}

static int stands_in(const Seeker *seeker, const unsigned char *at, const unsigned char *end) {
    if (end - at < 2) return 0;
    for (unsigned here = pair(at); end - at > 2; at++) {
        const unsigned next = at[2] & 31U;
        if (seeker->thirds[here] >> next & 1 && stands_at(seeker, at, end)) return 1;
        here = (here << 5 | next) & (PAIRS - 1);
    }
    return stands_at(seeker, at, end);
}

/* Write the letters of a text as they are compared; return how many bytes, at most half as many again. What is beyond the plane
   stays as it is. */
static Py_ssize_t fold(const unsigned char *at, Py_ssize_t size, const unsigned char *folds, unsigned char *room) {
    const unsigned char *end = at + size;
    unsigned char *to = room;
    while (at < end) {
        uint64_t eight;
        while (end - at >= 8 && (memcpy(&eight, at, 8), !(eight & EACH(0x80)))) { /* letters of ASCII, eight at a time */
            const uint64_t capitals = (eight + EACH(0x80 - 'A')) & ~(eight + EACH(0x7f - 'Z')) & EACH(0x80);
            eight |= capitals >> 2;
            memcpy(to, &eight, 8);
            to += 8;
            at += 8;
        }
        if (at == end) break;
        if (*at < 0x80) {
            *to++ = *at | (unsigned char)((unsigned char)(*at - 'A') < 26) << 5;
            at++;
            continue;
        }
        const unsigned char *here = at;
        const uint32_t code = next_of(&at);
        if (code == PLANE) {
            memcpy(to, here, 4);
            to += 4;
            continue;
        }
        const uint32_t small = folds[2 * code] | (uint32_t)folds[2 * code + 1] << 8;
        if (small < 0x80) {
            *to++ = (unsigned char)small;
        } else if (small < 0x800) {
            *to++ = (unsigned char)(0xc0 | small >> 6);
            *to++ = (unsigned char)(0x80 | (small & 0x3f));
        } else {
            *to++ = (unsigned char)(0xe0 | small >> 12);
            *to++ = (unsigned char)(0x80 | (small >> 6 & 0x3f));
            *to++ = (unsigned char)(0x80 | (small & 0x3f));
        }
    }
    return to - room;
}

/* Whether a text may have one of a seeker's words: it has, or has lone surrogates. */
static PyObject *seek(PyObject *self, PyObject *text) {
    const Seeker *seeker = PyCapsule_GetPointer(self, NAME);
    Py_ssize_t size = 0;
    if (!seeker) return NULL;
    const char *at = bytes_of(text, &size);
    if (!at) return PyErr_Occurred() ? NULL : PyBool_FromLong(1);
    unsigned char here[SHORT + SHORT / 2], *room = size <= SHORT ? here : PyMem_Malloc((size_t)(size + size / 2 + 1));
    if (!room) return PyErr_NoMemory();
    size = fold((const unsigned char *)at, size, (const unsigned char *)PyBytes_AsString(seeker->folds), room);
    const int found = stands_in(seeker, room, room + size);
    if (room != here) PyMem_Free(room);
    return PyBool_FromLong(found);
}

static PyMethodDef seeking = {"seek", seek, METH_O, NULL};

/* seeker(words, folds) -> a function that says whether one of some words stands in a text, or lone surrogates do. A word has two
   bytes or more, and is written as it is compared; `folds` says of each character of the plane in 16 bits as what it is. */
PyObject *text_seeker(PyObject *self, PyObject *args) {
    PyObject *words, *folds;
    if (!PyArg_ParseTuple(args, "O!S", &PyTuple_Type, &words, &folds)) return NULL;
    if (PyBytes_Size(folds) != 2 * PLANE) return PyErr_SetString(PyExc_ValueError, "a table of the plane is wanted"), NULL;
    Py_ssize_t count = PyTuple_Size(words), whole = 0, size = 0;
    for (Py_ssize_t n = 0; n < count; n++) {
        if (!PyUnicode_AsUTF8AndSize(PyTuple_GetItem(words, n), &size)) return NULL;
        if (size < 2) return PyErr_SetString(PyExc_ValueError, "a word is too short"), NULL;
        whole += size;
    }
    Seeker *seeker = count < INT16_MAX ? calloc(1, sizeof(Seeker)) : NULL;
    if (seeker) {
        seeker->following = calloc((size_t)count + 1, sizeof(int16_t));
        seeker->ends = calloc((size_t)count + 1, sizeof(Py_ssize_t));
        seeker->letters = malloc((size_t)whole + 1);
    }
    if (!seeker || !seeker->following || !seeker->ends || !seeker->letters) return closed(seeker), PyErr_NoMemory();
    memset(seeker->first, -1, sizeof(seeker->first));
    Py_INCREF(seeker->folds = folds);
    for (Py_ssize_t n = 0, end = 0; n < count; n++) {
        const char *word = PyUnicode_AsUTF8AndSize(PyTuple_GetItem(words, n), &size);
        if (!word || end + size > whole) return closed(seeker), NULL;
        memcpy(seeker->letters + end, word, (size_t)size);
        seeker->ends[n] = end += size;
        const unsigned here = pair((const unsigned char *)word);
        seeker->thirds[here] |= size > 2 ? UINT32_C(1) << (word[2] & 31) : UINT32_MAX;
        int16_t *first = &seeker->first[here];
        seeker->following[n] = *first;
        *first = (int16_t)n;
    }
    PyObject *capsule = PyCapsule_New(seeker, NAME, forget);
    if (!capsule) return closed(seeker), NULL;
    PyObject *function = PyCFunction_New(&seeking, capsule);
    Py_DECREF(capsule);
    return function;
}
