package org.tiepoint.cli;

import java.io.PrintWriter;
import org.tiepoint.evaluation.EvaluationListener;

/** Shows an evaluation's stages one after the other. */
final class EvaluationProgress implements EvaluationListener, AutoCloseable {
    private final PrintWriter err;
    private Progress stage;

    EvaluationProgress(PrintWriter err) {
        this.err = err;
    }

    @Override
    public synchronized void start(String name, long total, long done) {
        close();
        stage = Progress.start(name, total, "pairs", err);
        stage.skip(done);
    }

    @Override
    public void step() {
        stage.step();
    }

    @Override
    public synchronized void close() {
        if (stage != null) {
            stage.close();
        }
        stage = null;
    }
}
