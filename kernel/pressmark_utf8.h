/* What the files of texts and of words share: characters of UTF-8, and the answer that Python is to find it instead. */

#include <Python.h>
#include <stdint.h>

#define PLANE 0x10000

/* The next character of a text in UTF-8; what is beyond the plane is its last. */
static inline uint32_t next_of(const unsigned char **at) {
    const unsigned char *from = *at;
    uint32_t first = *from;
    if (first < 0x80) {
        *at += 1;
        return first;
    }
    if (first < 0xe0) {
        *at += 2;
        return (first & 0x1f) << 6 | (from[1] & 0x3f);
    }
    if (first < 0xf0) {
        *at += 3;
        return (first & 0x0f) << 12 | (from[1] & 0x3fU) << 6 | (from[2] & 0x3f);
    }
    *at += 4;
    return PLANE;
}

static inline PyObject *none(void) {
    Py_INCREF(Py_None);
    return Py_None;
}

/* The bytes of a text; NULL without an error for one that has none, of lone surrogates. */
static inline const char *bytes_of(PyObject *text, Py_ssize_t *size) {
    const char *found = PyUnicode_AsUTF8AndSize(text, size);
    if (!found && PyErr_ExceptionMatches(PyExc_UnicodeEncodeError)) PyErr_Clear();
    return found;
}
