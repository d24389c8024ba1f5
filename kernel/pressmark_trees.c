/* Decision trees, compiled: rows of features -> the sums of the leaves at which they end.

crawler/body/model/trees.py says what the functions take and give, and does the same with NumPy. Leaves are added in the
order of the trees, in four parts by how deep they are, so that each sum is rounded as NumPy rounds it there.

No row walks down a tree. Its leaves are numbered from left to right, and each of its tests that sends a row to the right
rules out the leaves to its left; where all tests have spoken, the first leaf that is left is the one at which the walk
ends (QuickScorer, Lucchese et al. 2015). So many rows meet a test at once, and nothing is to be guessed. */

#define PY_SSIZE_T_CLEAN
#define Py_LIMITED_API 0x030B0000
#include <Python.h>
#include <stdint.h>
#include <string.h>

#define LANES 8 /* rows that are compared by one instruction where a processor has such wide ones, else by two */
#define WIDE 4  /* so many such groups side by side */
#define TOGETHER (LANES * WIDE)
#define BITS 32 /* leaves of a word */
#define PARTS 4

/* The compiler makes a second copy of a function for processors with wider instructions, and the linker chooses: where both can. */
#if defined(__x86_64__) && defined(__gnu_linux__) && defined(__GNUC__) && !defined(__clang__)
#define WIDEST __attribute__((target_clones("avx2", "default")))
#else
#define WIDEST
#endif

typedef float Numbers __attribute__((vector_size(LANES * 4)));
typedef int32_t Masks __attribute__((vector_size(LANES * 4)));

typedef struct {
    float split;
    int32_t feature;
    uint32_t out;  /* the leaves of its word that a number above the split rules out */
} Test;

typedef struct {
    Py_ssize_t tests, leaf;  /* where its tests end, which leaf is its first */
    int is_last;             /* of its tree */
} Word;

typedef struct {
    Test *tests;
    Word *words;
    Py_ssize_t *ends;  /* of the words of each tree */
    double *values;    /* of each leaf */
    uint8_t *parts;
    Py_ssize_t trees, features;  /* `features`: how many a row must have */
} Forest;

static PyObject *wrong(void) {
    PyErr_SetString(PyExc_ValueError, "the arrays of the trees do not go together");
    return NULL;
}

static void fell(PyObject *capsule) {
    Forest *forest = PyCapsule_GetPointer(capsule, "forest");
    if (!forest) return;
    PyMem_Free(forest->tests);
    PyMem_Free(forest->words);
    PyMem_Free(forest->ends);
    PyMem_Free(forest->values);
    PyMem_Free(forest->parts);
    PyMem_Free(forest);
}

/* What a node is found to be while a forest is planted. */
typedef struct {
    Py_ssize_t tree, leaf, leaves;  /* of the leaves below it: the first, and how many */
    int has_parent;
} Place;

/* Find the place of each node; 0: the nodes are no trees. */
static int survey(const int32_t *left, Py_ssize_t count, Py_ssize_t trees, Place *places) {
    for (Py_ssize_t n = 0; n < count; n++) {
        if (left[n] == n) continue;
        if (left[n] <= n || left[n] >= count - 1) return 0;
        for (int32_t child = left[n]; child <= left[n] + 1; child++) {
            if (places[child].has_parent) return 0;
            places[child].has_parent = 1;
        }
    }
    for (Py_ssize_t n = 0; n < count; n++) {
        if (places[n].has_parent == (n < trees)) return 0;
    }
    for (Py_ssize_t n = count; n--;) {  /* children come after their parents */
        places[n].leaves = left[n] == n ? 1 : places[left[n]].leaves + places[left[n] + 1].leaves;
    }
    for (Py_ssize_t n = 0; n < count; n++) {
        if (n < trees) {
            places[n].tree = n;
            places[n].leaf = n ? places[n - 1].leaf + places[n - 1].leaves : 0;
        }
        if (left[n] == n) continue;
        Place *children = places + left[n];
        children[0].tree = children[1].tree = places[n].tree;
        children[0].leaf = places[n].leaf;
        children[1].leaf = places[n].leaf + children[0].leaves;
    }
    return 1;
}

/* Lay out the words and tests of trees whose places are known; 0: no memory. */
static int plant(Forest *forest, const int32_t *feature, const float *split, const int32_t *left, Py_ssize_t count,
                 const Place *places) {
    Py_ssize_t words = 0, tests = 0;
    if (!(forest->ends = PyMem_Calloc((size_t)forest->trees, sizeof(Py_ssize_t)))) return 0;
    for (Py_ssize_t tree = 0; tree < forest->trees; tree++) {
        words += (places[tree].leaves + BITS - 1) / BITS;
        forest->ends[tree] = words;
    }
    if (!(forest->words = PyMem_Calloc((size_t)words, sizeof(Word)))) return 0;
    for (int filling = 0; filling < 2; filling++) {  /* first they are counted */
        for (Py_ssize_t n = 0; n < count; n++) {
            if (left[n] == n) continue;
            Py_ssize_t tree = places[n].tree, start = tree ? forest->ends[tree - 1] : 0;
            Py_ssize_t first = places[n].leaf - places[tree].leaf, end = first + places[left[n]].leaves;
            for (Py_ssize_t word = first / BITS; word * BITS < end; word++) {
                Word *of = forest->words + start + word;
                if (filling) {
                    Py_ssize_t from = first > word * BITS ? first - word * BITS : 0, to = end - word * BITS;
                    uint32_t below = to < BITS ? ((uint32_t)1 << to) - 1 : UINT32_MAX;
                    forest->tests[of->tests] = (Test){split[n], feature[n], below & (UINT32_MAX << from)};
                }
                of->tests++;
            }
        }
        if (filling) break;
        for (Py_ssize_t word = 0; word < words; word++) {
            Py_ssize_t many = forest->words[word].tests;
            forest->words[word].tests = tests;
            tests += many;
        }
        if (!(forest->tests = PyMem_Calloc((size_t)(tests ? tests : 1), sizeof(Test)))) return 0;
    }
    for (Py_ssize_t tree = 0, word = 0; tree < forest->trees; tree++) {
        for (Py_ssize_t leaf = places[tree].leaf; word < forest->ends[tree]; word++, leaf += BITS) {
            forest->words[word].leaf = leaf;
            forest->words[word].is_last = word + 1 == forest->ends[tree];
        }
    }
    return 1;
}

/* forest(feature, split, left, value, part, trees) -> trees whose arrays were checked, and copied. The first
   nodes are the roots. A node's right child follows its left one, which comes after the node; a leaf is its own child,
   and nothing is above its split. */
PyObject *forest_open(PyObject *self, PyObject *args) {
    Py_buffer feature, split, left, value, part;
    Py_ssize_t trees;
    if (!PyArg_ParseTuple(args, "y*y*y*y*y*n", &feature, &split, &left, &value, &part, &trees)) return NULL;
    Py_ssize_t count = left.len / 4;
    int whole = count > 0 && count < INT32_MAX && left.len == 4 * count && feature.len == 4 * count &&
        split.len == 4 * count && value.len == 8 * count && part.len == count && trees > 0 && trees <= count;
    Forest *forest = whole ? PyMem_Calloc(1, sizeof(Forest)) : NULL;
    Place *places = forest ? PyMem_Calloc((size_t)count, sizeof(Place)) : NULL;
    PyObject *capsule = places ? PyCapsule_New(forest, "forest", fell) : NULL;
    if (forest && !capsule) PyMem_Free(forest);
    if (capsule) {
        const int32_t *features = feature.buf, *lefts = left.buf;
        forest->trees = trees;
        forest->values = PyMem_Malloc((size_t)count * sizeof(double));
        forest->parts = PyMem_Malloc((size_t)count);
        int has_room = forest->values && forest->parts;
        whole = survey(lefts, count, trees, places);
        for (Py_ssize_t n = 0; has_room && whole && n < count; n++) {
            float above = ((float *)split.buf)[n];
            uint8_t sum = ((uint8_t *)part.buf)[n];
            int is_leaf = lefts[n] == n;
            if (features[n] >= forest->features) forest->features = (Py_ssize_t)features[n] + 1;
            whole = features[n] >= 0 && sum < PARTS && (!is_leaf || !(above < Py_HUGE_VAL));
            if (is_leaf) {
                forest->values[places[n].leaf] = ((double *)value.buf)[n];
                forest->parts[places[n].leaf] = sum;
            }
        }
        has_room = has_room && (!whole || plant(forest, features, split.buf, lefts, count, places));
        if (whole && !has_room) Py_CLEAR(capsule);
    }
    PyMem_Free(places);
    PyBuffer_Release(&feature);
    PyBuffer_Release(&split);
    PyBuffer_Release(&left);
    PyBuffer_Release(&value);
    PyBuffer_Release(&part);
    if (whole) return capsule ? capsule : PyErr_NoMemory();
    Py_XDECREF(capsule);
    return wrong();
}

/* Sum the leaves of some rows, whose numbers in the first column `which` names, of trees from `first` up to `end`;
   LANES rows side by side, `wide` times. `room` is for the numbers of the rows, TOGETHER of each feature. */
static inline __attribute__((always_inline)) void meet(const Forest *forest, const float *columns, Py_ssize_t count,
                                                       const Py_ssize_t *which, int many, const int wide,
                                                       Py_ssize_t first, Py_ssize_t end, float *room, double *odds) {
    double sums[PARTS][TOGETHER] = {{0}};
    const int beside = many == LANES * wide && which[many - 1] - which[0] == many - 1; /* they are in order */
    for (Py_ssize_t feature = 0; feature < forest->features; feature++) {
        float *row = room + feature * LANES * wide;
        const float *column = columns + feature * count;
        if (beside) {
            memcpy(row, column + which[0], sizeof(float) * (size_t)(LANES * wide));
            continue;
        }
        for (int k = 0; k < many; k++) row[k] = column[which[k]];
        for (int k = many; k < LANES * wide; k++) row[k] = 0; /* which nobody looks at */
    }
    Py_ssize_t word = first ? forest->ends[first - 1] : 0, test = word ? forest->words[word - 1].tests : 0;
    int ended[TOGETHER] = {0};
    for (Py_ssize_t last = end ? forest->ends[end - 1] : 0; word < last; word++) {
        const Word *of = forest->words + word;
        Masks open[WIDE];
        uint32_t leaves[TOGETHER];
        for (int group = 0; group < wide; group++) open[group] = ~(Masks){0};
        for (; test < of->tests; test++) {
            const Test here = forest->tests[test];
            const float *row = room + (Py_ssize_t)here.feature * LANES * wide;
            const Numbers split = here.split - (Numbers){0};
            const Masks out = (int32_t)here.out - (Masks){0};
            for (int group = 0; group < wide; group++) {
                Numbers numbers;
                memcpy(&numbers, row + LANES * group, sizeof numbers);
                open[group] &= ~((Masks)(numbers > split) & out);
            }
        }
        memcpy(leaves, open, sizeof(Masks) * (size_t)wide);
        for (int k = 0; k < many; k++) {
            if (!leaves[k] || ended[k]) continue;
            Py_ssize_t leaf = of->leaf + __builtin_ctz(leaves[k]);
            sums[forest->parts[leaf]][k] += forest->values[leaf];
            ended[k] = !of->is_last;
        }
        if (of->is_last) memset(ended, 0, sizeof ended);
    }
    for (int k = 0; k < many; k++) {
        double sum = 0;
        for (int part = 0; part < PARTS; part++) sum += sums[part][k];
        odds[which[k]] += sum;
    }
}

WIDEST static void walk(const Forest *forest, const float *columns, Py_ssize_t count, const Py_ssize_t *which, int many,
                 Py_ssize_t first, Py_ssize_t end, float *room, double *odds) {
    if (many <= LANES) meet(forest, columns, count, which, many, 1, first, end, room, odds);
    else meet(forest, columns, count, which, many, WIDE, first, end, room, odds);
}

/* descend(forest, columns, count, first, bound) -> a sum for each of `count` rows, as bytes of 64 bits each. The numbers
   of the rows are of 32 bits, all rows of the first feature before those of the second. Rows that are as far from 0 as
   `bound` after the first trees walk down no others. */
PyObject *forest_descend(PyObject *self, PyObject *args) {
    PyObject *capsule, *sums = NULL;
    Py_buffer columns;
    Py_ssize_t count, first;
    double bound;
    if (!PyArg_ParseTuple(args, "Oy*nnd", &capsule, &columns, &count, &first, &bound)) return NULL;
    const Forest *forest = PyCapsule_GetPointer(capsule, "forest");
    float *room = NULL;
    if (forest && (count < 0 || first < 0 || columns.len / 4 / forest->features < count)) {
        wrong();
    } else if (forest && !(room = PyMem_Malloc((size_t)forest->features * TOGETHER * sizeof(float)))) {
        PyErr_NoMemory();
    } else if (forest) {
        Py_ssize_t stages[] = {0, first < forest->trees ? first : forest->trees, forest->trees};
        if ((sums = PyBytes_FromStringAndSize(NULL, count * 8))) {
            double *odds = (double *)PyBytes_AsString(sums);
            for (Py_ssize_t n = 0; n < count; n++) odds[n] = 0;
            for (int stage = 0; stage < 2; stage++) {
                Py_ssize_t which[TOGETHER];
                int many = 0;
                for (Py_ssize_t n = 0; n < count; n++) {
                    if (stage == 0 || (odds[n] < bound && odds[n] > -bound)) which[many++] = n;
                    if (many == TOGETHER || (many && n == count - 1)) {
                        walk(forest, columns.buf, count, which, many, stages[stage], stages[stage + 1], room, odds);
                        many = 0;
                    }
                }
            }
        }
    }
    PyMem_Free(room);
    PyBuffer_Release(&columns);
    return sums;
}
