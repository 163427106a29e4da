package org.tiepoint.evaluation.report;

import static org.tiepoint.evaluation.report.Markup.at;

import java.util.Random;
import java.util.stream.IntStream;
import org.tiepoint.estimate.PointPairs;

/**
 * Matches on a pair of images, correct ones and wrong ones in two colours. At most 200 are shown, taken at
 * random with a fixed seed, so that the shares of the two stay about as they are.
 *
 * @param images  the pair
 * @param title   what it shows
 * @param caption numbers below it
 * @param matches positions in pixels of the whole images
 * @param correct one a match; shared, not copied
 */
public record PairPicture(PairImages images, String title, String caption, PointPairs matches, boolean[] correct) {
    private static final int MAX_LINES = 200;

    public PairPicture {
        if (correct.length != matches.count()) {
            throw new IllegalArgumentException(matches.count() + " matches need as many marks, got "
                    + correct.length);
        }
    }

    /** A figure; the images must be defined before it. */
    String html() {
        Markup html = new Markup().open("figure").open("svg", "xmlns", "http://www.w3.org/2000/svg", "viewBox",
                images.viewBox(), "class", "pair", "role", "img", "aria-label", title + ", " + caption);
        html.shape("use", "href", "#" + images.id(), "width", Integer.toString(images.width()), "height",
                Integer.toString(images.height())).line();
        html.shape("path", "class", "wrong", "d", lines(false)).line();
        html.shape("path", "class", "correct", "d", lines(true)).line();
        return html.close().open("figcaption").element("strong", title).text(" " + caption).close().close().line()
                .toString();
    }

    private String lines(boolean which) {
        StringBuilder path = new StringBuilder();
        for (int i : shown()) {
            if (correct[i] == which) {
                path.append('M').append(at(images.place(matches.first()[2 * i]))).append(' ')
                        .append(at(images.place(matches.first()[2 * i + 1])))
                        .append('L').append(at(images.place(matches.second()[2 * i]) + images.offset())).append(' ')
                        .append(at(images.place(matches.second()[2 * i + 1])));
            }
        }
        return path.toString();
    }

    private int[] shown() {
        return correct.length <= MAX_LINES ? IntStream.range(0, correct.length).toArray()
                : new Random(1).ints(0, correct.length).distinct().limit(MAX_LINES).sorted().toArray();
    }
}
