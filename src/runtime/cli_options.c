#include "base/vec.h"
#include "runtime/cli.h"

const struct cli_option_row cli_options[OPTION_COUNT] = {
    [OPTION_STORE] = {"store", "FILE", "the store to use instead of the default one", true},
    [OPTION_THEME] = {"theme", "NAME", "the look of the explorer; `microscope themes` lists them",
                      true},
    [OPTION_NO_MOUSE] = {"no-mouse", NULL, "leave the mouse to the terminal", true},
    [OPTION_PLAIN] = {"plain", NULL, "lines of text instead of the explorer, for screen readers",
                      true},
    [OPTION_ASCII] = {"ascii", NULL, "draw with ASCII characters only", true},
    [OPTION_HELP] = {"help", NULL, "tell what there is, and end; after a verb: about that verb",
                     true},
    [OPTION_VERSION] = {"version", NULL, "tell the version, and end", true},
    [OPTION_PLATFORM] = {"platform", "P",
                         "the platform of all rows: instagram, tiktok, youtube, x, twitch, "
                         "facebook, linkedin, pinterest, other"},
    [OPTION_DATE] = {"date", "D", "the day the data is of: 2026-11-16"},
    [OPTION_MAP] = {"map", "MAP.yaml", "a file that says which column means what, see below"},
    [OPTION_DRY_RUN] = {"dry-run", NULL, "tell what would happen; change nothing"},
    [OPTION_REPORT] = {"report", "FILE", "write plan, every problem and counts as JSON"},
    [OPTION_PROGRESS] = {"progress", "json", "tell how far it is as JSON Lines on standard output"},
    [OPTION_SORT] = {"sort", "KEYS", "order by these columns, - is descending: -roi,handle"},
    [OPTION_COLUMNS] = {"columns", "KEYS", "these columns in this order, or `all`"},
    [OPTION_FORMAT] = {"format", "F", "table, csv, tsv, json, jsonl or md"},
    [OPTION_FORCE] = {"force", NULL, "replace a file that is there already"},
    [OPTION_CREATORS] = {"creators", "N", "how many"},
    [OPTION_SEED] = {"seed", "S", "another seed gives other creators (1)"},
    [OPTION_NICHES] = {"niches", "N", "1 to 40 (40)"},
    [OPTION_COUNTRIES] = {"countries", "N", "1 to 60 (60)"},
    [OPTION_SNAPSHOTS] = {"snapshots", "N", "weeks of history of each, 0 to 520 (0)"},
};
