/* Which of many words stand in a text: a look at each pair of letters, for patterns that only texts with one of them have. */

#define PY_SSIZE_T_CLEAN
#define Py_LIMITED_API 0x030B0000
#include <Python.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "pressmark_utf8.h"

#define NAME "pressmark.seeker"
#define PAIRS 2048  /* of six bits of a letter, one of them whether it is of ASCII, and five of the next */

typedef struct {
    int16_t first[PAIRS];  /* of each pair of letters, the first word that begins with it; -1: none does */
    int16_t *following;    /* of each word, the next one that begins so */
    Py_ssize_t *ends;      /* of each word, its end in `letters` */
    unsigned char *letters;
} Seeker;

static inline unsigned pair(unsigned char one, unsigned char other) {
    return ((one >> 2 & 32U) | (one & 31U)) << 5 | (other & 31U);
}

static void closed(Seeker *seeker) {
    if (!seeker) return;
    free(seeker->following);
    free(seeker->ends);
    free(seeker->letters);
    free(seeker);
}

static void forget(PyObject *capsule) {
    closed(PyCapsule_GetPointer(capsule, NAME));
}

static int stands_in(const Seeker *seeker, const unsigned char *at, const unsigned char *end) {
    for (; end - at > 1; at++) {
        for (int n = seeker->first[pair(at[0], at[1])]; n >= 0; n = seeker->following[n]) {
            Py_ssize_t begin = n ? seeker->ends[n - 1] : 0, size = seeker->ends[n] - begin, same = 0;
            if (size > end - at) continue;
            while (same < size && at[same] == seeker->letters[begin + same]) same++;
            if (same == size) return 1;
        }
    }
    return 0;
}

/* Whether a text may have one of a seeker's words: it has, or has lone surrogates. */
static PyObject *seek(PyObject *self, PyObject *text) {
    const Seeker *seeker = PyCapsule_GetPointer(self, NAME);
    Py_ssize_t size = 0;
    if (!seeker) return NULL;
    const char *at = bytes_of(text, &size);
    if (!at && PyErr_Occurred()) return NULL;
    return PyBool_FromLong(!at || stands_in(seeker, (const unsigned char *)at, (const unsigned char *)at + size));
}

static PyMethodDef seeking = {"seek", seek, METH_O, NULL};

/* seeker(words) -> a function that says whether one of some words stands in a text, or lone surrogates do. A word has two bytes
   or more. */
PyObject *text_seeker(PyObject *self, PyObject *words) {
    if (!PyTuple_Check(words)) return PyErr_SetString(PyExc_TypeError, "a tuple of words is wanted"), NULL;
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
    for (Py_ssize_t n = 0, end = 0; n < count; n++) {
        const char *word = PyUnicode_AsUTF8AndSize(PyTuple_GetItem(words, n), &size);
        if (!word || end + size > whole) return closed(seeker), NULL;
        memcpy(seeker->letters + end, word, (size_t)size);
        seeker->ends[n] = end += size;
        int16_t *first = &seeker->first[pair((unsigned char)word[0], (unsigned char)word[1])];
        seeker->following[n] = *first;
        *first = (int16_t)n;
    }
    PyObject *capsule = PyCapsule_New(seeker, NAME, forget);
    if (!capsule) return closed(seeker), NULL;
    PyObject *function = PyCFunction_New(&seeking, capsule);
    Py_DECREF(capsule);
    return function;
}
