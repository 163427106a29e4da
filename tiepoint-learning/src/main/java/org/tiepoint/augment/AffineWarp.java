package org.tiepoint.augment;

import java.util.SplittableRandom;

/**
 * Random roll, zoom and tilt of a picture about its centre. Not part of CAPS: with pose supervision a warp A of the
 * second image is exact, because epipolar lines move with it (F' = A^-T F), and it widens the range of viewpoints.
 *
 * @param rollDegrees the roll is drawn evenly from [-rollDegrees, rollDegrees]; 0 to 180
 * @param zoom        the zoom is drawn from [1 / zoom, zoom], evenly in its logarithm; at least 1
 * @param tilt        one direction, drawn at random, is shortened by a factor from [1 / tilt, 1]; at least 1
 */
public record AffineWarp(double rollDegrees, double zoom, double tilt) {
    public AffineWarp {
        if (!(rollDegrees >= 0 && rollDegrees <= 180)) {
            throw new IllegalArgumentException("rollDegrees is " + rollDegrees + ": it must be 0 to 180");
        }
        if (!(zoom >= 1 && zoom <= 8)) {
            throw new IllegalArgumentException("zoom is " + zoom + ": it must be 1 to 8");
        }
        if (!(tilt >= 1 && tilt <= 8)) {
            throw new IllegalArgumentException("tilt is " + tilt + ": it must be 1 to 8");
        }
    }

    /** Whether it leaves every picture as it is. */
    public boolean isIdentity() {
        return rollDegrees == 0 && zoom == 1 && tilt == 1;
    }

    /** The warp with a share of its ranges: 0 leaves every picture as it is, 1 is the whole. */
    public AffineWarp scaled(double share) {
        return new AffineWarp(rollDegrees * share, Math.pow(zoom, share), Math.pow(tilt, share));
    }

    /** A drawn warp of a width x height picture: pixels to pixels, row-major 3x3. */
    public double[] draw(int width, int height, SplittableRandom random) {
        double roll = Math.toRadians(rollDegrees * (2 * random.nextDouble() - 1));
        double scale = Math.exp(Math.log(zoom) * (2 * random.nextDouble() - 1));
        double squeeze = Math.exp(-Math.log(tilt) * random.nextDouble());
        double direction = Math.PI * random.nextDouble();
        // roll * zoom * (rotate to the direction, shorten it, rotate back)
        double c = Math.cos(direction);
        double s = Math.sin(direction);
        double m00 = scale * (squeeze * c * c + s * s);
        double m01 = scale * (squeeze - 1) * c * s;
        double m11 = scale * (squeeze * s * s + c * c);
        double cr = Math.cos(roll);
        double sr = Math.sin(roll);
        double a = cr * m00 - sr * m01;
        double b = cr * m01 - sr * m11;
        double d = sr * m00 + cr * m01;
        double e = sr * m01 + cr * m11;
        double cx = (width - 1) / 2.0;
        double cy = (height - 1) / 2.0;
        return new double[] {a, b, cx - a * cx - b * cy, d, e, cy - d * cx - e * cy, 0, 0, 1};
    }
}
