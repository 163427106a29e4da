package org.tiepoint.stylise;

/**
 * The guided filter (He, Sun and Tang, "Guided Image Filtering", TPAMI 2013): smooths a plane so that it is, around
 * each pixel, a linear function of a guide. Edges of the result lie where those of the guide lie, and nowhere else.
 */
final class GuidedFilter {
    private final Plane guide;
    private final int radius;
    private final Plane mean;
    private final Plane variance;

    /**
     * A filter of one guide.
     *
     * @param radius  of the windows in pixels
     * @param epsilon what variance of the guide counts as none, in squares of the guide's unit
     */
    GuidedFilter(Plane guide, int radius, double epsilon) {
        this.guide = guide;
        this.radius = radius;
        mean = guide.boxMean(radius);
        variance = guide.with(guide, (a, b) -> a * b).boxMean(radius).with(mean,
                (square, m) -> Math.max(0, square - m * m) + epsilon);
    }

    Plane apply(Plane plane) {
        Plane planeMean = plane.boxMean(radius);
        Plane covariance = plane.with(guide, (p, g) -> p * g).boxMean(radius)
                .with(planeMean.with(mean, (p, g) -> p * g), (product, means) -> product - means);
        Plane slope = covariance.with(variance, (c, v) -> c / v);
        Plane offset = planeMean.with(slope.with(mean, (a, m) -> a * m), (p, am) -> p - am);
        return slope.boxMean(radius).with(guide, (a, g) -> a * g).with(offset.boxMean(radius), Double::sum);
    }
}
