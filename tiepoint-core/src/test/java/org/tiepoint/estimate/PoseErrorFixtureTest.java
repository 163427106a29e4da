package org.tiepoint.estimate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.tiepoint.geometry.Pose;
import org.tiepoint.testing.SharedFiles;

/** Pose errors as CAPS defines them. */
class PoseErrorFixtureTest {
    private static final double TOLERANCE_DEGREES = 1e-6;

    @Test
    void givesTheRotationErrorAndTheDirectionErrorUpToItsSign() throws IOException {
        JsonNode cases = cases();
        assertTrue(cases.size() > 0);
        for (JsonNode given : cases) {
            PoseError expected = new PoseError(given.get("rotation_error_deg").asDouble(),
                    given.get("translation_error_deg").asDouble()).ignoringSign();
            PoseError error = error(given).ignoringSign();
            assertEquals(expected.rotationDegrees(), error.rotationDegrees(), TOLERANCE_DEGREES);
            assertEquals(expected.translationDegrees(), error.translationDegrees(), TOLERANCE_DEGREES);
        }
    }

    /** The sign comes out of the rounding of OpenCV's decomposition: it is the authors' where the code is the same. */
    @Test
    @EnabledOnOs(architectures = "amd64")
    void signsTheDirectionAsTheFixtureDoes() throws IOException {
        for (JsonNode given : cases()) {
            assertEquals(given.get("translation_error_deg").asDouble(), error(given).translationDegrees(),
                    TOLERANCE_DEGREES);
        }
    }

    private static JsonNode cases() throws IOException {
        return new ObjectMapper().readTree(SharedFiles.fixture("caps_pose_error.json").toFile());
    }

    private static PoseError error(JsonNode given) {
        double[] rotation = new double[9];
        double[] translation = new double[3];
        double[] essential = new double[9];
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < 3; column++) {
                rotation[3 * row + column] = given.get("pose_gt").get(row).get(column).asDouble();
                essential[3 * row + column] = given.get("essential").get(row).get(column).asDouble();
            }
            translation[row] = given.get("pose_gt").get(row).get(3).asDouble();
        }
        return PoseError.ofEssential(essential, new Pose(rotation, translation));
    }
}
