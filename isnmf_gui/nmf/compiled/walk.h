/* What the walk over frames is given: the same structure as `Job` in loading.py. All is shared
 * among the threads that walk together, unless it says otherwise. */
#ifndef ISNMF_WALK_H
#define ISNMF_WALK_H

#include <stdint.h>

/* The divergence: with q = 1, with q = 2, with any q, and Kullback-Leibler. */
enum { IS_POWER, IS_AMPLITUDE, IS_ANY, KULLBACK_LEIBLER };

struct job {
    int64_t n_bins, n_bases, n_stretches;
    int64_t first_stretch; /* of those that are this thread's own */
    const int64_t *bounds; /* (n_stretches + 1): frames where they begin, and the end */
    const float *X;        /* (n_frames, n_bins) */
    const float *fixed;    /* (n_frames, n_bins): what Z has besides T V; null: nothing */
    const float *T_before; /* (n_bases, n_bins): what V is updated for; null: V stays */
    const float *T_after;  /* (n_bases, n_bins): what the sums are made with */
    float *V;              /* (n_frames, n_bases), updated */
    float *V_before;       /* (n_frames, n_bases), gets V as it was; null: nobody asks */
    float *numerator;      /* (n_bases, n_bins), filled */
    float *denominator;    /* (n_bases, n_bins), filled */
    float *workspace;      /* of workspace_floats(), this thread's */
    float *parts;          /* of parts_floats() */
    int32_t *taken, *met;  /* (n_stretches), zeros before the walk: who is at work, who is done */
    double *losses;        /* (n_stretches, 2), filled: the sum of X/Y, and that of log Z */
    const float *table;    /* log2 of the multiplier over log2 of c; null: exponent log2 c.
                              From -table_octaves on, with a point more at each end */
    int64_t divergence;
    float q, exponent, extrapolation, model_floor, factor_floor;
    float table_octaves, table_steps;
};

#endif
