/* Phrases and windows of words of which one is rare, text by text: how often they stand in each. */

#define PY_SSIZE_T_CLEAN
#define Py_LIMITED_API 0x030B0000
#include <Python.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "pressmark_cursors.h"

#define MAX_PLACES 32
#define MAX_TERMS 64 /* at all places of a phrase */
#define MARKS 65536  /* positions that can be marked */
#define SPARSE 8     /* so few positions of two terms are compared one by one */
#define NOWHERE UINT32_MAX /* behind the last of a term's positions */

/* What stands at a place of a phrase: any of some terms, so many in all of whose postings. */
typedef struct {
    Cursor *cursors;
    int terms, asked;  /* at how many places of the phrase it stands */
    Py_ssize_t postings;
    int64_t most;      /* how many positions it has in the text that is looked at, at the most */
} Slot;

/* Space for positions, and a byte a position: the positions of one slot are marked by the number of their turn. */
typedef struct {
    uint32_t *one;
    Py_ssize_t size;
    uint8_t turn, marks[MARKS];
} Rooms;

/* Make space for so many positions; -1: there are none so many, or there is no memory. */
static int make_room(const Lists *lists, Py_ssize_t needed, Rooms *rooms) {
    if (needed <= rooms->size) return 0;
    if (needed > (length(&lists->a[NEAR]) + MAX_PLACES) * 3 * MAX_TERMS) return -1;
    free(rooms->one);
    rooms->one = malloc((size_t)needed * 4);
    rooms->size = rooms->one ? needed : 0;
    return rooms->one ? 0 : -1;
}

/* The positions of a slot in the text that is looked at, in order, each once where it has several terms; -1: damage.
   `room` has space for them, and `spare` for as many. */
static int64_t slot_positions(const Lists *lists, const Slot *slot, uint32_t *room, uint32_t *spare) {
    int64_t many = 0;
    int runs = 0;
    for (int i = 0; i < slot->terms; i++) {
        if (!slot->cursors[i].here) continue;
        int64_t own = positions(lists, &slot->cursors[i], room + many), one = 0, other = many, left = 0;
        if (own < 0) return -1;
        if (runs++ == 0) { many = own; continue; }
        int64_t end = many + own;
        while (one < many || other < end) {
            uint32_t next = other == end || (one < many && room[one] <= room[other]) ? room[one++] : room[other++];
            if (!left || spare[left - 1] != next) spare[left++] = next;
        }
        memcpy(room, spare, (size_t)left * 4);
        many = left;
    }
    return many;
}

/* How often the slots stand one behind the other in the text that is looked at; -1: damage. */
static int64_t times(const Lists *lists, const Slot *slots, const int *of, int places, int lead, Rooms *rooms) {
    int64_t needed = 0;
    for (int j = 0; j < places; j++)
        if (slots[of[j]].most > needed) needed = slots[of[j]].most;
    if (make_room(lists, needed * 3, rooms) < 0) return -1;
    /* The leader's positions from which every other place fits; those that stay are moved up. */
    uint32_t *begins = rooms->one, *there = rooms->one + needed, *spare = there + needed;
    int64_t left = slot_positions(lists, &slots[of[lead]], begins, spare);
    for (int j = 0; j < places && left > 0; j++) {
        if (j == lead) continue;
        int64_t many = slot_positions(lists, &slots[of[j]], there, spare), found = 0, at_ = 0;
        if (many < 0) return -1;
        int64_t shift = (int64_t)j - lead;
        if (many > 0 && left + many > SPARSE && there[many - 1] < MARKS) {  /* no branch for a processor to guess */
            if (!++rooms->turn) { memset(rooms->marks, 0, MARKS); rooms->turn = 1; }
            for (int64_t i = 0; i < many; i++) rooms->marks[there[i] % MARKS] = rooms->turn;
            for (int64_t i = 0; i < left; i++) {
                uint64_t wanted = (uint64_t)(begins[i] + shift);
                begins[found] = begins[i];
                found += (rooms->marks[wanted % MARKS] == rooms->turn) & (wanted < MARKS);
            }
            left = found;
            continue;
        }
        for (int64_t i = 0; i < left; i++) {
            int64_t wanted = begins[i] + shift;
            while (at_ < many && there[at_] < wanted) at_++;
            if (at_ == many) break;
            if (there[at_] == wanted) begins[found++] = begins[i];
        }
        left = found;
    }
    return left;
}

/* How many windows of a width begin at one of the slots and hold each as often as it is asked; -1: damage. */
static int64_t windows(const Lists *lists, const Slot *slots, int distinct, uint32_t width, Rooms *rooms) {
    const uint32_t *next[MAX_PLACES];
    int64_t needed = 0, most = 0;
    for (int t = 0; t < distinct; t++) {
        needed += slots[t].most + slots[t].asked;
        if (slots[t].most > most) most = slots[t].most;
    }
    if (make_room(lists, needed + most, rooms) < 0) return -1;
    uint32_t *room = rooms->one, *spare = room + needed;
    for (int t = 0; t < distinct; t++) {
        int64_t many = slot_positions(lists, &slots[t], room, spare), left = 0;
        if (many < 0) return -1;
        uint32_t before = NOWHERE;
        for (int64_t i = 0; i < many; i++) {  /* one position may be said twice */
            uint32_t own = room[i];
            room[left] = own;
            left += own != before;
            before = own;
        }
        for (int i = 0; i < slots[t].asked; i++) room[left + i] = NOWHERE;
        next[t] = room;
        room += left + slots[t].asked;
    }
    int64_t found = 0;
    if (distinct == 2 && slots[0].asked == 1 && slots[1].asked == 1) {  /* as below, without a branch to guess */
        const uint32_t *one = next[0], *other = next[1];
        for (size_t i = 0, j = 0;;) {
            uint32_t a = one[i], b = other[j];
            if ((a == NOWHERE) | (b == NOWHERE)) return found;
            uint32_t apart = a < b ? b - a : a - b;
            found += apart < width;
            i += a <= b;
            j += b <= a;
        }
    }
    for (;;) {
        uint32_t begin = NOWHERE, last = 0;
        for (int t = 0; t < distinct; t++) {
            uint32_t first = *next[t], own = next[t][slots[t].asked - 1];
            begin = first < begin ? first : begin;
            last = own > last ? own : last;
        }
        if (last == NOWHERE) return found;
        found += last - begin < width;
        for (int t = 0; t < distinct; t++) next[t] += *next[t] == begin;
    }
}

/* Does any term of a slot stand in a text? Its cursors go there, and those that do are read; -1: damage. */
static int slot_seek(Slot *slot, int64_t text) {
    int found = 0;
    for (int i = 0; i < slot->terms; i++) {
        int there = slot->cursors[i].here = seek(&slot->cursors[i], text);
        if (there < 0) return -1;
        found |= there;
    }
    return found;
}

/* The first text, from where they are, that any cursor of a slot stands in; NO_TEXT: none, -1: damage. */
static int64_t slot_text(Slot *slot) {
    int64_t first = NO_TEXT;
    for (int i = 0; i < slot->terms; i++) {
        int64_t own = text_here(&slot->cursors[i]);
        if (own < first) first = own;
    }
    return first;
}

/* Read what the cursors of a slot that are in the text have there; -1: damage. */
static int slot_read(Slot *slot) {
    slot->most = 0;
    for (int i = 0; i < slot->terms; i++) {
        Cursor *cursor = &slot->cursors[i];
        if (!cursor->here) continue;
        if (read_on(cursor) < 0 || cursor->frequency > length(&cursor->term.lists->a[NEAR])) return -1;
        slot->most += cursor->frequency;
    }
    return 0;
}

/* A phrase, and what is found of it. */
typedef struct {
    const Lists *lists;
    Cursor cursors[MAX_TERMS];
    Slot slots[MAX_PLACES];
    int of[MAX_PLACES], places, distinct, lead;
    int64_t texts;
    int field;
    uint32_t width;
    Rooms rooms;
    int order[MAX_PLACES];  /* the slots, the rarest first */
    Found found;
} Search;

/* Look at a text that all slots stand in; -1: damage. */
static int look_at(Search *search, int64_t text) {
    Slot *slots = search->slots;
    for (int i = 0; i < search->distinct; i++)
        if (slot_read(&slots[i]) < 0) return -1;
    int64_t own = search->width ? windows(search->lists, slots, search->distinct, search->width, &search->rooms)
        : times(search->lists, slots, search->of, search->places, search->lead, &search->rooms);
    return own < 0 || (own && keep(&search->found, text, own) < 0) ? -1 : 0;
}

/* Find the phrase in the texts from one up to another; -1: damage. */
static int search_texts(Search *search, int64_t first, int64_t last) {
    Slot *slots = search->slots;
    int rarest = search->of[search->lead];
    Slot *leader = &slots[rarest];
    if (slot_seek(leader, first) < 0) return -1;
    for (;;) {
        int64_t text = slot_text(leader);
        if (text < 0) return -1;
        if (text >= last) return 0;
        if (text >= search->texts) return -1;
        for (int i = 0; i < leader->terms; i++) leader->cursors[i].here = text_here(&leader->cursors[i]) == text;
        int there = search->field < 0 || (int)(text & ((1 << TEXT_BITS) - 1)) == search->field;
        for (int i = 1; i < search->distinct && there > 0; i++) there = slot_seek(&slots[search->order[i]], text);
        if (there < 0) return -1;
        if (there && look_at(search, text) < 0) return -1;
        for (int i = 0; i < leader->terms; i++) leader->cursors[i].place += leader->cursors[i].here;
    }
}

/* Put the slots in the order of their postings, and choose the place that leads. */
static void choose(Search *search) {
    int *order = search->order;
    for (int i = 0; i < search->distinct; i++) {
        int to = i;
        for (; to > 0 && search->slots[order[to - 1]].postings > search->slots[i].postings; to--) order[to] = order[to - 1];
        order[to] = i;
    }
    while (search->of[search->lead] != order[0]) search->lead++;
}

/* Open what stands at the places of a phrase; -1: damage. */
static int search_open(Search *search, const Array *terms, const Array *sizes, const Array *places) {
    Py_ssize_t all = length(terms), distinct = length(sizes), count = length(places), used = 0;
    if (terms->view.itemsize != 8 || sizes->view.itemsize != 8 || places->view.itemsize != 8) return -1;
    if (all > MAX_TERMS || distinct < 1 || distinct > MAX_PLACES || count < distinct || count > MAX_PLACES) return -1;
    search->places = (int)count;
    search->distinct = (int)distinct;
    for (int i = 0; i < distinct; i++) {
        int64_t size = at(sizes, i);
        Slot *slot = &search->slots[i];
        if (size < 1 || size > all - used) return -1;
        *slot = (Slot){.cursors = &search->cursors[used], .terms = (int)size};
        for (int j = 0; j < size; j++) {
            Cursor *cursor = &slot->cursors[j];
            if (cursor_open(cursor, search->lists, at(terms, used++)) < 0) return -1;
            slot->postings += cursor->term.end - cursor->term.start;
        }
    }
    for (int i = 0; i < count; i++) {
        int64_t own = at(places, i);
        if (own < 0 || own >= distinct) return -1;
        search->of[i] = (int)own;
        search->slots[own].asked++;
    }
    for (int i = 0; i < distinct; i++)
        if (!search->slots[i].asked) return -1;
    choose(search);
    return 0;
}

/* phrase(lists, terms, sizes, places, texts, field, width, first, last) -> texts, counts: where any term of each slot
   stands one behind the other, or within a window of a width that is not 0, and how often, as bytes of 32 and 64 bits
   each. The first of `sizes` terms are those of the first slot, and so on; `places` are the slots in the order of the
   phrase. Only the texts from `first` up to `last` are looked at. */
PyObject *phrase(PyObject *self, PyObject *args) {
    PyObject *capsule, *of[3];
    long long texts, first, last;
    int field, failed = 0;
    unsigned int width;
    if (!PyArg_ParseTuple(args, "OOOOLiILL", &capsule, &of[0], &of[1], &of[2], &texts, &field, &width, &first, &last))
        return NULL;
    Lists *lists = PyCapsule_GetPointer(capsule, "lists");
    if (!lists) return NULL;
    Search *search = PyMem_Calloc(1, sizeof(Search));
    if (!search) return PyErr_NoMemory();
    Array a[3] = {0};
    for (int i = 0; i < 3 && !failed; i++) failed = hold(of[i], &a[i], PyBUF_C_CONTIGUOUS) < 0;
    PyObject *both = NULL;
    if (!failed) {
        search->lists = lists;
        search->texts = texts;
        search->field = field;
        search->width = width;
        int damage = first < 0 || search_open(search, &a[0], &a[1], &a[2]) < 0;
        if (!damage) {
            Py_BEGIN_ALLOW_THREADS
            damage = search_texts(search, first, last) < 0;
            Py_END_ALLOW_THREADS
        }
        if (damage) {
            damaged();
        } else {
            both = found_as_bytes(&search->found);
        }
    }
    for (int i = 0; i < 3; i++) drop(&a[i]);
    free(search->rooms.one);
    found_free(&search->found);
    PyMem_Free(search);
    return both;
}
