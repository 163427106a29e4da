package org.tiepoint.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.tiepoint.image.Image;
import org.tiepoint.image.ImageWriter;
import org.tiepoint.interop.tensorboard.EventWriter;
import org.tiepoint.network.ResUNet;

/** TensorBoard's view of a training: scalars, and the epipolar picture of the first held-out pair. */
final class TrainingEvents implements AutoCloseable {
    private final EventWriter writer;
    private final Validation validation;

    /**
     * Opens a new event file in a folder.
     *
     * @param firstStep steps done before; events of earlier files after it are no longer shown
     */
    TrainingEvents(Path folder, Validation validation, long firstStep) throws IOException {
        this.writer = firstStep == 0 ? EventWriter.open(folder) : EventWriter.resume(folder, firstStep + 1);
        this.validation = validation;
    }

    void write(StepReport report) throws IOException {
        writer.scalar("train/loss", report.step(), report.loss());
        for (Map.Entry<String, Double> term : report.terms().entrySet()) {
            writer.scalar("train/" + term.getKey(), report.step(), term.getValue());
        }
        writer.scalar("train/learning_rate", report.step(), report.learningRate());
        writer.scalar("train/pairs_per_second", report.step(), report.pairs() / report.seconds());
    }

    void write(ValidationReport report, ResUNet network) throws IOException {
        writer.scalar("validation/loss", report.step(), report.loss());
        writer.scalar("validation/median_pixels", report.step(), report.medianPixels());
        writer.scalar("validation/share_under_5", report.step(), report.shareUnder5());
        if (report.trueMedianPixels().isPresent()) {
            writer.scalar("validation/true_median_pixels", report.step(), report.trueMedianPixels().getAsDouble());
        }
        TrainingSample sample = validation.sample(0);
        Image picture = EpipolarPicture.draw(sample, validation.locations(network, sample));
        writer.image("validation/epipolar_lines", report.step(), ImageWriter.encodePng(picture), picture.width(),
                picture.height());
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}
