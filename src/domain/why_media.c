#include "why_internal.h"

#include <math.h>

#include "base/buf.h"
#include "base/number.h"

/* Reasons for the parts of the media value. */

/* "5,850 at 0.50, yours" */
static void tell_part(const struct why *why, size_t worth, struct why_line *line)
{
    struct buf buf = BUF_INIT;
    double each = *(const double *)((const char *)why->assumptions->scenario + worth);
    line->parameter = parameters[parameter_at(worth)].key;
    if (isnan(line->value)) {
        why_say(line, "unknown, left out");
        return;
    }
    if (each > 0)
        number_fixed(&buf, line->value / each, 0, number_style_english);
    why_say(line, "%s%s%g each, yours", buf_string(&buf), each > 0 ? " at " : "", each);
    buf_release(&buf);
}

void tell_views_worth(const struct why *why, struct why_line *line)
{
    tell_part(why, offsetof(struct scenario, value_impression), line);
}

void tell_likes_worth(const struct why *why, struct why_line *line)
{
    tell_part(why, offsetof(struct scenario, value_like), line);
}

void tell_comments_worth(const struct why *why, struct why_line *line)
{
    tell_part(why, offsetof(struct scenario, value_comment), line);
}

void tell_shares_worth(const struct why *why, struct why_line *line)
{
    tell_part(why, offsetof(struct scenario, value_share), line);
}

void tell_saves_worth(const struct why *why, struct why_line *line)
{
    tell_part(why, offsetof(struct scenario, value_save), line);
}

void tell_media_value(const struct why *why, struct why_line *line)
{
    unsigned given =
        CASE_WORTH_VIEW | CASE_WORTH_LIKE | CASE_WORTH_COMMENT | CASE_WORTH_SHARE | CASE_WORTH_SAVE;
    if (!(why->cases & given))
        why_say(line,
                "say what a view or a like is worth to you: value_impression, value_like ...");
    else if (isnan(line->value))
        why_say(line, "unknown, as all of its parts are");
    else if (why->figures.marks & MARK_EMV_AT_LEAST)
        why_say(line, "at least: a part is unknown; no revenue");
    else
        why_say(line, "no revenue, and never added to it");
}
