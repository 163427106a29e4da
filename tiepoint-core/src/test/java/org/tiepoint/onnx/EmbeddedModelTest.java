package org.tiepoint.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.tiepoint.feature.Extractor;
import org.tiepoint.feature.ExtractorContractTest;
import org.tiepoint.feature.Features;
import org.tiepoint.feature.Keypoints;
import org.tiepoint.feature.MatchingScore;

class EmbeddedModelTest extends ExtractorContractTest {
    private static final long MOST_BYTES = 4L << 20;

    @Override
    protected Extractor extractor(int maxKeypoints) {
        try {
            return EmbeddedModel.COMPACT_S.open(OnnxExtractor.Options.of(maxKeypoints));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @EnumSource
    void isSmallAndSaysWhatItIs(EmbeddedModel model) throws IOException {
        assertTrue(model.content().length <= MOST_BYTES, model.content().length + " bytes");
        ModelCard card = model.card();
        assertTrue(card.detects());
        assertEquals("Apache-2.0", card.licence());
        assertFalse(card.training().data().isBlank());
    }

    @ParameterizedTest
    @EnumSource
    void matchesAPhotoToItselfMoved(EmbeddedModel model) {
        try (Extractor extractor = Extractor.load(model.word())) {
            double right = MatchingScore.ofShift(extractor, MatchingScore.photo(), 640, 480, 37, 21);
            assertTrue(right > 0.4, "share of matches within a pixel " + right);
        }
    }

    @ParameterizedTest
    @CsvSource({"COMPACT_S, COMPACT_S_INT8", "COMPACT_M, COMPACT_M_INT8"})
    void roundingChangesLittle(EmbeddedModel model, EmbeddedModel rounded) throws IOException {
        assertEquals(model.card().withNetwork(rounded.card().network()), rounded.card());
        OnnxExtractor.Options options = OnnxExtractor.Options.of(1000);
        try (OnnxExtractor plain = model.open(options); OnnxExtractor other = rounded.open(options)) {
            Keypoints keypoints = plain.detect(MatchingScore.photo(), 1000);
            float[] expected = plain.describe(MatchingScore.photo(), keypoints).descriptors();
            float[] descriptors = other.describe(MatchingScore.photo(), keypoints).descriptors();
            double sum = 0;
            for (int i = 0; i < expected.length; i++) {
                sum += (double) expected[i] * descriptors[i];
            }
            double cosine = sum / keypoints.count();
            assertTrue(cosine > 0.998 && cosine < 0.99999, "mean cosine " + cosine);
        }
    }

    @ParameterizedTest
    @EnumSource
    void keypointsComeFromEveryScale(EmbeddedModel model) throws IOException {
        List<Float> sizes = model.card().scales().stream().map(scale -> (float) (Keypoints.UNSCALED_SIZE / scale))
                .toList();
        assertTrue(sizes.size() > 1, sizes.toString());
        try (Extractor extractor = Extractor.load(model.word())) {
            Set<Float> found = new TreeSet<>();
            for (float size : extractor.extract(MatchingScore.photo()).keypoints().sizes()) {
                found.add(size);
            }
            assertEquals(sizes.size(), found.size(), found.toString());
            int i = 0;
            for (float size : found) {
                assertEquals(sizes.get(i++), size, 0.02 * size);
            }
        }
    }

    /** Memory that is kept for the next image must outlive a scope of the caller's. */
    @Test
    void worksInsideAScopeOfNativeMemoryAndAfterIt() {
        try (Extractor extractor = extractor(100)) {
            Features inside;
            try (PointerScope scope = new PointerScope()) {
                inside = extractor.extract(image);
            }
            assertArrayEquals(inside.descriptors(), extractor.extract(image).descriptors());
        }
    }

    @Test
    void anUnknownNameIsAnsweredWithTheKnownOnes() {
        assertEquals("'compact-xl' is no embedded model: there are " + String.join(", ", EmbeddedModel.words()),
                assertThrows(IllegalArgumentException.class, () -> Extractor.load("compact-xl")).getMessage());
    }
}
