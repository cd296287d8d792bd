// What takes a C library: memory, strings and output.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int say(const char *text) {
    char *copy = malloc(strlen(text) + 1);
    if (copy == NULL) {
        return 1;
    }
    strcpy(copy, text);
    printf("C says %s\n", copy);
    free(copy);
    return fflush(stdout);
}
