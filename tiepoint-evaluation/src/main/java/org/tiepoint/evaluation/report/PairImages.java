package org.tiepoint.evaluation.report;

import java.util.Base64;
import org.tiepoint.image.Image;
import org.tiepoint.image.ImageResizer;
import org.tiepoint.image.ImageWriter;

/**
 * Two images side by side, small enough to be part of a page, that several pictures on it may share.
 *
 * @param id     unique in the page
 * @param scale  of the small images, the same for both
 * @param width  of both with the gap between them, in small pixels
 * @param height of the higher one
 * @param offset column at which the second image starts
 * @param jpegs  the two, Base64
 * @param sizes  widths and heights of the small images: first, second
 */
public record PairImages(String id, double scale, int width, int height, int offset, String[] jpegs, int[] sizes) {
    private static final int GAP = 8;
    private static final int MAX_WIDTH = 1000;
    private static final int JPEG_QUALITY = 75;

    /** Shrinks both by one factor where they would be wider than 1000 pixels. */
    public static PairImages of(String id, Image first, Image second) {
        double scale = Math.min(1, (double) (MAX_WIDTH - GAP) / (first.width() + second.width()));
        Image left = shrink(first, scale);
        Image right = shrink(second, scale);
        return new PairImages(id, scale, left.width() + GAP + right.width(), Math.max(left.height(), right.height()),
                left.width() + GAP, new String[] {jpeg(left), jpeg(right)},
                new int[] {left.width(), left.height(), right.width(), right.height()});
    }

    /** The images, to be shown by {@code use} elements. */
    String definition() {
        Markup svg = new Markup().open("svg", "xmlns", "http://www.w3.org/2000/svg", "class", "definition", "width",
                "0", "height", "0", "aria-hidden", "true").open("symbol", "id", id, "viewBox", viewBox());
        for (int i = 0; i < 2; i++) {
            svg.shape("image", "x", Integer.toString(i * offset), "width", Integer.toString(sizes[2 * i]), "height",
                    Integer.toString(sizes[2 * i + 1]), "href", "data:image/jpeg;base64," + jpegs[i]);
        }
        return svg.close().close().line().toString();
    }

    String viewBox() {
        return "0 0 " + width + " " + height;
    }

    /** Where a pixel of the first image is. */
    double place(double pixel) {
        return (pixel + 0.5) * scale;
    }

    private static Image shrink(Image image, double scale) {
        return ImageResizer.resize(image, Math.max(1, (int) Math.round(image.width() * scale)),
                Math.max(1, (int) Math.round(image.height() * scale)));
    }

    private static String jpeg(Image image) {
        return Base64.getEncoder().encodeToString(ImageWriter.encodeJpeg(image, JPEG_QUALITY));
    }
}
