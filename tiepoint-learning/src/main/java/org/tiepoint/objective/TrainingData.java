package org.tiepoint.objective;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.tiepoint.dataset.PosedCollection;
import org.tiepoint.objective.photo.Photo;
import org.tiepoint.objective.photo.PhotoFolder;
import org.tiepoint.objective.photo.StoredKeypoints;
import org.tiepoint.retrieval.GlobalDescriptor;

/**
 * What there is to learn from. Methods take what they need. Closes the key points and the global descriptor in the end.
 *
 * @param scenes     posed photos
 * @param photos     photos to learn from one by one, those of the scenes among them
 * @param keypoints  of the photos; empty where they are detected
 * @param similarity tells which photos look alike; empty where the network in training tells
 */
public record TrainingData(List<PosedCollection> scenes, List<Photo> photos, Optional<StoredKeypoints> keypoints,
        Optional<GlobalDescriptor> similarity) implements AutoCloseable {
    public TrainingData {
        scenes = List.copyOf(scenes);
        photos = List.copyOf(photos);
    }

    /**
     * Posed photos, each of which can be learned from by itself, too.
     *
     * @param folder that the scenes were found in
     */
    public static TrainingData ofScenes(Path folder, List<PosedCollection> scenes) {
        return new TrainingData(scenes, PhotoFolder.ofScenes(folder, scenes, Optional.empty()), Optional.empty(),
                Optional.empty());
    }

    @Override
    public void close() {
        keypoints.ifPresent(StoredKeypoints::close);
        similarity.ifPresent(GlobalDescriptor::close);
    }
}
