package org.tiepoint.augment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;
import org.tiepoint.image.Image;

class CropPairTest {
    @Test
    void furtherPointsFollowTheHomographyAndStayInside() {
        Image image = new Image(10, 10, new byte[300]);
        double[] moved = {1, 0, 3, 0, 1, -2, 0, 0, 1};
        CropPair pair = new CropPair(new Crop(image, new float[] {1, 4}), new Crop(image, new float[] {4, 2}), moved,
                false);
        CropPair more = pair.withFurther(new float[] {5, 5, 8, 5, 5, 1, 6, 2});
        assertArrayEquals(new float[] {1, 4, 5, 5, 6, 2}, more.first().points());
        assertArrayEquals(new float[] {4, 2, 8, 3, 9, 0}, more.second().points());
    }
}
