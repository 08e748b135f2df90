/* Vectors as wide as the machine's, and the few functions of them that the walk needs.
 *
 * GCC's and Clang's vector types are used, so that one text serves every processor; it is
 * compiled once for each instruction set. Only the
 * larger-of, the square root and the sum over lanes have no operator of their own.
 */
#ifndef ISNMF_VECTORS_H
#define ISNMF_VECTORS_H

#include <stdint.h>
#include <string.h>

/* GENERIC: so many lanes by the compiler's own means, to test widths that a machine lacks. */
#if defined(GENERIC)
enum { LANES = GENERIC };
#elif defined(__AVX512F__)
#define WIDE 512
enum { LANES = 16 };
#elif defined(__AVX2__)
#define WIDE 256
enum { LANES = 8 };
#elif defined(__SSE2__)
#define WIDE 128
enum { LANES = 4 };
#else
enum { LANES = 4 };
#endif

#ifdef WIDE
#include <immintrin.h>
#else
#define WIDE 0
#endif

#define INLINE static inline __attribute__((always_inline))

typedef float floats __attribute__((vector_size(4 * LANES)));
typedef int32_t ints __attribute__((vector_size(4 * LANES)));

INLINE floats all(float value) { return value - (floats){0}; }

INLINE floats load(const float *from) {
    floats result;
    memcpy(&result, from, sizeof result);
    return result;
}

INLINE void store(float *to, floats values) { memcpy(to, &values, sizeof values); }

/* The larger of each pair; b where a is not a number. */
INLINE floats larger(floats a, floats b) {
#if WIDE == 512
    return (floats)_mm512_max_ps((__m512)a, (__m512)b);
#elif WIDE == 256
    return (floats)_mm256_max_ps((__m256)a, (__m256)b);
#elif WIDE == 128
    return (floats)_mm_max_ps((__m128)a, (__m128)b);
#else
    ints which = a > b;
    return (floats)(((ints)a & which) | ((ints)b & ~which));
#endif
}

INLINE floats smaller(floats a, floats b) { return -larger(-a, -b); }

INLINE floats square_root(floats x) {
#if WIDE == 512
    return (floats)_mm512_sqrt_ps((__m512)x);
#elif WIDE == 256
    return (floats)_mm256_sqrt_ps((__m256)x);
#elif WIDE == 128
    return (floats)_mm_sqrt_ps((__m128)x);
#else
    for (int lane = 0; lane < LANES; lane++) x[lane] = __builtin_sqrtf(x[lane]);
    return x;
#endif
}

INLINE float sum(floats values) {
#if WIDE == 512
    return _mm512_reduce_add_ps((__m512)values);
#elif WIDE == 256
    __m128 half = _mm256_castps256_ps128((__m256)values);
    half = _mm_add_ps(half, _mm256_extractf128_ps((__m256)values, 1));
    half = _mm_add_ps(half, _mm_movehl_ps(half, half));
    return _mm_cvtss_f32(_mm_add_ss(half, _mm_movehdup_ps(half)));
#else
    float total = 0.0f;
    for (int lane = 0; lane < LANES; lane++) total += values[lane];
    return total;
#endif
}

/* Exponent e and mantissa m of positive normal numbers: x = m 2^e with 1 <= m < 2. */
INLINE ints exponent(floats x) { return ((ints)x >> 23) - 127; }

INLINE floats mantissa(floats x) { return (floats)(((ints)x & 0x7fffff) | 0x3f800000); }

/* log2 of positive normal numbers as a whole number and the log2 of m, sqrt(1/2) <= m < sqrt(2).
 * Polynomial: S. Moshier, Cephes, logf; error below 1e-7. */
INLINE floats split_log2(floats x, floats *whole) {
    ints e = ((ints)x - 0x3f3504f3) >> 23;
    floats f = (floats)((ints)x - (e << 23)) - 1.0f;
    floats p = all(7.0376836292e-2f);
    p = p * f - 1.1514610310e-1f;
    p = p * f + 1.1676998740e-1f;
    p = p * f - 1.2420140846e-1f;
    p = p * f + 1.4249322787e-1f;
    p = p * f - 1.6668057665e-1f;
    p = p * f + 2.0000714765e-1f;
    p = p * f - 2.4999993993e-1f;
    p = p * f + 3.3333331174e-1f;
    *whole = __builtin_convertvector(e, floats);
    return (f + f * f * (p * f - 0.5f)) * 1.44269504f;
}

INLINE floats log2_of(floats x) {
    floats whole, part = split_log2(x, &whole);
    return whole + part;
}

INLINE floats nearest_whole(floats x) {
    return (x + 12582912.0f) - 12582912.0f; /* 1.5 2^23: no room for what follows the point */
}

/* 2^x for whole x from -126 to 127. */
INLINE floats scale_of(floats x) {
    return (floats)((__builtin_convertvector(x, ints) + 127) << 23);
}

INLINE floats clamp_exponent(floats x) { return smaller(larger(x, all(-126.0f)), all(127.0f)); }

/* 2^x for x from -126 to 127. Polynomial: Cephes, exp2f; error below 1e-7. */
INLINE floats exp2_of(floats x) {
    floats whole = nearest_whole(x), f = x - whole;
    floats p = all(1.535336188e-4f);
    p = p * f + 1.339887440e-3f;
    p = p * f + 9.618437357e-3f;
    p = p * f + 5.550332471e-2f;
    p = p * f + 2.402264791e-1f;
    p = p * f + 6.931472029e-1f;
    return (p * f + 1.0f) * scale_of(whole);
}

/* x^p of positive normal numbers, |p| up to 4. The exponent of x is multiplied by p without
 * rounding, in two pieces: else the error would grow with it, to 20 units in the last place. */
INLINE floats power_of(floats x, float p) {
    union { float number; uint32_t bits; } high = {p};
    high.bits &= 0xfffff000u;
    floats whole, part = split_log2(x, &whole);
    floats exact = whole * high.number, outer = nearest_whole(exact);
    floats inner = (exact - outer) + (whole * (p - high.number) + part * p);
    return exp2_of(inner) * scale_of(clamp_exponent(outer));
}

#endif
