/*
 * Tells every program that is linked dynamically another time of day: LATER seconds more than it is, or STANDING, always. Also as the time of files that
 * were just made, since those carry the true one. Clocks that measure spans go on as they are.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static void turn(long long *seconds, long *nanoseconds) {
#ifdef STANDING
  *seconds = STANDING;
  *nanoseconds = 0;
#else
  (void)nanoseconds;
  *seconds += LATER;
#endif
}

static void turn_timespec(struct timespec *time) {
  long long seconds = time->tv_sec;
  turn(&seconds, &time->tv_nsec);
  time->tv_sec = seconds;
}

int clock_gettime(clockid_t clock, struct timespec *time) {
  int result = syscall(SYS_clock_gettime, clock, time);
  if (result == 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE || clock == CLOCK_TAI)) {
    turn_timespec(time);
  }
  return result;
}

int gettimeofday(struct timeval *restrict time, void *restrict zone) {
  struct timespec now;
  (void)zone;
  clock_gettime(CLOCK_REALTIME, &now);
  time->tv_sec = now.tv_sec;
  time->tv_usec = now.tv_nsec / 1000;
  return 0;
}

time_t time(time_t *time) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  if (time) {
    *time = now.tv_sec;
  }
  return now.tv_sec;
}

int timespec_get(struct timespec *time, int base) {
  if (base != TIME_UTC) {
    return 0;
  }
  clock_gettime(CLOCK_REALTIME, time);
  return base;
}

/* What comes with sources, or from the store, is older than a day and keeps its time. */
static int is_fresh(long long seconds) {
  struct timespec now;
  return syscall(SYS_clock_gettime, CLOCK_REALTIME, &now) == 0 && seconds <= now.tv_sec && now.tv_sec - seconds < 86400;
}

static int turn_stat(int result, struct stat *file) {
  if (result == 0) {
    if (is_fresh(file->st_atim.tv_sec)) turn_timespec(&file->st_atim);
    if (is_fresh(file->st_mtim.tv_sec)) turn_timespec(&file->st_mtim);
    if (is_fresh(file->st_ctim.tv_sec)) turn_timespec(&file->st_ctim);
  }
  return result;
}

int fstatat(int folder, const char *restrict path, struct stat *restrict file, int flags) {
  return turn_stat(syscall(SYS_newfstatat, folder, path, file, flags), file);
}

int fstat(int descriptor, struct stat *file) {
  return turn_stat(syscall(SYS_fstat, descriptor, file), file);
}

int stat(const char *restrict path, struct stat *restrict file) {
  return fstatat(AT_FDCWD, path, file, 0);
}

int lstat(const char *restrict path, struct stat *restrict file) {
  return fstatat(AT_FDCWD, path, file, AT_SYMLINK_NOFOLLOW);
}

/* On 64-bit machines these are the same, under the names that large files once needed. */
int fstatat64(int folder, const char *restrict path, struct stat64 *restrict file, int flags) {
  return fstatat(folder, path, (struct stat *)file, flags);
}

int fstat64(int descriptor, struct stat64 *file) {
  return fstat(descriptor, (struct stat *)file);
}

int stat64(const char *restrict path, struct stat64 *restrict file) {
  return stat(path, (struct stat *)file);
}

int lstat64(const char *restrict path, struct stat64 *restrict file) {
  return lstat(path, (struct stat *)file);
}

static void turn_timestamp(struct statx_timestamp *time) {
  if (is_fresh(time->tv_sec)) {
    long long seconds = time->tv_sec;
    long nanoseconds = time->tv_nsec;
    turn(&seconds, &nanoseconds);
    time->tv_sec = seconds;
    time->tv_nsec = nanoseconds;
  }
}

int statx(int folder, const char *restrict path, int flags, unsigned mask, struct statx *restrict file) {
  int result = syscall(SYS_statx, folder, path, flags, mask, file);
  if (result == 0) {
    turn_timestamp(&file->stx_atime);
    turn_timestamp(&file->stx_btime);
    turn_timestamp(&file->stx_ctime);
    turn_timestamp(&file->stx_mtime);
  }
  return result;
}
