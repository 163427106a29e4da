package org.tiepoint.interop.colmap;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tiepoint.dataset.DatasetException;
import org.tiepoint.feature.Keypoints;
import org.tiepoint.image.ImageReader;
import org.tiepoint.image.ImageSize;

/**
 * Adds images with their cameras and key points to a database. An image that is there keeps its camera; its key points
 * must be the ones given, since matches name them by their places. Not thread-safe.
 */
public final class ImageEnrolment {
    private final ColmapDatabase database;
    private final CameraSource source;
    private final CameraSharing sharing;
    private final Map<String, DatabaseImage> images = new HashMap<>();
    private final List<Known> cameras = new ArrayList<>();

    /** Which images have one camera. */
    public enum CameraSharing {
        /** Every image has its own, as COLMAP takes photos by default. */
        NONE,
        /** Images whose cameras are equal share one. */
        EQUAL,
        /** All images share the first one's. */
        ALL
    }

    private record Known(int id, DatabaseCamera camera) {}

    /** Enrols images in this database. */
    public ImageEnrolment(ColmapDatabase database, CameraSource source, CameraSharing sharing) throws IOException {
        this.database = database;
        this.source = source;
        this.sharing = sharing;
        for (DatabaseImage image : database.images()) {
            images.put(image.name(), image);
            if (sharing != CameraSharing.NONE && cameras.stream().noneMatch(known -> known.id == image.cameraId())) {
                cameras.add(new Known(image.cameraId(), database.camera(image.cameraId())));
            }
        }
    }

    /**
     * Adds an image, or makes sure that it is there.
     *
     * @param name    relative to the folder of images, with forward slashes
     * @param file    where it lies
     * @param upright its key points as {@link ImageReader#read(Path)} shows the image
     * @return whether anything was added
     * @throws DatasetException when the database has other key points of the image
     */
    public boolean enrol(String name, Path file, Keypoints upright) throws IOException {
        ImageSize stored = storedSize(file);
        Keypoints keypoints = new StoredOrientation(ImageReader.orientation(file), stored).toStored(upright);
        DatabaseImage there = images.get(name);
        if (there == null) {
            add(name, file, stored, keypoints);
            return true;
        }
        if (database.hasKeypoints(there.id(), keypoints)) {
            return false;
        }
        Optional<Keypoints> others = database.keypoints(there.id());
        if (others.isPresent()) {
            throw new DatasetException(database.file(), "image " + name, "has " + others.get().count()
                    + " key points that are not the " + keypoints.count() + " of these features: use the same model and"
                    + " options as before, or another database");
        }
        database.addKeypoints(there.id(), keypoints);
        return true;
    }

    private void add(String name, Path file, ImageSize stored, Keypoints keypoints) throws IOException {
        if (sharing == CameraSharing.NONE) {
            database.addImage(name, source.camera(name, file, stored), keypoints);
            return;
        }
        if (sharing == CameraSharing.ALL && !cameras.isEmpty()) {
            Known shared = cameras.get(0);
            if (shared.camera.camera().width() != stored.width()
                    || shared.camera.camera().height() != stored.height()) {
                throw new DatasetException(file, "", "is " + stored.width() + "x" + stored.height() + " pixels and the"
                        + " camera that all images share " + shared.camera.camera().width() + "x"
                        + shared.camera.camera().height() + ": leave out --single-camera");
            }
            database.addImage(name, shared.id, keypoints);
            return;
        }
        DatabaseCamera camera = source.camera(name, file, stored);
        Optional<Known> equal = cameras.stream().filter(known -> same(known.camera, camera)).findFirst();
        int id = equal.isPresent() ? equal.get().id : database.addCamera(camera);
        if (equal.isEmpty()) {
            cameras.add(new Known(id, camera));
        }
        database.addImage(name, id, keypoints);
    }

    private static boolean same(DatabaseCamera a, DatabaseCamera b) {
        return a.camera().model() == b.camera().model() && a.camera().width() == b.camera().width()
                && a.camera().height() == b.camera().height() && a.priorFocalLength() == b.priorFocalLength()
                && Arrays.equals(a.colmapParameters(), b.colmapParameters());
    }

    private static ImageSize storedSize(Path file) throws IOException {
        ImageSize upright = ImageReader.size(file);
        return StoredOrientation.isTurned(ImageReader.orientation(file))
                ? new ImageSize(upright.height(), upright.width()) : upright;
    }
}
