/* What the loops of a search take of pressmark_lexicon.c. */

#define KIN 512 /* forms of a word; where there are more, the caller finds them */

#define UNKNOWN -2   /* the caller is to find the forms of a word */
#define UNWRITTEN -3 /* the caller is to give the keys of a word */

/* The numbers of the forms that share a key with a typed word, in order, and how many they are; UNKNOWN; -1: an error.
   Where `keys` is None these are the folded spelling, the word and the stem that was written of it, or UNWRITTEN. */
int kin_terms(PyObject *capsule, PyObject *typed, PyObject *keys, int64_t terms[KIN]);

/* What `kin` gives for forms with these numbers. */
PyObject *kin_lists(PyObject *capsule, const int64_t *terms, int many);

/* Those of them that have postings, the ones with most first; with as many, in order. A tuple. */
PyObject *kin_forms(PyObject *capsule, const int64_t *terms, int many);

PyObject *lexicon_open(PyObject *self, PyObject *args);
PyObject *lexicon_kin(PyObject *self, PyObject *args);
PyObject *lexicon_near(PyObject *self, PyObject *args);
