package org.tiepoint.cli;

import java.io.PrintWriter;
import org.tiepoint.localisation.MapListener;

/** Shows the stages of a map's building one after the other. */
final class MapProgress implements MapListener, AutoCloseable {
    private final PrintWriter err;
    private Progress stage;

    MapProgress(PrintWriter err) {
        this.err = err;
    }

    @Override
    public void start(String name, long total) {
        close();
        stage = Progress.start(name, total, name.equals("extract") ? "images" : name.equals("match") ? "pairs" : "tracks",
                err);
    }

    @Override
    public void step() {
        stage.step();
    }

    @Override
    public void close() {
        if (stage != null) {
            stage.close();
        }
        stage = null;
    }
}
