package org.tiepoint.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tiepoint.image.Image;
import org.tiepoint.network.ImageNormalisation;
import org.tiepoint.network.ResUNet;
import org.tiepoint.retrieval.GeneralisedMean;
import org.tiepoint.tensor.Device;
import org.tiepoint.tensor.NoGradient;
import org.tiepoint.tensor.TensorScope;
import org.tiepoint.testing.TinyTraining;
import org.tiepoint.recipe.CapsRecipe;

class CapsGlobalDescriptorTest {
    private static CapsRecipe recipe;
    private static CapsDescriber describer;

    @BeforeAll
    static void load() throws Exception {
        recipe = TinyTraining.parse(TinyTraining.recipe(1));
        describer = CapsDescriber.untrained(recipe, Optional.empty());
    }

    @AfterAll
    static void close() {
        describer.close();
    }

    private static Image noise(int width, int height) {
        SplittableRandom random = new SplittableRandom(width);
        byte[] rgb = new byte[3 * width * height];
        random.nextBytes(rgb);
        return new Image(width, height, rgb);
    }

    @Test
    void poolsTheMapsOfTheNetwork() {
        // sides that need no padding
        Image image = noise(160, 128);
        try (ResUNet network = new ResUNet(recipe.network(), recipe.seed(), Device.CPU);
                TensorScope scope = new TensorScope();
                NoGradient noGradient = new NoGradient()) {
            float[] coarse = network.apply(ImageNormalisation.batch(List.of(image)), false).coarse().toFloats();
            CapsGlobalDescriptor pooled = new CapsGlobalDescriptor(describer, CapsGlobalDescriptor.Source.COARSE);
            assertArrayEquals(GeneralisedMean.pool(coarse, pooled.dimension(), 3), pooled.describe(image), 1e-5f);
            float[] encoded = network.encode(ImageNormalisation.batch(List.of(image))).toFloats();
            CapsGlobalDescriptor encoder = new CapsGlobalDescriptor(describer, CapsGlobalDescriptor.Source.ENCODER);
            assertEquals(encoded.length / (10 * 8), encoder.dimension());
            assertArrayEquals(GeneralisedMean.pool(encoded, encoder.dimension(), 3), encoder.describe(image), 1e-5f);
        }
    }

    @Test
    void imagesOfEverySizeHaveLengthOne() {
        CapsGlobalDescriptor encoder = new CapsGlobalDescriptor(describer, CapsGlobalDescriptor.Source.ENCODER);
        for (Image image : List.of(noise(1, 1), noise(7, 300), noise(900, 40))) {
            double square = 0;
            for (float value : encoder.describe(image)) {
                square += (double) value * value;
            }
            assertEquals(1, square, 1e-5);
        }
        assertNotEquals(encoder.describe(noise(64, 64))[0], encoder.describe(noise(80, 64))[0]);
    }
}
