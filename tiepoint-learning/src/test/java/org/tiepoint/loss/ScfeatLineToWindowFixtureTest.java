package org.tiepoint.loss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tiepoint.matching.DifferentiableMatching;
import org.tiepoint.matching.LineToWindowMatching;
import org.tiepoint.matching.Locations;
import org.tiepoint.tensor.Tensor;
import org.tiepoint.tensor.TensorScope;
import org.tiepoint.testing.Fixture;

class ScfeatLineToWindowFixtureTest {
    private static LineToWindowLoss.Search search(Fixture fixture, Tensor map, Tensor otherMap) {
        int width = fixture.integer("image_width");
        int height = fixture.integer("image_height");
        return LineToWindowLoss.search(map, otherMap, fixture.tensor("keypoints1_normalized"),
                fixture.tensor("keypoints2_normalized"), fixture.tensor("fundamental_1to2"), width, height,
                new LineToWindowMatching.Options(fixture.number("window_size"), fixture.integer("line_step"),
                        fixture.number("temperature")), Optional.empty());
    }

    @Test
    void reproducesEveryStage() throws IOException {
        Fixture fixture = Fixture.read("scfeat_line_to_window_loss.safetensors");
        try (TensorScope scope = new TensorScope()) {
            LineToWindowLoss.Search search = search(fixture, fixture.tensor("fine1"), fixture.tensor("fine2"));
            fixture.assertReproduced("stage.coord1", search.points(), Fixture.TOLERANCE);
            fixture.assertReproduced("stage.coord2", search.otherPoints(), Fixture.TOLERANCE);
            // the released code gives this stage in pixels for the first image and normalised for the second
            fixture.assertReproduced("stage.feat1c_corloc_org", pixels(fixture, search.forward().onLine()),
                    Fixture.TOLERANCE);
            fixture.assertReproduced("stage.feat2c_corloc_org", search.backward().onLine(), Fixture.TOLERANCE);
            assertArrayEquals(fixture.stored("stage.valid_epi1").toDoubles(), search.forward().valid().toDoubles());
            assertArrayEquals(fixture.stored("stage.valid_epi2").toDoubles(), search.backward().valid().toDoubles());
            assertLocations(fixture, "feat1g", search.gridForward());
            assertLocations(fixture, "feat2g", search.gridBackward());
            assertLocations(fixture, "feat1w", search.forward().window());
            assertLocations(fixture, "feat2w", search.backward().window());
        }
    }

    @Test
    void reproducesTheLossAndItsGradients() throws IOException {
        Fixture fixture = Fixture.read("scfeat_line_to_window_loss.safetensors");
        try (TensorScope scope = new TensorScope()) {
            Tensor map = fixture.tensor("fine1").requireGradient(true);
            Tensor otherMap = fixture.tensor("fine2").requireGradient(true);
            LossTerms loss = LineToWindowLoss.of(search(fixture, map, otherMap), fixture.tensor("fundamental_1to2"),
                    fixture.integer("image_width"), fixture.integer("image_height"),
                    LineToWindowLoss.Options.defaults());
            fixture.assertReproduced("loss", loss.total(), Fixture.TOLERANCE);
            fixture.assertReproduced("component.loss_w1", loss.terms().get("window_first"), Fixture.TOLERANCE);
            fixture.assertReproduced("component.loss_w2", loss.terms().get("window_second"), Fixture.TOLERANCE);
            fixture.assertReproduced("component.percent_w", loss.terms().get("window_share"), Fixture.TOLERANCE);
            fixture.assertReproduced("component.loss_g1", loss.terms().get("grid_first"), Fixture.TOLERANCE);
            fixture.assertReproduced("component.loss_g2", loss.terms().get("grid_second"), Fixture.TOLERANCE);
            fixture.assertReproduced("component.percent_g", loss.terms().get("grid_share"), Fixture.TOLERANCE);
            loss.total().backward();
            assertTrue(map.gradient().isPresent() && otherMap.gradient().isPresent());
            fixture.assertReproduced("grad.fine1", map.gradient().get(), Fixture.GRADIENT_TOLERANCE);
            fixture.assertReproduced("grad.fine2", otherMap.gradient().get(), Fixture.GRADIENT_TOLERANCE);
        }
    }

    private static void assertLocations(Fixture fixture, String stage, Locations found) {
        fixture.assertReproduced("stage." + stage + "_corloc", pixels(fixture, found.position()), Fixture.TOLERANCE);
        fixture.assertReproduced("stage." + stage + "_std", found.spread(), Fixture.TOLERANCE);
    }

    private static Tensor pixels(Fixture fixture, Tensor positions) {
        return DifferentiableMatching.denormalise(positions, fixture.integer("image_width"),
                fixture.integer("image_height"));
    }
}
