#include "base/nth.h"

#include <assert.h>

/* Hoare's FIND (1961). */
double nth_value(double *values, size_t count, size_t rank)
{
    size_t low = 0, high = count - 1;

    assert(rank < count);
    while (low < high) {
        double pivot = values[low + (high - low) / 2];
        size_t i = low, j = high;
        for (;; i++, j--) {
            while (values[i] < pivot)
                i++;
            while (values[j] > pivot)
                j--;
            if (i >= j)
                break;
            double swapped = values[i];
            values[i] = values[j];
            values[j] = swapped;
        }
        if (rank <= j)
            high = j;
        else
            low = j + 1;
    }
    return values[rank];
}
