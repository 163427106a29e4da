package org.tiepoint.evaluation;

import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.tiepoint.estimate.PointPairs;
import org.tiepoint.geometry.Epipolar;
import org.tiepoint.geometry.Pose;
import org.tiepoint.image.ImageSize;

/** The true geometry of a pair of images. */
public sealed interface PairTruth {
    /**
     * How far each match is from the true geometry, in pixels: the reprojection error in the second image under a
     * homography; the larger of the two distances to the epipolar lines under a relative pose. Infinite where a point
     * is mapped to infinity.
     *
     * @param first  size of the first image as it lies in its file
     * @param second size of the second
     */
    double[] matchErrors(PointPairs matches, ImageSize first, ImageSize second);

    /** All numbers of it: the same numbers are the same truth. */
    double[] numbers();

    /**
     * One plane, or one place.
     *
     * @param matrix row-major 3x3, pixels of the first image to pixels of the second; shared, not copied
     */
    record Homography(double[] matrix) implements PairTruth {
        public Homography {
            if (matrix.length != 9) {
                throw new IllegalArgumentException("a homography takes 9 numbers, got " + matrix.length);
            }
        }

        @Override
        public double[] matchErrors(PointPairs matches, ImageSize first, ImageSize second) {
            return MatchAccuracy.reprojectionErrors(matrix, matches);
        }

        @Override
        public double[] numbers() {
            return matrix.clone();
        }
    }

    /**
     * Two cameras without lens distortion.
     *
     * @param first    intrinsics of the first image
     * @param second   intrinsics of the second
     * @param relative takes coordinates of the first camera to the second's
     */
    record RelativePose(Intrinsics first, Intrinsics second, Pose relative) implements PairTruth {
        private static final Pose ORIGIN = new Pose(new double[] {1, 0, 0, 0, 1, 0, 0, 0, 1}, new double[3]);

        @Override
        public double[] matchErrors(PointPairs matches, ImageSize firstSize, ImageSize secondSize) {
            return MatchAccuracy.epipolarErrors(Epipolar.fundamental(first.camera(firstSize), ORIGIN,
                    second.camera(secondSize), relative), matches);
        }

        @Override
        public double[] numbers() {
            return Stream.of(first.numbers(), second.numbers(), relative.rotation(), relative.translation())
                    .flatMapToDouble(DoubleStream::of).toArray();
        }
    }
}
