/* Any bytes as a list of creators in JSON. */
#include "fuzz.h"
#include "fuzz_import.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_import("tiktok.json", (struct text){(const char *)data, size});
    return 0;
}
