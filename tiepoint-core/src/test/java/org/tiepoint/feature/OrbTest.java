package org.tiepoint.feature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class OrbTest extends ExtractorContractTest {
    @Override
    protected Extractor extractor(int maxKeypoints) {
        return new Orb(new Orb.Options(maxKeypoints, 5));
    }

    @Test
    void positionsOfEveryLevelMirrorWithTheImage() {
        assertEquals(0, mirrorBias(image, 0, 100), 0.02);
        assertEquals(0, mirrorBias(image, 31 * 1.2f * 1.2f, 20), 0.03);
    }

    @Test
    void descriptorsAreBits() {
        float[] bits = extractor(50).extract(image).descriptors();
        int ones = 0;
        for (float bit : bits) {
            assertTrue(bit == 0 || bit == 1);
            ones += (int) bit;
        }
        assertTrue(ones > bits.length / 4 && ones < bits.length * 3 / 4, ones + " of " + bits.length);
    }

    @Test
    void refusesImpossibleOptions() {
        assertThrows(IllegalArgumentException.class, () -> Orb.Options.of(0));
        assertThrows(IllegalArgumentException.class, () -> new Orb.Options(10, 0));
    }
}
