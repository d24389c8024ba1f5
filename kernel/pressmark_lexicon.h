/* What the loops of a search take of pressmark_lexicon.c. */

#define KIN 512 /* forms of a word; where there are more, the caller finds them */

/* What `kin` gives for these arguments, and the numbers of the forms; NULL: an error. */
PyObject *kin_of(PyObject *capsule, PyObject *typed, PyObject *keys, int64_t terms[KIN]);

PyObject *lexicon_open(PyObject *self, PyObject *args);
PyObject *lexicon_kin(PyObject *self, PyObject *args);
PyObject *lexicon_near(PyObject *self, PyObject *args);
