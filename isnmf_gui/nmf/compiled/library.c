/* What the library offers: the walk, compiled for the best instruction set of this processor. */
#include "walk.h"

#define PUBLIC __attribute__((visibility("default")))

#define DECLARE(isa)                                     \
    void walk_##isa(const struct job *);                 \
    int64_t workspace_floats_##isa(int64_t, int64_t);    \
    int64_t parts_floats_##isa(int64_t, int64_t, int64_t); \
    double sum_of_logs_##isa(const float *, int64_t);

DECLARE(plain)
#ifdef __x86_64__
DECLARE(avx2)
DECLARE(avx512)
#define CALL(function, ...)                                    \
    (instructions() == AVX512 ? function##_avx512(__VA_ARGS__) \
     : instructions() == AVX2 ? function##_avx2(__VA_ARGS__)   \
                              : function##_plain(__VA_ARGS__))
#else
#define CALL(function, ...) function##_plain(__VA_ARGS__)
#endif

enum { PLAIN, AVX2, AVX512 };

static int64_t most = AVX512;

static int64_t instructions(void) {
#ifdef __x86_64__
    __builtin_cpu_init();
    if (most >= AVX512 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq"))
        return AVX512;
    if (most >= AVX2 && __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
        return AVX2;
#endif
    return PLAIN;
}

/* Use no more than these instructions, so that the others can be tested on one machine. Not
 * while a walk goes on: their workspaces differ. */
PUBLIC void isnmf_limit_instructions(int64_t limit) { most = limit; }

/* The checksum of the sources: a library built from others is refused. */
PUBLIC int64_t isnmf_interface(void) { return INTERFACE; }

/* 0: plain, 1: AVX2, 2: AVX-512. */
PUBLIC int64_t isnmf_instructions(void) { return instructions(); }

/* Size of the workspace that a walk needs, in floats. */
PUBLIC int64_t isnmf_workspace_floats(int64_t n_bins, int64_t n_bases) {
    return CALL(workspace_floats, n_bins, n_bases);
}

/* Size of the sums of all stretches, in floats. */
PUBLIC int64_t isnmf_parts_floats(int64_t n_bins, int64_t n_bases, int64_t n_stretches) {
    return CALL(parts_floats, n_bins, n_bases, n_stretches);
}

/* Update V (if there is a T_before) and make the sums for T, together with other threads: they
 * are there when all have returned. */
PUBLIC void isnmf_walk(const struct job *job) { CALL(walk, job); }

/* Sum of the logs of positive normal numbers. */
PUBLIC double isnmf_sum_of_logs(const float *x, int64_t n) { return CALL(sum_of_logs, x, n); }
