package org.tiepoint.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class RecipeFileTest {
    @Test
    void theRecipesOfTheProjectAreWhole() throws RecipeException {
        for (String name : RecipeFile.NAMES) {
            assertEquals("caps", RecipeFile.parse(RecipeFile.text(name), name).method());
        }
    }

    @Test
    void aMistypedKeyNamesItsLineAndTheNearestOne() throws RecipeException {
        assertEquals("unknown key optimisation.learningRat; did you mean learningRate? Known here: batch, encoderShare,"
                + " halveEvery, learningRate, steps", problem("learningRate:", "learningRat:"));
        assertEquals("unknown key augmentation.warp.rolDegrees; did you mean rollDegrees? Known here: rollDegrees,"
                + " tilt, zoom", problem("rollDegrees", "rolDegrees"));
        assertEquals("unknown key sed; did you mean seed? Known here: augmentation, data, loss, matching, method,"
                + " network, optimisation, schedule, seed", problem("\nseed:", "\nsed:"));
    }

    @Test
    void aMissingKeyIsNamed() throws RecipeException {
        assertEquals("optimisation.batch: the key is missing: add it", problem("  batch: 2\n", ""));
    }

    @Test
    void aWrongValueIsNamed() throws RecipeException {
        assertTrue(problem("batch: 2", "batch: 0").contains("batch is 0: it must be 1 to 1024"));
        assertTrue(problem("batch: 2", "batch: two").startsWith("optimisation.batch: "));
    }

    private static String problem(String original, String changed) throws RecipeException {
        String text = RecipeFile.text("caps-small");
        assertTrue(text.contains(original), original);
        String broken = text.replace(original, changed);
        String message = assertThrows(RecipeException.class, () -> RecipeFile.parse(broken, "my.yaml")).getMessage();
        assertTrue(message.matches("my\\.yaml, line \\d+: [^\n]+"), message);
        return message.substring(message.indexOf(": ") + 2);
    }
}
