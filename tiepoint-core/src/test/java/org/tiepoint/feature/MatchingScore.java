package org.tiepoint.feature;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.tiepoint.image.Image;
import org.tiepoint.image.ImageReader;
import org.tiepoint.match.Matches;
import org.tiepoint.match.MutualNearestNeighborMatcher;
import org.tiepoint.testing.SharedFiles;

/** How well an extractor's features of an image match those of the image shifted. */
public final class MatchingScore {
    private MatchingScore() {}

    /** A photo of 900x600 pixels. */
    public static Image photo() {
        try {
            return ImageReader.read(SharedFiles.data("eval/homography/i_leuven/1.png"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The share of matches within 1 pixel of the truth between two windows of an image, the second shifted. */
    public static double ofShift(Extractor extractor, Image image, int width, int height, int dx, int dy) {
        Features first = extractor.extract(window(image, 0, 0, width, height));
        Features second = extractor.extract(window(image, dx, dy, width, height));
        Matches matches = new MutualNearestNeighborMatcher().match(first, second);
        int right = 0;
        for (int i = 0; i < matches.count(); i++) {
            double x = first.keypoints().x(matches.first(i)) - second.keypoints().x(matches.second(i)) - dx;
            double y = first.keypoints().y(matches.first(i)) - second.keypoints().y(matches.second(i)) - dy;
            right += Math.hypot(x, y) <= 1 ? 1 : 0;
        }
        return matches.count() < 50 ? 0 : (double) right / matches.count();
    }

    private static Image window(Image image, int left, int top, int width, int height) {
        byte[] rgb = new byte[3 * width * height];
        for (int y = 0; y < height; y++) {
            System.arraycopy(image.rgb(), 3 * ((top + y) * image.width() + left), rgb, 3 * y * width, 3 * width);
        }
        return new Image(width, height, rgb);
    }
}
