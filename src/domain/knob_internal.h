#ifndef MICROSCOPE_DOMAIN_KNOB_INTERNAL_H
#define MICROSCOPE_DOMAIN_KNOB_INTERNAL_H

#include "domain/knob.h"
#include "scenario_internal.h"

/* Where in a scenario a knob is. The first are those that stand alone. */
enum knob_where { SPOT_CURRENCY, SPOT_REACH, SPOT_CTR, SPOT_PARAMETER, SPOT_CHANNEL, SPOT_RATE };
struct knob_spot {
    enum knob_where where;
    size_t index; /* parameter; channel x CHANNEL_FIELDS + field; currency */
};

bool knob_locate(struct text key, struct knob_spot *spot); /* false: no such knob */
void knob_describe(struct knob_spot spot, struct knob *out);
bool ctr_member(size_t parameter); /* of the group ctr */
double *channel_number(struct channel *channel, size_t field);

#endif
