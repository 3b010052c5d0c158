#include "exchange/handover.h"

#include <assert.h>
#include <string.h>

static void name_plan(const struct handover *handover, struct buf *out)
{
    const char *name = handover->scenario->name, *many = handover->plan->count == 1 ? "" : "s";
    if (strcmp(name, "default") == 0)
        buf_addf(out, "Plan of %zu creator%s", handover->plan->count, many);
    else
        buf_addf(out, "%s: plan of %zu creator%s", name, handover->plan->count, many);
}

static void name_comparison(const struct handover_comparison *all, struct buf *out)
{
    for (size_t i = 0; i < all->count && i < 3; i++) {
        buf_add_string(out, i == 0 ? "" : ", ");
        buf_add_text(out, all->who[i].handle);
    }
    if (all->count > 3)
        buf_addf(out, " and %zu more", all->count - 3);
    buf_add_string(out, " side by side");
}

void handover_title(const struct handover *handover, struct buf *out)
{
    if (text_known(handover->title) && handover->title.length > 0)
        buf_add_text(out, handover->title);
    else if (handover->plan && handover->plan->count > 0)
        name_plan(handover, out);
    else if (handover->comparison)
        name_comparison(handover->comparison, out);
    else if (handover->list)
        buf_addf(out, "%zu creator%s", handover->list->rows, handover->list->rows == 1 ? "" : "s");
    else
        buf_add_string(out, handover->scenario->name);
}

bool handover_write(const struct handover *handover, const struct exporter *format,
                    const struct writer_options *options, struct writer_out out, struct err *err)
{
    assert(format->document);
    return format->document(handover, options, out, err);
}
