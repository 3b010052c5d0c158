#include "ui/role.h"

#include "base/vec.h"

const struct role_row roles[ROLE_COUNT] = {
    [ROLE_TEXT] = {"text", '.', true, false, "figures, names and the background"},
    [ROLE_DIM] = {"dim", 'd', false, false, "labels, what is unknown, values gone stale"},
    [ROLE_TITLE] = {"title", 't', false, false, "titles and totals"},
    [ROLE_BORDER] = {"border", 'b', false, false, "rules, and what an overlay covers"},
    [ROLE_BAR] = {"bar", '_', true, false, "top and bottom bar"},
    [ROLE_KEY] = {"key", 'k', false, false, "names of keys"},
    [ROLE_TAB] = {"tab", 'T', true, true, "the open tab, the focused column"},
    [ROLE_CURSOR] = {"cursor", 'c', true, false, "the row of the cursor, where the focus is"},
    [ROLE_AWAY] = {"away", 'o', true, false, "the row of the cursor, where the focus is not"},
    [ROLE_CELL] = {"cell", 'C', true, true, "the cell of the cursor"},
    [ROLE_CHIP] = {"chip", '#', true, true, "a filter that is on"},
    [ROLE_FIELD] = {"field", 'f', true, true, "where one types"},
    [ROLE_MATCH] = {"match", 'm', true, true, "what a search found"},
    [ROLE_TICK] = {"tick", 'x', false, false, "ticked"},
    [ROLE_STAR] = {"star", 's', false, false, "in the plan"},
    [ROLE_GOOD] = {"good", 'g', false, false, "a gain, the best"},
    [ROLE_BAD] = {"bad", 'r', false, false, "a loss, too much"},
    [ROLE_WARN] = {"warn", 'w', false, false, "assumed, old, too few"},
    [ROLE_EST] = {"est", 'e', false, false, "estimated"},
    [ROLE_OWN] = {"own", 'O', false, false, "set by the user, what if"},
    [ROLE_CHANGED] = {"changed", '^', true, true, "changed a moment ago"},
    [ROLE_GRAPH] = {"graph", '1', false, false, "bars"},
    [ROLE_GRAPH2] = {"graph2", '2', false, false, "the second series, the channel"},
    [ROLE_ALERT] = {"alert", '!', true, true, "needs an answer"},
};

bool role_find(struct text name, enum role *role)
{
    for (size_t i = 0; i < COUNT_OF(roles); i++)
        if (text_is(name, roles[i].name)) {
            *role = (enum role)i;
            return true;
        }
    return false;
}
