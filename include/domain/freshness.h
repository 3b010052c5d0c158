#ifndef MICROSCOPE_DOMAIN_FRESHNESS_H
#define MICROSCOPE_DOMAIN_FRESHNESS_H

/* Days for which what was seen stays fresh: the age badge of the glossary. Credibility and share of the
 * market last 30 days, or as long as the audience where that is longer; a fee never goes stale. */
struct freshness {
    double audience; /* followers, following, posts */
    double engagement;
};
#define FRESHNESS_STANDARD ((struct freshness){.audience = 7, .engagement = 14})
#define FRESHNESS_LEAST 1
#define FRESHNESS_MOST 365

#endif
