package org.tiepoint.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.tiepoint.checkpoint.CheckpointException;
import org.tiepoint.checkpoint.TrainingCheckpoint;
import org.tiepoint.feature.Describer;
import org.tiepoint.feature.Detector;
import org.tiepoint.feature.TrainedFeatures;
import org.tiepoint.objective.StoredNames;
import org.tiepoint.onnx.OnnxExtractor;
import org.tiepoint.train.TrainingFolder;

/** Loads a trained network of whatever method. */
public final class TrainedModel {
    private TrainedModel() {}

    /**
     * A describer with the model's weights; {@link TrainedFeatures} may detect, too.
     *
     * @param fileOrFolder a checkpoint of {@code tiepoint train} or its folder, what {@code tiepoint export} wrote
     *                     ({@code .onnx}, run without libtorch), or what the authors of CAPS ({@code .pth}) or SCFeat
     *                     (a folder with {@code backbone.pth}) released
     * @param maxKeypoints of a model that extracts, at least 1
     * @throws IOException when there is no such model
     */
    public static Describer load(Path fileOrFolder, int maxKeypoints) throws IOException {
        if (OnnxExtractor.isExported(fileOrFolder)) {
            return OnnxExtractor.load(fileOrFolder, OnnxExtractor.Options.of(maxKeypoints));
        }
        boolean released = Files.exists(fileOrFolder.resolve(ScfeatModel.RELEASED_DESCRIPTOR));
        if (!released && holds(fileOrFolder, PatchDescriber.PREFIX)) {
            return PatchDescriber.load(fileOrFolder);
        }
        if (isCompact(fileOrFolder)) {
            return CompactModel.load(fileOrFolder, OnnxExtractor.Options.of(maxKeypoints));
        }
        return released || holds(fileOrFolder, StoredNames.DESCRIPTOR)
                ? ScfeatExtractor.load(fileOrFolder, ScfeatExtractor.Options.of(maxKeypoints))
                : CapsDescriber.load(fileOrFolder);
    }

    /**
     * The detector of a trained model, to describe its key points by another method; the caller closes it.
     *
     * @param fileOrFolder as in {@link #load}
     * @throws CheckpointException when the model has no detector
     * @throws IOException         when there is no such model
     */
    public static Detector loadDetector(Path fileOrFolder) throws IOException {
        if (!Files.exists(fileOrFolder)) {
            throw new CheckpointException(fileOrFolder, "", "no such file or folder: check the path");
        }
        if (!detects(fileOrFolder)) {
            throw new CheckpointException(fileOrFolder, "", "this model has no detector: name one that a detector's"
                    + " recipe trained, such as scfeat-detector-small");
        }
        // its own limit of key points is for extracting alone
        if (OnnxExtractor.isExported(fileOrFolder)) {
            return OnnxExtractor.load(fileOrFolder, OnnxExtractor.Options.of(1));
        }
        return isCompact(fileOrFolder) ? CompactModel.load(fileOrFolder, OnnxExtractor.Options.of(1))
                : ScfeatExtractor.load(fileOrFolder, ScfeatExtractor.Options.of(1));
    }

    /**
     * Whether the model finds key points, too.
     *
     * @throws IOException when there is no such model
     */
    public static boolean detects(Path fileOrFolder) throws IOException {
        if (OnnxExtractor.isExported(fileOrFolder)) {
            return OnnxExtractor.card(fileOrFolder).detects();
        }
        return Files.exists(fileOrFolder.resolve(ScfeatModel.RELEASED_DESCRIPTOR))
                ? Files.exists(fileOrFolder.resolve(ScfeatModel.RELEASED_DETECTOR))
                : holds(fileOrFolder, StoredNames.DETECTOR) || isCompact(fileOrFolder);
    }

    /** Whether the network is a {@link org.tiepoint.network.PatchNet}. */
    static boolean isPatch(TrainingCheckpoint checkpoint) {
        return holds(checkpoint, PatchDescriber.PREFIX);
    }

    /** Whether the network is SCFeat's, PoSFeat's or HNDesc's, which on one of their backbones is loaded alike. */
    static boolean isScfeat(TrainingCheckpoint checkpoint) {
        return holds(checkpoint, StoredNames.DESCRIPTOR);
    }

    /** Whether the network is a {@link org.tiepoint.network.CompactNet}. */
    static boolean isCompact(TrainingCheckpoint checkpoint) {
        return holds(checkpoint, CompactModel.PREFIX);
    }

    private static boolean isCompact(Path fileOrFolder) throws IOException {
        return !Files.exists(fileOrFolder.resolve(ScfeatModel.RELEASED_DESCRIPTOR))
                && holds(fileOrFolder, CompactModel.PREFIX);
    }

    /** Whether the names of some tensors of a checkpoint of ours begin with that. */
    private static boolean holds(Path fileOrFolder, String prefix) throws IOException {
        Path file = TrainingFolder.model(fileOrFolder);
        return file.toString().toLowerCase(Locale.ROOT).endsWith(".safetensors")
                && holds(TrainingCheckpoint.read(file), prefix);
    }

    private static boolean holds(TrainingCheckpoint checkpoint, String prefix) {
        return checkpoint.model().keySet().stream().anyMatch(name -> name.startsWith(prefix));
    }
}
