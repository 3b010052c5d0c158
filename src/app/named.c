#include "app/named.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "base/vec.h"

const struct named_builtin named_builtins[] = {
    {"Best value", "tier:micro fee:known", "-roi",
     "Micro creators whose fee is known, the best return first."},
    {"Rising", "growth_30d>=3%", "-growth_30d",
     "Whose followers grew by 3 % or more within a month, the fastest first."},
    {"Truly engaged", "er_index>=1.2", "-er_index",
     "Whose people answer a fifth more often than is usual for platform and size."},
    {"First try", "fee:known fee<=200", "-roi",
     "What can be tried for 200 or less, the best return first."},
    {"New to me", "is:new", "-roi", "Who came since the last visit."},
    {"Ask for a fee", "-fee:known er_index>=1", "-er_index",
     "Worth asking: no fee is known, and people answer at least as usual."},
    {"Sudden changes", "jump>6", "-jump",
     "Whose followers jumped: look at their past before a booking."},
    {"Out of date", "is:stale", "-followers", "Figures that are too old to rely on."},
};
const size_t named_builtin_count = COUNT_OF(named_builtins);

/* ---- what they say ---- */

/* A line is a part: what would end one is a blank. */
static void add_line(struct buf *out, struct text text)
{
    for (size_t i = 0; i < text.length; i++)
        buf_add_char(out, (unsigned char)text.at[i] < ' ' ? ' ' : text.at[i]);
    buf_add_char(out, '\n');
}

void named_write(const struct named_says *says, struct buf *lines)
{
    add_line(lines, says->filter);
    add_line(lines, says->order);
    add_line(lines, says->columns);
    add_line(lines, says->scenario);
}

struct named_says named_read(struct text lines)
{
    struct named_says says = {.filter = {0}};
    text_next(&lines, '\n', &says.filter);
    text_next(&lines, '\n', &says.order);
    text_next(&lines, '\n', &says.columns);
    text_next(&lines, '\n', &says.scenario);
    return says;
}

bool named_says_equal(const struct named_says *a, const struct named_says *b)
{
    return text_equal(a->filter, b->filter) && text_equal(a->order, b->order) &&
           text_equal(a->columns, b->columns) && text_equal(a->scenario, b->scenario);
}

bool named_apply(const struct named_says *says, struct sheet *sheet, struct query *query,
                 struct chosen *chosen, struct err *err)
{
    struct filter_context context = {sheet, false};
    struct query read;
    struct chosen columns_read = *chosen;
    query_init(&read);
    query_copy(&read, query);
    bool ok = filter_parse(says->filter, &context, &read.filter, err) &&
              (says->order.length == 0 || query_parse_order(says->order, &read, err)) &&
              (says->columns.length == 0 || chosen_parse(says->columns, &columns_read, err));
    if (ok) {
        query_copy(query, &read);
        *chosen = columns_read;
    }
    query_release(&read);
    return ok;
}

void named_print(const struct query *query, const struct chosen *chosen, struct buf *lines)
{
    struct buf filter = BUF_INIT, order = BUF_INIT, shown = BUF_INIT;
    filter_print(&query->filter, &filter);
    query_print_order(query, &order);
    chosen_print(chosen, &shown);
    const struct named_says says = {buf_text(&filter), buf_text(&order), buf_text(&shown), {0}};
    named_write(&says, lines);
    buf_release(&filter);
    buf_release(&order);
    buf_release(&shown);
}

/* ---- those of the user ---- */

void named_release(struct named_views *views)
{
    if (!views)
        return;
    for (size_t i = 0; i < views->count; i++)
        buf_release(&views->items[i].lines);
    free(views->items);
    *views = (struct named_views){.revision = views->revision + 1};
}

struct named_view *named_find(const struct named_views *views, struct text name)
{
    for (size_t i = 0; i < views->count; i++)
        if (text_is(name, views->items[i].name))
            return &views->items[i];
    return NULL;
}

static bool alike(struct text a, struct text b)
{
    struct buf x = BUF_INIT, y = BUF_INIT;
    utf8_fold(&x, a);
    utf8_fold(&y, b);
    bool same = text_equal(buf_text(&x), buf_text(&y));
    buf_release(&x);
    buf_release(&y);
    return same;
}

struct named_view *named_alike(const struct named_views *views, struct text name)
{
    for (size_t i = 0; i < views->count; i++)
        if (alike(name, text_of(views->items[i].name)))
            return &views->items[i];
    return NULL;
}

void named_put(struct named_views *views, struct text name, struct text lines, size_t place)
{
    struct named_view *there = named_find(views, name);
    struct named_view view = {.lines = BUF_INIT};
    views->revision++;
    if (there) {
        buf_clear(&there->lines);
        buf_add_text(&there->lines, lines);
        return;
    }
    memcpy(view.name, name.at, name.length);
    buf_add_text(&view.lines, lines);
    VEC_PUSH(views, view);
    size_t at = place < views->count - 1 ? place : views->count - 1;
    memmove(views->items + at + 1, views->items + at, (views->count - 1 - at) * sizeof view);
    views->items[at] = view;
}

void named_drop(struct named_views *views, struct text name)
{
    struct named_view *there = named_find(views, name);
    if (!there)
        return;
    buf_release(&there->lines);
    views->count--;
    views->revision++;
    memmove(there, there + 1, (size_t)(views->items + views->count - there) * sizeof *there);
}

/* ---- by name ---- */

static const struct named_builtin *find_builtin(struct text name)
{
    for (size_t i = 0; i < named_builtin_count; i++)
        if (alike(name, text_of(named_builtins[i].name)))
            return &named_builtins[i];
    return NULL;
}

static bool no_view(const struct named_views *views, struct text wanted, struct err *err)
{
    const char *nearest =
        nearest_word(wanted, named_builtins, named_builtin_count, sizeof named_builtins[0]);
    for (size_t i = 0; i < views->count; i++) {
        const char *name = views->items[i].name;
        const char *own = nearest_word(wanted, &name, 1, sizeof name);
        nearest = own ? own : nearest;
    }
    return err_set(err, "there is no view '%.*s'%s%s%s", (int)text_part(wanted, 0, 60).length,
                   wanted.at, nearest ? ": did you mean '" : "; microscope views lists them",
                   nearest ? nearest : "", nearest ? "'?" : "");
}

bool named_look_up(const struct named_views *views, struct text wanted, struct text *name,
                   struct named_says *says, struct err *err)
{
    const struct named_view *own = named_alike(views, wanted);
    const struct named_builtin *builtin = own ? NULL : find_builtin(wanted);
    if (own) {
        *name = text_of(own->name);
        *says = named_read(buf_text(&own->lines));
    } else if (builtin) {
        *name = text_of(builtin->name);
        *says = (struct named_says){.filter = text_of(builtin->filter),
                                    .order = text_of(builtin->order)};
    } else {
        return no_view(views, wanted, err);
    }
    return true;
}

bool named_name_allowed(struct text name, struct err *err)
{
    if (!scenario_name_allowed(name, NULL))
        return err_set(err,
                       "the name of a view has 1 to %d bytes that can be shown, without blanks "
                       "around them",
                       VIEW_NAME_MOST);
    if (find_builtin(name))
        return err_set(err, "'%.*s' is built in: another name", (int)name.length, name.at);
    return true;
}
