#include "seen_internal.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/vec.h"

#define FIRST_SLOTS 1024
#define LATEST ((size_t)1 << 14) /* entries kept in memory before they go to the file */

/* ---- hashes ---- */

/* Eight bytes at a time, each mixed by a multiplication and a fold (as in splitmix64). */
static uint64_t hash_mix(uint64_t hash, uint64_t word)
{
    hash = (hash ^ word) * UINT64_C(0xBF58476D1CE4E5B9);
    return hash ^ hash >> 29;
}

uint64_t seen_mix(uint64_t hash, const double *number)
{
    uint64_t word;
    memcpy(&word, number, sizeof word);
    return hash_mix(hash, word);
}

/* Up to seven bytes, by two loads that may overlap; the length is told apart. */
static uint64_t last_bytes(const unsigned char *at, size_t length)
{
    uint32_t low = 0, high = 0;
    if (length >= 4) {
        memcpy(&low, at, 4);
        memcpy(&high, at + length - 4, 4);
    } else if (length > 0) {
        low = at[0] | (uint32_t)at[length / 2] << 8 | (uint32_t)at[length - 1] << 16;
    }
    return low | (uint64_t)high << 32;
}

uint64_t seen_hash(uint64_t hash, const void *bytes, size_t length)
{
    const unsigned char *at = bytes;
    hash += length * HASH_START;
    for (; length >= 8; at += 8, length -= 8) {
        uint64_t word;
        memcpy(&word, at, 8);
        hash = hash_mix(hash, word);
    }
    return hash_mix(hash, last_bytes(at, length));
}

uint64_t seen_settle(uint64_t hash)
{
    hash = (hash ^ hash >> 32) * UINT64_C(0x94D049BB133111EB);
    hash = (hash ^ hash >> 29) * UINT64_C(0xBF58476D1CE4E5B9);
    return hash ^ hash >> 32;
}

/* ---- entries ---- */

static bool file_failed(const char *what, struct err *err)
{
    return err_set(err, "cannot %s a temporary file: %s", what, strerror(errno));
}

static bool file_write(struct seen *seen, const struct seen_entry *entries, size_t count, size_t at,
                       struct err *err)
{
    const char *from = (const char *)entries;
    size_t left = count * sizeof *entries;
    off_t to = (off_t)(at * sizeof *entries);
    while (left > 0) {
        ssize_t n = pwrite(fileno(seen->file), from, left, to);
        if (n < 0 && errno != EINTR)
            return file_failed("write", err);
        if (n <= 0)
            continue;
        from += n;
        to += n;
        left -= (size_t)n;
    }
    return true;
}

static bool file_read(const struct seen *seen, struct seen_entry *entries, size_t count, size_t at,
                      struct err *err)
{
    char *to = (char *)entries;
    size_t left = count * sizeof *entries;
    off_t from = (off_t)(at * sizeof *entries);
    while (left > 0) {
        ssize_t n = pread(fileno(seen->file), to, left, from);
        if (n == 0)
            errno = EIO;
        if (n == 0 || (n < 0 && errno != EINTR))
            return file_failed("read", err);
        if (n < 0)
            continue;
        to += n;
        from += n;
        left -= (size_t)n;
    }
    return true;
}

static bool keep_latest(struct seen *seen, struct err *err)
{
    if (seen->file == NULL && !seen->fileless) {
        seen->file = tmpfile();
        seen->fileless = seen->file == NULL;
    }
    if (seen->fileless)
        return true;
    if (!file_write(seen, seen->latest.items, seen->latest.count, seen->kept, err))
        return false;
    seen->kept += seen->latest.count;
    seen->latest.count = 0;
    return true;
}

static bool entry_read(const struct seen *seen, size_t at, struct seen_entry *entry,
                       struct err *err)
{
    if (at < seen->kept)
        return file_read(seen, entry, 1, at, err);
    *entry = seen->latest.items[at - seen->kept];
    return true;
}

/* ---- slots ---- */

static size_t first_slot(const struct seen *seen, uint64_t key)
{
    return (size_t)((key >> 32) * seen->slot_count >> 32);
}

static size_t next_slot(const struct seen *seen, size_t slot)
{
    return slot + 1 < seen->slot_count ? slot + 1 : 0;
}

static void slot_put(struct seen *seen, uint64_t key, uint32_t number)
{
    size_t slot = first_slot(seen, key);
    while (seen->numbers[slot] != 0)
        slot = next_slot(seen, slot);
    seen->numbers[slot] = number;
    seen->tags[slot] = (uint16_t)key;
}

static void slot_put_all(struct seen *seen, const struct seen_entry *entries, size_t count,
                         size_t at)
{
    for (size_t i = 0; i < count; i++)
        slot_put(seen, entries[i].key, (uint32_t)(at + i + 1));
}

/* The old slots go first: never are there two sets of them. */
static bool grow(struct seen *seen, struct err *err)
{
    size_t slots = seen->slot_count > 0 ? seen->slot_count + seen->slot_count / 4 : FIRST_SLOTS;
    free(seen->numbers);
    free(seen->tags);
    seen->slot_count = slots;
    seen->numbers = mem_zero(slots, sizeof *seen->numbers);
    seen->tags = mem_zero(slots, sizeof *seen->tags);
    struct seen_entry block[1024];
    bool ok = true;
    for (size_t at = 0; ok && at < seen->kept; at += COUNT_OF(block)) {
        size_t left = seen->kept - at;
        size_t count = left < COUNT_OF(block) ? left : COUNT_OF(block);
        ok = file_read(seen, block, count, at, err);
        if (ok)
            slot_put_all(seen, block, count, at);
    }
    if (ok)
        slot_put_all(seen, seen->latest.items, seen->latest.count, seen->kept);
    return ok;
}

void seen_release(struct seen *seen)
{
    free(seen->numbers);
    free(seen->tags);
    free(seen->latest.items);
    if (seen->file != NULL)
        fclose(seen->file);
    memset(seen, 0, sizeof *seen);
}

bool seen_find(struct seen *seen, uint64_t key, uint32_t *number, struct seen_entry *entry,
               struct err *err)
{
    *number = 0;
    if (seen->slot_count == 0)
        return true;
    for (size_t slot = first_slot(seen, key); seen->numbers[slot] != 0;
         slot = next_slot(seen, slot)) {
        if (seen->tags[slot] != (uint16_t)key)
            continue;
        if (!entry_read(seen, seen->numbers[slot] - 1, entry, err))
            return false;
        if (entry->key == key) {
            *number = seen->numbers[slot];
            return true;
        }
    }
    return true;
}

bool seen_add(struct seen *seen, const struct seen_entry *entry, struct err *err)
{
    assert(seen->count < UINT32_MAX);
    if (seen->count * 5 >= seen->slot_count * 4 && !grow(seen, err))
        return false;
    if (seen->latest.count >= LATEST && !keep_latest(seen, err))
        return false;
    VEC_PUSH(&seen->latest, *entry);
    slot_put(seen, entry->key, (uint32_t)++seen->count);
    return true;
}

bool seen_note(struct seen *seen, uint32_t number, const struct seen_entry *entry, struct err *err)
{
    size_t at = number - 1;
    assert(number > 0 && at < seen->count);
    if (at < seen->kept)
        return file_write(seen, entry, 1, at, err);
    seen->latest.items[at - seen->kept] = *entry;
    return true;
}
