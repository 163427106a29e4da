package org.tiepoint.augment;

import java.util.Arrays;
import org.tiepoint.feature.Detector;
import org.tiepoint.feature.Keypoints;
import org.tiepoint.image.Image;

/** Where the key points of a crop come from. Implementations are safe for use by several threads. */
@FunctionalInterface
public interface KeypointSource {
    /**
     * Key points of a crop, best first; those outside it do not count.
     *
     * @param crop      the picture, undisturbed
     * @param fromPhoto pixels of the whole photo to pixels of the crop, a homography, row-major 3x3
     * @param most      how many are of use
     * @return n x 2, row-major: pixels of the crop
     */
    float[] find(Image crop, double[] fromPhoto, int most);

    /** Detects in each crop. */
    static KeypointSource detecting(Detector detector) {
        return (crop, fromPhoto, most) -> detector.detect(crop, most).xy();
    }

    /** Takes the key points that the whole photo has, as HNDesc does; best first. */
    static KeypointSource given(Keypoints ofPhoto) {
        float[] xy = ofPhoto.xy();
        return (crop, fromPhoto, most) -> {
            float[] found = new float[xy.length];
            int count = 0;
            for (int i = 0; i < xy.length && count < 2 * most; i += 2) {
                double[] moved = Points.transfer(xy[i], xy[i + 1], fromPhoto);
                if (Points.inside(moved, crop.width(), crop.height(), 0)) {
                    found[count++] = (float) moved[0];
                    found[count++] = (float) moved[1];
                }
            }
            return Arrays.copyOf(found, count);
        };
    }
}
