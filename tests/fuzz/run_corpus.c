/* Replays a folder of inputs through one fuzz target: run_corpus FOLDER. Each input runs whole and
 * cut short at every byte, from memory of exactly its size, so that sanitizers see every step
 * beyond it. */
#include <dirent.h>
#include <string.h>
#include <sys/stat.h>

#include "fuzz.h"

enum { LARGEST = 1 << 20, MOST_CUTS = 2048 };

static void run(const char *bytes, size_t size)
{
    uint8_t *data = malloc(size ? size : 1);
    promise(data != NULL, "there is memory");
    memcpy(data, bytes, size);
    LLVMFuzzerTestOneInput(data, size);
    free(data);
}

static size_t replay(const char *folder, const char *name)
{
    char path[4096];
    struct stat about;
    snprintf(path, sizeof path, "%s/%s", folder, name);
    if (stat(path, &about) != 0 || !S_ISREG(about.st_mode))
        return 0;
    FILE *file = fopen(path, "rb");
    char *bytes = malloc(LARGEST);
    promise(file && bytes, path);
    size_t size = fread(bytes, 1, LARGEST, file);
    fclose(file);
    fprintf(stderr, "%s\n", path);
    run(bytes, size);
    for (size_t cut = 0; cut < size && cut < MOST_CUTS; cut++)
        run(bytes, cut);
    free(bytes);
    return 1;
}

int main(int count, char **arguments)
{
    DIR *folder = count == 2 ? opendir(arguments[1]) : NULL;
    if (!folder) {
        fprintf(stderr, "usage: %s FOLDER\n", arguments[0]);
        return 2;
    }
    size_t inputs = 0;
    for (struct dirent *entry; (entry = readdir(folder));)
        inputs += replay(arguments[1], entry->d_name);
    closedir(folder);
    printf("%zu inputs\n", inputs);
    return inputs ? 0 : 1;
}
