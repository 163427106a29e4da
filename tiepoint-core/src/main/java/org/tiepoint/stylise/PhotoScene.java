package org.tiepoint.stylise;

import java.util.ArrayDeque;
import java.util.Deque;
import org.tiepoint.image.Image;

/**
 * What relighting needs to know of a photo, without a network: its light, and where the sky is. Sky is what is smooth,
 * bright, not yellow or red, and connected with the upper edge through such pixels; its outline is drawn sharp by the
 * photo ({@link GuidedFilter}). In photos without sky the plane is 0 all over.
 *
 * @param light the photo
 * @param sky   0 to 1
 * @param far   how far away things may be, 0 to 1: farther up in the picture, and farther where even the darkest
 *              channel is bright (the dark channel prior, He, Sun and Tang, CVPR 2009), 1 in the sky
 */
record PhotoScene(LinearLight light, Plane sky, Plane far) {
    private static final int SIDE = 200;
    /** Differences of neighbours in what is stored (0 to 1) that still count as smooth. */
    private static final double SMOOTH = 0.03;
    private static final double LEAST_BRIGHTNESS = 0.4;
    private static final double LEAST_SHARE = 0.03;
    /** What counts as an edge, in the same unit, and the least share of the sky's outline along edges. */
    private static final double EDGE = 0.08;
    private static final double LEAST_EDGES = 0.75;
    private static final double EPSILON = 0.001;
    private static final int[][] STEPS = {{1, 0}, {-1, 0}, {0, 1}, {0, -1}};

    static PhotoScene of(Image photo) {
        LinearLight light = LinearLight.of(photo);
        Plane stored = light.luminance().map(LinearLight::encode);
        int width = photo.width();
        int height = photo.height();
        double scale = Math.min(1, SIDE / (double) Math.max(width, height));
        int smallWidth = Math.max(1, (int) Math.round(width * scale));
        int smallHeight = Math.max(1, (int) Math.round(height * scale));
        Plane[] small = new Plane[3];
        for (int c = 0; c < 3; c++) {
            small[c] = averaged(light.channel(c), scale).resized(smallWidth, smallHeight).map(LinearLight::encode);
        }
        int radius = Math.max(2, Math.max(width, height) / 24);
        GuidedFilter filter = new GuidedFilter(stored, radius, EPSILON);
        Plane sky = filter.apply(skyOf(small).resized(width, height)).map(PhotoScene::unit);
        Plane dark = small[0].with(small[1], Math::min).with(small[2], Math::min).boxMean(5).resized(width, height);
        Plane raw = Plane.empty(width, height);
        for (int i = 0; i < raw.values().length; i++) {
            double up = 1 - (double) (i / width) / height;
            raw.values()[i] = (float) unit(0.75 * up + 0.35 * dark.values()[i] - 0.1);
        }
        Plane far = filter.apply(raw).map(PhotoScene::unit).with(sky, (f, s) -> f + (1 - f) * s);
        return new PhotoScene(light, sky, far);
    }

    private static Plane averaged(Plane plane, double scale) {
        int radius = (int) (0.5 / scale);
        return radius == 0 ? plane : plane.boxMean(radius);
    }

    private static Plane skyOf(Plane[] rgb) {
        int width = rgb[0].width();
        int height = rgb[0].height();
        Plane sky = Plane.empty(width, height);
        Deque<Integer> front = new ArrayDeque<>();
        for (int x = 0; x < width; x++) {
            visit(x, 0, rgb, sky, front);
        }
        int found = 0;
        while (!front.isEmpty()) {
            int place = front.remove();
            found++;
            for (int[] step : STEPS) {
                visit(place % width + step[0], place / width + step[1], rgb, sky, front);
            }
        }
        if (found < LEAST_SHARE * width * height || !endsAtEdges(rgb[1], sky)) {
            return Plane.empty(width, height);
        }
        return grown(grown(grown(sky, rgb), rgb), rgb);
    }

    private static void visit(int x, int y, Plane[] rgb, Plane sky, Deque<Integer> front) {
        if (inside(x, y, sky) && sky.at(x, y) == 0 && bright(x, y, rgb) && roughness(x, y, rgb[1]) < SMOOTH) {
            sky.values()[y * sky.width() + x] = 1;
            front.add(y * sky.width() + x);
        }
    }

    private static boolean inside(int x, int y, Plane plane) {
        return x >= 0 && y >= 0 && x < plane.width() && y < plane.height();
    }

    private static boolean bright(int x, int y, Plane[] rgb) {
        double red = rgb[0].at(x, y);
        double green = rgb[1].at(x, y);
        double blue = rgb[2].at(x, y);
        return Math.max(green, blue) > LEAST_BRIGHTNESS && blue > red - 0.04 && blue > green - 0.06;
    }

    private static double roughness(int x, int y, Plane plane) {
        double here = plane.at(x, y);
        double right = Math.abs(here - plane.at(Math.min(plane.width() - 1, x + 1), y));
        return Math.max(right, Math.abs(here - plane.at(x, Math.min(plane.height() - 1, y + 1))));
    }

    /** Whether most of the outline runs along edges of the photo: else it is a wall that fades into shadow. */
    private static boolean endsAtEdges(Plane green, Plane sky) {
        int outline = 0;
        int atEdges = 0;
        for (int y = 0; y < sky.height(); y++) {
            for (int x = 0; x < sky.width(); x++) {
                if (sky.at(x, y) == 0 || !hasNeighbour(x, y, sky, 0)) {
                    continue;
                }
                outline++;
                double strongest = 0;
                for (int dy = -2; dy <= 2; dy++) {
                    for (int dx = -2; dx <= 2; dx++) {
                        if (inside(x + dx, y + dy, sky)) {
                            strongest = Math.max(strongest, roughness(x + dx, y + dy, green));
                        }
                    }
                }
                atEdges += strongest > EDGE ? 1 : 0;
            }
        }
        return atEdges >= LEAST_EDGES * outline;
    }

    private static boolean hasNeighbour(int x, int y, Plane plane, float value) {
        for (int[] step : STEPS) {
            if (inside(x + step[0], y + step[1], plane) && plane.at(x + step[0], y + step[1]) == value) {
                return true;
            }
        }
        return false;
    }

    /** The pixels around it too that are as bright: those beside an edge are not smooth. */
    private static Plane grown(Plane sky, Plane[] rgb) {
        Plane result = sky.map(v -> v);
        for (int y = 0; y < sky.height(); y++) {
            for (int x = 0; x < sky.width(); x++) {
                if (sky.at(x, y) == 0 && hasNeighbour(x, y, sky, 1) && bright(x, y, rgb)) {
                    result.values()[y * sky.width() + x] = 1;
                }
            }
        }
        return result;
    }

    private static double unit(double value) {
        return Math.max(0, Math.min(1, value));
    }
}
