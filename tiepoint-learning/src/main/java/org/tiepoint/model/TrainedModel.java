package org.tiepoint.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.tiepoint.checkpoint.TrainingCheckpoint;
import org.tiepoint.feature.Describer;
import org.tiepoint.objective.scfeat.StoredNames;
import org.tiepoint.train.TrainingFolder;

/** Loads a trained network of whatever method. */
public final class TrainedModel {
    private TrainedModel() {}

    /**
     * A describer with the model's weights; a {@link ScfeatExtractor} may detect, too.
     *
     * @param fileOrFolder a checkpoint of {@code tiepoint train} or its folder, or what the authors of CAPS
     *                     ({@code .pth}) or SCFeat (a folder with {@code backbone.pth}) released
     * @param maxKeypoints of a model that extracts, at least 1
     * @throws IOException when there is no such model
     */
    public static Describer load(Path fileOrFolder, int maxKeypoints) throws IOException {
        return isScfeat(fileOrFolder) ? ScfeatExtractor.load(fileOrFolder, ScfeatExtractor.Options.of(maxKeypoints))
                : CapsDescriber.load(fileOrFolder);
    }

    /**
     * Whether the model finds key points, too.
     *
     * @throws IOException when there is no such model
     */
    public static boolean detects(Path fileOrFolder) throws IOException {
        return Files.exists(fileOrFolder.resolve(ScfeatModel.RELEASED_DETECTOR))
                || holds(fileOrFolder, StoredNames.DETECTOR);
    }

    /** Whether the model is SCFeat's or PoSFeat's. */
    private static boolean isScfeat(Path fileOrFolder) throws IOException {
        return Files.exists(fileOrFolder.resolve(ScfeatModel.RELEASED_DESCRIPTOR))
                || holds(fileOrFolder, StoredNames.DESCRIPTOR);
    }

    /** Whether the names of some tensors of a checkpoint of ours begin with that. */
    private static boolean holds(Path fileOrFolder, String prefix) throws IOException {
        Path file = TrainingFolder.model(fileOrFolder);
        return file.toString().toLowerCase(Locale.ROOT).endsWith(".safetensors")
                && TrainingCheckpoint.read(file).model().keySet().stream().anyMatch(name -> name.startsWith(prefix));
    }
}
