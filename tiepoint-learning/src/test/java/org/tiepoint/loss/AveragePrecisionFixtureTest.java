package org.tiepoint.loss;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tiepoint.tensor.Tensor;
import org.tiepoint.tensor.TensorScope;
import org.tiepoint.testing.Fixture;

class AveragePrecisionFixtureTest {
    @ParameterizedTest
    @CsvSource({"in_batch, IN_BATCH", "within_pair, WITHIN_PAIR", "all_negatives, ALL"})
    void reproducesTheLossAndItsGradients(String name, NegativeSource source) throws IOException {
        Fixture fixture = Fixture.read("hndesc_losses.safetensors");
        double[] range = Arrays.stream(fixture.metadata().get("similarity_range").split(","))
                .mapToDouble(Double::parseDouble).toArray();
        AveragePrecisionLoss.Options options = new AveragePrecisionLoss.Options(source, fixture.integer("knn"),
                new QuantisedAveragePrecision(fixture.integer("quantization_bins"), range[0], range[1]), 1);
        int[] points = Arrays.stream(fixture.stored("keypoints_per_image").toDoubles()).mapToInt(n -> (int) n)
                .toArray();
        try (TensorScope scope = new TensorScope()) {
            Tensor anchors = fixture.tensor("anchors").requireGradient(true);
            Tensor positives = fixture.tensor("positives").requireGradient(true);
            Tensor total = AveragePrecisionLoss.of(anchors, positives, points, Optional.empty(), options).total();
            fixture.assertReproduced(name + ".loss", total, Fixture.TOLERANCE);
            total.backward();
            fixture.assertReproduced(name + ".grad_anchors", anchors.gradient().orElseThrow(),
                    Fixture.GRADIENT_TOLERANCE);
            fixture.assertReproduced(name + ".grad_positives", positives.gradient().orElseThrow(),
                    Fixture.GRADIENT_TOLERANCE);
        }
    }
}
