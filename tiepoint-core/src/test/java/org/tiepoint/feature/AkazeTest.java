package org.tiepoint.feature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.tiepoint.image.Image;
import org.tiepoint.image.ImageResizer;
import org.tiepoint.image.TestImages;

class AkazeTest extends ExtractorContractTest {
    @Override
    protected Extractor extractor(int maxKeypoints) {
        return new Akaze(new Akaze.Options(maxKeypoints, 1e-4));
    }

    @Test
    void positionsOfEveryScaleMirrorWithTheImage() {
        Image coarse = ImageResizer.resize(TestImages.blobs(160, 120, 7), 640, 480);
        assertEquals(0, mirrorBias(coarse, 0, 100), 0.02);
        assertEquals(0, mirrorBias(coarse, 12, 20), 0.05);
    }

    @Test
    void descriptorsAreBits() {
        Features found = extractor(50).extract(image);
        assertEquals(486, found.dimension());
        for (float bit : found.descriptors()) {
            assertTrue(bit == 0 || bit == 1);
        }
    }

    @Test
    void refusesImpossibleOptions() {
        assertThrows(IllegalArgumentException.class, () -> Akaze.Options.of(0));
        assertThrows(IllegalArgumentException.class, () -> new Akaze.Options(10, 0));
    }
}
