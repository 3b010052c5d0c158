#include "runtime/lists.h"

#include <dirent.h>
#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/utf8.h"
#include "base/vec.h"
#include "runtime/import_job.h"
#include "runtime/loop.h"
#include "runtime/places.h"

#define LOOK_SECONDS 0.05 /* for one folder */
#define ENTRIES_MOST 20000
#define COUNT_MOST (8 << 20) /* bytes; what is larger is not counted */
#define PIECE (32 << 10)
#define PIECES 8 /* at a time */

/* ---- counting ---- */

void list_counter_init(struct list_counter *counter, bool json)
{
    *counter = (struct list_counter){.json = json, .at_start = true};
}

static void end_line(struct list_counter *counter)
{
    counter->lines += counter->filled;
    counter->filled = false;
    counter->at_start = true;
}

/* A quote opens a field at its start only: 5'10" is no beginning. */
static void take_csv(struct list_counter *counter, unsigned char byte)
{
    if (byte == '"' && (counter->quoted || counter->at_start)) {
        counter->quoted = !counter->quoted;
        counter->filled = true;
    } else if (byte == '\n' && !counter->quoted) {
        end_line(counter);
    } else if (byte != '\r' && byte != '\0') { /* the other half of UTF-16 */
        counter->filled = true;
        counter->at_start = byte == ',' || byte == ';' || byte == '\t' || byte == '|';
    }
}

static void take_json(struct list_counter *counter, unsigned char byte)
{
    bool opens = byte == '{' || byte == '[';
    if (counter->quoted) {
        counter->quoted = counter->escaped || byte != '"';
        counter->escaped = !counter->escaped && byte == '\\';
        return;
    }
    counter->quoted = byte == '"';
    if (counter->first == '\0' && opens)
        counter->first = byte;
    counter->outer += byte == '{' && counter->depth == 0;
    counter->inner += byte == '{' && counter->depth == 1;
    counter->depth += opens;
    if ((byte == '}' || byte == ']') && counter->depth > 0)
        counter->depth--;
}

void list_counter_take(struct list_counter *counter, const unsigned char *bytes, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (counter->json)
            take_json(counter, bytes[i]);
        else
            take_csv(counter, bytes[i]);
}

double list_counter_rows(const struct list_counter *counter)
{
    double lines = counter->lines + counter->filled;
    if (!counter->json)
        return lines > 0 ? lines - 1 : 0;
    if (counter->first == '[')
        return counter->inner;
    return counter->outer == 1 ? (double)NAN : counter->outer; /* one object may hold a list */
}

/* ---- which files ---- */

static bool ends_with(const char *name, const char *ending)
{
    size_t length = strlen(name), tail = strlen(ending);
    return length > tail && strcasecmp(name + length - tail, ending) == 0;
}

static bool is_book(const char *name)
{
    static const char *const endings[] = {".xlsx", ".xls", ".ods", ".numbers"};
    for (size_t i = 0; i < COUNT_OF(endings); i++)
        if (ends_with(name, endings[i]))
            return true;
    return false;
}

static bool is_json(const struct list_file *file)
{
    const char *name = file->name.at;
    return ends_with(name, ".json") || ends_with(name, ".jsonl") || ends_with(name, ".ndjson");
}

static void file_release(struct list_file *file)
{
    buf_release(&file->path);
    buf_release(&file->name);
    buf_release(&file->folder);
}

static bool is_newer(const struct list_file *a, const struct stat *b)
{
    if (a->at.tv_sec != b->st_mtim.tv_sec)
        return a->at.tv_sec > b->st_mtim.tv_sec;
    return a->at.tv_nsec >= b->st_mtim.tv_nsec;
}

/* In its place among those found so far; the oldest gives way. */
static void add_file(struct lists *lists, const char *folder, const char *shown, const char *name,
                     const struct stat *about)
{
    size_t place = lists->count;
    while (place > 0 && !is_newer(&lists->files[place - 1], about))
        place--;
    if (place == FIRST_FOUND_MOST)
        return;
    if (lists->count == FIRST_FOUND_MOST)
        file_release(&lists->files[--lists->count]);
    memmove(&lists->files[place + 1], &lists->files[place],
            (lists->count - place) * sizeof lists->files[0]);
    lists->count++;
    struct list_file *file = &lists->files[place];
    *file = (struct list_file){.at = about->st_mtim, .size = about->st_size};
    file->state = is_book(name)                 ? LIST_ROWS_BOOK
                  : about->st_size > COUNT_MOST ? LIST_ROWS_UNKNOWN
                                                : LIST_ROWS_COUNTING;
    buf_addf(&file->path, "%s%s%s", folder, folder[0] ? "/" : "", name);
    buf_add_string(&file->name, name);
    buf_add_string(&file->folder, shown);
}

static bool is_plain(const char *name)
{
    for (const char *at = name; *at; at++)
        if ((unsigned char)*at < ' ' || *at == 127)
            return false;
    return name[0] != '.' && utf8_valid(text_of(name));
}

/* `folder` as it is typed: "~/Downloads"; "": the present one. */
static void look_into(struct lists *lists, const char *folder, const char *shown)
{
    struct buf path = BUF_INIT;
    double until = loop_now() + LOOK_SECONDS;
    import_path(text_of(folder), &path);
    DIR *dir = opendir(folder[0] ? buf_string(&path) : ".");
    struct dirent *entry;
    for (int i = 0; dir && i < ENTRIES_MOST && (entry = readdir(dir)); i++) {
        const char *name = entry->d_name;
        struct stat about;
        if (!is_plain(name) || !(is_book(name) || import_can(text_of(name))))
            continue;
        if (fstatat(dirfd(dir), name, &about, 0) == 0 && S_ISREG(about.st_mode) &&
            about.st_size > 0)
            add_file(lists, folder, shown, name, &about);
        if (loop_now() > until)
            break;
    }
    if (dir)
        closedir(dir);
    buf_release(&path);
}

/* ---- where ---- */

enum { DOWNLOADS, DESKTOP, DOCUMENTS, PLACES };

static const struct {
    const char *key, *standard;
} places[PLACES] = {
    [DOWNLOADS] = {"XDG_DOWNLOAD_DIR=\"", "~/Downloads"},
    [DESKTOP] = {"XDG_DESKTOP_DIR=\"", "~/Desktop"},
    [DOCUMENTS] = {"XDG_DOCUMENTS_DIR=\"", "~/Documents"},
};

/* XDG_DOWNLOAD_DIR="$HOME/Descargas" */
static void read_place(struct text line, struct buf folders[PLACES])
{
    size_t end;
    for (int i = 0; i < PLACES; i++) {
        struct text key = text_of(places[i].key);
        if (!text_starts(line, places[i].key))
            continue;
        struct text value = text_part(line, key.length, line.length - key.length);
        if (!text_find(value, TEXT("\""), &end))
            continue;
        value = text_part(value, 0, end);
        bool home = text_starts(value, "$HOME/");
        if (!home && !text_starts(value, "/"))
            continue;
        buf_clear(&folders[i]);
        buf_add_string(&folders[i], home ? "~" : "");
        buf_add_text(&folders[i], home ? text_part(value, 5, value.length - 5) : value);
    }
}

static void find_places(struct buf folders[PLACES])
{
    struct buf path = BUF_INIT;
    char line[1024];
    for (int i = 0; i < PLACES; i++)
        buf_add_string(&folders[i], places[i].standard);
    FILE *file = places_user_dirs(&path) ? fopen(buf_string(&path), "re") : NULL;
    while (file && fgets(line, sizeof line, file))
        read_place(text_trim(text_of(line)), folders);
    if (file)
        fclose(file);
    buf_release(&path);
}

static bool same_folder(const struct stat *a, const struct stat *b)
{
    return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

/* Each folder once, however it is called. */
static void look(struct lists *lists)
{
    struct buf folders[PLACES + 1] = {BUF_INIT, BUF_INIT, BUF_INIT, BUF_INIT};
    struct stat seen[PLACES + 1];
    size_t count = 0;
    find_places(folders);
    for (int i = 0; i <= PLACES; i++) {
        struct buf path = BUF_INIT;
        bool here = i == PLACES, again = false;
        import_path(buf_text(&folders[i]), &path);
        if (stat(here ? "." : buf_string(&path), &seen[count]) == 0) {
            for (size_t k = 0; k < count; k++)
                again = again || same_folder(&seen[k], &seen[count]);
            if (!again)
                look_into(lists, buf_string(&folders[i]), here ? "here" : buf_string(&folders[i]));
            count += !again;
        }
        buf_release(&path);
        buf_release(&folders[i]);
    }
}

/* ---- all of them ---- */

static bool same_file(const struct list_file *a, const struct list_file *b)
{
    return text_equal(buf_text(&a->path), buf_text(&b->path)) && a->size == b->size &&
           a->at.tv_sec == b->at.tv_sec && a->at.tv_nsec == b->at.tv_nsec;
}

static void stop_counting(struct lists *lists)
{
    if (lists->counting > 0)
        close(lists->counting);
    lists->counting = 0;
}

void lists_release(struct lists *lists)
{
    stop_counting(lists);
    for (size_t i = 0; i < lists->count; i++)
        file_release(&lists->files[i]);
    *lists = (struct lists){.count = 0};
}

bool lists_look(struct lists *lists)
{
    struct lists before = *lists;
    bool moved;
    *lists = (struct lists){.count = 0};
    look(lists);
    moved = lists->count != before.count;
    for (size_t i = 0; i < lists->count; i++) {
        moved = moved || !same_file(&lists->files[i], &before.files[i]);
        for (size_t k = 0; k < before.count; k++)
            if (same_file(&lists->files[i], &before.files[k])) {
                lists->files[i].state = before.files[k].state;
                lists->files[i].rows = before.files[k].rows;
            }
    }
    lists_release(&before);
    return moved;
}

static size_t next_to_count(const struct lists *lists)
{
    size_t i = 0;
    while (i < lists->count && lists->files[i].state != LIST_ROWS_COUNTING)
        i++;
    return i;
}

bool lists_busy(const struct lists *lists)
{
    return next_to_count(lists) < lists->count;
}

static bool end_counting(struct lists *lists, struct list_file *file, double rows)
{
    file->state = isnan(rows) ? LIST_ROWS_UNKNOWN : LIST_ROWS_KNOWN;
    file->rows = rows;
    stop_counting(lists);
    return true;
}

bool lists_count(struct lists *lists)
{
    unsigned char piece[PIECE];
    size_t at = next_to_count(lists);
    if (at == lists->count)
        return false;
    struct list_file *file = &lists->files[at];
    if (lists->counting == 0) {
        struct buf path = BUF_INIT;
        import_path(buf_text(&file->path), &path);
        /* it may have become something that waits for a writer */
        lists->counting = open(buf_string(&path), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
        buf_release(&path);
        if (lists->counting <= 0)
            return end_counting(lists, file, (double)NAN);
        list_counter_init(&lists->counter, is_json(file));
    }
    for (int i = 0; i < PIECES; i++) {
        ssize_t got = read(lists->counting, piece, sizeof piece);
        if (got < 0)
            return end_counting(lists, file, (double)NAN);
        list_counter_take(&lists->counter, piece, (size_t)got);
        if (got == 0)
            return end_counting(lists, file, list_counter_rows(&lists->counter));
    }
    return false;
}
