#ifndef MICROSCOPE_DOMAIN_KNOB_H
#define MICROSCOPE_DOMAIN_KNOB_H

#include "base/buf.h"
#include "domain/scenario.h"

/* Everything a scenario says is a knob: a key and a value, both texts. This one spelling serves the
 * store, undo, YAML, commands and the command line. ASCII case of keys is ignored.
 *
 *   every key of parameters[]    a number: 0.03 3% 2500 2.5k; on or off for a flag
 *   currency                     a code: EUR
 *   reach_rates                  a word of reach_tables[]
 *   channel.N.name               N 1 to 8; empty or "none": no such channel
 *   channel.N.cpm ctr cvr incremental roas
 *   rate.USD                     0.92 or 0.92 2026-11-23: one of it in the scenario's currency, dated
 *   ctr                          all ctr_* at once, a group
 *
 * Numbers that need not be given (optional) also take "none". */

enum knob_kind { KNOB_NUMBER, KNOB_NAME, KNOB_CHOICE, KNOB_RATE };

#define KNOB_KEY_MOST 40
#define KNOB_VALUE_MOST 64 /* no value is as long */

struct knob {
    char key[KNOB_KEY_MOST];
    char title[KNOB_KEY_MOST];
    const char *help, *source; /* never NULL */
    enum knob_kind kind;
    enum unit unit;               /* of a KNOB_NUMBER; UNIT_RATIO for a rate, else UNIT_WORD */
    double standard, least, most; /* of numbers; standard NaN: none */
    bool optional;                /* "none" is a value: not given */
    bool group;                   /* see knob_members() */
};

bool knob_find(struct text key, struct knob *out); /* false: no such knob */
/* "no assumption 'avo': did you mean 'aov'?" Returns false. */
bool knob_unknown(struct text key, struct err *err);
/* Walks the knobs in the order they are shown, *at 0 at first: those that can be turned, so without
 * the reach rates a table overrules, and of the channels that have no name only the first one's name.
 * False: that was all. */
bool knob_next(size_t *at, const struct scenario *scenario, struct knob *out);
/* The knobs of a group, at most `most`; of any other knob itself. Returns how many. */
size_t knob_members(const struct knob *knob, struct knob *out, size_t most);
#define KNOB_MEMBERS_MOST FORMAT_COUNT
/* What a KNOB_CHOICE may say, one after the other from 0; the null text: no more. */
struct text knob_choice(const struct knob *knob, size_t index);
const char *knob_example(const struct knob *knob); /* "a share like 4% or 0.04" */

/* The null text gives the default back. Marks as the user's, moves the revision. False, nothing
 * changed and the limits named, where the key is unknown or it is no such value. */
bool scenario_knob_set(struct scenario *scenario, struct text key, struct text value,
                       struct err *err);
/* Adds the value as text that scenario_knob_set() reads back unchanged. False: the default stands; its
 * text is added then, nothing where there is none, or where the members of a group differ. */
bool scenario_knob_get(const struct scenario *scenario, struct text key, struct buf *out);
/* NaN: not a number, not given, or the members of a group differ. Of a rate: the rate. */
double scenario_knob_number(const struct scenario *scenario, struct text key);
/* Is it the user's, no assumption? Of a group: one of its members. */
bool scenario_own(const struct scenario *scenario, struct text key);
/* The knobs that are the user's, groups by their members; by key. The texts live until `each` returns. */
void scenario_knobs(const struct scenario *scenario,
                    void (*each)(void *self, struct text key, struct text value), void *self);
bool scenario_touched(const struct scenario *scenario); /* is any knob the user's? */
/* All defaults again; name, revision and plan are left alone (the revision moves). */
void scenario_clear(struct scenario *scenario);

/* A knob that goes from one value to another. */
struct knob_change {
    char key[KNOB_KEY_MOST];
    bool own_before, own_after; /* false: the default */
    char before[KNOB_VALUE_MOST], after[KNOB_VALUE_MOST];
};
void knob_change_begin(struct knob_change *change, const struct scenario *scenario,
                       struct text key); /* before and after: as it is now */
/* Takes what the scenario says now as after; false: that is what it said before. */
bool knob_change_end(struct knob_change *change, const struct scenario *scenario);
void knob_change_apply(const struct knob_change *change, struct scenario *scenario, bool forward);

/* Knobs that go together. */
#define PRESET_KNOBS 4
struct scenario_preset {
    const char *name, *title, *help;
    struct {
        const char *key, *value; /* NULL value: the default; a NULL key ends them */
    } knobs[PRESET_KNOBS];
};
extern const struct scenario_preset scenario_presets[];
extern const size_t scenario_preset_count;
const struct scenario_preset *scenario_preset_find(struct text name); /* case ignored; NULL: none */
void scenario_preset_apply(struct scenario *scenario, const struct scenario_preset *preset);

#endif
