/*
 * The clock of a machine, set while programs run: loaded before everything else (LD_PRELOAD), it adds the seconds that stand in the
 * first eight bytes of the file ZUIL_DRILL_CLOCK names to the time of day. Time that passes (CLOCK_MONOTONIC) stays as it is, and
 * whoever waits until a time of day waits as long as was meant. Calls the kernel itself: finding the function of the C library may
 * need memory, and the allocator of Redis asks for the time while it is set up.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static const volatile int64_t *ahead;

__attribute__((constructor)) static void open_clock(void) {
  const char *path = getenv("ZUIL_DRILL_CLOCK");
  int file = path ? open(path, O_RDONLY | O_CLOEXEC) : -1;
  if (file < 0) return;
  void *place = mmap(NULL, sizeof(int64_t), PROT_READ, MAP_SHARED, file, 0);
  if (place != MAP_FAILED) ahead = place;
  close(file);
}

static int64_t seconds_ahead(void) { return ahead ? *ahead : 0; }

int clock_gettime(clockid_t clock, struct timespec *now) {
  int result = syscall(SYS_clock_gettime, clock, now);
  if (result == 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) now->tv_sec += seconds_ahead();
  return result;
}

int gettimeofday(struct timeval *restrict now, void *restrict zone) {
  (void)zone;
  struct timespec exact;
  int result = clock_gettime(CLOCK_REALTIME, &exact);
  now->tv_sec = exact.tv_sec;
  now->tv_usec = exact.tv_nsec / 1000;
  return result;
}

time_t time(time_t *place) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  if (place) *place = now.tv_sec;
  return now.tv_sec;
}

/*
 * Whether somebody who waits until then has reckoned with our time of day: others ask the kernel themselves (the engine of the warehouse
 * does), or count from the start of the machine. It is the nearest of these clocks; nobody waits for as long as they are apart.
 */
static int is_of_ours(const struct timespec *until) {
  struct timespec real, since_start;
  syscall(SYS_clock_gettime, CLOCK_REALTIME, &real);
  syscall(SYS_clock_gettime, CLOCK_MONOTONIC, &since_start);
  int64_t from_ours = llabs((int64_t)until->tv_sec - (real.tv_sec + seconds_ahead()));
  int64_t from_real = llabs((int64_t)until->tv_sec - real.tv_sec);
  int64_t from_start = llabs((int64_t)until->tv_sec - since_start.tv_sec);
  return from_ours < from_real && from_ours < from_start;
}

typedef int wait_until(pthread_cond_t *, pthread_mutex_t *, const struct timespec *);

int pthread_cond_timedwait(pthread_cond_t *restrict condition, pthread_mutex_t *restrict mutex,
                           const struct timespec *restrict until) {
  static wait_until *next;
  if (!next) {
    /* the version that programs are linked with; the oldest one has other condition variables */
    next = (wait_until *)dlvsym(RTLD_NEXT, "pthread_cond_timedwait", "GLIBC_2.3.2");
    if (!next) next = (wait_until *)dlsym(RTLD_NEXT, "pthread_cond_timedwait");
  }
  struct timespec real = *until;
  if (is_of_ours(until)) real.tv_sec -= seconds_ahead();
  return next(condition, mutex, &real);
}
