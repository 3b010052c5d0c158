#ifndef MICROSCOPE_DOMAIN_PACK_H
#define MICROSCOPE_DOMAIN_PACK_H

#include "base/arena.h"
#include "base/doc.h"
#include "domain/knob.h"
#include "domain/planned.h"

/* A scenario with its plan, as it travels: as one text for undo and for copying, and as the tree of a
 * YAML file. */

struct plan_entry {
    enum platform platform;
    struct text key; /* see handle_key() */
    struct planned planned;
};

/* In the order they came in. Zeroed is empty; the texts live in the arena. */
struct plan_entries {
    struct arena arena;
    struct plan_entry *items;
    size_t count, capacity;
};

void plan_entries_release(struct plan_entries *entries); /* empty and valid again */
/* Copies the key; the caller sees to it that nobody comes twice. */
void plan_entries_add(struct plan_entries *entries, enum platform platform, struct text key,
                      const struct planned *planned);
/* The entry of a creator, or NULL. */
struct plan_entry *plan_entries_find(const struct plan_entries *entries, enum platform platform,
                                     struct text key);
/* Adds, replaces, or, where it says nothing, takes out. */
void plan_entries_put(struct plan_entries *entries, enum platform platform, struct text key,
                      const struct planned *planned);

/* One line an item: "scenario spring", "knob cvr 0.03", "plan instagram 2 reel 35000 lenaskin". Equal
 * scenarios with equal plans pack alike. */
void scenario_pack(const struct scenario *scenario, const struct plan_entries *entries,
                   struct buf *out);
/* Name included; the revision moves on from that of *scenario. What both held before is replaced, or
 * left alone where this fails. */
bool scenario_unpack(struct text packed, struct scenario *scenario, struct plan_entries *entries,
                     struct err *err);

/* The file is a map of `name`, `preset` (one of scenario_presets[], before the rest), `assumptions`
 * (every knob without a dot, by its key), `rates` by currency, `channels` by number and `plan`, see
 * scenario_example. Fees are in the scenario's currency; who has no deliverables gets as many as the
 * assumptions say. Errors have line and column, and name the nearest key. *scenario and *entries are
 * made anew, or left alone where this fails; without a name the old one stays. */
extern const char scenario_example[];
bool scenario_from_doc(const struct doc *doc, struct scenario *scenario,
                       struct plan_entries *entries, struct err *err);
/* What is the user's, so that scenario_from_doc() makes the same again. `out` is made whole. */
void scenario_to_doc(const struct scenario *scenario, const struct plan_entries *entries,
                     struct doc *out);

#endif
