/* Decision trees, compiled: rows of features -> the sums of the leaves at which they end.

crawler/body/model/trees.py says what the functions take and give, and does the same with NumPy. Leaves are added in the
order of the trees, in four parts by how deep they are, so that each sum is rounded as NumPy rounds it there. */

#define PY_SSIZE_T_CLEAN
#define Py_LIMITED_API 0x030B0000
#include <Python.h>
#include <stdint.h>

#define TOGETHER 16 /* rows that walk down a tree side by side: a step of one need not wait for another's */
#define PARTS 4

typedef struct {
    float split;
    int32_t left, feature, is_leaf;
} Node;

typedef struct {
    Node *nodes;
    double *values;
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
    PyMem_Free(forest->nodes);
    PyMem_Free(forest->values);
    PyMem_Free(forest->parts);
    PyMem_Free(forest);
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
    PyObject *capsule = forest ? PyCapsule_New(forest, "forest", fell) : NULL;
    if (forest && !capsule) PyMem_Free(forest);
    if (capsule) {
        forest->trees = trees;
        forest->nodes = PyMem_Malloc((size_t)count * sizeof(Node));
        forest->values = PyMem_Malloc((size_t)count * sizeof(double));
        forest->parts = PyMem_Malloc((size_t)count);
        if (!forest->nodes || !forest->values || !forest->parts) {
            Py_CLEAR(capsule);
            PyErr_NoMemory();
        }
    }
    for (Py_ssize_t n = 0; capsule && n < count; n++) {
        Node node = {((float *)split.buf)[n], ((int32_t *)left.buf)[n], ((int32_t *)feature.buf)[n], 0};
        int is_leaf = node.is_leaf = node.left == n;
        forest->nodes[n] = node;
        forest->values[n] = ((double *)value.buf)[n];
        forest->parts[n] = ((uint8_t *)part.buf)[n];
        if (node.feature >= forest->features) forest->features = (Py_ssize_t)node.feature + 1;
        whole = whole && node.feature >= 0 && forest->parts[n] < PARTS &&
            (is_leaf ? !(node.split < Py_HUGE_VAL) : node.left > n && node.left < count - 1);
    }
    PyBuffer_Release(&feature);
    PyBuffer_Release(&split);
    PyBuffer_Release(&left);
    PyBuffer_Release(&value);
    PyBuffer_Release(&part);
    if (whole) return capsule ? capsule : PyErr_Occurred() ? NULL : PyErr_NoMemory();
    Py_XDECREF(capsule);
    return PyErr_Occurred() ? NULL : wrong();
}

/* Sum the leaves of some rows, whose numbers in the first column `which` names, of trees from `first` up to `end`. */
static void walk(const Forest *forest, const float *columns, Py_ssize_t count, const Py_ssize_t *which, int many,
                 Py_ssize_t first, Py_ssize_t end, double *odds) {
    const Node *nodes = forest->nodes;
    double sums[PARTS][TOGETHER] = {{0}};
    for (Py_ssize_t tree = first; tree < end; tree++) {
        int32_t where[TOGETHER];
        int going[TOGETHER], left = many;
        for (int k = 0; k < many; k++) {
            where[k] = (int32_t)tree;
            going[k] = k;
        }
        while (left) {  /* a row that has come to its leaf goes no further */
            int still = 0;
            for (int n = 0; n < left; n++) {
                int k = going[n];
                const Node node = nodes[where[k]];
                int32_t next = node.left + (columns[node.feature * count + which[k]] > node.split);
                going[still] = k;
                still += !nodes[next].is_leaf;
                where[k] = next;
            }
            left = still;
        }
        for (int k = 0; k < many; k++) sums[forest->parts[where[k]]][k] += forest->values[where[k]];
    }
    for (int k = 0; k < many; k++) {
        double sum = 0;
        for (int part = 0; part < PARTS; part++) sum += sums[part][k];
        odds[which[k]] += sum;
    }
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
    if (forest && (count < 0 || first < 0 || columns.len / 4 / forest->features < count)) {
        wrong();
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
                        walk(forest, columns.buf, count, which, many, stages[stage], stages[stage + 1], odds);
                        many = 0;
                    }
                }
            }
        }
    }
    PyBuffer_Release(&columns);
    return sums;
}
