#include "app/command.h"

/* Where keys are pressed, and the chapters that commands stand in. */

const struct context_row contexts[CONTEXT_COUNT] = {
    [CONTEXT_LIST] = {"List", false, NULL},
    [CONTEXT_NOTHING] = {"Nothing matches", false, NULL},
    [CONTEXT_FILTERS] = {"Filters", false, NULL},
    [CONTEXT_DETAIL] = {"Detail", false, NULL},
    [CONTEXT_COMPARE] = {"Compare", false, NULL},
    [CONTEXT_PLAN] = {"Plan", false, NULL},
    [CONTEXT_ASSUMPTIONS] = {"Assumptions", false, NULL},
    [CONTEXT_TIERS] = {"Tiers", false, NULL},
    [CONTEXT_CHANGES] = {"Changes", false, NULL},
    [CONTEXT_PLANS] = {"Plans", false, NULL},
    [CONTEXT_VIEWS] = {"Views", false, "Esc close"},
    [CONTEXT_FIRST] = {"First menu", false, NULL},
    [CONTEXT_FORM] = {"Import", false, NULL, true},
    [CONTEXT_LOST] = {"What an import cannot use", false, NULL, true},
    [CONTEXT_IMPORTS] = {"Imports", false, NULL, true},
    [CONTEXT_WHY] = {"Why", false, "Esc close"},
    [CONTEXT_HELP] = {"Help", true, "Esc close"},
    [CONTEXT_PAGE] = {"Page", false, "Esc close"},
    [CONTEXT_PICK] = {"Choosing", true, "Esc close"},
    [CONTEXT_COLUMNS] = {"Columns", true, "Esc close"},
    [CONTEXT_FILTER] = {"Filter prompt", true, "Esc done"},
    [CONTEXT_SEARCH] = {"Search", true, "Esc close"},
    [CONTEXT_VALUE] = {"Finding a value", true, "Esc put back"},
    [CONTEXT_FILL] = {"Fill the budget", true, "Esc close"},
    [CONTEXT_FIELD] = {"In a figure", true, "Esc put back"},
    [CONTEXT_NAME] = {"A name", true, "Esc put back"},
    [CONTEXT_ANSWER] = {"An answer for an import", true, "Esc put back"},
    [CONTEXT_HAND] = {"Hand over", false, "Esc close", true},
    [CONTEXT_HAND_FILE] = {"Name of a file", true, "Esc put back"},
    [CONTEXT_NOTE] = {"A note", true, "Esc put back"},
    [CONTEXT_COMMAND] = {"Command prompt", true, "Esc put back"},
    [CONTEXT_GOAL] = {"Goal", true, "Esc leave"},
};

const char *const command_group_titles[COMMAND_GROUPS] = {
    [COMMANDS_MOVE] = "Move",   [COMMANDS_PLACES] = "Places",       [COMMANDS_FIND] = "Find",
    [COMMANDS_ORDER] = "Order", [COMMANDS_CHOOSE] = "Choose",       [COMMANDS_WHAT_IF] = "What if",
    [COMMANDS_KNOW] = "Know",   [COMMANDS_HAND_OVER] = "Hand over", [COMMANDS_SAFETY] = "Safety",
};
