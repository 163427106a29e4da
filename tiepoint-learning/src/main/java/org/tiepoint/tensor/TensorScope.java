package org.tiepoint.tensor;

import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;

/**
 * Owns the native memory of every tensor made in its thread while it is open; closing frees them. Scopes nest: one a
 * training step, one a prediction. What must outlive the scope is {@link Tensor#retain() retained} by its owner.
 */
public final class TensorScope implements AutoCloseable {
    private final Optional<PointerScope> around = Optional.ofNullable(PointerScope.getInnerScope());
    private final PointerScope scope = new PointerScope();

    /**
     * Hands a tensor of this scope to the one around it, which frees it in its turn: the result of a computation whose
     * intermediate tensors are large.
     *
     * @return the tensor
     * @throws IllegalStateException when this is the outermost scope
     */
    public Tensor keep(Tensor tensor) {
        around.orElseThrow(() -> new IllegalStateException("there is no scope around this one: retain the tensor"))
                .attach(tensor.handle());
        return tensor;
    }

    @Override
    public void close() {
        scope.close();
    }
}
