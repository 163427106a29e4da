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
        Camera camera = posed.camera();
        Image image = ImageReader.readStored(posed.file());
        if (!sameShape(image.width(), image.height(), camera)) {
            ImageSize upright = ImageReader.size(posed.file());
            if (!sameShape(upright.width(), upright.height(), camera)) {
                throw new DatasetException(posed.file(), "", "is " + image.width() + "x" + image.height()
                        + ", its camera " + camera.width() + "x" + camera.height()
                        + ": the intrinsics belong to another version of the photo; use that one");
            }
            image = ImageReader.read(posed.file());
        }
        if (image.width() != camera.width() || image.height() != camera.height()) {
            camera = camera.resizedTo(image.width(), image.height());
        }
        try {
            return new LoadedView(Undistorter.undistort(image, camera), Undistorter.pinhole(camera));
        } catch (IllegalArgumentException e) {
            throw new DatasetException(posed.file(), "", e.getMessage());
        }
    }

    /** Whether one side, scaled as the other, is right within a pixel. */
    private static boolean sameShape(int width, int height, Camera camera) {
        double cross = Math.abs((double) width * camera.height() - (double) height * camera.width());
        return cross <= Math.max(camera.width(), camera.height());
    }
}
