package org.tiepoint.stylise;

import java.util.function.DoubleUnaryOperator;
import org.ejml.simple.SimpleEVD;
import org.ejml.simple.SimpleMatrix;
import org.tiepoint.image.Image;
import org.tiepoint.image.ImageResizer;

/**
 * Mean and covariance of a photo's colours in {@link RudermanSpace}.
 *
 * @param mean       3 numbers
 * @param covariance 3x3
 */
record ColourStatistics(double[] mean, SimpleMatrix covariance) {
    private static final int SIDE = 256;
    /** Added to each variance: a photo of one colour has some too. */
    private static final double LEAST_VARIANCE = 1e-4;

    static ColourStatistics of(Image image) {
        double scale = Math.min(1, SIDE / (double) Math.max(image.width(), image.height()));
        Image small = ImageResizer.resize(image, Math.max(1, (int) Math.round(image.width() * scale)),
                Math.max(1, (int) Math.round(image.height() * scale)));
        return of(RudermanSpace.of(LinearLight.of(small)));
    }

    static ColourStatistics of(Plane[] planes) {
        double[] mean = {planes[0].mean(), planes[1].mean(), planes[2].mean()};
        SimpleMatrix covariance = new SimpleMatrix(3, 3);
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                double product = planes[i].with(planes[j], (a, b) -> a * b).mean() - mean[i] * mean[j];
                covariance.set(i, j, product + (i == j ? LEAST_VARIANCE : 0));
            }
        }
        return new ColourStatistics(mean, covariance);
    }

    /**
     * The linear map of least total displacement that takes these statistics to others (Monge and Kantorovich's
     * transport between normal distributions; Pitie and Kokaram, "The linear Monge-Kantorovitch linear colour mapping
     * for example-based colour transfer", CVMP 2007): A^-1/2 (A^1/2 B A^1/2)^1/2 A^-1/2.
     *
     * @param mostGain no direction of colour space is stretched more
     */
    SimpleMatrix transportTo(ColourStatistics target, double mostGain) {
        SimpleMatrix root = power(covariance, 0.5);
        SimpleMatrix inverse = power(covariance, -0.5);
        SimpleMatrix map = inverse.mult(power(root.mult(target.covariance).mult(root), 0.5)).mult(inverse);
        return function(map, gain -> Math.max(1 / mostGain, Math.min(mostGain, gain)));
    }

    private static SimpleMatrix power(SimpleMatrix symmetric, double exponent) {
        return function(symmetric, value -> Math.pow(Math.max(value, 1e-12), exponent));
    }

    /** A function of a symmetric matrix: of its eigenvalues. */
    private static SimpleMatrix function(SimpleMatrix symmetric, DoubleUnaryOperator change) {
        SimpleEVD<SimpleMatrix> parts = symmetric.plus(symmetric.transpose()).scale(0.5).eig();
        SimpleMatrix result = new SimpleMatrix(3, 3);
        for (int i = 0; i < 3; i++) {
            SimpleMatrix vector = parts.getEigenVector(i);
            result = result.plus(vector.mult(vector.transpose()).scale(
                    change.applyAsDouble(parts.getEigenvalue(i).getReal())));
        }
        return result;
    }
}
