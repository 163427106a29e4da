package org.tiepoint.stylise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.tiepoint.image.Image;

class ColourTransportTest {
    /** Patches of 12 pixels whose colours vary around a mean. */
    private static Image patches(long seed, double red, double green, double blue, double range) {
        int side = 96;
        byte[] rgb = new byte[3 * side * side];
        double[] mean = {red, green, blue};
        for (int i = 0; i < side * side; i++) {
            SplittableRandom random = new SplittableRandom(seed + i % side / 12 * 100 + i / side / 12);
            double common = random.nextDouble() - 0.5;
            for (int c = 0; c < 3; c++) {
                double level = mean[c] + range * (common + 0.4 * (random.nextDouble() - 0.5));
                rgb[3 * i + c] = (byte) Math.max(0, Math.min(255, Math.round(level)));
            }
        }
        return new Image(side, side, rgb);
    }

    @Test
    void theMapTakesOneCovarianceToTheOther() {
        ColourStatistics own = ColourStatistics.of(patches(1, 120, 130, 110, 90));
        ColourStatistics other = ColourStatistics.of(patches(9, 160, 90, 70, 60));
        SimpleMatrix map = own.transportTo(other, 1000);
        assertTrue(map.isIdentical(map.transpose(), 1e-9), "symmetric: the least displacement");
        assertTrue(map.eig().getEigenvalues().stream().allMatch(value -> value.getReal() > 0), "and positive");
        assertTrue(map.mult(own.covariance()).mult(map).isIdentical(other.covariance(), 1e-9));
        assertTrue(own.transportTo(own, 1000).isIdentical(SimpleMatrix.identity(3), 1e-9));
    }

    @Test
    void theGainIsLimited() {
        ColourStatistics dull = ColourStatistics.of(patches(1, 120, 120, 120, 8));
        ColourStatistics vivid = ColourStatistics.of(patches(9, 120, 120, 120, 200));
        double most = dull.transportTo(vivid, 2.5).eig().getEigenvalues().stream()
                .mapToDouble(value -> value.getReal()).max().orElseThrow();
        assertEquals(2.5, most, 1e-9);
    }

    @Test
    void theCopyHasTheExemplarsColours() {
        Image photo = patches(1, 120, 130, 110, 80);
        ColourStatistics exemplar = ColourStatistics.of(patches(9, 170, 110, 80, 70));
        Image copy = ColourTransport.towards(List.of(patches(9, 170, 110, 80, 70))).stylise(photo, 1);
        ColourStatistics reached = ColourStatistics.of(copy);
        double[] before = ColourStatistics.of(photo).mean();
        for (int c = 0; c < 3; c++) {
            double missing = Math.abs(reached.mean()[c] - exemplar.mean()[c]);
            assertTrue(missing < 0.02, "channel " + c + " is off by " + missing + ", before it was "
                    + Math.abs(before[c] - exemplar.mean()[c]));
            double ratio = reached.covariance().get(c, c) / exemplar.covariance().get(c, c);
            assertTrue(ratio > 0.5 && ratio < 1.5, "channel " + c + " varies " + ratio + " times");
        }
    }

    @Test
    void theSeedChoosesTheExemplar() {
        Image photo = patches(1, 120, 130, 110, 80);
        ColourTransport transport = ColourTransport.towards(List.of(patches(2, 200, 60, 60, 40),
                patches(3, 60, 60, 200, 40)));
        int red = 0;
        for (int seed = 0; seed < 20; seed++) {
            Image copy = transport.stylise(photo, seed);
            long sum = 0;
            for (int i = 0; i < copy.rgb().length; i += 3) {
                sum += (copy.rgb()[i] & 0xff) - (copy.rgb()[i + 2] & 0xff);
            }
            red += sum > 0 ? 1 : 0;
        }
        assertTrue(red > 3 && red < 17, red + " of 20 red");
        assertThrows(IllegalArgumentException.class, () -> ColourTransport.towards(List.of()));
    }

    @Test
    void theColourSpaceLeadsBack() {
        Image photo = patches(4, 120, 130, 110, 240);
        Image back = RudermanSpace.light(RudermanSpace.of(LinearLight.of(photo))).image();
        assertArrayEquals(photo.rgb(), back.rgb());
    }
}
