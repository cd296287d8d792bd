// What any C compiler has without a C library.
#include <stddef.h>
#include <stdint.h>

uint32_t fletcher(const uint8_t *bytes, size_t length) {
    uint32_t a = 0, b = 0;
    for (size_t i = 0; i < length; i++) {
        a = (a + bytes[i]) % 65535;
        b = (b + a) % 65535;
    }
    return b << 16 | a;
}
