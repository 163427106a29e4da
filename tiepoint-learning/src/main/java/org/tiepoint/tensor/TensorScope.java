package org.tiepoint.tensor;

import org.bytedeco.javacpp.PointerScope;

/**
 * Owns the native memory of every tensor made in its thread while it is open; closing frees them. Scopes nest: one a
 * training step, one a prediction. What must outlive the scope is {@link Tensor#retain() retained} by its owner.
 */
public final class TensorScope implements AutoCloseable {
    private final PointerScope scope = new PointerScope();

    @Override
    public void close() {
        scope.close();
    }
}
