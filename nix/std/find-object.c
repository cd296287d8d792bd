/*
 * GCC's unwinder, as Debian builds it for glibc, asks glibc's _dl_find_object for the object that holds an address ("Dynamic Linker Introspection" in the
 * glibc manual). This is that function for musl, by way of dl_iterate_phdr.
 */
#define _GNU_SOURCE
#include <link.h>
#include <stddef.h>

struct dl_find_object {
  unsigned long long dlfo_flags;
  void *dlfo_map_start;
  void *dlfo_map_end;
  struct link_map *dlfo_link_map;
  void *dlfo_eh_frame;
  unsigned long long dlfo_reserved[7];
};

struct search {
  ElfW(Addr) address;
  struct dl_find_object *result;
};

static int visit(struct dl_phdr_info *info, size_t size, void *data) {
  (void)size;
  struct search *search = data;
  ElfW(Addr) start = 0, end = 0, eh_frame = 0;
  for (ElfW(Half) i = 0; i < info->dlpi_phnum; i++) {
    const ElfW(Phdr) *header = &info->dlpi_phdr[i];
    ElfW(Addr) address = info->dlpi_addr + header->p_vaddr;
    if (header->p_type == PT_GNU_EH_FRAME)
      eh_frame = address;
    else if (header->p_type == PT_LOAD && search->address - address < header->p_memsz) {
      start = address;
      end = address + header->p_memsz;
    }
  }
  if (!start || !eh_frame)
    return 0;
  *search->result = (struct dl_find_object){
      .dlfo_map_start = (void *)start, .dlfo_map_end = (void *)end, .dlfo_eh_frame = (void *)eh_frame};
  return 1;
}

int _dl_find_object(void *address, struct dl_find_object *result) {
  struct search search = {(ElfW(Addr))address, result};
  return dl_iterate_phdr(visit, &search) ? 0 : -1;
}
