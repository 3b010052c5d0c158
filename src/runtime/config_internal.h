#ifndef MICROSCOPE_RUNTIME_CONFIG_INTERNAL_H
#define MICROSCOPE_RUNTIME_CONFIG_INTERNAL_H

#include "base/doc.h"
#include "runtime/config.h"

/* What each setting takes. `node` is a scalar or, where the setting is one, a list; its place is that of
 * an error. */
bool settings_read(struct config *config, enum setting_id id, const struct doc_node *node,
                   struct err *err);
/* Of the setting 'keys', a map. */
bool config_read_keys(struct config *config, const struct doc_node *node, struct err *err);
/* Every command with its own keys, as comments to take the sign off. */
void config_keys_example(struct buf *out);
/* Of 'tier_presets', a map, and of 'tiers', which may name one of them. */
bool config_read_tier_presets(struct config *config, const struct doc_node *node, struct err *err);
bool config_read_tiers(struct config *config, const struct doc_node *node, struct err *err);
/* A preset as a comment to take the sign off. */
void config_tiers_example(struct buf *out);
/* "config.yaml:12", safe for the screen: of the line of the key. */
void config_line(const struct config *config, const struct doc_node *node, struct buf *out);
/* The same of 'benchmarks'. */
bool config_read_benchmarks(struct config *config, const struct doc_node *node, struct err *err);
void config_benchmarks_example(struct buf *out);
/* What the environment says, as the file would say it; the null text: nothing. */
struct text settings_environment(enum setting_id id);
/* Settings that do not go together are an error at the later one. */
bool settings_agree(const struct config *config, const struct doc_node *root, struct err *err);
/* What follows from several of them. */
void settings_settle(struct config *config);

#endif
