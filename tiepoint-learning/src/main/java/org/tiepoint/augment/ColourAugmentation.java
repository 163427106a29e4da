package org.tiepoint.augment;

import java.util.SplittableRandom;
import java.util.function.BiFunction;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.MatVector;
import org.bytedeco.opencv.opencv_core.Size;
import org.bytedeco.opencv.opencv_imgproc.CLAHE;
import org.tiepoint.image.Image;
import org.tiepoint.image.Mats;

/**
 * HNDesc's disturbance of colours (the list of its released code, for the albumentations library): at most one change
 * of colour, then perhaps a blur, then perhaps noise. Among the changes of colour each is drawn in proportion to its
 * weight there: brightness and contrast 0.7, hue and saturation 0.7, histogram equalisation in tiles (CLAHE, of the
 * lightness, 8x8 tiles, clip limit 1 to 4) 0.5, grey 0.5, exchange of channels 0.1. The blur is a Gaussian or a box of
 * 3 to 7 pixels; the noise is Gaussian with a variance of 10 to 50 in each channel, or of a deviation of 2.55 to 12.75
 * grey levels, equal in all three.
 *
 * <p>The hue is turned by degrees; albumentations counts 180 to the full turn, so the same number there is twice the
 * angle. Safe for use by several threads.
 *
 * @param brightness       added, drawn from [-brightness, brightness] of the whole range; 0 to 1; 0.3 in HNDesc
 * @param contrast         factor drawn from [1 - contrast, 1 + contrast]; 0 to 1; 0.2
 * @param hueDegrees       turned by [-hueDegrees, hueDegrees]; 0 to 180; 10
 * @param saturation       added, drawn from [-saturation, saturation] of 255; 0 to 255; 30
 * @param colourShare      of pictures whose colours change, 0 to 1; 0.6
 * @param blurShare        of pictures that are blurred, 0 to 1; 0.3
 * @param noiseShare       of pictures that get noise, 0 to 1; 0.1
 */
public record ColourAugmentation(double brightness, double contrast, double hueDegrees, double saturation,
        double colourShare, double blurShare, double noiseShare) {
    private static final double[] WEIGHTS = {0.7, 0.7, 0.5, 0.5, 0.1};
    private static final int[][] PERMUTATIONS = {{0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};

    /** A new grey level for the place in the array and the level there. */
    @FunctionalInterface
    private interface LevelChange {
        double apply(int place, int level);
    }

    public ColourAugmentation {
        requireRange("brightness", brightness, 1);
        requireRange("contrast", contrast, 1);
        requireRange("hueDegrees", hueDegrees, 180);
        requireRange("saturation", saturation, 255);
        requireRange("colourShare", colourShare, 1);
        requireRange("blurShare", blurShare, 1);
        requireRange("noiseShare", noiseShare, 1);
    }

    /** HNDesc's. */
    public static ColourAugmentation defaults() {
        return new ColourAugmentation(0.3, 0.2, 10, 30, 0.6, 0.3, 0.1);
    }

    /** Leaves every picture as it is. */
    public static ColourAugmentation none() {
        return new ColourAugmentation(0, 0, 0, 0, 0, 0, 0);
    }

    /** A disturbed copy; the draw follows from the generator's state. */
    public Image apply(Image image, SplittableRandom random) {
        Image result = image;
        if (random.nextDouble() < colourShare) {
            result = change(result, random);
        }
        if (random.nextDouble() < blurShare) {
            result = random.nextBoolean() ? blurGaussian(result, random) : blurBox(result, random);
        }
        if (random.nextDouble() < noiseShare) {
            result = random.nextBoolean() ? addColourNoise(result, random) : addGreyNoise(result, random);
        }
        return result;
    }

    private Image change(Image image, SplittableRandom random) {
        double draw = random.nextDouble() * (WEIGHTS[0] + WEIGHTS[1] + WEIGHTS[2] + WEIGHTS[3] + WEIGHTS[4]);
        int which = 0;
        while (which < WEIGHTS.length - 1 && draw >= WEIGHTS[which]) {
            draw -= WEIGHTS[which++];
        }
        return switch (which) {
            case 0 -> stretch(image, random);
            case 1 -> tint(image, random);
            case 2 -> equalise(image, random);
            case 3 -> grey(image);
            default -> exchange(image, random);
        };
    }

    /** Contrast about black and brightness, as albumentations does it. */
    Image stretch(Image image, SplittableRandom random) {
        double factor = 1 + symmetric(contrast, random);
        double shift = 255 * symmetric(brightness, random);
        return map(image, (i, level) -> level * factor + shift);
    }

    /** Hue and saturation, in HSV of 8 bits. */
    Image tint(Image image, SplittableRandom random) {
        int turn = (int) Math.round(symmetric(hueDegrees, random) / 360 * 256);
        int shift = (int) Math.round(symmetric(saturation, random));
        try (PointerScope scope = new PointerScope()) {
            Mat hsv = new Mat();
            opencv_imgproc.cvtColor(Mats.rgb(image), hsv, opencv_imgproc.COLOR_RGB2HSV_FULL);
            Image changed = map(Mats.image(hsv), (i, level) -> switch (i % 3) {
                case 0 -> level + turn & 0xff;
                case 1 -> level == 0 ? 0 : level + shift;
                default -> level;
            });
            Mat rgb = new Mat();
            opencv_imgproc.cvtColor(Mats.rgb(changed), rgb, opencv_imgproc.COLOR_HSV2RGB_FULL);
            return Mats.image(rgb);
        }
    }

    /** Local equalisation of the lightness. */
    static Image equalise(Image image, SplittableRandom random) {
        double limit = 1 + 3 * random.nextDouble();
        try (PointerScope scope = new PointerScope()) {
            Mat lab = new Mat();
            opencv_imgproc.cvtColor(Mats.rgb(image), lab, opencv_imgproc.COLOR_RGB2Lab);
            MatVector channels = new MatVector();
            opencv_core.split(lab, channels);
            CLAHE clahe = opencv_imgproc.createCLAHE(limit, new Size(8, 8));
            Mat lightness = new Mat();
            clahe.apply(channels.get(0), lightness);
            opencv_core.merge(new MatVector(lightness, channels.get(1), channels.get(2)), lab);
            Mat rgb = new Mat();
            opencv_imgproc.cvtColor(lab, rgb, opencv_imgproc.COLOR_Lab2RGB);
            return Mats.image(rgb);
        }
    }

    static Image grey(Image image) {
        byte[] rgb = image.rgb();
        return map(image, (i, level) -> {
            int first = i - i % 3;
            return 0.299 * (rgb[first] & 0xff) + 0.587 * (rgb[first + 1] & 0xff) + 0.114 * (rgb[first + 2] & 0xff);
        });
    }

    /** Channels in another order. */
    static Image exchange(Image image, SplittableRandom random) {
        int[] order = PERMUTATIONS[random.nextInt(PERMUTATIONS.length)];
        byte[] rgb = image.rgb();
        return map(image, (i, level) -> rgb[i - i % 3 + order[i % 3]] & 0xff);
    }

    private static Image blurGaussian(Image image, SplittableRandom random) {
        int size = 3 + 2 * random.nextInt(3);
        return filter(image, (from, to) -> {
            opencv_imgproc.GaussianBlur(from, to, new Size(size, size), 0);
            return to;
        });
    }

    private static Image blurBox(Image image, SplittableRandom random) {
        int size = 3 + random.nextInt(5);
        return filter(image, (from, to) -> {
            opencv_imgproc.blur(from, to, new Size(size, size));
            return to;
        });
    }

    private static Image addColourNoise(Image image, SplittableRandom random) {
        double deviation = Math.sqrt(10 + 40 * random.nextDouble());
        return map(image, (i, level) -> level + deviation * gaussian(random));
    }

    private static Image addGreyNoise(Image image, SplittableRandom random) {
        double deviation = 2.55 + 10.2 * random.nextDouble();
        double[] noise = new double[1];
        return map(image, (i, level) -> {
            noise[0] = i % 3 == 0 ? deviation * gaussian(random) : noise[0];
            return level + noise[0];
        });
    }

    private static Image filter(Image image, BiFunction<Mat, Mat, Mat> filter) {
        try (PointerScope scope = new PointerScope()) {
            return Mats.image(filter.apply(Mats.rgb(image), new Mat()));
        }
    }

    /** Each level (0 to 255) by its place in the array, rounded and clamped. */
    private static Image map(Image image, LevelChange change) {
        byte[] rgb = new byte[image.rgb().length];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) Math.max(0, Math.min(255, Math.round(change.apply(i, image.rgb()[i] & 0xff))));
        }
        return new Image(image.width(), image.height(), rgb);
    }

    /** By Box and Muller, the same on every Java version. */
    private static double gaussian(SplittableRandom random) {
        return Math.sqrt(-2 * Math.log(1 - random.nextDouble())) * Math.cos(2 * Math.PI * random.nextDouble());
    }

    private static double symmetric(double range, SplittableRandom random) {
        return range * (2 * random.nextDouble() - 1);
    }

    private static void requireRange(String name, double value, int most) {
        if (!(value >= 0 && value <= most)) {
            throw new IllegalArgumentException(name + " is " + value + ": it must be 0 to " + most);
        }
    }
}
