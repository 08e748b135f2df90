/* What a thread works with: matrices packed in tiles, buffers, and the sums of all stretches. */
#ifndef ISNMF_WORK_H
#define ISNMF_WORK_H

#include "vectors.h"
#include "walk.h"

enum { ROWS = 4, VECTORS = 3, TILE = VECTORS * LANES, BLOCK = 48, CHUNK_BYTES = 20 * 1024 };
/* Sums in single precision are begun anew after so many frames: a long row of additions would
 * lose digits, 6e-4 of them after an hour of sound. */
enum { PIECE = 42 * BLOCK };
enum { CHUNK = CHUNK_BYTES / (2 * ROWS * TILE * 4) }; /* tiles of A and B in the first cache */

#define PASTE(a, b) a##b
#define NAMED(a, b) PASTE(a, b)
#define UNROLL _Pragma("GCC unroll 12")

struct work {
    int64_t tiles, last; /* number of tiles, and bins in the last one */
    float *T_before, *T_after, *piece, *parts; /* packed, as the sums are */
    float *numerator, *denominator;            /* the sums of what is being walked over */
    float *A, *B;                              /* [tile][frame][TILE] */
    float *top, *bottom; /* numerator and denominator for a block of V: (BLOCK, n_bases) */
    float *T_sums;        /* (n_bases): Kullback-Leibler's denominators for V */
    ints inside[VECTORS]; /* which bins of the last tile exist */
};

static int64_t tiles_of(int64_t n_bins) { return (n_bins + TILE - 1) / TILE; }

static int64_t buffer_floats(void) {
    int64_t chunk = CHUNK * ROWS * TILE, block = BLOCK * TILE;
    return chunk > block ? chunk : block;
}

/* Numerator and denominator of a stretch, packed. */
static int64_t part_floats(int64_t n_bins, int64_t n_bases) {
    return 2 * tiles_of(n_bins) * TILE * n_bases;
}

/* The first place from there on that vectors are read from and written to fastest. */
static float *aligned(float *start) {
    uintptr_t line = sizeof(floats);
    return (float *)(((uintptr_t)start + line - 1) / line * line);
}

static struct work arrange(const struct job *job) {
    struct work w;
    int64_t packed = tiles_of(job->n_bins) * TILE * job->n_bases;
    int64_t block = BLOCK * job->n_bases + LANES;
    w.tiles = tiles_of(job->n_bins);
    w.last = job->n_bins - (w.tiles - 1) * TILE;
    w.T_before = aligned(job->workspace);
    w.T_after = job->T_before == job->T_after ? w.T_before : w.T_before + packed;
    w.piece = w.T_before + 2 * packed;
    w.parts = aligned(job->parts);
    w.A = w.piece + 2 * packed;
    w.B = w.A + buffer_floats();
    w.top = w.B + buffer_floats();
    w.bottom = w.top + block;
    w.T_sums = w.bottom + block;
    for (int i = 0; i < TILE; i++) w.inside[i / LANES][i % LANES] = i < w.last ? -1 : 0;
    return w;
}

static void pack(const float *T, float *packed, const struct job *job, const struct work *w) {
    memset(packed, 0, w->tiles * TILE * job->n_bases * sizeof *packed);
    for (int64_t t = 0; t < w->tiles; t++)
        for (int64_t k = 0; k < job->n_bases; k++)
            memcpy(packed + (t * job->n_bases + k) * TILE, T + k * job->n_bins + t * TILE,
                   (t + 1 < w->tiles ? TILE : w->last) * sizeof *packed);
}

static void unpack(const float *packed, float *to, const struct job *job, const struct work *w) {
    for (int64_t k = 0; k < job->n_bases; k++)
        for (int64_t t = 0; t < w->tiles; t++)
            memcpy(to + k * job->n_bins + t * TILE, packed + (t * job->n_bases + k) * TILE,
                   (t + 1 < w->tiles ? TILE : w->last) * sizeof *to);
}

static float *part_of(const struct job *job, const struct work *w, int64_t stretch) {
    return w->parts + stretch * part_floats(job->n_bins, job->n_bases);
}

/* So much of a part is used. */
static int64_t sums_of(const struct job *job) {
    int64_t both = part_floats(job->n_bins, job->n_bases);
    return job->divergence == KULLBACK_LEIBLER ? both / 2 + job->n_bases : both;
}

#endif
