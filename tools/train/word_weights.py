"""What words are worth, for boilerplate_stripper's model for pages: a logistic regression over hashed features, its weights a byte each.

    features = read(prefix)                             # what boilerplate_features wrote: one row a block
    steps, step, bias = fit(features, labels, weights)
    head = pack(steps, step, bias)                      # the head of a model for pages
"""
import struct

import numpy
import scipy.optimize
import scipy.sparse

BITS = 16
# Found by cross-validation: ten times less or more costs a hundredth of F1.
L2 = 3e-4
ITERATIONS = 40


def read(prefix):
    ends = numpy.fromfile(prefix + ".ends", dtype="<u8").astype(numpy.int64)
    buckets = (numpy.fromfile(prefix + ".words", dtype="<u4") >> numpy.uint32(32 - BITS)).astype(numpy.int32)
    return scipy.sparse.csr_matrix((numpy.ones(len(buckets), dtype=numpy.float32), buckets, numpy.r_[0, ends]), shape=(len(ends), 1 << BITS))


def fit(features, labels, weights):
    """The weights as whole steps, the size of a step, and the bias. A label is 0 or 1."""
    weights = weights / weights.sum()
    transposed = features.T.tocsr()

    def loss(values):
        odds = features @ values[:-1].astype(numpy.float32) + values[-1]
        wrong = (weights * (1 / (1 + numpy.exp(-odds)) - labels)).astype(numpy.float32)
        gradient = numpy.append(transposed @ wrong + L2 * values[:-1], wrong.sum())
        return (weights * (numpy.logaddexp(0, odds) - labels * odds)).sum() + L2 / 2 * (values[:-1] ** 2).sum(), gradient

    start = numpy.zeros((1 << BITS) + 1)
    found = scipy.optimize.minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": ITERATIONS}).x
    step = numpy.float32(numpy.abs(found[:-1]).max() / 127)
    return numpy.round(found[:-1] / step).astype(numpy.int8), step, numpy.float32(found[-1])


def pack(steps, step, bias):
    """As plugins/boilerplate_stripper/page_model.h describes it."""
    return b"GARNERP1" + struct.pack("<Iff", BITS, step, bias) + steps.tobytes()
