/* Any bytes as the file of a scenario: refused with a reason and a place, or a scenario that packs and
 * is written as what it was read from. */
#include "domain/pack.h"
#include "exchange/yaml.h"
#include "fuzz.h"

static void pack(const struct scenario *scenario, const struct plan_entries *entries,
                 struct buf *out)
{
    buf_clear(out);
    scenario_pack(scenario, entries, out);
}

static void expect_same_from_file(const struct scenario *scenario,
                                  const struct plan_entries *entries, struct text packed)
{
    struct doc doc, read;
    struct buf yaml = BUF_INIT, again = BUF_INIT;
    struct scenario other;
    struct plan_entries same = {.count = 0};
    struct err err;
    scenario_init(&other);
    scenario_to_doc(scenario, entries, &doc);
    promise(yaml_write(&doc, &yaml, &err), "what was read is written");
    promise(yaml_read(buf_text(&yaml), &read, &err), "what is written is YAML");
    promise(scenario_from_doc(&read, &other, &same, &err), "what is written is a scenario");
    pack(&other, &same, &again);
    promise(text_equal(packed, buf_text(&again)), "the same one");
    plan_entries_release(&same);
    buf_release(&yaml);
    buf_release(&again);
    doc_release(&doc);
    doc_release(&read);
}

static void expect_same_unpacked(struct text packed)
{
    struct scenario other;
    struct plan_entries same = {.count = 0};
    struct buf again = BUF_INIT;
    struct err err;
    scenario_init(&other);
    promise(scenario_unpack(packed, &other, &same, &err), "what is packed unpacks");
    pack(&other, &same, &again);
    promise(text_equal(packed, buf_text(&again)), "to the same");
    plan_entries_release(&same);
    buf_release(&again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct text bytes = {(const char *)data, size};
    struct scenario scenario;
    struct plan_entries entries = {.count = 0};
    struct buf packed = BUF_INIT;
    struct doc doc;
    struct err err = {.message = ""};
    scenario_init(&scenario);
    if (yaml_read(bytes, &doc, &err)) {
        if (scenario_from_doc(&doc, &scenario, &entries, &err)) {
            pack(&scenario, &entries, &packed);
            expect_same_unpacked(buf_text(&packed));
            expect_same_from_file(&scenario, &entries, buf_text(&packed));
        } else {
            promise(err.message[0] != '\0' && err.line > 0 && err.column > 0,
                    "a refusal says why and where");
        }
    }
    scenario_unpack(bytes, &scenario, &entries, &err);
    plan_entries_release(&entries);
    buf_release(&packed);
    doc_release(&doc);
    return 0;
}
