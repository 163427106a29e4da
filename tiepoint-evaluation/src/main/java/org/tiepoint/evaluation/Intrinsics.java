package org.tiepoint.evaluation;

import java.util.Optional;
import org.tiepoint.geometry.Camera;
import org.tiepoint.image.ImageSize;

/**
 * A pinhole camera's intrinsics in pixels, (0, 0) the centre of the top-left pixel.
 *
 * @param fx   focal length, above 0
 * @param fy   focal length, above 0
 * @param cx   principal point
 * @param cy   principal point
 * @param size of the image that they belong to; empty where that is the image as it lies in its file
 */
public record Intrinsics(double fx, double fy, double cx, double cy, Optional<ImageSize> size) {
    /** Of the image as it lies in its file. */
    public Intrinsics(double fx, double fy, double cx, double cy) {
        this(fx, fy, cx, cy, Optional.empty());
    }

    double[] numbers() {
        return new double[] {fx, fy, cx, cy, size.map(ImageSize::width).orElse(0),
            size.map(ImageSize::height).orElse(0)};
    }

    /** The camera of the image file, scaled where the file has another size than these intrinsics. */
    public Camera camera(ImageSize file) {
        ImageSize own = size.orElse(file);
        double sx = (double) file.width() / own.width();
        double sy = (double) file.height() / own.height();
        return Camera.pinhole(file.width(), file.height(), fx * sx, fy * sy, (cx + 0.5) * sx - 0.5,
                (cy + 0.5) * sy - 0.5);
    }
}
