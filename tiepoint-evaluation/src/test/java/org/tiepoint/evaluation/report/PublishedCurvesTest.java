package org.tiepoint.evaluation.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tiepoint.dataset.DatasetException;
import org.tiepoint.testing.SharedFiles;

class PublishedCurvesTest {
    private static final String TEN = "[0.1,0.2,0.3,0.4,0.5,0.6,0.7,0.8,0.9,1]";

    @TempDir
    Path folder;

    @Test
    void readsTheMaintainersFile() throws IOException {
        PublishedCurves curves = PublishedCurves.read(SharedFiles.data("published/hpatches_mma_curves.json"));
        PublishedCurves.Method caps = curves.methods().stream().filter(m -> m.name().equals("caps-superpoint"))
                .findFirst().orElseThrow();
        assertEquals(0.705, caps.of("all")[2], 0.0005);
        assertEquals(870, caps.matches(), 0.5);
        assertTrue(caps.of("illumination")[2] > caps.of("viewpoint")[2]);
    }

    @Test
    void saysWhichEntryIsDamaged() throws IOException {
        assertEquals("is no JSON array of curves: give the file of published curves", refusal("{}"));
        assertTrue(refusal("[{").startsWith("is no JSON ("));
        assertEquals("entry 1: method is missing or no text: add the method's name", refusal("[{\"A\":" + TEN + "}]"));
        assertEquals("entry 1: V[0] is missing: it must be a share, 0 to 1",
                refusal("[{\"method\":\"m\",\"A\":" + TEN + ",\"I\":" + TEN + "}]"));
        assertEquals("entry 2: I[9] is 1.5: it must be a share, 0 to 1", refusal("[" + entry(TEN) + ","
                + entry(TEN.replace(",1]", ",1.5]")) + "]"));
    }

    private static String entry(String illumination) {
        return "{\"method\":\"m\",\"A\":" + TEN + ",\"I\":" + illumination + ",\"V\":" + TEN + "}";
    }

    private String refusal(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("curves.json"), text);
        String message = assertThrows(DatasetException.class, () -> PublishedCurves.read(file)).getMessage();
        assertTrue(message.startsWith(file.toString()) && message.lines().count() == 1, message);
        return message.substring(file.toString().length() + 2);
    }
}
