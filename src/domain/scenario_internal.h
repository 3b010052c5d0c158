#ifndef MICROSCOPE_DOMAIN_SCENARIO_INTERNAL_H
#define MICROSCOPE_DOMAIN_SCENARIO_INTERNAL_H

#include "domain/scenario.h"

/* Places of the knobs in scenario.changed: the parameters, then these. Rates have none: there is
 * one or there is not. */
enum channel_field {
    CHANNEL_NAME,
    CHANNEL_CPM,
    CHANNEL_CTR,
    CHANNEL_CVR,
    CHANNEL_INCREMENTAL,
    CHANNEL_ROAS,
    CHANNEL_FIELDS
};
#define SLOT_CURRENCY SCENARIO_PARAMETERS
#define SLOT_REACH (SLOT_CURRENCY + 1)
#define SLOT_CHANNEL (SLOT_REACH + 1) /* + slot of the channel x CHANNEL_FIELDS + field */

/* Notes whose a knob is, and moves the revision. */
void scenario_mark(struct scenario *scenario, size_t slot, bool own);
bool scenario_marked(const struct scenario *scenario, size_t slot);

/* As channel number `slot` is by default; a slot out of range: as one without a name. */
void channel_reset(struct channel *channel, size_t slot);

#endif
