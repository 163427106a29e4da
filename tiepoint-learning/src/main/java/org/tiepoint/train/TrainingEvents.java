package org.tiepoint.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.tiepoint.image.Image;
import org.tiepoint.image.ImageWriter;
import org.tiepoint.interop.tensorboard.EventWriter;
import org.tiepoint.objective.Objective;
import org.tiepoint.objective.ValidationReport;

/** TensorBoard's view of a training: scalars, and a picture of every validation. */
final class TrainingEvents implements AutoCloseable {
    private final EventWriter writer;

    /**
     * Opens a new event file in a folder.
     *
     * @param firstStep steps done before; events of earlier files after it are no longer shown
     */
    TrainingEvents(Path folder, long firstStep) throws IOException {
        this.writer = firstStep == 0 ? EventWriter.open(folder) : EventWriter.resume(folder, firstStep + 1);
    }

    void write(StepReport report) throws IOException {
        writer.scalar("train/loss", report.step(), report.loss());
        for (Map.Entry<String, Double> term : report.terms().entrySet()) {
            writer.scalar("train/" + term.getKey(), report.step(), term.getValue());
        }
        writer.scalar("train/learning_rate", report.step(), report.learningRate());
        writer.scalar("train/pairs_per_second", report.step(), report.samples() / report.seconds());
    }

    void write(ValidationReport report, Optional<Objective.Picture> picture) throws IOException {
        writer.scalar("validation/loss", report.step(), report.loss());
        for (Map.Entry<String, Double> metric : report.metrics().entrySet()) {
            writer.scalar("validation/" + snakeCase(metric.getKey()), report.step(), metric.getValue());
        }
        if (picture.isPresent()) {
            Image image = picture.get().image();
            writer.image(picture.get().name(), report.step(), ImageWriter.encodePng(image), image.width(),
                    image.height());
        }
    }

    /** TensorBoard's way to write names: shareUnder5 becomes share_under_5. */
    private static String snakeCase(String name) {
        return name.replaceAll("([A-Z]|[0-9]+)", "_$1").toLowerCase(Locale.ROOT);
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}
