#ifndef MICROSCOPE_APP_AREA_H
#define MICROSCOPE_APP_AREA_H

#include <stdbool.h>

/* A rectangle of screen cells. */
struct area {
    int column, row, columns, rows;
};

static inline bool area_holds(struct area area, int column, int row)
{
    return column >= area.column && column < area.column + area.columns && row >= area.row &&
           row < area.row + area.rows;
}

#endif
