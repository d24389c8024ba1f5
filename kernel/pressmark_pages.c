/* Pages, compiled: a tree of lxml's -> its text blocks, in one pass over libxml2's own nodes.

crawler/markup/blocks.py says what is given, and does the same in Python. Elements are made of nodes by lxml's public C
interface; of a node only the fields that have stood first in it in every version of libxml2 2 are read. What a tree of
HTML without comments does not hold is not read here: the answer is None, and Python reads the page. */

#define PY_SSIZE_T_CLEAN
#define Py_LIMITED_API 0x030B0000
#include <Python.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { ELEMENT = 1, ATTRIBUTE = 2, TEXT = 3, CDATA = 4 };

typedef struct Node Node;
struct Node {
    void *own;
    int type;
    const char *name;
    Node *children, *last, *parent, *next, *prev;
    void *document, *space;
    char *content;  /* of an attribute: how it was declared */
    Node *attributes;
};

typedef struct {
    PyObject_HEAD
    void *document;
    Node *node;
} Element;

typedef PyObject *(*Factory)(void *, Node *);

#define FACTORY "struct LxmlElement *(struct LxmlDocument *, xmlNode *)"

/* What crawler/markup/blocks.py says of a tag: its role in two bits, then one fact a bit, then the bit of TELLING. */
enum { CONTAINER, SKIP, INLINE, BREAK, ROLES = 3 };
enum {
    LINK = 1 << 2, BOLD = 1 << 3, IMAGE = 1 << 4, CELL = 1 << 5, HEADING = 1 << 6, PREFORMATTED = 1 << 7, ROW = 1 << 8,
    BOX = 1 << 9, MENU = 1 << 10, BUTTON = 1 << 11, STORY = 1 << 12, PROSE = 1 << 13, RAISED = 1 << 14, SPAN = 1 << 15,
    SMALL = 1 << 16, UNSCRIPTED = 1 << 17, PICTURE = 1 << 18, NAMING = 1 << 19 /* of an attribute */, TELLING = 20,
};
#define SIGN 12 /* visible ASCII characters; an inline element with more of them is no mark of a footnote */
#define LINE "\xe2\x80\xa8"

typedef struct {
    int64_t *at;
    Py_ssize_t count, room;
} Numbers;

typedef struct {
    char *at;
    Py_ssize_t size, room;
} Bytes;

typedef struct {
    const char *name;
    PyObject *tag;  /* owned */
    long facts;
} Kind;

typedef struct {
    Node *node;
    Py_ssize_t first, end;
} Span;

typedef struct {
    Factory factory;
    void *document;
    PyObject *tags, *is_mark, *is_row, *in_lines, *cut_at, *mark, *named;  /* borrowed */
    Kind *kinds;
    size_t kinds_room, kinds_count;
    PyObject *texts, *nodes, *tag_list, *names, *lines, *marked, *images, *left_out, *cut;
    Numbers owners, link_chars, links, bold_chars, parents, depths, within, hidden, first, end;
    Numbers open, pieces, facts;  /* open elements; ends of the pieces in `raw`; facts of the open tags */
    Bytes raw, text, names_room;
    Span *marks;
    Py_ssize_t marks_count, marks_room;
    Span link, cell;
    Node *heading, *row;
    int solid, has_line, anchors, bolds, breaks, preformatted;
    int64_t own_links, own_link_chars, own_bold_chars, chars;
    int64_t max_images;
    int strange;  /* something that is not read here */
} Walk;

static int number(Numbers *to, int64_t value) {
    if (to->count == to->room) {
        Py_ssize_t room = to->room ? to->room * 2 : 256;
        int64_t *at = realloc(to->at, (size_t)room * sizeof(int64_t));
        if (!at) return PyErr_NoMemory(), -1;
        to->at = at;
        to->room = room;
    }
    to->at[to->count++] = value;
    return 0;
}

static int more(Bytes *to, Py_ssize_t size) {
    if (to->room - to->size >= size) return 0;
    Py_ssize_t room = (to->size + size) * 2 + 256;
    char *at = realloc(to->at, (size_t)room);
    if (!at) return PyErr_NoMemory(), -1;
    to->at = at;
    to->room = room;
    return 0;
}

static int put(Bytes *to, const char *from, Py_ssize_t size) {
    if (!size) return 0;
    if (more(to, size) < 0) return -1;
    memcpy(to->at + to->size, from, (size_t)size);
    to->size += size;
    return 0;
}

/* How many bytes the blank has that a text begins with, 0: it begins with none. As str.isspace() says. */
static int blank(const unsigned char *at, const unsigned char *end) {
    unsigned char first = *at;
    if (first < 0x80) return (first >= 9 && first <= 13) || (first >= 0x1c && first <= 0x20);
    if (first == 0xc2) return end - at > 1 && (at[1] == 0x85 || at[1] == 0xa0) ? 2 : 0;
    if (first < 0xe1 || first > 0xe3 || end - at < 3) return 0;
    if (first == 0xe1) return at[1] == 0x9a && at[2] == 0x80 ? 3 : 0;
    if (first == 0xe3) return at[1] == 0x80 && at[2] == 0x80 ? 3 : 0;
    if (at[1] == 0x80) return at[2] <= 0x8a || at[2] == 0xa8 || at[2] == 0xa9 || at[2] == 0xaf ? 3 : 0;
    return at[1] == 0x81 && at[2] == 0x9f ? 3 : 0;
}

static Py_ssize_t characters(const char *at, Py_ssize_t size) {
    Py_ssize_t count = 0;
    for (Py_ssize_t n = 0; n < size; n++) count += ((unsigned char)at[n] & 0xc0) != 0x80;
    return count;
}

static PyObject *element_of(Walk *walk, Node *node) {
    return walk->factory(walk->document, node);
}

/* What is known of a node's tag; NULL: an error. */
static Kind *kind_of(Walk *walk, const char *name) {
    size_t mask = walk->kinds_room - 1, at;
    if (walk->kinds_count * 2 >= walk->kinds_room) {
        size_t room = walk->kinds_room ? walk->kinds_room * 2 : 256;
        Kind *kinds = calloc(room, sizeof(Kind));
        if (!kinds) return PyErr_NoMemory(), NULL;
        for (size_t n = 0; n < walk->kinds_room; n++) {
            if (!walk->kinds[n].name) continue;
            at = ((uintptr_t)walk->kinds[n].name >> 3) & (room - 1);
            while (kinds[at].name) at = (at + 1) & (room - 1);
            kinds[at] = walk->kinds[n];
        }
        free(walk->kinds);
        walk->kinds = kinds;
        walk->kinds_room = room;
        mask = room - 1;
    }
    for (at = ((uintptr_t)name >> 3) & mask; walk->kinds[at].name; at = (at + 1) & mask)
        if (walk->kinds[at].name == name) return &walk->kinds[at];
    PyObject *tag = PyUnicode_DecodeUTF8(name, (Py_ssize_t)strlen(name), NULL);
    if (!tag) return NULL;
    PyObject *facts = PyDict_GetItemWithError(walk->tags, tag);
    long value = facts ? PyLong_AsLong(facts) : CONTAINER;
    if (PyErr_Occurred()) return Py_DECREF(tag), NULL;
    walk->kinds[at] = (Kind){name, tag, value};
    walk->kinds_count++;
    return &walk->kinds[at];
}

/* The value of an attribute: the text of its one node; "" without one; NULL where it is made of more. */
static const char *value_of(const Node *attribute) {
    const Node *text = attribute->children;
    if (!text) return "";
    return text->type == TEXT && !text->next ? text->content ? text->content : "" : NULL;
}

/* An element's attribute of a name: NULL: it has none, or one that is made of more than one text. */
static const char *attribute_of(const Node *node, const char *name) {
    for (const Node *each = node->attributes; each; each = each->next)
        if (!each->space && !strcmp(each->name, name)) return value_of(each);
    return NULL;
}

/* The next node within a part of the tree, in the order of the page; NULL at its end. */
static Node *next_within(Node *at, const Node *part) {
    if (at->type == ELEMENT && at->children) return at->children;
    while (at != part && !at->next) at = at->parent;
    return at == part ? NULL : at->next;
}

/* Whether an element with one of some facts stands in another; -1: an error. */
static int holds(Walk *walk, Node *part, long facts) {
    for (Node *at = next_within(part, part); at; at = next_within(at, part)) {
        if (at->type != ELEMENT) continue;
        Kind *kind = kind_of(walk, at->name);
        if (!kind) return -1;
        if (kind->facts & facts) return 1;
    }
    return 0;
}

/* Whether an element's text is short enough for a mark, and not empty. */
static int may_be_sign(Node *part) {
    int visible = 0, any = 0;
    for (Node *at = next_within(part, part); at; at = next_within(at, part)) {
        if ((at->type != TEXT && at->type != CDATA) || !at->content) continue;
        for (const unsigned char *each = (unsigned char *)at->content; *each; each++) {
            any = 1;
            if (*each > 0x20 && *each < 0x7f && ++visible > SIGN) return 0;
        }
    }
    return any;
}

static int asks_mark(Walk *walk, Node *node, PyObject *tag) {
    PyObject *element = element_of(walk, node);
    PyObject *heading = element && walk->heading ? element_of(walk, walk->heading) : NULL;
    PyObject *answer = NULL;
    if (element && (heading || !walk->heading))
        answer = PyObject_CallFunctionObjArgs(walk->is_mark, heading ? heading : Py_None, element, tag, NULL);
    int is_mark = answer ? PyObject_IsTrue(answer) : -1;
    Py_XDECREF(element);
    Py_XDECREF(heading);
    Py_XDECREF(answer);
    return is_mark;
}

/* Whether an element that may hold text is left out. */
static int is_skipped(Walk *walk, Node *node, const Kind *kind) {
    long facts = kind->facts;
    PyObject *tag = kind->tag;
    if (facts & (MENU | BUTTON)) {
        int found = holds(walk, node, facts & MENU ? STORY : STORY | PROSE);
        return found < 0 ? -1 : !found;
    }
    if (!(facts & (LINK | RAISED | SPAN | SMALL))) return 0;
    if (!walk->heading && !(facts & RAISED)) {
        if (facts & LINK) {
            const char *href = attribute_of(node, "href");
            if (!href || !strchr(href, '#')) return 0;
        } else if (!(facts & SPAN) || !attribute_of(node, "class") || !may_be_sign(node)) {
            return 0;
        }
    }
    return asks_mark(walk, node, tag);
}

static int append(PyObject *list, PyObject *item) {  /* takes the item */
    int failed = item ? PyList_Append(list, item) : -1;
    Py_XDECREF(item);
    return failed;
}

static int piece(Walk *walk, const char *text, Py_ssize_t size, int solid) {
    if (put(&walk->raw, text, size) < 0) return -1;
    walk->solid |= solid;
    return number(&walk->pieces, walk->raw.size);
}

static int mark(Walk *walk, Node *node, Py_ssize_t first) {
    if (walk->marks_count == walk->marks_room) {
        Py_ssize_t room = walk->marks_room ? walk->marks_room * 2 : 64;
        Span *marks = realloc(walk->marks, (size_t)room * sizeof(Span));
        if (!marks) return PyErr_NoMemory(), -1;
        walk->marks = marks;
        walk->marks_room = room;
    }
    walk->marks[walk->marks_count++] = (Span){node, first, walk->pieces.count};
    return 0;
}

/* Write the gathered text with its white space collapsed. */
static int collapse(Walk *walk) {
    const unsigned char *at = (unsigned char *)walk->raw.at, *end = at + walk->raw.size;
    Bytes *text = &walk->text;
    text->size = 0;
    if (more(text, walk->raw.size) < 0) return -1;
    char *to = text->at;
    int apart = 0;
    while (at < end) {
        int size = blank(at, end);
        if (size) {
            apart = 1;
            at += size;
            continue;
        }
        if (apart && to > text->at) *to++ = ' ';
        apart = 0;
        do *to++ = (char)*at++; while (at < end && ((*at > 0x20 && *at < 0x7f) || (*at & 0xc0) == 0x80));
    }
    text->size = to - text->at;
    return 0;
}

/* The pieces of the block as a list, and its marks as another, as a pair; NULL: an error. */
static PyObject *marks_of(Walk *walk) {
    PyObject *pieces = PyList_New(0), *marks = PyList_New(0), *both = NULL;
    int failed = !pieces || !marks;
    for (Py_ssize_t n = 0; n < walk->pieces.count && !failed; n++) {
        int64_t start = n ? walk->pieces.at[n - 1] : 0;
        failed = append(pieces, PyUnicode_DecodeUTF8(walk->raw.at + start, walk->pieces.at[n] - start, NULL)) < 0;
    }
    for (Py_ssize_t n = 0; n < walk->marks_count && !failed; n++) {
        Span *own = &walk->marks[n];
        PyObject *element = element_of(walk, own->node);
        failed = !element || append(marks, PyObject_CallFunction(walk->mark, "Onn", element, own->first, own->end)) < 0;
        Py_XDECREF(element);
    }
    if (!failed) both = PyTuple_Pack(2, pieces, marks);
    Py_XDECREF(pieces);
    Py_XDECREF(marks);
    return both;
}

static int entered(PyObject *dict, Py_ssize_t key, PyObject *value) {  /* takes the value */
    PyObject *at = value ? PyLong_FromSsize_t(key) : NULL;
    int failed = at ? PyDict_SetItem(dict, at, value) : -1;
    Py_XDECREF(at);
    Py_XDECREF(value);
    return failed;
}

static int block(Walk *walk, const char *from, Py_ssize_t size) {
    Py_ssize_t at = PyList_Size(walk->texts), length = characters(from, size);
    PyObject *text = PyUnicode_DecodeUTF8(from, size, NULL);
    if (!text) return -1;
    int failed = 0;
    if (walk->preformatted || walk->has_line) {
        PyObject *raw = PyUnicode_DecodeUTF8(walk->raw.at, walk->raw.size, NULL);
        PyObject *set = walk->preformatted ? Py_True : Py_False;
        PyObject *lines = raw ? PyObject_CallFunctionObjArgs(walk->in_lines, raw, set, NULL) : NULL;
        Py_XDECREF(raw);
        int differ = lines ? PyObject_IsTrue(lines) : -1;
        if (differ > 0) differ = PyObject_RichCompareBool(lines, text, Py_NE);
        failed = differ < 0;
        if (differ > 0) {
            Py_INCREF(lines);
            failed = entered(walk->lines, at, lines) < 0;
        }
        Py_XDECREF(lines);
    }
    if (!failed && walk->marks_count) failed = entered(walk->marked, at, marks_of(walk)) < 0;
    if (failed) Py_DECREF(text);
    return failed || append(walk->texts, text) < 0 || number(&walk->owners, walk->open.at[walk->open.count - 1]) < 0 ||
            number(&walk->link_chars, walk->own_link_chars < length ? walk->own_link_chars : length) < 0 ||
            number(&walk->links, walk->own_links) < 0 ||
            number(&walk->bold_chars, walk->own_bold_chars < length ? walk->own_bold_chars : length) < 0
        ? -1 : 0;
}

static int flush(Walk *walk) {
    if (walk->link.node) {  /* it goes on in the next block */
        if (mark(walk, walk->link.node, walk->link.first) < 0) return -1;
        walk->link.first = 0;
    }
    if (walk->pieces.count) {
        if (walk->solid && collapse(walk) < 0) return -1;
        const char *from = walk->text.at, *end = from + (walk->solid ? walk->text.size : 0);
        if (!walk->preformatted && end - from >= 2 && end[-2] == ' ' && end[-1] == '|') {
            while (end > from && (end[-1] == '|' || end[-1] == ' ')) end--;
            while (from < end && (*from == '|' || *from == ' ')) from++;
        }
        if (end > from && walk->open.count && block(walk, from, end - from) < 0) return -1;
        walk->pieces.count = walk->raw.size = walk->solid = walk->has_line = 0;
    }
    walk->marks_count = 0;
    walk->own_links = walk->anchors ? 1 : 0;
    walk->own_link_chars = walk->own_bold_chars = walk->breaks = 0;
    return 0;
}

/* Read one run of text, which may be several nodes; `at` is the first. */
static int run_of_text(Walk *walk, const Node *at) {
    Py_ssize_t begin = walk->raw.size, length = 0;
    int solid = 0;
    for (; at && (at->type == TEXT || at->type == CDATA); at = at->next) {
        const unsigned char *each = (unsigned char *)at->content;
        if (!each) continue;
        Py_ssize_t size = (Py_ssize_t)strlen(at->content);
        const unsigned char *end = each + size;
        length += characters(at->content, size);
        if (!walk->preformatted) {
            if (put(&walk->raw, at->content, size) < 0) return -1;
        } else if (more(&walk->raw, size * 3) < 0) {
            return -1;
        }
        if (!walk->has_line)  /* a text may hold the character itself */
            walk->has_line = memchr(each, 0xe2, (size_t)size) && strstr(at->content, LINE);
        for (; each < end && (walk->preformatted || !solid);) {
            int width = blank(each, end);
            solid |= !width;
            if (walk->preformatted && *each == '\n') {
                put(&walk->raw, LINE, 3);
                walk->has_line = 1;
            } else if (walk->preformatted) {
                put(&walk->raw, (char *)each, width ? width : 1);
            }
            each += width ? width : 1;
        }
    }
    if (!length) return 0;
    if (walk->breaks && solid) walk->breaks = 0;
    if (walk->anchors) walk->own_link_chars += length;
    if (walk->bolds) walk->own_bold_chars += length;
    walk->chars += length;
    walk->solid |= solid;
    return walk->raw.size > begin ? number(&walk->pieces, walk->raw.size) : 0;
}

static int image(Walk *walk, Node *node) {
    if (PyList_Size(walk->images) >= walk->max_images) return PyList_Append(walk->left_out, PyTuple_GetItem(walk->named, 1));
    Py_ssize_t at = PyList_Size(walk->texts) + walk->solid;
    long owner = walk->open.count ? (long)walk->open.at[walk->open.count - 1] : -1;
    return append(walk->images, Py_BuildValue("nlN", at, owner, element_of(walk, node)));
}

/* Note the names of an element, and whether it is marked as not shown; 1: it has an attribute that is not read here. */
static int names_of(Walk *walk, const Node *node, int *hidden) {
    Bytes *names = &walk->names_room;
    int any = 0;
    names->size = 0;
    for (const Node *each = node->attributes; each; each = each->next) {
        const char *key = each->name, *value;
        if (each->space) continue;
        const Kind *kind = kind_of(walk, key);
        if (!kind) return -1;
        int naming = (kind->facts & NAMING) != 0;
        if (!naming && strcmp(key, "style") && strcmp(key, "hidden") && strcmp(key, "aria-hidden")) continue;
        if (!(value = value_of(each))) return 1;
        if (naming) {
            if ((any && put(names, " ", 1) < 0) || put(names, value, (Py_ssize_t)strlen(value)) < 0) return -1;
            any = 1;
        } else if (*key == 's') {
            const char *wanted = "display:none", *at = wanted;
            for (const char *one = value; *one && *at; one++) {
                char small = *one >= 'A' && *one <= 'Z' ? (char)(*one | 0x20) : *one;
                if (small == ' ') continue;
                at = small == *at ? at + 1 : small == 'd' ? wanted + 1 : wanted;
            }
            *hidden |= !*at;
        } else {
            *hidden |= *key == 'h' || !strcmp(value, "true");
        }
    }
    return 0;
}

static int opened(Walk *walk, Node *node, const Kind *kind) {
    int hidden = 0, strange = names_of(walk, node, &hidden);
    if (strange) return walk->strange = strange > 0, -1;
    int64_t above = walk->open.count ? walk->open.at[walk->open.count - 1] : -1;
    int64_t within = above >= 0 ? walk->within.at[above] : 0, place = walk->tag_list ? PyList_Size(walk->tag_list) : 0;
    long bit = kind->facts >> TELLING;
    if (bit) within |= (int64_t)1 << (bit - 1);
    PyObject *names = PyUnicode_DecodeUTF8(walk->names_room.at, walk->names_room.size, NULL);
    if (names && PyUnicode_GetLength(names) > 400) {
        PyObject *first = PyUnicode_Substring(names, 0, 400);
        Py_DECREF(names);
        names = first;
    }
    Py_ssize_t texts = PyList_Size(walk->texts);
    if (append(walk->names, names) < 0 || number(&walk->open, place) < 0 ||
        append(walk->nodes, element_of(walk, node)) < 0 || PyList_Append(walk->tag_list, kind->tag) < 0 ||
        number(&walk->parents, above) < 0 || number(&walk->depths, walk->open.count) < 0 ||
        number(&walk->within, within) < 0 || number(&walk->first, texts) < 0 || number(&walk->end, texts) < 0 ||
        number(&walk->hidden, hidden || (above >= 0 && walk->hidden.at[above])) < 0)
        return -1;
    if (kind->facts & ROW) {
        PyObject *element = element_of(walk, node);
        PyObject *answer = element ? PyObject_CallFunctionObjArgs(walk->is_row, element, NULL) : NULL;
        int is_row = answer ? PyObject_IsTrue(answer) : -1;
        Py_XDECREF(element);
        Py_XDECREF(answer);
        if (is_row > 0) walk->row = node;
        return is_row < 0 ? -1 : 0;
    }
    if (kind->facts & HEADING) walk->heading = node;
    if (kind->facts & PREFORMATTED) walk->preformatted++;
    return kind->facts & IMAGE ? image(walk, node) : 0;
}

static int started(Walk *walk, Node *node, const Kind *kind, int role) {
    long facts = kind->facts;
    if (role == CONTAINER && !walk->row) {
        if (flush(walk) < 0 || opened(walk, node, kind) < 0) return -1;
    } else if (role == BREAK) {
        if (++walk->breaks > 1) {
            if (flush(walk) < 0) return -1;
        } else {
            walk->has_line = 1;
            if (piece(walk, LINE, 3, 0) < 0) return -1;
        }
    } else if (facts & LINK) {
        walk->anchors++;
        walk->own_links++;
        if (!walk->link.node) walk->link = (Span){node, walk->pieces.count, 0};
    } else if (facts & BOLD) {
        walk->bolds++;
    } else if (facts & IMAGE) {
        if (image(walk, node) < 0) return -1;
    } else if (facts & CELL) {
        walk->cell = (Span){node, walk->pieces.count, 0};
    }
    return run_of_text(walk, node->children);
}

static int ended(Walk *walk, Node *node, long facts, int role) {
    if (role == CONTAINER) {
        if (!walk->row || node == walk->row) {
            walk->row = NULL;
            if (flush(walk) < 0) return -1;
            walk->end.at[walk->open.at[--walk->open.count]] = PyList_Size(walk->texts);
            if (facts & HEADING) walk->heading = NULL;
            else if (facts & PREFORMATTED) walk->preformatted--;
            return 0;
        }
        if (walk->cell.node == node) {
            if (mark(walk, node, walk->cell.first) < 0) return -1;
            walk->cell.node = NULL;
        }
        if (walk->pieces.count) return piece(walk, " | ", 3, 1);
    } else if (facts & LINK) {
        walk->anchors--;
        if (walk->link.node == node) {
            if (mark(walk, node, walk->link.first) < 0) return -1;
            walk->link.node = NULL;
        } else {
            return PyList_Append(walk->left_out, PyTuple_GetItem(walk->named, 0));
        }
    } else if (facts & BOLD) {
        walk->bolds--;
    }
    return 0;
}

static int images_within(Walk *walk, Node *part) {
    for (Node *at = next_within(part, part); at; at = next_within(at, part)) {
        if (at->type != ELEMENT) continue;
        Kind *kind = kind_of(walk, at->name);
        if (!kind || (kind->facts & PICTURE && image(walk, at) < 0)) return -1;
    }
    return 0;
}

/* The element that follows, of a node's children or of those behind it; the strange is noted. */
static Node *element_from(Walk *walk, Node *at) {
    for (; at && at->type != ELEMENT; at = at->next) walk->strange |= at->type != TEXT && at->type != CDATA;
    if (at) walk->strange |= at->space != NULL;
    return at;
}

static int walked(Walk *walk, Node *start, const int64_t *limits) {
    Node *node = start;
    int going_in = 1;
    for (;;) {
        int skipped = 0;
        if (going_in) {
            const Kind *known = kind_of(walk, node->name);
            if (!known) return -1;
            const Kind kind = *known;  /* where it stands may change */
            int role = kind.facts & ROLES;
            if (kind.facts & BOX && attribute_of(node, "class") && *attribute_of(node, "class")) role = CONTAINER;
            skipped = role == SKIP ? 1 : is_skipped(walk, node, &kind);
            if (skipped < 0 || number(&walk->facts, (kind.facts & ~(long)ROLES) | role) < 0) return -1;
            if (!skipped) {
                if (started(walk, node, &kind, role) < 0) return -1;
                goto check;
            }
            if (kind.facts & UNSCRIPTED && images_within(walk, node) < 0) return -1;
        }
    leave:;
        long facts = (long)walk->facts.at[--walk->facts.count];
        if (!skipped && ended(walk, node, facts, facts & ROLES) < 0) return -1;
        skipped = 0;
        if (node != start && run_of_text(walk, node->next) < 0) return -1;
        going_in = 0;
    check:
        if (walk->strange) return -1;
        if (PyList_Size(walk->texts) >= limits[0] || PyList_Size(walk->tag_list) >= limits[1] || walk->chars >= limits[2])
            return append(walk->cut, PyObject_CallFunction(walk->cut_at, "nnL", PyList_Size(walk->texts),
                                                           PyList_Size(walk->tag_list), (long long)walk->chars));
        Node *next = going_in ? element_from(walk, node->children) : NULL;
        if (going_in && !next) goto leave;
        if (!going_in) {
            if (node == start) return 0;
            next = element_from(walk, node->next);
            if (!next) {
                node = node->parent;
                goto leave;
            }
        }
        if (walk->strange) return -1;
        node = next;
        going_in = 1;
    }
}

static PyObject *listed(const Numbers *from, int truth) {
    PyObject *list = PyList_New(from->count);
    for (Py_ssize_t n = 0; list && n < from->count; n++) {
        PyObject *value = truth ? PyBool_FromLong((long)from->at[n]) : PyLong_FromLongLong(from->at[n]);
        if (!value) Py_CLEAR(list);
        else PyList_SetItem(list, n, value);
    }
    return list;
}

/* The function of lxml that makes an element of a node, and whether a thing is an element; NULL: an error. */
static Factory factory_for(PyObject *thing) {
    PyObject *lxml = PyImport_ImportModule("lxml.etree"), *type = NULL, *offered = NULL, *capsule = NULL;
    Factory factory = NULL;
    if (lxml) type = PyObject_GetAttrString(lxml, "_Element");
    if (type) offered = PyObject_GetAttrString(lxml, "__pyx_capi__");
    if (offered) capsule = PyMapping_GetItemString(offered, "elementFactory");
    int is_element = capsule ? PyObject_IsInstance(thing, type) : -1;
    if (is_element > 0) factory = (Factory)PyCapsule_GetPointer(capsule, FACTORY);
    else if (!is_element) PyErr_SetString(PyExc_TypeError, "an element of lxml is wanted");
    Py_XDECREF(lxml);
    Py_XDECREF(type);
    Py_XDECREF(offered);
    Py_XDECREF(capsule);
    return factory;
}

/* blocks(start, tags, is_mark, is_row, in_lines, cut_at, mark, named, limits) -> lists, in the order of the fields of Blocks; or
   None where the tree holds what is not read here. */
PyObject *page_blocks(PyObject *self, PyObject *args) {
    Walk walk = {0};
    PyObject *start, *all = NULL;
    long long limits[4];
    if (!PyArg_ParseTuple(args, "OO!OOOOOO!(LLLL)", &start, &PyDict_Type, &walk.tags, &walk.is_mark, &walk.is_row,
                          &walk.in_lines, &walk.cut_at, &walk.mark, &PyTuple_Type, &walk.named, &limits[0], &limits[1], &limits[2],
                          &limits[3]))
        return NULL;
    if (PyTuple_Size(walk.named) != 2) return PyErr_SetString(PyExc_ValueError, "two reasons are wanted"), NULL;
    if (!(walk.factory = factory_for(start))) return NULL;
    walk.document = ((Element *)start)->document;
    walk.max_images = limits[3];
    Node *node = ((Element *)start)->node;
    PyObject **kept[] = {&walk.texts, &walk.nodes, &walk.tag_list, &walk.names, &walk.images, &walk.left_out, &walk.cut};
    int failed = 0;
    for (size_t n = 0; n < sizeof kept / sizeof *kept; n++) failed |= !(*kept[n] = PyList_New(0));
    failed |= !(walk.lines = PyDict_New()) || !(walk.marked = PyDict_New());
    walk.strange = node->type != ELEMENT || node->space;
    const int64_t bounds[3] = {limits[0], limits[1], limits[2]};
    if (!failed && !walk.strange) failed = walked(&walk, node, bounds) < 0 || (!walk.strange && flush(&walk) < 0);
    if (walk.strange && !PyErr_Occurred()) {
        Py_INCREF(Py_None);
        all = Py_None;
    } else if (!failed) {
        while (walk.open.count) walk.end.at[walk.open.at[--walk.open.count]] = PyList_Size(walk.texts);
        PyObject *own[] = {listed(&walk.owners, 0), listed(&walk.link_chars, 0), listed(&walk.links, 0),
            listed(&walk.bold_chars, 0), listed(&walk.parents, 0), listed(&walk.depths, 0), listed(&walk.within, 0),
            listed(&walk.hidden, 1), listed(&walk.first, 0), listed(&walk.end, 0)};
        for (int n = 0; n < 10; n++) failed |= !own[n];
        if (!failed)
            all = PyTuple_Pack(19, walk.texts, own[0], own[1], own[2], own[3], walk.nodes, walk.tag_list, own[4], own[5],
                               walk.names, own[6], own[7], own[8], own[9], walk.lines, walk.marked, walk.images,
                               walk.left_out, walk.cut);
        for (int n = 0; n < 10; n++) Py_XDECREF(own[n]);
    }
    for (size_t n = 0; n < sizeof kept / sizeof *kept; n++) Py_XDECREF(*kept[n]);
    Py_XDECREF(walk.lines);
    Py_XDECREF(walk.marked);
    for (size_t n = 0; n < walk.kinds_room; n++) Py_XDECREF(walk.kinds[n].tag);
    Numbers *numbers[] = {&walk.owners, &walk.link_chars, &walk.links, &walk.bold_chars, &walk.parents, &walk.depths,
        &walk.within, &walk.hidden, &walk.first, &walk.end, &walk.open, &walk.pieces, &walk.facts};
    for (size_t n = 0; n < sizeof numbers / sizeof *numbers; n++) free(numbers[n]->at);
    free(walk.kinds);
    free(walk.raw.at);
    free(walk.text.at);
    free(walk.names_room.at);
    free(walk.marks);
    return all;
}

enum { IS_INLINE = 1, IS_NAMING = 2, IS_LINK = 4, IS_TIME = 8 };
#define MOST_NAMES 300 /* characters */
#define MOST_PARTS 512

/* Short texts in small letters that are looked for together, by the two letters that each begins with. */
typedef struct {
    const char *at[MOST_PARTS];
    size_t size[MOST_PARTS];
    short first[1024], following[MOST_PARTS];  /* -1: there is none */
    uint32_t thirds[1024];  /* what may follow two letters, by the low five bits; all of it, after a part of two */
} Parts;

static unsigned char small(unsigned char letter) {
    return letter >= 'A' && letter <= 'Z' ? letter | 0x20 : letter;
}

/* Where parts that begin with two letters are filed, small ones or capitals. */
static inline size_t file_of(const unsigned char *at) {
    return (size_t)(at[0] & 31) << 5 | (at[1] & 31);
}

/* Read the parts of a tuple, whose texts they stay; -1: an error. */
static int parts_of(Parts *parts, PyObject *written) {
    Py_ssize_t count = PyTuple_Size(written);
    memset(parts->first, -1, sizeof parts->first);
    memset(parts->thirds, 0, sizeof parts->thirds);
    if (count > MOST_PARTS) return PyErr_SetString(PyExc_ValueError, "too many parts"), -1;
    for (Py_ssize_t n = 0; n < count; n++) {
        Py_ssize_t size;
        const char *text = PyUnicode_AsUTF8AndSize(PyTuple_GetItem(written, n), &size);
        if (!text) return -1;
        if (size < 2) return PyErr_SetString(PyExc_ValueError, "a part of less than two letters"), -1;
        parts->at[n] = text;
        parts->size[n] = (size_t)size;
        const size_t file = file_of((const unsigned char *)text);
        parts->thirds[file] |= size > 2 ? UINT32_C(1) << (text[2] & 31) : UINT32_MAX;
        short *first = &parts->first[file];
        parts->following[n] = *first;
        *first = (short)n;
    }
    return 0;
}

/* Whether one of some parts stands where two letters or more are left. */
static inline int stands_at(const Parts *parts, const unsigned char *at, const unsigned char *end) {
    for (short n = parts->first[file_of(at)]; n >= 0; n = parts->following[n]) {
        size_t same = 0;
        if ((size_t)(end - at) < parts->size[n]) continue;
        while (same < parts->size[n] && small(at[same]) == (unsigned char)parts->at[n][same]) same++;
        if (same == parts->size[n]) return 1;
    }
    return 0;
}

/* Whether a text may hold one of some parts, in small letters or capitals; with letters beyond ASCII it always may. */
static int may_hold(const Parts *parts, const char *text, size_t size) {
    const unsigned char *at = (const unsigned char *)text, *end = at + size;
    for (; end - at > 2; at++) {
        if (*at >= 0x80) return 1;
        if (parts->thirds[file_of(at)] >> (at[2] & 31) & 1 && stands_at(parts, at, end)) return 1;
    }
    if (end - at == 2 && stands_at(parts, at, end)) return 1;
    return at < end && (*at | end[-1]) >= 0x80;
}

/* holding(texts, parts) -> which of some texts may hold one of the parts, by their numbers, in order. */
PyObject *page_holding(PyObject *self, PyObject *args) {
    PyObject *texts, *written, *found;
    Parts parts;
    if (!PyArg_ParseTuple(args, "O!O!", &PyList_Type, &texts, &PyTuple_Type, &written) || parts_of(&parts, written) < 0) return NULL;
    found = PyList_New(0);
    int failed = !found;
    for (Py_ssize_t n = 0; !failed && n < PyList_Size(texts); n++) {
        Py_ssize_t size = 0;
        const char *text = PyUnicode_AsUTF8AndSize(PyList_GetItem(texts, n), &size);
        failed = !text || (may_hold(&parts, text, (size_t)size) && append(found, PyLong_FromSsize_t(n)) < 0);
    }
    if (failed) Py_CLEAR(found);
    return found;
}

/* An inline element's names as a text; empty when it has none, or none that is looked for and they are not wanted anyway. */
static PyObject *inline_names(Walk *walk, const Node *node, const Parts *parts, int wanted) {
    Bytes *names = &walk->names_room;
    int any = 0;
    names->size = 0;
    for (const Node *each = node->attributes; each; each = each->next) {
        if (each->space) continue;
        const Kind *kind = kind_of(walk, each->name);
        if (!kind) return NULL;
        if (!(kind->facts & IS_NAMING)) continue;
        const char *value = value_of(each);
        if (!value) return walk->strange = 1, NULL;
        if ((any && put(names, " ", 1) < 0) || put(names, value, (Py_ssize_t)strlen(value)) < 0) return NULL;
        any = 1;
    }
    if (!wanted && !may_hold(parts, names->at, (size_t)names->size)) names->size = 0;
    PyObject *text = PyUnicode_DecodeUTF8(names->at, names->size, NULL), *first = NULL;
    if (!text || PyUnicode_GetLength(text) <= MOST_NAMES) return text;
    first = PyUnicode_Substring(text, 0, MOST_NAMES);
    Py_DECREF(text);
    return first;
}

/* Add an inline element to those found if it is marked. */
static int look(Walk *walk, Node *node, long facts, PyObject *marks, PyObject *is_author, const Parts *parts, PyObject *found) {
    int byline = 0, date = 0, link = 0, failed = 0;
    if (!node->attributes && !(facts & IS_TIME)) return 0;
    if (facts & IS_LINK) {
        const char *written = attribute_of(node, "href");
        if (written && may_hold(&parts[1], written, strlen(written))) {
            PyObject *answer = PyObject_CallFunction(is_author, "s", written);
            link = answer ? PyObject_IsTrue(answer) : -1;
            Py_XDECREF(answer);
            if (link < 0) return -1;
        }
    }
    PyObject *names = inline_names(walk, node, &parts[0], link || facts & IS_TIME);
    if (!names) return -1;
    if (!failed && PyUnicode_GetLength(names)) {
        PyObject *both = PyObject_CallFunctionObjArgs(marks, names, NULL);
        failed = !both || !PyArg_ParseTuple(both, "pp", &byline, &date);
        Py_XDECREF(both);
    }
    if (!failed && (byline || date || link || facts & IS_TIME)) {
        PyObject *truth[] = {Py_False, Py_True};
        failed = append(found, Py_BuildValue("NOOOO", element_of(walk, node), names, truth[byline || link],
                                             truth[date || facts & IS_TIME], truth[link])) < 0;
    }
    Py_DECREF(names);
    return failed ? -1 : 0;
}

/* marked(tree, names, marks, is_author_link, parts, most) -> the inline elements that are marked, in a list; None where the
   tree holds what is not read here. `parts`: one of these is in all names that are of a mark; of those in addresses. */
PyObject *page_marked(PyObject *self, PyObject *args) {
    Walk walk = {0};
    PyObject *start, *marks, *is_author, *of_names, *of_links;
    Py_ssize_t most;
    Parts parts[2];
    if (!PyArg_ParseTuple(args, "OO!OO(O!O!)n", &start, &PyDict_Type, &walk.tags, &marks, &is_author, &PyTuple_Type, &of_names,
                          &PyTuple_Type, &of_links, &most))
        return NULL;
    if (parts_of(&parts[0], of_names) < 0 || parts_of(&parts[1], of_links) < 0) return NULL;
    if (!(walk.factory = factory_for(start))) return NULL;
    walk.document = ((Element *)start)->document;
    Node *part = ((Element *)start)->node;
    PyObject *found = PyList_New(0);
    int failed = !found;
    for (Node *at = part; at && !failed && !walk.strange && most > 0; at = next_within(at, part)) {
        walk.strange |= (at->type != ELEMENT && at->type != TEXT && at->type != CDATA) || (at->type == ELEMENT && at->space);
        if (at->type != ELEMENT || walk.strange) continue;
        const Kind *kind = kind_of(&walk, at->name);
        failed = !kind;
        if (failed || !(kind->facts & IS_INLINE)) continue;
        most--;
        failed = look(&walk, at, kind->facts, marks, is_author, parts, found) < 0;
    }
    if ((failed || walk.strange) && found) Py_CLEAR(found);
    for (size_t n = 0; n < walk.kinds_room; n++) Py_XDECREF(walk.kinds[n].tag);
    free(walk.kinds);
    free(walk.names_room.at);
    if (walk.strange && !PyErr_Occurred()) {
        Py_INCREF(Py_None);
        return Py_None;
    }
    return found;
}

enum { IS_WANTED = 1, HAS_WANTED = 2 };

/* Enter an element under a name. */
static int gather(Walk *walk, Node *node, PyObject *name, PyObject *found) {
    PyObject *list = PyDict_GetItemWithError(found, name);
    if (!list && PyErr_Occurred()) return -1;
    if (!list) {
        if (!(list = PyList_New(0))) return -1;
        int failed = PyDict_SetItem(found, name, list) < 0;
        Py_DECREF(list);
        if (failed) return -1;
    }
    return append(list, element_of(walk, node));
}

/* gathered(tree, names) -> the elements within a tree of some tags, and those that have some attributes: two dicts, name -> list;
   None where the tree holds what is not read here. `names`: of tags and attributes, in bits, which of both is wanted. */
PyObject *page_gathered(PyObject *self, PyObject *args) {
    Walk walk = {0};
    PyObject *start, *all = NULL;
    if (!PyArg_ParseTuple(args, "OO!", &start, &PyDict_Type, &walk.tags)) return NULL;
    if (!(walk.factory = factory_for(start))) return NULL;
    walk.document = ((Element *)start)->document;
    Node *part = ((Element *)start)->node;
    PyObject *found = PyDict_New(), *having = PyDict_New();
    int failed = !found || !having;
    for (Node *at = next_within(part, part); at && !failed && !walk.strange; at = next_within(at, part)) {
        walk.strange |= (at->type != ELEMENT && at->type != TEXT && at->type != CDATA) || (at->type == ELEMENT && at->space);
        if (at->type != ELEMENT || walk.strange) continue;
        const Kind *kind = kind_of(&walk, at->name);
        failed = !kind || (kind->facts & IS_WANTED && gather(&walk, at, kind->tag, found) < 0);
        for (const Node *each = failed ? NULL : at->attributes; each && !failed; each = each->next) {
            if (each->space) continue;
            failed = !(kind = kind_of(&walk, each->name)) || (kind->facts & HAS_WANTED && gather(&walk, at, kind->tag, having) < 0);
        }
    }
    if (!failed && !walk.strange) all = PyTuple_Pack(2, found, having);
    Py_XDECREF(found);
    Py_XDECREF(having);
    for (size_t n = 0; n < walk.kinds_room; n++) Py_XDECREF(walk.kinds[n].tag);
    free(walk.kinds);
    if (walk.strange && !PyErr_Occurred()) {
        Py_INCREF(Py_None);
        return Py_None;
    }
    return all;
}
