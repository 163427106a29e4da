package org.tiepoint.localisation;

import java.io.IOException;
import java.nio.file.Path;
import org.tiepoint.dataset.LoadedView;
import org.tiepoint.dataset.PosedImage;
import org.tiepoint.dataset.PosedImageLoader;
import org.tiepoint.geometry.Camera;
import org.tiepoint.geometry.Pose;

/**
 * A photo to localise.
 *
 * @param name   for results
 * @param file   where it lies
 * @param camera of the photo as it lies in the file, lens distortion included
 */
public record Query(String name, Path file, Camera camera) {
    private static final Pose NONE = new Pose(new double[] {1, 0, 0, 0, 1, 0, 0, 0, 1}, new double[3]);

    /**
     * The photo without lens distortion, with its camera.
     *
     * @throws IOException naming the file, when it cannot be read or its shape does not fit the camera's
     */
    public LoadedView load() throws IOException {
        return PosedImageLoader.load(new PosedImage(name, file, camera, NONE));
    }
}
