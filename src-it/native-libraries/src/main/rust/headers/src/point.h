#include <stddef.h>
#include <stdint.h>

struct point {
  int32_t x, y;
};

/* Adds up the coordinates of some points. */
int64_t point_sum(const struct point *points, size_t count);
