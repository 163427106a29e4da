package org.tiepoint.augment;

import static org.bytedeco.opencv.global.opencv_core.CV_64F;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;
import org.tiepoint.geometry.Matrices;
import org.tiepoint.image.Image;
import org.tiepoint.image.ImageResizer;
import org.tiepoint.image.Mats;

/**
 * Makes HNDesc's training samples (Melekhov et al., "Digging Into Self-Supervised Learning of Feature Descriptors", 3DV
 * 2021): two crops of one photo under random homographies around a shared centre, the second from a stylised copy where
 * one is there and drawn, with key points that the homography takes from one to the other, colours disturbed in each.
 * Crops of little contrast or without a common key point are drawn again. Follows from the seed; safe for use by
 * several threads.
 *
 * <p>Departures from the released code: where every draw fails, the one with the most common key points is kept, where
 * the code invents a grid of points and calls two different crops the same; photos smaller than the largest crop are
 * enlarged until it fits, where the code draws centres outside; of several points in one pixel (SIFT's orientations)
 * the first counts, because the others are no negatives of it; points at the border of a crop's photo part (black
 * beyond it) do not count.
 */
public final class CropPairMaker {
    /** Corners of the black part attract detectors: points so near to the photo's border do not count. */
    private static final double BORDER = 2;

    /**
     * How crops are drawn.
     *
     * @param homography        of each crop
     * @param keypoints         a pair, at most; 200 in HNDesc
     * @param centreShift       of the second crop's centre along x and y, each to a random side, as a share of the
     *                          crop's side, 0 to 0.5; 0.1
     * @param leastDeviation    of the first crop's grey levels, 0 to 255: crops below are drawn again; 20
     * @param tries             at least 1; 10
     * @param stylisedShare     of pairs whose second crop comes from a stylised copy, 0 to 1; 0.7
     * @param colour            how colours are disturbed
     */
    public record Options(HomographyDraw homography, int keypoints, double centreShift, double leastDeviation,
            int tries, double stylisedShare, ColourAugmentation colour) {
        public Options {
            requireAtLeastOne("keypoints", keypoints);
            requireAtLeastOne("tries", tries);
            requireRange("centreShift", centreShift, 0.5);
            requireRange("leastDeviation", leastDeviation, 255);
            requireRange("stylisedShare", stylisedShare, 1);
        }

        /** HNDesc's. */
        public static Options defaults() {
            return new Options(HomographyDraw.defaults(), 200, 0.1, 20, 10, 0.7, ColourAugmentation.defaults());
        }

        private static void requireAtLeastOne(String name, int value) {
            if (value < 1) {
                throw new IllegalArgumentException(name + " is " + value + ": it must be at least 1");
            }
        }

        private static void requireRange(String name, double value, double most) {
            if (!(value >= 0 && value <= most)) {
                throw new IllegalArgumentException(name + " is " + value + ": it must be 0 to " + most);
            }
        }
    }

    private final Options options;

    /** Makes pairs by these options. */
    public CropPairMaker(Options options) {
        this.options = options;
    }

    public Options options() {
        return options;
    }

    /**
     * A training pair. It may have no key points where the photo shows none.
     *
     * @param photo  of any size
     * @param copy   the photo in another light
     * @param source of the key points
     * @param seed   of every draw
     * @throws IOException when the stylised copy cannot be read
     */
    public CropPair make(Image photo, StylisedCopy copy, KeypointSource source, long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        Frame frame = Frame.of(photo, options.homography());
        Image other = frame.image();
        boolean stylised = false;
        if (random.nextDouble() < options.stylisedShare()) {
            Image read = copy.read().orElse(photo);
            stylised = read != photo;
            other = ImageResizer.resize(read, frame.image().width(), frame.image().height());
        }
        Draw best = draw(frame, source, random);
        for (int i = 1; i < options.tries() && !accepts(best); i++) {
            Draw next = draw(frame, source, random);
            if (accepts(next) || next.points().length > best.points().length) {
                best = next;
            }
        }
        Image second = warp(other, best.second(), options.homography().side());
        double[] homography = Matrices.multiply(best.second().matrix(), Matrices.inverse(best.first().matrix()));
        float[] secondPoints = Points.transfer(best.points(), homography);
        return new CropPair(new Crop(options.colour().apply(best.image(), random), best.points()),
                new Crop(options.colour().apply(second, random), secondPoints), homography, stylised);
    }

    /**
     * A crop of a photo that looks like another one, for negatives: the best of five around a key point, without a
     * homography, colours disturbed.
     *
     * @param photo  of any size
     * @param source of the key points
     * @param seed   of every draw
     */
    public Crop negative(Image photo, KeypointSource source, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Frame frame = Frame.of(photo, options.homography());
        float[] points = source.find(frame.image(), frame.toFrame(), 10 * options.keypoints());
        int side = options.homography().side();
        Crop best = new Crop(frame.image(), new float[0]);
        double[] bestMove = move(0, 0);
        for (int i = 0; i < 5 && points.length > 0; i++) {
            int point = random.nextInt(points.length / 2);
            double[] move = move(start(points[2 * point], side, frame.image().width()),
                    start(points[2 * point + 1], side, frame.image().height()));
            float[] inside = Points.select(Points.transfer(points, move), side, options.keypoints());
            if (inside.length > best.points().length) {
                best = new Crop(frame.image(), inside);
                bestMove = move;
            }
        }
        Image crop = warp(frame.image(), new HomographyDraw.Drawn(bestMove, 1), side);
        return new Crop(options.colour().apply(crop, random), best.points());
    }

    private boolean accepts(Draw draw) {
        return draw.points().length > 0 && draw.deviation() >= options.leastDeviation();
    }

    private Draw draw(Frame frame, KeypointSource source, SplittableRandom random) {
        HomographyDraw homography = options.homography();
        int side = homography.side();
        double radius = homography.radius();
        double x = radius + random.nextDouble() * (frame.image().width() - 1 - 2 * radius);
        double y = radius + random.nextDouble() * (frame.image().height() - 1 - 2 * radius);
        double shift = options.centreShift() * side;
        double room = Math.min(Math.min(x, frame.image().width() - 1 - x), Math.min(y, frame.image().height() - 1 - y))
                / radius;
        HomographyDraw.Drawn first = homography.draw(x, y, room, random);
        HomographyDraw.Drawn second = homography.draw(x + (random.nextBoolean() ? shift : -shift),
                y + (random.nextBoolean() ? shift : -shift), room, random);
        Image image = warp(frame.image(), first, side);
        double deviation = deviation(image);
        if (deviation < options.leastDeviation()) {
            return new Draw(first, second, image, deviation, new float[0]);
        }
        float[] found = source.find(image, Matrices.multiply(first.matrix(), frame.toFrame()), 2 * options.keypoints());
        double[] toPhoto = Matrices.inverse(first.matrix());
        double[] toSecond = Matrices.multiply(second.matrix(), toPhoto);
        float[] points = new float[found.length];
        Set<Integer> pixels = new HashSet<>();
        int count = 0;
        for (int i = 0; i < found.length && count < 2 * options.keypoints(); i += 2) {
            if (Points.inside(found[i], found[i + 1], side, side, 0)
                    && Points.inside(Points.transfer(found[i], found[i + 1], toSecond), side, side, 0)
                    && Points.inside(Points.transfer(found[i], found[i + 1], toPhoto), frame.image().width(),
                            frame.image().height(), BORDER)
                    && pixels.add(Math.round(found[i + 1]) * side + Math.round(found[i]))) {
                points[count++] = found[i];
                points[count++] = found[i + 1];
            }
        }
        return new Draw(first, second, image, deviation, Arrays.copyOf(points, count));
    }

    /** Grey levels' standard deviation, of the mean of the channels. */
    private static double deviation(Image image) {
        byte[] rgb = image.rgb();
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < rgb.length; i += 3) {
            double grey = ((rgb[i] & 0xff) + (rgb[i + 1] & 0xff) + (rgb[i + 2] & 0xff)) / 3.0;
            sum += grey;
            squares += grey * grey;
        }
        int n = rgb.length / 3;
        return Math.sqrt(Math.max(0, squares / n - sum / n * (sum / n)));
    }

    private static Image warp(Image image, HomographyDraw.Drawn homography, int side) {
        try (PointerScope scope = new PointerScope()) {
            Mat result = new Mat();
            Mat matrix = new Mat(3, 3, CV_64F);
            new DoublePointer(matrix.data()).put(homography.matrix(), 0, 9);
            Mat photo = Mats.rgb(image);
            if (homography.scale() > 1) {
                // what is finer than the crop's pixels would come out as patterns of its own
                Mat smooth = new Mat();
                opencv_imgproc.GaussianBlur(photo, smooth, new Size(0, 0),
                        0.5 * Math.sqrt(homography.scale() * homography.scale() - 1));
                photo = smooth;
            }
            opencv_imgproc.warpPerspective(photo, result, matrix, new Size(side, side));
            return Mats.image(result);
        }
    }

    private static int start(double centre, int side, int length) {
        return (int) Math.max(0, Math.min(length - side, Math.round(centre) - side / 2));
    }

    private static double[] move(int left, int top) {
        return new double[] {1, 0, -left, 0, 1, -top, 0, 0, 1};
    }

    /** A drawn pair of homographies, with the first crop and the key points in it that both show. */
    private record Draw(HomographyDraw.Drawn first, HomographyDraw.Drawn second, Image image, double deviation,
            float[] points) {}

    /** The photo, large enough for every crop, and the way from the original's pixels to its own, row-major 3x3. */
    private record Frame(Image image, double[] toFrame) {
        static Frame of(Image photo, HomographyDraw homography) {
            double least = 2 * homography.radius() + 1;
            double scale = Math.max(1, least / Math.min(photo.width(), photo.height()));
            int width = (int) Math.ceil(photo.width() * scale);
            int height = (int) Math.ceil(photo.height() * scale);
            double scaleX = (double) width / photo.width();
            double scaleY = (double) height / photo.height();
            return new Frame(ImageResizer.resize(photo, width, height),
                    new double[] {scaleX, 0, (scaleX - 1) / 2, 0, scaleY, (scaleY - 1) / 2, 0, 0, 1});
        }
    }
}
