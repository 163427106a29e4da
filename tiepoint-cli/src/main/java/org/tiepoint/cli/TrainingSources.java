package org.tiepoint.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.tiepoint.dataset.PosedCollection;
import org.tiepoint.dataset.PosedCollections;
import org.tiepoint.model.CapsGlobalDescriptor;
import org.tiepoint.objective.TrainingData;
import org.tiepoint.objective.photo.Photo;
import org.tiepoint.objective.photo.PhotoFolder;
import org.tiepoint.objective.photo.StoredKeypoints;
import org.tiepoint.recipe.Recipe;
import org.tiepoint.retrieval.GlobalDescriptor;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What a training learns from: the options. */
final class TrainingSources {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--data", paramLabel = "DIR",
            description = PosedDataOption.DESCRIPTION)
    private List<Path> data = List.of();

    @Option(names = "--images", paramLabel = "DIR",
            description = "Photos without poses, in subfolders too, for hndesc. Photos of one subfolder count as one"
                    + " scene. May be given again.")
    private List<Path> images = List.of();

    @Option(names = "--stylised", paramLabel = "DIR",
            description = "For hndesc: copies of the photos in another light, as tiepoint stylise writes them for the"
                    + " folder of --data or --images.")
    private Optional<Path> stylised;

    @Option(names = "--keypoints", paramLabel = "FILE",
            description = "For hndesc: key points of every photo, extracted before: an .h5 file in hloc's layout or a"
                    + " folder of CAPS's .npz files, by the photos' paths below --data or --images (default: detected"
                    + " in each crop).")
    private Optional<Path> keypoints;

    @Option(names = "--similar-by", paramLabel = "MODEL",
            description = "For hndesc with loss.source global: the trained CAPS model that tells which photos look"
                    + " alike (default: the network in training).")
    private Optional<Path> similarBy;

    /**
     * Reads what there is; the caller closes it.
     *
     * @param recipes to train
     */
    TrainingData open(List<Recipe> recipes, Consumer<String> warnings) throws IOException {
        for (Recipe recipe : recipes) {
            if (recipe.needsPoses() && data.isEmpty()) {
                throw new ParameterException(spec.commandLine(), recipe.method()
                        + " learns from posed photos: give a folder of them with --data");
            }
        }
        if (data.isEmpty() && images.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "there is nothing to learn from: give --data or --images");
        }
        List<PosedCollection> scenes = new ArrayList<>();
        List<Photo> photos = new ArrayList<>();
        for (Path folder : data) {
            List<PosedCollection> found = PosedCollections.open(folder, warnings);
            scenes.addAll(found);
            photos.addAll(PhotoFolder.ofScenes(folder, found, stylised));
        }
        for (Path folder : images) {
            photos.addAll(PhotoFolder.list(folder, stylised));
        }
        if (stylised.isPresent() && photos.stream().allMatch(photo -> photo.copy().isEmpty())) {
            throw new IOException(stylised.get() + " has no copy of any photo: make them with tiepoint stylise --images "
                    + (images.isEmpty() ? data : images).get(0) + " --out " + stylised.get());
        }
        Optional<StoredKeypoints> points = keypoints.isPresent()
                ? Optional.of(StoredKeypoints.open(keypoints.get())) : Optional.empty();
        Optional<GlobalDescriptor> similarity = similarBy.isPresent()
                ? Optional.of(CapsGlobalDescriptor.load(similarBy.get())) : Optional.empty();
        return new TrainingData(scenes, photos, points, similarity);
    }
}
