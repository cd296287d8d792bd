#include "point.h"

int64_t point_sum(const struct point *points, size_t count) {
  int64_t sum = 0;
  for (size_t i = 0; i < count; i++) {
    sum += points[i].x + points[i].y;
  }
  return sum;
}
