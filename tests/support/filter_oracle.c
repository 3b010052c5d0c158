#include "filter_oracle.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define DAY 86400.0

static void must(sqlite3 *db, int result)
{
    if (result != SQLITE_OK && result != SQLITE_DONE && result != SQLITE_ROW) {
        fprintf(stderr, "oracle: %s\n", sqlite3_errmsg(db));
        abort();
    }
}

/* ---- the table ---- */

/* Folding has tests of its own in base. */
static void fold(sqlite3_context *context, int count, sqlite3_value **values)
{
    struct text text = text_of((const char *)sqlite3_value_text(values[0]));
    struct buf folded = BUF_INIT;

    (void)count;
    if (!text_known(text))
        return;
    utf8_fold(&folded, text);
    sqlite3_result_text(context, buf_string(&folded), -1, SQLITE_TRANSIENT);
    buf_release(&folded);
}

static void bind(sqlite3_stmt *insert, int place, struct sheet *sheet, enum column column,
                 uint32_t row)
{
    struct buf buf = BUF_INIT;
    struct text text = {0};
    double number = NAN;

    if (column_is_text(column))
        text = sheet_text(sheet, column, row, &buf);
    else
        number = sheet_number(sheet, column, row);
    if (text.length)
        sqlite3_bind_text(insert, place, text.at, (int)text.length, SQLITE_TRANSIENT);
    else if (isfinite(number))
        sqlite3_bind_double(insert, place, number);
    else
        sqlite3_bind_null(insert, place);
    buf_release(&buf);
}

/* Does the column follow from the scenario? Those stand in a table of their own. */
static bool is_figure(enum column column)
{
    return columns[column].figure != COLUMN_NO_FIGURE;
}

static sqlite3_stmt *ask_string(const struct filter_oracle *oracle, const char *sql)
{
    sqlite3_stmt *statement = NULL;

    must(oracle->db, sqlite3_prepare_v2(oracle->db, sql, -1, &statement, NULL));
    return statement;
}

static void run(const struct filter_oracle *oracle, const char *sql)
{
    must(oracle->db, sqlite3_exec(oracle->db, sql, NULL, NULL, NULL));
}

/* "insert into facts values(?, ?, …)" */
static sqlite3_stmt *insertion(const struct filter_oracle *oracle, const char *table, bool figures)
{
    struct buf sql = BUF_INIT;

    buf_addf(&sql, "insert into %s values(?%s", table, figures ? "" : ", ?, ?");
    for (int column = 0; column < COLUMN_COUNT; column++)
        if (is_figure((enum column)column) == figures)
            buf_add_string(&sql, ", ?");
    buf_add_string(&sql, ")");
    sqlite3_stmt *insert = ask_string(oracle, buf_string(&sql));
    buf_release(&sql);
    return insert;
}

/* A fee of the user's, or one that somebody names for the format planned ("story=90|reel=350"). */
static bool fee_given(const struct catalog *catalog, uint32_t row)
{
    struct planned planned = catalog_plan_get(catalog, row);
    struct text card = catalog_text(catalog, COL_FEE_BY_FORMAT, row);
    char all[256], wanted[32];

    if (!isnan(planned.fee))
        return true;
    if (text_is(catalog_text(catalog, COL_FEE_ORIGIN, row), "estimated"))
        return false;
    if (planned.format == FORMAT_NONE ||
        planned.format == platforms[catalog_platform(catalog, row)].format)
        return !isnan(catalog_number(catalog, COL_FEE, row));
    snprintf(all, sizeof all, "|%.*s", (int)card.length, text_known(card) ? card.at : "");
    snprintf(wanted, sizeof wanted, "|%s=", formats[planned.format].word);
    return strstr(all, wanted) != NULL;
}

static void insert_facts(const struct filter_oracle *oracle, sqlite3_stmt *insert, uint32_t row)
{
    const struct catalog *catalog = oracle->sheet->catalog;
    struct text key = catalog_key(catalog, row);
    int place = 1;

    sqlite3_reset(insert);
    sqlite3_bind_int64(insert, place++, row);
    sqlite3_bind_text(insert, place++, key.at, (int)key.length, SQLITE_TRANSIENT);
    sqlite3_bind_int(insert, place++, fee_given(catalog, row));
    for (int column = 0; column < COLUMN_COUNT; column++)
        if (!is_figure((enum column)column))
            bind(insert, place++, oracle->sheet, (enum column)column, row);
    must(oracle->db, sqlite3_step(insert));
}

static void insert_figures(const struct filter_oracle *oracle, sqlite3_stmt *insert, uint32_t row)
{
    int place = 1;

    sqlite3_reset(insert);
    sqlite3_bind_int64(insert, place++, row);
    for (int column = 0; column < COLUMN_COUNT; column++)
        if (is_figure((enum column)column)) {
            double number = sheet_column(oracle->sheet, (enum column)column)[row];
            if (isfinite(number))
                sqlite3_bind_double(insert, place++, number);
            else
                sqlite3_bind_null(insert, place++);
        }
    must(oracle->db, sqlite3_step(insert));
}

/* Which words of a facet group a row has, a word a line. */
static void insert_members(const struct filter_oracle *oracle, sqlite3_stmt *insert, uint32_t row)
{
    for (int column = 0; column < COLUMN_COUNT; column++) {
        struct buf room = BUF_INIT;
        struct text text;
        if (!columns[column].facet)
            continue;
        text = sheet_text(oracle->sheet, (enum column)column, row, &room);
        for (size_t from = 0, to; text_known(text) && from < text.length; from = to + 1) {
            for (to = from; to < text.length && text.at[to] != '|'; to++)
                continue;
            sqlite3_reset(insert);
            sqlite3_bind_text(insert, 1, columns[column].key, -1, SQLITE_STATIC);
            sqlite3_bind_text(insert, 2, text.at + from, (int)(to - from), SQLITE_TRANSIENT);
            sqlite3_bind_int64(insert, 3, row);
            must(oracle->db, sqlite3_step(insert));
        }
        buf_release(&room);
    }
}

/* The view has every column by its key. What no query asks for costs nothing: SQLite leaves a left
 * join out that adds neither rows nor columns. */
static void create(const struct filter_oracle *oracle)
{
    struct buf facts = BUF_INIT, figures = BUF_INIT, view = BUF_INIT;

    buf_add_string(&facts, "create table facts(row integer primary key, key text, fee_given");
    buf_add_string(&figures, "create table figures(row integer primary key");
    buf_add_string(&view, "create view c as select facts.row as row, key, fee_given");
    for (int column = 0; column < COLUMN_COUNT; column++) {
        buf_addf(is_figure((enum column)column) ? &figures : &facts, ", \"%s\"",
                 columns[column].key);
        buf_addf(&view, ", \"%s\"", columns[column].key);
    }
    buf_add_string(&facts, ")");
    buf_add_string(&figures, ")");
    buf_add_string(&view, " from facts left join figures on figures.row = facts.row");
    run(oracle, buf_string(&facts));
    run(oracle, buf_string(&figures));
    run(oracle, buf_string(&view));
    run(oracle,
        "create table member(topic text, word text, row integer, primary key(topic, word, row))"
        " without rowid");
    buf_release(&facts);
    buf_release(&figures);
    buf_release(&view);
}

static void fill(const struct filter_oracle *oracle)
{
    sqlite3_stmt *facts, *members;

    create(oracle);
    facts = insertion(oracle, "facts", false);
    members = ask_string(oracle, "insert into member values(?, ?, ?)");
    run(oracle, "begin");
    for (uint32_t row = 0; row < oracle->sheet->catalog->count; row++)
        if (catalog_live(oracle->sheet->catalog, row)) {
            insert_facts(oracle, facts, row);
            insert_members(oracle, members, row);
        }
    run(oracle, "create index member_row on member(row, topic); commit");
    sqlite3_finalize(facts);
    sqlite3_finalize(members);
}

void oracle_rejoin(struct filter_oracle *oracle)
{
    sqlite3_stmt *figures = insertion(oracle, "figures", true);

    run(oracle, "begin; delete from figures");
    for (uint32_t row = 0; row < oracle->sheet->catalog->count; row++)
        if (catalog_live(oracle->sheet->catalog, row))
            insert_figures(oracle, figures, row);
    run(oracle, "commit");
    sqlite3_finalize(figures);
}

void oracle_changed(struct filter_oracle *oracle, uint32_t row)
{
    static const char *const tables[] = {"facts", "figures", "member"};
    sqlite3_stmt *facts = insertion(oracle, "facts", false);
    sqlite3_stmt *figures = insertion(oracle, "figures", true);
    sqlite3_stmt *members = ask_string(oracle, "insert into member values(?, ?, ?)");

    for (size_t i = 0; i < COUNT(tables); i++) {
        char sql[64];
        snprintf(sql, sizeof sql, "delete from %s where row=%u", tables[i], row);
        run(oracle, sql);
    }
    if (catalog_live(oracle->sheet->catalog, row)) {
        insert_facts(oracle, facts, row);
        insert_figures(oracle, figures, row);
        insert_members(oracle, members, row);
    }
    sqlite3_finalize(facts);
    sqlite3_finalize(figures);
    sqlite3_finalize(members);
}

/* lets(row, without): does the row pass all terms of the line but one? -1: all of them. */
static void lets(sqlite3_context *context, int count, sqlite3_value **values)
{
    const struct filter_oracle *oracle = sqlite3_user_data(context);
    unsigned fails = oracle->fails[sqlite3_value_int64(values[0])];
    int without = sqlite3_value_int(values[1]);

    (void)count;
    if (without >= 0)
        fails &= ~(1u << without);
    sqlite3_result_int(context, fails == 0);
}

void oracle_init(struct filter_oracle *oracle, struct sheet *sheet, uint64_t seed)
{
    *oracle = (struct filter_oracle){.sheet = sheet};
    random_init(&oracle->random, seed);
    oracle->fails = mem_zero(sheet->catalog->count + 1, 1);
    if (sqlite3_open(":memory:", &oracle->db) != SQLITE_OK)
        abort();
    run(oracle, "pragma temp_store=memory");
    must(oracle->db,
         sqlite3_create_function(oracle->db, "fold", 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC, NULL,
                                 fold, NULL, NULL));
    must(oracle->db,
         sqlite3_create_function(oracle->db, "lets", 2, SQLITE_UTF8, oracle, lets, NULL, NULL));
    fill(oracle);
    oracle_rejoin(oracle);
}

#define OLD_BATCH 3
#define LAST_BATCH 7

static void add_batch(struct filter_oracle *oracle, int64_t id, uint64_t percent)
{
    const struct catalog *catalog = oracle->sheet->catalog;
    struct id_set ids = {0};
    sqlite3_stmt *insert = ask_string(oracle, "insert into had values(?, ?)");

    for (uint32_t row = 0; row < catalog->count; row++) {
        if (random_below(&oracle->random, 100) >= percent)
            continue;
        id_set_add(&ids, catalog_id(catalog, row));
        sqlite3_reset(insert);
        sqlite3_bind_int64(insert, 1, id);
        sqlite3_bind_int64(insert, 2, row);
        must(oracle->db, sqlite3_step(insert));
    }
    sqlite3_finalize(insert);
    batches_take_ids(&oracle->sheet->batches, id, &ids);
}

void oracle_batches(struct filter_oracle *oracle)
{
    const struct batch_told told[] = {
        {.id = 9, .file = TEXT("gone.csv"), .taken_back_at = 1},
        {.id = LAST_BATCH, .file = TEXT("b.csv"), .taken_back_at = NAN},
        {.id = OLD_BATCH, .file = TEXT("a.csv"), .taken_back_at = NAN}};

    oracle->batches = true;
    batches_tell(&oracle->sheet->batches, told, COUNT(told));
    run(oracle,
        "create table had(batch integer, row integer, primary key(batch, row)) without rowid");
    add_batch(oracle, OLD_BATCH, 60);
    add_batch(oracle, LAST_BATCH, 20);
}

static void clear_terms(struct filter_oracle *oracle)
{
    for (size_t i = 0; i < ORACLE_TERMS; i++) {
        buf_release(&oracle->terms[i].words);
        buf_release(&oracle->terms[i].sql);
    }
    oracle->count = 0;
}

void oracle_release(struct filter_oracle *oracle)
{
    clear_terms(oracle);
    buf_release(&oracle->line);
    buf_release(&oracle->order);
    buf_release(&oracle->order_sql);
    query_result_release(&oracle->result);
    free(oracle->fails);
    sqlite3_close(oracle->db);
    *oracle = (struct filter_oracle){0};
}

/* ---- dice ---- */

static size_t below(struct filter_oracle *oracle, size_t bound)
{
    return (size_t)random_below(&oracle->random, bound);
}

static bool chance(struct filter_oracle *oracle, unsigned percent)
{
    return below(oracle, 100) < percent;
}

static enum column pick(struct filter_oracle *oracle, const enum column *from, size_t count)
{
    return from[below(oracle, count)];
}

static enum column pick_figure(struct filter_oracle *oracle)
{
    enum column column;

    do
        column = (enum column)below(oracle, COLUMN_COUNT);
    while (column_is_text(column) || columns[column].unit == UNIT_TIME ||
           columns[column].unit == UNIT_FLAG);
    return column;
}

/* A number somebody has, as typed in one of several ways. */
static void add_number(struct filter_oracle *oracle, enum column column, struct buf *words,
                       double *value)
{
    enum unit unit = columns[column].unit;
    char text[64];

    *value = NAN;
    for (int tries = 0; tries < 20 && !isfinite(*value); tries++)
        *value = sheet_number(oracle->sheet, column,
                              (uint32_t)below(oracle, oracle->sheet->catalog->count));
    if (!isfinite(*value))
        *value = 0;
    snprintf(text, sizeof text, "%.17g", *value);
    if ((unit == UNIT_SHARE || unit == UNIT_ROI) && (fabs(*value) > 1 || chance(oracle, 50))) {
        snprintf(text, sizeof text, "%.2fe-2", *value * 100);
        buf_addf(words, "%.*s%%", (int)strlen(text) - 3, text);
        *value = strtod(text, NULL);
        return;
    }
    if (fabs(*value) > 1500 && chance(oracle, 50)) {
        snprintf(text, sizeof text, "%.1fe3", *value / 1000);
        buf_addf(words, "%.*sk", (int)strlen(text) - 2, text);
        *value = strtod(text, NULL);
        return;
    }
    if (strchr(text, 'e'))
        snprintf(text, sizeof text, "%.12f", *value);
    buf_add_string(words, text);
    *value = strtod(text, NULL);
}

static const char *const comparisons[] = {"<", "<=", ">", ">="};

static void add_comparison(struct filter_oracle *oracle, struct oracle_term *term)
{
    enum column column = pick_figure(oracle);
    const char *sign = comparisons[below(oracle, COUNT(comparisons))];
    double value;

    buf_addf(&term->words, "%s%s", columns[column].key, sign);
    add_number(oracle, column, &term->words, &value);
    buf_addf(&term->sql, "coalesce(\"%s\" %s %.17g, 0)", columns[column].key, sign, value);
}

static bool has_histogram(enum column column)
{
    return column == COL_FOLLOWERS || column == COL_ER_INDEX || column == COL_FEE;
}

/* A value or a range; either end may be missing. */
static void add_interval(struct filter_oracle *oracle, enum column column, struct oracle_term *term)
{
    const char *key = columns[column].key;
    struct buf low_words = BUF_INIT, high_words = BUF_INIT;
    double low, high;
    unsigned open = (unsigned)below(oracle, 4);

    add_number(oracle, column, &low_words, &low);
    add_number(oracle, column, &high_words, &high);
    if (chance(oracle, 30)) {
        buf_add_text(&term->words, buf_text(&low_words));
        buf_addf(&term->sql, "\"%s\" = %.17g", key, low);
    } else if (open == 0) {
        buf_addf(&term->words, "%s..", buf_string(&low_words));
        buf_addf(&term->sql, "\"%s\" >= %.17g", key, low);
    } else if (open == 1) {
        buf_addf(&term->words, "..%s", buf_string(&high_words));
        buf_addf(&term->sql, "\"%s\" <= %.17g", key, high);
    } else {
        bool turn = low > high;
        buf_addf(&term->words, "%s..%s", buf_string(turn ? &high_words : &low_words),
                 buf_string(turn ? &low_words : &high_words));
        buf_addf(&term->sql, "\"%s\" between %.17g and %.17g", key, fmin(low, high),
                 fmax(low, high));
    }
    buf_release(&low_words);
    buf_release(&high_words);
}

static void add_intervals_of(struct filter_oracle *oracle, struct oracle_term *term,
                             enum column column, size_t count)
{
    bool opposite = chance(oracle, 25), selects = chance(oracle, 50);

    if (!opposite && selects && count == 1 && has_histogram(column) && !term->words.length)
        term->selects = column;
    buf_addf(&term->words, "%s%s", columns[column].key, opposite ? "!=" : selects ? ":" : "=");
    buf_addf(&term->sql, "coalesce(%s(", opposite ? "not " : "");
    for (size_t i = 0; i < count; i++) {
        if (i) {
            buf_add_string(&term->words, ",");
            buf_add_string(&term->sql, " or ");
        }
        add_interval(oracle, column, term);
    }
    buf_add_string(&term->sql, "), 0)");
}

static void add_intervals(struct filter_oracle *oracle, struct oracle_term *term)
{
    add_intervals_of(oracle, term, pick_figure(oracle), 1 + below(oracle, 3));
}

/* As the ends of a histogram make it, mostly. */
static void add_range(struct filter_oracle *oracle, struct oracle_term *term)
{
    static const enum column ranged[] = {COL_FOLLOWERS, COL_ER_INDEX, COL_FEE};
    add_intervals_of(oracle, term, pick(oracle, ranged, COUNT(ranged)), 1);
}

/* The same word as people may write it. Spelling that does not count is thrown in. */
static void add_spelled(struct filter_oracle *oracle, struct text word, struct buf *words)
{
    bool ascii = true, upper = chance(oracle, 20);

    for (size_t i = 0; i < word.length; i++)
        ascii = ascii && (unsigned char)word.at[i] > ' ' && (unsigned char)word.at[i] < 0x80 &&
                !strchr("\",\\-", word.at[i]);
    if (!ascii || (chance(oracle, 20) && word.length > 3)) {
        buf_add_char(words, '"');
        for (size_t i = 0; i < word.length; i++) {
            if (ascii && i == 2)
                buf_add_char(words, ' ');
            if (strchr("\"\\", word.at[i]))
                buf_add_char(words, '\\');
            buf_add_char(words, word.at[i]);
        }
        buf_add_char(words, '"');
        return;
    }
    for (size_t i = 0; i < word.length; i++) {
        char c = word.at[i];
        buf_add_char(words, upper && c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c);
    }
}

/* SQL: does the text count as this word? */
static void add_same(struct buf *sql, const char *what, struct text word)
{
    char *quoted = sqlite3_mprintf("%.*Q", (int)word.length, word.at);

    buf_addf(sql,
             "replace(replace(replace(fold(%s),' ',''),'-',''),'_','') ="
             " replace(replace(replace(fold(%s),' ',''),'-',''),'_','')",
             what, quoted);
    sqlite3_free(quoted);
}

static const enum column word_columns[] = {
    COL_TIER,  COL_NICHE, COL_PLATFORM, COL_COUNTRY,  COL_LANGUAGE, COL_TAG,
    COL_NICHE, COL_TIER,  COL_ER_BASIS, COL_CURRENCY, COL_FORMAT,   COL_FEE_ORIGIN};

static bool is_set(enum column column)
{
    return columns[column].unit == UNIT_SET;
}

static struct text any_value(struct filter_oracle *oracle, enum column column)
{
    size_t count = sheet_value_count(oracle->sheet, column);
    struct text word = {0};

    for (int tries = 0; count && tries < 50 && !word.length; tries++)
        word = sheet_value(oracle->sheet, column, (uint32_t)below(oracle, count));
    return word;
}

static void add_words(struct filter_oracle *oracle, struct oracle_term *term)
{
    enum column column = pick(oracle, word_columns, COUNT(word_columns));
    const char *key = columns[column].key;
    size_t count = 1 + below(oracle, 3), sign = below(oracle, 4);
    bool opposite = sign == 1, first = true;

    buf_addf(&term->words, "%s%s", key, opposite ? "!=" : sign == 2 ? "=" : ":");
    buf_addf(&term->sql, "coalesce(\"%s\" is not null and %s", key, opposite ? "not " : "");
    if (is_set(column))
        buf_addf(&term->sql,
                 "exists(select 1 from member m where m.row = c.row and "
                 "topic = '%s' and (",
                 key);
    else
        buf_add_string(&term->sql, "((");
    for (size_t i = 0; i < count; i++) {
        struct text word = any_value(oracle, column);
        if (!word.length)
            word = TEXT("nothing");
        buf_add_string(&term->words, first ? "" : ",");
        buf_add_string(&term->sql, first ? "" : " or ");
        add_spelled(oracle, word, &term->words);
        add_same(&term->sql, is_set(column) ? "word" : key, word);
        first = false;
    }
    buf_add_string(&term->sql, ")), 0)");
    if (sign != 1 && sign != 2 && columns[column].facet && term->words.at[0] != '-')
        term->selects = column;
}

/* A piece of somebody's text. */
static struct text any_piece(struct filter_oracle *oracle, enum column column, char piece[8])
{
    for (int tries = 0; tries < 20; tries++) {
        uint32_t row = (uint32_t)below(oracle, oracle->sheet->catalog->count);
        struct text text = catalog_text(oracle->sheet->catalog, column, row);
        size_t from, length = 2 + below(oracle, 3);
        bool plain = text.length > length;
        if (!plain)
            continue;
        from = below(oracle, text.length - length);
        for (size_t i = 0; i < length; i++) {
            char c = text.at[from + i];
            plain = plain && ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'));
            piece[i] = c;
        }
        if (plain)
            return (struct text){piece, length};
    }
    return TEXT("an");
}

static void add_contains(struct buf *sql, enum column column, struct text piece)
{
    buf_addf(sql, "instr(fold(\"%s\"), fold('%.*s')) > 0", columns[column].key, (int)piece.length,
             piece.at);
}

static void add_search(struct filter_oracle *oracle, struct oracle_term *term)
{
    static const enum column searched[] = {COL_HANDLE, COL_NAME, COL_BIO};
    char bytes[8];
    struct text piece = any_piece(oracle, pick(oracle, searched, COUNT(searched)), bytes);

    buf_addf(&term->words, chance(oracle, 50) ? "\"%.*s\"" : "%.*s", (int)piece.length, piece.at);
    for (size_t i = 0; i < COUNT(searched); i++) {
        buf_add_string(&term->sql, i ? " or coalesce(" : "(coalesce(");
        add_contains(&term->sql, searched[i], piece);
        buf_add_string(&term->sql, ", 0)");
    }
    buf_add_string(&term->sql, ")");
}

static void add_text(struct filter_oracle *oracle, struct oracle_term *term)
{
    static const enum column texts[] = {COL_HANDLE, COL_NAME, COL_PERSON, COL_BIO, COL_URL};
    enum column column = pick(oracle, texts, COUNT(texts));
    char bytes[8];
    struct text piece = any_piece(oracle, column, bytes);

    buf_addf(&term->words, "%s:%.*s", columns[column].key, (int)piece.length, piece.at);
    buf_add_string(&term->sql, "coalesce(");
    add_contains(&term->sql, column, piece);
    buf_add_string(&term->sql, ", 0)");
}

static void add_has(struct filter_oracle *oracle, struct oracle_term *term)
{
    size_t count = 1 + below(oracle, 2);

    buf_add_string(&term->words, "has:");
    buf_add_string(&term->sql, "(");
    for (size_t i = 0; i < count; i++) {
        const char *key = columns[below(oracle, COLUMN_COUNT)].key;
        buf_addf(&term->words, "%s%s", i ? "," : "", key);
        buf_addf(&term->sql, "%s\"%s\" is not null", i ? " or " : "", key);
    }
    buf_add_string(&term->sql, ")");
}

static void add_age(struct filter_oracle *oracle, struct oracle_term *term)
{
    static const enum column times[] = {COL_AUDIENCE_AT, COL_ENGAGEMENT_AT, COL_FEE_AT,
                                        COL_ADDED_AT, COL_CHANGED_AT};
    static const char *const signs[] = {"<", "<=", ">", ">=", ":"};
    static const struct {
        const char *word;
        int days;
    } spans[] = {{"3d", 3}, {"7d", 7}, {"2w", 14}, {"1mo", 30}, {"3mo", 90}, {"1y", 365}};
    enum column column = pick(oracle, times, COUNT(times));
    const char *key = columns[column].key, *word = key;
    const char *sign = signs[below(oracle, COUNT(signs))];
    size_t span = below(oracle, COUNT(spans));

    if (chance(oracle, 50)) /* as people write them */
        word = column == COL_ADDED_AT ? "added" : column == COL_CHANGED_AT ? "changed" : key;
    buf_addf(&term->words, "%s%s%s", word, sign, spans[span].word);
    buf_addf(&term->sql, "coalesce(%.17g - \"%s\" %s %.17g, 0)", oracle->sheet->now, key,
             *sign == ':' ? "<=" : sign, spans[span].days * DAY);
}

static void add_import(struct filter_oracle *oracle, struct oracle_term *term)
{
    static const struct {
        const char *words, *numbers;
    } imports[] = {
        {"import:last", "7"}, {"import:3", "3"}, {"import:last,3", "3, 7"}, {"Import=7", "7"}};
    size_t import = below(oracle, COUNT(imports));

    buf_add_string(&term->words, imports[import].words);
    buf_addf(&term->sql, "(row in (select row from had where batch in (%s)))",
             imports[import].numbers);
}

static void add_flag(struct filter_oracle *oracle, struct oracle_term *term)
{
    static const struct {
        const char *words, *sql;
    } flags[] = {
        {"is:ticked", "ticked = 1"}, {"in:plan", "plan = 1"},
        {"plan:yes", "plan = 1"},    {"fee:known", "(fee is not null and fee_given)"},
        {"is:ticked", "ticked = 1"},
    };
    size_t flag = below(oracle, COUNT(flags) + 2);

    if (oracle->batches && chance(oracle, 40)) {
        add_import(oracle, term);
        return;
    }
    if (flag < COUNT(flags)) {
        buf_add_string(&term->words, flags[flag].words);
        buf_add_string(&term->sql, flags[flag].sql);
        return;
    }
    if (flag == COUNT(flags)) {
        buf_add_string(&term->words, "is:new");
        if (isnan(oracle->sheet->visited))
            buf_add_string(&term->sql, "0");
        else
            buf_addf(&term->sql, "coalesce(added_at > %.17g, 0)", oracle->sheet->visited);
        return;
    }
    buf_add_string(&term->words, "is:stale");
    buf_addf(&term->sql,
             "(coalesce(%.17g - audience_at > 7 * 86400, 0) or"
             " coalesce(%.17g - engagement_at > 14 * 86400, 0))",
             oracle->sheet->now, oracle->sheet->now);
}

static void (*const kinds[])(struct filter_oracle *oracle, struct oracle_term *term) = {
    add_comparison, add_comparison, add_intervals, add_range, add_range, add_words, add_words,
    add_words,      add_words,      add_search,    add_text,  add_has,   add_age,   add_flag};

static void add_term(struct filter_oracle *oracle)
{
    struct oracle_term *term = &oracle->terms[oracle->count];
    bool negative = chance(oracle, 25);

    *term = (struct oracle_term){.selects = COLUMN_COUNT};
    if (negative) {
        buf_add_char(&term->words, '-');
        buf_add_string(&term->sql, "not (");
    }
    kinds[below(oracle, COUNT(kinds))](oracle, term);
    if (negative)
        buf_add_char(&term->sql, ')');
    oracle->count++;
}

static void add_order(struct filter_oracle *oracle)
{
    size_t count = 1 + below(oracle, 3);

    for (size_t i = 0; i < count; i++) {
        enum column column = (enum column)below(oracle, COLUMN_COUNT);
        const char *key = columns[column].key, *way = chance(oracle, 50) ? "-" : "";
        const char *down = *way ? " desc" : "";
        buf_addf(&oracle->order, "%s%s%s", i ? "," : "", way, key);
        buf_addf(&oracle->order_sql, "\"%s\" is null, ", key);
        if (column == COL_TIER) {
            buf_add_string(&oracle->order_sql, "case tier");
            for (int band = 0; band < oracle->sheet->preset->count; band++)
                buf_addf(&oracle->order_sql, " when '%s' then %d",
                         oracle->sheet->preset->bands[band].word, band);
            buf_addf(&oracle->order_sql, " end%s, ", down);
        } else if (column_is_text(column)) {
            buf_addf(&oracle->order_sql, "fold(\"%s\")%s, \"%s\"%s, ", key, down, key, down);
        } else {
            buf_addf(&oracle->order_sql, "\"%s\"%s, ", key, down);
        }
    }
    buf_add_string(&oracle->order_sql, "key, platform, c.row");
}

static void drop_term(struct filter_oracle *oracle, size_t at)
{
    buf_release(&oracle->terms[at].words);
    buf_release(&oracle->terms[at].sql);
    oracle->count--;
    for (size_t i = at; i < oracle->count; i++)
        oracle->terms[i] = oracle->terms[i + 1];
    oracle->terms[oracle->count] = (struct oracle_term){.selects = COLUMN_COUNT};
}

/* A line of its own; or, as people go on, the one before with a term more or less. */
static void throw_terms(struct filter_oracle *oracle)
{
    size_t count = below(oracle, ORACLE_TERMS + 1);

    if (chance(oracle, 50)) {
        clear_terms(oracle);
        while (oracle->count < count)
            add_term(oracle);
    } else if (oracle->count == ORACLE_TERMS || (oracle->count > 0 && chance(oracle, 50))) {
        drop_term(oracle, below(oracle, oracle->count));
    } else {
        add_term(oracle);
    }
}

void oracle_next(struct filter_oracle *oracle)
{
    throw_terms(oracle);
    buf_clear(&oracle->line);
    for (size_t i = 0; i < oracle->count; i++)
        buf_addf(&oracle->line, "%s%s", i ? " " : "", buf_string(&oracle->terms[i].words));
    if (oracle->order.length > 0 && chance(oracle, 50))
        return;
    buf_clear(&oracle->order);
    buf_clear(&oracle->order_sql);
    add_order(oracle);
}

/* ---- the verdict ---- */

#define ALL_TERMS ((size_t)-1)

/* What each term says about each row. */
static void judge_terms(struct filter_oracle *oracle)
{
    struct buf sql = BUF_INIT;
    sqlite3_stmt *statement;

    memset(oracle->fails, 0, oracle->sheet->catalog->count);
    if (oracle->count == 0)
        return;
    buf_add_string(&sql, "select row");
    for (size_t i = 0; i < oracle->count; i++)
        buf_addf(&sql, ", %s", buf_string(&oracle->terms[i].sql));
    buf_add_string(&sql, " from c");
    statement = ask_string(oracle, buf_string(&sql));
    buf_release(&sql);
    while (sqlite3_step(statement) == SQLITE_ROW) {
        unsigned fails = 0;
        for (size_t i = 0; i < oracle->count; i++)
            fails |= (unsigned)!sqlite3_column_int(statement, (int)i + 1) << i;
        oracle->fails[sqlite3_column_int64(statement, 0)] = (uint8_t)fails;
    }
    sqlite3_finalize(statement);
}

/* " from c where …": the rows that all terms but one let pass. */
static void add_from(size_t without, struct buf *sql)
{
    buf_addf(sql, " from c where lets(row, %d)", without == ALL_TERMS ? -1 : (int)without);
}

static sqlite3_stmt *ask(const struct filter_oracle *oracle, struct buf *sql)
{
    sqlite3_stmt *statement = NULL;

    must(oracle->db, sqlite3_prepare_v2(oracle->db, buf_string(sql), -1, &statement, NULL));
    buf_release(sql);
    return statement;
}

/* The whole order at once, and pages of it as a screen asks for them. */
static bool page_agrees(const struct rowset *rows, const uint32_t *whole, size_t from,
                        struct buf *why)
{
    for (size_t place = from; place < from + 60 && place < rows->count; place++)
        if (rowset_at(rows, place) != whole[place]) {
            buf_addf(why, "place %zu of %zu: row %u alone, %u in the whole order", place,
                     rows->count, rowset_at(rows, place), whole[place]);
            return false;
        }
    return true;
}

static bool pages_agree(struct filter_oracle *oracle, const struct rowset *rows,
                        const uint32_t *whole, struct buf *why)
{
    bool same = page_agrees(rows, whole, 0, why);

    for (int i = 0; same && rows->count > 60 && i < 4; i++)
        same = page_agrees(rows, whole, below(oracle, rows->count), why);
    return same && page_agrees(rows, whole, rows->count > 60 ? rows->count - 60 : 0, why);
}

/* Both rows with what they are ordered by. */
static void tell_rows(const struct filter_oracle *oracle, size_t place, size_t count,
                      uint32_t expected, uint32_t found, struct buf *why)
{
    const uint32_t rows[] = {expected, found};
    const struct catalog *catalog = oracle->sheet->catalog;
    struct query query;

    query_init(&query);
    query_parse_order(buf_text(&oracle->order), &query, NULL);
    buf_addf(why, "place %zu of %zu: SQL has the first, the query the second", place, count);
    for (size_t i = 0; i < COUNT(rows) && rows[i] != CATALOG_NONE; i++) {
        struct text key = catalog_key(catalog, rows[i]);
        buf_addf(why, "\n    row %u '%.*s':", rows[i], (int)key.length, key.at);
        for (size_t k = 0; k < query.order_count; k++) {
            enum column column = query.orders[k].column;
            struct buf room = BUF_INIT;
            struct text text = sheet_text(oracle->sheet, column, rows[i], &room);
            if (column_is_text(column))
                buf_addf(why, " '%.*s'", (int)text.length, text_known(text) ? text.at : "");
            else
                buf_addf(why, " %.17g", sheet_number(oracle->sheet, column, rows[i]));
            buf_release(&room);
        }
    }
    query_release(&query);
}

static bool order_agrees(struct filter_oracle *oracle, const struct rowset *rows,
                         const uint32_t *whole, struct buf *why)
{
    struct buf sql = BUF_INIT;
    sqlite3_stmt *statement;
    size_t place = 0;
    bool same = true;

    buf_add_string(&sql, "select row");
    add_from(ALL_TERMS, &sql);
    buf_addf(&sql, " order by %s", buf_string(&oracle->order_sql));
    statement = ask(oracle, &sql);
    while (same && sqlite3_step(statement) == SQLITE_ROW) {
        uint32_t expected = (uint32_t)sqlite3_column_int64(statement, 0);
        same = place < rows->count && whole[place] == expected;
        if (!same)
            tell_rows(oracle, place, rows->count, expected,
                      place < rows->count ? whole[place] : CATALOG_NONE, why);
        place++;
    }
    sqlite3_finalize(statement);
    if (same && place != rows->count) {
        buf_addf(why, "%zu rows, SQL has %zu", rows->count, place);
        return false;
    }
    return same;
}

static bool rows_agree(struct filter_oracle *oracle, const struct rowset *rows, struct buf *why)
{
    uint32_t *whole = mem_alloc((rows->count + 1) * sizeof *whole);
    bool same;

    rowset_all(rows, whole);
    same = pages_agree(oracle, rows, whole, why) && order_agrees(oracle, rows, whole, why);
    free(whole);
    return same;
}

static size_t selection_of(const struct filter_oracle *oracle, enum column group)
{
    for (size_t i = 0; i < oracle->count; i++)
        if (oracle->terms[i].selects == group)
            return i;
    return ALL_TERMS;
}

static const struct facet_value *find_value(const struct facet *facet, struct text word)
{
    for (size_t i = 0; i < facet->count; i++)
        if (text_equal(facet->values[i].word, word))
            return &facet->values[i];
    return NULL;
}

static bool facet_agrees(const struct filter_oracle *oracle, const struct facet *facet,
                         struct buf *why)
{
    const char *key = columns[facet->column].key;
    struct buf sql = BUF_INIT;
    sqlite3_stmt *statement;
    size_t without = selection_of(oracle, facet->column), sum = 0, ours = 0;
    bool same = true;

    buf_addf(&sql,
             "select word, count(*) from member where topic = '%s' and lets(row, %d) group by word",
             key, without == ALL_TERMS ? -1 : (int)without);
    statement = ask(oracle, &sql);
    while (same && sqlite3_step(statement) == SQLITE_ROW) {
        struct text word = text_of((const char *)sqlite3_column_text(statement, 0));
        size_t count = (size_t)sqlite3_column_int64(statement, 1);
        const struct facet_value *value = find_value(facet, word);
        same = value && value->count == count;
        sum += count;
        if (!same)
            buf_addf(why, "facet %s: SQL counts %zu of '%.*s', the query %d", key, count,
                     (int)word.length, word.at, value ? (int)value->count : -1);
    }
    sqlite3_finalize(statement);
    for (size_t i = 0; i < facet->count; i++)
        ours += facet->values[i].count;
    if (same && ours != sum)
        buf_addf(why, "facet %s: sum %zu, SQL %zu", key, ours, sum);
    return same && ours == sum;
}

/* One row: how many are in each bucket, the first with all below it, the last with all above. */
static void ask_buckets(const struct histogram *histogram, size_t without, struct buf *sql)
{
    const char *key = columns[histogram->column].key;

    buf_add_string(sql, "select ");
    for (size_t i = 0; i < histogram->buckets; i++) {
        buf_addf(sql, "%scount(case when \"%s\" is not null", i ? ", " : "", key);
        if (i > 0)
            buf_addf(sql, " and \"%s\" >= %.17g", key, histogram->edges[i]);
        if (i + 1 < histogram->buckets)
            buf_addf(sql, " and \"%s\" < %.17g", key, histogram->edges[i + 1]);
        buf_add_string(sql, " then 1 end)");
    }
    add_from(without, sql);
}

static bool histogram_agrees(const struct filter_oracle *oracle, const struct histogram *histogram,
                             struct buf *why)
{
    const char *key = columns[histogram->column].key;
    struct buf sql = BUF_INIT;
    sqlite3_stmt *statement;
    bool same = histogram->buckets > 0 && histogram->buckets <= QUERY_BUCKETS;

    if (!same) {
        buf_addf(why, "histogram %s has %zu buckets", key, histogram->buckets);
        return false;
    }
    ask_buckets(histogram, selection_of(oracle, histogram->column), &sql);
    statement = ask(oracle, &sql);
    sqlite3_step(statement);
    for (size_t i = 0; same && i < histogram->buckets; i++) {
        size_t count = (size_t)sqlite3_column_int64(statement, (int)i);
        same = count == histogram->counts[i];
        if (!same)
            buf_addf(why, "histogram %s from %g on: SQL counts %zu, the query %zu", key,
                     histogram->edges[i], count, histogram->counts[i]);
    }
    sqlite3_finalize(statement);
    return same;
}

static bool lifts_agree(const struct filter_oracle *oracle, const struct query_result *result,
                        struct buf *why)
{
    for (size_t i = 0; i < oracle->count; i++) {
        struct buf sql = BUF_INIT;
        sqlite3_stmt *statement;
        size_t count;

        buf_add_string(&sql, "select count(*)");
        add_from(i, &sql);
        statement = ask(oracle, &sql);
        sqlite3_step(statement);
        count = (size_t)sqlite3_column_int64(statement, 0);
        sqlite3_finalize(statement);
        if (count - result->rows.count != result->lifts[i]) {
            buf_addf(why, "without '%s' %zu more, SQL %zu",
                     buf_string((struct buf *)&oracle->terms[i].words), result->lifts[i],
                     count - result->rows.count);
            return false;
        }
    }
    return true;
}

/* Single rows, as those that come in are judged. */
static bool singles_agree(struct filter_oracle *oracle, const struct query *query, struct buf *why)
{
    for (int i = 0; i < 100; i++) {
        uint32_t row = (uint32_t)below(oracle, oracle->sheet->catalog->count);
        bool passes = catalog_live(oracle->sheet->catalog, row) && oracle->fails[row] == 0;
        if (passes == rowset_has(&oracle->result.rows, row) &&
            (!catalog_live(oracle->sheet->catalog, row) ||
             passes == query_passes(&query->filter, oracle->sheet, row)))
            continue;
        buf_addf(why, "row %u alone is %s", row, passes ? "refused" : "let through");
        return false;
    }
    return true;
}

static bool compare(struct filter_oracle *oracle, const struct query *query, struct buf *why)
{
    struct query_result *result = &oracle->result;
    bool same;

    judge_terms(oracle);
    query_finish(query, oracle->sheet, result);
    same = rows_agree(oracle, &result->rows, why) && lifts_agree(oracle, result, why);
    for (size_t i = 0; same && i < result->facet_count; i++)
        same = facet_agrees(oracle, &result->facets[i], why);
    for (size_t i = 0; same && i < QUERY_HISTOGRAMS; i++)
        same = histogram_agrees(oracle, &result->histograms[i], why);
    return same && singles_agree(oracle, query, why);
}

/* The canonical text reads back as the same. */
static bool reads_back(const struct filter_oracle *oracle, const struct filter *filter,
                       struct buf *why)
{
    struct filter_context context = {.sheet = oracle->sheet};
    struct filter again;
    struct buf text = BUF_INIT;
    struct err err = {0};
    bool same;

    filter_init(&again);
    filter_print(filter, &text);
    same = filter_parse(buf_text(&text), &context, &again, &err) && filter_equal(filter, &again);
    for (size_t i = 0; same && i < filter->count; i++)
        for (size_t j = 0; same && j < filter->items[i].value_count; j++) {
            const struct filter_value *a = &filter->items[i].values[j];
            const struct filter_value *b = &again.items[i].values[j];
            same = a->code == b->code && a->age == b->age && (a->low == b->low || isnan(a->low)) &&
                   (a->high == b->high || isnan(a->high));
        }
    if (!same)
        buf_addf(why, "printed as '%s' it reads as something else: %s", buf_string(&text),
                 err.message);
    buf_release(&text);
    filter_release(&again);
    return same;
}

bool oracle_agrees(struct filter_oracle *oracle, struct buf *why)
{
    struct filter_context context = {.sheet = oracle->sheet};
    struct query query;
    struct err err = {0};
    bool same;

    query_init(&query);
    same = filter_parse(buf_text(&oracle->line), &context, &query.filter, &err) &&
           query_parse_order(buf_text(&oracle->order), &query, &err);
    if (!same)
        buf_addf(why, "%s at %zu", err.message, err.column);
    same = same && compare(oracle, &query, why) && reads_back(oracle, &query.filter, why);
    query_release(&query);
    return same;
}
