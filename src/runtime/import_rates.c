#include <stdlib.h>

#include "base/mem.h"
#include "domain/currency.h"
#include "import_internal.h"
#include "runtime/config.h"
#include "runtime/session.h"

/* Fees in currencies that the scenario in use has no exchange rate for: they count as unknown until
 * it has one, so the import says so. */

void import_rates_begin(struct importing *job)
{
    free(job->fees);
    job->fees = mem_zero(currency_count, sizeof *job->fees);
}

void import_rates_count(struct importing *job, const struct record *record)
{
    struct text code = record_text(record, COL_CURRENCY);
    if (text_known(code) && number_known(record_number(record, COL_FEE)))
        job->fees[currency_from_code(code)]++;
}

static void read_scenario(struct importing *job, struct scenario *scenario)
{
    struct peers peers;
    scenario_init(scenario);
    if (job->store && session_scenario(job->store, scenario, NULL))
        session_assumptions(job->store, scenario, &peers, NULL);
}

/* "12 fees are in CHF, USD: unknown until you set rate.CHF, rate.USD" */
void import_rates_tell(struct importing *job, struct buf *line)
{
    struct scenario scenario;
    struct buf codes = BUF_INIT, knobs = BUF_INIT;
    uint64_t fees = 0;
    read_scenario(job, &scenario);
    for (unsigned i = CURRENCY_NONE + 1; i < currency_count; i++) {
        if (job->fees[i] == 0 || number_known(scenario_rate(&scenario, i)))
            continue;
        buf_addf(&codes, "%s%s", fees ? ", " : "", currencies[i].code);
        buf_addf(&knobs, "%srate.%s", fees ? ", " : "", currencies[i].code);
        fees += job->fees[i];
    }
    if (fees > 0) {
        number_fixed(line, (double)fees, 0, job->cli->config->style);
        buf_addf(line, " %s in %s: unknown until you set the exchange rate, as %s\n",
                 fees == 1 ? "fee is" : "fees are", buf_string(&codes), buf_string(&knobs));
    }
    buf_release(&codes);
    buf_release(&knobs);
}
