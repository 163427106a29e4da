package org.tiepoint.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tiepoint.evaluation.NamedDescriber;
import org.tiepoint.feature.Keypoints;
import org.tiepoint.image.Image;
import org.tiepoint.testing.SharedFiles;
import picocli.CommandLine.TypeConversionException;

class ModelSpecTest {
    private final ModelSpec.Converter converter = new ModelSpec.Converter();

    @Test
    void aNameMayStandBeforeTheModel() {
        assertEquals(new ModelSpec("two hours", "runs/a=b"), converter.convert("two hours=runs/a=b"));
        assertEquals(new ModelSpec("runs/a=b", "runs/a=b"), converter.convert("runs/a=b"));
        assertEquals(new ModelSpec("rootsift", "rootsift"), converter.convert("rootsift"));
        assertThrows(TypeConversionException.class, () -> converter.convert("start=encoder:caps"));
    }

    @Test
    void theSameSpecGivesTheSameUntrainedNetwork() throws IOException {
        assertEquals(describe("untrained:caps-small"), describe("untrained:caps-small"));
    }

    @Test
    void theEncoderComesFromItsFile() throws IOException {
        String file = SharedFiles.data("backbone/resnet18-imagenet-folded.safetensors").toString();
        assertNotEquals(describe("untrained:caps-small"), describe("encoder:caps-small:" + file));
    }

    /** A hash of the descriptors of three points in a noise image. */
    private int describe(String written) throws IOException {
        byte[] rgb = new byte[3 * 64 * 64];
        new Random(1).nextBytes(rgb);
        NamedDescriber named = converter.convert(written).load();
        try (var describer = named.describer()) {
            return Arrays.hashCode(describer.describe(new Image(64, 64, rgb),
                    Keypoints.ofPositions(new float[] {8, 8, 30, 40, 55, 20})).descriptors());
        }
    }
}
