#include <math.h>
#include <string.h>

#include "actions_internal.h"
#include "app_internal.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "domain/forecast.h"
#include "domain/show.h"

/* The form that hands over, and what is copied. Files are the runtime's: it is told the path. */

#define NAME_MOST 80 /* bytes of what a file is called, without day and ending */

const struct hand_whom_row hand_whoms[HAND_WHOMS] = {
    [HAND_BOSS] = {"Your boss", "one page to read and print", ".html", "html",
                   "Any web browser shows it; attach it to a mail as it is.", true},
    [HAND_TEAM] = {"Your team", "spreadsheet, sums stay live", ".xlsx", "xlsx",
                   "Excel, LibreOffice and Numbers open it.", true},
    [HAND_TOOL] = {"Another tool", "figures in full, plain", ".csv", "csv",
                   "Other programs import it; a spreadsheet opens it too.", false},
    [HAND_CHAT] = {"Chat or mail", "a table as text, copied", NULL, "table", NULL, false},
};

void hand_release(struct hand *hand)
{
    if (!hand)
        return;
    buf_release(&hand->folder);
    buf_release(&hand->path);
    buf_release(&hand->what_saved);
    buf_release(&hand->path_saved);
    *hand = (struct hand){.cursor = 0};
}

/* ---- what there is ---- */

size_t hand_count(const struct model *model, enum hand_what what)
{
    uint32_t rows[COMPARE_MOST];
    int reference, focus;
    if (what == HAND_PLAN)
        return model->catalog->planned_count + model->plan.missing;
    if (what == HAND_COMPARISON)
        return (size_t)hand_compared(model, rows, &reference, &focus);
    return model->result.rows.count;
}

bool hand_can(const struct model *model, enum hand_what what)
{
    return hand_count(model, what) >= (what == HAND_COMPARISON ? COMPARE_LEAST : 1);
}

static size_t estimated_of(const struct model *model, const uint32_t *rows, size_t count)
{
    struct figures figures;
    size_t estimated = 0;
    for (size_t i = 0; i < count; i++) {
        sheet_figures(model->sheet, rows[i], &figures);
        estimated += (figures.marks & MARK_FEE_ESTIMATED) != 0;
    }
    return estimated;
}

size_t hand_estimated(const struct model *model, enum hand_what what)
{
    uint32_t rows[COMPARE_MOST];
    int reference, focus;
    if (what == HAND_PLAN)
        return estimated_of(model, model->plan.members, model->plan.member_count);
    if (what == HAND_COMPARISON)
        return estimated_of(model, rows, (size_t)hand_compared(model, rows, &reference, &focus));
    return model->result.estimated;
}

size_t hand_noted(const struct model *model)
{
    struct bits noted = {0};
    const struct bits *shown = rowset_rows(&model->result.rows);
    catalog_noted_rows(model->catalog, &noted);
    size_t count = shown ? bits_common(&noted, shown) : bits_total(&noted);
    bits_release(&noted);
    return count;
}

enum hand_what hand_here(const struct model *model)
{
    bool plan = model->place == PLACE_PLAN || model->place == PLACE_PLANS ||
                (model->place == PLACE_DETAIL && model->detail_of_plan);
    return model->place == PLACE_COMPARE ? HAND_COMPARISON : plan ? HAND_PLAN : HAND_LIST;
}

void hand_say(const struct model *model, enum hand_what what, bool brief, struct buf *out)
{
    static const char *const names[HAND_WHATS] = {
        [HAND_LIST] = "list", [HAND_PLAN] = "plan", [HAND_COMPARISON] = "comparison"};
    size_t count = hand_count(model, what), all = model->result.rows.total;
    bool named = brief && what != HAND_LIST;
    buf_addf(out, named ? "%s" : brief ? "%s of " : "the %s, ", names[what]);
    if (!named)
        number_fixed(out, (double)count, 0, model->style);
    if (brief)
        return;
    if (what == HAND_LIST && all != count) {
        buf_add_string(out, " of ");
        number_fixed(out, (double)all, 0, model->style);
        count = all;
    }
    buf_add_string(out, count == 1 ? " creator" : " creators");
}

/* ---- the file ---- */

/* Signs that some system refuses in a file's name. */
static bool fits_name(char sign)
{
    return (unsigned char)sign >= ' ' && sign != 127 && !strchr("/\\:*?\"<>|", sign);
}

/* The name without what no file may be called; a run of blanks is one. */
static void add_name(struct buf *out, struct text name)
{
    struct buf safe = BUF_INIT;
    text_safe(&safe, name);
    struct text text = buf_text(&safe);
    while (text.length > NAME_MOST)
        text.length = utf8_previous(text, text.length);
    for (size_t i = 0; i < text.length; i++) {
        char sign = fits_name(text.at[i]) ? text.at[i] : ' ';
        if (sign != ' ' || (out->length > 0 && out->at[out->length - 1] != ' '))
            buf_add_char(out, sign);
    }
    while (out->length > 0 && (out->at[out->length - 1] == ' ' || out->at[out->length - 1] == '.'))
        buf_cut(out, out->length - 1);
    buf_release(&safe);
}

static void name_comparison(const struct model *model, struct buf *out)
{
    uint32_t rows[COMPARE_MOST];
    int reference, focus, count = hand_compared(model, rows, &reference, &focus);
    if (count > 3)
        buf_addf(out, "%d compared", count);
    for (int i = 0; i < count && count <= 3; i++) {
        buf_add_string(out, i == 0 ? "" : i + 1 < count ? ", " : " and ");
        model_handle(model, rows[i], out);
    }
}

/* What the file is called, without day and ending: the plan, the view, the filter, or who is compared. */
static void name_of(const struct model *model, struct buf *out)
{
    const struct hand *hand = &model->hand;
    if (hand->what == HAND_COMPARISON)
        name_comparison(model, out);
    else if (hand->what == HAND_LIST && model->named[0] && !model->named_differs)
        buf_add_string(out, model->named);
    else if (hand->what == HAND_LIST && model->query.filter.count > 0)
        filter_print(&model->query.filter, out);
    else if (hand->what == HAND_LIST)
        buf_add_string(out, "creators");
    else
        buf_addf(out, "%s plan", model->scenario.name);
}

static void add_file(const struct model *model, struct buf *out)
{
    const char *ending = hand_whoms[model->hand.whom].ending;
    struct buf day = BUF_INIT, name = BUF_INIT;
    date_iso(&day, model->now - fmod(model->now, DATE_DAY));
    buf_add_text(out, buf_text(&day));
    buf_add_char(out, ' ');
    name_of(model, &name);
    add_name(out, buf_text(&name));
    buf_add_string(out, ending ? ending : "");
    buf_release(&day);
    buf_release(&name);
}

static bool ends_in(struct text path, const char *ending)
{
    size_t length = strlen(ending);
    return path.length > length &&
           text_equal_ascii_case(text_of(ending), text_part(path, path.length - length, length));
}

/* The ending goes with those it is for; another one that the user typed stays before it. */
static void end_path(struct hand *hand)
{
    const char *ending = hand_whoms[hand->whom].ending;
    struct text path = buf_text(&hand->path);
    if (!ending || ends_in(path, ending))
        return;
    for (size_t i = 0; i < HAND_WHOMS; i++)
        if (hand_whoms[i].ending && ends_in(path, hand_whoms[i].ending)) {
            buf_cut(&hand->path, path.length - strlen(hand_whoms[i].ending));
            break;
        }
    buf_add_string(&hand->path, ending);
}

/* The path of what is chosen now; what the user typed keeps its name. */
static void settle_path(struct model *model)
{
    struct hand *hand = &model->hand;
    hand->asks = false;
    if (!hand->named) {
        buf_clear(&hand->path);
        buf_add_text(&hand->path, buf_text(&hand->folder));
        add_file(model, &hand->path);
    }
    end_path(hand);
}

/* ---- the form ---- */

/* Before, what is on the screen is not yet what there is. */
bool is_loaded(const struct model *model)
{
    return !model->loading || model->loading_again;
}

static void reopen(struct model *model)
{
    plan_gather(model);
    model->prompt = PROMPT_HAND;
    model->line_error = (struct err){.message = ""};
}

void hand_open(struct model *model, struct effects *effects)
{
    struct hand *hand = &model->hand;
    plan_gather(model);
    hand->what = hand_here(model);
    if (hand->what == HAND_LIST && hand_can(model, HAND_PLAN))
        hand->what = HAND_PLAN; /* whoever has one mostly means it; Tab turns to the list */
    for (int i = 0; i < HAND_WHATS && !hand_can(model, hand->what); i++)
        hand->what = (enum hand_what)i;
    if (!hand_can(model, hand->what)) {
        model_notice(model, "nobody is shown and nobody planned: there is nothing to hand over");
        return;
    }
    reopen(model);
    hand->cursor = (int)hand->whom;
    hand->named = hand->notes = false;
    settle_path(model);
    effects_add(effects, (struct effect){.kind = EFFECT_FOLDER});
}

void hand_take_folder(struct model *model, struct text folder)
{
    struct hand *hand = &model->hand;
    buf_clear(&hand->folder);
    buf_add_text(&hand->folder, folder);
    if (model->prompt == PROMPT_HAND)
        settle_path(model);
}

void hand_take_question(struct model *model)
{
    if (model->prompt != PROMPT_NONE)
        return; /* the user went on to something else: nothing was written */
    reopen(model);
    model->hand.asks = true;
}

/* Passing over the lines chooses for whom; the switches are about the last one that has room for
 * them. */
void hand_vertical(struct model *model, long by)
{
    struct hand *hand = &model->hand;
    long at = hand->cursor + by;
    hand->cursor = at < 0 ? 0 : at >= HAND_LINES ? HAND_LINES - 1 : (int)at;
    enum hand_whom before = hand->whom;
    if (hand->cursor < HAND_WHOMS)
        hand->whom = (enum hand_whom)hand->cursor;
    else if (!hand_whoms[hand->whom].document)
        hand->whom = hand->document;
    if (hand_whoms[hand->whom].document)
        hand->document = hand->whom;
    if (hand->whom != before)
        settle_path(model);
}

void hand_turn(struct model *model, struct effects *effects)
{
    (void)effects;
    struct hand *hand = &model->hand;
    enum hand_what before = hand->what;
    do
        hand->what = (enum hand_what)((hand->what + 1) % HAND_WHATS);
    while (!hand_can(model, hand->what) && hand->what != before);
    settle_path(model);
}

void hand_switch(struct model *model, struct effects *effects)
{
    struct hand *hand = &model->hand;
    (void)effects;
    if (hand->cursor == HAND_ASSUMPTIONS)
        hand->quiet_assumptions = !hand->quiet_assumptions;
    else if (hand->cursor == HAND_ESTIMATES)
        hand->quiet_estimates = !hand->quiet_estimates;
    else if (hand->cursor == HAND_NOTES && hand->what == HAND_LIST)
        hand->notes = !hand->notes;
    else if (hand->cursor == HAND_NOTES)
        model_notice(model, "notes go with a list only: Tab turns to it");
    else
        model_notice(model, "Up and Down choose for whom; Space turns a switch below on or off");
}

void hand_save(struct model *model, struct effects *effects)
{
    struct hand *hand = &model->hand;
    if (!hand_can(model, hand->what)) { /* meanwhile another program took them away */
        model_notice(model, "there is nobody left in it; Tab turns to something else");
        return;
    }
    if (!hand_whoms[hand->whom].ending) {
        model->prompt = PROMPT_NONE;
        effects_add(effects, (struct effect){.kind = EFFECT_COPY_TABLE, .number = hand->what});
        return;
    }
    if (model->job.running) {
        model_notice(model, "%s %s still runs: Esc, then Ctrl-C cancels it", job_does(model),
                     model->job_name);
        return;
    }
    model->prompt = PROMPT_NONE;
    effects_add(effects, (struct effect){.kind = EFFECT_HAND_OVER,
                                         .text = buf_text(&hand->path),
                                         .number = hand->asks});
    hand->asks = false;
    hand->awaited = true;
    buf_clear(&hand->what_saved);
    hand_say(model, hand->what, false, &hand->what_saved);
}

/* ---- it was saved ---- */

const char *hand_opens(const struct hand *hand)
{
    for (size_t i = 0; i < HAND_WHOMS; i++)
        if (hand_whoms[i].ending && ends_in(buf_text(&hand->path_saved), hand_whoms[i].ending))
            return hand_whoms[i].opens;
    return "";
}

/* In a box where somebody waits for it; whoever went on meanwhile is not held up. */
void hand_take_saved(struct model *model, struct text path)
{
    struct hand *hand = &model->hand;
    struct buf safe = BUF_INIT;
    text_safe(&safe, path);
    model_notice(model, "saved %s", buf_string(&safe));
    buf_clear(&hand->path_saved);
    buf_add_text(&hand->path_saved, buf_text(&safe));
    buf_release(&safe);
    hand->saved = hand->awaited && model->prompt == PROMPT_NONE && model->overlay == OVERLAY_NONE;
    hand->awaited = false;
}

bool hand_dismiss(struct model *model, const struct message *message)
{
    bool key = message->kind == MESSAGE_KEY, shown = model->hand.saved;
    if (!key && message->kind != MESSAGE_MOUSE && message->kind != MESSAGE_PASTE)
        return false;
    model->hand.saved = model->hand.awaited = false;
    if (shown)
        model->notice[0] = '\0';
    return shown && (!key || message->key == K_ENTER || message->key == K_ESCAPE ||
                     message->key == K_SPACE || message->key == 'q');
}

void hand_close(struct model *model, bool keep, struct effects *effects)
{
    (void)effects;
    if (!keep && model->hand.asks) { /* the question, not the form */
        model->hand.asks = false;
        model->prompt = PROMPT_HAND;
    }
}

/* ---- its file ---- */

void hand_name(struct model *model, struct effects *effects)
{
    (void)effects;
    if (!hand_whoms[model->hand.whom].ending) {
        model_notice(model, "a copy has no file name");
        return;
    }
    prompt_open(model, PROMPT_HAND_FILE);
    line_set(&model->line, buf_text(&model->hand.path));
}

void hand_name_typed(struct model *model)
{
    (void)model; /* Enter tells what is wrong with it */
}

static bool read_path(struct model *model)
{
    struct hand *hand = &model->hand;
    struct text typed = text_trim(buf_text(&model->line.text));
    if (typed.length == 0)
        return false;
    buf_clear(&hand->path);
    buf_add_text(&hand->path, typed);
    if (typed.at[typed.length - 1] == '/')
        add_file(model, &hand->path);
    return true;
}

void hand_name_close(struct model *model, bool keep, struct effects *effects)
{
    struct hand *hand = &model->hand;
    (void)effects;
    model->prompt = PROMPT_HAND;
    if (keep) {
        hand->named = read_path(model); /* nothing typed: as proposed */
        settle_path(model);
    }
}

/* ---- copies ---- */

/* As a program would read it: 480, -0.06, 2026-08-03. */
static void plain_cell(const struct model *model, uint32_t row, enum column column, struct buf *out)
{
    struct buf text = BUF_INIT;
    if (column_is_text(column))
        text_safe(out, sheet_text(model->sheet, column, row, &text));
    else
        show_plain(out, columns[column].unit, sheet_number(model->sheet, column, row));
    buf_release(&text);
}

void copy_cell(struct model *model, struct effects *effects)
{
    uint32_t row = CATALOG_NONE;
    enum column column = model->why_column;
    bool why = model->overlay == OVERLAY_WHY, total = !why && plan_total_here(model);
    struct buf text = BUF_INIT, label = BUF_INIT;
    if (why)
        row = catalog_find_id(model->catalog, model->why_id);
    else if (!model_subject(model, &row, &column) && !total)
        return;
    buf_add_string(&label, columns[column].title);
    if (total && !column_is_text(column))
        show_plain(&text, columns[column].unit, totals_figure(&model->plan.totals, column));
    else if (!total && row != CATALOG_NONE)
        plain_cell(model, row, column, &text);
    if (row != CATALOG_NONE && !total) {
        buf_add_string(&label, " of ");
        model_handle(model, row, &label);
    }
    if (text.length > 0)
        effects_add(
            effects,
            (struct effect){.kind = EFFECT_COPY, .text = buf_text(&text), .key = buf_text(&label)});
    else
        model_notice(model, "%s is unknown: nothing is copied", buf_string(&label));
    buf_release(&text);
    buf_release(&label);
}

void copy_table(struct model *model, struct effects *effects)
{
    enum hand_what what = hand_here(model);
    if (model->place == PLACE_TIERS) {
        if (model->tiers.lens.made)
            effects_add(effects, (struct effect){.kind = EFFECT_COPY_TIERS});
        else
            model_notice(model, "the tiers are still being worked out: nothing is copied");
        return;
    }
    plan_gather(model);
    model->hand.notes = false; /* nobody was asked */
    if (hand_can(model, what))
        effects_add(effects, (struct effect){.kind = EFFECT_COPY_TABLE, .number = what});
    else
        model_notice(model, "nobody is here: nothing is copied");
}
