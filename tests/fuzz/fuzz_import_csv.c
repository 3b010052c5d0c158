/* Any bytes as a list of creators in CSV. */
#include "fuzz.h"
#include "fuzz_import.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_import("tiktok.csv", (struct text){(const char *)data, size});
    return 0;
}
