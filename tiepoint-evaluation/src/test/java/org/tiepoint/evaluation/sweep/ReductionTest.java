package org.tiepoint.evaluation.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tiepoint.geometry.Matrices;
import org.tiepoint.image.Image;

class ReductionTest {
    /**
     * The mean of a ramp over an area is its value at the area's centre, up to 1/8 step a pixel where the area cuts
     * pixels.
     */
    @ParameterizedTest
    @ValueSource(doubles = {1, 1.25, 1.5, 2, 2.5, 3.5, 4})
    void colourFollowsItsPlace(double factor) {
        Image photo = TestPhoto.ramp(101, 90);
        VariedImage reduced = Reduction.of(photo, factor);
        assertEquals(Math.round(101 / factor), reduced.image().width());
        double[] back = Matrices.inverse(reduced.homography());
        for (int y = 0; y < reduced.image().height(); y++) {
            for (int x = 0; x < reduced.image().width(); x++) {
                double[] place = Matrices.apply(back, new double[] {x, y, 1});
                assertEquals(TestPhoto.red(place[0]), TestPhoto.value(reduced.image(), x, y, 0), 0.75);
                assertEquals(TestPhoto.green(place[1]), TestPhoto.value(reduced.image(), x, y, 1), 0.63);
            }
        }
    }
}
