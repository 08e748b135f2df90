/* The loss of many elements: the sum of X/Y, and that of log Z without taking logarithms. */
#ifndef ISNMF_LOSS_H
#define ISNMF_LOSS_H

#include "vectors.h"

#include <math.h>

/* Sum of X/Y and of log Z; log Z as a product of mantissas and a sum of exponents. */
struct loss {
    floats ratio, product;
    ints exponents;
    double ratio_sum, log_sum;
};

INLINE struct loss no_loss(void) { return (struct loss){.product = all(1.0f)}; }

INLINE void multiply(struct loss *loss, floats Z) {
    loss->product *= mantissa(Z);
    loss->exponents += exponent(Z);
}

/* Bring the product back below 2: at most 100 mantissas may be multiplied between two calls. */
INLINE void normalize(struct loss *loss) {
    loss->exponents += exponent(loss->product);
    loss->product = mantissa(loss->product);
}

/* Move what single precision has gathered to double precision. */
static void settle(struct loss *loss) {
    for (int lane = 0; lane < LANES; lane++) {
        loss->ratio_sum += loss->ratio[lane];
        loss->log_sum += loss->exponents[lane] * 0.693147180559945309;
    }
    loss->ratio = all(0.0f);
    loss->exponents = (ints){0};
}

/* Sum of the logs of all that was multiplied, and settled since. */
static double sum_of_logs(const struct loss *loss) {
    double total = loss->log_sum;
    for (int lane = 0; lane < LANES; lane++) total += log(loss->product[lane]);
    return total;
}

/* Sum of the logs of n positive normal numbers. */
static double sum_of_logs_of(const float *x, int64_t n) {
    struct loss loss = no_loss();
    int64_t i = 0, since = 0;
    for (; i + LANES <= n; i += LANES) {
        multiply(&loss, load(x + i));
        if (++since == 64) {
            normalize(&loss);
            settle(&loss);
            since = 0;
        }
    }
    settle(&loss);
    double total = sum_of_logs(&loss);
    for (; i < n; i++) total += log(x[i]);
    return total;
}

#endif
