package org.tiepoint.evaluation.sweep;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;
import org.tiepoint.image.Image;
import org.tiepoint.image.Mats;

/**
 * Blurs a photo by a Gaussian of 4 sigma to each side, on the stored values. Beyond the border the photo is mirrored,
 * so that no edge appears there.
 */
final class Blur {
    private Blur() {}

    /** @param sigma in pixels, at least 0; 0 changes nothing */
    static Image of(Image photo, double sigma) {
        if (sigma == 0) {
            return photo;
        }
        int size = 2 * (int) Math.ceil(4 * sigma) + 1;
        try (PointerScope scope = new PointerScope()) {
            Mat blurred = new Mat();
            opencv_imgproc.GaussianBlur(Mats.rgb(photo), blurred, new Size(size, size), sigma, sigma,
                    opencv_core.BORDER_REFLECT_101, opencv_core.ALGO_HINT_ACCURATE);
            return Mats.image(blurred);
        }
    }
}
