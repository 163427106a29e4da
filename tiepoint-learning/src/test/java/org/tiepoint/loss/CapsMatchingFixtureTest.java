package org.tiepoint.loss;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tiepoint.matching.CoarseToFineMatching;
import org.tiepoint.matching.DifferentiableMatching;
import org.tiepoint.network.DescriptorMaps;
import org.tiepoint.tensor.Tensor;
import org.tiepoint.tensor.TensorScope;
import org.tiepoint.testing.Fixture;

class CapsMatchingFixtureTest {
    @Test
    void reproducesTheSearchAroundTheNearestNeighbour() throws IOException {
        assertSearchReproduced("nn.", true);
    }

    @Test
    void reproducesTheSearchAroundTheExpectation() throws IOException {
        assertSearchReproduced("expected.", false);
    }

    @Test
    void reproducesTheLossAndItsGradients() throws IOException {
        Fixture fixture = Fixture.read("caps_matching_and_loss.safetensors");
        int width = fixture.integer("image_width");
        int height = fixture.integer("image_height");
        try (TensorScope scope = new TensorScope()) {
            Map<String, Tensor> maps = new LinkedHashMap<>();
            for (String name : new String[] {"coarse1", "fine1", "coarse2", "fine2"}) {
                maps.put(name, fixture.tensor(name).requireGradient(true));
            }
            Tensor queries = fixture.tensor("coord1");
            CoarseToFineMatching.Result search = search(fixture, maps, true);
            LossTerms loss = EpipolarLoss.of(queries, fixture.tensor("fundamental"), search, width, height,
                    EpipolarLoss.Options.defaults());
            double[] expected = fixture.stored("loss").toDoubles();
            String[] order = fixture.metadata().get("loss_order").split(",");
            for (int i = 0; i < order.length; i++) {
                Tensor term = order[i].equals("total") ? loss.total() : loss.terms().get(order[i]);
                Fixture.assertClose(order[i], new double[] {expected[i]}, term.toDoubles(), Fixture.TOLERANCE);
            }
            loss.total().backward();
            maps.forEach((name, map) -> {
                assertTrue(map.gradient().isPresent(), name);
                fixture.assertReproduced("grad." + name, map.gradient().get(), Fixture.GRADIENT_TOLERANCE);
            });
        }
    }

    private static void assertSearchReproduced(String prefix, boolean nearestNeighbour) throws IOException {
        Fixture fixture = Fixture.read("caps_matching_and_loss.safetensors");
        int width = fixture.integer("image_width");
        int height = fixture.integer("image_height");
        try (TensorScope scope = new TensorScope()) {
            Map<String, Tensor> maps = new LinkedHashMap<>();
            for (String name : new String[] {"coarse1", "fine1", "coarse2", "fine2"}) {
                maps.put(name, fixture.tensor(name));
            }
            CoarseToFineMatching.Result search = search(fixture, maps, nearestNeighbour);
            fixture.assertReproduced(prefix + "coord2_ec",
                    DifferentiableMatching.denormalise(search.coarse().position(), width, height), Fixture.TOLERANCE);
            fixture.assertReproduced(prefix + "coord2_ef",
                    DifferentiableMatching.denormalise(search.fine().position(), width, height), Fixture.TOLERANCE);
            fixture.assertReproduced(prefix + "coord1_lc",
                    DifferentiableMatching.denormalise(search.coarseLoop().position(), width, height),
                    Fixture.TOLERANCE);
            fixture.assertReproduced(prefix + "coord1_lf",
                    DifferentiableMatching.denormalise(search.fineLoop().position(), width, height),
                    Fixture.TOLERANCE);
            fixture.assertReproduced(prefix + "std_c", search.coarse().spread(), Fixture.TOLERANCE);
            fixture.assertReproduced(prefix + "std_f", search.fine().spread(), Fixture.TOLERANCE);
            fixture.assertReproduced(prefix + "std_lc", search.coarseLoop().spread(), Fixture.TOLERANCE);
            fixture.assertReproduced(prefix + "std_lf", search.fineLoop().spread(), Fixture.TOLERANCE);
        }
    }

    private static CoarseToFineMatching.Result search(Fixture fixture, Map<String, Tensor> maps,
            boolean nearestNeighbour) {
        Tensor queries = DifferentiableMatching.normalise(fixture.tensor("coord1"), fixture.integer("image_width"),
                fixture.integer("image_height"));
        return CoarseToFineMatching.search(queries, new DescriptorMaps(maps.get("coarse1"), maps.get("fine1")),
                new DescriptorMaps(maps.get("coarse2"), maps.get("fine2")),
                new CoarseToFineMatching.Options(fixture.number("window_size"), nearestNeighbour));
    }
}
