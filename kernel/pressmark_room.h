/* Memory that grows with what comes: of marks, forms, words, letters. */

#include <Python.h>
#include <stdint.h>

/* Room for so many of a width, in bytes: the same memory, or larger. NULL, and an error is set: there is none, and what was
   there stays. */
static inline void *grown(void *at, Py_ssize_t wanted, Py_ssize_t *room, size_t width) {
    if (at && wanted <= *room) return at;
    Py_ssize_t more = wanted * 2 + 256;
    void *new = more < INT32_MAX ? PyMem_Realloc(at, (size_t)more * width) : NULL;
    if (!new) return PyErr_NoMemory(), NULL;
    *room = more;
    return new;
}
