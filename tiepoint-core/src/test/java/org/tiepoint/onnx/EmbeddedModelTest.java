package org.tiepoint.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tiepoint.feature.Extractor;
import org.tiepoint.feature.ExtractorContractTest;
import org.tiepoint.feature.Features;
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
