package org.tiepoint.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelCardTest {
    private static final ModelCard CARD = new ModelCard(ModelCard.FORMAT, "caps", "U-Net", new ModelCard.Input("image",
            ModelCard.Input.RGB, ModelCard.Input.INSIDE, 16, 128, ModelCard.Padding.MEAN_COLOUR),
            new ModelCard.Descriptors(List.of(new ModelCard.MapOutput("coarse", 12, 16), new ModelCard.MapOutput("fine",
                    20, 4)), ModelCard.Sampling.EDGES_ALIGNED), true, 1024, List.of(1.0, 0.5), "mutual",
            new ModelCard.Training("photos", "3 scenes", 7, "method: caps\n"), "CC0");

    @Test
    void whatIsWrittenIsRead() throws IOException {
        assertEquals(CARD, ModelCard.parse(CARD.toJson(), "card"));
        assertEquals(CARD, ModelCard.parse(CARD.toJson().replaceFirst("\\{", "{\"later\": 1,"), "card"));
        assertTrue(CARD.toJson().contains("\"sampling\" : \"edges-aligned\""), CARD.toJson());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "\"format\" : 1 | \"format\" : 2 | m.onnx: format is 2: this version reads format 1",
        "\"multiple\" : 16 | \"multiple\" : 0 | m.onnx: input: multiple is 0: it must be at least 1",
        "RGB from 0 to 1 | BGR | m.onnx: input: content is 'BGR': it must be 'RGB from 0 to 1'",
        "\"scales\" : [ 1.0, 0.5 ] | \"scales\" : [ 1.5 ] | m.onnx: scales is [1.5]: it must be numbers of 0.1 to 1",
        "\"scales\" : [ 1.0, 0.5 ] | \"scales\" : [ ] | m.onnx: scales is []: it must be numbers of 0.1 to 1",
        "\"channels\" : 12 | \"channels\" : -1 | m.onnx: descriptors: maps: channels is -1: it must be at least 1"})
    void wrongEntriesAreNamed(String entry, String other, String message) {
        String json = CARD.toJson().replace(entry, other);
        assertEquals(message, assertThrows(IOException.class, () -> ModelCard.parse(json, "m.onnx")).getMessage());
    }

    @Test
    void damagedTextsAreRefusedInOneLine() {
        for (String json : List.of("", "{", "[]", "{}", CARD.toJson().replace("edges-aligned", "elsewhere"),
                CARD.toJson().replace("\"caps\"", "null"))) {
            String message = assertThrows(IOException.class, () -> ModelCard.parse(json, "m.onnx")).getMessage();
            assertTrue(message.startsWith("m.onnx: ") && message.lines().count() == 1, message);
        }
    }

    @Test
    void samplingPlacesPointsOnTheMap() {
        assertEquals(15, ModelCard.Sampling.CORNERS_ALIGNED.onMap(63, 64, 16), 1e-12);
        assertEquals(7.5, ModelCard.Sampling.CORNERS_ALIGNED.onMap(31.5, 64, 16), 1e-12);
        assertEquals(-0.5, ModelCard.Sampling.EDGES_ALIGNED.onMap(0, 64, 16), 1e-12);
        assertEquals(15.5, ModelCard.Sampling.EDGES_ALIGNED.onMap(63, 64, 16), 1e-12);
    }
}
