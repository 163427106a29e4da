package org.tiepoint.tensor;

import org.bytedeco.pytorch.AutoGradMode;

/** While open, operations of this thread record nothing for differentiation. */
public final class NoGradient implements AutoCloseable {
    private final AutoGradMode mode = new AutoGradMode(false);

    @Override
    public void close() {
        mode.close();
    }
}
