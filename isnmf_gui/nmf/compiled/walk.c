/* The walk over frames, in single precision: V's update and the sums for T's.
 *
 * The letters are those of divergence.py. A block of frames is taken through both halves while
 * its part of X is in the cache. Within a block the bins are worked on in tiles of TILE; in the
 * packed form of a matrix over bins a tile is contiguous: [tile][basis][TILE].
 *
 * The sums are made stretch by stretch, each from zero on, and stretches are added up in the order
 * of a tree. Who does which is up to the threads; what comes out is not.
 *
 * Four frames by one tile of Z, and four frames or bases by three bases or vectors in the
 * products, keep twelve sums in registers, which is what sixteen registers allow.
 */
#include "loss.h"
#include "work.h"

int64_t NAMED(parts_floats_, ISA)(int64_t n_bins, int64_t n_bases, int64_t n_stretches) {
    return n_stretches * part_floats(n_bins, n_bases) + LANES;
}

int64_t NAMED(workspace_floats_, ISA)(int64_t n_bins, int64_t n_bases) {
    return 4 * tiles_of(n_bins) * TILE * n_bases + 2 * buffer_floats() +
           2 * (BLOCK * n_bases + LANES) + n_bases + LANES;
}

/* -- from Z to A, B and the loss ----------------------------------------------------------- */

INLINE void weigh(floats X, floats Z, floats *A, floats *B, int kind, float q, struct loss *loss) {
    floats R = 1.0f / Z;
    if (kind == KULLBACK_LEIBLER) {
        floats root = X;
        if (q == 2.0f)
            root = square_root(X);
        else if (q != 1.0f)
            root = power_of(X, 1.0f / q);
        *A = root * R;
        *B = all(1.0f);
        return;
    }
    floats ratio; /* X/Y; times R it is A, and never X R^(q+1) at once, which overflows */
    if (kind == IS_POWER)
        ratio = X * R;
    else if (kind == IS_AMPLITUDE)
        ratio = X * R * R;
    else
        ratio = X * power_of(Z, -q);
    *A = ratio * R;
    *B = R;
    if (loss) {
        loss->ratio += ratio;
        multiply(loss, Z);
    }
}

/* Add what is fixed to Z of one frame in one tile, of which so many bins exist. */
INLINE void add_fixed(const float *fixed, floats *Z, int64_t size) {
    float padded[TILE] = {0};
    if (size < TILE) {
        memcpy(padded, fixed, size * sizeof *padded);
        fixed = padded;
    }
    UNROLL for (int i = 0; i < VECTORS; i++) Z[i] += load(fixed + i * LANES);
}

/* A and B of N frames in one tile. In the last tile (`edge`) X and Z are made 1 where there are
 * no more bins; their share of the loss is taken off at the end. */
INLINE void ratios(const struct job *job, const struct work *w, const float *X, const float *T,
                   const float *V, float *A, float *B, const int N, const int edge,
                   const int kind, struct loss *loss) {
    floats Z[ROWS][VECTORS] = {0};
    for (int64_t k = 0; k < job->n_bases; k++) {
        floats t[VECTORS];
        UNROLL for (int i = 0; i < VECTORS; i++) t[i] = load(T + k * TILE + i * LANES);
        UNROLL for (int n = 0; n < N; n++) {
            floats v = all(V[n * job->n_bases + k]);
            UNROLL for (int i = 0; i < VECTORS; i++) Z[n][i] += v * t[i];
        }
    }
    UNROLL for (int n = 0; n < N; n++) {
        const float *x = X + n * job->n_bins;
        float padded[TILE];
        if (job->fixed) add_fixed(job->fixed + (x - job->X), Z[n], edge ? w->last : TILE);
        if (edge) {
            for (int i = 0; i < TILE; i++) padded[i] = i < w->last ? x[i] : 1.0f;
            x = padded;
        }
        UNROLL for (int i = 0; i < VECTORS; i++) {
            floats z = larger(Z[n][i], all(job->model_floor)), a, b;
            if (edge) z = (floats)(((ints)z & w->inside[i]) | ((ints)all(1.0f) & ~w->inside[i]));
            weigh(load(x + i * LANES), z, &a, &b, kind, job->q, loss);
            store(A + n * TILE + i * LANES, a);
            if (kind != KULLBACK_LEIBLER) store(B + n * TILE + i * LANES, b);
        }
    }
    if (loss) normalize(loss);
}

/* -- first half: V ------------------------------------------------------------------------- */

/* Add the products of N frames and M bases over some tiles to (N, n_bases) sums. */
INLINE void add_for_V(const float *A, const float *T, float *sums, int64_t tiles,
                      int64_t n_bases, const int N, const int M) {
    floats total[ROWS][3] = {0};
    for (int64_t t = 0; t < tiles; t++) {
        UNROLL for (int i = 0; i < VECTORS; i++) {
            floats basis[3];
            UNROLL for (int m = 0; m < M; m++)
                basis[m] = load(T + (t * n_bases + m) * TILE + i * LANES);
            UNROLL for (int n = 0; n < N; n++) {
                floats a = load(A + (t * N + n) * TILE + i * LANES);
                UNROLL for (int m = 0; m < M; m++) total[n][m] += a * basis[m];
            }
        }
    }
    UNROLL for (int n = 0; n < N; n++)
        UNROLL for (int m = 0; m < M; m++) sums[n * n_bases + m] += sum(total[n][m]);
}

INLINE void products_for_V(const float *A, const float *T, float *sums, int64_t tiles,
                           int64_t n_bases, const int N) {
    int64_t k = 0;
    for (; k + 3 <= n_bases; k += 3)
        add_for_V(A, T + k * TILE, sums + k, tiles, n_bases, N, 3);
    if (n_bases - k == 2) add_for_V(A, T + k * TILE, sums + k, tiles, n_bases, N, 2);
    if (n_bases - k == 1) add_for_V(A, T + k * TILE, sums + k, tiles, n_bases, N, 1);
}

/* Numerators and denominators of N frames of V, from the tiles `begin` to `end`. */
INLINE void gather_for_V(const struct job *job, const struct work *w, const float *X,
                         const float *V, float *top, float *bottom, int64_t begin, int64_t end,
                         const int N, const int kind) {
    int64_t K = job->n_bases;
    for (int64_t t = begin; t < end; t++) {
        const float *x = X + t * TILE, *T = w->T_before + t * K * TILE;
        float *A = w->A + (t - begin) * N * TILE, *B = w->B + (t - begin) * N * TILE;
        if (t + 1 < w->tiles)
            ratios(job, w, x, T, V, A, B, N, 0, kind, 0);
        else
            ratios(job, w, x, T, V, A, B, N, 1, kind, 0);
    }
    const float *T = w->T_before + begin * K * TILE;
    products_for_V(w->A, T, top, end - begin, K, N);
    if (kind != KULLBACK_LEIBLER) products_for_V(w->B, T, bottom, end - begin, K, N);
}

/* log2 of the multiplier by cubic interpolation (Catmull-Rom) in the table. */
INLINE floats look_up(const struct job *job, floats log_c) {
    float most = job->table_octaves;
    floats x = smaller(larger(log_c, all(-most)), all(most - 0.01f));
    x = (x + most) * job->table_steps;
    ints place = __builtin_convertvector(x, ints);
    floats f = x - __builtin_convertvector(place, floats), p[4];
    for (int i = 0; i < 4; i++) {
        float values[LANES];
        for (int lane = 0; lane < LANES; lane++) values[lane] = job->table[place[lane] + i];
        p[i] = load(values);
    }
    floats bend = p[3] - p[0] + 3.0f * (p[1] - p[2]);
    floats slope = 2.0f * p[0] - 5.0f * p[1] + 4.0f * p[2] - p[3];
    return p[1] + 0.5f * f * (p[2] - p[0] + f * (slope + f * bend));
}

/* Turn the numerators of a block of V into what to multiply it by. */
static void multipliers(const struct job *job, const struct work *w, int64_t n) {
    for (int64_t i = 0; i < n; i += LANES) {
        floats c = load(w->top + i) / load(w->bottom + i);
        c = smaller(larger(c, all(1e-30f)), all(1e30f));
        floats r = c;
        if (job->table)
            r = exp2_of(clamp_exponent(look_up(job, log2_of(c))));
        else if (job->exponent != 1.0f)
            r = power_of(c, job->exponent);
        store(w->top + i, r);
    }
}

/* V_before becomes V, and V becomes V + a max(V - V_before, 0). */
static void extrapolate(float *V, float *before, int64_t n, float a) {
    for (int64_t i = 0; i < n; i++) {
        float v = V[i], rise = v - before[i];
        before[i] = v;
        V[i] = v + a * (rise > 0.0f ? rise : 0.0f);
    }
}

INLINE void first_half(const struct job *job, const struct work *w, const float *X, float *V,
                       int64_t rows, const int kind) {
    int64_t K = job->n_bases, chunks = (w->tiles + CHUNK - 1) / CHUNK;
    memset(w->top, 0, rows * K * sizeof *w->top);
    memset(w->bottom, 0, rows * K * sizeof *w->bottom);
    for (int64_t c = 0; c < chunks; c++) {
        int64_t begin = w->tiles * c / chunks, end = w->tiles * (c + 1) / chunks, n = 0;
        for (; n + ROWS <= rows; n += ROWS)
            gather_for_V(job, w, X + n * job->n_bins, V + n * K, w->top + n * K,
                         w->bottom + n * K, begin, end, ROWS, kind);
        for (; n < rows; n++)
            gather_for_V(job, w, X + n * job->n_bins, V + n * K, w->top + n * K,
                         w->bottom + n * K, begin, end, 1, kind);
    }
    if (kind == KULLBACK_LEIBLER)
        for (int64_t n = 0; n < rows; n++)
            memcpy(w->bottom + n * K, w->T_sums, K * sizeof *w->bottom);
    multipliers(job, w, rows * K);
    for (int64_t i = 0; i < rows * K; i++) {
        float v = V[i] * w->top[i];
        V[i] = v > job->factor_floor ? v : job->factor_floor;
    }
}

/* -- second half: the sums for T ----------------------------------------------------------- */

/* Add the products of M bases with one tile of all frames of a block to packed sums. */
INLINE void add_for_T(const float *A, const float *V, float *sums, int64_t rows,
                      int64_t n_bases, const int M) {
    floats total[4][VECTORS];
    UNROLL for (int m = 0; m < M; m++)
        UNROLL for (int i = 0; i < VECTORS; i++) total[m][i] = load(sums + m * TILE + i * LANES);
    for (int64_t n = 0; n < rows; n++) {
        floats a[VECTORS];
        UNROLL for (int i = 0; i < VECTORS; i++) a[i] = load(A + n * TILE + i * LANES);
        UNROLL for (int m = 0; m < M; m++) {
            floats v = all(V[n * n_bases + m]);
            UNROLL for (int i = 0; i < VECTORS; i++) total[m][i] += v * a[i];
        }
    }
    UNROLL for (int m = 0; m < M; m++)
        UNROLL for (int i = 0; i < VECTORS; i++) store(sums + m * TILE + i * LANES, total[m][i]);
}

static void products_for_T(const float *A, const float *V, float *sums, int64_t rows,
                           int64_t n_bases) {
    int64_t k = 0;
    for (; k + 4 <= n_bases; k += 4) add_for_T(A, V + k, sums + k * TILE, rows, n_bases, 4);
    if (n_bases - k == 3) add_for_T(A, V + k, sums + k * TILE, rows, n_bases, 3);
    if (n_bases - k == 2) add_for_T(A, V + k, sums + k * TILE, rows, n_bases, 2);
    if (n_bases - k == 1) add_for_T(A, V + k, sums + k * TILE, rows, n_bases, 1);
}

/* A and B of all frames of a block in one tile. */
INLINE void ratios_of_block(const struct job *job, const struct work *w, const float *X,
                            const float *T, const float *V, int64_t rows, const int edge,
                            const int kind, struct loss *loss) {
    int64_t n = 0;
    for (; n + ROWS <= rows; n += ROWS)
        ratios(job, w, X + n * job->n_bins, T, V + n * job->n_bases, w->A + n * TILE,
               w->B + n * TILE, ROWS, edge, kind, loss);
    for (; n < rows; n++)
        ratios(job, w, X + n * job->n_bins, T, V + n * job->n_bases, w->A + n * TILE,
               w->B + n * TILE, 1, edge, kind, loss);
}

INLINE void second_half(const struct job *job, const struct work *w, const float *X,
                        const float *V, int64_t rows, const int kind, struct loss *loss) {
    int64_t K = job->n_bases;
    for (int64_t t = 0; t < w->tiles; t++) {
        const float *x = X + t * TILE, *T = w->T_after + t * K * TILE;
        if (t + 1 < w->tiles)
            ratios_of_block(job, w, x, T, V, rows, 0, kind, loss);
        else
            ratios_of_block(job, w, x, T, V, rows, 1, kind, loss);
        settle(loss);
        products_for_T(w->A, V, w->numerator + t * K * TILE, rows, K);
        if (kind != KULLBACK_LEIBLER)
            products_for_T(w->B, V, w->denominator + t * K * TILE, rows, K);
    }
    if (kind == KULLBACK_LEIBLER) /* one for each basis, at the head of the denominator */
        for (int64_t i = 0; i < rows * K; i++) w->denominator[i % K] += V[i];
}

/* -- a stretch of frames ------------------------------------------------------------------- */

INLINE void walk(const struct job *job, const struct work *w, int64_t begin, int64_t end,
                 const int kind, struct loss *loss) {
    int64_t K = job->n_bases;
    for (int64_t n = begin; n < end; n += BLOCK) {
        int64_t rows = end - n < BLOCK ? end - n : BLOCK;
        const float *X = job->X + n * job->n_bins;
        float *V = job->V + n * K;
        if (job->V_before) extrapolate(V, job->V_before + n * K, rows * K, job->extrapolation);
        if (job->T_before) first_half(job, w, X, V, rows, kind);
        second_half(job, w, X, V, rows, kind, loss);
    }
}

/* Inline as far as walk_() below: so the loss stays in registers, a tenth of the time. */
INLINE void walk_piece(const struct job *job, const struct work *w, int64_t begin, int64_t end,
                       struct loss *loss) {
    switch (job->divergence) {
    case IS_POWER: walk(job, w, begin, end, IS_POWER, loss); break;
    case IS_AMPLITUDE: walk(job, w, begin, end, IS_AMPLITUDE, loss); break;
    case IS_ANY: walk(job, w, begin, end, IS_ANY, loss); break;
    default: walk(job, w, begin, end, KULLBACK_LEIBLER, loss); break;
    }
}

static void add(float *to, const float *more, int64_t n) {
    for (int64_t i = 0; i < n; i++) to[i] += more[i];
}

INLINE void walk_stretch(const struct job *job, struct work *w, int64_t stretch) {
    struct loss loss = no_loss();
    int64_t begin = job->bounds[stretch], end = job->bounds[stretch + 1], size = sums_of(job);
    float *part = part_of(job, w, stretch);
    for (int64_t n = begin; n < end; n += PIECE) {
        w->numerator = n == begin ? part : w->piece;
        w->denominator = w->numerator + part_floats(job->n_bins, job->n_bases) / 2;
        memset(w->numerator, 0, size * sizeof *w->numerator);
        walk_piece(job, w, n, end - n < PIECE ? end : n + PIECE, &loss);
        if (n > begin) add(part, w->piece, size);
    }
    double beyond = (double)(w->tiles * TILE - job->n_bins) * (double)(end - begin);
    job->losses[2 * stretch] = loss.ratio_sum - beyond;
    job->losses[2 * stretch + 1] = sum_of_logs(&loss);
}

/* -- all of them --------------------------------------------------------------------------- */

static void prepare(const struct job *job, const struct work *w) {
    pack(job->T_after, w->T_after, job, w);
    if (job->T_before && job->T_before != job->T_after) pack(job->T_before, w->T_before, job, w);
    if (!job->T_before || job->divergence != KULLBACK_LEIBLER) return;
    for (int64_t k = 0; k < job->n_bases; k++) {
        double total = 0;
        for (int64_t f = 0; f < job->n_bins; f++) total += job->T_before[k * job->n_bins + f];
        w->T_sums[k] = (float)total;
    }
}

/* Write what all stretches have come to, in their first one's place. */
static void finish(const struct job *job, const struct work *w) {
    const float *numerator = part_of(job, w, 0);
    const float *denominator = numerator + part_floats(job->n_bins, job->n_bases) / 2;
    unpack(numerator, job->numerator, job, w);
    if (job->divergence == KULLBACK_LEIBLER)
        for (int64_t i = 0; i < job->n_bases * job->n_bins; i++)
            job->denominator[i] = denominator[i / job->n_bins];
    else
        unpack(denominator, job->denominator, job, w);
}

/* Whether nobody was here before. */
static int is_first(int32_t *flag) { return !__atomic_exchange_n(flag, 1, __ATOMIC_ACQ_REL); }

/* Add up neighbours, pairs of neighbours and so on, as far as both sides of a pair are done. Of
 * two threads that come to a pair, the second adds, so that none waits for another. */
static void add_up(const struct job *job, const struct work *w, int64_t stretch) {
    for (int64_t reach = 1; reach < job->n_stretches; reach *= 2) {
        int64_t left = stretch / (2 * reach) * (2 * reach), right = left + reach;
        if (right < job->n_stretches) {
            if (is_first(job->met + right)) return;
            add(part_of(job, w, left), part_of(job, w, right), sums_of(job));
        }
        stretch = left;
    }
    finish(job, w);
}

/* A thread takes its own stretches first, and then what others have left. */
void NAMED(walk_, ISA)(const struct job *job) {
    struct work w = arrange(job);
    prepare(job, &w);
    for (int64_t i = 0; i < job->n_stretches; i++) {
        int64_t stretch = (job->first_stretch + i) % job->n_stretches;
        if (!is_first(job->taken + stretch)) continue;
        walk_stretch(job, &w, stretch);
        add_up(job, &w, stretch);
    }
}

double NAMED(sum_of_logs_, ISA)(const float *x, int64_t n) { return sum_of_logs_of(x, n); }
