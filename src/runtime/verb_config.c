#include <unistd.h>

#include "base/vec.h"
#include "runtime/config.h"
#include "runtime/places.h"
#include "verbs_internal.h"

/* microscope config: what holds, and why. */

/* As the file would say it; of the store where it lies. */
static void add_value(const struct config *config, enum setting_id id, struct buf *out)
{
    if (id != SETTING_STORE)
        buf_add_text(out, buf_text(&config->set[id].value));
    else if (config->store.length)
        buf_add_text(out, buf_text(&config->store));
    else
        places_store(out, false, NULL);
}

static const struct writer_column layout[] = {
    {.key = "key", .title = "Setting"},     {.key = "value", .title = "Value"},
    {.key = "origin", .title = "From"},     {.key = "where", .title = "Where"},
    {.key = "default", .title = "Default"}, {.key = "takes", .title = "Takes"},
    {.key = "help", .title = "Meaning"},
};
/* Nobody reads a table that is wider than any screen: `config --example` explains. */
enum { PEOPLE_COLUMNS = 4 };

static void add_where(const struct cli *cli, enum setting_id id, struct buf *out)
{
    enum cli_option option;
    if (cli->config->set[id].origin == ORIGIN_OPTION && cli_option_of(id, &option))
        buf_addf(out, "--%s", cli_options[option].name);
    else
        config_where(cli->config, id, out);
}

static bool write_rows(void *self, struct writer *writer, bool people, struct err *err)
{
    const struct cli *cli = *(const struct cli *const *)self;
    bool ok = true;
    (void)people;
    for (enum setting_id id = 0; id < SETTING_COUNT && ok; id++) {
        const struct config_setting *setting = &settings[id];
        struct buf value = BUF_INIT, where = BUF_INIT;
        add_value(cli->config, id, &value);
        add_where(cli, id, &where);
        const struct writer_cell cells[COUNT_OF(layout)] = {
            {.text = text_of(setting->key)},
            {.text = buf_text(&value)},
            {.text = text_of(config_origins[cli->config->set[id].origin])},
            {.text = buf_text(&where)},
            {.text = text_of(setting->standard)},
            {.text = text_of(setting->takes)},
            {.text = text_of(setting->help)},
        };
        ok = writer_row(writer, cells, err);
        buf_release(&value);
        buf_release(&where);
    }
    return ok;
}

/* Where to write what one wants to change. */
static void say_file(const struct config *config)
{
    if (!isatty(STDERR_FILENO) || !config->path.length)
        return;
    if (config->there)
        say("the file is '%s'", config->path.at);
    else
        say("there is no '%s' yet: microscope config --example shows what it may say",
            config->path.at);
}

static int tell_all(const struct cli *cli)
{
    struct err err;
    const struct exporter *format = verb_format(cli, "table", &err);
    if (!format)
        return verb_misused(&err);
    struct verb_table table = {layout, format->people ? PEOPLE_COLUMNS : COUNT_OF(layout),
                               write_rows, &cli};
    int status = verb_print_table(cli, &table);
    if (format->people)
        say_file(cli->config);
    return status;
}

static int tell_one(const struct cli *cli)
{
    enum setting_id id;
    struct err err;
    struct buf value = BUF_INIT;
    if (cli->given[OPTION_FORMAT])
        err_set(&err, "one setting has no format: leave out '--format' or '%s'", cli->words[0]);
    if (cli->given[OPTION_FORMAT] || !settings_find(text_of(cli->words[0]), &id, &err))
        return verb_misused(&err);
    add_value(cli->config, id, &value);
    buf_add_char(&value, '\n');
    return verb_print(&value);
}

static int print_example(const struct cli *cli)
{
    struct err err;
    struct buf text = BUF_INIT;
    if (cli->word_count || cli->given[OPTION_FORMAT]) {
        err_set(&err, "'--example' is the whole file: it takes no key and no format");
        return verb_misused(&err);
    }
    config_example(&text);
    return verb_print(&text);
}

int verb_config(const struct cli *cli)
{
    if (cli->given[OPTION_EXAMPLE])
        return print_example(cli);
    return cli->word_count ? tell_one(cli) : tell_all(cli);
}
