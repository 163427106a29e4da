package org.tiepoint.interop.colmap;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.tiepoint.dataset.DatasetException;
import org.tiepoint.dataset.PosedCollection;
import org.tiepoint.dataset.PosedImage;
import org.tiepoint.geometry.Camera;
import org.tiepoint.geometry.CameraModel;
import org.tiepoint.image.ImageSize;

/** Tells the camera that took an image. */
@FunctionalInterface
public interface CameraSource {
    /** Focal length over the longer side where nothing tells it: COLMAP's. */
    double DEFAULT_FOCAL_LENGTH = 1.2;

    /**
     * The camera of one image.
     *
     * @param name   of the image, relative to its folder
     * @param file   where it lies
     * @param stored the size of the pixels as they lie in the file
     */
    DatabaseCamera camera(String name, Path file, ImageSize stored) throws IOException;

    /**
     * From the photo itself, as COLMAP does: the focal length by EXIF, or 1.2 times the longer side and marked as
     * guessed; the principal point in the middle; no distortion.
     */
    static CameraSource exif(CameraModel model) {
        return (name, file, stored) -> {
            int longest = Math.max(stored.width(), stored.height());
            OptionalDouble known = ExifFocalLength.of(file, longest);
            double focalLength = known.orElse(DEFAULT_FOCAL_LENGTH * longest);
            List<String> names = model.parameterNames();
            double[] parameters = new double[names.size()];
            for (int i = 0; i < parameters.length; i++) {
                parameters[i] = names.get(i).startsWith("f") ? focalLength : names.get(i).equals("cx")
                        ? stored.width() / 2.0 : names.get(i).equals("cy") ? stored.height() / 2.0 : 0;
            }
            return DatabaseCamera.ofColmap(model, stored.width(), stored.height(), parameters, known.isPresent());
        };
    }

    /** The same camera for every image, by its parameters in COLMAP's pixels. */
    static CameraSource given(CameraModel model, double[] colmapParameters) {
        return (name, file, stored) -> DatabaseCamera.ofColmap(model, stored.width(), stored.height(),
                colmapParameters, true);
    }

    /** The cameras of a collection with known poses; images are found by their names. */
    static CameraSource posed(PosedCollection collection) {
        Map<String, Camera> cameras = new HashMap<>();
        for (PosedImage image : collection.images()) {
            cameras.put(image.name(), image.camera());
        }
        return (name, file, stored) -> {
            Camera camera = cameras.get(name);
            if (camera == null) {
                throw new DatasetException(file, "", "collection " + collection.name() + " has no camera for image '"
                        + name + "': it lists images such as '" + collection.images().get(0).name() + "'");
            }
            if (camera.width() != stored.width() || camera.height() != stored.height()) {
                throw new DatasetException(file, "", "is " + stored.width() + "x" + stored.height() + " pixels and its"
                        + " camera in collection " + collection.name() + " " + camera.width() + "x" + camera.height()
                        + ": give the photos that belong to the poses");
            }
            return new DatabaseCamera(camera, true);
        };
    }
}
