package org.tiepoint.cli;

import java.io.PrintWriter;
import org.tiepoint.dataset.preparation.Preparation;
import org.tiepoint.dataset.preparation.SceneReport;

/** Shows a preparation: a bar a scene and stage, a line a finished scene. */
final class PreparationProgress implements Preparation.Listener, AutoCloseable {
    private final PrintWriter err;
    private final PrintWriter out;
    private int scenes;
    private int finished;
    private String shown = "";
    private Progress progress;

    PreparationProgress(PrintWriter err, PrintWriter out) {
        this.err = err;
        this.out = out;
    }

    @Override
    public void found(int number) {
        scenes = number;
    }

    @Override
    public void progress(String scene, Preparation.Stage stage, int done, int total) {
        boolean photos = stage == Preparation.Stage.PHOTOS;
        String task = (finished + 1) + "/" + scenes + " " + scene + (photos ? "" : ", verify");
        if (!task.equals(shown)) {
            close();
            shown = task;
            progress = Progress.start(task, total, photos ? "photos" : "pairs", err);
        }
        progress.advanceTo(done);
    }

    @Override
    public void finished(SceneReport report, boolean resumed) {
        close();
        finished++;
        out.println(PrepareCommand.line(report) + (resumed ? " (done earlier)" : ""));
        out.flush();
    }

    @Override
    public void warning(String message) {
        err.println("tiepoint: warning: " + message);
        err.flush();
    }

    @Override
    public void close() {
        if (progress != null) {
            progress.close();
            progress = null;
        }
        shown = "";
    }
}
