#include <features.h>
#include <stdio.h>
#include <stdlib.h>

#ifdef __GLIBC__
#error "this is not musl"
#endif

/* In a program that is not linked as it should be, one of these fails: musl's own buffers, and what the C compiler has functions for. */
int answer(void) {
  char text[8];
  return snprintf(text, sizeof text, "%d", 42) == 2 && __builtin_popcountll(strtoull("7", 0, 10)) == 3 && __builtin_cpu_supports("sse2") ? 42 : 0;
}

int call_back(int (*function)(void *), void *data) { return function(data); }
