#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/vec.h"
#include "domain/forecast.h"
#include "domain/growth.h"
#include "ui/plot.h"
#include "ui_internal.h"

/* Figures of one creator over time, from the history in the model. */

struct past {
    const struct snapshot *items;
    size_t count;
    enum platform platform;
};

/* A count that some of the snapshots do not know would make the rate jump where it comes or goes. */
static bool known_throughout(const struct past *past, size_t offset)
{
    for (size_t i = 0; i < past->count; i++) {
        const char *item = (const char *)&past->items[i];
        if (number_known(past->items[i].likes) &&
            !number_known(*(const double *)(const void *)(item + offset)))
            return false;
    }
    return true;
}

/* The ER that the forecast makes of the counts of one day. */
static double rate_of(const struct past *past, size_t at, const bool counted[3])
{
    const struct snapshot *seen = &past->items[at];
    struct snapshot day = *seen;
    uint8_t platform = (uint8_t)past->platform;
    struct facts facts = {.count = 1, .platform = &platform};
    struct scenario scenario;
    struct peers peers;
    struct figures figures;
    day.followers = growth_followers(past->items, past->count, seen->at);
    facts.followers = (struct cells){CELLS_F64, .f64 = &day.followers};
    facts.likes = (struct cells){CELLS_F64, .f64 = &day.likes};
    facts.views = (struct cells){CELLS_F64, .f64 = &day.views};
    if (counted[0])
        facts.comments = (struct cells){CELLS_F64, .f64 = &day.comments};
    if (counted[1])
        facts.shares = (struct cells){CELLS_F64, .f64 = &day.shares};
    if (counted[2])
        facts.saves = (struct cells){CELLS_F64, .f64 = &day.saves};
    scenario_init(&scenario);
    peers_init(&peers);
    forecast(&facts, &(struct assumptions){&scenario, &peers, NAN, NAN}, 0, &figures);
    return figures.er;
}

static void list_rates(const struct past *past, double *y)
{
    const bool counted[] = {known_throughout(past, offsetof(struct snapshot, comments)),
                            known_throughout(past, offsetof(struct snapshot, shares)),
                            known_throughout(past, offsetof(struct snapshot, saves))};
    for (size_t i = 0; i < past->count; i++)
        y[i] = rate_of(past, i, counted);
}

static void list_values(const struct past *past, enum column column, double *y)
{
    if (column == COL_ER)
        list_rates(past, y);
    for (size_t i = 0; column != COL_ER && i < past->count; i++)
        y[i] = column == COL_LIKES ? past->items[i].likes : past->items[i].followers;
}

/* Points that are a jump of the followers. */
static bool list_jumps(const struct past *past, bool *marked)
{
    double *sizes = mem_zero(past->count + 1, sizeof *sizes);
    bool any = false;
    growth_jump(past->items, past->count, past->platform, sizes);
    for (size_t i = 0; i < past->count; i++) {
        marked[i] = sizes[i] > GROWTH_JUMP;
        any = any || marked[i];
    }
    free(sizes);
    return any;
}

bool past_plot(const struct model *model, struct canvas *canvas, struct area area,
               enum column column, bool *jumps)
{
    uint32_t row = model_row(model);
    struct past past = {model->history, model->history_count,
                        catalog_platform(model->catalog, row)};
    double *x = mem_zero(past.count + 1, sizeof *x), *y = mem_zero(past.count + 1, sizeof *y);
    bool *marked = mem_zero(past.count + 1, sizeof *marked);
    for (size_t i = 0; i < past.count; i++)
        x[i] = past.items[i].at;
    list_values(&past, column, y);
    *jumps = column == COL_FOLLOWERS && list_jumps(&past, marked);
    struct plot_series series = {x, y, marked, past.count, ink(ROLE_GRAPH), {0}};
    bool drawn =
        plot_draw(&(struct plot){&series, 1, columns[column].unit, model->style, ink(ROLE_DIM)},
                  canvas, area);
    free(x);
    free(y);
    free(marked);
    return drawn;
}

/* ---- the page ---- */

static const struct {
    enum column column;
    const char *title;
} pictures[] = {
    {COL_FOLLOWERS, "Followers"},
    {COL_ER, "ER, of the counts known on every day"},
    {COL_LIKES, "Likes a post"},
};

static void draw_picture(const struct model *model, struct canvas *canvas, struct area area,
                         size_t which)
{
    bool jumps;
    int column = canvas_string(canvas, area.column + 1, area.row, ink_strong(ROLE_TITLE),
                               pictures[which].title);
    struct area plot = {area.column + 1, area.row + 1, area.columns - 2, area.rows - 1};
    if (!past_plot(model, canvas, plot, pictures[which].column, &jumps))
        canvas_string(canvas, area.column + 1 + PLOT_LABEL_CELLS, area.row + 1, ink(ROLE_DIM),
                      "- not known on two days");
    if (jumps)
        canvas_string(canvas, column + 2, area.row, ink(ROLE_WARN), "! sudden change");
}

void past_page(const struct model *model, struct canvas *canvas, struct area area)
{
    int count = (int)COUNT_OF(pictures), rows = area.rows / count;
    if (!history_known(model)) {
        canvas_fit(canvas, area.column + 1, area.row, area.columns - 2, FIT_LEFT, ink(ROLE_DIM),
                   TEXT("No past yet: a list imported again with a date adds to it."));
        return;
    }
    while (count > 1 && rows < 5)
        rows = area.rows / --count;
    int blank = rows > 6; /* between two */
    for (int i = 0; i < count; i++)
        draw_picture(model, canvas,
                     (struct area){area.column, area.row + i * rows, area.columns, rows - blank},
                     (size_t)i);
}
