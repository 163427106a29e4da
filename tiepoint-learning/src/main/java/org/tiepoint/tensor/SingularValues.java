package org.tiepoint.tensor;

/**
 * A batch of singular value decompositions U diag(S) V^T.
 *
 * @param u  ... x m x columns
 * @param s  ... x min(m, n), descending
 * @param vt ... x rows x n: V transposed
 */
public record SingularValues(Tensor u, Tensor s, Tensor vt) {}
