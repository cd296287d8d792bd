#include "app/src/app.h"

int both(int32_t value) {
  a::Shared shared{value};
  return a::twice(shared) + extra();
}
