package org.tiepoint.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.tiepoint.feature.Describer;
import org.tiepoint.feature.Detector;
import org.tiepoint.model.TrainedModel;
import org.tiepoint.onnx.EmbeddedModel;
import org.tiepoint.onnx.ModelCard;
import org.tiepoint.onnx.OnnxExtractor;

/**
 * A trained model as a user names it: an embedded one, an exported file, or a checkpoint or folder of a training. A word
 * that is an embedded model's name counts as that: a folder of that name is written ./compact-s.
 *
 * @param text as written
 */
record ModelSource(String text) {
    private Optional<EmbeddedModel> embedded() {
        return EmbeddedModel.of(text);
    }

    private Path path() {
        return Path.of(text);
    }

    /** Whether it runs by ONNX Runtime and has a card. */
    boolean isExported() {
        return embedded().isPresent() || OnnxExtractor.isExported(path());
    }

    /** What an exported model says of itself. */
    ModelCard card() throws IOException {
        return embedded().isPresent() ? embedded().get().card() : OnnxExtractor.card(path());
    }

    /** The file of an exported model. */
    byte[] content() throws IOException {
        return embedded().isPresent() ? embedded().get().content() : Files.readAllBytes(path());
    }

    /** Whether it finds key points, too. */
    boolean detects() throws IOException {
        return isExported() ? card().detects() : TrainedModel.detects(path());
    }

    /**
     * Ready to describe at most so many key points; the caller closes it.
     *
     * @param threads of an exported model on one image
     */
    Describer load(int maxKeypoints, int threads) throws IOException {
        // not through TrainedModel: exported models run without libtorch and what is built on it
        return isExported() ? open(maxKeypoints, threads) : TrainedModel.load(path(), maxKeypoints);
    }

    /**
     * Its detector; the caller closes it.
     *
     * @throws IOException when it has none
     */
    Detector loadDetector() throws IOException {
        if (isExported() && detects()) {
            // its own limit of key points is for extracting alone
            return open(1, Runtime.getRuntime().availableProcessors());
        }
        return TrainedModel.loadDetector(path());
    }

    private OnnxExtractor open(int maxKeypoints, int threads) throws IOException {
        return open(OnnxExtractor.Options.of(maxKeypoints).withThreads(threads));
    }

    /** An exported model, ready to use; the caller closes it. */
    OnnxExtractor open(OnnxExtractor.Options options) throws IOException {
        return embedded().isPresent() ? embedded().get().open(options) : OnnxExtractor.load(path(), options);
    }
}
