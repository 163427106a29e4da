package org.tiepoint.dataset;

import java.io.IOException;
import org.tiepoint.geometry.Camera;
import org.tiepoint.geometry.Undistorter;
import org.tiepoint.image.Image;
import org.tiepoint.image.ImageReader;
import org.tiepoint.image.ImageSize;

/**
 * Reads the photo of a {@link PosedImage} and takes the lens distortion out. The pixels are taken as they lie in the
 * file, since that is what structure from motion saw; only where their shape does not fit the camera and that of the
 * upright image (EXIF orientation applied) does, the latter. A photo of another size than its camera but of the same
 * shape, within a pixel of rounding, rescales the camera. Safe for use by several threads.
 */
public final class PosedImageLoader {
    private PosedImageLoader() {}

    /**
     * The undistorted photo with its pinhole camera.
     *
     * @throws IOException naming the file, when it cannot be read or its shape does not fit the camera's
     */
    public static LoadedView load(PosedImage posed) throws IOException {
        Image image = ImageReader.readStored(posed.file());
        if (!sameShape(image.width(), image.height(), posed.camera())) {
            image = ImageReader.read(posed.file());
        }
        Camera camera = fitted(posed, new ImageSize(image.width(), image.height()));
        try {
            return new LoadedView(Undistorter.undistort(image, camera), Undistorter.pinhole(camera));
        } catch (IllegalArgumentException e) {
            throw new DatasetException(posed.file(), "", e.getMessage());
        }
    }

    /** The camera that {@link #load} gives, from the file's header alone. */
    public static Camera camera(PosedImage posed) throws IOException {
        ImageSize size = ImageFiles.size(posed.file());
        if (!sameShape(size.width(), size.height(), posed.camera())) {
            size = ImageReader.size(posed.file());
        }
        try {
            return Undistorter.pinhole(fitted(posed, size));
        } catch (IllegalArgumentException e) {
            throw new DatasetException(posed.file(), "", e.getMessage());
        }
    }

    private static Camera fitted(PosedImage posed, ImageSize size) throws DatasetException {
        Camera camera = posed.camera();
        if (!sameShape(size.width(), size.height(), camera)) {
            throw new DatasetException(posed.file(), "", "is " + size.width() + "x" + size.height()
                    + ", its camera " + camera.width() + "x" + camera.height()
                    + ": the intrinsics belong to another version of the photo; use that one");
        }
        boolean same = size.width() == camera.width() && size.height() == camera.height();
        return same ? camera : camera.resizedTo(size.width(), size.height());
    }

    /** Whether one side, scaled as the other, is right within a pixel. */
    private static boolean sameShape(int width, int height, Camera camera) {
        double cross = Math.abs((double) width * camera.height() - (double) height * camera.width());
        return cross <= Math.max(camera.width(), camera.height());
    }
}
