package org.tiepoint.train;

import java.io.IOException;
import java.nio.file.Path;
import org.tiepoint.network.ResUNet;

/** TensorBoard's view of a training: scalars, and the epipolar picture of one held-out pair. */
final class TrainingEvents implements AutoCloseable {
    TrainingEvents(Path folder, Validation validation) {}

    void write(StepReport report) throws IOException {}

    void write(ValidationReport report, ResUNet network) throws IOException {}

    @Override
    public void close() throws IOException {}
}
