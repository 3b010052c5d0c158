#include "app_internal.h"
#include "base/utf8.h"
#include "domain/show.h"
#include "help_internal.h"
#include "subject_internal.h"

/* Why a total of the plan is what it is: what it means, and what each creator has of it. */

static void add_value(const struct model *model, enum column column, double value, struct buf *out)
{
    show_number(out, columns[column].unit, value, false, model->style);
}

static void tell_channel(const struct model *model, const struct channel *channel,
                         struct help *help)
{
    struct buf name = BUF_INIT, text = BUF_INIT;
    double roi = channel_roi(&model->scenario, channel);
    text_safe(&name, text_of(channel->name));
    if (number_known(roi)) {
        buf_add_string(&text, "ROI ");
        show_number(&text, UNIT_ROI, roi, false, model->style);
        buf_add_string(&text, ": each 100 spent brings back ");
        number_fixed(&text, 100 * (1 + roi), 0, model->style);
    } else {
        buf_add_string(&text, "buys people who see it, no orders that could be counted");
    }
    help_entry(help, buf_text(&name), buf_text(&text));
    buf_release(&name);
    buf_release(&text);
}

static void tell_channels(const struct model *model, struct help *help)
{
    struct buf text = BUF_INIT;
    help_heading(help, "The same money elsewhere");
    for (int i = 0; i < SCENARIO_CHANNELS; i++)
        if (model->scenario.channels[i].name[0])
            tell_channel(model, &model->scenario.channels[i], help);
    buf_addf(&text,
             "By assumptions of its own: whether creators do better than advertising would. %s "
             "leads there, %s on a channel says what it is made of.",
             model_key(model, K_TAB).text, model_key(model, 'i').text);
    help_entry(help, TEXT("So one sees"), buf_text(&text));
    buf_release(&text);
}

static void tell_sums(const struct model *model, enum column column, struct help *help)
{
    struct buf text = BUF_INIT, handle = BUF_INIT;
    add_value(model, column, totals_figure(&model->plan.totals, column), &text);
    buf_add_string(&text, "  of all together; a rate is worked out anew from the sums");
    help_entry(help, TEXT("The whole plan"), buf_text(&text));
    if (column == COL_ROI || column == COL_PROFIT)
        tell_channels(model, help);
    help_heading(help, "Of each creator");
    for (size_t i = 0; i < model->plan.member_count; i++) {
        uint32_t row = model->plan.members[i];
        buf_clear(&text);
        buf_clear(&handle);
        model_handle(model, row, &handle);
        add_value(model, column, sheet_number(model->sheet, column, row), &text);
        if (sheet_mark(model->sheet, column, row) == '~')
            buf_add_string(&text, "  rests on a fee that is our estimate");
        help_entry(help, buf_text(&handle), buf_text(&text));
    }
    buf_release(&text);
    buf_release(&handle);
}

void total_why(const struct model *model, struct help *help)
{
    enum column column = model->plan.cell;
    struct buf text = BUF_INIT;
    help_heading(help, columns[column].title);
    help_column(column, &text);
    help_entry(help, text_of(columns[column].key), buf_text(&text));
    if (!column_is_text(column))
        tell_sums(model, column, help); /* of words there are none */
    help->heading = (struct text){0};
    buf_release(&text);
}
