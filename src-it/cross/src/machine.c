const char *machine(void) {
#ifdef __aarch64__
    return "C for aarch64";
#else
    return "C for another machine";
#endif
}
