#include "stage.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/clock.h"
#include "runtime/session.h"
#include "runtime/width.h"
#include "store/load.h"
#include "ui/view.h"

void stage_open(struct stage *stage, const char *path)
{
    struct store *store;
    struct err err;
    memset(stage, 0, sizeof *stage);
    catalog_init(&stage->catalog);
    sheet_init(&stage->sheet, &stage->catalog);
    canvas_init(&stage->canvas, runtime_width_table(), &glyphs_unicode);
    model_init(&stage->model, &stage->catalog, &stage->sheet, clock_now(), STAGE_COLUMNS,
               STAGE_ROWS);
    if (!store_open(path, STORE_READ, &store, &err) ||
        !session_assumptions(store, &stage->model.scenario, &stage->model.peers, &err) ||
        !store_load_all(store, catalog_sink(&stage->catalog), &err) ||
        !session_marks(store, &stage->catalog, &stage->model.scenario, &err))
        bench_give_up("%s", err.message);
    store_close(store);
    stage_send(stage, &(struct message){.kind = MESSAGE_LOADED});
}

void stage_close(struct stage *stage)
{
    model_release(&stage->model);
    canvas_release(&stage->canvas);
    sheet_release(&stage->sheet);
    catalog_release(&stage->catalog);
}

double stage_send(struct stage *stage, const struct message *message)
{
    struct effects effects = {0};
    double began = bench_now();
    update(&stage->model, message, &effects);
    view(&stage->model, &stage->canvas);
    if (model_busy(&stage->model)) {
        while (model_busy(&stage->model))
            update(&stage->model, &(struct message){.kind = MESSAGE_WORK}, &effects);
        view(&stage->model, &stage->canvas);
    }
    double took = bench_now() - began;
    effects_release(&effects);
    return took;
}

double stage_key(struct stage *stage, uint32_t key)
{
    return stage_send(stage, &(struct message){.kind = MESSAGE_KEY, .key = key});
}

double stage_pieces(struct stage *stage, uint32_t key, double *longest)
{
    struct message message = {.kind = MESSAGE_KEY, .key = key};
    double began = bench_now(), last = began;
    struct effects effects = {0};
    *longest = 0;
    do {
        update(&stage->model, &message, &effects);
        view(&stage->model, &stage->canvas);
        double now = bench_now();
        if (message.kind == MESSAGE_WORK)
            *longest = fmax(*longest, now - last);
        last = now;
        message = (struct message){.kind = MESSAGE_WORK};
    } while (model_busy(&stage->model));
    effects_release(&effects);
    return last - began;
}

double stage_type(struct stage *stage, const char *ascii)
{
    double took = 0;
    for (; *ascii; ascii++)
        took = stage_key(stage, (unsigned char)*ascii);
    return took;
}

static void press(struct stage *stage, uint32_t key, char letter, struct way *way)
{
    stage_key(stage, key);
    size_t length = way ? strlen(way->keys) : WAY_MOST;
    if (length + 1 < WAY_MOST) {
        way->keys[length] = letter;
        way->keys[length + 1] = '\0';
    }
}

void stage_focus(struct stage *stage, enum focus wanted, struct way *way)
{
    for (int tries = 0; stage->model.focus != wanted; tries++) {
        if (tries > 4)
            bench_give_up("no way to the pane");
        press(stage, K_TAB, 't', way);
    }
}

static void go_to_line(struct stage *stage, size_t line, struct way *way)
{
    const struct model *model = &stage->model;
    for (size_t tries = 0; model->facet.cursor != line; tries++) {
        if (tries > 200)
            bench_give_up("no way to line %zu of the filter pane", line);
        bool down = model->facet.cursor < line;
        press(stage, down ? K_DOWN : K_UP, down ? 'd' : 'u', way);
    }
}

void stage_facet(struct stage *stage, enum column column, struct way *way)
{
    struct model *model = &stage->model;
    size_t line = 0;
    stage_focus(stage, FOCUS_FILTERS, way);
    for (size_t i = model->facet_lines.count; i-- > 0;) {
        struct facet_line item = model->facet_lines.items[i];
        if (item.value < FACET_LEAST && model->result.facets[item.facet].column == column &&
            !model->result.facets[item.facet].values[item.value].selected)
            line = i;
    }
    if (line)
        go_to_line(stage, line, way);
}

void stage_histogram(struct stage *stage, enum column column, struct way *way)
{
    const struct model *model = &stage->model;
    stage_focus(stage, FOCUS_FILTERS, way);
    for (size_t i = 0; i < model->facet_lines.count; i++) {
        struct facet_line item = model->facet_lines.items[i];
        if (item.value == FACET_HISTOGRAM && model->result.histograms[item.facet].column == column)
            go_to_line(stage, i, way);
    }
}

size_t stage_histogram_here(const struct stage *stage)
{
    return stage->model.facet_lines.items[stage->model.facet.cursor].facet;
}

bool stage_cell(struct stage *stage, enum column column, struct way *way)
{
    stage_focus(stage, FOCUS_LIST, way);
    for (int i = 0; i < 20; i++)
        press(stage, K_LEFT, 'l', way);
    for (int i = 0; i < 20 && stage->model.cell != column; i++)
        press(stage, K_RIGHT, 'r', way);
    return stage->model.cell == column;
}

double stage_set(struct stage *stage, const char *key, const char *value)
{
    size_t parameter;
    double most = 0;
    if (!parameter_find(text_of(key), &parameter))
        bench_give_up("no parameter '%s'", key);
    stage_type(stage, ":set ");
    stage_type(stage, key);
    stage_type(stage, " ");
    for (const char *at = value; *at; at++)
        most = fmax(most, stage_key(stage, (unsigned char)*at));
    most = fmax(most, stage_key(stage, K_ENTER));
    if (scenario_get(&stage->model.scenario, parameter) != strtod(value, NULL))
        bench_give_up("':set %s %s' set nothing", key, value);
    return most;
}
